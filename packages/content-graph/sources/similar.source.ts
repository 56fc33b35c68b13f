/** Neighbours of what the user valued lately: "because you watched …". */
import { coScale, liftOverChance } from '../learn/co-value.ts';
import { admit, type Ranking } from '../ranking.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';

const MOST = 200;
const VALUED = 0.5;

export function findSimilar(ranking: Ranking): void {
  const { state, scratch, tunables, profile } = ranking;
  if (profile < 0) return;
  const scale = coScale(state, state.latestSeconds, tunables);
  const { neighbours } = state.items;
  const found: number[] = [];
  const past = valuedHistory(ranking);
  // What the items of a history say overlaps: their evidence grows with the root of their number.
  const unit = 1 / Math.sqrt(Math.max(1, past.length));
  for (const { item, value } of past) {
    const from = offsetOf(neighbours, item);
    for (let at = from; at < from + sizeOf(neighbours, item) * 2; at += 2) {
      const other = neighbours.words[at]!;
      const lift = liftOverChance(state, item, other, neighbours.floats[at + 1]!, scale, tunables);
      if (lift <= 0) continue;
      if (scratch.similarTicket[other] !== scratch.ticket) {
        scratch.similarTicket[other] = scratch.ticket;
        scratch.similar[other] = 0;
        found.push(other);
      }
      scratch.similar[other]! += unit * value * lift;
    }
  }
  found.sort((a, b) => scratch.similar[b]! - scratch.similar[a]! || a - b);
  let taken = 0;
  for (const item of found) {
    if (taken >= MOST) break;
    if (admit(ranking, item, 'similar')) taken++;
  }
}

/** Latest first. */
export function valuedHistory(ranking: Ranking): { item: number; value: number }[] {
  const { history } = ranking.state.users;
  const from = offsetOf(history, ranking.profile);
  const valued: { item: number; value: number }[] = [];
  for (let index = sizeOf(history, ranking.profile) - 1; index >= 0; index--) {
    if (valued.length >= ranking.tunables.similarHistory) break;
    const value = history.floats[from + index * 3 + 1]!;
    if (value >= VALUED) valued.push({ item: history.words[from + index * 3]!, value });
  }
  return valued;
}
