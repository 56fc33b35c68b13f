/**
 * The learned ranker's say in what a showing is expected to give: mixed in as log-odds, by as much as it has learned.
 * What the user asked for, whom they follow and what they turned away from counts in full beside it: a wish is not a
 * prediction. So does the forecast, which reads the order of a whole history where the ranker reads one showing. Likes, shares, follows and hides keep their counted rates, which one account can take back.
 */
import { createShowing, describeShowing } from '../learn/item-showing.ts';
import { HEAD_AT } from '../models/ranker/showing.ts';
import type { Candidate, Ranking } from '../ranking.ts';
import { leanLift } from './lean.scorer.ts';
import { forecastPart } from './lift.scorer.ts';

const showing = createShowing();

/** Between 0 and `rankerWeight`. */
export function rankerShare({ state, tunables }: Ranking): number {
  const { learned } = state.ranker;
  if (learned === 0) return 0;
  return (tunables.rankerWeight * learned) / (learned + tunables.rankerDoubt);
}

/** Before the first candidate of a request. */
export function openRanker(ranking: Ranking): void {
  showing.user = ranking.profile;
  showing.atMs = ranking.atMs;
  ranking.scratch.ranker.openUser(showing);
}

export function mixInRanker(ranking: Ranking, candidate: Candidate, share: number): void {
  const { state, scratch, tunables } = ranking;
  describeShowing(state, candidate.item, showing);
  scratch.ranker.predictItem(showing, scratch.prediction);
  const wished = leanLift(ranking, candidate.item) + (candidate.isFollowed ? tunables.followedWeight : 0);
  const besides = wished + forecastPart(ranking, candidate.item);
  const beside = share * (besides + Math.min(0, candidate.lift - besides));
  const { heads } = scratch.prediction;
  const { watch, finish, skip } = candidate.heads;
  candidate.heads = {
    ...candidate.heads,
    watch: mixed(watch, heads[HEAD_AT.watch]!, share, beside),
    finish: mixed(finish, heads[HEAD_AT.finish]!, share, beside),
    skip: mixed(skip, heads[HEAD_AT.skip]!, share, -beside),
  };
}

const LEAST = 1e-6;

function mixed(counted: number, learned: number, share: number, beside: number): number {
  const logit = (1 - share) * logOdds(counted) + share * logOdds(learned) + beside;
  return 1 / (1 + Math.exp(-logit));
}

function logOdds(rate: number): number {
  const bounded = Math.max(LEAST, Math.min(1 - LEAST, rate));
  return Math.log(bounded / (1 - bounded));
}
