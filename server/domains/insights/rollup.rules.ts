import { createHash } from 'node:crypto';
import type { StoredSignal } from '../signals/signals.ts';

/**
 * What one signal adds to the sums of its video and its author. Pure. A view signal moves its impression from what was
 * known of it to what is known now, so that the sums do not depend on how often an impression reported or how the log
 * was cut into batches. Everything goes to the day of serving: an impression belongs to one day, wherever it ends.
 */
export type Sums = Record<string, number>;
/** `viewers`: hashes of who is in it, as long as they are too few to be told; null from then on. */
export type Crowd = { views: number; viewers: number[] | null };
/** By `language.de` and `region.AT`. */
export type Crowds = Record<string, Crowd>;

export type Tallied = {
  subject: string;
  day: string;
  authorId: string;
  sums: Sums;
  hours: Sums;
  crowds: Crowds;
  viewers: Set<string>;
};
export type Tally = Map<string, Tallied>;
export type WatchSignal = Extract<StoredSignal, { videoId: string }>;

/** So many different viewers make a crowd in which nobody is seen. */
export const crowdSize = 5;
/** The day under which a video's whole life is kept. */
export const wholeLife = '0001-01-01';
/** A video longer than three minutes is told in steps of more than a second. */
const mostSteps = 180;
/** Watching is known to the meter's tick and the last frames; nearly all is all. */
const finishedShare = 0.95;
const replayedShare = 1.5;
const skipMs = 3000;
const skipShare = 0.3;
/** Each bucket of the histogram is so much wider than the one before: what is read from it is at most 2.5 % off. */
const bucketGrowth = 1.05;
const firstBucketMs = 100;
/** Ages at which a video is compared with others, in hours. */
export const ages = [1, 3, 6, 12, 24, 48, 72, 168, 336, 672, 2160] as const;
const hourMs = 3_600_000;

/** Whole seconds, as many as keep the curve within its bound. */
export function stepOf(durationMs: number): number {
  return Math.max(1, Math.ceil(durationMs / 1000 / mostSteps)) * 1000;
}
export function stepsOf(durationMs: number): number {
  return Math.max(1, Math.ceil(durationMs / stepOf(durationMs)));
}
export function bucketOf(watchedMs: number): number {
  return watchedMs <= firstBucketMs
    ? 0
    : Math.ceil(Math.log(watchedMs / firstBucketMs) / Math.log(bucketGrowth));
}
/** The middle of a bucket. */
export function bucketMs(bucket: number): number {
  return bucket === 0 ? firstBucketMs / 2 : firstBucketMs * bucketGrowth ** (bucket - 0.5);
}

export function addSums(into: Sums, sums: Sums): Sums {
  for (const [name, value] of Object.entries(sums)) add(into, name, value);
  return into;
}

export function addCrowds(into: Crowds, crowds: Crowds): Crowds {
  for (const [name, crowd] of Object.entries(crowds)) {
    const known = into[name];
    if (!known) into[name] = { ...crowd, viewers: crowd.viewers && [...crowd.viewers] };
    else {
      known.views += crowd.views;
      const all = known.viewers && crowd.viewers && [...new Set([...known.viewers, ...crowd.viewers])];
      known.viewers = all && all.length < crowdSize ? all : null;
    }
  }
  return into;
}

/** `publishedAtMs` null: the video is gone, and its author's sums alone take part. */
export function addSignal(tally: Tally, signal: WatchSignal, publishedAtMs: number | null): void {
  if (signal.own) return;
  const sums = signal.kind === 'view' ? watching(signal) : deed(signal);
  if (signal.countsView) add(sums, 'views', 1);
  if (Object.keys(sums).length === 0) return;
  const days = [rowAt(tally, signal.authorId, signal.servedOn, signal.authorId)];
  if (publishedAtMs !== null)
    for (const day of [signal.servedOn, wholeLife])
      days.push(rowAt(tally, signal.videoId, day, signal.authorId));
  for (const row of days) {
    const isVideo = row.subject === signal.videoId;
    for (const [name, value] of Object.entries(sums)) {
      // Seconds of different videos have nothing in common.
      if (isVideo || !name.startsWith('r.')) add(row.sums, name, value);
    }
    if (!signal.countsView) continue;
    row.viewers.add(signal.viewerId);
    add(row.hours, `${new Date(signal.happenedAtMs).getUTCHours()}`, 1);
    // Who has paused learning is counted, and nothing about them is remembered.
    if (signal.locale && signal.teaches) addCrowds(row.crowds, crowdsOf(signal.locale, signal.viewerId));
    if (row.day === wholeLife && publishedAtMs !== null)
      add(row.sums, `a.${ageOf(signal.happenedAtMs - publishedAtMs)}`, 1);
  }
}

/** The first of the ages it was younger than; beyond them all: their number. */
function ageOf(ageMs: number): number {
  const at = ages.findIndex((hours) => ageMs < hours * hourMs);
  return at === -1 ? ages.length : at;
}

function watching(signal: WatchSignal): Sums {
  const sums: Sums = {};
  const { watchedMs, addedMs, durationMs } = signal;
  if (addedMs <= 0) return sums;
  const beforeMs = watchedMs - addedMs;
  const isFirst = beforeMs <= 0;
  const move = (name: string, holds: (ms: number) => boolean) =>
    add(sums, name, Number(holds(watchedMs)) - (isFirst ? 0 : Number(holds(beforeMs))));
  add(sums, 'watchedMs', addedMs);
  if (isFirst) {
    add(sums, 'plays', 1);
    add(sums, `s.${signal.chosen ? 'for-you' : signal.source}`, 1);
  } else add(sums, `w.${bucketOf(beforeMs)}`, -1);
  add(sums, `w.${bucketOf(watchedMs)}`, 1);
  if (durationMs <= 0) return sums;
  move('finishes', (ms) => ms >= durationMs * finishedShare);
  move('replays', (ms) => ms >= durationMs * replayedShare);
  move('skips', (ms) => ms < skipMs && ms < durationMs * skipShare);
  // Whoever jumped about saw other seconds than these, and nobody knows which.
  if (signal.seeks > 0) return sums;
  const reached = (ms: number) =>
    Math.min(stepsOf(durationMs) - 1, Math.floor(Math.min(ms, durationMs) / stepOf(durationMs)));
  if (!isFirst) add(sums, `r.${reached(beforeMs)}`, -1);
  add(sums, `r.${reached(watchedMs)}`, 1);
  return sums;
}

const deeds: Record<string, string> = {
  like: 'likes',
  unlike: 'likes',
  share: 'shares',
  follow: 'follows',
  not_interested: 'hides',
};
function deed(signal: WatchSignal): Sums {
  const name = deeds[signal.kind];
  return name && signal.saysNew ? { [name]: signal.kind === 'unlike' ? -1 : 1 } : {};
}

function crowdsOf(locale: string, viewerId: string): Crowds {
  const [language, region] = locale.split('-');
  const viewers = [createHash('sha256').update(viewerId).digest().readInt32BE(0)];
  return {
    [`language.${language}`]: { views: 1, viewers },
    ...(region && { [`region.${region}`]: { views: 1, viewers } }),
  };
}

function rowAt(tally: Tally, subject: string, day: string, authorId: string): Tallied {
  const key = `${subject} ${day}`;
  let row = tally.get(key);
  if (!row) {
    row = { subject, day, authorId, sums: {}, hours: {}, crowds: {}, viewers: new Set() };
    tally.set(key, row);
  }
  return row;
}

function add(sums: Sums, name: string, by: number): void {
  if (by === 0) return;
  const now = (sums[name] ?? 0) + by;
  // A bucket that everybody has left need not be kept.
  if (now === 0) delete sums[name];
  else sums[name] = now;
}
