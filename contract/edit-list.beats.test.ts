import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trimCatches, trimsToBeats } from './edit-list.beats.ts';
import { applyEdit } from './edit-list.edits.ts';
import { readEditList } from './edit-list.rules.ts';
import { beatsOf, clipMs, edgesOf, snapPoints, startsOf } from './edit-list.timeline.ts';
import { type EditClip, type EditList, emptyEditList } from './edit-list.ts';
import { clip, diceOf, fullList, listWith } from './testing.edit-lists.ts';

const song = fullList.sources.song!;
/** A sound with a beat every half second from `fromMs` of its source on. */
function withBeats(clips: EditClip[], more: Partial<EditList['sounds'][number]> = {}): EditList {
  const sounds = [{ ...fullList.sounds[0]!, atMs: 0, forMs: 20_000, fromMs: 250, ...more }];
  const beatsMs = Array.from({ length: 50 }, (_, index) => 500 * (index + 1));
  const sources = { ...fullList.sources, song: { ...song, beatsMs } };
  return listWith(clips, { sources, sounds });
}
function cutToBeats(list: EditList): EditList {
  return trimsToBeats(list).reduce((before, trim) => {
    const result = applyEdit(before, { kind: 'trimClip', ...trim });
    if (!result.ok) throw new Error(result.code);
    return result.list;
  }, list);
}

test('beats are heard where their sound lies in the result, and only as long as it does', () => {
  const list = withBeats([clip('a', 0, 4000)], { atMs: 100, forMs: 1200 });
  expect(beatsOf(list)).toEqual([350, 850]);
  expect(beatsOf(list, 'm')).toEqual([]);
  expect(beatsOf({ ...list, sounds: [{ ...list.sounds[0]!, volume: 0 }] })).toEqual([]);
  expect(beatsOf({ ...list, sounds: [{ ...list.sounds[0]!, voice: true }] })).toEqual([]);
  expect(snapPoints(list)).toEqual([0, 100, 350, 850, 1300, 4000]);
  expect(edgesOf(list)).toEqual([0, 100, 1300, 4000]);
});

test('cuts fall on the nearest beat, and clips after them move along', () => {
  // Beats at 250, 750, 1250, 1750 and so on.
  const list = withBeats([clip('a', 0, 900), clip('b', 1000, 2000, { speed: 2 }), clip('c', 0, 1000)]);
  expect(trimsToBeats(list)).toEqual([{ id: 'a', fromMs: 0, toMs: 750 }]);
  expect(startsOf(cutToBeats(list))).toEqual([0, 750, 1250]);
  const backwards = withBeats([clip('a', 500, 1300, { reversed: true }), clip('b', 0, 900)]);
  expect(trimsToBeats(backwards)).toEqual([{ id: 'a', fromMs: 550, toMs: 1300 }]);
});

test('a cut without a beat near it, and a list without beats, stay as they are', () => {
  const late = withBeats([clip('a', 0, 3000), clip('b', 0, 1000)], { forMs: 1000 });
  expect(trimsToBeats(late)).toEqual([]);
  expect(trimsToBeats(listWith([clip('a', 0, 900), clip('b', 0, 900)]))).toEqual([]);
  expect(trimsToBeats(emptyEditList)).toEqual([]);
});

test('whatever is cut to the beat stays a valid list, keeps its transitions, and has its cuts on beats', () => {
  let moved = 0;
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), fc.integer({ min: 1, max: 8 }), (seed, count) => {
      const dice = diceOf(seed);
      const clips = Array.from({ length: count }, (_, index) => {
        const fromMs = dice(2000);
        const speed = [0.3, 0.7, 1, 1.5, 3][dice(5)]!;
        const toMs = fromMs + 600 + dice(1400);
        return clip(`c${index}`, fromMs, toMs, { speed, reversed: dice(2) === 1 });
      });
      const wished = clips.map((one, index) =>
        index > 0 && dice(3) === 0 ? { ...one, transition: { name: 'fade', ms: 100 } } : one,
      );
      const before = withBeats(wished, { atMs: dice(300), fromMs: dice(400) });
      const read = readEditList(before);
      if (!read.ok) return;
      const after = cutToBeats(read.list);
      expect(readEditList(after).ok).toBe(true);
      expect(after.clips.map(({ id, transition }) => [id, transition])).toEqual(
        read.list.clips.map(({ id, transition }) => [id, transition]),
      );
      const beats = beatsOf(after);
      const starts = startsOf(after);
      for (const [index, one] of after.clips.entries()) {
        const [same, next] = [read.list.clips[index]!, after.clips[index + 1]];
        expect(clipMs(one)).toBeGreaterThan(190);
        if (one.fromMs === same.fromMs && one.toMs === same.toMs) continue;
        moved++;
        expect(next).toBeDefined();
        expect(Math.min(...beats.map((beat) => Math.abs(beat - starts[index + 1]!)))).toBeLessThan(2);
      }
      // Done twice is done once.
      expect(trimsToBeats(after)).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(moved).toBeGreaterThan(200);
});

test('a clip that is trimmed catches where its end would be on a beat', () => {
  const list = withBeats([clip('a', 0, 500), clip('b', 100, 1100, { speed: 2 })]);
  // It begins at 500 ms: 750 ms of the result is half a second further in its source.
  const { fromMs, toMs } = trimCatches(list, list.clips[1]!);
  expect(toMs.slice(0, 2)).toEqual([600, 1600]);
  expect(fromMs).toEqual([600]);
  for (const ms of toMs) {
    const trimmed = applyEdit(list, { kind: 'trimClip', id: 'b', fromMs: 100, toMs: ms });
    expect(trimmed.ok && beatsOf(withBeats(trimmed.list.clips))).toContain(
      500 + clipMs(trimmed.ok ? trimmed.list.clips[1]! : list.clips[1]!),
    );
  }
});
