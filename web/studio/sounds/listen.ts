/** What a sound looks like and when it beats; found out in a worker, once for each. Knows no edit list and no page. */
export type Heard = {
  /** The loudest of each equal stretch, 0 … 255. */
  peaks: Uint8Array;
  /** Ascending, from its first sample on; none where nothing beats. */
  beatsMs: number[];
};
export type ListenNews = { heard: Heard } | { failed: string };

export const peaksPerSecond = 50;

/** Rejects when this browser cannot read it. */
export function listen(file: Blob): Promise<Heard> {
  const worker = new Worker(new URL('./listen.worker.ts', import.meta.url), { type: 'module' });
  const { promise, resolve, reject } = Promise.withResolvers<Heard>();
  worker.addEventListener('message', ({ data }: MessageEvent<ListenNews>) =>
    'heard' in data ? resolve(data.heard) : reject(new Error(data.failed)),
  );
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  });
  worker.postMessage(file);
  return promise.finally(() => worker.terminate());
}
