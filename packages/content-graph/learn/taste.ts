/**
 * A user's taste: for each feature, evidence (views) and the sum of their value.
 * Believed only as far as evidence goes: posterior mean shrunk to the user's own mean, which is shrunk to everybody's.
 */
import { type GraphState, meanRate } from '../state/graph-state.ts';
import { append, findIn, offsetOf, sizeOf } from '../state/lists.ts';
import type { Tunables } from '../tunables.ts';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** Lets a taste fade; done once an hour at most, since half-lives are weeks. */
export function fadeTaste(state: GraphState, user: number, seconds: number, tunables: Tunables): void {
  const { users } = state;
  const since = users.decayedAt[user]!;
  if (since === 0) users.decayedAt[user] = seconds;
  if (since === 0 || seconds - since < HOUR_SECONDS) return;
  const factor = 2 ** (-(seconds - since) / (tunables.tasteHalfLifeDays * DAY_SECONDS));
  users.views[user]! *= factor;
  users.value[user]! *= factor;
  const { taste } = users;
  const from = offsetOf(taste, user);
  for (let at = from; at < from + sizeOf(taste, user) * 3; at += 3) {
    taste.floats[at + 1]! *= factor;
    taste.floats[at + 2]! *= factor;
  }
  users.decayedAt[user] = seconds;
}

/** Adds to one feature; when the list is full, the feature with the least evidence makes room. */
export function addTaste(
  state: GraphState,
  user: number,
  feature: number,
  evidence: number,
  value: number,
  tunables: Tunables,
): void {
  const { taste } = state.users;
  let index = findIn(taste, user, feature);
  if (index < 0 && sizeOf(taste, user) < tunables.tasteLength) {
    const at = append(taste, user);
    taste.words[at] = feature;
    index = sizeOf(taste, user) - 1;
  }
  if (index < 0) {
    index = leastEvidence(state, user);
    const at = offsetOf(taste, user) + index * 3;
    taste.words[at] = feature;
    taste.floats[at + 1] = 0;
    taste.floats[at + 2] = 0;
  }
  const at = offsetOf(taste, user) + index * 3;
  taste.floats[at + 1]! += evidence;
  taste.floats[at + 2]! += value;
}

function leastEvidence(state: GraphState, user: number): number {
  const { taste } = state.users;
  const from = offsetOf(taste, user);
  let least = 0;
  for (let index = 1; index < sizeOf(taste, user); index++)
    if (taste.floats[from + index * 3 + 1]! < taste.floats[from + least * 3 + 1]!) least = index;
  return least;
}

/** Expected value of a view by this user, whatever the item; -1 stands for nobody in particular. */
export function userMean(state: GraphState, user: number, tunables: Tunables): number {
  const everybody = meanRate(state, 'value');
  if (user < 0) return everybody;
  const { userShrinkage } = tunables;
  return (state.users.value[user]! + userShrinkage * everybody) / (state.users.views[user]! + userShrinkage);
}

/** Expected value of a view given one feature's evidence; never below a fiftieth of the user's mean. */
export function featureMean(evidence: number, value: number, mean: number, tunables: Tunables): number {
  const { featureShrinkage } = tunables;
  return Math.max(mean / 50, (value + featureShrinkage * mean) / (evidence + featureShrinkage));
}
