import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import { emptySketch } from '../../platform/sketch.ts';
import { crowdsOf, figuresOf, middleOf, retentionOf, viewsUntil } from './figures.rules.ts';
import {
  addCrowds,
  addSignal,
  addSums,
  bucketMs,
  bucketOf,
  type Crowds,
  stepOf,
  stepsOf,
  type Tally,
  type WatchSignal,
  wholeLife,
} from './rollup.rules.ts';

const servedAtMs = Date.parse('2026-11-01T10:00:00Z');
const signal = (more: Partial<WatchSignal> = {}): WatchSignal => ({
  seq: 1,
  kind: 'view',
  viewerId: 'viewer01' as ViewerId,
  videoId: 'video001' as VideoId,
  authorId: 'author01' as AccountId,
  happenedAtMs: servedAtMs,
  storedAtMs: servedAtMs,
  watchedMs: 0,
  addedMs: more.watchedMs ?? 0,
  loops: 0,
  durationMs: 10_000,
  pageId: 'page',
  position: 0,
  source: 'interest',
  exploration: false,
  chosen: true,
  servedOn: '2026-11-01',
  seeks: 0,
  own: false,
  locale: null,
  saysNew: true,
  teaches: true,
  countsView: false,
  ...more,
});
const lifeOf = (signals: readonly WatchSignal[], publishedAtMs: number | null = servedAtMs) => {
  const tally: Tally = new Map();
  for (const one of signals) addSignal(tally, one, publishedAtMs);
  return { tally, sums: tally.get(`video001 ${wholeLife}`)?.sums ?? {} };
};

test('an impression that reports ten times counts as one that reports its end', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 10 }), (steps) => {
      const totals = [...new Set(steps)].sort((a, b) => a - b);
      const inSteps = totals.map((watchedMs, at) =>
        signal({ watchedMs, addedMs: watchedMs - (totals[at - 1] ?? 0) }),
      );
      expect(lifeOf(inSteps).sums).toEqual(lifeOf([signal({ watchedMs: totals.at(-1)! })]).sums);
    }),
  );
});

test('the curve says who was still there at each second, and leaves out whoever jumped about', () => {
  const { sums } = lifeOf([
    signal({ watchedMs: 500 }),
    signal({ watchedMs: 3000 }),
    signal({ watchedMs: 9900 }),
    signal({ watchedMs: 45_000 }),
    signal({ watchedMs: 8000, seeks: 2 }),
  ]);
  const curve = retentionOf(sums, 10_000);
  expect(curve).toEqual({
    stepMs: 1000,
    plays: 4,
    shares: [1, 0.75, 0.75, 0.75, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
  });
  expect(sums).toMatchObject({ plays: 5, finishes: 2, replays: 1, skips: 1 });
});

test('a jump later on takes nothing back of what was watched in order before', () => {
  const { sums } = lifeOf([
    signal({ watchedMs: 4000 }),
    signal({ watchedMs: 9000, addedMs: 5000, seeks: 1 }),
  ]);
  expect(retentionOf(sums, 10_000).shares).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
  expect(sums.watchedMs).toBe(9000);
});

test('the curve of an hour has as few steps as that of three minutes', () => {
  expect([stepOf(15_000), stepsOf(15_000)]).toEqual([1000, 15]);
  expect([stepOf(180_000), stepsOf(180_000)]).toEqual([1000, 180]);
  expect(stepOf(3_600_000)).toBe(20_000);
  expect(stepsOf(3_600_000)).toBe(180);
  expect(stepsOf(0)).toBe(1);
});

test('a bucket is never more than 2.5 % from what fell into it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 86_400_000 }), (ms) => {
      expect(Math.abs(bucketMs(bucketOf(ms)) - ms) / ms).toBeLessThan(0.025);
    }),
  );
});

test('the author watching their own video is in no sum', () => {
  expect(lifeOf([signal({ watchedMs: 9000, own: true })]).tally.size).toBe(0);
});

test('a report of nothing leaves no row behind', () => {
  expect(lifeOf([signal({ watchedMs: 0 }), signal({ watchedMs: 4000, addedMs: 0 })]).tally.size).toBe(0);
});

test('of a video that is gone the author keeps the sums', () => {
  const { tally } = lifeOf([signal({ watchedMs: 4000 })], null);
  expect([...tally.keys()]).toEqual(['author01 2026-11-01']);
});

test('views are filed by the age of the video, so that videos are compared at the same age', () => {
  const hour = 3_600_000;
  const { sums } = lifeOf(
    [0.5, 2, 23, 25, 24 * 400].map((hours) =>
      signal({ watchedMs: 4000, countsView: true, happenedAtMs: servedAtMs + hours * hour }),
    ),
  );
  expect([1, 3, 24, 48, 2160].map((age) => viewsUntil(sums, age))).toEqual([1, 2, 3, 4, 4]);
});

const crowd = (entries: [name: string, people: number][]) => {
  const crowds: Crowds = {};
  let next = 0;
  for (const [name, people] of entries)
    for (let one = 0; one < people; one++)
      addCrowds(crowds, { [`language.${name}`]: { views: 1, viewers: [next++] } });
  return crowds;
};

test('a language of fewer than five people is never told apart', () => {
  expect(
    crowdsOf(
      crowd([
        ['de', 60],
        ['en', 34],
        ['fr', 4],
        ['it', 2],
      ]),
      'language',
    ),
  ).toEqual([
    { name: 'de', share: 0.6 },
    { name: 'en', share: 0.35 },
    { name: 'other', share: 0.05 },
  ]);
});

test('one small crowd alone takes the smallest of the told with it, or the rest would tell its size', () => {
  const shares = crowdsOf(
    crowd([
      ['de', 60],
      ['en', 20],
      ['fr', 3],
    ]),
    'language',
  );
  expect(shares.map((one) => one.name)).toEqual(['de', 'other']);
  expect(
    crowdsOf(
      crowd([
        ['de', 60],
        ['fr', 3],
      ]),
      'language',
    ),
  ).toEqual([]);
  expect(crowdsOf(crowd([['de', 4]]), 'language')).toEqual([]);
});

test('one viewer on many days is no crowd', () => {
  const crowds: Crowds = {};
  for (let day = 0; day < 40; day++) addCrowds(crowds, { 'language.de': { views: 1, viewers: [7] } });
  expect(crowdsOf(crowds, 'language')).toEqual([]);
});

test('sums in another order are the same sums', () => {
  expect(addSums({ a: 1, b: 2 }, { b: -2, c: 3 })).toEqual({ a: 1, c: 3 });
  expect([middleOf([]), middleOf([3, null, 1]), middleOf([1, 2, 3, 10])]).toEqual([null, 2, 2.5]);
  expect(figuresOf({ sums: {}, viewers: emptySketch() })).toMatchObject({ plays: 0, finishRate: null });
});
