import { Worker } from 'node:worker_threads';
import type { ContentGraph, FittedForecast, Lessons } from '../../../packages/content-graph/content-graph.ts';
import type { Log } from '../../platform/log.ts';
import { buffersOf } from './buffers.rules.ts';

/**
 * Keeps the graph's forecast up to date: what was learned is copied in steps, fitted in a worker thread, and the result is
 * swapped in between two requests. Pages go on meanwhile, with the forecast there is or without one. Nothing is stored:
 * after a restart the first fit brings it back.
 */
export type Forecasts = {
  /** Fits when enough is new and the last fit was long enough ago; else nothing happens. */
  keepUp(): Promise<void>;
  /** Fits now, whenever the last was, if anything is new. Resolves when the result is in use; never throws. */
  renew(): Promise<void>;
  stop(): Promise<void>;
};

/** Of the time, a fit may take so much: on a slow machine it comes more rarely. */
const mostShare = 1 / 20;

export function createForecasts(deps: {
  log: Log;
  graph(): ContentGraph;
  seed: number;
  /** As an operator has set them; `minutes` 0 means never. */
  every(): { minutes: number; events: number };
}): Forecasts {
  const { log, seed } = deps;
  let running: Promise<void> | null = null;
  let worker: Worker | null = null;
  let isStopped = false;
  let fittedAt = Number.NEGATIVE_INFINITY;
  let tookMs = 0;
  let fittedEvents = 0;
  const learned = () => deps.graph().stats().events.learned;

  const fitInWorker = (lessons: Lessons) =>
    new Promise<FittedForecast | null>((resolve, reject) => {
      worker = new Worker(new URL('./forecast.worker.ts', import.meta.url), {
        workerData: { lessons, seed },
        transferList: buffersOf(lessons),
      });
      worker.unref();
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the worker ended without a forecast')));
    });

  const run = async () => {
    const started = performance.now();
    const events = learned();
    try {
      const steps = deps.graph().lessonsInSteps();
      let step = steps.next();
      for (; !step.done && !isStopped; step = steps.next()) await new Promise((done) => setImmediate(done));
      if (isStopped || !step.done) return;
      const people = step.value.start.length - 1;
      const fitted = await fitInWorker(step.value);
      if (isStopped) return;
      deps.graph().adopt(fitted);
      fittedEvents = events;
      const { trust, ids } = fitted ?? { trust: null, ids: [] };
      const ms = Math.round(performance.now() - started);
      log.info({ people, videos: ids.length, trust: trust?.slope ?? null, ms }, 'a forecast was fitted');
    } catch (error) {
      // The one before goes on answering; the next turn tries again.
      if (!isStopped) log.warn({ err: error }, 'a forecast could not be fitted');
    } finally {
      worker = null;
      fittedAt = performance.now();
      tookMs = fittedAt - started;
    }
  };
  const renew = async () => {
    if (isStopped || (!running && learned() === fittedEvents)) return;
    running ??= run().finally(() => {
      running = null;
    });
    await running;
  };

  return {
    renew,
    async keepUp() {
      const { minutes, events } = deps.every();
      const restMs = Math.max(minutes * 60_000, tookMs / mostShare);
      if (minutes === 0 || performance.now() - fittedAt < restMs || learned() - fittedEvents < events) return;
      await renew();
    },
    async stop() {
      isStopped = true;
      await worker?.terminate();
      await running;
    },
  };
}
