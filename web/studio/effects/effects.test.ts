import { describe, expect, test } from 'vitest';
import type { EditEffect, EditSound } from '../../../contract/edit-list.ts';
import { clip, listWith, take } from '../../../contract/testing.edit-lists.ts';
import { beatAt, beatsFor, beatsOf, flashGapMs } from './beats.rules.ts';
import { effectCategories } from './effect.ts';
import { effects } from './effects.ts';
import { heldMs, turnAt } from './moments.rules.ts';

const sound = (atMs: number, fromMs: number, forMs: number, more: Partial<EditSound> = {}): EditSound => ({
  ...{ id: `sound${atMs}`, source: 'song', atMs, fromMs, forMs, volume: 1 },
  ...{ fadeInMs: 0, fadeOutMs: 0, ducks: false, voice: false, ...more },
});
const song = (beatsMs: number[]) => ({ ...take, kind: 'sound' as const, durationMs: 30_000, beatsMs });
const put = (effect: string, atMs: number, forMs: number, strength = 1): EditEffect => ({
  ...{ id: `${effect}${atMs}`, effect, atMs, forMs, strength },
});
const clips = [clip('a', 0, 2000), clip('b', 0, 2000)];
const every = (gapMs: number, count: number) => Array.from({ length: count }, (_, i) => i * gapMs);

test('every effect has a name of its own, a shelf, and a moment for its still', () => {
  expect(new Set(effects.map(({ name }) => name)).size).toBe(effects.length);
  for (const { category, since, stillMs } of effects) {
    expect(effectCategories).toContain(category);
    if (since) expect(Date.parse(since)).not.toBeNaN();
    expect(stillMs).toBeLessThan(2000);
  }
});

describe('beats', () => {
  test('are those of a sound where it lies, as much of it as is heard', () => {
    const sources = { take, song: song([500, 1000, 1500, 2000]) };
    expect(beatsOf(listWith(clips, { sources, sounds: [sound(300, 900, 700)] }))).toEqual([400, 900]);
  });
  test('are no beats of a voice, of a silent sound, or of a song under which another lies', () => {
    const sources = { take, song: song([0, 400]), other: song([100, 300]) };
    const sounds = [
      sound(0, 0, 1000, { voice: true }),
      sound(0, 0, 1000, { volume: 0 }),
      sound(1000, 0, 1000),
      sound(1200, 0, 1500, { source: 'other' }),
    ];
    expect(beatsOf(listWith(clips, { sources, sounds }))).toEqual([1000, 1400]);
  });
  test('are those of a clip as fast and as reversed as it is, where no sound beats', () => {
    const sources = { take: { ...take, beatsMs: [500, 1000, 3900] } };
    const list = listWith([clip('a', 0, 2000, { speed: 2 }), clip('b', 0, 2000, { reversed: true })], {
      sources,
    });
    expect(beatsOf(list)).toEqual([250, 500, 2000, 2500]);
  });
  test('are the effect’s own tempo, from its beginning, where there are none', () => {
    const placed = put('pulse', 700, 1200);
    expect(beatsFor(listWith(clips, { effects: [placed] }), placed)).toEqual([700, 1200, 1700]);
  });
  test('are counted, with the time since the last and until the next', () => {
    const placed = put('pulse', 0, 2000);
    const list = listWith(clips, { sources: { take, song: song([250, 750]) }, sounds: [sound(0, 0, 2000)] });
    expect(beatAt(list, placed, 100)).toMatchObject({ untilS: 0.15, count: 0 });
    expect(beatAt(list, placed, 100).sinceS).toBeGreaterThan(10);
    expect(beatAt(list, placed, 350)).toEqual({ sinceS: 0.1, untilS: 0.4, count: 1 });
    expect(beatAt(list, placed, 1000)).toMatchObject({ sinceS: 0.25, count: 2 });
  });
  test('that flash are never more than three in a second, over all effects together', () => {
    const sources = { take, song: song(every(100, 40)) };
    const list = listWith(clips, {
      ...{ sources, sounds: [sound(0, 0, 4000)] },
      effects: [put('flash', 0, 2500), put('flash', 1730, 2000), put('pulse', 0, 4000)],
    });
    const flashes = list.effects.slice(0, 2).flatMap((placed) => [...beatsFor(list, placed)]);
    const times = [...new Set(flashes)].sort((a, b) => a - b);
    expect(times.length).toBeGreaterThan(8);
    for (const [i, ms] of times.entries())
      if (i > 0) expect(ms - times[i - 1]!).toBeGreaterThanOrEqual(flashGapMs);
    for (const from of times)
      expect(times.filter((ms) => ms >= from && ms < from + 1000).length).toBeLessThan(4);
    expect(beatsFor(list, list.effects[2]!).length).toBe(40);
  });
});

describe('a freeze', () => {
  test('holds the picture of its beginning until it ends', () => {
    const list = listWith(clips, { effects: [put('freeze', 1000, 500)] });
    expect([999, 1000, 1250, 1499, 1500].map((ms) => heldMs(list, ms))).toEqual([
      999, 1000, 1000, 1000, 1500,
    ]);
  });
  test('that begins in another holds what that one held', () => {
    const list = listWith(clips, { effects: [put('freeze', 1000, 500), put('freeze', 1400, 800)] });
    expect(heldMs(list, 2000)).toBe(1000);
  });
  test('of strength 0 holds nothing', () => {
    const list = listWith(clips, { effects: [put('freeze', 1000, 500, 0)] });
    expect(heldMs(list, 1250)).toBe(1250);
  });
});

describe('a transform', () => {
  test('turns at the cut in its time: first towards what comes, then away from what was', () => {
    const list = listWith(clips, { effects: [put('transform', 1200, 2000)] });
    expect(turnAt(list, 1300)).toEqual({ momentMs: 2000, reachMs: 450, otherMs: null });
    expect(turnAt(list, 1800)?.otherMs).toBe(2000);
    expect(turnAt(list, 2100)?.otherMs).toBeCloseTo(2000 - 1000 / 30);
    expect(turnAt(list, 2600)?.otherMs).toBeNull();
    expect(turnAt(list, 3300)).toBeNull();
  });
  test('turns within one clip at a beat near its middle, else in its middle', () => {
    const effect = [put('transform', 100, 1000)];
    const sources = { take, song: song([640, 900]) };
    expect(turnAt(listWith(clips, { effects: effect }), 600)?.momentMs).toBe(600);
    const list = listWith(clips, { sources, effects: effect, sounds: [sound(0, 0, 2000)] });
    expect(turnAt(list, 600)).toMatchObject({ momentMs: 640, otherMs: null });
  });
  test('leaves a cut alone that has a transition of its own', () => {
    const soft = [clips[0]!, { ...clips[1]!, transition: { name: 'fade', ms: 400 } }];
    const list = listWith(soft, { effects: [put('transform', 1000, 1200)] });
    expect(turnAt(list, 1600)).toMatchObject({ momentMs: 1600, otherMs: null });
  });
});
