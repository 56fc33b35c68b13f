/**
 * Which of a video's files to play: one choice before it starts, never changed while it plays. Pure.
 * 540 below 2.5 Mb/s is measured (a 540 file needs at most 1.2 Mb/s, and twice that leaves room for the next video);
 * 1080 files may take 4.5 Mb/s, hence 8.
 */
import type { Rendition } from '../../contract/videos.ts';

export type Circumstances = {
  /** Measured throughput; null while nothing was measured. */
  mbps: number | null;
  /** The viewer asked for few bytes: the smallest file, whatever the line can do. */
  saveData: boolean;
  /** Short side of the picture on this screen, in device pixels: more than that nobody can see. */
  shortSidePx: number;
  /** The browser said that it probably plays AV1. */
  av1: boolean;
};

export function chooseRendition(
  renditions: readonly Rendition[],
  { mbps, saveData, shortSidePx, av1 }: Circumstances,
): Rendition | null {
  const byRung = new Map<number, Rendition>();
  for (const rendition of renditions) {
    if (rendition.codec === 'av1' && !av1) continue;
    const known = byRung.get(rendition.rung);
    if (!known || rendition.bytes < known.bytes) byRung.set(rendition.rung, rendition);
  }
  const rungs = [...byRung.keys()].sort((a, b) => a - b);
  const smallest = rungs[0];
  if (smallest === undefined) return null;
  const enough = rungs.find((rung) => rung >= shortSidePx) ?? Number.POSITIVE_INFINITY;
  const most = saveData ? smallest : Math.min(rungOfThroughput(mbps), enough);
  const chosen = rungs.filter((rung) => rung <= most).at(-1) ?? smallest;
  return byRung.get(chosen) ?? null;
}

function rungOfThroughput(mbps: number | null): number {
  if (mbps === null || mbps < 2.5) return 540;
  return mbps < 8 ? 720 : 1080;
}

/** Throughput as a mean that forgets: a large download says more than a small one, a new one more than an old one. */
export function createThroughput(firstGuessMbps: number | null) {
  let mbps = firstGuessMbps;
  return {
    add(bytes: number, tookMs: number): void {
      // Small or instant answers came from a cache or measure only the delay.
      if (bytes < 50_000 || tookMs < 8) return;
      const sample = (bytes * 8) / 1000 / tookMs;
      const weight = Math.min(0.6, bytes / 1_500_000 + 0.2);
      mbps = mbps === null ? sample : mbps * (1 - weight) + sample * weight;
    },
    mbps: (): number | null => mbps,
  };
}
export type Throughput = ReturnType<typeof createThroughput>;
