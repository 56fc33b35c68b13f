import type { DraftMaterial } from '../../../../contract/drafts.ts';
import { draftPartBytes } from '../../../../contract/drafts.ts';
import { bytesNeeded } from '../../../../contract/edit-list.sources.ts';
import { ApiProblem, api, streams } from '../../../api.ts';
import { type KeptDraft, kept } from '../../../studio/takes/kept.ts';
import { continueTake, removeDraft, removeTake, takeFile } from '../../../studio/takes/takes.ts';
import { isChanged, takeOf } from './copies.rules.ts';
import { copies, newCopy } from './copies.ts';
import { digestOf } from './send.ts';
import { nothingWaits } from './syncing.ts';

/**
 * The account's draft brought to this device: every take into the private file system, then the list. What is here of a
 * take stays when it is stopped, and the next try goes on behind it. Until all is here, the draft of this device is as
 * it was.
 */
export type BringOrder = {
  signal: AbortSignal;
  onShare: (share: number) => void;
  /** Also over what was changed here: its maker chose so. */
  over?: boolean;
};

/** So much must stay free beside it. */
const spareBytes = 50_000_000;
const named = (name: string) => Object.assign(new Error(name), { name });

/** One tab at a time makes a draft of what comes; another, which tidies up, sees that it is being made. */
export function coming<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
  return navigator.locks ? navigator.locks.request(lockOf(id), work) : work();
}
const lockOf = (id: string) => `kinora-coming-${id}`;
async function isComing(id: string): Promise<boolean> {
  const { held = [], pending = [] } = (await navigator.locks?.query()) ?? {};
  return [...held, ...pending].some(({ name }) => name === lockOf(id));
}

/** Rejects with an ApiProblem, or an Error named `not_whole`, `differs`, `damaged`, `QuotaExceededError`. */
export const bringDraft = (accountId: string, id: string, order: BringOrder): Promise<KeptDraft> =>
  coming(id, () => bring(accountId, id, order));

async function bring(accountId: string, id: string, order: BringOrder): Promise<KeptDraft> {
  const { signal } = order;
  const { draft, list, materials } = await api.getDraft(id, signal);
  if (!draft.complete) throw named('not_whole');
  const needed = new Set(bytesNeeded(list));
  const all = materials.filter((one) => needed.has(one.id));
  const before = await copies.one(accountId, id);
  const isHere = (await kept.draft(id)) !== undefined;
  if (!isHere) await copies.put({ ...newCopy(accountId, id), coming: true });
  const total = all.reduce((sum, one) => sum + one.bytes, 0);
  const sizes = await Promise.all(all.map(async (one) => (await takeFile(one.id))?.size ?? 0));
  const there = sizes.reduce((sum, size) => sum + size, 0);
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = await navigator.storage.estimate();
  if (quota - usage < total - there + spareBytes) throw named('QuotaExceededError');
  let done = 0;
  for (const material of all) {
    await bringTake(id, material, signal, (bytes) => order.onShare((done + bytes) / total));
    done += material.bytes;
  }
  signal.throwIfAborted();
  const here = await kept.draft(id);
  const known = await copies.one(accountId, id);
  if (here && !order.over && (!known || isChanged(here.list, known))) throw named('differs');
  const brought: KeptDraft = {
    id,
    list,
    madeAt: Date.parse(draft.madeAt),
    changedAt: Date.parse(draft.changedAt),
    // Of this device: the account keeps the list alone.
    ...(here?.template && { template: here.template }),
  };
  await kept.putDraft(brought);
  const { revision } = draft;
  const asked = before?.asked ?? false;
  await copies.put({ ...newCopy(accountId, id), revision, list, whole: true, asked });
  nothingWaits(id);
  return brought;
}

async function bringTake(
  draftId: string,
  material: DraftMaterial,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const { id, bytes } = material;
  const here = (await takeFile(id))?.size ?? 0;
  const line = await kept.take(id);
  // A take of this device, or one that was brought whole: takes never change.
  if (line?.draftId === draftId && here === bytes && (await isRight(material))) return;
  if (here >= bytes) await removeTake(id);
  const writer = await continueTake(takeOf(draftId, id, material));
  try {
    const at = writer.written();
    const reply = await fetch(streams.material(draftId, id), {
      headers: at > 0 ? { range: `bytes=${at}-` } : {},
      signal,
    }).catch((cause) => {
      signal.throwIfAborted();
      throw new ApiProblem('offline', 0, { cause });
    });
    if (!reply.ok || !reply.body || (at > 0 && reply.status !== 206))
      throw new ApiProblem(reply.status === 404 ? 'not_found' : 'not_ready', reply.status);
    const reader = reply.body.getReader();
    for (;;) {
      const { done, value } = await reader.read().catch((cause) => {
        signal.throwIfAborted();
        throw new ApiProblem('offline', 0, { cause });
      });
      if (done) break;
      await writer.write(value.slice().buffer);
      onBytes(writer.written());
    }
  } finally {
    await writer.close();
  }
  if (await isRight(material)) return;
  await removeTake(id);
  throw named('damaged');
}

async function isRight({ id, bytes, parts }: DraftMaterial): Promise<boolean> {
  const file = await takeFile(id);
  if (file?.size !== bytes) return false;
  for (const [number, digest] of parts.entries())
    if ((await digestOf(file.slice(number * draftPartBytes, (number + 1) * draftPartBytes))) !== digest)
      return false;
  return true;
}

/** What came of drafts that the account does not have any more. */
export async function dropUnfinished(accountId: string, onAccount: ReadonlySet<string>): Promise<void> {
  for (const copy of await copies.of(accountId)) {
    if (!copy.coming || onAccount.has(copy.draftId) || (await isComing(copy.draftId))) continue;
    if (!(await kept.draft(copy.draftId))) await removeDraft(copy.draftId);
    await copies.remove(accountId, copy.draftId);
  }
}
