import type { FeedHealth, HealthFigures } from '../../../contract/desk.ts';
import { countOf, emptySketch, mergeInto } from '../../platform/sketch.ts';
import { addSums, type Sums } from './tally.rules.ts';

/** From sums to what the desk shows. Pure. A rate of nothing is null, never a zero that looks measured. */
export type CountedHour = { hourMs: number; sums: Sums; videos: Uint8Array; creators: Uint8Array };

const hourMs = 3_600_000;

/** Hours of one point of a chart: at most about sixty points. */
export function stepOf(hours: number): number {
  return [1, 3, 6, 12, 24, 48].find((step) => hours / step <= 60) ?? 48;
}

const rate = (part: number | undefined, whole: number | undefined): number | null =>
  whole ? (part ?? 0) / whole : null;

export function figuresOf(hours: readonly CountedHour[]): HealthFigures {
  const sums = totalOf(hours);
  const [videos, creators] = [emptySketch(), emptySketch()];
  for (const hour of hours) {
    mergeInto(videos, hour.videos);
    mergeInto(creators, hour.creators);
  }
  return {
    pages: sums.pages ?? 0,
    served: sums.served ?? 0,
    seen: sums.seen ?? 0,
    watchedMs: sums.watched_ms ?? 0,
    watchValue: rate(sums.value, sums.seen),
    skipRate: rate(sums.skips, sums.seen),
    likeRate: rate(sums.likes, sums.seen),
    shareRate: rate(sums.shares, sums.seen),
    followRate: rate(sums.follows, sums.seen),
    hideRate: rate(sums.hides, sums.seen),
    novelty: rate(sums.novel, sums.seen),
    newCreators: rate(sums.fresh, sums.seen),
    exploration: rate(sums.exploredServed, sums.served),
    videos: countOf(videos),
    creators: countOf(creators),
  };
}

export function totalOf(hours: readonly CountedHour[]): Sums {
  return hours.reduce((total, hour) => addSums(total, hour.sums), {} as Sums);
}

/** One point a step, also where nothing happened: a chart without holes says when it was quiet. */
export function seriesOf(
  hours: readonly CountedHour[],
  fromMs: number,
  toMs: number,
  stepHours: number,
): FeedHealth['slices'][number]['series'] {
  const stepMs = stepHours * hourMs;
  const points = new Map<number, CountedHour[]>();
  for (let at = fromMs; at < toMs; at += stepMs) points.set(at, []);
  for (const hour of hours)
    points.get(fromMs + Math.floor((hour.hourMs - fromMs) / stepMs) * stepMs)?.push(hour);
  return [...points].map(([at, own]) => ({ at: new Date(at).toISOString(), ...figuresOf(own) }));
}

export function sourcesOf(sums: Sums): FeedHealth['sources'] {
  return Object.entries(sums)
    .flatMap(([name, seen]) => {
      const source = /^source\.(\w+)\.seen$/.exec(name)?.[1];
      return source && seen > 0
        ? [{ source, seen, watchValue: (sums[`source.${source}.value`] ?? 0) / seen }]
        : [];
    })
    .sort((a, b) => b.seen - a.seen || (a.source < b.source ? -1 : 1));
}

export function calibrationOf(sums: Sums): FeedHealth['calibration'] {
  return Array.from({ length: 10 }, (_, bin) => bin).flatMap((bin) => {
    const seen = sums[`bin.${bin}.seen`] ?? 0;
    if (seen <= 0) return [];
    const [predicted, watched] = [sums[`bin.${bin}.predicted`] ?? 0, sums[`bin.${bin}.watched`] ?? 0];
    return [{ seen, predicted: predicted / seen, watched: Math.max(0, Math.min(1, watched / seen)) }];
  });
}

export function exploringOf(sums: Sums): FeedHealth['exploring'] {
  const seen = sums.exploredSeen ?? 0;
  const whole = sums.seen ?? 0;
  const watchValue = rate(sums.exploredValue, seen);
  const restWatchValue = rate((sums.value ?? 0) - (sums.exploredValue ?? 0), whole - seen);
  const cost =
    watchValue === null || restWatchValue === null ? null : ((restWatchValue - watchValue) * seen) / whole;
  return { seen, watchValue, restWatchValue, cost };
}
