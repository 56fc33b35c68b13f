/** Popular and fresh by language: needs nothing of the user, and is all there is without profiling. */
import type { Ranking } from '../ranking.ts';
import { takeNewest, takePopular, takeSomewhere } from './postings.ts';

const POPULAR = 100;
const FRESH = 60;

export function findPopular(ranking: Ranking): void {
  for (const language of ranking.languages)
    takePopular(ranking, language, POPULAR / ranking.languages.length, 'popular');
}

export function findFresh(ranking: Ranking): void {
  for (const language of ranking.languages)
    takeNewest(ranking, language, FRESH / ranking.languages.length, FRESH * 4, 'fresh');
}

/** When the sources ran dry: on through the catalogue, as far as the work allows. */
export function findAnything(ranking: Ranking): void {
  const missing = () => ranking.limit * 3 - ranking.candidates.length;
  for (const language of ranking.languages)
    if (missing() > 0) takeSomewhere(ranking, language, missing(), ranking.tunables.sweep, 'popular');
  if (missing() <= 0 || ranking.namedLanguages === null) return;
  const all = ranking.state.features.table.rowOf.get('4');
  if (all !== undefined) takeSomewhere(ranking, all, missing(), ranking.tunables.sweep, 'popular');
}
