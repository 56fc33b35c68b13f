/**
 * More like this: what people who valued the item valued too, what shares its tags, creator or sound. In what order also
 * depends on what is popular and on what this viewer is expected to want: likeness comes first, taste decides among the like.
 */
import { type Forecast, likeliest, outlookOf } from './forecast/forecast.ts';
import { coScale } from './learn/co-value.ts';
import { admit, type Candidate, type Ranking } from './ranking.ts';
import { predictHeads } from './scorers/heads.scorer.ts';
import { leanLift } from './scorers/lean.scorer.ts';
import { createLiftParts, readLift, sumLift } from './scorers/lift.scorer.ts';
import { bestStanding, popularShare } from './scorers/value.scorer.ts';
import { takeNewest, takePopular, takeSomewhere } from './sources/postings.ts';
import { valuedHistory } from './sources/similar.source.ts';
import { readTaste } from './sources/taste.source.ts';
import { CREATOR, causeOf, SOUND, TAG } from './state/features.ts';
import { offsetOf, sizeOf } from './state/lists.ts';
import { eachSeen, flagsOf, HIDDEN } from './state/users.ts';
import type { RankedItem, RankSource } from './vocabulary.ts';

/** How much sharing one feature says; all tags together weigh 1. */
const SHARED = { tags: 1, sound: 0.6, creator: 0.4 };
/** What is like it counts half before anything is expected of it. */
const LEAST_EXPECTED = 0.5;

type Likeness = {
  /** Share of those who valued the item and valued the other too. */
  together: ReadonlyMap<number, number>;
  /** What each of the item's features says when it is shared. */
  shared: ReadonlyMap<number, number>;
  /** What those who liked the item alone are expected to want, 0 … 1. */
  next: (other: number) => number;
};

/** `viewer` is a row, or -1 for nobody in particular: what they have met comes last, what they turned away from not at all. */
export function rankRelated(ranking: Ranking, item: number, viewer: number): RankedItem[] {
  const { state, scratch, tunables, candidates } = ranking;
  scratch.itemTicket[item] = scratch.ticket;
  const like = findLike(ranking, item);
  readTaste(ranking);
  const wanted = readWanted(ranking, item);
  const best = bestStanding(ranking);
  const flags = (other: number) => (viewer < 0 ? 0 : flagsOf(state.users, viewer, other));
  const parts = createLiftParts();
  for (const candidate of candidates) {
    const other = candidate.item;
    readLift(ranking, other, parts);
    candidate.heads = predictHeads(ranking, other, sumLift(parts));
    const closeness =
      tunables.relatedTogether * (like.together.get(other) ?? 0) +
      sharedWith(ranking, other, like).reduce((sum, feature) => sum + like.shared.get(feature)!, 0) +
      tunables.relatedForecast * like.next(other);
    const score =
      closeness * (LEAST_EXPECTED + candidate.heads.watch) +
      tunables.relatedPopular * popularShare(ranking, other, best) +
      tunables.relatedViewer * wanted(other);
    const language = parts.isForeign ? tunables.foreignLanguage : 1;
    candidate.score = score * language * Math.exp(Math.min(0, leanLift(ranking, other)));
    candidate.isMet = flags(other) !== 0;
  }
  return candidates
    .filter((candidate) => (flags(candidate.item) & HIDDEN) === 0)
    .sort((a, b) => Number(a.isMet) - Number(b.isMet) || b.score - a.score || a.item - b.item)
    .slice(0, ranking.limit)
    .map((candidate) => present(ranking, item, candidate, like));
}

function findLike(ranking: Ranking, item: number): Likeness {
  const { state, tunables } = ranking;
  const { features, neighbours, mass } = state.items;
  const together = new Map<number, number>();
  const scale = coScale(state, state.latestSeconds, tunables);
  const valued = mass[item]! + tunables.similarShrinkage * scale;
  const from = offsetOf(neighbours, item);
  for (let at = from; at < from + sizeOf(neighbours, item) * 2; at += 2) {
    together.set(neighbours.words[at]!, neighbours.floats[at + 1]! / valued);
    admit(ranking, neighbours.words[at]!, 'similar');
  }
  const next = readNext(ranking, item);
  const own = Array.from(
    features.words.subarray(offsetOf(features, item), offsetOf(features, item) + sizeOf(features, item)),
  ).filter((feature) => state.features.kind[feature]! <= SOUND);
  const tags = own.filter((feature) => state.features.kind[feature] === TAG).length;
  const shared = new Map<number, number>();
  for (const feature of own) {
    const kind = state.features.kind[feature];
    shared.set(feature, kind === TAG ? SHARED.tags / tags : kind === SOUND ? SHARED.sound : SHARED.creator);
    const source: RankSource = kind === TAG ? 'tag' : kind === CREATOR ? 'creator' : 'sound';
    takePopular(ranking, feature, 24, source);
    takeNewest(ranking, feature, 12, 24, source);
    takeSomewhere(ranking, feature, 12, 24, source);
  }
  return { together, shared, next };
}

const nothing = () => 0;

/** The likeliest after the item alone become candidates. */
function readNext(ranking: Ranking, item: number): (other: number) => number {
  const forecast = trusted(ranking);
  const outlook = forecast && outlookOf(forecast, [item], [item]);
  if (!forecast || !outlook) return nothing;
  for (const number of likeliest(outlook, ranking.tunables.forecastCandidates)) {
    if (!(outlook.scores[number]! > 0)) break;
    if (forecast.rowOf[number]! >= 0) admit(ranking, forecast.rowOf[number]!, 'similar');
  }
  // The forecast writes the next outlook where this one stands.
  return shareOfHighest(forecast, outlook.scores.slice());
}

/** What this viewer is expected to want after this item, 0 … 1; brings no candidates, and nothing for somebody unknown. */
function readWanted(ranking: Ranking, item: number): (other: number) => number {
  const { profile, state, tunables } = ranking;
  const forecast = trusted(ranking);
  if (!forecast || profile < 0 || tunables.relatedViewer === 0) return nothing;
  const liked = valuedHistory(ranking).flatMap((valued) => (valued.item === item ? [] : [valued.item]));
  if (liked.length === 0) return nothing;
  const met: number[] = [];
  eachSeen(state.users, profile, (other) => met.push(other));
  ranking.outlook = outlookOf(forecast, [...liked.reverse(), item], met);
  return ranking.outlook ? shareOfHighest(forecast, ranking.outlook.scores) : nothing;
}

function trusted({ state, tunables }: Ranking): Forecast | null {
  const { forecast } = state;
  return forecast && tunables.relatedForecast > 0 && forecast.trust.slope > 0 ? forecast : null;
}

function shareOfHighest({ numberOf }: Forecast, scores: Float64Array): (other: number) => number {
  const highest = scores.reduce((most, score) => Math.max(most, score), 0);
  if (highest === 0) return nothing;
  return (other) => Math.max(0, scores[numberOf[other] ?? -1] ?? 0) / highest;
}

function sharedWith(ranking: Ranking, other: number, { shared }: Likeness): number[] {
  const { features } = ranking.state.items;
  const from = offsetOf(features, other);
  return Array.from(features.words.subarray(from, from + sizeOf(features, other))).filter((feature) =>
    shared.has(feature),
  );
}

function present(ranking: Ranking, item: number, candidate: Candidate, like: Likeness): RankedItem {
  const { state } = ranking;
  const { ids } = state.items.table;
  return {
    id: ids[candidate.item]!,
    score: candidate.score,
    source: candidate.foundBy,
    causes:
      candidate.foundBy === 'similar'
        ? [ids[item]!]
        : sharedWith(ranking, candidate.item, like).map((feature) => causeOf(state.features, feature)),
    heads: candidate.heads,
    exploration: false,
    propensity: 1,
  };
}
