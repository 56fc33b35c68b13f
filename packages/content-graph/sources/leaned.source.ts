/** Items of what the user asked to see more of: they need not have watched any for it to come. */
import type { Ranking } from '../ranking.ts';
import { CREATOR, SOUND } from '../state/features.ts';
import { takeNewest, takePopular, takeSomewhere } from './postings.ts';

/** Of a longer list, the strongest; a page has twenty slots. */
const MOST_FEATURES = 16;
const EACH = 8;

export function findLeaned(ranking: Ranking): void {
  if (ranking.lean === null) return;
  const asked = [...ranking.lean].filter(([, lift]) => lift > 0).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  for (const [feature] of asked.slice(0, MOST_FEATURES)) {
    const kind = ranking.state.features.kind[feature];
    const source = kind === CREATOR ? 'creator' : kind === SOUND ? 'sound' : 'tag';
    takePopular(ranking, feature, EACH, source);
    takeNewest(ranking, feature, EACH, EACH * 3, source);
    takeSomewhere(ranking, feature, EACH, EACH * 4, source);
  }
}
