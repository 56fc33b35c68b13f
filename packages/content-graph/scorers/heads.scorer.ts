/** Expected outcomes of one showing: the item's own rates, shrunk to everybody's, moved by the user's lift in odds. */
import type { Ranking } from '../ranking.ts';
import type { Heads } from '../vocabulary.ts';

export function predictHeads(ranking: Ranking, item: number, lift: number): Heads {
  const { itemShrinkage, rareShrinkage } = ranking.tunables;
  const { rates } = ranking;
  const { views, value, finishes, skips, likes, shares, follows, hides } = ranking.state.items;
  const seen = views[item]!;
  const up = Math.exp(lift);
  const down = 1 / up;
  return {
    watch: moved(rate(value[item]!, seen, rates.value, itemShrinkage), up),
    finish: moved(rate(finishes[item]!, seen, rates.finishes, itemShrinkage), up),
    skip: moved(rate(skips[item]!, seen, rates.skips, itemShrinkage), down),
    like: moved(rate(likes[item]!, seen, rates.likes, rareShrinkage), up),
    share: moved(rate(shares[item]!, seen, rates.shares, rareShrinkage), up),
    follow: moved(rate(follows[item]!, seen, rates.follows, rareShrinkage), up),
    hide: moved(rate(hides[item]!, seen, rates.hides, rareShrinkage), down),
  };
}

function rate(count: number, views: number, mean: number, shrinkage: number): number {
  return Math.max(0, Math.min(1, (count + shrinkage * mean) / (views + shrinkage)));
}

function moved(probability: number, factor: number): number {
  const odds = probability * factor;
  return odds / (1 - probability + odds || 1);
}

/** Standard deviation of the watch head's posterior: wide for an item that few have seen. */
export function watchSpread(ranking: Ranking, item: number, watch: number): number {
  const evidence = ranking.state.items.views[item]! + ranking.tunables.itemShrinkage;
  return Math.sqrt((watch * (1 - watch)) / (evidence + 1));
}
