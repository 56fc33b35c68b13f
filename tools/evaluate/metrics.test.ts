import { describe, expect, it } from 'vitest';
import { createMeter } from './metrics.ts';

describe('figures of a ranking', () => {
  it('agree with values computed by hand', () => {
    const meter = createMeter([2, 4], 10);
    // Wanted 7 and 9; found at places 2 and 4 of the list.
    meter.add([1, 7, 2, 9], new Set([7, 9]));
    const ideal = 1 + 1 / Math.log2(3);
    expect(meter.result()).toEqual({
      'recall@2': 0.5,
      'ndcg@2': Number((1 / Math.log2(3) / ideal).toFixed(5)),
      'hr@2': 1,
      'recall@4': 1,
      'ndcg@4': Number(((1 / Math.log2(3) + 1 / Math.log2(5)) / ideal).toFixed(5)),
      'hr@4': 1,
      'mrr@4': 0.5,
      'coverage@2': 0.2,
      'coverage@4': 0.4,
    });
  });

  it('are means over the people asked, and a person who wanted nothing is not asked', () => {
    const meter = createMeter([1], 4);
    meter.add([0], new Set([0]));
    meter.add([1], new Set([2]));
    meter.add([3], new Set());
    expect(meter.count).toBe(2);
    expect(meter.result()).toMatchObject({
      'recall@1': 0.5,
      'ndcg@1': 0.5,
      'hr@1': 0.5,
      'mrr@1': 0.5,
      'coverage@1': 0.5,
    });
  });

  it('divide by what could have been found within k for nDCG and by all wanted for recall', () => {
    const meter = createMeter([1], 4);
    meter.add([0], new Set([0, 1, 2]));
    expect(meter.result()).toMatchObject({ 'recall@1': 0.33333, 'ndcg@1': 1 });
  });
});
