/**
 * From features to one logit per head and back: a linear layer over the dense features, and a factorisation machine
 * (Rendle, ICDM 2010) whose pairings every head weighs for itself. One step of Adagrad per event (Duchi et al., 2011).
 * The user's side is paired with an item's difference from what this user is usually shown (from the mean item while
 * that is not known): it orders items, and cannot stand in for how
 * the user is on the whole; that has weights of its own, kept apart as `userLogits`.
 */
import { normalAt } from '../../chance.ts';
import { grown } from '../../state/columns.ts';
import { FEATURE_COUNT, type Features, MOMENT_END, USER_END } from './features.ts';
import { addSlot, findSlot } from './keyed-table.ts';
import {
  DENSE_WIDTH,
  DIMENSIONS,
  LINEAR_AT,
  LINEAR_SQUARES_AT,
  PAIR_WIDTH,
  type RankerState,
  SQUARES_AT,
  VECTOR_AT,
  VECTOR_WIDTH,
} from './ranker.state.ts';
import { HEAD_COUNT } from './showing.ts';

export type Rates = { dense: number; item: number; user: number; linear: number; decay: number };
/** Chosen on KuaiRand's 04-27 and 04-28 after learning what came before. */
export const USUAL_RATES: Rates = { dense: 0.03, item: 0.03, user: 0.01, linear: 0.015, decay: 1e-5 };
const SPREAD = 0.03;
const FIRST_SQUARES = 0.1;
/** Sums of squares stop here, so that a model of years still learns. */
const MOST_SQUARES = 20_000;
const MEAN_KEPT = 0.999;

export type Forward = {
  /** What the user is on the whole, per head. */
  userLogits: Float32Array;
  /** What orders items, per head; the logit is the sum of both. */
  itemLogits: Float32Array;
  momentLogits: Float32Array;
  userSum: Float32Array;
  userLinear: number;
  itemSum: Float32Array;
  itemLinear: number;
  pairs: Float32Array;
  centre: Float32Array;
  places: Int32Array;
  pairGradient: Float32Array;
};

export function createForward(): Forward {
  return {
    userLogits: new Float32Array(HEAD_COUNT),
    itemLogits: new Float32Array(HEAD_COUNT),
    momentLogits: new Float32Array(HEAD_COUNT),
    userSum: new Float32Array(DIMENSIONS),
    userLinear: 0,
    itemSum: new Float32Array(DIMENSIONS),
    itemLinear: 0,
    pairs: new Float32Array(DIMENSIONS),
    centre: new Float32Array(DIMENSIONS),
    places: new Int32Array(64),
    pairGradient: new Float32Array(DIMENSIONS),
  };
}

/** So many showings count as much as the mean of everybody's, and beyond so many older ones fade. */
const USUAL_DOUBT = 5;
const USUAL_MOST = 50;

/** What this user is usually shown: what their side is paired with is the difference from it. */
function readCentre({ viewers, usualItem, meanItem }: RankerState, user: number, centre: Float32Array): void {
  const shown = user >= 0 && user < viewers.shown.length ? Math.min(USUAL_MOST, viewers.shown[user]!) : 0;
  const from = user * DIMENSIONS;
  for (let k = 0; k < DIMENSIONS; k++) {
    const own = shown > 0 ? usualItem[from + k]! : 0;
    centre[k] = (USUAL_DOUBT * meanItem[k]! + shown * own) / (USUAL_DOUBT + shown);
  }
}

/** After the showing is counted. */
export function noteUsual(state: RankerState, user: number, { itemSum }: Forward): void {
  const { viewers } = state;
  state.usualItem = grown(state.usualItem, viewers.shown.length * DIMENSIONS);
  const moved = 1 / Math.min(USUAL_MOST, viewers.shown[user]!);
  const from = user * DIMENSIONS;
  for (let k = 0; k < DIMENSIONS; k++)
    state.usualItem[from + k]! += moved * (itemSum[k]! - state.usualItem[from + k]!);
}

/** The part that is the same for all items of one request. */
export function forwardUser(state: RankerState, features: Features, forward: Forward): void {
  const { userSum, userLogits, momentLogits, places } = forward;
  const { values } = state.vectors;
  readCentre(state, features.user, forward.centre);
  userSum.fill(0);
  forward.userLinear = 0;
  for (let at = 0; at < features.userVectors; at++) {
    const slot = findSlot(state.vectors, features.vectorKeys[at * 2]!, features.vectorKeys[at * 2 + 1]!);
    places[at] = slot < 0 ? -1 : slot * VECTOR_WIDTH;
    if (slot < 0) continue;
    const from = slot * VECTOR_WIDTH;
    forward.userLinear += values[from + LINEAR_AT]!;
    for (let k = 0; k < DIMENSIONS; k++) userSum[k]! += values[from + VECTOR_AT + k]!;
  }
  for (let head = 0; head < HEAD_COUNT; head++) {
    const row = head * DENSE_WIDTH;
    let own = state.dense[row + FEATURE_COUNT]! + state.pair[head * PAIR_WIDTH]! * forward.userLinear;
    for (let d = 0; d < USER_END; d++) own += state.dense[row + d]! * features.dense[d]!;
    let moment = 0;
    for (let d = USER_END; d < MOMENT_END; d++) moment += state.dense[row + d]! * features.dense[d]!;
    userLogits[head] = own;
    momentLogits[head] = moment;
  }
}

export function forwardItem(state: RankerState, features: Features, forward: Forward): void {
  const { itemSum, userSum, pairs, itemLogits, places, centre } = forward;
  const { values } = state.vectors;
  itemSum.fill(0);
  pairs.fill(0);
  forward.itemLinear = 0;
  for (let at = features.userVectors; at < features.vectors; at++) {
    const slot = findSlot(state.vectors, features.vectorKeys[at * 2]!, features.vectorKeys[at * 2 + 1]!);
    places[at] = slot < 0 ? -1 : slot * VECTOR_WIDTH;
    if (slot < 0) continue;
    const from = slot * VECTOR_WIDTH;
    forward.itemLinear += values[from + LINEAR_AT]!;
    for (let k = 0; k < DIMENSIONS; k++) {
      const value = values[from + VECTOR_AT + k]!;
      itemSum[k]! += value;
      pairs[k]! -= value * value;
    }
  }
  for (let k = 0; k < DIMENSIONS; k++) {
    const sum = itemSum[k]!;
    pairs[k] = 0.5 * (pairs[k]! + sum * sum) + userSum[k]! * (sum - centre[k]!);
  }
  for (let head = 0; head < HEAD_COUNT; head++) {
    const row = head * DENSE_WIDTH;
    let logit = forward.momentLogits[head]! + state.pair[head * PAIR_WIDTH]! * forward.itemLinear;
    for (let d = MOMENT_END; d < FEATURE_COUNT; d++) logit += state.dense[row + d]! * features.dense[d]!;
    for (let k = 0; k < DIMENSIONS; k++) logit += state.pair[head * PAIR_WIDTH + 1 + k]! * pairs[k]!;
    itemLogits[head] = logit;
  }
}

/** Makes the rows a showing needs; true when the table moved, so that places must be read anew. */
export function claimVectors(state: RankerState, features: Features, trust: number): void {
  const { vectors } = state;
  for (let at = 0; at < features.vectors; at++) {
    const first = features.vectorKeys[at * 2]!;
    const second = features.vectorKeys[at * 2 + 1]!;
    let slot = findSlot(vectors, first, second);
    if (slot < 0) {
      slot = addSlot(vectors, first, second);
      const from = slot * VECTOR_WIDTH;
      vectors.values[from + LINEAR_SQUARES_AT] = FIRST_SQUARES;
      vectors.values[from + SQUARES_AT] = FIRST_SQUARES;
      for (let k = 0; k < DIMENSIONS; k++)
        vectors.values[from + VECTOR_AT + k] = SPREAD * normalAt(state.seed ^ (k * 0x9e3779b1), first);
    }
    vectors.values[slot * VECTOR_WIDTH]! += at < features.ownVectors ? 1 : trust;
    vectors.seconds[slot] = features.seconds;
  }
}

/** Of the loss by each head's logit; how much each head shapes the vectors; how much of it reaches what is shared. */
export type Step = { gradient: Float32Array; weight: Float32Array; trust: number };

/** One step against the gradient. */
export function backward(
  state: RankerState,
  features: Features,
  forward: Forward,
  { gradient, weight, trust }: Step,
  rates: Rates,
): void {
  const { dense, denseSquares, pair, pairSquares, meanItem } = state;
  const { values } = state.vectors;
  const { pairs, pairGradient, itemSum, userSum, places, centre } = forward;
  pairGradient.fill(0);
  let linear = 0;
  const linearSum = forward.itemLinear + forward.userLinear;
  for (let head = 0; head < HEAD_COUNT; head++) {
    const g = gradient[head]!;
    if (g === 0) continue;
    const row = head * DENSE_WIDTH;
    for (let d = 0; d <= FEATURE_COUNT; d++) {
      const by = trust * (d === FEATURE_COUNT ? g : g * features.dense[d]!);
      if (by === 0) continue;
      const squares = Math.min(MOST_SQUARES, denseSquares[row + d]! + by * by);
      denseSquares[row + d] = squares;
      dense[row + d]! -= (rates.dense * by) / Math.sqrt(squares);
    }
    const from = head * PAIR_WIDTH;
    const shaping = g * weight[head]!;
    for (let k = 0; k <= DIMENSIONS; k++) {
      const old = pair[from + k]!;
      if (k === 0) linear += shaping * old;
      else pairGradient[k - 1]! += shaping * old;
      const by = trust * g * (k === 0 ? linearSum : pairs[k - 1]!);
      const squares = Math.min(MOST_SQUARES, pairSquares[from + k]! + by * by);
      pairSquares[from + k] = squares;
      pair[from + k] = old - (rates.dense * by) / Math.sqrt(squares);
    }
  }
  for (let at = 0; at < features.vectors; at++) {
    const from = places[at]!;
    if (from < 0) continue;
    const isUser = at < features.userVectors;
    const share = at < features.ownVectors ? 1 : trust;
    const byLinear = share * (linear + rates.decay * values[from + LINEAR_AT]!);
    const linearSquares = Math.min(MOST_SQUARES, values[from + LINEAR_SQUARES_AT]! + byLinear * byLinear);
    values[from + LINEAR_SQUARES_AT] = linearSquares;
    values[from + LINEAR_AT]! -= (rates.linear * byLinear) / Math.sqrt(linearSquares);
    // One sum of squares for the whole vector: the mean over its dimensions.
    let squares = 0;
    for (let k = 0; k < DIMENSIONS; k++) {
      const value = values[from + VECTOR_AT + k]!;
      const other = isUser ? itemSum[k]! - centre[k]! : itemSum[k]! - value + userSum[k]!;
      const by = share * (pairGradient[k]! * other + rates.decay * value);
      squares += by * by;
    }
    const all = Math.min(MOST_SQUARES, values[from + SQUARES_AT]! + squares / DIMENSIONS);
    values[from + SQUARES_AT] = all;
    const step = (isUser ? rates.user : rates.item) / Math.sqrt(all);
    for (let k = 0; k < DIMENSIONS; k++) {
      const value = values[from + VECTOR_AT + k]!;
      const other = isUser ? itemSum[k]! - centre[k]! : itemSum[k]! - value + userSum[k]!;
      values[from + VECTOR_AT + k] = value - step * share * (pairGradient[k]! * other + rates.decay * value);
    }
  }
  const moved = (1 - MEAN_KEPT) * trust;
  for (let k = 0; k < DIMENSIONS; k++) meanItem[k]! += moved * (itemSum[k]! - meanItem[k]!);
}
