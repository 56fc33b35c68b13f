import { expect, test } from 'vitest';
import {
  changeOf,
  compare,
  estimateOf,
  isUneven,
  leastViewers,
  limitOf,
  type Moments,
  ratioOf,
} from './outcome.rules.ts';

function momentsOf(viewers: readonly (readonly [x: number, y: number])[]): Moments {
  const sum = (pick: (x: number, y: number) => number) =>
    viewers.reduce((total, [x, y]) => total + pick(x, y), 0);
  return {
    n: viewers.length,
    x: sum((x) => x),
    y: sum((_, y) => y),
    xx: sum((x) => x * x),
    yy: sum((_, y) => y * y),
    xy: sum((x, y) => x * y),
  };
}

/** Mulberry32: the same viewers at every run. */
function chanceFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Somebody who watches a few or very many videos, each to a share that is their own habit. */
function viewer(chance: () => number, lift = 1): readonly [number, number] {
  const seen = Math.max(1, Math.round(Math.exp(3 + 1.1 * (chance() + chance() + chance() - 1.5))));
  const habit = (chance() + chance()) / 2;
  let value = 0;
  for (let at = 0; at < seen; at++) value += Math.min(1, Math.max(0, habit + chance() - 0.5) * lift);
  return [value, seen];
}
const group = (chance: () => number, size: number, lift = 1) =>
  momentsOf(Array.from({ length: size }, () => viewer(chance, lift)));

test('means and variances are those computed by hand', () => {
  // Always two seen: the plain mean of x ÷ 2; its variance is that of x (1) over 3 viewers over 2².
  expect(
    ratioOf(
      momentsOf([
        [1, 2],
        [2, 2],
        [3, 2],
      ]),
    ),
  ).toEqual({ value: 1, variance: 1 / 12 });
  // x 1, 4; y 2, 4: ratio 5/6; (4.5 − 2·5/6·3 + 25/36·2) ÷ (2·3²)
  const ratio = ratioOf(
    momentsOf([
      [1, 2],
      [4, 4],
    ]),
  )!;
  expect(ratio.value).toBeCloseTo(5 / 6, 12);
  expect(ratio.variance).toBeCloseTo((4.5 - 5 + 50 / 36) / 18, 12);
  const estimate = estimateOf(
    momentsOf([
      [1, 2],
      [2, 2],
      [3, 2],
    ]),
  )!;
  expect([estimate.low, estimate.high].map((one) => one.toFixed(4))).toEqual(['0.4342', '1.5658']);
  // Twice the control; variance (1/12)/1 + 4·(1/12)/1 = 5/12.
  const change = changeOf(
    momentsOf([
      [1, 2],
      [2, 2],
      [3, 2],
    ]),
    momentsOf([
      [3, 2],
      [4, 2],
      [5, 2],
    ]),
    1,
  )!;
  expect(change.value).toBe(1);
  expect(change.high - change.value).toBeCloseTo(Math.sqrt(5 / 12), 12);
});

test('nothing seen, one viewer or too few of them say nothing', () => {
  expect(ratioOf(momentsOf([]))).toBeNull();
  expect(ratioOf(momentsOf([[1, 1]]))).toBeNull();
  expect(
    ratioOf(
      momentsOf([
        [0, 0],
        [0, 0],
      ]),
    ),
  ).toBeNull();
  const chance = chanceFrom(1);
  const few = group(chance, leastViewers - 1, 3);
  expect(compare(group(chance, 500), few, 'more', 1)).toEqual({ change: null, verdict: 'unknown' });
});

test('two groups that are served alike are told apart about once in twenty times', () => {
  const chance = chanceFrom(20261122);
  const times = 2000;
  let found = 0;
  for (let time = 0; time < times; time++) {
    const { verdict } = compare(group(chance, 120), group(chance, 120), 'more', 1);
    if (verdict !== 'none') found++;
  }
  // 5 % of 2,000 is 100, with a standard deviation of 10.
  expect(found).toBeGreaterThan(70);
  expect(found).toBeLessThan(135);
});

test('with four variants one of them is told apart from the control about as seldom', () => {
  const chance = chanceFrom(7);
  const times = 600;
  let found = 0;
  for (let time = 0; time < times; time++) {
    const control = group(chance, 100);
    if ([1, 2, 3, 4].some(() => compare(control, group(chance, 100), 'more', 4).verdict !== 'none')) found++;
  }
  expect(found / times).toBeLessThan(0.08);
});

test('a real difference is found, its interval holds the truth, and what is better depends on the metric', () => {
  const chance = chanceFrom(3);
  const [control, variant] = [group(chance, 3000), group(chance, 3000, 1.1)];
  const more = compare(control, variant, 'more', 1);
  expect(more.verdict).toBe('better');
  expect(more.change!.low).toBeGreaterThan(0.02);
  expect(more.change!.high).toBeLessThan(0.13);
  expect(compare(control, variant, 'less', 1).verdict).toBe('worse');
  expect(compare(variant, control, 'more', 1).verdict).toBe('worse');
});

test('viewers who all did the same are no measure', () => {
  const same = (x: number) => momentsOf(Array.from({ length: 60 }, () => [x, 2] as const));
  expect(compare(same(1), same(1), 'more', 1).verdict).toBe('none');
  expect(compare(same(1), same(2), 'more', 1).verdict).toBe('unknown');
});

test('a guard that the control never touched still warns', () => {
  const hides = (each: number) =>
    momentsOf(Array.from({ length: 200 }, (_, at) => [at % 3 === 0 ? each : 0, 10] as const));
  expect(compare(hides(0), hides(1), 'less', 1)).toEqual({ change: null, verdict: 'worse' });
  expect(compare(hides(0), hides(0), 'less', 1)).toEqual({ change: null, verdict: 'none' });
});

test('more comparisons ask for more', () => {
  expect([1, 2, 3, 4].map(limitOf)).toEqual([1.959964, 2.241403, 2.39398, 2.497705]);
});

test('groups of the wrong size are noticed, chance is not', () => {
  const half = (a: number, b: number) =>
    isUneven([
      { share: 0.5, viewers: a },
      { share: 0.5, viewers: b },
    ]);
  expect(half(1000, 1080)).toBe(false);
  expect(half(1000, 1200)).toBe(true);
  expect(half(10, 30)).toBe(false);
  expect(
    isUneven([
      { share: 0.1, viewers: 100 },
      { share: 0.2, viewers: 205 },
      { share: 0.1, viewers: 98 },
    ]),
  ).toBe(false);
});
