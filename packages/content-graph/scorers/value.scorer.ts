/** One number per candidate: weighted heads, newness, popularity, language, and a draw for what is uncertain. */
import { normalAt } from '../chance.ts';
import type { Candidate, Ranking } from '../ranking.ts';
import { CREATOR, findFeature, LANGUAGE } from '../state/features.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';
import { predictHeads, watchSpread } from './heads.scorer.ts';
import { liftParts, sumLift } from './lift.scorer.ts';

const DAY_MS = 86_400_000;
/** An item with a thousandth of the best one's popularity gets none of the popularity share. */
const POPULAR_RANGE_LOG2 = 10;

export function scoreCandidates(ranking: Ranking): void {
  const { state, candidates } = ranking;
  const followed = new Set(ranking.follows.map((creator) => findFeature(state.features, CREATOR, creator)));
  followed.delete(-1);
  let best = Number.NEGATIVE_INFINITY;
  for (const { item } of candidates) best = Math.max(best, state.items.standing[item]!);
  for (const candidate of candidates) score(ranking, candidate, best, followed);
}

function score(ranking: Ranking, candidate: Candidate, bestStanding: number, followed: Set<number>): void {
  const { tunables, state } = ranking;
  const { item } = candidate;
  const traits = readTraits(ranking, item, followed);
  candidate.isForeign = traits.isForeign;
  candidate.lift = sumLift(liftParts(ranking, item)) + (traits.isFollowed ? tunables.followedWeight : 0);
  const heads = predictHeads(ranking, item, candidate.lift);
  candidate.heads = heads;
  const draw = tunables.thompson * watchSpread(ranking, item, heads.watch) * normalAt(ranking.seed, item);
  const ageDays = (ranking.atMs - state.items.publishedAtMs[item]!) / DAY_MS;
  const standing = state.items.standing[item]! - bestStanding;
  const value =
    Math.max(0, Math.min(1, heads.watch + draw)) +
    tunables.finishWeight * heads.finish +
    tunables.likeWeight * heads.like +
    tunables.shareWeight * heads.share +
    tunables.followWeight * heads.follow +
    tunables.skipWeight * heads.skip +
    tunables.hideWeight * heads.hide +
    tunables.freshWeight * 2 ** (-ageDays / tunables.freshHalfLifeDays) +
    tunables.popularWeight * (standing > -POPULAR_RANGE_LOG2 ? 1 + standing / POPULAR_RANGE_LOG2 : 0);
  candidate.score = traits.isForeign && value > 0 ? value * tunables.foreignLanguage : value;
}

function readTraits(ranking: Ranking, item: number, followed: Set<number>) {
  const { state, namedLanguages } = ranking;
  const { features } = state.items;
  const from = offsetOf(features, item);
  let isFollowed = false;
  let isForeign = false;
  for (let at = from; at < from + sizeOf(features, item); at++) {
    const feature = features.words[at]!;
    const kind = state.features.kind[feature];
    if (kind === CREATOR) isFollowed = followed.has(feature);
    else if (kind === LANGUAGE && namedLanguages !== null)
      isForeign = !namedLanguages.has(feature) && state.features.table.ids[feature]!.length > 1;
  }
  return { isFollowed, isForeign };
}
