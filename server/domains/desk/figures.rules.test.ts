import { expect, test } from 'vitest';
import { addTo, emptySketch } from '../../platform/sketch.ts';
import {
  type CountedHour,
  calibrationOf,
  exploringOf,
  figuresOf,
  seriesOf,
  sourcesOf,
  stepOf,
} from './figures.rules.ts';
import type { Sums } from './tally.rules.ts';

const hour = (at: number, sums: Sums, videos: string[] = []): CountedHour => {
  const sketch = emptySketch();
  addTo(sketch, videos);
  return { hourMs: at * 3_600_000, sums, videos: sketch, creators: emptySketch() };
};

test('rates of several hours are those of their sums, and a video of both hours is one', () => {
  const figures = figuresOf([
    hour(0, { served: 10, seen: 8, value: 4, skips: 2, exploredServed: 1 }, ['a', 'b']),
    hour(1, { served: 10, seen: 2, value: 2, novel: 1, exploredServed: 2 }, ['b', 'c']),
  ]);
  expect(figures).toMatchObject({ served: 20, seen: 10, watchValue: 0.6, skipRate: 0.2, novelty: 0.1 });
  expect(figures).toMatchObject({ exploration: 0.15, videos: 3, likeRate: 0 });
});

test('a rate of nothing is not zero', () => {
  expect(figuresOf([])).toMatchObject({ seen: 0, watchValue: null, skipRate: null, exploration: null });
});

test('a series has a point for every step, also where nothing happened', () => {
  const series = seriesOf(
    [hour(2, { seen: 1, value: 1 }), hour(3, { seen: 3, value: 1 })],
    0,
    9 * 3_600_000,
    3,
  );
  expect(series.map((point) => [point.at, point.seen, point.watchValue])).toEqual([
    ['1970-01-01T00:00:00.000Z', 1, 1],
    ['1970-01-01T03:00:00.000Z', 3, 1 / 3],
    ['1970-01-01T06:00:00.000Z', 0, null],
  ]);
  for (const hours of [1, 48, 168, 720, 2160]) expect(hours / stepOf(hours)).toBeLessThanOrEqual(60);
});

test('sources, calibration and the cost of exploring come from the same sums', () => {
  const sums = {
    seen: 10,
    value: 6,
    exploredSeen: 2,
    exploredValue: 0.4,
    'source.tag.seen': 7,
    'source.tag.value': 4.9,
    'source.explore.seen': 2,
    'source.explore.value': 0.4,
    'bin.3.seen': 4,
    'bin.3.predicted': 1.4,
    'bin.3.watched': 1,
  };
  expect(sourcesOf(sums).map(({ source, seen }) => [source, seen])).toEqual([
    ['tag', 7],
    ['explore', 2],
  ]);
  expect(calibrationOf(sums)).toEqual([{ seen: 4, predicted: 0.35, watched: 0.25 }]);
  // Explored: 0.2 of a video; the rest: 0.7. Two in ten explored cost a tenth of a video's worth each.
  const { watchValue, restWatchValue, cost } = exploringOf(sums);
  expect([watchValue, restWatchValue, cost].map((one) => one!.toFixed(6))).toEqual([
    '0.200000',
    '0.700000',
    '0.100000',
  ]);
});
