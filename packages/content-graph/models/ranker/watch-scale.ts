/**
 * Between milliseconds watched and quantiles among items of that length (D2Q, Zhan et al., KDD 2022): a long item gets
 * no free lift, and a quantile that was learned goes back to time. Streaming: histograms over the logarithm of time.
 */
import { lengthBucket } from './features.ts';

const LENGTHS = 24;
const BINS = 192;
/** 32 bins for each doubling above a quarter of a second. */
const FINEST_MS = 250;
const PER_OCTAVE = 16;
const HALVE_AT = 200_000;

export type WatchScale = { bins: Float64Array; totals: Float64Array };

export function createWatchScale(): WatchScale {
  return { bins: new Float64Array(LENGTHS * BINS), totals: new Float64Array(LENGTHS) };
}

function binOf(watchedMs: number): number {
  return Math.min(BINS - 1, Math.floor(Math.log2(1 + Math.max(0, watchedMs) / FINEST_MS) * PER_OCTAVE));
}

function edgeMs(bin: number): number {
  return FINEST_MS * (2 ** (bin / PER_OCTAVE) - 1);
}

export function countWatched(scale: WatchScale, durationMs: number, watchedMs: number): void {
  const length = lengthBucket(durationMs);
  scale.bins[length * BINS + binOf(watchedMs)]! += 1;
  if (++scale.totals[length]! < HALVE_AT) return;
  scale.totals[length]! /= 2;
  for (let at = length * BINS; at < (length + 1) * BINS; at++) scale.bins[at]! /= 2;
}

/** 0 … 1; ties count half. 0.5 while nothing of that length was watched. */
export function quantileOfWatch(scale: WatchScale, durationMs: number, watchedMs: number): number {
  const length = lengthBucket(durationMs);
  const total = scale.totals[length]!;
  if (total === 0) return 0.5;
  const bin = binOf(watchedMs);
  let below = 0;
  for (let at = 0; at < bin; at++) below += scale.bins[length * BINS + at]!;
  return (below + scale.bins[length * BINS + bin]! / 2) / total;
}

/** The time below which the share `quantile` of watches of that length ends; 0 while there were none. */
export function watchAtQuantile(scale: WatchScale, durationMs: number, quantile: number): number {
  const length = lengthBucket(durationMs);
  let left = quantile * scale.totals[length]!;
  for (let bin = 0; bin < BINS; bin++) {
    const inBin = scale.bins[length * BINS + bin]!;
    if (inBin > 0 && left <= inBin)
      return edgeMs(bin) + (edgeMs(bin + 1) - edgeMs(bin)) * Math.max(0, left / inBin);
    left -= inBin;
  }
  return 0;
}
