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
  /** What a count of one stretch ago weighs. */
  fade: number;
  countsAt: (at: number | null) => Float32Array;
  /** Per item its share of what is met at that time over its share of all before; 1 when nothing is known of it. */
  freshAt: (at: number | null) => Float32Array;
};

/** Stretches of as many events each; fewer for a catalogue whose counts would be large. */
const STRETCHES = 32;
const MOST_COUNTS = 16_000_000;
/** What a count of one stretch ago weighs: the last tenth of the log matters, or the last thirtieth. */
export const TREND_FADE = { popular: 0.7, lately: 0.2 };
/** Of a count over the whole time, so that what is rare now still has an order. */
const EVER = 0.02;
/** Events of the usual age that an item's freshness is drawn to. */
const USUAL = 3;

export function fitTrend(log: Interactions, fade: number): Trend {
  const most = Math.max(4, Math.min(STRETCHES, Math.floor(MOST_COUNTS / Math.max(1, log.items))));
  const stretches = log.at && log.item.length >= 1000 ? most : 1;
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
      faded[item] = faded[item]! * fade + counts[at]!;
      counts[at] = faded[item]! + EVER * ever[item]!;
    }
  return trendOf({ items: log.items, until, counts, fade });
}

export function trendOf(held: Omit<Trend, 'countsAt' | 'freshAt'>): Trend {
  const { items, until, counts, fade } = held;
  const last = until.length - 1;
  const fresh = new Map<number, Float32Array>();
  return {
    ...held,
    countsAt: (at) => {
      const stretch = at === null ? last : stretchOf(until, at);
      return counts.subarray(stretch * items, (stretch + 1) * items);
    },
    freshAt: (at) => {
      const stretch = at === null ? last : stretchOf(until, at);
      const found = fresh.get(stretch) ?? freshness(items, counts, stretch, fade);
      fresh.set(stretch, found);
      return found;
    },
  };
}

/** What was counted is taken apart again, stretch by stretch: faded, and ever. */
function freshness(items: number, counts: Float32Array, last: number, fade: number): Float32Array {
  const faded = new Float32Array(items);
  const ever = new Float32Array(items);
  let allFaded = 0;
  let allEver = 0;
  for (let stretch = 0; stretch <= last; stretch++)
    for (let item = 0; item < items; item++) {
      const held = counts[stretch * items + item]! - faded[item]! * fade - EVER * ever[item]!;
      const here = Math.max(0, held / (1 + EVER));
      faded[item] = faded[item]! * fade + here;
      ever[item]! += here;
    }
  for (let item = 0; item < items; item++) {
    allFaded += faded[item]!;
    allEver += ever[item]!;
  }
  const usual = allEver > 0 ? allFaded / allEver : 1;
  return ever.map((count, item) => (faded[item]! + USUAL * usual) / (count + USUAL) / usual);
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
