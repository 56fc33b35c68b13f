/** Full ranking of a catalogue for many people by several contenders, all on the same cases. No data, no protocol. */
import { strongest } from '../../packages/content-graph/models/retrieval/links.ts';
import type { Request, Retrieval } from '../../packages/content-graph/models/retrieval/retrieval.ts';
import type { Scorer } from './baselines.ts';
import { createMeter } from './metrics.ts';
import type { ProtocolResult } from './protocol.ts';

export type Case = {
  history: Int32Array;
  value: Float32Array | null;
  at: number | null;
  wanted: ReadonlySet<number>;
};

/** One number per item; higher is better. */
export type Contender = { name: string; seconds?: number; fill: (one: Case, out: Float64Array) => void };

export const byScorer = (name: string, scorer: Scorer, seconds?: number): Contender => ({
  name,
  seconds,
  fill: (one, out) => scorer(one.history, out),
});

export const byRetrieval = (name: string, model: Retrieval, seconds?: number): Contender => ({
  name,
  seconds,
  fill: (one, out) => {
    const request: Request = { history: one.history, value: one.value, at: one.at };
    const hidden = model.learned.keepSeen ? [] : one.history;
    out.set(model.scores(request, hidden));
  },
});

export type Judging = { items: number; ks: readonly number[]; keepSeen?: boolean };

export function judge(
  contender: Contender,
  cases: Iterable<Case>,
  judging: Judging,
): ProtocolResult['rows'][number] {
  const { items, ks } = judging;
  const meter = createMeter(ks, items);
  const score = new Float64Array(items);
  const order = Int32Array.from({ length: items }, (_, item) => item);
  const largest = Math.min(items, Math.max(...ks));
  const started = performance.now();
  for (const one of cases) {
    contender.fill(one, score);
    if (!judging.keepSeen) for (const item of one.history) score[item] = Number.NEGATIVE_INFINITY;
    const top = [...strongest(order, score, largest)].filter(
      (item) => score[item]! > Number.NEGATIVE_INFINITY,
    );
    // Ties stand by the number of the item, for every contender alike.
    meter.add(
      top.sort((a, b) => score[b]! - score[a]! || a - b),
      one.wanted,
    );
  }
  const each = (performance.now() - started) / Math.max(1, meter.count);
  return {
    name: contender.name,
    metrics: { ...meter.result(), people: meter.count, msEach: Math.round(each * 100) / 100 },
    seconds: contender.seconds,
  };
}

/** Runs a fit and says how long it took. */
export function timed<T>(make: () => T): { made: T; seconds: number } {
  const started = performance.now();
  const made = make();
  return { made, seconds: Math.round((performance.now() - started) / 100) / 10 };
}
