/** Carries out one order inside the child process. */

import { join } from 'node:path';
import type { EngineLimits, Rendition, StageAResult } from './engine.types.ts';
import { type EngineJob, outputDirectory } from './engine-orders.ts';
import { readSource, type SourceReading } from './facts.ts';
import { packageHls } from './hls.ts';
import { keepPicture, keepsPicture } from './kept-picture.ts';
import { dub, lay } from './lay.ts';
import { listen } from './listen.ts';
import { prepareDirectory } from './pending-file.ts';
import { createPosterChooser, posterAt, storyboard, writePoster } from './poster.ts';
import { planRung, stageRungs } from './rungs.ts';
import { silence } from './silence.ts';
import { measureSound } from './sound.ts';
import { type OpenSource, openSource } from './source.ts';
import { transcode } from './transcode.ts';
import { transcribe } from './whisper.ts';

export type JobTools = {
  limits: EngineLimits;
  threads: number;
  onProgress: (fraction: number) => void;
  /** The source's real duration, as soon as it is known: the parent sets the wall time by it. */
  onDuration: (durationMs: number) => void;
  breathe: () => Promise<void>;
};

export async function runJob(job: EngineJob, tools: JobTools): Promise<unknown> {
  const directory = outputDirectory(job);
  if (directory) prepareDirectory(directory);
  if (job.kind === 'packageHls') {
    tools.onDuration(Math.max(0, ...job.renditions.map((rendition) => rendition.durationMs)));
    return packageHls(job.renditions, job.outDir, tools.onProgress);
  }
  if (job.kind === 'listen') return listen(job.path, job.outPath, tools);
  if (job.kind === 'lay') return lay(job.path, job.durationMs, job.outPath, tools);
  if (job.kind === 'dub') return dub(job.path, job.soundPath, job.outPath);
  if (job.kind === 'silence') return silence(job.path, job.outPath);
  const source = openSource(job.path, tools.limits);
  const reading = readSource(source, tools.limits);
  tools.onDuration(reading.facts.durationMs);
  await tools.breathe();
  const { limits, threads } = tools;
  switch (job.kind) {
    case 'probe':
      return { facts: reading.facts };
    case 'stageA':
      return stageA(source, reading, job.outDir, job.coverAtMs, tools);
    case 'stageB':
      return renditions(source, reading, job.outDir, 'b', tools);
    case 'stageC':
      return renditions(source, reading, job.outDir, 'c', tools);
    case 'poster':
      return posterAt(source, reading, limits, threads, job.atMs, posterPaths(job.outDir));
    case 'transcribe':
      return transcribe(source, reading, limits, job, tools.onProgress);
    case 'storyboard':
      return storyboard(source, reading, limits, threads, job.outPath, job.tiles, job.tileShortSidePx);
  }
}

const posterPaths = (directory: string) => ({
  webp: join(directory, 'poster.webp'),
  jpeg: join(directory, 'poster.jpg'),
});

async function stageA(
  source: OpenSource,
  reading: SourceReading,
  outDir: string,
  coverAtMs: number | null,
  tools: JobTools,
): Promise<StageAResult> {
  const { facts } = reading;
  const measured = facts.hasSound ? measureSound(source, reading, tools.limits) : null;
  const plan = planRung('540', 'h264', facts, reading.rate);
  const chooser = createPosterChooser(coverAtMs === null ? null : coverAtMs / 1000);
  const slotSeconds = plan.rate.den / plan.rate.num;
  const [rendition] = await transcode({
    source,
    reading,
    rungs: [{ plan, path: join(outDir, '540.mp4') }],
    soundChain: measured ? measured.chain : null,
    watch: (frame, atSeconds, slots) => chooser.watch(frame, atSeconds, slots * slotSeconds),
    ...tools,
  });
  const { frame, atMs } = chooser.chosen();
  const { thumbhash, ...poster } = writePoster(frame, atMs, posterPaths(outDir));
  return {
    facts,
    rendition: rendition as Rendition,
    poster,
    thumbhash,
    loudness: measured?.loudness ?? null,
    ...chooser.sums(),
    silentShare: measured?.silentShare ?? null,
  };
}

async function renditions(
  source: OpenSource,
  reading: SourceReading,
  outDir: string,
  stage: 'b' | 'c',
  tools: JobTools,
) {
  const { facts } = reading;
  const codec = stage === 'b' ? 'h264' : 'av1';
  const rungs = stageRungs(stage, facts).map((rung) => ({
    plan: planRung(rung, codec, facts, reading.rate),
    path: join(outDir, codec === 'h264' ? `${rung}.mp4` : `${rung}.av1.mp4`),
  }));
  if (rungs.length === 0) return { facts, renditions: [] };
  const soundChain = facts.hasSound ? measureSound(source, reading, tools.limits).chain : null;
  const order = { source, reading, soundChain, ...tools };
  const keeps = rungs.filter(({ plan }) => keepsPicture(source, reading, plan));
  const makes = rungs.filter((rung) => !keeps.includes(rung));
  const kept: Rendition[] = [];
  for (const rung of keeps) kept.push(await keepPicture({ ...order, ...rung }));
  return {
    facts,
    renditions: [...kept, ...(makes.length > 0 ? await transcode({ ...order, rungs: makes }) : [])],
  };
}
