/** What the user asked for in so many words: a lift of its own, beside everything that was learned from watching. */
import type { Ranking } from '../ranking.ts';
import { CREATOR, causeOf, type Features, findFeature, KIND_NAMES, SOUND, TAG } from '../state/features.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';
import type { RankSource } from '../vocabulary.ts';

/** Log lift by feature row. */
export type Lean = ReadonlyMap<number, number>;

const MOST_LEANINGS = 1000;
const STRONGEST = 5;
const KINDS = [TAG, CREATOR, SOUND] as const;

/** Keys that name no feature, and lifts that are no numbers, are left out. */
export function readLean(features: Features, asked: ReadonlyMap<string, number> | undefined): Lean | null {
  if (!asked || asked.size === 0) return null;
  const lean = new Map<number, number>();
  let read = 0;
  for (const [cause, lift] of asked) {
    if (++read > MOST_LEANINGS) break;
    const colon = cause.indexOf(':');
    const kind = KINDS.find((one) => KIND_NAMES[one] === cause.slice(0, colon));
    const row = kind === undefined ? -1 : findFeature(features, kind, cause.slice(colon + 1));
    if (row >= 0 && Number.isFinite(lift)) lean.set(row, Math.max(-STRONGEST, Math.min(STRONGEST, lift)));
  }
  return lean.size > 0 ? lean : null;
}

/** Asking for twice as much of one thing tells as much as half a dozen views, all wishes together as much as two pages. */
const VIEWS_PER_LIFT = 8;
const MOST_VIEWS = 16;

export function askedEvidence(lean: Lean | null): number {
  let lift = 0;
  if (lean) for (const one of lean.values()) lift += Math.max(0, one);
  return Math.min(MOST_VIEWS, lift * VIEWS_PER_LIFT);
}

export function leanLift(ranking: Ranking, item: number): number {
  const { lean } = ranking;
  if (lean === null) return 0;
  let sum = 0;
  for (const feature of rowsOf(ranking, item)) sum += lean.get(feature) ?? 0;
  return sum;
}

/** What was asked for and is found in this item, strongest first. */
export function leanCauses(ranking: Ranking, item: number, most: number): string[] {
  return leanedRows(ranking, item)
    .slice(0, most)
    .map((feature) => `lean:${causeOf(ranking.state.features, feature)}`);
}

export function leanSource(ranking: Ranking, item: number): RankSource {
  const [strongest] = leanedRows(ranking, item);
  const kind = strongest === undefined ? TAG : ranking.state.features.kind[strongest];
  return kind === CREATOR ? 'creator' : kind === SOUND ? 'sound' : 'tag';
}

function leanedRows(ranking: Ranking, item: number): number[] {
  const liftOf = (feature: number) => ranking.lean?.get(feature) ?? 0;
  return [...rowsOf(ranking, item)]
    .filter((feature) => liftOf(feature) > 0)
    .sort((a, b) => liftOf(b) - liftOf(a) || a - b);
}

function rowsOf({ state }: Ranking, item: number): Int32Array {
  const from = offsetOf(state.items.features, item);
  return state.items.features.words.subarray(from, from + sizeOf(state.items.features, item));
}
