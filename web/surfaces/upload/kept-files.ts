import { type KeptLine, keptLines, writeLines } from '../../uploading.ts';

/**
 * Copies of files that are being sent, in the private file system, so that closing the page costs only time. A copy is
 * whole before it has its line; a copy without a line is what a kill left, and goes at the next opening.
 */
async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('uploads', { create: true });
}

/** So much must stay free beside the copy: the studio's takes live on the same disk. */
const spareBytes = 50_000_000;

/** Rejects with the DOMException when the signal aborts; false when this device cannot keep it. */
export async function keepFile(line: KeptLine, file: Blob, signal: AbortSignal): Promise<boolean> {
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage < file.size + spareBytes) return false;
    const home = await folder();
    const handle = await home.getFileHandle(line.uploadId, { create: true });
    // What is written here appears when it is closed, whole.
    await file.stream().pipeTo(await handle.createWritable(), { signal });
    const kept = await handle.getFile();
    if (kept.size !== file.size) return false;
  } catch (error) {
    if (signal.aborted) throw error;
    return false; // No private file system here, or no room: the page says that it must stay open.
  }
  return writeLines([...keptLines().filter(({ uploadId }) => uploadId !== line.uploadId), line]);
}

/** The bytes, under the name they had; null when they are gone. */
export async function keptFile(line: KeptLine): Promise<File | null> {
  try {
    const file = await (await (await folder()).getFileHandle(line.uploadId)).getFile();
    return file.size === line.size ? new File([file], line.name, { type: line.type }) : null;
  } catch {
    return null;
  }
}

export async function dropFile(uploadId: string): Promise<void> {
  writeLines(keptLines().filter((line) => line.uploadId !== uploadId));
  try {
    await (await folder()).removeEntry(uploadId);
  } catch {
    // There is none, or it is being read at this moment: the next opening removes what has no line.
  }
}

export async function sweepFiles(): Promise<void> {
  try {
    const home = await folder();
    const names: string[] = [];
    for await (const name of home.keys()) names.push(name);
    // Lines are read last: what was being written meanwhile has its own by then, or is locked by its writer.
    for (const name of names) {
      if (await isBeingSent(name)) continue;
      if (!keptLines().some(({ uploadId }) => uploadId === name))
        await home.removeEntry(name).catch(() => {});
    }
  } catch {
    // No private file system: nothing was kept.
  }
}

const lockOf = (uploadId: string) => `kinora-upload-${uploadId}`;
async function isBeingSent(uploadId: string): Promise<boolean> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some((lock) => lock.name === lockOf(uploadId));
}

/**
 * One tab sends an upload at a time; another waits, and takes over when the first is closed. Resolves with how to let
 * go; null when it was given up while waiting.
 */
export async function aloneWith(uploadId: string, signal: AbortSignal): Promise<(() => void) | null> {
  const { promise: got, resolve: have } = Promise.withResolvers<(() => void) | null>();
  if (!navigator.locks) return () => {};
  navigator.locks
    .request(lockOf(uploadId), { signal }, () => new Promise<void>((letGo) => have(letGo)))
    .catch(() => have(null));
  return got;
}
