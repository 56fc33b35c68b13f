/**
 * How much an account counts at an item, 0 … 1: one that has met a handful of items hardly at all, after twice
 * `accountViews` wholly. Fifty accounts made for three items move those items less than one real viewer does.
 */
import type { Tunables } from '../tunables.ts';

export function standingAfter(met: number, { accountViews }: Tunables): number {
  return met ** 4 / (met ** 4 + accountViews ** 4);
}
