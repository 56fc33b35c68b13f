import type { Log } from '../../platform/log.ts';
import type { Signals, StoredSignal } from '../signals/signals.ts';

/**
 * Reads the log of signals from where it stands, in order, and hands each entry over once. It makes no difference
 * whether an entry was stored by this process, by another, or before the last restart.
 */
export type Tail = {
  /** The last entry handed over. */
  stand(): number;
  /** Resolves when everything this process has heard of was handed over, or after `mostMs`: a page is not held up. */
  caughtUp(mostMs: number): Promise<void>;
  /** Reads to the end from `seq`; throws when the log cannot be read. */
  replayFrom(seq: number): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

const batch = 500;
/** Several commits share one look; a page that is asked for meanwhile does not wait for it (caughtUp). */
const gatherMs = 100;
/** For notes between processes that were lost. */
const pollMs = 2000;

export function createTail(deps: {
  signals: Pick<Signals, 'after' | 'onStored'>;
  log: Log;
  hear(entry: StoredSignal): void;
}): Tail {
  const { signals, log, hear } = deps;
  let stand = 0;
  let known = 0;
  let running: Promise<boolean> | null = null;
  let soon: NodeJS.Timeout | null = null;
  let poll: NodeJS.Timeout | null = null;
  let quiet = () => {};

  const read = async () => {
    for (;;) {
      const entries = await signals.after(stand, batch);
      for (const entry of entries) hear(entry);
      stand = entries.at(-1)?.seq ?? stand;
      if (entries.length < batch) return;
      // Requests come between two batches.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  /** False when the log could not be read; the next look tries again. */
  const look = (): Promise<boolean> => {
    if (soon) clearTimeout(soon);
    soon = null;
    running ??= read()
      .then(() => true)
      .catch((error) => {
        log.warn({ err: error }, 'the log of signals could not be read; it is tried again');
        return false;
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  return {
    stand: () => stand,
    async caughtUp(mostMs) {
      if (stand >= known) return;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, mostMs);
      });
      const target = known;
      const looks = async () => {
        // A look that was already under way may have begun before the newest entry: then one more.
        const isRead = (await look()) && (stand >= target || (await look()));
        // What was stored and is not there any more was forgotten: nothing to wait for.
        if (isRead && known === target) known = stand;
      };
      await Promise.race([late, looks()]);
      clearTimeout(timer);
    },
    async replayFrom(seq) {
      stand = seq;
      await read();
      known = Math.max(known, stand);
    },
    start() {
      quiet = signals.onStored((seq) => {
        if (seq) known = Math.max(known, seq);
        soon ??= setTimeout(() => void look(), gatherMs);
      });
      poll = setInterval(() => void look(), pollMs);
      poll.unref();
    },
    async stop() {
      quiet();
      if (poll) clearInterval(poll);
      if (soon) clearTimeout(soon);
      await running;
    },
  };
}
