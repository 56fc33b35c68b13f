/** One number per candidate: weighted heads, newness, popularity, language, and a draw for what is uncertain. */
import { normalAt } from '../chance.ts';
import type { Candidate, Ranking } from '../ranking.ts';
import { CREATOR, findFeature } from '../state/features.ts';
import { predictHeads, watchSpread } from './heads.scorer.ts';
import { createLiftParts, readLift, sumLift } from './lift.scorer.ts';
import { mixInRanker, openRanker, rankerShare } from './ranker.scorer.ts';

const DAY_MS = 86_400_000;
/** An item with a thousandth of the best one's popularity gets none of the popularity share. */
const POPULAR_RANGE_LOG2 = 10;
/** Below this the learned ranker changes nothing that could be seen. */
const LEAST_SHARE = 1e-3;

export function scoreCandidates(ranking: Ranking): void {
  const { state, candidates, tunables } = ranking;
  const followed = new Set(ranking.follows.map((creator) => findFeature(state.features, CREATOR, creator)));
  followed.delete(-1);
  const best = bestStanding(ranking);
  // One for all of them: nothing of it is kept.
  const parts = createLiftParts();
  for (const candidate of candidates) {
    readLift(ranking, candidate.item, parts);
    candidate.isForeign = parts.isForeign;
    candidate.isFollowed = followed.has(parts.creatorRow);
    candidate.lift = sumLift(parts) + (candidate.isFollowed ? tunables.followedWeight : 0);
    candidate.suits = parts.tag + parts.creator + parts.sound + parts.language + parts.lean;
    candidate.heads = predictHeads(ranking, candidate.item, candidate.lift);
    candidate.score = score(ranking, candidate, best);
  }
  rescoreByRanker(ranking, best);
}

/** log2 of the popularity of the most popular candidate. */
export function bestStanding({ state, candidates }: Ranking): number {
  let best = Number.NEGATIVE_INFINITY;
  for (const { item } of candidates) best = Math.max(best, state.items.standing[item]!);
  return best;
}

/** 1 for the most popular candidate, 0 for one far below it. */
export function popularShare({ state }: Ranking, item: number, best: number): number {
  const below = state.items.standing[item]! - best;
  return below > -POPULAR_RANGE_LOG2 ? 1 + below / POPULAR_RANGE_LOG2 : 0;
}

/** The learned ranker reads more than rates and taste do: it looks at the best of them only. */
function rescoreByRanker(ranking: Ranking, best: number): void {
  const { candidates, tunables } = ranking;
  const share = rankerShare(ranking);
  if (share < LEAST_SHARE || tunables.ranked === 0) return;
  candidates.sort((a, b) => b.score - a.score || a.item - b.item);
  openRanker(ranking);
  for (let at = 0; at < Math.min(tunables.ranked, candidates.length); at++) {
    const candidate = candidates[at]!;
    mixInRanker(ranking, candidate, share);
    candidate.score = score(ranking, candidate, best);
  }
}

function score(ranking: Ranking, candidate: Candidate, best: number): number {
  const { tunables, state } = ranking;
  const { item, heads } = candidate;
  const draw = tunables.thompson * watchSpread(ranking, item, heads.watch) * normalAt(ranking.seed, item);
  const deeds =
    tunables.likeWeight * heads.like +
    tunables.shareWeight * heads.share +
    tunables.followWeight * heads.follow;
  const ageDays = (ranking.atMs - state.items.publishedAtMs[item]!) / DAY_MS;
  const value =
    Math.max(0, Math.min(1, heads.watch + draw)) +
    tunables.finishWeight * heads.finish +
    Math.min(tunables.deedsMost, deeds) +
    tunables.skipWeight * heads.skip +
    tunables.hideWeight * heads.hide +
    tunables.freshWeight * 2 ** (-ageDays / tunables.freshHalfLifeDays) +
    tunables.popularWeight * popularShare(ranking, item, best);
  return candidate.isForeign && value > 0 ? value * tunables.foreignLanguage : value;
}
