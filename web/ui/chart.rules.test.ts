import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linePath, niceScale, placeOf } from './chart.rules.ts';

test('a scale ends on round numbers and holds all there is', () => {
  expect(niceScale(0, 1.2).ticks).toEqual([0, 0.5, 1, 1.5]);
  expect(niceScale(0, 0.034).ticks).toEqual([0, 0.02, 0.04]);
  expect(niceScale(-0.03, 0.05)).toMatchObject({ low: -0.05, high: 0.05 });
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      (low, span) => {
        const scale = niceScale(low, low + span);
        expect(scale.low).toBeLessThanOrEqual(low + 1e-3);
        expect(scale.high).toBeGreaterThanOrEqual(low + span - 1e-3);
        expect(scale.ticks.length).toBeLessThanOrEqual(6);
      },
    ),
  );
});

test('a scale of nothing is still a scale', () => {
  expect(niceScale(0, 0)).toMatchObject({ low: 0, high: 1 });
});

test('a line breaks where nothing was measured, and a lonely point is a dot', () => {
  expect(linePath([0, 1, null, 0.5, null], 0, 1)).toEqual({ line: 'M0 100L25 0', dots: 'M75 50h0.001' });
  expect(linePath([], 0, 1)).toEqual({ line: '', dots: '' });
});

test('a place is never outside', () => {
  expect([placeOf(-1, 0, 2), placeOf(1, 0, 2), placeOf(5, 0, 2)]).toEqual([0, 50, 100]);
});
