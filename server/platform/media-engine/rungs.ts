/** Which renditions a source gets and how each is encoded. Pure. A rung is named by its short side: 540 is
 * 540×960 upright and 960×540 lying. No rung has more lines than the source. Figures: the measured table of the
 * design (veryfast; the caps hold noise and confetti in check). */

import type { MediaFacts, RungName, VideoCodec } from './engine.types.ts';
import { perSecond, type Rate, renditionRate, type SourceRate } from './frame-clock.ts';

export type RungPlan = {
  rung: RungName;
  codec: VideoCodec;
  width: number;
  height: number;
  rate: Rate;
  crf: number;
  maxBitrate: number;
  /** Frames between key frames: two seconds. */
  gopFrames: number;
};

const seed: Record<RungName, { lines: number; h264: [number, number]; av1: [number, number] }> = {
  '540': { lines: 540, h264: [26, 1_200_000], av1: [36, 900_000] },
  '720': { lines: 720, h264: [25, 2_200_000], av1: [36, 1_600_000] },
  '1080': { lines: 1080, h264: [24, 4_500_000], av1: [35, 3_200_000] },
};

/** Up to here a picture that a browser coded is carried as it is: its coder needs more bits for as good a picture. */
export const keptBitrate = 3_000_000;

export function stageRungs(stage: 'a' | 'b' | 'c', facts: Pick<MediaFacts, 'width' | 'height'>): RungName[] {
  const lines = Math.min(facts.width, facts.height);
  if (stage === 'a') return ['540'];
  if (stage === 'c') return lines > 540 ? ['540', '720'] : ['540'];
  const rungs: RungName[] = [];
  if (lines > 540) rungs.push('720');
  if (lines > 720) rungs.push('1080');
  return rungs;
}

export function planRung(
  rung: RungName,
  codec: VideoCodec,
  facts: Pick<MediaFacts, 'width' | 'height'>,
  source: SourceRate,
): RungPlan {
  const { lines, [codec]: quality } = seed[rung];
  const rate = renditionRate(source, lines <= 720 ? 60 : 30);
  const fast = perSecond(rate) > 31;
  return {
    rung,
    codec,
    ...fitLines(facts.width, facts.height, lines),
    rate,
    crf: quality[0],
    maxBitrate: Math.round(quality[1] * (fast ? 1.5 : 1)),
    gopFrames: Math.max(1, Math.round(perSecond(rate) * 2)),
  };
}

/** Even sizes that keep the shape; a ribbon is held by its long side (32:9 of the rung), so that no shape makes
 * a huge picture. */
export function fitLines(width: number, height: number, lines: number): { width: number; height: number } {
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  const scale = Math.min(1, lines / short, (lines * 32) / 9 / long);
  const even = (side: number) => Math.max(16, Math.round((side * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/** H.264 Annex A, table A-1: level, macroblocks per second, macroblocks per frame, bit rate for High (kbit/s). */
const h264Levels: Array<[level: number, perSecond: number, perFrame: number, kbps: number]> = [
  [30, 40_500, 1_620, 12_500],
  [31, 108_000, 3_600, 17_500],
  [32, 216_000, 5_120, 25_000],
  [40, 245_760, 8_192, 25_000],
  [42, 522_240, 8_704, 62_500],
  [51, 983_040, 36_864, 300_000],
];

export function h264Level(plan: Pick<RungPlan, 'width' | 'height' | 'rate' | 'maxBitrate'>): number {
  const across = Math.ceil(plan.width / 16);
  const down = Math.ceil(plan.height / 16);
  const blocks = across * down;
  const longestSide = Math.max(across, down);
  const found = h264Levels.find(
    ([, rate, frame, kbps]) =>
      blocks <= frame &&
      longestSide <= Math.sqrt(8 * frame) &&
      blocks * perSecond(plan.rate) <= rate &&
      plan.maxBitrate <= kbps * 1000,
  );
  return (found ?? (h264Levels.at(-1) as (typeof h264Levels)[number]))[0];
}
