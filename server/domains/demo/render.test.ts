import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Demuxer } from 'node-av/api';
import { AVCOL_RANGE_MPEG, AVCOL_SPC_BT709 } from 'node-av/constants';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openingClips } from './catalogue.ts';
import { openRenderer } from './render.ts';

let folder: string;
const renderer = openRenderer();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-demo-'));
});
afterAll(async () => {
  await renderer.close();
  await rm(folder, { recursive: true, force: true });
});

const clip = openingClips.find((one) => one.topic === 'clockwork')!;

it('renders a clip that is already the 540 rendition: a constant rate, key frames every 2 s, faststart, poster', async () => {
  const file = join(folder, 'clip.mp4');
  const posterPath = join(folder, 'poster.webp');
  const shares: number[] = [];
  const made = await renderer.render(clip, file, { posterPath, onProgress: (share) => shares.push(share) });
  expect(shares.at(-1)).toBe(1);
  expect([...shares].sort((a, b) => a - b)).toEqual(shares);

  const bytes = await readFile(file);
  expect(made.bytes).toBe(bytes.length);
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  const input = await Demuxer.open(file);
  try {
    const video = input.video()!;
    const audio = input.audio()!;
    expect([video.codecpar.width, video.codecpar.height]).toEqual([540, 960]);
    expect(video.codecpar.colorRange).toBe(AVCOL_RANGE_MPEG);
    expect(video.codecpar.colorSpace).toBe(AVCOL_SPC_BT709);
    expect(video.avgFrameRate.num / video.avgFrameRate.den).toBe(clip.drawnPerSecond);
    expect([audio.codecpar.sampleRate, audio.codecpar.channels]).toEqual([48_000, 2]);
    let frames = 0;
    const keys: number[] = [];
    for await (const packet of input.packets()) {
      if (packet?.streamIndex !== video.index) continue;
      if (packet.isKeyframe) keys.push((Number(packet.pts) * video.timeBase.num) / video.timeBase.den);
      frames++;
    }
    expect(frames).toBe((clip.durationMs / 1000) * clip.drawnPerSecond);
    expect(keys).toEqual([0, 2, 4]);
  } finally {
    await input.close();
  }
  expect(await sharp(posterPath).metadata()).toMatchObject({ format: 'webp', width: 540, height: 960 });
});

it('leaves nothing behind when it is stopped, and makes the next clip all the same', async () => {
  const file = join(folder, 'stopped.mp4');
  const stop = new AbortController();
  const rendering = renderer.render(clip, file, { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(rendering).rejects.toThrow();
  expect((await readdir(folder)).filter((name) => name.startsWith('stopped'))).toEqual([]);

  // The child is gone; so it is when a clip crashes it.
  await expect(renderer.render({ ...clip, id: 'no-such-clip' }, file)).rejects.toThrow('no-such-clip');
  await renderer.render({ ...clip }, file);
  expect(existsSync(file)).toBe(true);
});
