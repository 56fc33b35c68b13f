/**
 * What the figures of the browser stand on: the real program with a handful of videos as heavy as real ones (fine grain,
 * so that no encoder makes them small), and the summary of a row of numbers. Knows no figure.
 */
import { cpus, loadavg } from 'node:os';
import { clip, openPerson } from '../e2e/community.ts';
import { type Server, startServer } from '../e2e/stage.ts';
import { type ClipPlanes, lcg } from '../server/testing/clips.ts';
import { build } from '../tools/prepare.mjs';

export async function startCommunity(videos: number, durationMs = 8000): Promise<Server> {
  build();
  const server = await startServer();
  const creator = await openPerson(server, 'bench_maker');
  for (let video = 0; video < videos; video++)
    await creator.published(
      await clip({
        width: 540,
        height: 960,
        fps: [24, 1],
        durationMs,
        paint: grainOver(video),
        preset: 'veryfast',
      }),
      { caption: `Bench ${video} #bench` },
    );
  return server;
}

/** A light that wanders over a colour of its own, under grain like that of a phone in the evening. */
function grainOver(video: number) {
  const random = lcg(video + 1);
  const grain = Int8Array.from({ length: 700_000 }, () => (random() - 0.5) * 14);
  return ({ luma, cb, cr }: ClipPlanes, width: number, height: number, index: number): void => {
    cb.fill(128 + 40 * Math.cos(video));
    cr.fill(128 + 40 * Math.sin(video));
    const shift = (index * 7919) % 150_000;
    for (let y = 0; y < height; y++) {
      const light = 70 + 90 * Math.exp(-(((y - height * (0.3 + (index % 96) / 240)) / width) ** 2) * 5);
      for (let x = 0; x < width; x++) luma[y * width + x] = light + grain[shift + y * width + x]!;
    }
  };
}

export function summary(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), most: Math.round(sorted.at(-1) ?? 0) };
}

/** The same program on a busy machine gives other figures: what else was going on belongs to each. */
export const circumstances = () => ({
  cores: cpus().length,
  load: loadavg().map((one) => Math.round(one * 10) / 10),
});
