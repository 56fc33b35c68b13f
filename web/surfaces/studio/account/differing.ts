import { readEditList } from '../../../../contract/edit-list.rules.ts';
import { bytesNeeded, withNames, withUsedSources } from '../../../../contract/edit-list.sources.ts';
import { type KeptDraft, kept } from '../../../studio/takes/kept.ts';
import { copyIn, newId, removeTake, takeFile } from '../../../studio/takes/takes.ts';
import { type BringOrder, bringDraft, coming } from './bring.ts';
import { copies, newCopy } from './copies.ts';
import { keepOnAccount } from './syncing.ts';

/**
 * Two versions of a draft, and what their maker chose. In each order of steps a version is only given up after the
 * other is safe; what a kill leaves is the same question again, and at most a copy too many.
 */

/** This device's becomes a draft of its own, kept on the account like the other; then the account's comes here. */
export async function keepBoth(accountId: string, draft: KeptDraft, order: BringOrder): Promise<void> {
  const id = newId();
  const copy = await coming(id, () => copyOf(accountId, draft, id));
  await bringDraft(accountId, draft.id, { ...order, over: true });
  await keepOnAccount(accountId, copy.id);
}

/** The account's comes here; what of this device's nothing shows any more goes. */
export async function keepAccounts(accountId: string, draft: KeptDraft, order: BringOrder): Promise<void> {
  const { list } = await bringDraft(accountId, draft.id, { ...order, over: true });
  const needed = new Set(bytesNeeded(list));
  for (const take of await kept.takesOf(draft.id)) if (!needed.has(take.id)) await removeTake(take.id);
}

/** This device's is written over the version that was looked at, and over no later one. */
export async function keepDevices(accountId: string, draft: KeptDraft, revision: number): Promise<void> {
  const before = (await copies.one(accountId, draft.id)) ?? newCopy(accountId, draft.id);
  await copies.put({ ...before, revision, list: null, tried: null, whole: false });
  await keepOnAccount(accountId, draft.id);
}

async function copyOf(accountId: string, seen: KeptDraft, id: string): Promise<KeptDraft> {
  const draft = (await kept.draft(seen.id)) ?? seen;
  const read = readEditList(draft.list);
  if (!read.ok) throw new Error('the draft cannot be read');
  const list = withUsedSources(read.list);
  // Until it is whole it is nothing's: what a kill leaves of it goes at the next opening of the studio.
  await copies.put({ ...newCopy(accountId, id), coming: true });
  const names = new Map<string, string>();
  for (const take of await kept.takesOf(draft.id)) {
    const file = take.id in list.sources ? await takeFile(take.id) : null;
    if (!file) continue;
    const { id: before, draftId: _, madeAt, entered: __, ...facts } = take;
    names.set(before, await copyIn(id, file, madeAt, facts));
  }
  for (const take of names.values()) await kept.enter(take);
  const copy = { id, list: withNames(list, names), madeAt: draft.madeAt, changedAt: draft.changedAt };
  await kept.putDraft(copy);
  await copies.remove(accountId, id);
  return copy;
}
