/**
 * The parts a retrieval is blended from. Each gives every item a number for a history; none keeps anything about a
 * viewer. `fade` is the weight of an event for each later one: chosen per part on held-out cases.
 */
import { type Factors, foldIn } from './factors.ts';
import type { Links } from './links.ts';
import type { Trend } from './trend.ts';

export type Asking = {
  /** Oldest first. */
  history: Int32Array;
  /** Strength of each event; null means 1. */
  value: Float32Array | null;
  /** When the page is wanted; null means at the end of what was learned. */
  at: number | null;
};

export const PART_NAMES = [
  'popular',
  'together',
  'ridge',
  'next',
  'factors',
  'content',
  'again',
  'lately',
] as const;
export type PartName = (typeof PART_NAMES)[number];

export type Part = { name: PartName; fade: number } & (
  | { kind: 'trend'; trend: Trend }
  | { kind: 'links'; links: Links }
  | { kind: 'factors'; factors: Factors }
  | { kind: 'content'; size: number; vector: Float32Array }
  | { kind: 'again' }
);

/** Events further back than this say nothing at request time. */
export const REMEMBERED = 300;

function weightAt(part: Part, asking: Asking, at: number): number {
  const value = asking.value ? asking.value[at]! : 1;
  return value * part.fade ** (asking.history.length - 1 - at);
}

/** Fills `out`, one number per item; higher is better, 0 says nothing. */
export function scorePart(part: Part, asking: Asking, out: Float64Array): void {
  const { history } = asking;
  const first = Math.max(0, history.length - REMEMBERED);
  if (part.kind === 'trend') {
    out.set(part.trend.countsAt(asking.at));
    return;
  }
  out.fill(0);
  if (history.length === 0) return;
  if (part.kind === 'again') {
    for (let at = first; at < history.length; at++) out[history[at]!]! += weightAt(part, asking, at);
    return;
  }
  if (part.kind === 'links') {
    const { start, item, weight } = part.links;
    // What was met again and again speaks once, as when it was last met: a favourite would outshout everything else.
    const met = new Set<number>();
    for (let at = history.length - 1; at >= first; at--) {
      const w = weightAt(part, asking, at);
      if (met.has(history[at]!)) continue;
      met.add(history[at]!);
      if (w < 1e-6) continue;
      const from = history[at]!;
      for (let place = start[from]!; place < start[from + 1]!; place++)
        out[item[place]!]! += w * weight[place]!;
    }
    return;
  }
  const recent = history.subarray(first);
  const weights = Float64Array.from(recent, (_, at) => weightAt(part, asking, first + at));
  const mine =
    part.kind === 'factors' ? foldIn(part.factors, recent, weights) : meanOf(part, recent, weights);
  const { size, vector } = part.kind === 'factors' ? part.factors : part;
  multiply(vector, size, mine, out);
}

function meanOf(part: { size: number; vector: Float32Array }, history: Int32Array, weights: Float64Array) {
  const mean = new Float64Array(part.size);
  for (let at = 0; at < history.length; at++) {
    const row = history[at]! * part.size;
    for (let a = 0; a < part.size; a++) mean[a]! += weights[at]! * part.vector[row + a]!;
  }
  return mean;
}

function multiply(vector: Float32Array, size: number, mine: Float64Array, out: Float64Array) {
  for (let item = 0; item < out.length; item++) {
    const row = item * size;
    let a = 0;
    let b = 0;
    for (let k = 0; k + 1 < size; k += 2) {
      a += vector[row + k]! * mine[k]!;
      b += vector[row + k + 1]! * mine[k + 1]!;
    }
    if (size % 2 === 1) a += vector[row + size - 1]! * mine[size - 1]!;
    out[item] = a + b;
  }
}

/** What one event of the history adds to one item in a part of links; 0 for the others. */
export function causeOf(part: Part, asking: Asking, at: number, item: number): number {
  if (part.kind === 'again') return asking.history[at] === item ? weightAt(part, asking, at) : 0;
  if (part.kind !== 'links') return 0;
  const { links } = part;
  const from = asking.history[at]!;
  if (asking.history.lastIndexOf(from) !== at) return 0;
  for (let place = links.start[from]!; place < links.start[from + 1]!; place++)
    if (links.item[place] === item) return weightAt(part, asking, at) * links.weight[place]!;
  return 0;
}
