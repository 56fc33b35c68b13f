/**
 * Writes one take to the browser's private file system (OPFS), piece by piece, each flushed before it counts: a tab, a
 * browser or a battery that dies takes at most the piece that was still in memory. Only a worker may write this way.
 */
type SyncHandle = {
  write(bytes: ArrayBuffer, options: { at: number }): number;
  flush(): void;
  getSize(): number;
  close(): void;
};
export type WriterOrder = { open: string } | { bytes: ArrayBuffer } | { close: true };
export type WriterNews = { written: number } | { failed: string } | { closed: true };

let handle: SyncHandle | null = null;
let at = 0;
const tell = (news: WriterNews) => postMessage(news);

async function obey(order: WriterOrder): Promise<void> {
  if ('open' in order) {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('takes', { create: true });
    const file = await folder.getFileHandle(order.open, { create: true });
    handle = await (
      file as unknown as { createSyncAccessHandle(): Promise<SyncHandle> }
    ).createSyncAccessHandle();
    at = handle.getSize();
    tell({ written: at });
  } else if ('bytes' in order) {
    if (!handle) throw new Error('no take is open');
    // A full disk writes less than it was given.
    const count = handle.write(order.bytes, { at });
    if (count < order.bytes.byteLength) throw new DOMException('the disk is full', 'QuotaExceededError');
    handle.flush();
    at += count;
    tell({ written: at });
  } else {
    handle?.close();
    handle = null;
    tell({ closed: true });
  }
}

// One after the other, whatever is awaited inside.
let queue: Promise<void> = Promise.resolve();
addEventListener('message', ({ data }: MessageEvent<WriterOrder>) => {
  queue = queue.then(() => obey(data)).catch((error: DOMException) => tell({ failed: error.name }));
});
