import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Demuxer } from 'node-av/api';
import { AVCOL_RANGE_MPEG, AVCOL_SPC_BT709 } from 'node-av/constants';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openingClips } from './catalogue.ts';
import { renderClip } from './render.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-demo-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const clip = openingClips.find((one) => one.topic === 'clockwork')!;

it('renders a clip that is already the 540 rendition: 30 a second, key frames every 2 s, faststart, poster', async () => {
  const file = join(folder, 'clip.mp4');
  const posterPath = join(folder, 'poster.webp');
  const shares: number[] = [];
  await renderClip(clip, file, { posterPath, onProgress: (share) => shares.push(share) });
  expect(shares.at(-1)).toBe(1);
  expect([...shares].sort((a, b) => a - b)).toEqual(shares);

  const bytes = await readFile(file);
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  const input = await Demuxer.open(file);
  try {
    const video = input.video()!;
    const audio = input.audio()!;
    expect([video.codecpar.width, video.codecpar.height]).toEqual([540, 960]);
    expect(video.codecpar.colorRange).toBe(AVCOL_RANGE_MPEG);
    expect(video.codecpar.colorSpace).toBe(AVCOL_SPC_BT709);
    expect(video.avgFrameRate.num / video.avgFrameRate.den).toBe(30);
    expect([audio.codecpar.sampleRate, audio.codecpar.channels]).toEqual([48_000, 2]);
    let frames = 0;
    const keys: number[] = [];
    for await (const packet of input.packets()) {
      if (packet?.streamIndex !== video.index) continue;
      if (packet.isKeyframe) keys.push((Number(packet.pts) * video.timeBase.num) / video.timeBase.den);
      frames++;
    }
    expect(frames).toBe((clip.durationMs / 1000) * 30);
    expect(keys).toEqual([0, 2, 4]);
  } finally {
    await input.close();
  }
  expect(await sharp(posterPath).metadata()).toMatchObject({ format: 'webp', width: 540, height: 960 });
}, 120_000);

it('leaves nothing behind when it is stopped', async () => {
  const file = join(folder, 'stopped.mp4');
  const stop = new AbortController();
  const rendering = renderClip(clip, file, { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(rendering).rejects.toThrow();
  expect(existsSync(file)).toBe(false);
  expect((await readdir(folder)).filter((name) => name.startsWith('stopped'))).toEqual([]);
}, 120_000);
