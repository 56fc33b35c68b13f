/** How long is stage A for a hard phone clip? 15 s, 1080×1920, 30 frames a second, about 17 Mb/s, with pans,
 * shake, grain and sound. The target is one second of work a second of clip on two cores. Prints JSON; where an
 * `ffmpeg` program is on the path it does the same encode in the same run, as a reference.
 *
 *   node bench/stage-a.ts [--runs 3] [--clip file] [--stages abc]
 *
 * With `--clip` the file is used, or made there when it does not exist (painting it takes about a minute).
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createMediaEngine } from '../server/platform/media-engine/media-engine.ts';
import { type ClipPlanes, lcg, makeClip } from '../server/testing/clips.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    clip: { type: 'string' },
    stages: { type: 'string', default: 'a' },
  },
});
const directory = await mkdtemp(join(tmpdir(), 'kinora-stage-a-'));
const durationMs = 15_000;

try {
  const clip = values.clip ?? join(directory, 'hard.mp4');
  if (!existsSync(clip)) await makeHardClip(clip);
  const peaks: number[] = [];
  const engine = createMediaEngine({
    niceness: 0,
    log: { info: (facts) => peaks.push(Number(facts.peakBytes)), warn: () => {} },
  });
  const runs = Math.max(1, Number(values.runs));
  const probeMs = await times(runs, () => engine.probe(clip));
  const stages: Record<string, unknown> = {};
  for (const letter of values.stages) {
    const stage = letter === 'a' ? engine.stageA : letter === 'b' ? engine.stageB : engine.stageC;
    peaks.length = 0;
    const measured = await times(letter === 'a' ? runs : 1, () => stage(clip, join(directory, letter)));
    const wallMs = median(measured.map((run) => run.wallMs));
    stages[letter] = {
      wallMs: Math.round(wallMs),
      cpuMs: Math.round(median(measured.map((run) => run.cpuMs))),
      wallPerClipSecond: round(wallMs / measured[0]!.clipMs),
      peakMb: Math.round(Math.max(...peaks) / 1e6),
      allWallMs: measured.map((run) => Math.round(run.wallMs)),
      bytes: measured[0]!.bytes,
    };
  }
  const facts = await engine.probe(clip);
  await engine.close();
  const reference = referenceEncode(clip);
  const ours = (stages.a as { wallMs: number } | undefined)?.wallMs;
  console.log(
    JSON.stringify(
      {
        figure: 'stage-a',
        cores: availableParallelism(),
        clip: facts.ok ? { ...facts.facts, colour: undefined } : facts,
        runs,
        probeMs: Math.round(median(probeMs.map((run) => run.wallMs))),
        stages,
        reference:
          reference && ours
            ? { ...reference, oursOverReference: round(ours / reference.wallMs) }
            : 'no ffmpeg program on the path',
      },
      null,
      2,
    ),
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}

type Run = { wallMs: number; cpuMs: number; clipMs: number; bytes: number };

async function times(runs: number, work: () => Promise<{ ok: boolean }>): Promise<Run[]> {
  const measured: Run[] = [];
  for (let run = 0; run < runs; run++) {
    const cpuBefore = await childCpuMs();
    const startedAt = performance.now();
    const outcome = (await work()) as {
      ok: boolean;
      refusal?: unknown;
      facts?: { durationMs: number };
      rendition?: { bytes: number };
      renditions?: Array<{ bytes: number }>;
    };
    const wallMs = performance.now() - startedAt;
    if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
    measured.push({
      wallMs,
      cpuMs: (await childCpuMs()) - cpuBefore,
      clipMs: outcome.facts?.durationMs ?? durationMs,
      bytes: outcome.rendition?.bytes ?? outcome.renditions?.reduce((sum, one) => sum + one.bytes, 0) ?? 0,
    });
  }
  return measured;
}

/** CPU time of children that have ended, from /proc (fields 16 and 17, in hundredths of a second). */
async function childCpuMs(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'latin1').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) * 10;
}

function referenceEncode(clip: string): { wallMs: number; program: string } | null {
  if (spawnSync('ffmpeg', ['-version']).status !== 0) return null;
  const picture = 'scale=540:960:out_color_matrix=bt709:out_range=tv,format=yuv420p';
  const args = [
    '-v',
    'error',
    '-y',
    '-i',
    clip,
    '-vf',
    picture,
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '26',
  ];
  args.push('-maxrate', '1.2M', '-bufsize', '2.4M', '-g', '60', '-keyint_min', '60', '-sc_threshold', '0');
  args.push('-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart', join(directory, 'reference.mp4'));
  const startedAt = performance.now();
  const ended = spawnSync('ffmpeg', args, { stdio: 'inherit' });
  return ended.status === 0 ? { wallMs: Math.round(performance.now() - startedAt), program: 'ffmpeg' } : null;
}

/** A large painted wall seen by a hand that pans and shakes, through a grainy sensor. */
async function makeHardClip(path: string): Promise<void> {
  const [wallWidth, wallHeight] = [2400, 3200];
  const random = lcg(11);
  const wall = new Uint8Array(wallWidth * wallHeight);
  for (let y = 0; y < wallHeight; y++) {
    for (let x = 0; x < wallWidth; x++) {
      const bricks = ((x >> 5) + (y >> 4)) & 1 ? 24 : 0;
      wall[y * wallWidth + x] =
        70 +
        bricks +
        45 * Math.sin(x / 37) * Math.cos(y / 53) +
        20 * Math.sin((x * y) / 9000) +
        random() * 28;
    }
  }
  const grain = Int8Array.from({ length: 1 << 20 }, () => (random() + random() + random() - 1.5) * 9);
  const paint = ({ luma, cb, cr }: ClipPlanes, width: number, height: number, index: number) => {
    const shake = (speed: number) => Math.round(6 * Math.sin(index * speed) + random() * 5);
    const left = Math.min(
      wallWidth - width,
      Math.max(0, Math.round(600 + 550 * Math.sin(index / 45)) + shake(0.9)),
    );
    const top = Math.min(
      wallHeight - height,
      Math.max(0, Math.round(600 + 500 * Math.cos(index / 70)) + shake(0.7)),
    );
    let at = Math.floor(random() * grain.length);
    for (let y = 0; y < height; y++) {
      const from = (y + top) * wallWidth + left;
      const to = y * width;
      for (let x = 0; x < width; x++)
        luma[to + x] = (wall[from + x] as number) + (grain[at++ & 0xfffff] as number);
    }
    const chromaWidth = (width + 1) >> 1;
    for (let index2 = 0; index2 < cb.length; index2++) {
      const x = (index2 % chromaWidth) + (left >> 1);
      cb[index2] = 110 + ((x >> 4) & 31);
      cr[index2] = 120 + (((index2 / chromaWidth + (top >> 1)) >> 5) & 31);
    }
  };
  await makeClip(path, {
    width: 1080,
    height: 1920,
    fps: [30, 1],
    durationMs,
    sound: { kind: 'beat', levelDb: -12 },
    bitrate: 17_000_000,
    preset: 'veryfast',
    bFrames: 2,
    gopFrames: 60,
    paint,
  });
}
