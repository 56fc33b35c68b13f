/** Three bounded looks at a feature's items: its most popular, its newest, and a stretch somewhere. */

import { admit, type Ranking } from '../ranking.ts';
import { publishedBy } from '../state/features.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';
import type { RankSource } from '../vocabulary.ts';

export function takePopular(ranking: Ranking, feature: number, most: number, source: RankSource): void {
  const { heads } = ranking.state.features;
  const { standing } = ranking.state.items;
  const from = offsetOf(heads, feature);
  const rows = heads.words.slice(from, from + sizeOf(heads, feature));
  if (rows.length > most && most > SORTED_FROM) rows.sort((a, b) => standing[b]! - standing[a]! || a - b);
  let taken = 0;
  for (let next = 0; next < rows.length && taken < most; next++) {
    // A few of many: the best of those left each time is less work than sorting them all.
    if (rows.length > most && most <= SORTED_FROM) bringBest(rows, next, standing);
    if (admit(ranking, rows[next]!, source)) taken++;
  }
}

const SORTED_FROM = 6;

function bringBest(rows: Int32Array, from: number, standing: Float64Array): void {
  let best = from;
  for (let at = from + 1; at < rows.length; at++) {
    const ahead = standing[rows[at]!]! - standing[rows[best]!]!;
    if (ahead > 0 || (ahead === 0 && rows[at]! < rows[best]!)) best = at;
  }
  const item = rows[best]!;
  rows[best] = rows[from]!;
  rows[from] = item;
}

export function takeNewest(
  ranking: Ranking,
  feature: number,
  most: number,
  look: number,
  source: RankSource,
): void {
  const { state, atMs } = ranking;
  const { postings } = state.features;
  const from = offsetOf(postings, feature);
  const end = publishedBy(state.features, feature, atMs, state.items.publishedAtMs);
  let taken = 0;
  for (let at = end - 1; at >= Math.max(0, end - look) && taken < most; at--)
    if (admit(ranking, postings.words[from + at]!, source)) taken++;
}

/** Reads on from a random place, once around at most: whatever the heads miss can be reached. */
export function takeSomewhere(
  ranking: Ranking,
  feature: number,
  most: number,
  look: number,
  source: RankSource,
): void {
  const { postings } = ranking.state.features;
  const size = sizeOf(postings, feature);
  if (size === 0) return;
  const from = offsetOf(postings, feature);
  const start = Math.floor(ranking.chance() * size);
  let taken = 0;
  for (let step = 0; step < Math.min(size, look) && taken < most; step++)
    if (admit(ranking, postings.words[from + ((start + step) % size)]!, source)) taken++;
}
