import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChance } from '../../chance.ts';
import { createFeatures, readShowing } from './features.ts';
import { copyRanker, rankerColumns, readRankerColumns } from './ranker.snapshot.ts';
import { createRankerState, DIMENSIONS, type RankerState } from './ranker.state.ts';
import { createPrediction, openRanker, type Ranker } from './ranker.ts';
import { HEAD_AT, type Outcome, type Showing } from './showing.ts';
import { countWatched, createWatchScale, quantileOfWatch, watchAtQuantile } from './watch-scale.ts';

const START_MS = 1_800_000_000_000;
const SIZE = { mostCounts: 4096, mostVectors: 4096 };
const showing = (user: number, item: number, atMs: number = START_MS): Showing => ({
  user,
  traits: [],
  item,
  creator: item % 40,
  sound: -1,
  language: -1,
  tags: [100 + (item % 8)],
  surface: 0,
  durationMs: 10_000 + item * 100,
  publishedAtMs: START_MS - 1e9,
  atMs,
});
const heads = (ranker: Ranker, given: Showing) => {
  const prediction = createPrediction();
  ranker.predict(given, prediction);
  return { watch: prediction.heads[HEAD_AT.watch]!, order: prediction.order[HEAD_AT.watch]! };
};

/** Viewers who like every eighth tag, each their own. */
function live(ranker: Ranker, events: number, seed: number): void {
  const chance = createChance(seed);
  for (let event = 0; event < events; event++) {
    const user = Math.floor(chance() * 60);
    const item = Math.floor(chance() * 400);
    const likes = item % 8 === user % 8;
    const watch = likes === chance() < 0.9 ? 0.5 + chance() / 2 : chance() / 2;
    ranker.learn(showing(user, item, START_MS + event * 1000), {
      watch,
      finish: watch > 0.8 ? 1 : 0,
      skip: watch < 0.2 ? 1 : 0,
      like: 0,
    });
  }
}

const bytesOf = (state: RankerState) =>
  Buffer.concat(rankerColumns(state).map((one) => Buffer.from(one.buffer, one.byteOffset, one.byteLength)));

describe('the ranker', () => {
  it('has room for all that a showing can bring', () => {
    const features = createFeatures();
    const traits = Array.from({ length: 40 }, (_, row) => row);
    const tags = Array.from({ length: 16 }, (_, row) => row);
    readShowing(
      createRankerState(1, SIZE),
      { ...showing(1, 2), traits, tags, sound: 3, language: 0 },
      features,
    );
    expect(features.counts * 2).toBeLessThanOrEqual(features.countKeys.length);
    expect(features.vectors * 2).toBeLessThanOrEqual(features.vectorKeys.length);
    expect(features.vectors).toBeLessThanOrEqual(features.vectorShare.length);
  });

  it('puts what a viewer likes before what they do not, and says so to the next one who likes it', () => {
    const ranker = openRanker(createRankerState(1, SIZE));
    live(ranker, 6000, 7);
    const at = START_MS + 6_000_000;
    for (const user of [3, 10, 21])
      for (const other of [1, 2])
        expect(heads(ranker, showing(user, 320 + (user % 8), at)).order).toBeGreaterThan(
          heads(ranker, showing(user, 320 + ((user + other) % 8), at)).order,
        );
  });

  it('keeps its promise: of ten groups by promised value each got about that', () => {
    const ranker = openRanker(createRankerState(1, SIZE));
    live(ranker, 8000, 7);
    const chance = createChance(3);
    const rows = Array.from({ length: 3000 }, () => {
      const user = Math.floor(chance() * 60);
      const item = Math.floor(chance() * 400);
      return {
        promised: heads(ranker, showing(user, item, START_MS + 8e6)).watch,
        likes: item % 8 === user % 8,
      };
    }).sort((a, b) => a.promised - b.promised);
    for (let group = 0; group < 10; group++) {
      const part = rows.slice(group * 300, group * 300 + 300);
      const promised = part.reduce((sum, row) => sum + row.promised, 0) / part.length;
      const got = part.reduce((sum, row) => sum + (row.likes ? 0.7 : 0.3), 0) / part.length;
      expect(Math.abs(promised - got), `group ${group}`).toBeLessThan(0.12);
    }
  });

  it('learns from one event at once, and only what it was told', () => {
    const ranker = openRanker(createRankerState(1, SIZE));
    const before = heads(ranker, showing(1, 5));
    ranker.learn(showing(2, 5), { watch: 1 });
    const after = heads(ranker, showing(1, 5, START_MS + 1000));
    expect(after.order).toBeGreaterThan(before.order);
    const state = createRankerState(1, SIZE);
    openRanker(state).learn(showing(1, 1), {});
    expect(state.counts.used).toBe(0);
  });

  it('orders a page the same whatever the viewer did with other things lately', () => {
    const state = createRankerState(1, SIZE);
    const ranker = openRanker(state);
    live(ranker, 3000, 9);
    const at = START_MS + 3e6;
    const gap = () => heads(ranker, showing(3, 11, at)).order - heads(ranker, showing(3, 27, at)).order;
    const before = gap();
    state.viewers.moodSum[3] = 0;
    state.viewers.lastOutcome[3] = 0;
    expect(gap()).toBeCloseTo(before, 6);
  });

  it('is the same for the same seed, and goes on the same after its columns were written and read', () => {
    const [one, other] = [createRankerState(5, SIZE), createRankerState(5, SIZE)];
    live(openRanker(one), 1500, 1);
    live(openRanker(other), 1500, 1);
    expect(bytesOf(one).equals(bytesOf(other))).toBe(true);
    const columns = rankerColumns(one).map((column) => column.slice());
    let next = 0;
    const again = readRankerColumns(() => columns[next++] as never);
    const copy = copyRanker(one);
    for (const state of [one, again, copy]) live(openRanker(state), 500, 2);
    expect(bytesOf(again).equals(bytesOf(one))).toBe(true);
    expect(bytesOf(copy).equals(bytesOf(one))).toBe(true);
  });

  it('stays within its bounds: tables full of strangers, and it still learns', () => {
    const state = createRankerState(1, { mostCounts: 1024, mostVectors: 1024 });
    const ranker = openRanker(state);
    for (let user = 0; user < 3000; user++) ranker.learn(showing(user, user % 400), { watch: 0.5 });
    expect(state.counts.capacity).toBe(1024);
    expect(state.vectors.capacity).toBe(1024);
    const before = heads(ranker, showing(9001, 5)).order;
    for (let user = 5000; user < 5010; user++) ranker.learn(showing(user, 5), { watch: 1 });
    expect(heads(ranker, showing(9001, 5)).order).toBeGreaterThan(before);
  });

  it('forgets a user wholly, and gives a guest’s taste to the member they become', () => {
    const state = createRankerState(1, SIZE);
    const ranker = openRanker(state);
    live(ranker, 2000, 4);
    const stranger = heads(ranker, showing(900, 11));
    for (let item = 3; item < 200; item += 8) ranker.learn(showing(700, item), { watch: 1 });
    const guest = heads(ranker, showing(700, 211));
    ranker.mergeUser(700, 701);
    expect(heads(ranker, showing(701, 211)).watch).toBeCloseTo(guest.watch, 5);
    ranker.forgetUser(701);
    for (const user of [700, 701])
      expect(Array.from(state.usualItem.slice(user * DIMENSIONS, (user + 1) * DIMENSIONS))).toEqual(
        new Array(DIMENSIONS).fill(0),
      );
    for (const user of [700, 701])
      expect(heads(ranker, showing(user, 11)).watch).toBe(heads(ranker, showing(900, 11)).watch);
    expect(stranger.watch).not.toBe(heads(ranker, showing(900, 11)).watch);
  });

  it('gives probabilities, whatever came before', () => {
    const part = fc.constantFrom(0, 0.5, 1, undefined);
    const event = fc.record({
      user: fc.integer({ min: -1, max: 5 }),
      item: fc.integer({ min: -1, max: 20 }),
      atMs: fc.constantFrom(0, START_MS, START_MS + 1, START_MS + 1e10, 4_294_967_295_000),
      surface: fc.integer({ min: -1, max: 3 }),
      durationMs: fc.constantFrom(0, 1, 5000, 86_400_000),
      outcome: fc.record({ watch: part, long: part, skip: part, like: part, hide: part }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        const ranker = openRanker(createRankerState(2, { mostCounts: 1024, mostVectors: 1024 }));
        const prediction = createPrediction();
        for (const { user, item, outcome, ...rest } of events)
          ranker.learn({ ...showing(user, Math.max(0, item)), item, ...rest }, outcome as Outcome);
        ranker.predict(showing(1, 1), prediction);
        for (const head of prediction.heads) expect(head > 0 && head < 1).toBe(true);
        for (const order of prediction.order) expect(Number.isFinite(order)).toBe(true);
      }),
      { numRuns: 60, seed: 20_261_122 },
    );
  });
});

describe('the scale of watch time', () => {
  it('leads from time to quantile and back, within a length', () => {
    const scale = createWatchScale();
    for (let second = 1; second <= 100; second++) countWatched(scale, 60_000, second * 1000);
    for (const second of [10, 40, 90]) {
      const quantile = quantileOfWatch(scale, 60_000, second * 1000);
      expect(Math.abs(quantile - second / 100)).toBeLessThan(0.03);
      expect(Math.abs(watchAtQuantile(scale, 60_000, quantile) / 1000 - second)).toBeLessThan(3);
    }
    expect(quantileOfWatch(scale, 5000, 1000)).toBe(0.5);
  });
});
