import { describe, expect, test } from 'vitest';
import { beatsOf } from './beats.ts';
import { addNoise, babble, clicks, drums, rate, silenceOf } from './testing.sounds.ts';

const seconds = 16;
/** Milliseconds from a beat to the nearest one that was played. */
const off = (beatMs: number, bpm: number, fromMs = 300) => {
  const period = 60_000 / bpm;
  const past = (beatMs - fromMs) % period;
  return Math.abs(past > period / 2 ? past - period : past);
};

describe('a click', () => {
  for (const noise of [0, 0.02, 0.1])
    test(`is tapped at its tempo, from 60 to 180, with noise of ${noise}`, () => {
      for (let bpm = 60; bpm <= 180; bpm += 12) {
        const found = beatsOf(addNoise(clicks(bpm, seconds), noise, bpm), rate);
        expect(found, `${bpm}`).not.toBeNull();
        expect(Math.abs(found!.bpm - bpm), `${bpm}`).toBeLessThan(0.6);
        const played = Math.floor(((seconds - 0.3) * bpm) / 60);
        expect(found!.beatsMs.length).toBeGreaterThanOrEqual(played - 2);
        for (const beat of found!.beatsMs) expect(off(beat, bpm), `${bpm} at ${beat}`).toBeLessThan(25);
      }
    });
});

test('drums are followed at their tempo, or at half or twice of it where both can be tapped', () => {
  for (let bpm = 60; bpm <= 180; bpm += 12) {
    const found = beatsOf(addNoise(drums(bpm, seconds), 0.02, bpm), rate)!;
    const ratio = found.bpm / bpm;
    expect(Math.min(...[0.5, 1, 2].map((times) => Math.abs(ratio / times - 1))), `${bpm}`).toBeLessThan(0.01);
    // Every beat lies on a stroke of the hat.
    for (const beat of found.beatsMs) expect(off(beat, bpm * 2)).toBeLessThan(25);
  }
});

test('what is quiet is followed like what is loud', () => {
  const quiet = clicks(96, seconds).map((value) => value * 0.01);
  expect(beatsOf(quiet, rate)!.bpm).toBeCloseTo(96, 0);
});

describe('there is no beat', () => {
  test('in silence, in nothing, in a tone', () => {
    expect(beatsOf(silenceOf(seconds), rate)).toBeNull();
    expect(beatsOf(new Float32Array(), rate)).toBeNull();
    expect(
      beatsOf(
        silenceOf(8).map((_, i) => Math.sin((2 * Math.PI * 440 * i) / rate) / 2),
        rate,
      ),
    ).toBeNull();
  });

  test('in noise, however short', () => {
    for (let seed = 1; seed <= 24; seed++)
      expect(beatsOf(addNoise(silenceOf(seed % 2 ? 12 : 3), 0.3, seed), rate)).toBeNull();
  });

  test('in one or two things that happen', () => {
    expect(beatsOf(clicks(60, 2.2), rate)).toBeNull();
  });

  test('in talk, nineteen times out of twenty', () => {
    const beating = Array.from({ length: 40 }, (_, i) => beatsOf(babble(12, i + 1), rate)).filter(Boolean);
    expect(beating.length).toBeLessThanOrEqual(2);
  });
});

test('a rate that is none is refused', () => {
  expect(() => beatsOf(silenceOf(1), 0)).toThrow(RangeError);
});
