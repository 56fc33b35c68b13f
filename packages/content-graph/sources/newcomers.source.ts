/** A draw from the items that had little traffic yet; those that came last are drawn as often as all the others. */
import { admit, type Ranking } from '../ranking.ts';

export const NEWCOMER_DRAWS = 32;
/** What counts as having come last, out of all newcomers. */
const LATEST = 16;

export function findNewcomers(ranking: Ranking): void {
  const { newcomers } = ranking.state.items;
  if (newcomers.length === 0 || !ranking.isProfiled || ranking.tunables.exploration === 0) return;
  for (let draw = 0; draw < NEWCOMER_DRAWS; draw++) {
    const from = draw % 2 === 0 ? Math.max(0, newcomers.length - LATEST) : 0;
    admit(ranking, newcomers[from + Math.floor(ranking.chance() * (newcomers.length - from))]!, 'explore');
  }
}

export function isNewcomer(ranking: Ranking, item: number): boolean {
  const { items } = ranking.state;
  const ageMs = ranking.atMs - items.publishedAtMs[item]!;
  return items.newcomerAt[item]! >= 0 && ageMs <= ranking.tunables.newcomerDays * 86_400_000;
}
