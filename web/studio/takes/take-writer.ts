import type { WriterNews, WriterOrder } from './take-writer.worker.ts';

/** One take on its way to the disk. Knows bytes only; what they are is the caller's. */
export type TakeWriter = {
  /** Resolves when the bytes are safe; rejects with the DOMException's name, e.g. QuotaExceededError. */
  write(bytes: ArrayBuffer): Promise<void>;
  /** Bytes that are safe. */
  written(): number;
  close(): Promise<void>;
};

export async function openTakeWriter(name: string): Promise<TakeWriter> {
  const worker = new Worker(new URL('./take-writer.worker.ts', import.meta.url), { type: 'module' });
  let written = 0;
  const waiting: { done: () => void; lost: (error: Error) => void }[] = [];
  const answer = (news: WriterNews) => {
    const next = waiting.shift();
    if ('failed' in news) return next?.lost(Object.assign(new Error(news.failed), { name: news.failed }));
    if ('written' in news) written = news.written;
    next?.done();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<WriterNews>) => answer(data));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    for (const one of waiting.splice(0)) one.lost(new Error(event.message));
  });
  const order = (what: WriterOrder, moved: Transferable[] = []) =>
    new Promise<void>((done, lost) => {
      waiting.push({ done, lost });
      worker.postMessage(what, moved);
    });

  await order({ open: name });
  return {
    write: (bytes) => order({ bytes }, [bytes]),
    written: () => written,
    async close() {
      await order({ close: true });
      worker.terminate();
    },
  };
}
