/**
 * The stages of a ranking, in order: the table of contents of the package.
 * A deeper model replaces one line here: another source, another scorer, another selector.
 */
import { noteMet, type Ranking } from './ranking.ts';
import { scoreCandidates } from './scorers/value.scorer.ts';
import { selectPage } from './selectors/page.selector.ts';
import { findFollowed } from './sources/followed.source.ts';
import { findForecast } from './sources/forecast.source.ts';
import { findAnything, findFresh, findPopular } from './sources/language.sources.ts';
import { findLeaned } from './sources/leaned.source.ts';
import { findNewcomers } from './sources/newcomers.source.ts';
import { findSimilar } from './sources/similar.source.ts';
import { findSpan } from './sources/span.source.ts';
import { findByTaste, readTaste } from './sources/taste.source.ts';
import type { RankedItem } from './vocabulary.ts';

/** Each adds candidates through the one gate, `admit`; the first to find an item names its source. */
const SOURCES = [
  findNewcomers,
  findFollowed,
  findLeaned,
  findForecast,
  findSimilar,
  findPopular,
  findFresh,
  findSpan,
  findByTaste,
];

export function rankInStages(ranking: Ranking): RankedItem[] {
  if (!(ranking.limit >= 1)) return [];
  readTaste(ranking);
  for (const item of ranking.ahead) noteMet(ranking, item);
  for (const find of SOURCES) if (ranking.candidates.length < ranking.tunables.candidates) find(ranking);
  findAnything(ranking);
  scoreCandidates(ranking);
  return selectPage(ranking);
}
