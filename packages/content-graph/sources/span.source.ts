/** A few items of each large tag: the ground a new viewer is shown, and a way out of a bubble for the others. */
import { newness, type Ranking } from '../ranking.ts';
import { takePopular, takeSomewhere } from './postings.ts';

/** For known users so many tags are drawn; a new one gets them all. */
const TAGS_FOR_KNOWN = 10;

export function findSpan(ranking: Ranking): void {
  if (!ranking.isProfiled) return;
  const { largestTags } = ranking.state.features;
  const isNew = newness(ranking) > 0.05;
  const tags = isNew ? largestTags.length : Math.min(TAGS_FOR_KNOWN, largestTags.length);
  const start = Math.floor(ranking.chance() * largestTags.length);
  for (let step = 0; step < tags; step++) {
    const tag = largestTags[(start + step) % largestTags.length]!;
    takePopular(ranking, tag, 2, 'popular');
    takeSomewhere(ranking, tag, 2, 12, 'popular');
  }
}
