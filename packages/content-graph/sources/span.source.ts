/** A few items of each large tag: the ground a new viewer is shown, and a way out of a bubble for the others. */
import { newness, type Ranking } from '../ranking.ts';
import { takePopular, takeSomewhere } from './postings.ts';

/** So many tags are drawn for known users; for a new one more than a page has slots. */
const TAGS_FOR_KNOWN = 10;
const TAGS_FOR_NEW = 32;

export function findSpan(ranking: Ranking): void {
  if (!ranking.isProfiled) return;
  const { largestTags } = ranking.state.features;
  const most = newness(ranking) > 0.05 ? Math.max(TAGS_FOR_NEW, ranking.limit) : TAGS_FOR_KNOWN;
  const tags = Math.min(most, largestTags.length);
  const start = Math.floor(ranking.chance() * largestTags.length);
  for (let step = 0; step < tags; step++) {
    const tag = largestTags[(start + step) % largestTags.length]!;
    takePopular(ranking, tag, 2, 'popular');
    takeSomewhere(ranking, tag, 2, 12, 'popular');
  }
}
