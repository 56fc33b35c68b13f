import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { composeFor, TARGET_LUFS } from './compose.ts';
import { MOODS, type MoodName } from './moods.ts';
import { loudness } from './space.ts';
import { RATE } from './synth.ts';

const moods = Object.keys(MOODS) as MoodName[];

describe('the music', { timeout: 120_000 }, () => {
  it('of every mood is as loud as the platform wants, never clips, and fades to silence', () => {
    for (const mood of moods) {
      const sound = composeFor({ mood, seed: 3, durationMs: 5000 });
      expect(sound.left.length).toBe(5 * RATE);
      const peak = [sound.left, sound.right].reduce(
        (most, channel) => channel.reduce((m, v) => Math.max(m, Math.abs(v)), most),
        0,
      );
      expect(peak, mood).toBeGreaterThan(0.1);
      expect(peak, mood).toBeLessThan(0.85);
      expect(Math.abs(loudness(sound) - TARGET_LUFS), mood).toBeLessThan(1.5);
      expect(Math.abs(sound.left.at(-1)!)).toBeLessThan(0.001);
    }
  });

  it('measures a full-scale 997 Hz sine in one channel as −3.01 LUFS (BS.1770-4)', () => {
    const left = Float32Array.from({ length: RATE * 3 }, (_, i) => Math.sin((i / RATE) * 997 * Math.PI * 2));
    expect(loudness({ left, right: new Float32Array(left.length) })).toBeCloseTo(-3.01, 1);
  });

  it('differs with the seed and repeats with it', () => {
    const again = (seed: number) => composeFor({ mood: 'kitchen', durationMs: 2000, seed });
    expect(again(1).left).toEqual(again(1).left);
    expect(again(1).left).not.toEqual(again(2).left);
  });

  it('does what the README shows', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
    const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
    const body = example.replace(/^import .*$/gm, '').replace(/console\.log\(/g, 'said.push(');
    const run = new Function('composeFor', 'loudness', `const said = []; ${body}; return said;`);
    expect(run(composeFor, loudness)).toEqual([192_000, -14]);
  });
});
