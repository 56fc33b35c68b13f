/**
 * How much a feature tells about a taste, learned from everybody: whether what a user thought of it before foretells what
 * they think of it next. With n views behind a sum S, and r what the next view is worth beyond everything else,
 * E[rS] = n τ², where τ² is how far users differ about the feature; σ² is what stays unexplained of a view, and
 * S ÷ (n + σ²/τ²) is what to believe (empirical Bayes; Morris, 1983). A tag that only comes along has no τ².
 */
import { grown } from './columns.ts';

const KINDS = 5;
/** Per kind: Σn, ΣrS; number of views, sum of what stayed unexplained, squared. */
const KIND_WIDTH = 4;
/** Per feature: Σn, ΣrS; and of everybody's views: their number, and what they were worth beyond everything else. */
export const FEATURE_WIDTH = 4;

/** What stays unexplained of a view, squared, before any was seen. */
const FIRST_WITHIN = 0.12;
/** So much evidence stands behind the first belief about a kind, and behind a kind when one of its features is asked. */
const KIND_DOUBT = 400;
const FEATURE_DOUBT = 300;
/** Beyond this, sums halve: what a community cares for changes. */
const WINDOW = 1e6;
const LEAST_SHRINKAGE = 0.5;
const MOST_SHRINKAGE = 300;

export type Telling = { kinds: Float64Array; features: Float64Array };

export const createTelling = (): Telling => ({
  kinds: new Float64Array(KINDS * KIND_WIDTH),
  features: new Float64Array(0),
});

export function makeTellingRoom(telling: Telling, features: number): void {
  telling.features = grown(telling.features, features * FEATURE_WIDTH);
}

/** One view more of a feature: what was known (n views, sum S), and what the view was worth beyond everything else. */
export function noteTelling(
  { kinds, features }: Telling,
  feature: number,
  kind: number,
  known: { evidence: number; sum: number },
  { worth, surprise, trust }: { worth: number; surprise: number; trust: number },
): void {
  const { evidence, sum } = known;
  if (!(evidence > 0)) return;
  const at = kind * KIND_WIDTH;
  kinds[at]! += trust * evidence;
  kinds[at + 1]! += trust * worth * sum;
  kinds[at + 2]! += trust;
  kinds[at + 3]! += trust * surprise * surprise;
  if (kinds[at]! > WINDOW) for (let k = at; k < at + KIND_WIDTH; k++) kinds[k]! /= 2;
  const from = feature * FEATURE_WIDTH;
  features[from]! += trust * evidence;
  features[from + 1]! += trust * worth * sum;
  if (features[from]! > WINDOW) for (let k = from; k < from + 2; k++) features[k]! /= 2;
}

/** One view more of a feature, whoever's: what it was worth beyond everything else but this feature. */
export function noteCommon({ features }: Telling, feature: number, worth: number, trust: number): void {
  const from = feature * FEATURE_WIDTH + 2;
  features[from]! += trust;
  features[from + 1]! += trust * worth;
  if (features[from]! > WINDOW) for (let k = from; k < from + 2; k++) features[k]! /= 2;
}

/** What a feature adds to a view's worth for everybody, shrunk to nothing: the ground that an item starts from. */
export function commonWorth({ features }: Telling, feature: number, shrinkage: number): number {
  const from = feature * FEATURE_WIDTH + 2;
  return features[from + 1]! / (features[from]! + shrinkage);
}

/** Views before a feature's own word outweighs silence; `first` is believed of a kind before anything was seen. */
export function shrinkageOf(
  { kinds, features }: Telling,
  feature: number,
  kind: number,
  first: number,
): number {
  const at = kind * KIND_WIDTH;
  const differ = Math.max(
    0,
    (kinds[at + 1]! + (KIND_DOUBT * FIRST_WITHIN) / first) / (kinds[at]! + KIND_DOUBT),
  );
  const unexplained = (kinds[at + 3]! + KIND_DOUBT * FIRST_WITHIN) / (kinds[at + 2]! + KIND_DOUBT);
  const from = feature * FEATURE_WIDTH;
  const own = (features[from + 1]! + FEATURE_DOUBT * differ) / (features[from]! + FEATURE_DOUBT);
  if (!(own > 0)) return MOST_SHRINKAGE;
  return Math.max(LEAST_SHRINKAGE, Math.min(MOST_SHRINKAGE, unexplained / own));
}
