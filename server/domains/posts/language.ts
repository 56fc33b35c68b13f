import { Worker } from 'node:worker_threads';
import type { Log } from '../../platform/log.ts';
import { longEnoughToTell, prose } from './caption.rules.ts';

/**
 * The language of a caption, ISO 639-1 (else -3), or null: too short, or not sure. fastText runs in a worker thread
 * that the first question starts and a quiet minute ends, so that no request waits for its model.
 */
export type LanguageTeller = { tell(caption: string): Promise<string | null>; stop(): Promise<void> };
export type LanguageQuestion = { id: number; text: string };
export type LanguageAnswer = { id: number; language: string | null };

const quietMs = 60_000;
/** The model is loaded within 200 ms; whoever hangs longer costs a caption its language, not its author the answer. */
const patienceMs = 5_000;

export function createLanguageTeller(log: Log): LanguageTeller {
  let worker: Worker | null = null;
  let asked = 0;
  let quiet: NodeJS.Timeout | null = null;
  const open = new Map<number, (language: string | null) => void>();

  const stop = async () => {
    if (quiet) clearTimeout(quiet);
    const ending = worker;
    worker = null;
    for (const answer of open.values()) answer(null);
    open.clear();
    await ending?.terminate();
  };
  const start = () => {
    const started = new Worker(new URL('./language.worker.ts', import.meta.url));
    started.unref();
    started.on('message', ({ id, language }: LanguageAnswer) => open.get(id)?.(language));
    started.on('error', (error) => {
      log.warn({ err: error }, 'telling languages failed; captions stay without one until the next try');
      if (worker === started) void stop();
    });
    return started;
  };

  return {
    tell(caption) {
      const text = prose(caption);
      if (!longEnoughToTell(text)) return Promise.resolve(null);
      worker ??= start();
      const id = ++asked;
      if (quiet) clearTimeout(quiet);
      quiet = setTimeout(() => void stop(), quietMs).unref();
      return new Promise((resolve) => {
        const timer = setTimeout(() => answer(null), patienceMs);
        const answer = (language: string | null) => {
          clearTimeout(timer);
          open.delete(id);
          resolve(language);
        };
        open.set(id, answer);
        worker!.postMessage({ id, text } satisfies LanguageQuestion);
      });
    },
    stop,
  };
}
