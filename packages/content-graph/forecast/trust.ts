/**
 * How much a forecast is believed: the slope of a logistic regression of whether held-out views were valued on how much
 * the forecast was in favour, beside what item and user give anyway. Drawn towards nothing like every other belief here,
 * and then a standard error is taken off: a forecast that cannot be told from chance moves nothing.
 */
import { solveSymmetric } from '../models/retrieval/ridge.ts';

export type HeldOutView = {
  /** Log-odds of valuing it by item and user alone. */
  usual: number;
  surprise: number;
  isValued: boolean;
};

export type Trust = {
  /** Log-odds for one unit of surprise, at least 0. */
  slope: number;
  /** The surprise that says nothing: that of the views on average. */
  centre: number;
};

/** Standard deviation of a slope before anything is known of it: few parts move odds by more than a third. */
const BELIEF = 0.3;
const ROUNDS = 12;
/** Level, weight of what is usual, slope. */
const SIZE = 3;
const SLOPE = 2;

export function learnTrust(views: readonly HeldOutView[]): Trust {
  const centre = views.reduce((sum, view) => sum + view.surprise, 0) / Math.max(1, views.length);
  const at = Float64Array.of(0, 1, 0);
  let variance = BELIEF ** 2;
  // Newton's method; concave, so that a dozen rounds suffice.
  for (let round = 0; round < ROUNDS; round++) {
    const bend = new Float64Array(SIZE * SIZE);
    const rise = Float64Array.of(0, 0, -at[SLOPE]! / BELIEF ** 2);
    for (let one = 0; one < SIZE; one++) bend[one * SIZE + one] = 1e-6;
    bend[SLOPE * SIZE + SLOPE] = 1 / BELIEF ** 2;
    for (const { usual, surprise, isValued } of views) {
      const x = [1, usual, surprise - centre];
      const p = 1 / (1 + Math.exp(-x.reduce((sum, one, place) => sum + one * at[place]!, 0)));
      for (let a = 0; a < SIZE; a++) {
        rise[a]! += ((isValued ? 1 : 0) - p) * x[a]!;
        for (let b = 0; b <= a; b++) bend[a * SIZE + b]! += p * (1 - p) * x[a]! * x[b]!;
      }
    }
    const alone = Float64Array.of(0, 0, 1);
    solveSymmetric(bend.slice(), alone, SIZE);
    solveSymmetric(bend, rise, SIZE);
    variance = alone[SLOPE]!;
    for (let one = 0; one < SIZE; one++) at[one]! += rise[one]!;
  }
  return { slope: Math.max(0, at[SLOPE]! - Math.sqrt(variance)), centre };
}
