import { useSyncExternalStore } from 'react';
import { ApiProblem, api } from '../../api.ts';
import { createStore } from '../../store.ts';
import { type KeptLine, keptLines, uploading } from '../../uploading.ts';
import { aloneWith, dropFile, keptFile, sweepFiles } from './kept-files.ts';
import { startTransfer, type TransferState } from './transfer.ts';

/**
 * Uploads that go on without a page of their own: what was under way when the page was closed, or was left for another.
 * Sends bytes and nothing else: whoever pressed "publish" has a video on the server already, which waits for them.
 */
export type Sending = { uploadId: string; name: string; transfer: TransferState };
type Run = { leave: AbortController; left: Promise<void> };

const store = createStore<readonly Sending[]>([]);
/** The name of the file that has arrived last. */
export const arrivals = createStore<string | null>(null);
const runs = new Map<string, Run>();

export const useSendings = () => useSyncExternalStore(store.subscribe, store.get, store.get);

function tell(uploadId: string, sending: Sending | null): void {
  const others = store.get().filter((one) => one.uploadId !== uploadId);
  store.set(sending ? [...others, sending] : others);
}

/** Everything this person left unfinished on this device; once, however often it is called. */
export async function goOnWithAll(accountId: string): Promise<void> {
  for (const line of keptLines()) if (line.accountId === accountId) goOn(line);
  await sweepFiles();
}

export function goOn(line: KeptLine): void {
  const { uploadId } = line;
  if (runs.has(uploadId)) return;
  const leave = new AbortController();
  const left = send(line, leave.signal).finally(() => {
    runs.delete(uploadId);
    tell(uploadId, null);
    if (runs.size === 0 && keptLines().length === 0) uploading.set(false);
  });
  runs.set(uploadId, { leave, left });
}

/** Somebody else sends it from now on. */
export async function stopSending(uploadId: string): Promise<void> {
  const run = runs.get(uploadId);
  run?.leave.abort();
  await run?.left;
}

async function send(line: KeptLine, signal: AbortSignal): Promise<void> {
  const { uploadId, name } = line;
  const letGo = await aloneWith(uploadId, signal);
  try {
    if (!letGo || signal.aborted) return;
    const sent = await receivedOf(uploadId);
    if (sent === 'unknown') return;
    const file = sent === 'done' ? null : await keptFile(line);
    if (!file || sent === 'done') return await dropFile(uploadId);
    uploading.set(true);
    const end = await new Promise<TransferState | null>((done) => {
      const transfer = startTransfer(
        file,
        (state) => {
          tell(uploadId, { uploadId, name, transfer: state });
          if (state.phase === 'sent' || state.phase === 'stopped') done(state);
        },
        () => {},
        { uploadId, sent },
      );
      signal.addEventListener('abort', () => void transfer.stop(false).then(() => done(null)));
    });
    if (end?.phase === 'sent') {
      await dropFile(uploadId);
      arrivals.set(null);
      arrivals.set(name);
    } else if (end?.phase === 'stopped' && ['not_found', 'gone'].includes(end.code)) await dropFile(uploadId);
  } finally {
    letGo?.();
  }
}

/** How much is there; `done`: no more is wanted; `unknown`: not to be told now, and the next opening asks again. */
async function receivedOf(uploadId: string): Promise<number | 'done' | 'unknown'> {
  try {
    const { state, bytesReceived } = await api.getUpload(uploadId);
    return state === 'receiving' ? bytesReceived : 'done';
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'not_found') return 'done';
    // The transfer itself waits until there is a line.
    return error instanceof ApiProblem && error.code === 'offline' ? 0 : 'unknown';
  }
}
