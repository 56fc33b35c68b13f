import type { Comparison, Estimate } from '../../../contract/experiments.ts';

/**
 * What a difference between two groups of viewers can be told to be. Pure. Viewers were dealt, so viewers are what is
 * counted: a rate is a ratio of two sums over viewers, and its variance comes by the delta method (Deng, Knoblich
 * and Lu, KDD 2018), since the impressions of one viewer are not independent.
 */
export type Moments = {
  /** Viewers. */
  n: number;
  /** Sums over viewers of the numerator x and the denominator y, of their squares and their product. */
  x: number;
  y: number;
  xx: number;
  yy: number;
  xy: number;
};

/** Fewer viewers in a group say nothing: normal intervals of skewed sums are too narrow there. */
export const leastViewers = 50;

/** Two-sided 5 % over all comparisons with the control together (Bonferroni), by how many there are: 1 … 4. */
const limits = [1.959964, 2.241403, 2.39398, 2.497705];
export const limitOf = (comparisons: number): number => limits[Math.max(1, Math.min(4, comparisons)) - 1]!;

type Mean = { value: number; variance: number };

/** Σx ÷ Σy. Null when nothing is there to divide by. */
export function ratioOf({ n, x, y, xx, yy, xy }: Moments): Mean | null {
  if (n < 2 || !(y > 0)) return null;
  const value = x / y;
  const spread = (a: number, b: number, ab: number) => (ab - (a * b) / n) / (n - 1);
  const sum = spread(x, x, xx) - 2 * value * spread(x, y, xy) + value * value * spread(y, y, yy);
  // Rounding may leave a little less than nothing.
  return { value, variance: Math.max(0, sum) / (n * (y / n) ** 2) };
}

export function estimateOf(moments: Moments): Estimate | null {
  const mean = ratioOf(moments);
  return mean && around(mean, limitOf(1));
}

/** How much more than the control, as a share of it. Null while either is unknown or the control is nothing. */
export function changeOf(control: Moments, variant: Moments, limit: number): Estimate | null {
  const [a, b] = [ratioOf(control), ratioOf(variant)];
  if (!a || !b || !(a.value > 0)) return null;
  const value = b.value / a.value - 1;
  const variance = b.variance / a.value ** 2 + (b.value ** 2 * a.variance) / a.value ** 4;
  const { low, high } = around({ value, variance }, limit);
  // Nothing can fall by more than all of it.
  return { value, low: Math.max(-1, low), high };
}

export function compare(
  control: Moments,
  variant: Moments,
  better: 'more' | 'less',
  comparisons: number,
): Comparison {
  const change =
    Math.min(control.n, variant.n) < leastViewers ? null : changeOf(control, variant, limitOf(comparisons));
  if (!change) return { change: null, verdict: fromNothing(control, variant, better, comparisons) };
  // No spread at all: every viewer did the same, which is no measure of what the next will do.
  if (change.low === change.high) return { change, verdict: change.value === 0 ? 'none' : 'unknown' };
  if (change.low <= 0 && change.high >= 0) return { change, verdict: 'none' };
  return { change, verdict: change.low > 0 === (better === 'more') ? 'better' : 'worse' };
}

/** The control is at zero, so that nothing is a share of it: then only whether the variant is above zero can be told. */
function fromNothing(
  control: Moments,
  variant: Moments,
  better: 'more' | 'less',
  comparisons: number,
): Comparison['verdict'] {
  const [a, b] = [ratioOf(control), ratioOf(variant)];
  if (!a || !b || a.value > 0 || Math.min(control.n, variant.n) < leastViewers) return 'unknown';
  if (around(b, limitOf(comparisons)).low <= 0) return 'none';
  return better === 'more' ? 'better' : 'worse';
}

function around({ value, variance }: Mean, limit: number): Estimate {
  const reach = limit * Math.sqrt(variance);
  return { value, low: value - reach, high: value + reach };
}

/** Chi-square beyond which groups differ from their shares by chance once in a thousand, for 1 … 4 degrees of freedom. */
const unevenBeyond = [10.828, 13.816, 16.266, 18.467];

/** Are the groups of other sizes than asked for, beyond what chance does? Then no result of them can be believed. */
export function isUneven(groups: readonly { share: number; viewers: number }[]): boolean {
  const viewers = groups.reduce((sum, group) => sum + group.viewers, 0);
  const shares = groups.reduce((sum, group) => sum + group.share, 0);
  if (viewers < leastViewers || groups.length < 2) return false;
  const chiSquare = groups.reduce((sum, group) => {
    const expected = (viewers * group.share) / shares;
    return sum + (group.viewers - expected) ** 2 / expected;
  }, 0);
  return chiSquare > unevenBeyond[Math.min(4, groups.length - 1) - 1]!;
}
