import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeClip } from '../../testing/clips.ts';
import { createMediaEngine } from './media-engine.ts';

let directory: string;
let clip: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kinora-engine-process-'));
  clip = join(directory, 'clip.mp4');
  // Long enough in the making that a test can step in while it runs.
  await makeClip(clip, {
    width: 960,
    height: 540,
    fps: [30, 1],
    durationMs: 12_000,
    sound: { kind: 'sine', levelDb: -20 },
  });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Children of this process that still live. */
function children(): number[] {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
  );
}
const isGone = (pid: number) =>
  !existsSync(`/proc/${pid}`) || /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));

/** Starts stage A and hands on the child's pid once frames are being made. */
function startStageA(engine: ReturnType<typeof createMediaEngine>, outDir: string, signal?: AbortSignal) {
  const before = new Set(children());
  let started: (pid: number) => void;
  const working = new Promise<number>((resolve) => {
    started = resolve;
  });
  const outcome = engine.stageA(clip, outDir, {
    signal,
    onProgress: () => started(children().find((pid) => !before.has(pid)) ?? 0),
  });
  outcome.catch(() => {}); // awaited by the test, later
  return { working, outcome };
}

describe.skipIf(process.platform !== 'linux')('a job lives in a process of its own', () => {
  test('an abort ends it at once, with the reason given, and leaves no file', async () => {
    const engine = createMediaEngine();
    const stop = new AbortController();
    const { working, outcome } = startStageA(engine, join(directory, 'aborted'), stop.signal);
    const pid = await working;
    expect(readdirSync(join(directory, 'aborted')).some((name) => name.startsWith('.part-'))).toBe(true);
    stop.abort(new Error('the creator went away'));
    await expect(outcome).rejects.toThrow('the creator went away');
    expect(isGone(pid)).toBe(true);
    expect(readdirSync(join(directory, 'aborted'))).toEqual([]);
    await expect(engine.probe(clip, { signal: stop.signal })).rejects.toThrow('the creator went away');
    await engine.close();
  });

  test('a crash of the child is an answer, and the next call works', async () => {
    const engine = createMediaEngine();
    const { working, outcome } = startStageA(engine, join(directory, 'crashed'));
    process.kill(await working, 'SIGSEGV');
    expect(await outcome).toMatchObject({
      ok: false,
      refusal: { code: 'engine_crashed', details: { signal: 'SIGSEGV' } },
    });
    expect(readdirSync(join(directory, 'crashed'))).toEqual([]);
    expect(await engine.probe(clip)).toMatchObject({ ok: true });
    await engine.close();
  });

  test('too much time and too much memory end it with a code of their own', async () => {
    const engine = createMediaEngine();
    const slow = await engine.probe(clip, { limits: { probeWallMs: 20 } });
    expect(slow).toMatchObject({ ok: false, refusal: { code: 'engine_timeout', details: { limitMs: 20 } } });
    const slowEncode = await engine.stageA(clip, join(directory, 'slow'), {
      limits: { encodeWallBaseMs: 100, encodeWallPerSecondMs: 1 },
    });
    expect(slowEncode).toMatchObject({ ok: false, refusal: { code: 'engine_timeout' } });
    const large = await engine.stageA(clip, join(directory, 'large'), {
      limits: { maxMemoryBytes: 90 * 1024 * 1024 },
    });
    expect(large).toMatchObject({ ok: false, refusal: { code: 'engine_out_of_memory' } });
    await engine.close();
  });

  test('closing ends what runs and refuses what comes', async () => {
    const engine = createMediaEngine();
    const { working, outcome } = startStageA(engine, join(directory, 'closed'));
    const pid = await working;
    await engine.close();
    await expect(outcome).rejects.toThrow('closed');
    expect(isGone(pid)).toBe(true);
    await expect(engine.probe(clip)).rejects.toThrow('closed');
  });

  test('it sees nothing of the environment and holds few files open', async () => {
    process.env.KINORA_TEST_SECRET = 'a-secret-of-the-server';
    const engine = createMediaEngine({ limits: { maxOpenFiles: 96 } });
    const { working, outcome } = startStageA(engine, join(directory, 'environment'));
    const pid = await working;
    expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).not.toContain('a-secret-of-the-server');
    expect(readFileSync(`/proc/${pid}/limits`, 'latin1')).toMatch(/Max open files\s+96\s/);
    expect(readFileSync(`/proc/${pid}/limits`, 'latin1')).toMatch(/Max core file size\s+0\s/);
    delete process.env.KINORA_TEST_SECRET;
    await engine.close();
    await outcome.catch(() => {}); // closing rejected it, as the test above shows
  });

  test('encoding AV1 leaves no thread of it in real-time scheduling, even as root', async () => {
    const engine = createMediaEngine();
    const before = new Set(children());
    let policies: string[] = [];
    const seen = new AbortController();
    const made = engine.stageC(clip, join(directory, 'av1'), {
      signal: seen.signal,
      onProgress: () => {
        const pid = children().find((child) => !before.has(child));
        if (!pid || policies.length > 0) return;
        // Field 41 of stat is the policy; 0 is the ordinary one.
        policies = readdirSync(`/proc/${pid}/task`).map(
          (task) =>
            readFileSync(`/proc/${pid}/task/${task}/stat`, 'latin1').split(') ')[1]!.split(' ')[38] as string,
        );
        seen.abort();
      },
    });
    await made.catch(() => {});
    expect(new Set(policies)).toEqual(new Set(['0']));
    await engine.close();
  });

  test('it dies with a parent that was killed, and the next job sweeps what it left', async () => {
    const outDir = join(directory, 'orphan');
    const door = new URL('./media-engine.ts', import.meta.url).href;
    const script = `
      import { readdirSync, readFileSync } from 'node:fs';
      import { createMediaEngine } from ${JSON.stringify(door)};
      const children = () => readdirSync('/proc/self/task').flatMap((task) =>
        readFileSync('/proc/self/task/' + task + '/children', 'latin1').split(' ').filter(Boolean));
      createMediaEngine().stageA(${JSON.stringify(clip)}, ${JSON.stringify(outDir)}, {
        onProgress: () => console.log(children().join()),
      });`;
    const parent = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number.parseInt(String(line), 10);
    expect(isGone(pid)).toBe(false);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isGone(pid)).toBe(true), { timeout: 5000, interval: 20 });

    expect(readdirSync(outDir)).not.toContain('540.mp4');
    const engine = createMediaEngine();
    expect(await engine.poster(clip, 0, outDir)).toMatchObject({ ok: true });
    expect(readdirSync(outDir).sort()).toEqual(['poster.jpg', 'poster.webp']);
    await engine.close();
  });

  test('a path that is missing, a directory or a pipe is no video, and waits for nobody', async () => {
    const engine = createMediaEngine();
    expect(await engine.probe(directory)).toMatchObject({ ok: false, refusal: { code: 'not_a_video' } });
    await expect(engine.probe(join(directory, 'missing.mp4'))).rejects.toThrow('ENOENT');
    await engine.close();
  });
});
