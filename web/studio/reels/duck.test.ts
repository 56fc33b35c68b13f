import { expect, test } from 'vitest';
import { curveRate, duckingOf } from './duck.ts';

const rate = 8000;
/** Seconds of a tone of that loudness, one after the other; 0 is silence. */
function heard(...parts: [seconds: number, loudness: number][]): Float32Array[] {
  const samples = parts.flatMap(([seconds, loudness]) =>
    Array.from({ length: seconds * rate }, (_, at) => loudness * Math.sin((2 * Math.PI * 200 * at) / rate)),
  );
  return [Float32Array.from(samples)];
}
const gainAt = (curve: Float32Array, seconds: number) => curve[Math.round(seconds * curveRate)]!;

test('a sound steps back while somebody speaks, and comes again afterwards', () => {
  const curve = duckingOf(heard([2, 0], [1, 0.2], [3, 0]), rate);
  expect(gainAt(curve, 1)).toBe(1);
  // Before the first word it is half gone, a tenth of a second into it all of the way.
  expect(gainAt(curve, 1.97)).toBeLessThan(0.6);
  expect(gainAt(curve, 2.1)).toBeCloseTo(0.32, 2);
  expect(gainAt(curve, 2.9)).toBeCloseTo(0.32, 2);
  expect(gainAt(curve, 4.5)).toBe(1);
});

test('it stays back between two words, and neither jumps nor rises above what it was', () => {
  const curve = duckingOf(heard([1, 0], [0.4, 0.2], [0.3, 0.0001], [0.4, 0.2], [2, 0]), rate);
  for (let seconds = 1.1; seconds < 2.1; seconds += 0.01) expect(gainAt(curve, seconds)).toBeLessThan(0.34);
  for (let at = 1; at < curve.length; at++) {
    expect(Math.abs(curve[at]! - curve[at - 1]!)).toBeLessThan(0.07);
    expect(curve[at]).toBeLessThanOrEqual(1);
  }
});

test('a hum all along is no voice; a voice over it is; one that never pauses is too', () => {
  expect(Math.min(...duckingOf(heard([4, 0.01]), rate))).toBe(1);
  const over = duckingOf(heard([2, 0.01], [1, 0.1], [2, 0.01]), rate);
  expect(gainAt(over, 1)).toBe(1);
  expect(gainAt(over, 2.5)).toBeCloseTo(0.32, 2);
  expect(Math.max(...duckingOf(heard([3, 0.3]), rate).subarray(0, 290))).toBeCloseTo(0.32, 2);
});

test('silence, and nothing at all, leave a sound as it is', () => {
  expect(Math.min(...duckingOf(heard([1, 0]), rate))).toBe(1);
  expect([...duckingOf([], rate)]).toEqual([1]);
  expect(duckingOf(heard([1, 0]), rate)).toHaveLength(101);
});
