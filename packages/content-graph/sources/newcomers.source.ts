/** A draw from the items that had little traffic yet. */
import { admit, type Ranking } from '../ranking.ts';

export const NEWCOMER_DRAWS = 32;

export function findNewcomers(ranking: Ranking): void {
  const { newcomers } = ranking.state.items;
  if (newcomers.length === 0 || !ranking.isProfiled || ranking.tunables.exploration === 0) return;
  for (let draw = 0; draw < NEWCOMER_DRAWS; draw++)
    admit(ranking, newcomers[Math.floor(ranking.chance() * newcomers.length)]!, 'explore');
}

export function isNewcomer(ranking: Ranking, item: number): boolean {
  const { items } = ranking.state;
  const ageMs = ranking.atMs - items.publishedAtMs[item]!;
  return items.newcomerAt[item]! >= 0 && ageMs <= ranking.tunables.newcomerDays * 86_400_000;
}
