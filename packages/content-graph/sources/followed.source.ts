/** The newest items of followed creators. */
import type { Ranking } from '../ranking.ts';
import { CREATOR, findFeature } from '../state/features.ts';
import { takeNewest } from './postings.ts';

/** Of a longer list, a stretch from a random place: over time everybody has their turn. */
const MOST_CREATORS = 40;

export function findFollowed(ranking: Ranking): void {
  const { follows } = ranking;
  const start = Math.floor(ranking.chance() * follows.length);
  for (let step = 0; step < Math.min(MOST_CREATORS, follows.length); step++) {
    const creator = findFeature(ranking.state.features, CREATOR, follows[(start + step) % follows.length]!);
    if (creator >= 0) takeNewest(ranking, creator, 3, 6, 'followed');
  }
}
