import { describe, expect, it } from 'vitest';
import { openingClips } from './catalogue.ts';
import { composeFor, TARGET_LUFS } from './music/compose.ts';
import { loudness } from './music/space.ts';
import { RATE } from './music/synth.ts';

describe('the music', { timeout: 120_000 }, () => {
  it('of every mood is as loud as the platform wants, never clips, and fades to silence', () => {
    for (const clip of openingClips) {
      const sound = composeFor({ ...clip, durationMs: 5000 });
      expect(sound.left.length).toBe(5 * RATE);
      const peak = [sound.left, sound.right].reduce(
        (most, channel) => channel.reduce((m, v) => Math.max(m, Math.abs(v)), most),
        0,
      );
      expect(peak, clip.id).toBeGreaterThan(0.1);
      expect(peak, clip.id).toBeLessThan(0.85);
      expect(Math.abs(loudness(sound) - TARGET_LUFS), clip.id).toBeLessThan(1.5);
      expect(Math.abs(sound.left.at(-1)!)).toBeLessThan(0.001);
    }
  });

  it('measures a full-scale 997 Hz sine in one channel as −3.01 LUFS (BS.1770-4)', () => {
    const left = Float32Array.from({ length: RATE * 3 }, (_, i) => Math.sin((i / RATE) * 997 * Math.PI * 2));
    expect(loudness({ left, right: new Float32Array(left.length) })).toBeCloseTo(-3.01, 1);
  });

  it('differs with the seed and repeats with it', () => {
    const clip = openingClips[0]!;
    const again = (seed: number) => composeFor({ mood: clip.mood, durationMs: 2000, seed });
    expect(again(1).left).toEqual(again(1).left);
    expect(again(1).left).not.toEqual(again(2).left);
  });
});
