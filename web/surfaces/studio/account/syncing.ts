import { useSyncExternalStore } from 'react';
import { ApiProblem } from '../../../api.ts';
import { markWaiting } from '../../../keeping.ts';
import { session } from '../../../session.ts';
import { settings } from '../../../settings.ts';
import { createStore } from '../../../store.ts';
import { kept } from '../../../studio/takes/kept.ts';
import { isChanged } from './copies.rules.ts';
import { copies, newCopy } from './copies.ts';
import { sendDraft } from './send.ts';

/**
 * Drafts that follow their changes to the account, in the background of whatever page is open: one tab at a time for
 * each, again when the line is back, on from where it was when the page is opened again.
 */
export type Going = {
  /** waiting: for the network · paused: for a line that costs nothing · differs: for a choice · stopped: for a try */
  phase: 'sending' | 'waiting' | 'paused' | 'differs' | 'stopped';
  share: number;
  code: string | null;
};
type Run = {
  accountId: string;
  leave: AbortController;
  left: Promise<void>;
  again: boolean;
  wake: () => void;
};

const store = createStore<ReadonlyMap<string, Going>>(new Map());
const runs = new Map<string, Run>();
export const useGoings = () => useSyncExternalStore(store.subscribe, store.get, store.get);

function tell(draftId: string, going: Going | null): void {
  const next = new Map(store.get());
  if (going) next.set(draftId, going);
  else next.delete(draftId);
  store.set(next);
}

/** The wish, and its beginning. Again: another try. */
export async function keepOnAccount(accountId: string, draftId: string, asked = false): Promise<void> {
  const before = (await copies.one(accountId, draftId)) ?? newCopy(accountId, draftId);
  await copies.put({ ...before, coming: false, asked: before.asked || asked });
  go(accountId, draftId);
}

/** Resolves when nothing of it is sent any more. The account's copy is the caller's. */
export async function stopKeeping(accountId: string, draftId: string): Promise<void> {
  const run = runs.get(draftId);
  run?.leave.abort();
  await run?.left;
  await copies.remove(accountId, draftId);
  nothingWaits(draftId);
}

/** What was to be chosen is chosen: the two are the same now. */
export function nothingWaits(draftId: string): void {
  markWaiting(draftId, false);
  tell(draftId, null);
}

/** Everything of this account on this device that is not there yet, one after the other. */
export async function goOnWithAll(accountId: string): Promise<void> {
  for (const copy of await copies.of(accountId)) {
    const draft = copy.coming ? undefined : await kept.draft(copy.draftId);
    if (draft && (!copy.whole || isChanged(draft.list, copy))) await go(accountId, copy.draftId);
    else if (!draft) markWaiting(copy.draftId, false);
  }
}

/** A change is sent a moment later, together with those that follow at once. */
const restMs = 2000;
const resting = new Set<string>();
export async function draftChanged(draftId: string): Promise<void> {
  const accountId = session.get()?.me?.id;
  if (!accountId || resting.has(draftId)) return;
  resting.add(draftId);
  try {
    const copy = await copies.one(accountId, draftId).catch(() => undefined);
    if (!copy || copy.coming) return;
    markWaiting(draftId, true);
    await new Promise((later) => setTimeout(later, restMs));
  } finally {
    resting.delete(draftId);
  }
  // Not before it is chosen which of two is meant.
  if (store.get().get(draftId)?.phase !== 'differs') go(accountId, draftId);
}

function go(accountId: string, draftId: string): Promise<void> {
  const known = runs.get(draftId);
  if (known) {
    known.again = true;
    known.wake();
    return known.left;
  }
  markWaiting(draftId, true);
  const run: Run = {
    ...{ accountId, leave: new AbortController(), left: Promise.resolve(), again: false, wake: () => {} },
  };
  runs.set(draftId, run);
  run.left = alone(draftId, run.leave.signal, () => keepGoing(draftId, run)).finally(() => {
    runs.delete(draftId);
    // Wished in the moment in which it was done.
    if (run.again && !run.leave.signal.aborted) void go(accountId, draftId);
  });
  return run.left;
}

async function keepGoing(draftId: string, run: Run): Promise<void> {
  const { accountId, leave } = run;
  for (let failures = 0; !leave.signal.aborted; ) {
    if (session.get()?.me?.id !== accountId) return tell(draftId, null);
    run.again = false;
    const share = store.get().get(draftId)?.share ?? 0;
    try {
      tell(draftId, { phase: 'sending', share, code: null });
      const sent = await sendDraft(accountId, draftId, {
        signal: leave.signal,
        mayCost: (copy) => copy.asked || !costs(),
        onSent(bytes, total) {
          failures = 0;
          tell(draftId, { phase: 'sending', share: total > 0 ? bytes / total : 0, code: null });
        },
      });
      if (run.again && sent === 'done') continue;
      if (sent === 'done' || sent === 'gone') {
        markWaiting(draftId, false);
        return tell(draftId, null);
      }
      if (sent === 'paused') watchLine();
      return tell(draftId, { phase: sent, share: store.get().get(draftId)?.share ?? 0, code: null });
    } catch (error) {
      if (leave.signal.aborted) return;
      const code = error instanceof ApiProblem ? error.code : (error as Error).name;
      if (!isPassing(error)) return tell(draftId, { phase: 'stopped', share, code });
      tell(draftId, { phase: 'waiting', share, code });
      await pause(failures++, run);
    }
  }
}

const isPassing = (error: unknown): boolean =>
  (error as Error).name === 'TimeoutError' ||
  (error instanceof ApiProblem &&
    (['offline', 'not_ready', 'too_many_requests', 'internal'].includes(error.code) ||
      (error.status >= 500 && error.code !== 'disk_full')));

/** Ends early when the network is back, or something new is to be sent. */
async function pause(failures: number, run: Run): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const { signal } = run.leave;
  const timer = setTimeout(ended.resolve, Math.min(60_000, 1000 * 2 ** failures));
  run.wake = ended.resolve;
  addEventListener('online', () => ended.resolve(), { signal, once: true });
  signal.addEventListener('abort', () => ended.resolve(), { once: true });
  await ended.promise;
  clearTimeout(timer);
  run.wake = () => {};
}

type Line = EventTarget & { saveData?: boolean; type?: string };
const line = (): Line | undefined => (navigator as { connection?: Line }).connection;

/** What waits for a line that costs nothing goes on when there is one. */
let watching = false;
function watchLine(): void {
  if (watching) return;
  watching = true;
  const look = () => {
    const me = session.get()?.me?.id;
    if (!me || costs()) return;
    for (const [draftId, { phase }] of store.get()) if (phase === 'paused') void go(me, draftId);
  };
  settings.subscribe(look);
  line()?.addEventListener?.('change', look);
}

/** The person or the device asked to be sparing, or the line is a phone's. */
function costs(): boolean {
  return settings.get().dataSaver || line()?.saveData === true || line()?.type === 'cellular';
}

/** One tab at a time; another takes over when it is closed. */
async function alone(draftId: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(`kinora-draft-${draftId}`, { signal }, work).catch((error) => {
    if (!signal.aborted) throw error;
  });
}
