/**
 * Takes: what was recorded or brought in, as files on this device that survive the tab. A take has its line before its
 * first byte, so that nothing that was written can be forgotten.
 */
import { type KeptTake, kept } from './kept.ts';
import { openTakeWriter, type TakeWriter } from './take-writer.ts';

/** What is known of a take before its first byte. */
export type TakeFacts = Omit<KeptTake, 'id' | 'draftId' | 'madeAt' | 'entered'>;
export type OpenTake = { id: string; writer: TakeWriter };

const nameOf = (id: string) => `${id}.take`;
/** Twelve letters and digits, by chance. */
export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte % 36).toString(36)).join('');

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('takes', { create: true });
}

/** Rejects when the device lets us keep nothing (no private file system, or the disk is full). */
export async function beginTake(draftId: string, facts: TakeFacts, madeAt: number): Promise<OpenTake> {
  const id = newId();
  await kept.putTake({ id, draftId, madeAt, entered: false, ...facts });
  return { id, writer: await openTakeWriter(nameOf(id)) };
}

/** A take that comes from elsewhere under the name it has there; its writer goes on behind what is here of it. */
export async function continueTake(line: KeptTake): Promise<TakeWriter> {
  await kept.putTake(line);
  return openTakeWriter(nameOf(line.id));
}

/** A file of the creator, copied, since the original may move or change before the draft is done. */
export async function copyIn(
  draftId: string,
  file: Blob,
  madeAt: number,
  facts: TakeFacts = { kind: 'file', speed: 1 },
): Promise<string> {
  const take = await beginTake(draftId, facts, madeAt);
  const pieceBytes = 4 * 1024 * 1024;
  try {
    for (let at = 0; at < file.size; at += pieceBytes)
      await take.writer.write(await file.slice(at, at + pieceBytes).arrayBuffer());
  } finally {
    await take.writer.close();
  }
  return take.id;
}

/**
 * A published video, copied, so that the draft works offline and stays whole when its address ends. Rejects with
 * `unreachable` when the server does not give it.
 */
export async function copyFrom(
  draftId: string,
  url: string,
  { madeAt, signal, onShare }: { madeAt: number; signal: AbortSignal; onShare: (share: number) => void },
): Promise<string> {
  const unreachable = () => Object.assign(new Error('unreachable'), { name: 'unreachable' });
  const reply = await fetch(url, { signal }).catch((cause) => {
    signal.throwIfAborted();
    throw Object.assign(unreachable(), { cause });
  });
  if (!reply.ok || !reply.body) throw unreachable();
  const whole = Number(reply.headers.get('content-length')) || Number.POSITIVE_INFINITY;
  const take = await beginTake(draftId, { kind: 'video', speed: 1 }, madeAt);
  try {
    const reader = reply.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      await take.writer.write(value.slice().buffer);
      onShare(Math.min(1, take.writer.written() / whole));
    }
  } finally {
    await take.writer.close();
  }
  return take.id;
}

/** The bytes of a take; null when there are none (any more). */
export async function takeFile(id: string): Promise<File | null> {
  try {
    const file = await (await (await folder()).getFileHandle(nameOf(id))).getFile();
    return file.size > 0 ? file : null;
  } catch (error) {
    if ((error as DOMException).name === 'NotFoundError') return null;
    throw error;
  }
}

async function removeFile(id: string): Promise<void> {
  const home = await folder();
  await home.removeEntry(nameOf(id)).catch((error: DOMException) => {
    if (error.name !== 'NotFoundError') throw error;
  });
}

export async function removeTake(id: string): Promise<void> {
  await removeFile(id);
  await kept.removeTake(id);
}

/** A draft with all its takes, for good. Lines go last: a kill in between leaves no file without one. */
export async function removeDraft(id: string): Promise<void> {
  for (const take of await kept.takesOf(id)) await removeFile(take.id);
  await kept.removeDraft(id);
}

/** Asks the browser not to clear it away when the disk gets full. */
export const keepForGood = () => navigator.storage.persist?.().catch(() => false);
