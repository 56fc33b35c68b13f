import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClip } from '../../testing/clips.ts';
import { canaryText, hostileFiles, writeHostileFile } from '../../testing/hostile-files.ts';
import { readMedia } from '../../testing/media-reading.ts';
import { createMediaEngine, type MediaEngine } from './media-engine.ts';

let directory: string;
let engine: MediaEngine;
let canaryPath: string;
let knocks = 0;
const listener = createServer((socket) => {
  knocks++;
  socket.destroy();
});
let canaryUrl: string;
/** Words of the wrapped files that must not travel on. */
const foreign = ['<script', '<html', 'PK\u0005\u0006', canaryText];
const longAgo = new Date('2001-01-01T00:00:00Z');

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kinora-hostile-'));
  engine = createMediaEngine();
  canaryPath = join(directory, 'canary.ts');
  await makeClip(canaryPath, { width: 64, height: 64, fps: [10, 1], durationMs: 1000, container: 'mpegts' });
  writeFileSync(canaryPath, canaryText, { flag: 'a' });
  utimesSync(canaryPath, longAgo, longAgo);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  canaryUrl = `http://127.0.0.1:${(listener.address() as { port: number }).port}`;
});
afterAll(async () => {
  await engine.close();
  listener.close();
  await rm(directory, { recursive: true, force: true });
});

test.each(Object.entries(hostileFiles))(
  '%s ends in a right rendition or a clear refusal',
  async (name, hostile) => {
    const path = await writeHostileFile(name, directory, { canaryPath, canaryUrl });
    const out = `${path}.out`;
    const outcome = await engine.stageA(path, out);
    const expected =
      'refusal' in hostile ? hostile.refusal : 'either' in hostile ? [...hostile.either, 'ok'] : ['ok'];
    expect(expected, JSON.stringify(outcome)).toContain(outcome.ok ? 'ok' : outcome.refusal.code);
    if (outcome.ok) {
      const made = await readMedia(outcome.rendition.path);
      expect(made.frames).toBe(outcome.rendition.frames);
      if ('rendition' in hostile && hostile.rendition.frames)
        expect(made.frames).toBe(hostile.rendition.frames);
      expect(Math.abs(made.seconds * 1000 - outcome.facts.durationMs)).toBeLessThan(34);
      const written = readdirSync(out).map((file) => readFileSync(join(out, file), 'latin1'));
      expect(written.some((bytes) => foreign.some((text) => bytes.includes(text)))).toBe(false);
    } else {
      // A refusal leaves nothing that could be taken for a video.
      expect(readdirSync(directory).includes(`${hostile.file}.out`) ? readdirSync(out) : []).toEqual([]);
      expect(
        await engine.probe(path).then((probe) => !probe.ok || outcome.refusal.code === 'broken_file'),
      ).toBe(true);
    }
    // Reading would have moved the time of last access (relatime: it is older than the last change by far).
    expect(knocks).toBe(0);
    expect(statSync(canaryPath).atimeMs).toBe(longAgo.getTime());
  },
);

test('the canary is worth its name: read directly, it is a video and its access time moves', async () => {
  expect(await engine.probe(canaryPath)).toMatchObject({ ok: true });
});

test('60.02 s pass where 60 are allowed, 61 are too long, by facts and with numbers', async () => {
  const limits = { maxDurationMs: 2000, durationToleranceMs: 200 };
  const options = { width: 64, height: 64, fps: [50, 1] as [number, number] };
  const [close, over] = [join(directory, 'close.mp4'), join(directory, 'over.mp4')];
  await makeClip(close, { ...options, durationMs: 2020 });
  await makeClip(over, { ...options, durationMs: 2500 });
  expect(await engine.probe(close, { limits })).toMatchObject({ ok: true, facts: { durationMs: 2020 } });
  expect(await engine.probe(over, { limits })).toEqual({
    ok: false,
    refusal: { code: 'too_long', details: { durationMs: 2500, limitMs: 2000 } },
  });
});
