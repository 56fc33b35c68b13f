import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matchLandmarks } from '../../../packages/sound-analysis/landmarks.ts';
import { makeClip } from '../../testing/clips.ts';
import { readMedia } from '../../testing/media-reading.ts';
import type { ListenResult } from './engine.types.ts';
import { createMediaEngine, type MediaEngine } from './media-engine.ts';

let directory: string;
let engine: MediaEngine;
/** A rendition whose sound is a short tone twice a second. */
let rendition: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kinora-listen-'));
  engine = createMediaEngine();
  const path = join(directory, 'clip.mp4');
  const sound = { kind: 'clap', levelDb: -10 } as const;
  await makeClip(path, { width: 108, height: 192, fps: [30, 1], durationMs: 8000, sound });
  const made = await engine.stageA(path, join(directory, 'a'));
  if (!made.ok) throw new Error(made.refusal.code);
  rendition = made.rendition.path;
});
afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});

async function heard(path: string, name: string): Promise<ListenResult> {
  const outcome = await engine.listen(path, join(directory, name));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome;
}

/** 16-bit mono at 48 kHz. */
function wav(samples: Float32Array): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(48_000, 24);
  head.writeUInt32LE(96_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length * 2, 40);
  return Buffer.concat([head, Buffer.from(Int16Array.from(samples, (value) => value * 32_767).buffer)]);
}

test('the sound of a rendition is copied, not encoded again, and heard', async () => {
  const track = await heard(rendition, 'sound.m4a');
  const [from, to] = [await readMedia(rendition), await readMedia(track.path)];
  expect([to.audioCodec, to.videoPackets, to.streams]).toEqual(['aac', 0, 1]);
  expect(Math.abs(to.lufs - from.lufs)).toBeLessThan(0.05);
  expect(Math.abs(track.durationMs - 8000)).toBeLessThan(60);
  expect(Buffer.from(track.peaks, 'base64').length).toBeGreaterThanOrEqual(80);
  expect(track.tempo).toBeCloseTo(120, 0);
  for (const beat of track.beatsMs) expect(Math.min(beat % 500, 500 - (beat % 500))).toBeLessThan(30);
  expect(track.landmarks.hashes.length).toBe(track.landmarks.at.length);
});

test('a WAV of ours becomes AAC, and both are recognised as one sound', async () => {
  const samples = new Float32Array(48_000 * 6);
  let hz = 300;
  for (let i = 0; i < samples.length; i++) {
    if (i % 9600 === 0) hz = 300 + ((i * 7919) % 1500);
    samples[i] = 0.4 * Math.sin((2 * Math.PI * hz * i) / 48_000) * (1 - (i % 9600) / 9600);
  }
  writeFileSync(join(directory, 'tune.wav'), wav(samples));
  const first = await heard(join(directory, 'tune.wav'), 'tune.m4a');
  const second = await heard(first.path, 'again.m4a');
  expect((await readMedia(first.path)).audioCodec).toBe('aac');
  const marks = ({ landmarks }: ListenResult) => ({
    hashes: Int32Array.from(landmarks.hashes),
    at: Int32Array.from(landmarks.at),
  });
  const { shared, offsetSeconds } = matchLandmarks(marks(second), marks(first));
  expect(shared).toBeGreaterThan(second.landmarks.hashes.length * 0.6);
  expect(Math.abs(offsetSeconds)).toBeLessThan(0.05);
});

test('a silenced rendition has the same pictures and no sound', async () => {
  const outcome = await engine.silence(rendition, join(directory, 'silent.mp4'));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  const [from, to] = [await readMedia(rendition), await readMedia(outcome.path)];
  expect([to.audioCodec, to.streams]).toEqual([null, 1]);
  expect([to.frames, to.frameNumbers]).toEqual([from.frames, from.frameNumbers]);
  expect(readFileSync(outcome.path).includes('mp4a')).toBe(false);
});
