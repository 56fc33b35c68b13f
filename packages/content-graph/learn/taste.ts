/**
 * A user's taste: what each feature adds to the worth of a view, as a sum of parts. Everybody's mean, how good the item is,
 * the user's own level and the item's features explain a view together, so that a tag which only comes along with a
 * loved one earns nothing (backfitting of an additive model, one step per view; Hastie and Tibshirani, 1986).
 * Believed only as far as evidence goes: each part is shrunk to nothing.
 */
import { ALL, CREATOR, SOUND, TAG } from '../state/features.ts';
import { type GraphState, groundOf, meanRate } from '../state/graph-state.ts';
import { viewsOf } from '../state/items.ts';
import { append, findIn, offsetOf, sizeOf } from '../state/lists.ts';
import { commonWorth, noteCommon, noteTelling, shrinkageOf } from '../state/telling.ts';
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
  users.level[user]! *= factor;
  const { taste } = users;
  const from = offsetOf(taste, user);
  for (let at = from; at < from + sizeOf(taste, user) * 3; at += 3) {
    taste.floats[at + 1]! *= factor;
    taste.floats[at + 2]! *= factor;
  }
  users.decayedAt[user] = seconds;
}

/** No view is worth more or less than this beyond what was expected. */
const MOST_SURPRISE = 1.5;

export type ViewOfItem = {
  /** Weight of the view: a repeated one tells less. */
  evidence: number;
  value: number;
  /** What the item is worth beyond everybody's mean. */
  quality: number;
  /** How much of it goes into what is learned from everybody, 0 … 1. */
  trust: number;
};

/** One view explained anew: each part takes what the others leave. */
export function learnTaste(
  state: GraphState,
  user: number,
  item: number,
  { evidence, value, quality, trust }: ViewOfItem,
  tunables: Tunables,
): void {
  const { users } = state;
  const parts = tasteRows(state, item).map((feature) => {
    const known = knownOf(state, user, feature);
    return { feature, known, weight: believed(state, feature, known, tunables) };
  });
  const features = parts.reduce((sum, { weight }) => sum + weight, 0);
  const level = users.level[user]! / (users.views[user]! + tunables.userShrinkage);
  // What is left when the viewer is taken out belongs to what the item is made of, for everybody.
  const left = value - meanRate(state, 'value') - level - features;
  learnGround(state, item, left, trust, tunables);
  const surprise = value - meanRate(state, 'value') - quality - level - features;
  const beyond = (part: number) => Math.max(-MOST_SURPRISE, Math.min(MOST_SURPRISE, surprise + part));
  users.level[user]! += evidence * beyond(level);
  for (const { feature, known, weight } of parts) {
    const worth = beyond(weight);
    const kind = state.features.kind[feature]!;
    noteTelling(state.features.telling, feature, kind, known, { worth, surprise, trust });
    addTaste(state, user, feature, evidence, evidence * worth, tunables);
  }
}

/**
 * Each of the item's features takes what the others leave. The more an item was seen, the less one view more of it says
 * about its kind: no single item speaks for its tag, however many accounts lift it.
 */
function learnGround(
  state: GraphState,
  item: number,
  left: number,
  trust: number,
  { groundShrinkage, itemShrinkage }: Tunables,
): void {
  const weight = (trust * itemShrinkage) / (itemShrinkage + viewsOf(state.items, item));
  if (weight <= 0) return;
  const { features } = state.items;
  const { telling, kind } = state.features;
  const beyond = left - groundOf(state, item, groundShrinkage);
  const from = offsetOf(features, item);
  for (let at = from; at < from + sizeOf(features, item); at++) {
    const feature = features.words[at]!;
    const one = kind[feature];
    if (one !== TAG && one !== CREATOR && one !== SOUND) continue;
    const worth = beyond + commonWorth(telling, feature, groundShrinkage);
    noteCommon(telling, feature, Math.max(-MOST_SURPRISE, Math.min(MOST_SURPRISE, worth)), weight);
  }
}

/** What is known of the item by a user's taste: all of its features that tell it from most others. */
function tasteRows(state: GraphState, item: number): number[] {
  const { features } = state.items;
  const from = offsetOf(features, item);
  const rows: number[] = [];
  for (let at = from; at < from + sizeOf(features, item); at++) {
    const feature = features.words[at]!;
    if (state.features.kind[feature] !== ALL) rows.push(feature);
  }
  return rows;
}

/** A deed, or turning away: straight to all features of the item. */
export function rewardTaste(
  state: GraphState,
  user: number,
  item: number,
  evidence: number,
  reward: number,
  tunables: Tunables,
): void {
  for (const feature of tasteRows(state, item)) addTaste(state, user, feature, evidence, reward, tunables);
}

/** Views with a feature, and what they were worth beyond everything else. */
type Known = { evidence: number; sum: number };
const NOTHING: Known = { evidence: 0, sum: 0 };

function knownOf(state: GraphState, user: number, feature: number): Known {
  const { taste } = state.users;
  const index = findIn(taste, user, feature);
  if (index < 0) return NOTHING;
  const at = offsetOf(taste, user) + index * 3;
  return { evidence: taste.floats[at + 1]!, sum: taste.floats[at + 2]! };
}

/** What a feature adds to a view's worth, as far as it is believed. */
export function believed(
  { features }: GraphState,
  feature: number,
  { evidence, sum }: Known,
  { featureShrinkage }: Tunables,
): number {
  const shrinkage = shrinkageOf(features.telling, feature, features.kind[feature]!, featureShrinkage);
  return sum / (evidence + shrinkage);
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
