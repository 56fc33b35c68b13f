/** How much more than usual the user should value an item: a sum of log lifts, one part per kind of reason. */
import { featureLift, type Ranking, similarOf } from '../ranking.ts';
import { CREATOR, LANGUAGE, SOUND, TAG } from '../state/features.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';

export type LiftParts = { tag: number; creator: number; sound: number; language: number; similar: number };

/** A similarity of a tenth is strong already. */
const SIMILAR_GAIN = 10;
const LOWEST = -5;
const HIGHEST = 5;

export function liftParts(ranking: Ranking, item: number): LiftParts {
  const { state, tunables } = ranking;
  const { features } = state.items;
  const from = offsetOf(features, item);
  const end = from + sizeOf(features, item);
  let tagLift = 0;
  let tags = 0;
  const parts = { tag: 0, creator: 0, sound: 0, language: 0, similar: 0 };
  for (let at = from; at < end; at++) {
    const feature = features.words[at]!;
    const lift = featureLift(ranking, feature);
    if (lift === 0) continue;
    const kind = state.features.kind[feature];
    if (kind === TAG) {
      tagLift += lift;
      tags++;
    } else if (kind === CREATOR) parts.creator = tunables.creatorWeight * lift;
    else if (kind === SOUND) parts.sound = tunables.soundWeight * lift;
    else if (kind === LANGUAGE) parts.language = tunables.languageWeight * lift;
  }
  // Tags of one item overlap in meaning: their evidence grows with the root of their number.
  if (tags > 0) parts.tag = (tunables.tagWeight * tagLift) / Math.sqrt(tags);
  parts.similar = tunables.similarWeight * Math.log1p(SIMILAR_GAIN * similarOf(ranking, item));
  return parts;
}

export function sumLift(parts: LiftParts): number {
  const sum = parts.tag + parts.creator + parts.sound + parts.language + parts.similar;
  return Math.max(LOWEST, Math.min(HIGHEST, sum));
}
