import { describe, expect, it } from 'vitest';
import {
  aucOf,
  calibrationError,
  meanAbsoluteError,
  ndcgOf,
  orderWithinUsers,
  xaucOf,
} from './ranking.metrics.ts';

describe('metrics of order', () => {
  it('are those worked out by hand', () => {
    // Two users: order 0,1,1 → dcg 1/log2(3) + 1/log2(4), ideal 1 + 1/log2(3); the other has no positive.
    const gained = 1 / Math.log2(3) + 0.5;
    expect(ndcgOf([0, 1, 1], [3, 2, 1], 5)).toBeCloseTo(gained / (1 + 1 / Math.log2(3)), 12);
    expect(aucOf([0, 1, 1, 0], [1, 2, 0, 0])).toBeCloseTo((1 + 1 + 0 + 0.5) / 4, 12);
    const both = orderWithinUsers([7, 7, 7, 8, 8], [0, 1, 1, 0, 0], [3, 2, 1, 5, 4]);
    expect(both.ndcg5).toBeCloseTo(gained / (1 + 1 / Math.log2(3)) / 2, 12);
    expect(both.gauc).toBe(0);
    expect(both).toMatchObject({ users: 2, positives: 2 });
  });

  it('keep the order of ties in nDCG, and weigh each user by its positives in GAUC', () => {
    expect(ndcgOf([1, 0], [1, 1], 5)).toBe(1);
    expect(ndcgOf([0, 1], [1, 1], 5)).toBeCloseTo(1 / Math.log2(3), 12);
    const { gauc } = orderWithinUsers([1, 1, 2, 2, 2], [1, 0, 1, 1, 0], [1, 0, 0, 0, 1]);
    expect(gauc).toBeCloseTo(1 / 3, 12);
  });

  it('count pairs of watch times, ties by half', () => {
    expect(xaucOf([1, 2, 3], [1, 2, 3])).toBe(1);
    expect(xaucOf([1, 2, 3], [3, 2, 1])).toBe(0);
    expect(xaucOf([1, 2, 2], [5, 5, 6])).toBeCloseTo((0.5 + 1) / 2, 12);
    expect(meanAbsoluteError([1, 5], [2, 2])).toBe(2);
  });

  it('find a promise that is too high', () => {
    const labels = Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? 1 : 0));
    expect(
      calibrationError(
        labels,
        labels.map(() => 0.5),
      ),
    ).toBeCloseTo(0, 12);
    expect(
      calibrationError(
        labels,
        labels.map(() => 0.7),
      ),
    ).toBeCloseTo(0.2, 12);
  });
});
