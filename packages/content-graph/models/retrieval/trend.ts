/**
 * How often each item was met lately, as of a time: counts that fade, kept at the ends of stretches of equal events.
 * Looks back only, so an item is never known before its first event. Without times there is one stretch: plain counts.
 */
import type { Interactions } from './interactions.ts';

export type Trend = {
  items: number;
  /** End of each stretch; the last is infinite. */
  until: Float64Array;
  /** stretches × items */
  counts: Float32Array;
  countsAt: (at: number | null) => Float32Array;
};

/** A sixteenth of all events to a stretch; a count of one stretch ago weighs this. */
const STRETCHES = 16;
const FADE = 0.5;
/** Of a count over the whole time, so that what is rare now still has an order. */
const EVER = 0.02;

export function fitTrend(log: Interactions): Trend {
  const stretches = log.at && log.item.length >= 1000 ? STRETCHES : 1;
  const until = new Float64Array(stretches).fill(Number.POSITIVE_INFINITY);
  if (log.at && stretches > 1) {
    const sorted = sampleOf(log.at).sort();
    for (let one = 0; one + 1 < stretches; one++)
      until[one] = sorted[Math.floor(((one + 1) * sorted.length) / stretches)]!;
  }
  const counts = new Float32Array(stretches * log.items);
  for (let place = 0; place < log.item.length; place++) {
    const stretch = log.at ? stretchOf(until, log.at[place]!) : 0;
    counts[stretch * log.items + log.item[place]!]! += log.value ? log.value[place]! : 1;
  }
  const ever = new Float32Array(log.items);
  const faded = new Float32Array(log.items);
  for (let stretch = 0; stretch < stretches; stretch++)
    for (let item = 0; item < log.items; item++) {
      const at = stretch * log.items + item;
      ever[item]! += counts[at]!;
      faded[item] = faded[item]! * FADE + counts[at]!;
      counts[at] = faded[item]! + EVER * ever[item]!;
    }
  return trendOf(log.items, until, counts);
}

export function trendOf(items: number, until: Float64Array, counts: Float32Array): Trend {
  const last = until.length - 1;
  return {
    items,
    until,
    counts,
    countsAt: (at) => {
      const stretch = at === null ? last : stretchOf(until, at);
      return counts.subarray(stretch * items, (stretch + 1) * items);
    },
  };
}

function stretchOf(until: Float64Array, at: number): number {
  let stretch = 0;
  while (stretch < until.length - 1 && at > until[stretch]!) stretch++;
  return stretch;
}

/** At most a hundred thousand times, evenly taken. */
function sampleOf(at: Float64Array): Float64Array {
  const step = Math.max(1, Math.ceil(at.length / 100_000));
  return Float64Array.from({ length: Math.ceil(at.length / step) }, (_, place) => at[place * step]!);
}
