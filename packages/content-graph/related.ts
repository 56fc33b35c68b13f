/** More like this, for nobody in particular: what the same users valued, then what shares tags, creator or sound. */
import { likeliest, outlookOf } from './forecast/forecast.ts';
import { coScale, similarity } from './learn/co-value.ts';
import { admit, featureLift, type Ranking } from './ranking.ts';
import { predictHeads } from './scorers/heads.scorer.ts';
import { takeNewest, takePopular, takeSomewhere } from './sources/postings.ts';
import { CREATOR, causeOf, SOUND, TAG } from './state/features.ts';
import { offsetOf, sizeOf } from './state/lists.ts';
import type { RankedItem, RankSource } from './vocabulary.ts';

/** How much sharing one feature says; all tags together weigh 1. */
const SHARED = { tags: 1, sound: 0.6, creator: 0.4 };

export function rankRelated(ranking: Ranking, item: number): RankedItem[] {
  const { state, tunables, scratch } = ranking;
  const { features, neighbours, table } = state.items;
  const own = Array.from(
    features.words.subarray(offsetOf(features, item), offsetOf(features, item) + sizeOf(features, item)),
  ).filter((feature) => state.features.kind[feature]! <= SOUND);
  const tags = own.filter((feature) => state.features.kind[feature] === TAG).length;
  scratch.itemTicket[item] = scratch.ticket;
  const scale = coScale(state, state.latestSeconds, tunables);
  const from = offsetOf(neighbours, item);
  for (let at = from; at < from + sizeOf(neighbours, item) * 2; at += 2) {
    const other = neighbours.words[at]!;
    scratch.similarTicket[other] = scratch.ticket;
    scratch.similar[other] = similarity(
      state,
      item,
      other,
      neighbours.floats[at + 1]!,
      scale,
      tunables.similarShrinkage,
    );
    admit(ranking, other, 'similar');
  }
  const expected = readForecast(ranking, item);
  for (const feature of own) {
    const kind = state.features.kind[feature];
    scratch.featureTicket[feature] = scratch.ticket;
    scratch.featureLift[feature] =
      kind === TAG ? SHARED.tags / tags : kind === SOUND ? SHARED.sound : SHARED.creator;
    const source: RankSource = kind === TAG ? 'tag' : kind === CREATOR ? 'creator' : 'sound';
    takePopular(ranking, feature, 24, source);
    takeNewest(ranking, feature, 12, 24, source);
    takeSomewhere(ranking, feature, 12, 24, source);
  }
  for (const candidate of ranking.candidates) {
    candidate.heads = predictHeads(ranking, candidate.item, 0);
    const coValue =
      scratch.similarTicket[candidate.item] === scratch.ticket ? scratch.similar[candidate.item]! : 0;
    const shared = sharedWith(ranking, candidate.item).reduce(
      (sum, feature) => sum + featureLift(ranking, feature),
      0,
    );
    candidate.score =
      (tunables.relatedTogether * coValue + shared + tunables.relatedForecast * expected(candidate.item)) *
      (0.5 + candidate.heads.watch);
  }
  return ranking.candidates
    .sort((a, b) => b.score - a.score || a.item - b.item)
    .slice(0, ranking.limit)
    .map((candidate) => ({
      id: table.ids[candidate.item]!,
      score: candidate.score,
      source: candidate.foundBy,
      causes:
        candidate.foundBy === 'similar'
          ? [table.ids[item]!]
          : sharedWith(ranking, candidate.item).map((feature) => causeOf(state.features, feature)),
      heads: candidate.heads,
      exploration: false,
      propensity: 1,
    }));
}

/** What those who liked this one alone are expected to want, 0 … 1; its likeliest become candidates. */
function readForecast(ranking: Ranking, item: number): (other: number) => number {
  const { forecast } = ranking.state;
  const { relatedForecast, forecastCandidates } = ranking.tunables;
  if (forecast === null || relatedForecast === 0 || !(forecast.trust.slope > 0)) return () => 0;
  const outlook = outlookOf(forecast, [item], [item]);
  if (outlook === null) return () => 0;
  const best = likeliest(outlook, forecastCandidates);
  const highest = outlook.scores[best[0] ?? 0]!;
  if (!(highest > 0)) return () => 0;
  for (const number of best) {
    if (!(outlook.scores[number]! > 0)) break;
    if (forecast.rowOf[number]! >= 0) admit(ranking, forecast.rowOf[number]!, 'similar');
  }
  return (other) => Math.max(0, outlook.scores[forecast.numberOf[other] ?? -1] ?? 0) / highest;
}

function sharedWith(ranking: Ranking, item: number): number[] {
  const { features } = ranking.state.items;
  const from = offsetOf(features, item);
  return Array.from(features.words.subarray(from, from + sizeOf(features, item))).filter(
    (feature) => featureLift(ranking, feature) > 0,
  );
}
