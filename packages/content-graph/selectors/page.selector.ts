/**
 * Fills the slots one by one. Each slot draws its purpose: look at a newcomer, span the tags, or exploit.
 * Exploiting is greedy MMR (Carbonell and Goldstein, 1998) under caps; propensities are kept for every slot.
 */

import { standingAfter } from '../learn/standing.ts';
import { type Candidate, featureEvidence, newness, type Ranking } from '../ranking.ts';
import { watchSpread } from '../scorers/heads.scorer.ts';
import { reasonsFor } from '../scorers/reasons.scorer.ts';
import { isNewcomer, NEWCOMER_DRAWS } from '../sources/newcomers.source.ts';
import { CREATOR, TAG } from '../state/features.ts';
import { isTopic } from '../state/graph-state.ts';
import { viewsOf } from '../state/items.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';
import type { RankedItem } from '../vocabulary.ts';
import { countOnPage, fits, NO_CAPS, nearness, openCaps, type PageCaps, place } from './caps.ts';

/** Somebody who turned away from such items is not shown them again for exploration's sake. */
const UNWELCOME_LIFT = -2;
/** Of the newcomers drawn, those that suit the viewer best: the rest would be shown to somebody who wants something else. */
const SUITING = 8;
const LEAST_PROPENSITY = 1e-4;

type Pick = { candidate: Candidate; propensity: number; exploration: boolean };

export function selectPage(ranking: Ranking): RankedItem[] {
  const { candidates, limit, chance, tunables } = ranking;
  candidates.sort((a, b) => b.score - a.score || a.item - b.item);
  const caps = openCaps(ranking);
  const newcomers = suiting(
    candidates.filter((one) => one.foundBy === 'explore' && isNewcomer(ranking, one.item) && isWelcome(one)),
  );
  const spanning = newness(ranking);
  // Whose views hardly count at an item yet teach little by a look: half as often.
  const met = ranking.profile < 0 ? 0 : sizeOf(ranking.state.users.seen, ranking.profile);
  const teaches = standingAfter(met + 1, tunables);
  const page: RankedItem[] = [];
  while (page.length < Math.min(limit, candidates.length)) {
    const explore = newcomers.some((one) => !one.taken) ? (tunables.exploration * (1 + teaches)) / 2 : 0;
    const draw = chance();
    const pick =
      (draw < explore && drawNewcomer(ranking, caps, newcomers, explore)) ||
      (draw < explore + (1 - explore) * spanning && spanTags(ranking, caps, (1 - explore) * spanning)) ||
      exploit(ranking, caps, (1 - explore) * (1 - spanning));
    pick.candidate.taken = true;
    place(ranking, caps, pick.candidate);
    page.push(present(ranking, pick));
  }
  return page;
}

/**
 * All that suit no less than the last place does: where nothing tells them apart, none is left out. By what they are made
 * of, not by who has watched them: nobody has yet.
 */
function suiting(newcomers: Candidate[]): Candidate[] {
  const suits = newcomers.map((one) => one.suits).sort((a, b) => b - a);
  const least = suits[Math.min(SUITING, suits.length) - 1] ?? 0;
  return newcomers.filter((one) => one.suits >= least);
}

function isWelcome(candidate: Candidate): boolean {
  return candidate.lift > UNWELCOME_LIFT && !candidate.isForeign;
}

function drawNewcomer(ranking: Ranking, caps: PageCaps, newcomers: Candidate[], share: number): Pick | null {
  const open = newcomers.filter((one) => !one.taken && fits(ranking, caps, one, 0));
  const weights = open.map(
    ({ item, heads }) =>
      (heads.watch + watchSpread(ranking, item, heads.watch)) / (1 + viewsOf(ranking.state.items, item)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let left = ranking.chance() * sum;
  const index = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  const candidate = open[index];
  if (candidate === undefined) return null;
  const drawn = Math.min(1, NEWCOMER_DRAWS / ranking.state.items.newcomers.length);
  return { candidate, propensity: (share * drawn * weights[index]!) / sum, exploration: true };
}

/** The candidate whose tags the user and the page have met least; among equals the better one. */
function spanTags(ranking: Ranking, caps: PageCaps, share: number): Pick | null {
  let best: Candidate | null = null;
  let bestValue = Number.NEGATIVE_INFINITY;
  for (const candidate of ranking.candidates) {
    // What is on the page only makes others less new: the value found last time is the most it can be now.
    if (candidate.mostSpan <= bestValue) continue;
    if (candidate.taken || !isWelcome(candidate) || !fits(ranking, caps, candidate, 0)) continue;
    const value = candidate.score + ranking.tunables.novelty * novelty(ranking, candidate.item);
    candidate.mostSpan = value;
    if (value > bestValue) {
      best = candidate;
      bestValue = value;
    }
  }
  return best && { candidate: best, propensity: share, exploration: true };
}

/** How new the item's topics are to the user and the page, 0 … 1; an item without tags is known by its creator. */
function novelty(ranking: Ranking, item: number): number {
  const { features } = ranking.state.items;
  const from = offsetOf(features, item);
  let topics = 0;
  let unmet = 0;
  let creator = 0;
  for (let at = from; at < from + sizeOf(features, item); at++) {
    const feature = features.words[at]!;
    const kind = ranking.state.features.kind[feature];
    const met = featureEvidence(ranking, feature) + countOnPage(ranking, feature);
    // Squared: one topic never met is worth more than two met once.
    const newness = 1 / (1 + met) ** 2;
    if (kind === CREATOR) creator = newness;
    if (kind !== TAG || !isTopic(ranking.state, feature)) continue;
    topics++;
    unmet += newness;
  }
  return topics > 0 ? unmet / topics : creator;
}

/**
 * How far the scores of what could stand on the page lie apart: variety costs a share of this, whatever scores are like.
 * The very best are left out: one item that stands far above all says nothing about the others.
 */
function atStake({ candidates, limit }: Ranking): number {
  const last = Math.min(candidates.length, 2 * limit) - 1;
  return candidates[Math.ceil(last / 8)]!.score - candidates[last]!.score;
}

function exploit(ranking: Ranking, caps: PageCaps, share: number): Pick {
  const { candidates, tunables } = ranking;
  const unit = tunables.similarity * atStake(ranking);
  for (let relaxed = 0; ; relaxed++) {
    let best: Candidate | null = null;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (const candidate of candidates) {
      // Nearness only takes away: from here on nobody can do better.
      if (candidate.score <= bestValue) break;
      if (candidate.taken || !fits(ranking, caps, candidate, relaxed)) continue;
      const value = candidate.score - unit * nearness(ranking, caps, candidate);
      if (value <= bestValue) continue;
      best = candidate;
      bestValue = value;
    }
    if (best) return { candidate: best, propensity: share, exploration: false };
    if (relaxed >= NO_CAPS) throw new Error('a page was asked for more items than there are candidates');
  }
}

function present(ranking: Ranking, { candidate, propensity, exploration }: Pick): RankedItem {
  const reasons = exploration ? { source: 'explore' as const, causes: [] } : reasonsFor(ranking, candidate);
  return {
    id: ranking.state.items.table.ids[candidate.item]!,
    score: candidate.score,
    source: reasons.source,
    causes: reasons.causes,
    heads: candidate.heads,
    exploration,
    propensity: Math.max(LEAST_PROPENSITY, Math.min(1, propensity)),
  };
}
