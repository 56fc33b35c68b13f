/**
 * The learned ranker: expected outcomes of showing one item to one user, learned from every event as it comes.
 * Knows rows and numbers. Does NOT know ids, candidates or pages, has no clock and no I/O; the same seed and the same
 * calls give the same numbers.
 */
import { grown } from '../../state/columns.ts';
import { calibrated, noteOutcome, sigmoid } from './calibration.ts';
import {
  createFeatures,
  eachCountOf,
  type Features,
  fadedBy,
  isOfUser,
  keyFor,
  kindOfCount,
  LIKED_KIND,
  readItem,
  readShowing,
  readUser,
  userVectorKey,
} from './features.ts';
import { addSlot, clearSlot, findSlot } from './keyed-table.ts';
import {
  backward,
  claimVectors,
  createForward,
  type Forward,
  forwardItem,
  forwardUser,
  noteUsual,
  type Rates,
  USUAL_RATES,
} from './model.ts';
import { DIMENSIONS, type RankerState, VECTOR_AT, VECTOR_WIDTH } from './ranker.state.ts';
import { HEAD_COUNT, HEADS, type Head, type Outcome, type Showing } from './showing.ts';
import { clearViewer, mergeViewers, noteShown } from './viewers.ts';

/** The outcome whose rates become features, and how much each head shapes the vectors that all share. */
export type RankerOptions = {
  counted: Exclude<Head, 'typicalWatch'>;
  shaping: Partial<Record<Head, number>>;
  rates: Rates;
};
export const USUAL_OPTIONS: RankerOptions = {
  counted: 'watch',
  shaping: { watch: 1, long: 0.3, finish: 0.3, skip: 0.3, like: 0.3, share: 0.3, follow: 0.3, hide: 0.3 },
  rates: USUAL_RATES,
};

export type Prediction = {
  /** Calibrated probabilities (`watch`, `typicalWatch`: quantiles) by the place of the head in HEADS. */
  heads: Float32Array;
  /** Logits that order items for one user: without what is the same for everything shown to them. */
  order: Float32Array;
};

export type Ranker = {
  /** Once per request; then `predictItem` for each item with the same user, moment and surface. */
  openUser(showing: Showing): void;
  predictItem(showing: Showing, into: Prediction): void;
  predict(showing: Showing, into: Prediction): void;
  /** `trust`, 0 … 1: how much of it reaches what all users share. The user's own counts and vector learn in full. */
  learn(showing: Showing, outcome: Outcome, trust?: number): void;
  /** A deed after the view: a like, a hide. Moves the heads named, and counts nothing as another view. */
  amend(showing: Showing, outcome: Outcome, trust?: number): void;
  forgetUser(user: number): void;
  mergeUser(from: number, into: number): void;
};

export function createPrediction(): Prediction {
  return { heads: new Float32Array(HEAD_COUNT), order: new Float32Array(HEAD_COUNT) };
}

export function openRanker(state: RankerState, options: Partial<RankerOptions> = {}): Ranker {
  const { counted, shaping, rates } = { ...USUAL_OPTIONS, ...options };
  const features = createFeatures();
  const forward = createForward();
  const gradient = new Float32Array(HEAD_COUNT);
  const weight = Float32Array.from(HEADS, (head) => shaping[head] ?? 0);
  const step = (outcome: Outcome, trust: number): void => {
    readGradient(state, forward, outcome, gradient, trust);
    backward(state, features, forward, { gradient, weight, trust }, rates);
  };
  return {
    openUser: (showing) => {
      readUser(state, showing, features);
      forwardUser(state, features, forward);
    },
    predictItem: (showing, into) => {
      readItem(state, showing, features);
      forwardItem(state, features, forward);
      readPrediction(state, forward, into);
    },
    predict: (showing, into) => {
      readShowing(state, showing, features);
      forwardUser(state, features, forward);
      forwardItem(state, features, forward);
      readPrediction(state, forward, into);
    },
    learn: (showing, outcome, trust = 1) => {
      readShowing(state, showing, features);
      claimVectors(state, features, trust);
      forwardUser(state, features, forward);
      forwardItem(state, features, forward);
      step(outcome, trust);
      absorb(state, { showing, features, forward, outcome, trust }, outcome[counted]);
      state.learned += trust;
    },
    amend: (showing, outcome, trust = 1) => {
      readShowing(state, showing, features);
      forwardUser(state, features, forward);
      forwardItem(state, features, forward);
      step(outcome, trust);
    },
    forgetUser: (user) => forgetUser(state, user),
    mergeUser: (from, into) => mergeUser(state, from, into),
  };
}

function readPrediction({ calibration }: RankerState, forward: Forward, into: Prediction): void {
  for (let head = 0; head < HEAD_COUNT; head++) {
    const order = forward.itemLogits[head]!;
    into.order[head] = order;
    into.heads[head] = calibrated(calibration, head, order + forward.userLogits[head]!);
  }
}

/** Of the loss by each head's logit; 0 where the outcome is not known. Calibration is told on the way. */
function readGradient(
  state: RankerState,
  forward: Forward,
  outcome: Outcome,
  gradient: Float32Array,
  trust: number,
): void {
  gradient.fill(0);
  for (let head = 0; head < HEAD_COUNT; head++) {
    const name = HEADS[head]!;
    const isMedian = name === 'typicalWatch';
    const happened = isMedian ? outcome.watch : outcome[name];
    if (happened === undefined) continue;
    const logit = forward.itemLogits[head]! + forward.userLogits[head]!;
    const expected = sigmoid(logit);
    if (isMedian) {
      // Half of the outcomes should lie above: the absolute loss, by the logit.
      gradient[head] = Math.sign(expected - happened) * expected * (1 - expected) * 2;
      continue;
    }
    gradient[head] = expected - happened;
    noteOutcome(state.calibration, head, logit, happened, trust);
  }
}

type Shown = { showing: Showing; features: Features; forward: Forward; outcome: Outcome; trust: number };

function absorb(
  state: RankerState,
  { showing, features, forward, outcome, trust }: Shown,
  happened: number | undefined,
): void {
  if (happened !== undefined) {
    for (let at = 0; at < features.counts; at++) {
      const key = features.countKeys[at * 2]!;
      const weight = isOfUser(key) ? 1 : trust;
      addCount(state, key, features.countKeys[at * 2 + 1]!, features.seconds, happened, weight);
    }
    state.totals[0]! += trust;
    state.totals[1]! += trust * happened;
    if (showing.user >= 0) {
      noteShown(state.viewers, showing.user, showing.item, features.seconds, happened);
      noteUsual(state, showing.user, forward);
    }
  }
  if (outcome.like !== undefined) {
    addCount(state, keyFor(LIKED_KIND, showing.item), 0, features.seconds, outcome.like, trust);
    state.totals[2]! += trust;
    state.totals[3]! += trust * outcome.like;
  }
  for (const at of [0, 2]) {
    if (state.totals[at]! < MOST_TOTAL) continue;
    state.totals[at]! /= 2;
    state.totals[at + 1]! /= 2;
  }
}

const MOST_TOTAL = 200_000;

function addCount(
  state: RankerState,
  first: number,
  second: number,
  seconds: number,
  happened: number,
  weight: number,
): void {
  const { counts } = state;
  let slot = findSlot(counts, first, second);
  if (slot < 0) slot = addSlot(counts, first, second);
  const since = counts.seconds[slot]!;
  const faded = since === 0 ? 1 : fadedBy(seconds - since, kindOfCount(first));
  counts.values[slot * 2] = counts.values[slot * 2]! * faded + weight;
  counts.values[slot * 2 + 1] = counts.values[slot * 2 + 1]! * faded + weight * happened;
  // Within the hour that does not fade, the time stays: else many small steps would never fade.
  if (since === 0 || faded < 1) counts.seconds[slot] = Math.max(since, seconds);
}

function forgetUser(state: RankerState, user: number): void {
  eachCountOf(state.counts, user, (slot) => clearSlot(state.counts, slot));
  const slot = findSlot(state.vectors, userVectorKey(user), 0);
  if (slot >= 0) clearSlot(state.vectors, slot);
  clearViewer(state.viewers, user);
  state.usualItem.fill(0, user * DIMENSIONS, (user + 1) * DIMENSIONS);
}

function mergeUser(state: RankerState, from: number, into: number): void {
  const moved: { kind: number; other: number; count: number; sum: number; seconds: number }[] = [];
  const { counts, vectors } = state;
  eachCountOf(counts, from, (slot, kind) => {
    moved.push({
      kind,
      other: counts.second[slot]!,
      count: counts.values[slot * 2]!,
      sum: counts.values[slot * 2 + 1]!,
      seconds: counts.seconds[slot]!,
    });
  });
  for (const { kind, other, count, sum, seconds } of moved) {
    const key = keyFor(kind, into);
    let slot = findSlot(counts, key, other);
    if (slot < 0) slot = addSlot(counts, key, other);
    const latest = Math.max(seconds, counts.seconds[slot]!);
    const faded = fadedBy(latest - counts.seconds[slot]!, kind);
    const otherFaded = fadedBy(latest - seconds, kind);
    counts.values[slot * 2] = counts.values[slot * 2]! * faded + count * otherFaded;
    counts.values[slot * 2 + 1] = counts.values[slot * 2 + 1]! * faded + sum * otherFaded;
    counts.seconds[slot] = latest;
  }
  const source = findSlot(vectors, userVectorKey(from), 0);
  if (source >= 0) mergeVectors(state, source, into);
  mergeUsual(state, from, into);
  mergeViewers(state.viewers, from, into);
  forgetUser(state, from);
}

/** Before the numbers of showings add up. */
function mergeUsual(state: RankerState, from: number, into: number): void {
  const { viewers } = state;
  const moved = viewers.shown[from] ?? 0;
  if (moved === 0) return;
  state.usualItem = grown(state.usualItem, (into + 1) * DIMENSIONS);
  const share = moved / (moved + (viewers.shown[into] ?? 0));
  for (let k = 0; k < DIMENSIONS; k++) {
    const at = into * DIMENSIONS + k;
    state.usualItem[at]! += share * (state.usualItem[from * DIMENSIONS + k]! - state.usualItem[at]!);
  }
}

/** The mean of both, weighted by evidence. */
function mergeVectors({ vectors }: RankerState, source: number, into: number): void {
  const values = vectors.values.slice(source * VECTOR_WIDTH, (source + 1) * VECTOR_WIDTH);
  const seconds = vectors.seconds[source]!;
  const key = userVectorKey(into);
  let slot = findSlot(vectors, key, 0);
  const isNew = slot < 0;
  if (isNew) slot = addSlot(vectors, key, 0);
  const at = slot * VECTOR_WIDTH;
  const share = isNew ? 1 : values[0]! / (values[0]! + vectors.values[at]!);
  for (let k = 1; k < VECTOR_AT + DIMENSIONS; k++)
    vectors.values[at + k] = vectors.values[at + k]! * (1 - share) + values[k]! * share;
  vectors.values[at]! += values[0]!;
  vectors.seconds[slot] = Math.max(seconds, vectors.seconds[slot]!);
}
