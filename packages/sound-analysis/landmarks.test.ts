import { describe, expect, test } from 'vitest';
import { type Landmarks, landmarksOf, matchLandmarks } from './landmarks.ts';
import { addNoise, babble, chance, rate, silenceOf, strike } from './testing.sounds.ts';

/** A tune of its own for each seed, with a drum. */
function tune(seed: number, seconds: number): Float32Array {
  const sound = silenceOf(seconds);
  const random = chance(seed * 977);
  for (let at = 0.1; at < seconds; at += 0.11 + random() * 0.2) {
    const hz = 220 * 2 ** (Math.floor(random() * 30) / 12);
    strike(sound, at, { hz, decay: 0.15, gain: 0.25 });
    strike(sound, at, { hz: hz * 2.01, decay: 0.1, gain: 0.12 });
    if (random() < 0.3) strike(sound, at, { decay: 0.03, gain: 0.2 }, random);
  }
  return sound;
}
const part = (sound: Float32Array, from: number, seconds: number) =>
  sound.slice(Math.round(from * rate), Math.round((from + seconds) * rate));
const share = (heard: Landmarks, known: Landmarks) =>
  matchLandmarks(heard, known).shared / heard.hashes.length;

const tunes = Array.from({ length: 8 }, (_, seed) => tune(seed + 1, 16));
const known = tunes.map((sound) => landmarksOf(sound, rate));

describe('a part of a sound', () => {
  test.each([
    ['quieter', (heard: Float32Array) => heard.map((value) => value * 0.2), 0.2],
    ['under noise', (heard: Float32Array) => addNoise(heard.slice(), 0.05), 0.1],
    [
      'under talk',
      (heard: Float32Array) => {
        const words = babble(9, 3);
        return heard.map((value, i) => value + words[i]! * 0.25);
      },
      0.08,
    ],
  ])('is recognised %s, and where it lies in it', (_, change, least) => {
    for (const [i, sound] of tunes.entries()) {
      const heard = landmarksOf(change(part(sound, 4.3, 8)), rate);
      expect(share(heard, known[i]!)).toBeGreaterThan(least);
      expect(Math.abs(matchLandmarks(heard, known[i]!).offsetSeconds - 4.3)).toBeLessThan(0.06);
    }
  });

  test('is not mistaken for another one', () => {
    for (const [i, sound] of tunes.entries()) {
      const heard = landmarksOf(part(sound, 2, 8), rate);
      for (const [k, other] of known.entries()) if (k !== i) expect(share(heard, other)).toBeLessThan(0.05);
    }
  });
});

test('talk is not mistaken for other talk', () => {
  const spoken = Array.from({ length: 8 }, (_, i) => landmarksOf(babble(10, i + 50), rate));
  for (const one of spoken)
    for (const other of spoken) if (one !== other) expect(share(one, other)).toBeLessThan(0.05);
});

test('silence and very short sounds have no landmarks, and a low rate is refused', () => {
  expect(landmarksOf(silenceOf(5), rate).hashes).toHaveLength(0);
  expect(landmarksOf(new Float32Array(), rate).hashes).toHaveLength(0);
  expect(() => landmarksOf(silenceOf(1), 8000)).toThrow(RangeError);
});
