/** Everything the ranker remembers. Plain data in typed arrays: the other files are functions over it. */
import { type Calibration, createCalibration } from './calibration.ts';
import { FEATURE_COUNT, FEATURES } from './features.ts';
import { createKeyedTable, type KeyedTable } from './keyed-table.ts';
import { HEAD_COUNT, HEADS, type Head } from './showing.ts';
import { createViewers, type Viewers } from './viewers.ts';

/** Dimensions of an embedding. */
export const DIMENSIONS = 12;
/** A row of `vectors`: evidence, linear weight, two sums of squared gradients, then the embedding. */
export const LINEAR_AT = 1;
export const LINEAR_SQUARES_AT = 2;
export const SQUARES_AT = 3;
export const VECTOR_AT = 4;
export const VECTOR_WIDTH = VECTOR_AT + DIMENSIONS;
/** Weights of a head: the dense features, then the bias. */
export const DENSE_WIDTH = FEATURE_COUNT + 1;
/** Weights of a head over the pairings: the sum of linear weights, then the dimensions. */
export const PAIR_WIDTH = DIMENSIONS + 1;

export type RankerState = {
  seed: number;
  /** Number and fading sum per pair of keys. */
  counts: KeyedTable;
  vectors: KeyedTable;
  viewers: Viewers;
  dense: Float32Array;
  denseSquares: Float32Array;
  pair: Float32Array;
  pairSquares: Float32Array;
  /** Mean of the item side over all showings. */
  meanItem: Float32Array;
  /** … and over those of each user, a row of DIMENSIONS each. */
  usualItem: Float32Array;
  /** Views, sum of the counted outcome, views with a known like, likes. */
  totals: Float64Array;
  calibration: Calibration;
  learned: number;
};

/** First belief about each head: its rate, and whether more of the counted outcome means more of it. */
const FIRST: Record<Head, { rate: number; sign: number }> = {
  watch: { rate: 0.5, sign: 1 },
  typicalWatch: { rate: 0.5, sign: 1 },
  long: { rate: 0.35, sign: 1 },
  finish: { rate: 0.35, sign: 1 },
  skip: { rate: 0.35, sign: -1 },
  like: { rate: 0.03, sign: 0.5 },
  share: { rate: 0.005, sign: 0.3 },
  follow: { rate: 0.005, sign: 0.3 },
  hide: { rate: 0.005, sign: -0.5 },
};

export type RankerSize = { mostCounts: number; mostVectors: number };
/** About 20 MB and 80 MB when full. */
export const USUAL_SIZE: RankerSize = { mostCounts: 2 ** 20, mostVectors: 2 ** 20 };

export function createRankerState(seed: number, size: RankerSize = USUAL_SIZE): RankerState {
  const dense = new Float32Array(HEAD_COUNT * DENSE_WIDTH);
  const pair = new Float32Array(HEAD_COUNT * PAIR_WIDTH);
  HEADS.forEach((head, at) => {
    const { rate, sign } = FIRST[head];
    FEATURES.forEach(({ begin }, feature) => {
      dense[at * DENSE_WIDTH + feature] = begin * sign;
    });
    dense[at * DENSE_WIDTH + FEATURE_COUNT] = Math.log(rate / (1 - rate));
    pair.fill(sign, at * PAIR_WIDTH, (at + 1) * PAIR_WIDTH);
  });
  return {
    seed,
    counts: createKeyedTable(2, size.mostCounts),
    vectors: createKeyedTable(VECTOR_WIDTH, size.mostVectors),
    viewers: createViewers(),
    dense,
    denseSquares: new Float32Array(dense.length).fill(1),
    pair,
    pairSquares: new Float32Array(pair.length).fill(1),
    meanItem: new Float32Array(DIMENSIONS),
    usualItem: new Float32Array(0),
    totals: Float64Array.of(20, 7, 50, 1.5),
    calibration: createCalibration(),
    learned: 0,
  };
}
