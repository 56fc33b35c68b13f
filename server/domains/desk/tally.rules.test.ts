import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addPage,
  addSignal,
  addSums,
  openTally,
  type SignalledPage,
  type TalliedPage,
  type TalliedSignal,
} from './tally.rules.ts';

const page: TalliedPage & SignalledPage = {
  viewerId: 'viewer',
  servedAtMs: 7_200_000,
  videoIds: ['a', 'b'],
  choices: [{ exploration: false }, { exploration: true }],
  predicted: [42, 7],
  variants: ['calm:b'],
};
const view = (watchedMs: number, addedMs: number, more: Partial<TalliedSignal> = {}): TalliedSignal => ({
  kind: 'view',
  authorId: 'mira',
  happenedAtMs: 7_300_000,
  watchedMs,
  addedMs,
  durationMs: 10_000,
  position: 0,
  source: 'tag',
  exploration: false,
  saysNew: true,
  ...more,
});
const known = { isNew: false, isNovel: false };
const sumsOf = (signals: readonly TalliedSignal[]) => {
  const tally = openTally();
  for (const signal of signals) addSignal(tally, signal, page, known);
  return { whole: tally.slices.get('7200000 ')?.sums ?? {}, viewer: [...tally.viewers.values()][0]?.sums };
};

test('a page counts its slots, for everybody and for its variant', () => {
  const tally = openTally();
  addPage(tally, page);
  const slices = [...tally.slices.values()];
  expect(slices.map(({ slice, sums }) => [slice, sums])).toEqual([
    ['', { pages: 1, served: 2, exploredServed: 1 }],
    ['calm:b', { pages: 1, served: 2, exploredServed: 1 }],
  ]);
  expect([...slices[0]!.videos]).toEqual(['a', 'b']);
  expect([...tally.viewers.values()]).toMatchObject([
    { experiment: 'calm', variant: 'b', viewerId: 'viewer' },
  ]);
});

test('later reports of one view add only what is new, and take a skip back', () => {
  const { whole, viewer } = sumsOf([
    view(2000, 2000),
    view(2900, 900),
    view(6000, 3100),
    view(25_000, 19_000),
  ]);
  expect(whole).toMatchObject({ seen: 1, skips: 0, watched_ms: 25_000, value: 1 });
  expect(whole).toMatchObject({ 'bin.4.seen': 1, 'bin.4.predicted': 0.425, 'bin.4.watched': 1 });
  expect(viewer).toMatchObject({ seen: 1, skips: 0, value: 1 });
  expect(sumsOf([view(2000, 2000)]).whole).toMatchObject({ seen: 1, skips: 1, value: 0.2 });
  expect(sumsOf([view(0, 0)]).whole).toEqual({});
});

test('a third of a short video is no skip, however quickly it was left', () => {
  expect(sumsOf([view(2000, 2000, { durationMs: 6000 })]).whole.skips).toBeUndefined();
});

test('what was done counts once, and a like that is taken back is none', () => {
  const deed = (kind: string, saysNew = true) => view(0, 0, { kind, saysNew });
  const { whole } = sumsOf([
    deed('like'),
    deed('unlike'),
    deed('share'),
    deed('share', false),
    deed('not_interested'),
  ]);
  expect(whole).toEqual({ likes: 0, shares: 1, hides: 1 });
});

test('the sums are the same however the log is cut into batches', () => {
  const reports = fc.array(fc.record({ ms: fc.nat(30_000), exploration: fc.boolean() }), { maxLength: 30 });
  fc.assert(
    fc.property(reports, fc.nat(29), (made, cut) => {
      const signals = made.map(({ ms, exploration }) => view(ms, ms, { exploration }));
      const parts = [signals.slice(0, cut), signals.slice(cut)].map((part) => sumsOf(part).whole);
      const together = addSums(addSums({}, parts[0]!), parts[1]!);
      const whole = sumsOf(signals).whole;
      expect(Object.keys(together).sort()).toEqual(Object.keys(whole).sort());
      for (const [name, value] of Object.entries(whole)) expect(together[name]).toBeCloseTo(value, 6);
    }),
  );
});

test('a signal whose page is gone counts for the whole and for no variant', () => {
  const tally = openTally();
  addSignal(tally, view(5000, 5000, { exploration: true, source: 'explore' }), null, {
    isNew: true,
    isNovel: true,
  });
  expect([...tally.slices.keys()]).toEqual(['7200000 ']);
  expect(tally.slices.get('7200000 ')!.sums).toEqual({
    watched_ms: 5000,
    value: 0.5,
    seen: 1,
    exploredSeen: 1,
    exploredValue: 0.5,
    fresh: 1,
    novel: 1,
    'source.explore.seen': 1,
    'source.explore.value': 0.5,
  });
  expect(tally.viewers.size).toBe(0);
});
