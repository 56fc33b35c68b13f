/** Why this item: the largest part of its lift names the source, and what stands behind it. */
import { forecastCauses } from '../forecast/forecast.ts';
import type { Candidate, Ranking } from '../ranking.ts';
import { featureLift } from '../ranking.ts';
import { valuedHistory } from '../sources/similar.source.ts';
import { CREATOR, causeOf, type FeatureKind, LANGUAGE, SOUND, TAG } from '../state/features.ts';
import { findIn, offsetOf, sizeOf } from '../state/lists.ts';
import type { RankSource } from '../vocabulary.ts';
import { leanCauses, leanSource } from './lean.scorer.ts';
import { createLiftParts, readLift } from './lift.scorer.ts';

/** One part with this share of the whole is the reason; otherwise several are, and it is called interest. */
const MAIN_SHARE = 0.6;
const LEAST_LIFT = 0.05;
const MOST_CAUSES = 3;

export function reasonsFor(ranking: Ranking, candidate: Candidate): { source: RankSource; causes: string[] } {
  const parts = createLiftParts();
  readLift(ranking, candidate.item, parts);
  const reasons: { source: RankSource; weight: number; causes: () => string[] }[] = [
    {
      source: 'similar',
      weight: parts.similar + parts.forecast,
      causes: () => similarCauses(ranking, candidate.item),
    },
    { source: 'tag', weight: parts.tag, causes: () => featureCauses(ranking, candidate.item, TAG) },
    {
      source: 'creator',
      weight: parts.creator,
      causes: () => featureCauses(ranking, candidate.item, CREATOR),
    },
    { source: 'sound', weight: parts.sound, causes: () => featureCauses(ranking, candidate.item, SOUND) },
    {
      source: 'interest',
      weight: parts.language,
      causes: () => featureCauses(ranking, candidate.item, LANGUAGE),
    },
  ];
  if (parts.lean > 0)
    reasons.push({
      source: leanSource(ranking, candidate.item),
      weight: parts.lean,
      causes: () => leanCauses(ranking, candidate.item, MOST_CAUSES),
    });
  const positive = reasons.filter((reason) => reason.weight > LEAST_LIFT).sort((a, b) => b.weight - a.weight);
  const [main] = positive;
  if (candidate.foundBy === 'followed' && (main?.weight ?? 0) < ranking.tunables.followedWeight)
    return { source: 'followed', causes: featureNames(ranking, candidate.item, CREATOR) };
  if (main === undefined) return { source: plainSource(candidate.foundBy), causes: [] };
  const sum = positive.reduce((total, reason) => total + reason.weight, 0);
  if (main.weight >= sum * MAIN_SHARE) return { source: main.source, causes: main.causes() };
  const causes = positive.flatMap((reason) => reason.causes().slice(0, 1)).slice(0, MOST_CAUSES);
  return { source: 'interest', causes };
}

/** A source that promised a lift which the scorer did not find says nothing: the item stands on its popularity. */
function plainSource(foundBy: RankSource): RankSource {
  return foundBy === 'fresh' || foundBy === 'explore' ? 'fresh' : 'popular';
}

/** Items of the user's history that speak for this one by the forecast; else those that name it a neighbour, latest first. */
function similarCauses(ranking: Ranking, item: number): string[] {
  const { neighbours, table } = ranking.state.items;
  const told = ranking.outlook ? forecastCauses(ranking.outlook, item) : [];
  if (told.length > 0) return told.slice(0, MOST_CAUSES).map((row) => table.ids[row]!);
  return valuedHistory(ranking)
    .filter((valued) => findIn(neighbours, valued.item, item) >= 0)
    .slice(0, MOST_CAUSES)
    .map((valued) => table.ids[valued.item]!);
}

function rowsOfKind(ranking: Ranking, item: number, kind: FeatureKind): number[] {
  const { features } = ranking.state.items;
  const from = offsetOf(features, item);
  return Array.from(features.words.subarray(from, from + sizeOf(features, item))).filter(
    (feature) => ranking.state.features.kind[feature] === kind,
  );
}

function featureNames(ranking: Ranking, item: number, kind: FeatureKind): string[] {
  return rowsOfKind(ranking, item, kind).map((feature) => causeOf(ranking.state.features, feature));
}

function featureCauses(ranking: Ranking, item: number, kind: FeatureKind): string[] {
  return rowsOfKind(ranking, item, kind)
    .filter((feature) => featureLift(ranking, feature) > 0)
    .sort((a, b) => featureLift(ranking, b) - featureLift(ranking, a))
    .slice(0, MOST_CAUSES)
    .map((feature) => causeOf(ranking.state.features, feature));
}
