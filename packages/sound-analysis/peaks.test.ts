import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monoOf } from './mono.ts';
import { fewerPeaks, peaksOf } from './peaks.ts';

describe('a waveform', () => {
  test('has so many peaks a second, each the loudest of its stretch, up or down', () => {
    const samples = new Float32Array(1000);
    samples[150] = -0.5;
    samples[999] = 1;
    const peaks = peaksOf(samples, 100, 1);
    expect([...peaks]).toEqual([0, 128, 0, 0, 0, 0, 0, 0, 0, 255]);
    expect([...fewerPeaks(peaks, 5)]).toEqual([128, 0, 0, 0, 255]);
    expect([...fewerPeaks(new Uint8Array(), 3)]).toEqual([0, 0, 0]);
    expect(peaksOf(new Float32Array(), 100, 10)).toHaveLength(0);
    expect(() => peaksOf(samples, 100, 0)).toThrow(RangeError);
  });

  test('loses no loud moment, however it is narrowed or widened', () => {
    const sample = fc.float({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 500 }),
        fc.integer({ min: 1, max: 200 }),
        (list, count) => {
          const peaks = peaksOf(Float32Array.from(list), 100, 25);
          const most = Math.min(255, Math.round(Math.max(...list.map(Math.abs)) * 255));
          expect(Math.max(...peaks)).toBeCloseTo(most, -0.5);
          expect(Math.max(...fewerPeaks(peaks, count))).toBe(Math.max(...peaks));
          expect(fewerPeaks(peaks, count)).toHaveLength(count);
        },
      ),
    );
  });
});

test('one channel is the mean of several', () => {
  const [left, right] = [Float32Array.of(1, 0, -1), Float32Array.of(0, 0, -1)];
  expect([...monoOf([left, right])]).toEqual([0.5, 0, -1]);
  expect(monoOf([left])).toBe(left);
  expect(monoOf([])).toHaveLength(0);
});
