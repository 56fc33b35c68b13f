import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeClip } from '../../testing/clips.ts';
import { readMedia } from '../../testing/media-reading.ts';
import { createLog } from '../log.ts';
import { findChromium } from './chromium.ts';
import { fileMaterial, shortList as list } from './rendering.fixture.ts';
import { openRendering } from './rendering.ts';

const webFolder = resolve(import.meta.dirname, '../../../build/web');
const program = await findChromium(process.env.CHROMIUM ?? null);
const why = !program
  ? 'there is no Chromium here'
  : existsSync(join(webFolder, 'render.html'))
    ? null
    : 'the web is not built';
const withBrowser = (name: string, run: () => Promise<void>) =>
  test.skipIf(why)(why ? `${name} (not tried: ${why})` : name, run, 120_000);

let folder: string;
let clip: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-rendering-test-'));
  clip = join(folder, 'clip.mp4');
  await makeClip(clip, {
    ...{ width: 180, height: 320, fps: [30, 1], durationMs: 2000, codec: 'h264', bitrate: 1_000_000 },
    sound: { kind: 'sine', levelDb: -12, codec: 'aac' },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (chromium: string | null, more: object = {}) =>
  openRendering({
    config: { chromium, chromiumSandbox: 'on' },
    webFolder,
    scratch: folder,
    log: createLog('silent'),
    ...more,
  });
/** A program that stands where Chromium should, and is none. */
async function impostor(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  await chmod(folder, 0o755);
  return path;
}
const lodgings = async () =>
  (await readdir(join(folder, 'rendering')).catch(() => [])).map((name) => name.replace('.json', ''));
/** Every process that was started with one of these folders. */
async function living(names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const words = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
    if (names.some((name) => words.includes(name))) found.push(pid);
  }
  return found;
}
const nothingLeft = async (names: readonly string[]) => {
  await vi.waitFor(async () => expect(await living(names)).toEqual([]), { timeout: 10_000, interval: 100 });
  for (const name of names) expect(existsSync(join(tmpdir(), name))).toBe(false);
  expect(await lodgings()).toEqual([]);
};

const order = async (path = clip, durationMs = 1000) => ({
  ...{ list: list(durationMs), stickers: [], maxBytes: 50_000_000 },
  materials: [await fileMaterial('take', path)],
  folder: join(folder, 'made'),
});

describe('where nothing can be rendered, it says why', () => {
  test.each([
    ['its operator does not want it', 'off', 'turned_off'],
    ['the program that is named is not there', '/nowhere/chromium', 'no_browser'],
  ])('%s', async (_why, chromium, state) => {
    const rendering = open(chromium);
    expect(await rendering.state()).toBe(state);
    expect(await rendering.render(await order())).toEqual({
      ok: false,
      fault: { code: 'unavailable', details: { state } },
    });
    await rendering.close();
  });

  test('the web is not built', async () => {
    const rendering = open(await impostor('never-started', 'exit 0'), { webFolder: folder });
    expect(await rendering.state()).toBe('no_web');
  });

  test.skipIf(why === 'the web is not built')('the browser has no walls of its own', async () => {
    const rendering = open(
      await impostor('walls', 'echo "FATAL: No usable sandbox! Update your kernel" >&2; exit 1'),
    );
    expect(await rendering.state()).toBe('no_sandbox');
    await nothingLeft([]);
  });

  test.skipIf(why === 'the web is not built')('it hangs: it is ended, and its folder goes', async () => {
    const rendering = open(await impostor('hangs', 'sleep 600 & sleep 600'), { limits: { startMs: 300 } });
    const asked = rendering.state();
    await vi.waitFor(async () => expect(await lodgings()).toHaveLength(1), { interval: 5 });
    const names = await lodgings();
    expect(await asked).toBe('browser_unusable');
    await nothingLeft(names);
  });
});

describe('a browser of this machine', () => {
  withBrowser('makes the file that the list asks for, and nothing of it stays behind', async () => {
    const rendering = open(program);
    expect(await rendering.state()).toBe('on');
    const shares: number[] = [];
    const made = await rendering.render({ ...(await order()), onProgress: (share) => shares.push(share) });
    if (!made.ok) throw new Error(JSON.stringify(made.fault));
    const reading = await readMedia(made.path);
    expect(reading).toMatchObject({ frames: 30, width: 180, height: 320 });
    expect(reading.audioCodec).not.toBeNull();
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    expect(await readdir(join(folder, 'made'))).toEqual(['made.mp4']);
    await nothingLeft([]);
    await rendering.close();
  });

  withBrowser('says which material it cannot read, and that it lacks one', async () => {
    const rendering = open(program);
    const noVideo = join(folder, 'letter.mp4');
    await writeFile(noVideo, 'Dear reader, this is no video at all.');
    const made = await rendering.render(await order(noVideo));
    expect(made).toMatchObject({ ok: false, fault: { code: 'bad_material', details: { id: 'take' } } });
    const none = await rendering.render({ ...(await order()), materials: [] });
    expect(none).toMatchObject({ ok: false, fault: { code: 'bad_material', details: { id: 'take' } } });
    await rendering.close();
  });

  withBrowser('is ended when it takes too long, too much room, or is not wanted any more', async () => {
    const rendering = open(program, { limits: { wallPerSecondMs: 1, wallCapMs: 300 } });
    expect(await rendering.render(await order())).toMatchObject({ ok: false, fault: { code: 'timed_out' } });
    await rendering.close();
    const roomy = open(program);
    expect(await roomy.render({ ...(await order()), maxBytes: 1000 })).toMatchObject({
      ok: false,
      fault: { code: 'too_large' },
    });
    const stop = new AbortController();
    const under = roomy.render({
      ...{ ...(await order(clip, 2000)), signal: stop.signal },
      onProgress: () => stop.abort(new Error('not wanted')),
    });
    await expect(under).rejects.toThrow('not wanted');
    expect(await readdir(join(folder, 'made'))).not.toContain('.part-made.mp4');
    await roomy.close();
    const small = open(program, { limits: { memoryBytes: 1_000_000 } });
    expect(await small.state()).toBe('browser_unusable');
    await nothingLeft([]);
  });

  withBrowser('that is killed breaks one attempt and no more', async () => {
    const rendering = open(program);
    expect(await rendering.state()).toBe('on');
    let killed = false;
    const under = rendering.render({
      ...(await order(clip, 2000)),
      onProgress: async () => {
        if (killed) return;
        killed = true;
        const [line] = await readdir(join(folder, 'rendering'));
        const { browser } = JSON.parse(await readFile(join(folder, 'rendering', line!), 'utf8'));
        process.kill(browser, 'SIGKILL');
      },
    });
    expect(await under).toMatchObject({ ok: false, fault: { code: 'crashed' } });
    expect(await rendering.render(await order())).toMatchObject({ ok: true });
    await rendering.close();
  });

  withBrowser('dies with the server that is killed, and the next one removes its folder', async () => {
    const fixture = join(import.meta.dirname, 'rendering.fixture.ts');
    const server = spawn(process.execPath, ['--no-warnings', fixture, program!, webFolder, folder, clip], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((moving) => server.stdout.once('data', () => moving()));
    const names = await lodgings();
    expect(names).toHaveLength(1);
    expect((await living(names)).length).toBeGreaterThan(1);
    server.kill('SIGKILL');
    await vi.waitFor(async () => expect(await living(names)).toEqual([]), { timeout: 20_000, interval: 100 });
    const next = open('off');
    await next.close();
    await nothingLeft(names);
  });
});
