/**
 * What a predicted probability has meant lately: per head, bins over the logit, fading, made monotone by pooling
 * adjacent violators (Ayer et al., 1955; Zadrozny and Elkan, KDD 2002). An empty bin leaves the prediction as it is.
 */
import { HEAD_COUNT } from './showing.ts';

const BINS = 40;
const LOWEST = -8;
const STEP = 0.4;
/** So many showings agree with the prediction before the first is seen. */
const DOUBT = 50;
/** Beyond this many in a head, everything halves. */
const WINDOW = 20_000;
const EVERY = 256;

export type Calibration = {
  shown: Float32Array;
  happened: Float32Array;
  total: Float64Array;
  /** Logit to give out at each bin's centre. */
  map: Float32Array;
};

export function createCalibration(): Calibration {
  const map = new Float32Array(HEAD_COUNT * BINS);
  for (let at = 0; at < map.length; at++) map[at] = centre(at % BINS);
  return {
    shown: new Float32Array(HEAD_COUNT * BINS),
    happened: new Float32Array(HEAD_COUNT * BINS),
    total: new Float64Array(HEAD_COUNT),
    map,
  };
}

function centre(bin: number): number {
  return LOWEST + (bin + 0.5) * STEP;
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Monotone in `logit`; between the centres a straight line. */
export function calibrated(calibration: Calibration, head: number, logit: number): number {
  const place = Math.max(0, Math.min(BINS - 1.000001, (logit - LOWEST) / STEP - 0.5));
  const bin = Math.floor(place);
  const from = calibration.map[head * BINS + bin]!;
  const to = calibration.map[head * BINS + bin + 1]!;
  return sigmoid(from + (to - from) * (place - bin));
}

/** One prediction with its outcome, made before the outcome was learned. */
export function noteOutcome(
  calibration: Calibration,
  head: number,
  logit: number,
  outcome: number,
  weight: number,
): void {
  const bin = Math.max(0, Math.min(BINS - 1, Math.floor((logit - LOWEST) / STEP)));
  calibration.shown[head * BINS + bin]! += weight;
  calibration.happened[head * BINS + bin]! += weight * outcome;
  const before = calibration.total[head]!;
  const total = before + weight;
  calibration.total[head] = total;
  if (Math.floor(total / EVERY) > Math.floor(before / EVERY)) redraw(calibration, head);
  if (total < WINDOW) return;
  calibration.total[head] = WINDOW / 2;
  for (let at = head * BINS; at < (head + 1) * BINS; at++) {
    calibration.shown[at]! /= 2;
    calibration.happened[at]! /= 2;
  }
}

function redraw({ shown, happened, map }: Calibration, head: number): void {
  const value = new Float64Array(BINS);
  const weight = new Float64Array(BINS);
  const length = new Int32Array(BINS);
  let blocks = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const at = head * BINS + bin;
    value[blocks] = (happened[at]! + DOUBT * sigmoid(centre(bin))) / (shown[at]! + DOUBT);
    weight[blocks] = shown[at]! + DOUBT;
    length[blocks++] = 1;
    while (blocks > 1 && value[blocks - 2]! > value[blocks - 1]!) {
      const both = weight[blocks - 2]! + weight[blocks - 1]!;
      value[blocks - 2] =
        (value[blocks - 2]! * weight[blocks - 2]! + value[blocks - 1]! * weight[blocks - 1]!) / both;
      weight[blocks - 2] = both;
      length[blocks - 2]! += length[blocks - 1]!;
      blocks--;
    }
  }
  let bin = head * BINS;
  for (let block = 0; block < blocks; block++) {
    const rate = Math.max(1e-6, Math.min(1 - 1e-6, value[block]!));
    for (let left = length[block]!; left > 0; left--) map[bin++] = Math.log(rate / (1 - rate));
  }
}
