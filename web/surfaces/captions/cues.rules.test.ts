import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cue } from '../../../contract/videos.ts';
import {
  addCue,
  type Changed,
  cuesWithin,
  lanesOf,
  mergeCue,
  moveCue,
  msOfTyped,
  removeCue,
  setSpan,
  setText,
  splitCue,
} from './cues.rules.ts';

const cue = (startMs: number, endMs: number, text = 'words'): Cue => ({ startMs, endMs, text });
const row = [cue(1000, 2000, 'one'), cue(2000, 4000, 'two and three'), cue(5000, 6000, 'four')];
const wholeMs = 8000;

test('a new cue begins at the playhead and gives way to the next one', () => {
  expect(addCue(row, 4100, wholeMs, 'new')!.cues[2]).toEqual(cue(4100, 5000, 'new'));
  expect(addCue(row, 4100, wholeMs, 'new')!.at).toBe(2);
  expect(addCue([], 7950, wholeMs, 'new')!.cues).toEqual([cue(7800, 8000, 'new')]);
  expect(addCue([], 0, 100, 'new')).toBeNull();
});

test('an end does not pass the other one, and a cue that moves before another comes before it', () => {
  expect(setSpan(row, 0, { startMs: 3000 }, wholeMs)!.cues[0]).toEqual(cue(1800, 2000, 'one'));
  expect(setSpan(row, 0, { endMs: 99_000 }, wholeMs)!.cues[0]!.endMs).toBe(8000);
  expect(setSpan(row, 2, { startMs: 1500 }, wholeMs)).toMatchObject({ at: 1 });
  expect(moveCue(row, 0, -5000, wholeMs)!.cues[0]).toEqual(cue(0, 1000, 'one'));
  expect(moveCue(row, 2, 5000, wholeMs)!.cues[2]).toEqual(cue(7000, 8000, 'four'));
});

test('a cue is split at the playhead, its words at the end of one, in languages without spaces too', () => {
  expect(splitCue(row, 1, 2600)!.cues.slice(1, 3)).toEqual([
    cue(2000, 2600, 'two'),
    cue(2600, 4000, 'and three'),
  ]);
  const thai = splitCue([cue(0, 2000, 'วันนี้เราจะดูหนัง')], 0, 99_999)!.cues;
  expect(thai.map(({ text }) => text).join('')).toBe('วันนี้เราจะดูหนัง');
  expect(thai).toHaveLength(2);
  expect(splitCue([cue(0, 300)], 0, 100)).toBeNull();
});

test('two cues become one, unless that would be too long to read', () => {
  expect(mergeCue(row, 0)!.cues[0]).toEqual(cue(1000, 4000, 'one\ntwo and three'));
  expect(mergeCue(row, 2)).toBeNull();
  expect(mergeCue([cue(0, 1000, 'x'.repeat(300)), cue(1000, 2000, 'x'.repeat(300))], 0)).toBeNull();
});

test('what is published ends with the video and has words', () => {
  expect(
    cuesWithin([cue(0, 500, ' a\n '), cue(100, 200, '  '), cue(900, 2000), cue(1000, 2000)], 1000),
  ).toEqual([cue(0, 500, 'a'), cue(900, 1000)]);
  expect(cuesWithin([cue(2000, 3000)], 1000)).toBeNull();
});

test('cues that overlap lie on two lines', () => {
  expect(lanesOf([cue(0, 1000), cue(500, 1500), cue(1000, 2000), cue(1600, 3000)])).toEqual([0, 1, 0, 1]);
});

describe('a typed time', () => {
  test.each([
    ['83.4', 83_400],
    ['1:23.4', 83_400],
    ['0:01:23,45', 83_450],
    ['٠:٠١٫٥', 1500],
    ['', null],
    ['soon', null],
    ['1:2:3:4', null],
  ])('%s', (text, ms) => {
    expect(msOfTyped(text)).toBe(ms);
  });
});

test('whatever is done, cues stay in order, inside the video, and each as long as it can be seen', () => {
  const deed = fc.tuple(fc.nat(6), fc.nat(8), fc.integer({ min: -2000, max: 12_000 }));
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
      let cues: Cue[] = [];
      for (const [what, at, ms] of deeds) {
        const next: Changed = [
          () => addCue(cues, Math.max(0, ms), wholeMs, 'one two'),
          () => setSpan(cues, at, { startMs: ms }, wholeMs),
          () => setSpan(cues, at, { endMs: ms }, wholeMs),
          () => splitCue(cues, at, ms),
          () => mergeCue(cues, at),
          () => moveCue(cues, at, ms - 5000, wholeMs),
          () => (cues[at] ? removeCue(cues, at) : setText(cues, at, 'x')),
        ][what]!();
        if (!next) continue;
        cues = next.cues;
        for (const [index, one] of cues.entries()) {
          expect(one.startMs).toBeGreaterThanOrEqual(cues[index - 1]?.startMs ?? 0);
          expect(one.endMs - one.startMs).toBeGreaterThanOrEqual(200);
          expect(one.endMs).toBeLessThanOrEqual(wholeMs);
          expect(one.text).not.toBe('');
        }
      }
    }),
  );
});
