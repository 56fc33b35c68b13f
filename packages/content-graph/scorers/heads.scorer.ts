/** Expected outcomes of one showing: the item's own rates, shrunk to everybody's, moved by the user's lift in odds. */
import type { Ranking } from '../ranking.ts';
import { COUNT_AT, COUNT_WIDTH, viewsOf } from '../state/items.ts';
import type { Heads } from '../vocabulary.ts';

const { value, finishes, skips, likes, shares, follows, hides } = COUNT_AT;

export function predictHeads(ranking: Ranking, item: number, lift: number): Heads {
  const { itemShrinkage: usual, rareShrinkage: rare } = ranking.tunables;
  const { rates, state } = ranking;
  const { counts } = state.items;
  const from = item * COUNT_WIDTH;
  const up = Math.exp(lift);
  const down = 1 / up;
  const views = counts[from]!;
  return {
    watch: moved(counts[from + value]!, views, rates.value, usual, up),
    finish: moved(counts[from + finishes]!, views, rates.finishes, usual, up),
    skip: moved(counts[from + skips]!, views, rates.skips, usual, down),
    like: moved(counts[from + likes]!, views, rates.likes, rare, up),
    share: moved(counts[from + shares]!, views, rates.shares, rare, up),
    follow: moved(counts[from + follows]!, views, rates.follows, rare, up),
    hide: moved(counts[from + hides]!, views, rates.hides, rare, down),
  };
}

function moved(count: number, views: number, mean: number, shrinkage: number, factor: number): number {
  const rate = (count + shrinkage * mean) / (views + shrinkage);
  if (!(rate > 0)) return 0;
  if (rate >= 1) return 1;
  return (rate * factor) / (1 - rate + rate * factor);
}

/** Standard deviation of the watch head's posterior: wide for an item that few have seen. */
export function watchSpread(ranking: Ranking, item: number, watch: number): number {
  const evidence = viewsOf(ranking.state.items, item) + ranking.tunables.itemShrinkage;
  return Math.sqrt((watch * (1 - watch)) / (evidence + 1));
}
