import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClip } from '../../testing/clips.ts';
import { readMedia } from '../../testing/media-reading.ts';
import { createMediaEngine, type MediaEngine } from './media-engine.ts';

let directory: string;
let engine: MediaEngine;
let rendition: string;
/** Three seconds, quieter than it will be. */
let track: string;

async function madeOf(name: string, durationMs: number, kind: 'noise' | 'clap', levelDb: number) {
  const path = join(directory, `${name}.mp4`);
  await makeClip(path, { width: 108, height: 192, fps: [30, 1], durationMs, sound: { kind, levelDb } });
  const made = await engine.stageA(path, join(directory, name));
  if (!made.ok) throw new Error(made.refusal.code);
  return { clip: path, rendition: made.rendition.path };
}
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kinora-lay-'));
  engine = createMediaEngine();
  ({ rendition } = await madeOf('long', 8000, 'noise', -30));
  const short = await madeOf('short', 3000, 'clap', -26);
  track = join(directory, 'track.m4a');
  const heard = await engine.listen(short.rendition, track);
  if (!heard.ok) throw new Error(heard.refusal.code);
});
afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});

async function laid(path: string, durationMs: number) {
  const made = await engine.lay(path, join(directory, `laid-${durationMs}.m4a`), { durationMs });
  if (!made.ok) throw new Error(made.refusal.code);
  return made.path;
}

test('a short sound is played again until the video ends, as loud as every other', async () => {
  const path = await laid(track, 8000);
  const made = await readMedia(path);
  expect([made.audioCodec, made.streams]).toEqual(['aac', 1]);
  expect(Math.abs(made.soundSeconds - 8)).toBeLessThan(0.05);
  expect(Math.abs(made.lufs + 14)).toBeLessThan(1.5);
  expect(made.truePeakDb).toBeLessThan(-1);
  const heard = await engine.listen(path, join(directory, 'heard.m4a'));
  if (!heard.ok) throw new Error(heard.refusal.code);
  // A clap twice a second, in its third turn too, and quiet at the very end.
  expect(heard.beatsMs.some((ms) => ms > 6200)).toBe(true);
  expect(Buffer.from(heard.peaks, 'base64').at(-1)!).toBeLessThan(90);
});

test('a long sound ends with the video', async () => {
  const made = await readMedia(await laid(track, 1500));
  expect(Math.abs(made.soundSeconds - 1.5)).toBeLessThan(0.05);
});

test('a rendition has the same pictures, and the other sound', async () => {
  const sound = await laid(track, 8000);
  const made = await engine.dub(rendition, sound, join(directory, 'dubbed.mp4'));
  if (!made.ok) throw new Error(made.refusal.code);
  const [from, to] = [await readMedia(rendition), await readMedia(made.path)];
  expect([to.frames, to.frameNumbers, to.firstSeconds]).toEqual([
    from.frames,
    from.frameNumbers,
    from.firstSeconds,
  ]);
  expect([to.audioCodec, to.streams]).toEqual(['aac', 2]);
  expect(Math.abs(to.soundSeconds - 8)).toBeLessThan(0.05);
  const [first, second] = await Promise.all(
    [rendition, made.path].map((path, n) => engine.listen(path, join(directory, `of-${n}.m4a`))),
  );
  if (!first?.ok || !second?.ok) throw new Error('not heard');
  expect(first.tempo).toBeNull();
  expect(second.tempo).toBeCloseTo(120, 0);
});
