/** How much more than usual the user should value an item: a sum of log lifts, one part per kind of reason. */
import { forecastLift } from '../forecast/forecast.ts';
import { featureLift, type Ranking, similarOf } from '../ranking.ts';
import { CREATOR, LANGUAGE, SOUND, TAG } from '../state/features.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';
import { leanLift } from './lean.scorer.ts';

export type LiftParts = {
  tag: number;
  creator: number;
  sound: number;
  language: number;
  similar: number;
  forecast: number;
  /** What the user asked for. */
  lean: number;
  /** Feature row of the creator, or -1. */
  creatorRow: number;
  /** In a language that was not asked for. */
  isForeign: boolean;
};

const LOWEST = -5;
const HIGHEST = 5;

export function createLiftParts(): LiftParts {
  return {
    tag: 0,
    creator: 0,
    sound: 0,
    language: 0,
    similar: 0,
    forecast: 0,
    lean: 0,
    creatorRow: -1,
    isForeign: false,
  };
}

/** Writes all of `parts`: an item's features are read once for everything that depends on them. */
export function readLift(ranking: Ranking, item: number, parts: LiftParts): void {
  const { state, tunables, namedLanguages } = ranking;
  const { words } = state.items.features;
  const { kind: kinds } = state.features;
  const from = offsetOf(state.items.features, item);
  const end = from + sizeOf(state.items.features, item);
  let tagLift = 0;
  parts.creator = 0;
  parts.sound = 0;
  parts.language = 0;
  parts.creatorRow = -1;
  parts.isForeign = false;
  for (let at = from; at < end; at++) {
    const feature = words[at]!;
    const kind = kinds[feature];
    const learned = featureLift(ranking, feature);
    // Whoever asks for less says that what was learned is wrong.
    const lift = (ranking.lean?.get(feature) ?? 0) < 0 ? Math.min(0, learned) : learned;
    if (kind === TAG) tagLift += lift;
    else if (kind === CREATOR) {
      parts.creator = tunables.creatorWeight * lift;
      parts.creatorRow = feature;
    } else if (kind === SOUND) parts.sound = tunables.soundWeight * lift;
    else if (kind === LANGUAGE) {
      parts.language = tunables.languageWeight * lift;
      // '3' alone is the language nobody named.
      parts.isForeign =
        namedLanguages !== null &&
        !namedLanguages.has(feature) &&
        state.features.table.ids[feature]!.length > 1;
    }
  }
  parts.tag = tunables.tagWeight * tagLift;
  parts.lean = leanLift(ranking, item);
  parts.similar = tunables.similarWeight * similarOf(ranking, item);
  parts.forecast = forecastPart(ranking, item);
}

export function forecastPart({ outlook, tunables }: Ranking, item: number): number {
  return outlook ? tunables.forecastWeight * forecastLift(outlook, item) : 0;
}

export function sumLift(parts: LiftParts): number {
  const sum =
    parts.tag + parts.creator + parts.sound + parts.language + parts.similar + parts.forecast + parts.lean;
  return Math.max(LOWEST, Math.min(HIGHEST, sum));
}
