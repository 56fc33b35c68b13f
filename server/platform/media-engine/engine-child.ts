/** The child process: takes one order by message, runs it, answers, ends. It trusts nothing in the file it reads
 * and is worth nothing itself: whoever started it may kill it at any moment. A watchdog thread ends it when the
 * parent is gone, even while native code hangs. */

import { setPriority } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import type { EngineLimits } from './engine.types.ts';
import { runJob } from './engine-job.ts';
import type { EngineJob } from './engine-orders.ts';
import { Refused } from './ffmpeg.ts';

export type ChildOrder = {
  job: EngineJob;
  limits: EngineLimits;
  threads: number;
  niceness: number;
  parentPid: number;
};
export type ChildMessage =
  | { type: 'progress'; fraction: number }
  | { type: 'duration'; durationMs: number }
  | { type: 'done'; result: unknown }
  | { type: 'refused'; refusal: Refused['refusal'] }
  | { type: 'failed'; message: string; stack: string };

const say = (message: ChildMessage) => process.send?.(message);

process.on('disconnect', () => process.exit(1));
process.once('message', async (order: ChildOrder) => {
  new Worker(new URL('./child-watchdog.ts', import.meta.url), { workerData: order.parentPid }).unref();
  Log.setLevel(AV_LOG_QUIET);
  if (order.niceness > 0) setPriority(order.niceness);
  let lastFraction = -1;
  try {
    const result = await runJob(order.job, {
      limits: order.limits,
      threads: order.threads,
      onProgress: (fraction) => {
        if (fraction < lastFraction + 0.01 && fraction < 1) return;
        lastFraction = fraction;
        say({ type: 'progress', fraction: Math.min(1, fraction) });
      },
      onDuration: (durationMs) => say({ type: 'duration', durationMs }),
      breathe: () => nextTurn(),
    });
    say({ type: 'done', result });
  } catch (error) {
    if (error instanceof Refused) say({ type: 'refused', refusal: error.refusal });
    else say({ type: 'failed', message: (error as Error).message, stack: (error as Error).stack ?? '' });
  }
});
