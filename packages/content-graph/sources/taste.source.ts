/** Items of the tags, creators and sounds that the user values more than usual. Also fills the lifts the scorers read. */
import { believed } from '../learn/taste.ts';
import type { Ranking } from '../ranking.ts';
import { CREATOR, type FeatureKind, SOUND, TAG } from '../state/features.ts';
import { isTopic } from '../state/graph-state.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';
import type { RankSource } from '../vocabulary.ts';
import { takeNewest, takePopular, takeSomewhere } from './postings.ts';

/** Below this a lift is noise of the shrinkage. */
const LEAST_LIFT = 0.05;
/** Near nothing and near all, log-odds grow too steep for what a few views tell. */
const LEAST_MEAN = 0.15;
const KINDS: { kind: FeatureKind; source: RankSource; most: number; each: number }[] = [
  { kind: TAG, source: 'tag', most: 8, each: 14 },
  { kind: CREATOR, source: 'creator', most: 5, each: 6 },
  { kind: SOUND, source: 'sound', most: 4, each: 6 },
];

/** Before every source: the user's taste into scratch, as log-odds of what each feature adds to the user's mean. */
export function readTaste(ranking: Ranking): void {
  const { state, scratch, profile, tunables } = ranking;
  if (profile < 0) return;
  const { taste } = state.users;
  const from = offsetOf(taste, profile);
  const mean = Math.max(LEAST_MEAN, Math.min(1 - LEAST_MEAN, ranking.mean));
  const steepness = 1 / (mean * (1 - mean));
  for (let at = from; at < from + sizeOf(taste, profile) * 3; at += 3) {
    const feature = taste.words[at]!;
    const isWide = state.features.kind[feature] === TAG && !isTopic(state, feature);
    scratch.featureTicket[feature] = scratch.ticket;
    scratch.featureEvidence[feature] = taste.floats[at + 1]!;
    scratch.featureLift[feature] = isWide
      ? 0
      : steepness *
        believed(state, feature, { evidence: taste.floats[at + 1]!, sum: taste.floats[at + 2]! }, tunables);
  }
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
