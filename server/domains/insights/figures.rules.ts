import type { InsightFigures, InsightShare } from '../../../contract/insights.ts';
import { countOf, emptySketch, mergeInto, unpackSketch } from '../../platform/sketch.ts';
import {
  addCrowds,
  addSums,
  ages,
  bucketMs,
  type Crowds,
  crowdSize,
  type Sums,
  stepOf,
  stepsOf,
} from './rollup.rules.ts';

/** From sums to what a person reads. Pure. */
export type DayRow = { day: string; sums: Sums; hours: Sums | null; crowds: Crowds; viewers: Buffer };
export type Whole = { sums: Sums; hours: Sums; crowds: Crowds; viewers: Buffer };

export function wholeOf(rows: readonly DayRow[]): Whole {
  const whole: Whole = { sums: {}, hours: {}, crowds: {}, viewers: emptySketch() };
  for (const row of rows) {
    addSums(whole.sums, row.sums);
    addSums(whole.hours, row.hours ?? {});
    addCrowds(whole.crowds, row.crowds);
    mergeInto(whole.viewers, unpackSketch(row.viewers));
  }
  return whole;
}

const atLeastNone = (value: number | undefined) => Math.max(0, value ?? 0);

export function figuresOf({ sums, viewers }: Pick<Whole, 'sums' | 'viewers'>): InsightFigures {
  const plays = atLeastNone(sums.plays);
  const rate = (name: string) => (plays > 0 ? Math.min(1, atLeastNone(sums[name]) / plays) : null);
  const views = atLeastNone(sums.views);
  return {
    plays,
    views,
    // An estimate may be a little high, and nobody views less than once.
    viewers: Math.min(views, countOf(viewers)),
    watchedMs: atLeastNone(sums.watchedMs),
    averageWatchMs: plays > 0 ? atLeastNone(sums.watchedMs) / plays : null,
    medianWatchMs: medianOf(sums),
    finishRate: rate('finishes'),
    replayRate: rate('replays'),
    skipRate: rate('skips'),
    // What was liked on the stage and unliked elsewhere may leave less than none.
    likes: atLeastNone(sums.likes),
    shares: atLeastNone(sums.shares),
    follows: atLeastNone(sums.follows),
    hides: atLeastNone(sums.hides),
  };
}

/** What is filed under a letter, by number: `w.12` is 12. */
function filed(sums: Sums, letter: string): [at: number, count: number][] {
  return Object.entries(sums)
    .filter(([name, count]) => name.startsWith(`${letter}.`) && count > 0)
    .map(([name, count]) => [Number(name.slice(2)), count] as [number, number])
    .sort(([a], [b]) => a - b);
}

function medianOf(sums: Sums): number | null {
  const buckets = filed(sums, 'w');
  const half = buckets.reduce((all, [, count]) => all + count, 0) / 2;
  let passed = 0;
  for (const [bucket, count] of buckets) {
    passed += count;
    if (passed >= half) return bucketMs(bucket);
  }
  return null;
}

/** Of those who did not jump about, the share that was still watching when each step began. */
export function retentionOf(
  sums: Sums,
  durationMs: number,
): { stepMs: number; plays: number; shares: number[] } {
  const reached = filed(sums, 'r');
  const plays = reached.reduce((all, [, count]) => all + count, 0);
  const shares = Array.from({ length: plays > 0 ? stepsOf(durationMs) : 0 }, (_, step) => {
    const left = reached.reduce((all, [at, count]) => all + (at >= step ? count : 0), 0);
    return left / plays;
  });
  return { stepMs: stepOf(durationMs), plays, shares };
}

/** By 24 hours of UTC. */
export function hoursOf(hours: Sums): number[] {
  return Array.from({ length: 24 }, (_, hour) => atLeastNone(hours[hour]));
}

/** Shares of plays by where they came from, largest first. */
export function sourcesOf(sums: Sums): InsightShare[] {
  const known = Object.entries(sums).filter(([name, count]) => name.startsWith('s.') && count > 0);
  const all = known.reduce((sum, [, count]) => sum + count, 0);
  return known
    .map(([name, count]) => ({ name: name.slice(2), share: count / all }))
    .sort((a, b) => b.share - a.share || a.name.localeCompare(b.name));
}

/**
 * Languages or regions as shares of the views whose viewers named one, coarse, and only such that at least five people
 * are part of. What is too small goes to `other`; and where that would be one small crowd alone, so that the rest
 * told its size, the smallest of the told goes with it.
 */
export function crowdsOf(crowds: Crowds, kind: 'language' | 'region'): InsightShare[] {
  const known = Object.entries(crowds)
    .filter(([name]) => name.startsWith(`${kind}.`))
    .map(([name, crowd]) => ({ name: name.slice(kind.length + 1), ...crowd }))
    .sort((a, b) => b.views - a.views || a.name.localeCompare(b.name));
  const told = known.filter((crowd) => crowd.viewers === null);
  const hidden = known.filter((crowd) => crowd.viewers !== null);
  const people = () => new Set(hidden.flatMap((crowd) => crowd.viewers ?? [])).size;
  if (hidden.length > 0 && people() < crowdSize) {
    const smallest = told.pop();
    if (smallest) hidden.push(smallest);
  }
  if (told.length === 0) return [];
  const all = known.reduce((sum, crowd) => sum + crowd.views, 0);
  const coarse = (views: number) => Math.round((views / all) * 20) / 20;
  return [
    ...told.map(({ name, views }) => ({ name, share: coarse(views) })),
    ...(hidden.length > 0
      ? [{ name: 'other', share: coarse(hidden.reduce((sum, one) => sum + one.views, 0)) }]
      : []),
  ];
}

/** Views up to an age, which is one of `ages`. */
export function viewsUntil(sums: Sums, ageHours: number): number {
  return ages.reduce((all, hours, at) => all + (hours <= ageHours ? atLeastNone(sums[`a.${at}`]) : 0), 0);
}

/** The largest age that is over; null in the first hour. */
export function ageReached(ageMs: number): number | null {
  return ages.findLast((hours) => hours * 3_600_000 <= ageMs) ?? null;
}

/** The value in the middle; between the two middle ones of an even number. */
export function middleOf(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
