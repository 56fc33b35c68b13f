/** Expected outcomes of one showing: the item's own rates, shrunk to everybody's, moved by the user's lift in odds. */
import type { Ranking } from '../ranking.ts';
import { groundOf } from '../state/graph-state.ts';
import { COUNT_AT, COUNT_WIDTH, type Count, viewsOf } from '../state/items.ts';
import type { Heads } from '../vocabulary.ts';

const { value, finishes, skips, likes, shares, follows, hides } = COUNT_AT;

export function predictHeads(ranking: Ranking, item: number, lift: number): Heads {
  const { itemShrinkage: usual, rareShrinkage: rare } = ranking.tunables;
  const { state } = ranking;
  const rates = ratesBefore(ranking, item);
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

/** Everybody's rates, moved in odds to what such items are worth: what is expected before anybody has seen this one. */
function ratesBefore({ rates, state, tunables }: Ranking, item: number): Record<Count, number> {
  const ground = groundOf(state, item, tunables.groundShrinkage);
  const worth = Math.max(LEAST_WORTH, Math.min(1 - LEAST_WORTH, rates.value + ground));
  const up = worth / (1 - worth) / (rates.value / (1 - rates.value));
  return {
    views: 1,
    value: worth,
    finishes: inOdds(rates.finishes, up),
    skips: inOdds(rates.skips, 1 / up),
    likes: inOdds(rates.likes, up),
    shares: inOdds(rates.shares, up),
    follows: inOdds(rates.follows, up),
    hides: inOdds(rates.hides, 1 / up),
    opened: 0,
  };
}

const LEAST_WORTH = 0.05;

function inOdds(rate: number, factor: number): number {
  return (rate * factor) / (1 - rate + rate * factor);
}

function moved(count: number, views: number, mean: number, shrinkage: number, factor: number): number {
  const rate = (count + shrinkage * mean) / (views + shrinkage);
  if (!(rate > 0)) return 0;
  if (rate >= 1) return 1;
  return inOdds(rate, factor);
}

/** Standard deviation of the watch head's posterior: wide for an item that few have seen. */
export function watchSpread(ranking: Ranking, item: number, watch: number): number {
  const evidence = viewsOf(ranking.state.items, item) + ranking.tunables.itemShrinkage;
  return Math.sqrt((watch * (1 - watch)) / (evidence + 1));
}
