import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { readMedia } from '../../testing/media-reading.ts';
import { createMediaEngine } from './media-engine.ts';

/** Clips shot by real cameras; they lie beside the repository where the developer has them. */
const folder = fileURLToPath(new URL('../../../../shared/media/', import.meta.url));
const clips = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(mkv|mp4)$/.test(name)) : [];
/** One of each camera; all of them go the whole way in e2e/real-clips.test.ts. */
const kinds = new Set(['again.mkv', 'bottle-detection.mp4', 'car-detection.mp4']);
const tooLong = 'one-by-one-person-detection.mp4';
const engine = createMediaEngine();
const directory = await mkdtemp(join(tmpdir(), 'kinora-real-'));
afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});

if (clips.length === 0) test.skip('real clips: ../shared/media is not there', () => {});

test.each(clips.filter((name) => kinds.has(name)))(
  '%s: duration, size and sound right to the frame',
  async (name) => {
    const source = await readMedia(join(folder, name));
    const outcome = await engine.stageA(join(folder, name), join(directory, name));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
    const { facts, rendition } = outcome;
    const made = await readMedia(rendition.path);
    const frameMs = 1000 / rendition.frameRate;
    expect(facts.frames).toBe(source.frames);
    expect(Math.abs(facts.durationMs - source.seconds * 1000)).toBeLessThanOrEqual(frameMs);
    expect([facts.width, facts.height]).toEqual([source.width, source.height]);
    expect([made.width, made.height]).toEqual([source.width, source.height]); // none has more lines than 540
    expect([made.frames, made.videoPackets]).toEqual([rendition.frames, rendition.frames]);
    expect(Math.abs(made.seconds - source.seconds) * 1000).toBeLessThanOrEqual(frameMs);
    expect([facts.hasSound, rendition.hasSound, made.audioCodec]).toEqual(
      source.audioCodec ? [true, true, 'aac'] : [false, false, null],
    );
    if (source.audioCodec) expect(Math.abs(made.soundSeconds - source.seconds)).toBeLessThan(0.05);
  },
  60_000,
);

test.skipIf(clips.length === 0)('the clip of 139 s is refused, with its length', async () => {
  expect(await engine.stageA(join(folder, tooLong), join(directory, 'long'))).toEqual({
    ok: false,
    refusal: { code: 'too_long', details: { durationMs: 139_400, limitMs: 60_000 } },
  });
});
