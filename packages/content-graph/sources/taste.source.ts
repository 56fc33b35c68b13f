/** Items of the tags, creators and sounds that the user values more than usual. Also fills the lifts the scorers read. */
import { featureMean } from '../learn/taste.ts';
import type { Ranking } from '../ranking.ts';
import { CREATOR, type FeatureKind, LANGUAGE, SOUND, TAG } from '../state/features.ts';
import { isTopic } from '../state/graph-state.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';
import type { RankSource } from '../vocabulary.ts';
import { takeNewest, takePopular, takeSomewhere } from './postings.ts';

/** Below this a lift is noise of the shrinkage. */
const LEAST_LIFT = 0.05;
const KINDS: { kind: FeatureKind; source: RankSource; most: number; each: number }[] = [
  { kind: TAG, source: 'tag', most: 8, each: 14 },
  { kind: CREATOR, source: 'creator', most: 5, each: 6 },
  { kind: SOUND, source: 'sound', most: 4, each: 6 },
];

/** Before every source: the user's taste into scratch, as log(feature mean ÷ user mean). */
export function readTaste(ranking: Ranking): void {
  const { state, scratch, profile } = ranking;
  if (profile < 0) return;
  const { taste } = state.users;
  const from = offsetOf(taste, profile);
  for (let at = from; at < from + sizeOf(taste, profile) * 3; at += 3) {
    const feature = taste.words[at]!;
    scratch.featureTicket[feature] = scratch.ticket;
    scratch.featureEvidence[feature] = taste.floats[at + 1]!;
    scratch.featureLift[feature] = liftOf(ranking, feature, taste.floats[at + 1]!, taste.floats[at + 2]!);
  }
}

function liftOf(ranking: Ranking, feature: number, evidence: number, value: number): number {
  const { state, profile, mean, tunables } = ranking;
  const kind = state.features.kind[feature]!;
  if (kind === TAG && !isTopic(state, feature)) return 0;
  let usual = mean;
  // Nearly all views share one language: it is held against what the same number of usual views would give.
  if (kind === LANGUAGE)
    usual = featureMean(
      evidence,
      (evidence * state.users.value[profile]!) / (ranking.views || 1),
      mean,
      tunables,
    );
  return Math.log(featureMean(evidence, value, mean, tunables) / usual);
}

export function findByTaste(ranking: Ranking): void {
  const { state, scratch, profile } = ranking;
  if (profile < 0) return;
  const { taste } = state.users;
  const from = offsetOf(taste, profile);
  const liked: number[] = [];
  for (let at = from; at < from + sizeOf(taste, profile) * 3; at += 3)
    if (scratch.featureLift[taste.words[at]!]! > LEAST_LIFT) liked.push(taste.words[at]!);
  liked.sort((a, b) => scratch.featureLift[b]! - scratch.featureLift[a]! || a - b);
  for (const { kind, source, most, each } of KINDS) {
    for (const feature of liked.filter((row) => state.features.kind[row] === kind).slice(0, most)) {
      takePopular(ranking, feature, each, source);
      takeNewest(ranking, feature, each, each * 3, source);
      takeSomewhere(ranking, feature, each, each * 4, source);
    }
  }
}
