/** Sends damaged files to the engine and counts what becomes of them. Clips of every container and the hostile
 * corpus are mutated (bits flipped, pieces cut out, doubled or spliced in from another file, numbers in headers
 * set to extremes); each goes through `probe`, and what passes goes on to stage A. Prints JSON. What must be
 * zero: rejected calls (bugs of ours), hangs (longer than the engine's own limit), memory over the limit. Ended
 * children (`engine_…`) are the walls holding. The seed makes a run repeatable; a finding is kept with --keep.
 *
 *   node bench/fuzz-probe.ts [--seconds 60] [--seed 1] [--keep directory]
 */

import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createMediaEngine } from '../server/platform/media-engine/media-engine.ts';
import { type ClipOptions, lcg, makeClip } from '../server/testing/clips.ts';
import { hostileFiles, writeHostileFile } from '../server/testing/hostile-files.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
});
const extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
const seed = Number(values.seed);
const directory = await mkdtemp(join(tmpdir(), 'kinora-fuzz-'));
const probeWallMs = 10_000;
const stageWallMs = 15_000;
const limits = { probeWallMs, encodeWallCapMs: stageWallMs, maxMemoryBytes: 1024 * 1024 * 1024 };
let peakBytes = 0;
const engine = createMediaEngine({
  threads: 1,
  limits,
  log: {
    info: (facts) => {
      peakBytes = Math.max(peakBytes, Number(facts.peakBytes));
    },
    warn: () => {},
  },
});

try {
  const corpus = await buildCorpus();
  const counts: Record<string, number> = {};
  const rejected: string[] = [];
  let hangs = 0;
  let files = 0;
  let slowestMs = 0;
  const until = performance.now() + Number(values.seconds) * 1000;
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };

  const lane = async (laneNumber: number) => {
    const random = lcg(seed * 1000 + laneNumber);
    for (let round = 0; performance.now() < until; round++) {
      const path = join(directory, `fuzz-${laneNumber}`);
      const out = join(directory, `out-${laneNumber}`);
      await writeFile(path, mutate(corpus, random));
      files++;
      const startedAt = performance.now();
      try {
        const probed = await engine.probe(path);
        count(probed.ok ? 'probe: accepted' : `probe: ${probed.refusal.code}`);
        let notable = !probed.ok && probed.refusal.code.startsWith('engine_');
        if (probed.ok) {
          const staged = await engine.stageA(path, out);
          count(staged.ok ? 'stage A: made' : `stage A: ${staged.refusal.code}`);
          notable = !staged.ok && staged.refusal.code.startsWith('engine_');
        }
        if (notable) await keep(path, `${laneNumber}-${round}`);
      } catch (error) {
        rejected.push(String((error as Error).message).slice(0, 200));
        await keep(path, `${laneNumber}-${round}-rejected`);
      }
      const wallMs = performance.now() - startedAt;
      slowestMs = Math.max(slowestMs, wallMs);
      if (wallMs > probeWallMs * 2 + stageWallMs + 5_000) hangs++;
      await rm(out, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, (_, index) => lane(index)));
  const ended = Object.entries(counts).reduce(
    (sum, [name, number]) => sum + (name.includes('engine_') ? number : 0),
    0,
  );
  console.log(
    JSON.stringify(
      {
        figure: 'fuzz-probe',
        seconds: Number(values.seconds),
        seed,
        corpus: corpus.length,
        files,
        serverCrashes: 0, // this line would not be printed otherwise: the engine runs in this process
        hangs,
        rejected: rejected.length,
        rejections: [...new Set(rejected)],
        childrenEndedByTheWalls: ended,
        slowestMs: Math.round(slowestMs),
        peakChildMb: Math.round(peakBytes / 1e6),
        outcomes: Object.fromEntries(Object.entries(counts).sort()),
      },
      null,
      2,
    ),
  );
  if (hangs > 0 || rejected.length > 0) process.exitCode = 1;
} finally {
  await engine.close();
  await rm(directory, { recursive: true, force: true });
}

async function keep(path: string, name: string): Promise<void> {
  if (!values.keep) return;
  await mkdir(values.keep, { recursive: true });
  await copyFile(path, join(values.keep, `seed-${seed}-${name}`));
}

async function buildCorpus(): Promise<Buffer[]> {
  const folder = join(directory, 'corpus');
  await mkdir(folder);
  const card: ClipOptions = { width: 96, height: 64, fps: [30, 1], durationMs: 600, gopFrames: 8 };
  const tone = { kind: 'sine', levelDb: -20 } as const;
  const clips: ClipOptions[] = [
    { ...card, sound: tone, bFrames: 2 },
    { ...card, sound: tone, container: 'mov', rotation: 90, faststart: false },
    { ...card, codec: 'hevc', hdr: 'pq' },
    { ...card, codec: 'prores', container: 'mov' },
    { ...card, sound: { ...tone, codec: 'libopus' }, codec: 'vp8', container: 'webm' },
    { ...card, codec: 'vp9', container: 'webm' },
    { ...card, sound: { ...tone, codec: 'libmp3lame' }, container: 'matroska' },
    { ...card, sound: { ...tone, codec: 'pcm_s16le' }, codec: 'mpeg4', container: 'avi' },
    { ...card, codec: 'mjpeg', container: 'avi' },
    { ...card, sound: tone, container: 'mpegts' },
    { ...card, sound: tone, container: 'flv' },
    { ...card, sound: { ...tone, channels: 6 } },
  ];
  for (const [index, options] of clips.entries()) await makeClip(join(folder, `clip-${index}`), options);
  await engine.stageC(join(folder, 'clip-0'), join(folder, 'av1'));
  const hostile = join(folder, 'hostile');
  await mkdir(hostile);
  const context = { canaryPath: '/dev/null', canaryUrl: 'http://127.0.0.1:9' };
  for (const name of Object.keys(hostileFiles)) await writeHostileFile(name, hostile, context);
  const all = await Promise.all(
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(join(entry.parentPath, entry.name))),
  );
  return all.filter((bytes) => bytes.length > 16 && bytes.length < 2_000_000);
}

function mutate(corpus: Buffer[], random: () => number): Buffer {
  const pick = (length: number) => Math.floor(random() * length);
  let bytes = Buffer.from(corpus[pick(corpus.length)] as Buffer);
  /** Headers decide more than payload: half of the changes go into the first and last kilobytes. */
  const place = () => {
    const near = Math.min(bytes.length, 2048);
    const where = random();
    return where < 0.4 ? pick(near) : where < 0.6 ? bytes.length - 1 - pick(near) : pick(bytes.length);
  };
  for (let change = 1 + pick(8); change > 0 && bytes.length > 16; change--) {
    const at = place();
    switch (pick(6)) {
      case 0:
        for (let flips = 1 + pick(16); flips > 0; flips--) bytes[place()]! ^= 1 << pick(8);
        break;
      case 1:
        if (at + 4 <= bytes.length) bytes.writeUInt32BE(extremes[pick(extremes.length)] as number, at);
        break;
      case 2:
        bytes = bytes.subarray(0, Math.max(16, at));
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + pick(512))]);
        break;
      case 4:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          bytes.subarray(at, at + pick(4096)),
          bytes.subarray(at),
        ]);
        break;
      default: {
        const other = corpus[pick(corpus.length)] as Buffer;
        const from = pick(other.length);
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          other.subarray(from, from + pick(4096)),
          bytes.subarray(at),
        ]);
      }
    }
  }
  return bytes;
}
