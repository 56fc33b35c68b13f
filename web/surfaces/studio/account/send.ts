import { draftPartBytes, type NewMaterial } from '../../../../contract/drafts.ts';
import { readEditList } from '../../../../contract/edit-list.rules.ts';
import { withUsedSources } from '../../../../contract/edit-list.sources.ts';
import { ApiProblem, api } from '../../../api.ts';
import { kept } from '../../../studio/takes/kept.ts';
import { takeFile } from '../../../studio/takes/takes.ts';
import { deviceOf, factsOf, isChanged, mimeOf, partCount } from './copies.rules.ts';
import { type Copy, copies } from './copies.ts';

/**
 * One draft on its way to the account: first the list, then part by part what it needs. Between two parts it looks
 * whether the list has changed. Knows nothing of tries and waits; what is there already is not sent again.
 */
export type Sent = 'done' | 'paused' | 'differs' | 'gone';
export type SendOrder = {
  signal: AbortSignal;
  /** Bytes may be sent at present. */
  mayCost(copy: Copy): boolean;
  onSent(sent: number, total: number): void;
};

/** Rejects with an ApiProblem, or an Error named `lost` when this device has no bytes of something. */
export async function sendDraft(accountId: string, draftId: string, order: SendOrder): Promise<Sent> {
  const { signal } = order;
  let lacking: string[] | null = null;
  let [sent, total] = [0, 0];
  for (;;) {
    signal.throwIfAborted();
    const [draft, copy] = await Promise.all([kept.draft(draftId), copies.one(accountId, draftId)]);
    const read = draft && readEditList(draft.list);
    if (!copy || copy.coming || !draft || !read?.ok) return 'gone';
    if (!lacking || isChanged(read.list, copy)) {
      const list = copy.tried ?? withUsedSources(read.list);
      const said = {
        ...{ from: copy.revision, list, device: deviceOf(navigator.userAgent) },
        madeAt: new Date(draft.madeAt).toISOString(),
        changedAt: new Date(draft.changedAt).toISOString(),
      };
      await copies.put({ ...copy, tried: list });
      try {
        const answer = await api.putDraft(draftId, said, signal);
        lacking = answer.lacking;
        [sent, total] = [answer.draft.bytesHere, Math.max(answer.draft.bytes, await bytesOf(list.sources))];
        const { revision } = answer.draft;
        await copies.put({ ...copy, revision, list, tried: null, whole: lacking.length === 0 });
      } catch (error) {
        // Without a plain "no" it may be there.
        if (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500) throw error;
        await copies.put({ ...copy, tried: null });
        if (error.code === 'draft_moved_on') return 'differs';
        if (error.code !== 'not_found') throw error;
        // Another device took it off the account: here it stays, as a draft of this device.
        await copies.remove(accountId, draftId);
        return 'gone';
      }
      order.onSent(sent, total);
      continue;
    }
    const [takeId] = lacking;
    if (takeId === undefined) {
      await copies.put({ ...copy, whole: true });
      return 'done';
    }
    if (!order.mayCost(copy)) return 'paused';
    const bytes = await sendNext(draftId, takeId, signal);
    if (bytes === 0) lacking = lacking.slice(1);
    sent += bytes;
    order.onSent(Math.min(sent, total), total);
  }
}

async function bytesOf(sources: object): Promise<number> {
  const files = await Promise.all(Object.keys(sources).map((id) => takeFile(id)));
  return files.reduce((sum, file) => sum + (file?.size ?? 0), 0);
}

/** Of the draft at hand; digests need all bytes once, and a take never changes. */
const announced = new Map<string, { material: NewMaterial; left: number[] }>();

/** A part over 60 kbit/s. */
const longestPartMs = 600_000;

/** The bytes that were sent; 0 when all of it is there. */
async function sendNext(draftId: string, takeId: string, signal: AbortSignal): Promise<number> {
  const key = `${draftId} ${takeId}`;
  const file = await takeFile(takeId);
  if (!file) throw Object.assign(new Error('lost'), { name: 'lost' });
  try {
    let known = announced.get(key);
    if (!known) {
      const material = await materialOf(takeId, file);
      const { here } = await api.announceMaterial(draftId, takeId, material, signal);
      known = { material, left: [...material.parts.keys()].filter((number) => !here.includes(number)) };
      announced.set(key, known);
    }
    const [number] = known.left;
    if (number !== undefined) {
      const part = file.slice(number * draftPartBytes, (number + 1) * draftPartBytes);
      // A line that stands still: the part begins anew.
      const patient = AbortSignal.any([signal, AbortSignal.timeout(longestPartMs)]);
      await api.sendPart(draftId, takeId, number, part, patient);
      known.left.shift();
      return part.size;
    }
    announced.delete(key);
    return 0;
  } catch (error) {
    // What is there is asked again.
    announced.delete(key);
    throw error;
  }
}

async function materialOf(takeId: string, file: File): Promise<NewMaterial> {
  const take = await kept.take(takeId);
  if (!take) throw Object.assign(new Error('lost'), { name: 'lost' });
  const parts: string[] = [];
  for (let number = 0; number < partCount(file.size); number++)
    parts.push(await digestOf(file.slice(number * draftPartBytes, (number + 1) * draftPartBytes)));
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  return { ...factsOf(take), bytes: file.size, mime: mimeOf(head), parts };
}

/** SHA-256, as hexadecimal digits. */
export async function digestOf(part: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await part.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
