import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClip } from '../../testing/clips.ts';
import { writeEmptyModel } from '../../testing/speech-model.ts';
import { createMediaEngine, type MediaEngine } from './media-engine.ts';
import { hasVulkanLoader } from './vulkan-loader.ts';

let folder: string;
let engine: MediaEngine;
beforeAll(async () => {
  // Everything that means something to a filter graph.
  folder = join(await mkdtemp(join(tmpdir(), 'kinora-speech-')), "it's [a], b;c:d \\e");
  await mkdir(folder);
  engine = createMediaEngine();
  await makeClip(join(folder, 'clip.mp4'), {
    width: 108,
    height: 192,
    fps: [30, 1],
    durationMs: 2000,
    codec: 'h264',
    container: 'mp4',
    sound: { kind: 'beat', levelDb: -12 },
  });
});
afterAll(async () => {
  await engine.close();
  await rm(join(folder, '..'), { recursive: true, force: true });
});
const hear = (model: string, onProgress?: (fraction: number) => void) =>
  engine.transcribe(join(folder, 'clip.mp4'), join(folder, model), join(folder, 'heard.srt'), { onProgress });

// Without libvulkan.so.1 (Debian: libvulkan1) the filter cannot be made at all.
const withLoader = test.skipIf(!hasVulkanLoader());

withLoader(
  'the filter takes a model from a folder of any name and is given the sound to its end; what it does with a model that has learned nothing ends its own process, never this one',
  async () => {
    await writeEmptyModel(join(folder, 'model.bin'));
    const told: number[] = [];
    const outcome = await hear('model.bin', (fraction) => told.push(fraction));
    expect(told.at(-1)).toBeGreaterThan(0.9);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'engine_crashed' } });
  },
);

withLoader('a file that is no model fails the attempt', async () => {
  await writeFile(join(folder, 'no-model.bin'), 'not a model');
  await expect(hear('no-model.bin')).rejects.toThrow('whisper');
});

test.skipIf(hasVulkanLoader())(
  'without the Vulkan loader the attempt fails and says what is missing',
  async () => {
    await writeEmptyModel(join(folder, 'model.bin'));
    await expect(hear('model.bin')).rejects.toThrow('libvulkan.so.1');
  },
);
