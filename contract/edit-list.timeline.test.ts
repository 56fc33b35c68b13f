import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  activeAt,
  at,
  clipMs,
  durationOf,
  frameCount,
  longestTransitionMs,
  snap,
  snapPoints,
  startsOf,
} from './edit-list.timeline.ts';
import { type EditClip, type EditList, emptyEditList } from './edit-list.ts';
import { clip, diceOf, fullList, listWith, sticker } from './testing.edit-lists.ts';

/** Whole numbers over whole numbers, to have times without the errors of floats. */
type Fraction = readonly [over: bigint, under: bigint];
const add = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
const minus = (one: Fraction, [c, d]: Fraction): Fraction => add(one, [-c, d]);
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
const isBelow = ([a, b]: Fraction, [c, d]: Fraction) => a * d < c * b;
const float = ([a, b]: Fraction) => Number((a * 1_000_000_000n) / b) / 1e9;
const whole = (number: number): Fraction => [BigInt(number), 1n];
const speedOf = ({ speed }: EditClip): Fraction => [BigInt(Math.round(speed * 10)), 10n];
const longOf = (one: EditClip): Fraction => {
  const [over, under] = speedOf(one);
  return times(whole(one.toMs - one.fromMs), [under, over]);
};

/** What is seen at a frame by the words of the schema alone: every clip whose time it is. */
function exactAt(list: EditList, frame: number) {
  const time: Fraction = [BigInt(frame) * 1000n, BigInt(list.fps)];
  const seen: { index: number; source: Fraction; since: Fraction }[] = [];
  let start: Fraction = whole(0);
  for (const [index, one] of list.clips.entries()) {
    start = minus(start, whole(one.transition?.ms ?? 0));
    const end = add(start, longOf(one));
    if (!isBelow(time, start) && isBelow(time, end)) {
      const moved = times(minus(time, start), speedOf(one));
      const source = one.reversed ? minus(whole(one.toMs), moved) : add(whole(one.fromMs), moved);
      seen.push({ index, source, since: minus(time, start) });
    }
    start = end;
  }
  return { seen, isOver: !isBelow(time, start) };
}

const clips = fc.array(fc.nat(2 ** 31 - 1), { minLength: 1, maxLength: 6 }).map((seeds) => {
  const row: EditClip[] = [];
  for (const [index, seed] of seeds.entries()) {
    const dice = diceOf(seed);
    const fromMs = dice(900);
    const toMs = fromMs + 1 + dice(30) * 30;
    const speed = [0.3, 0.7, 1, 1.1, 2, 3][dice(6)]!;
    const next = clip(`c${index}`, fromMs, toMs, { speed, reversed: dice(2) === 1 });
    const longest = index === 0 ? 0 : longestTransitionMs(row[index - 1]!, next);
    row.push(longest < 100 ? next : { ...next, transition: { name: 'fade', ms: longest - dice(2) * 50 } });
  }
  return row.map((one) =>
    one.transition && one.transition.ms < 100 ? { ...one, transition: { name: 'fade', ms: 100 } } : one,
  );
});

test('each frame shows what exact fractions say, up to the last and not one more', () => {
  fc.assert(
    fc.property(clips, fc.constantFrom(1, 24, 25, 30, 60), (row, fps) => {
      const list = listWith(row, { fps });
      const frames = frameCount(list);
      expect(exactAt(list, frames).isOver).toBe(true);
      for (let frame = 0; frame < frames; frame++) {
        const { seen, isOver } = exactAt(list, frame);
        if (isOver || seen.length === 0 || seen.length > 2)
          throw new Error(`${seen.length} clips at ${frame}`);
        const shown = at(list, (frame * 1000) / fps);
        const [main, before] = [seen.at(-1)!, seen.length === 2 ? seen[0]! : null];
        const isNear = (one: number, other: number) => Math.abs(one - other) < 1e-5;
        const isExact =
          shown.main!.index === main.index &&
          shown.before?.index === before?.index &&
          isNear(shown.main!.sourceMs, float(main.source)) &&
          (!before || isNear(shown.before!.sourceMs, float(before.source))) &&
          isNear(shown.blend, before ? float(main.since) / row[main.index]!.transition!.ms : 1);
        if (!isExact) expect([shown, frame]).toEqual([main, before]);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a transition is seen in both clips, and takes its length from the whole', () => {
  const list = listWith([
    clip('a', 0, 1000),
    clip('b', 500, 1500, { transition: { name: 'fade', ms: 400 } }),
  ]);
  expect(startsOf(list)).toEqual([0, 600]);
  expect(durationOf(list)).toBe(1600);
  expect(at(list, 599)).toMatchObject({ main: { index: 0, sourceMs: 599 }, before: null, blend: 1 });
  expect(at(list, 600)).toMatchObject({
    main: { index: 1, sourceMs: 500 },
    before: { sourceMs: 600 },
    blend: 0,
  });
  expect(at(list, 900)).toMatchObject({ main: { sourceMs: 800 }, before: { sourceMs: 900 }, blend: 0.75 });
  expect(at(list, 1000)).toMatchObject({ main: { index: 1, sourceMs: 900 }, before: null, blend: 1 });
});

test('a speed stretches the source, and a reversed clip begins at its end', () => {
  const list = listWith([clip('a', 1000, 3000, { speed: 2, reversed: true })]);
  expect(clipMs(list.clips[0]!)).toBe(1000);
  expect(at(list, 0).main!.sourceMs).toBe(3000);
  expect(at(list, 250).main!.sourceMs).toBe(2500);
  expect(at(list, 999).main!.sourceMs).toBe(1002);
});

test('before the begin is the first frame, after the end the last one, and an empty list shows nothing', () => {
  const list = listWith([clip('a', 0, 1000)]);
  expect(at(list, -5).main!.sourceMs).toBe(0);
  for (const ms of [1000, 1e9, Number.POSITIVE_INFINITY, Number.NaN])
    expect(at(list, ms).main!.sourceMs).toBeCloseTo((29 * 1000) / 30, 9);
  expect(at(emptyEditList, 0)).toEqual({ main: null, before: null, blend: 1 });
  expect([durationOf(emptyEditList), frameCount(emptyEditList)]).toEqual([0, 0]);
  expect(startsOf(emptyEditList)).toEqual([]);
});

test('a video has a frame for each time before its end, and at least one', () => {
  expect(frameCount(listWith([clip('a', 0, 1000)]))).toBe(30);
  expect(frameCount(listWith([clip('a', 0, 1001)]))).toBe(31);
  expect(frameCount(listWith([clip('a', 0, 1, { speed: 3 })]))).toBe(1);
  const thirds = ['a', 'b', 'c'].map((id) => clip(id, 0, 1000, { speed: 0.3 }));
  expect(frameCount(listWith(thirds))).toBe(300);
});

test('a thing is there from its begin on and no longer at its end', () => {
  const things = [sticker('a', 100, 100), sticker('b', 150, 100)];
  const idsAt = (ms: number) => activeAt(things, ms).map(({ id }) => id);
  expect([99, 100, 150, 199, 200, 250].map(idsAt)).toEqual([[], ['a'], ['a', 'b'], ['a', 'b'], ['b'], []]);
});

test('what is moved catches at begins, ends and cuts, but not at itself', () => {
  const list = listWith([clip('a', 0, 1000, { speed: 0.3 }), clip('b', 0, 1000)], {
    stickers: [sticker('s', 700, 500), sticker('far', 3000, 9000)],
  });
  expect(snapPoints(list)).toEqual([0, 700, 1200, 3000, 3333, 4333, 4334]);
  expect(snapPoints(list, 's')).toEqual([0, 3000, 3333, 4333, 4334]);
  expect(snapPoints(emptyEditList)).toEqual([0]);
  expect([690, 710, 711, 950].map((ms) => snap(ms, snapPoints(list), 10))).toEqual([700, 700, 711, 950]);
  expect(snap(5, [0, 10], 5)).toBe(0);
  expect(snap(5, [], 100)).toBe(5);
  const { length } = snapPoints(fullList);
  expect(new Set(snapPoints(fullList)).size).toBe(length);
});
