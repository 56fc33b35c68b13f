/**
 * Which items are valued by the same users. Symmetric, decayed, the strongest partners of each item only.
 * A full list admits a newcomer by wearing its weakest entry down first (after Misra and Gries, 1982).
 * Forward decay (Cormode et al., 2009): new pairs weigh more, so old ones need no touching.
 */
import type { GraphState } from '../state/graph-state.ts';
import { append, findIn, offsetOf, sizeOf } from '../state/lists.ts';
import type { Tunables } from '../tunables.ts';

const DAY_SECONDS = 86_400;
/** The scale is brought back to 1 before 32-bit floats would lose range. */
const LARGEST_EXPONENT = 40;

/** What a pair made at this time weighs. */
export function coScale(state: GraphState, seconds: number, tunables: Tunables): number {
  return 2 ** exponentAt(state, seconds, tunables);
}

function exponentAt(state: GraphState, seconds: number, tunables: Tunables): number {
  return (seconds - state.coLandmarkSeconds) / (tunables.coHalfLifeDays * DAY_SECONDS);
}

/** Moves the landmark when weights have grown large: 1 is once more the weight of now. */
export function keepScaleSmall(state: GraphState, seconds: number, tunables: Tunables): void {
  const exponent = exponentAt(state, seconds, tunables);
  if (exponent <= LARGEST_EXPONENT) return;
  const factor = 2 ** -exponent;
  const { neighbours, mass } = state.items;
  for (let item = 0; item < mass.length; item++) {
    mass[item]! *= factor;
    const from = offsetOf(neighbours, item);
    for (let at = from; at < from + sizeOf(neighbours, item) * 2; at += 2)
      neighbours.floats[at + 1]! *= factor;
  }
  state.coLandmarkSeconds = seconds;
}

export function addPair(state: GraphState, a: number, b: number, weight: number, tunables: Tunables): void {
  addNeighbour(state, a, b, weight, tunables.neighbours);
  addNeighbour(state, b, a, weight, tunables.neighbours);
}

function addNeighbour(state: GraphState, item: number, other: number, weight: number, most: number): void {
  const { neighbours } = state.items;
  const index = findIn(neighbours, item, other);
  const from = offsetOf(neighbours, item);
  if (index >= 0) {
    neighbours.floats[from + index * 2 + 1]! += weight;
    return;
  }
  if (sizeOf(neighbours, item) < most) {
    const at = append(neighbours, item);
    neighbours.words[at] = other;
    neighbours.floats[at + 1] = weight;
    return;
  }
  let weakest = from;
  for (let at = from; at < from + sizeOf(neighbours, item) * 2; at += 2)
    if (neighbours.floats[at + 1]! < neighbours.floats[weakest + 1]!) weakest = at;
  neighbours.floats[weakest + 1]! -= weight;
  if (neighbours.floats[weakest + 1]! > 0) return;
  neighbours.words[weakest] = other;
  neighbours.floats[weakest + 1] = weight;
}

/**
 * Natural logarithm of how much more often two items are valued by the same user than if users valued them independently.
 * In a small community everything has been valued together once: a cosine would call that likeness, this does not.
 */
export function liftOverChance(
  state: GraphState,
  a: number,
  b: number,
  coValue: number,
  scale: number,
  { pairShrinkage }: Tunables,
): number {
  const { mass } = state.items;
  const users = Math.max(1, state.users.table.rowOf.size);
  const expected = ((mass[a]! / scale) * (mass[b]! / scale)) / users;
  return Math.log((coValue / scale + pairShrinkage) / (expected + pairShrinkage));
}
