import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChance } from '../../chance.ts';
import { SnapshotError } from '../../state/snapshot-bytes.ts';
import { fitFactors, foldIn } from './factors.ts';
import { type Interactions, interactionsOf } from './interactions.ts';
import { countLinks, strongest, turned } from './links.ts';
import { restoreRetrieval, trainRetrieval } from './retrieval.ts';
import { solveRidge, solveSymmetric, solveWholeRidge } from './ridge.ts';

/** Six tastes of twenty items; a user meets ten of one taste, in the order of a walk. */
function walks(users: number, seed = 1): Interactions {
  const chance = createChance(seed);
  const user: number[] = [];
  const item: number[] = [];
  for (let one = 0; one < users; one++) {
    const start = Math.floor(chance() * 20);
    for (let step = 0; step < 10; step++) {
      user.push(one);
      item.push((one % 6) * 20 + ((start + step) % 20));
    }
  }
  return interactionsOf({ users, items: 121, user: Int32Array.from(user), item: Int32Array.from(item) });
}

const log = walks(240);
const model = trainRetrieval(log, { seed: 1 });

describe('retrieval', () => {
  it('continues a walk, within its taste, and leaves out what was met', () => {
    const found = model.recommend({ history: [23, 24, 25, 26] }, { limit: 5 });
    expect(found[0]!.item).toBe(27);
    expect(found.every(({ item }) => item >= 20 && item < 40 && ![23, 24, 25, 26].includes(item))).toBe(true);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
  });

  it('finds as much with strengths as without, and knows no unit of them', () => {
    const chance = createChance(3);
    const weak = Float32Array.from(log.item, () => 0.05 + 3 * chance() ** 3);
    const heldOut = Array.from({ length: 60 }, (_, user) => ({
      history: log.item.slice(user * 10, user * 10 + 6),
      value: null,
      at: null,
      wanted: log.item.slice(user * 10 + 6, user * 10 + 8),
    }));
    const linked = (value: Float32Array) =>
      trainRetrieval({ ...log, value }, { seed: 1, heldOut, without: ['popular', 'together', 'factors'] });
    const [one, other] = [linked(weak), linked(weak.map((value) => value * 4))];
    for (const part of ['ridge', 'next']) {
      expect(one.learned.alone[part]).toBeGreaterThan(0.3);
      expect(one.learned.alone[part]).toBeLessThanOrEqual(1);
      expect(other.learned.alone[part]).toBeCloseTo(one.learned.alone[part]!, 3);
    }
    expect(one.recommend({ history: [23, 24, 25, 26] }, { limit: 1 })[0]!.item).toBe(27);
  });

  it('names the events that speak for an item, the nearest first', () => {
    const [first] = model.recommend({ history: [70, 23, 24, 25, 26] }, { limit: 1 });
    expect(first!.because[0]!.at).toBe(4);
    const shares = first!.because.map(({ share }) => share);
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
  });

  it('gives what is met most to someone without a history, and leaves out what it is told to', () => {
    const all = model.recommend({ history: [] }, { limit: 10 });
    const others = model.recommend({ history: [] }, { limit: 10, exclude: [all[0]!.item] });
    expect(all.length).toBe(10);
    expect(others.map(({ item }) => item)).not.toContain(all[0]!.item);
  });

  it('is the same for the same seed, and after bytes', () => {
    const history = [44, 45, 46];
    const once = model.recommend({ history }, { limit: 20 });
    expect(trainRetrieval(log, { seed: 1 }).recommend({ history }, { limit: 20 })).toEqual(once);
    const again = restoreRetrieval(model.snapshot());
    expect(again.recommend({ history }, { limit: 20 })).toEqual(once);
    expect(again.learned).toEqual(model.learned);
  });

  it('refuses bytes that were cut, changed or are something else', () => {
    const bytes = model.snapshot();
    expect(() => restoreRetrieval(bytes.slice(0, 100))).toThrow(SnapshotError);
    const changed = bytes.slice();
    changed[changed.length >> 1]! ^= 1;
    expect(() => restoreRetrieval(changed)).toThrow(SnapshotError);
    expect(() => restoreRetrieval(new Uint8Array(3))).toThrow(SnapshotError);
  });

  it('survives any history', () => {
    const number = fc.oneof(fc.integer({ min: -5, max: 200 }), fc.constantFrom(Number.NaN, 1e12, 0.5));
    fc.assert(
      fc.property(
        fc.array(number, { maxLength: 300 }),
        fc.integer({ min: -2, max: 500 }),
        (history, limit) => {
          const found = model.recommend({ history, value: history }, { limit });
          expect(found.length).toBeLessThanOrEqual(Math.max(0, limit));
          expect(found.every(({ item, score }) => item >= 0 && item < 121 && Number.isFinite(score))).toBe(
            true,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('learns from a log of nothing, of one event, and of strengths that are no numbers', () => {
    const of = (user: number[], item: number[], value?: number[]) =>
      interactionsOf({
        users: 2,
        items: 3,
        user: Int32Array.from(user),
        item: Int32Array.from(item),
        value: value && Float32Array.from(value),
      });
    expect(trainRetrieval(of([], []), { seed: 1 }).recommend({ history: [1] }, { limit: 2 })).toEqual([]);
    expect(trainRetrieval(of([0], [2]), { seed: 1 }).recommend({ history: [] }, { limit: 2 })).toMatchObject([
      { item: 2 },
    ]);
    const broken = trainRetrieval(of([0, 0, 1], [0, 1, 2], [Number.NaN, -1, Number.POSITIVE_INFINITY]), {
      seed: 1,
    });
    expect(
      broken.recommend({ history: [0] }, { limit: 3 }).every(({ score }) => Number.isFinite(score)),
    ).toBe(true);
    expect(() => of([5], [0])).toThrow(RangeError);
  });

  it('knows what is over: of what fits alike, what is met now comes before what was met long ago', () => {
    const chance = createChance(2);
    const rows: { user: number; item: number; at: number }[] = [];
    // Two tastes; each week has ten items of each, which nobody meets later. Some meet the week's, some one of before.
    for (let user = 0; user < 400; user++)
      for (let week = 0; week < 8; week++)
        for (let one = 0; one < 3; one++) {
          const of = Math.max(0, week - (chance() < 0.1 ? 1 : 0));
          rows.push({
            user,
            item: of * 20 + (user % 2) * 10 + Math.floor(chance() * 10),
            at: week + chance(),
          });
        }
    const column = (name: 'user' | 'item') => Int32Array.from(rows, (row) => row[name]);
    const at = Float64Array.from(rows, (row) => row.at);
    const timed = interactionsOf({ users: 400, items: 160, user: column('user'), item: column('item'), at });
    const opened = trainRetrieval(timed, { seed: 1 });
    for (const model of [opened, restoreRetrieval(opened.snapshot())]) {
      const page = model
        .recommend({ history: [25, 47, 68, 83], at: 8 }, { limit: 10 })
        .map(({ item }) => item);
      expect(page.filter((item) => item >= 140).length).toBeGreaterThanOrEqual(9);
    }
  });

  it('plays again what one plays again, where that may be', () => {
    const chance = createChance(4);
    // Two thirds of what anyone plays is one of their own three, which no two have alike.
    const own = Array.from({ length: 600 }, () => Math.floor(chance() * 90));
    const rows = Array.from({ length: 200 * 30 }, (_, at) => {
      const user = Math.floor(at / 30);
      const mine = own[user * 3 + Math.floor(chance() * 3)]!;
      return { user, item: chance() < 0.67 ? mine : Math.floor(chance() * 90) };
    });
    const model = trainRetrieval(
      interactionsOf({
        users: 200,
        items: 90,
        user: Int32Array.from(rows, ({ user }) => user),
        item: Int32Array.from(rows, ({ item }) => item),
      }),
      { seed: 1, keepSeen: true },
    );
    const history = [5, 44, 5, 6, 71, 5, 6, 5, 12, 6, 5];
    const found = restoreRetrieval(model.snapshot()).recommend({ history }, { limit: 2 });
    expect(found.map(({ item }) => item)).toEqual([5, 6]);
    expect(history[found[0]!.because[0]!.at]).toBe(5);
  });

  it('finds an item nobody met by what it is made of', () => {
    const words = (item: number) => [`taste:${item === 120 ? 2 : Math.floor(item / 20)}`, `kind:${item % 3}`];
    const withContent = trainRetrieval(log, {
      seed: 1,
      content: { words },
      without: ['popular', 'together', 'ridge', 'next'],
    });
    const rank = (history: number[]) =>
      withContent.recommend({ history }, { limit: 121 }).findIndex(({ item }) => item === 120);
    expect(rank([40, 41, 42])).toBeGreaterThanOrEqual(0);
    expect(rank([40, 41, 42])).toBeLessThan(30);
  });
});

describe('parts', () => {
  it('count a pair once per user, at its nearest', () => {
    const rows = interactionsOf({
      users: 2,
      items: 4,
      user: Int32Array.of(0, 0, 0, 1, 1),
      item: Int32Array.of(0, 1, 0, 1, 2),
    });
    const links = countLinks(rows, { reach: 9, decay: 0.5, after: 1, before: 0, keep: 9 });
    const of = (from: number) =>
      Array.from(links.item.subarray(links.start[from], links.start[from + 1]), (item, at) => [
        item,
        links.weight[links.start[from]! + at],
      ]);
    expect(of(0)).toEqual([[1, 1]]);
    expect(of(1).sort()).toEqual([
      [0, 1],
      [2, 1],
    ]);
    const back = turned(links, 9);
    expect([...back.item.subarray(back.start[2], back.start[3])]).toEqual([1]);
  });

  it('keep the strongest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }), fc.nat(12), (scores, keep) => {
        const score = Float64Array.from(scores);
        const kept = strongest(Int32Array.from(scores.keys()), score, Math.min(keep, scores.length));
        const sorted = [...scores].sort((a, b) => b - a).slice(0, kept.length);
        expect(Array.from(kept, (at) => score[at]).sort((a, b) => b! - a!)).toEqual(sorted);
      }),
    );
  });

  it('solve what they are asked to solve', () => {
    // 4x + y = 1, x + 3y = 2.
    const right = Float64Array.of(1, 2);
    solveSymmetric(Float64Array.of(4, 0, 1, 3), right, 2);
    expect(right[0]).toBeCloseTo(1 / 11);
    expect(right[1]).toBeCloseTo(7 / 11);
  });

  it('weigh a small catalogue as a whole as they would each target alone', () => {
    const rows = interactionsOf({
      users: 4,
      items: 5,
      user: Int32Array.of(0, 0, 0, 1, 1, 2, 2, 2, 3, 3),
      item: Int32Array.of(0, 1, 2, 1, 2, 0, 2, 3, 3, 1),
    });
    const own = Float64Array.of(2, 3, 3, 2, 0);
    const gram = countLinks(rows, { reach: 9, decay: 1, after: 1, before: 1, keep: 9 });
    const dense = ({ start, item, weight }: typeof gram) =>
      Array.from({ length: 5 }, (_, row) => {
        const weights = new Array<number>(5).fill(0);
        for (let at = start[row]!; at < start[row + 1]!; at++) weights[item[at]!] = weight[at]!;
        return weights;
      }).flat();
    // Candidates that never stood beside the target speak through others: all of them stand beside each other here.
    const alone = dense(solveRidge(gram, own, gram, { candidates: 5, ridge: 1.5 }));
    for (const [at, one] of dense(solveWholeRidge(gram, own, 1.5)).entries())
      if (alone[at] !== 0) expect(one).toBeCloseTo(alone[at]!, 5);
  });

  it('fold a viewer in to where the fit would put them', () => {
    const factors = fitFactors(log, {
      size: 16,
      sweeps: 8,
      unobserved: 0.1,
      ridge: 0.003,
      chance: createChance(1),
    });
    const mine = foldIn(factors, Int32Array.of(3, 4, 5), Float64Array.of(1, 1, 1));
    const score = (item: number) =>
      mine.reduce((sum, one, a) => sum + one * factors.vector[item * 16 + a]!, 0);
    const inside = Array.from({ length: 20 }, (_, item) => score(item));
    const outside = Array.from({ length: 100 }, (_, item) => score(item + 20));
    expect(Math.max(...outside)).toBeLessThan(Math.max(...inside));
  });
});

it('does what the README shows', () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const body = example.replace(/^import .*$/gm, '').replace(/console\.log\(/g, 'said.push(');
  const run = new Function(
    'interactionsOf',
    'trainRetrieval',
    'restoreRetrieval',
    `const said = []; ${body}; return said;`,
  );
  const [item, place, same] = run(interactionsOf, trainRetrieval, restoreRetrieval);
  expect([item, same]).toEqual([2, true]);
  expect([0, 1]).toContain(place);
});
