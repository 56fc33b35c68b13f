/**
 * How long a view is for an item of its length: streaming histograms of the watched share, one per duration bucket.
 * A long item gets no free lift (D2Q, Zhan et al., KDD 2022).
 * Invariant: every bin starts with a little mass, so the first quantiles equal the watched share.
 */
const BUCKET_EDGES_MS = [5000, 8000, 12_000, 18_000, 27_000, 40_000, 60_000, 90_000, 180_000, 600_000];
const BUCKETS = BUCKET_EDGES_MS.length + 1;
const BINS_PER_LENGTH = 32;
const BINS = 48;
const PRIOR = 0.5;
/** Beyond this many views a bucket forgets half, so that habits may move. */
const HALVE_AT = 100_000;

export type WatchLabels = { bins: Float64Array; totals: Float64Array };

export function createWatchLabels(): WatchLabels {
  const bins = new Float64Array(BUCKETS * BINS);
  const totals = new Float64Array(BUCKETS);
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    for (let bin = 0; bin <= BINS_PER_LENGTH; bin++) bins[bucket * BINS + bin] = PRIOR;
    totals[bucket] = PRIOR * (BINS_PER_LENGTH + 1);
  }
  return { bins, totals };
}

/** Quantile in (0, 1) of having watched `share` of an item this long; ties count half. */
export function watchQuantile(labels: WatchLabels, durationMs: number, share: number): number {
  const base = bucketOf(durationMs) * BINS;
  const bin = binOf(share);
  let below = 0;
  for (let at = 0; at < bin; at++) below += labels.bins[base + at]!;
  return (below + labels.bins[base + bin]! / 2) / labels.totals[base / BINS]!;
}

export function countWatch(labels: WatchLabels, durationMs: number, share: number, weight: number): void {
  const bucket = bucketOf(durationMs);
  labels.bins[bucket * BINS + binOf(share)]! += weight;
  labels.totals[bucket]! += weight;
  if (labels.totals[bucket]! < HALVE_AT) return;
  for (let at = bucket * BINS; at < (bucket + 1) * BINS; at++) labels.bins[at]! /= 2;
  labels.totals[bucket]! /= 2;
}

function bucketOf(durationMs: number): number {
  let bucket = 0;
  while (bucket < BUCKET_EDGES_MS.length && durationMs >= BUCKET_EDGES_MS[bucket]!) bucket++;
  return bucket;
}

/** 32 bins for the first run, 16 more up to four runs. */
function binOf(share: number): number {
  if (share < 1) return Math.floor(share * BINS_PER_LENGTH);
  return Math.min(BINS - 1, BINS_PER_LENGTH + Math.floor(((share - 1) * (BINS - BINS_PER_LENGTH)) / 3));
}
