import { cleanCueText, cueFileLimits } from '../../../contract/cue-files.ts';
import type { Cue } from '../../../contract/videos.ts';

/**
 * What can be done to a row of cues by hand. Pure: each answers the new row and which cue is worked on then, or null
 * when it is not possible. Cues stay in the order of their begin and inside the video.
 */
export type Changed = { cues: Cue[]; at: number } | null;
export const shortestCueMs = 200;
/** How long something new is read. */
const newCueMs = 2000;
/** What an arrow key does to a time. */
export const nudgeMs = 100;

const ordered = (cues: Cue[], changed: Cue): Changed => {
  const sorted = cues.toSorted((a, b) => a.startMs - b.startMs);
  return { cues: sorted, at: sorted.indexOf(changed) };
};

/** At the playhead; no longer than to the next cue, if there is room for one. */
export function addCue(cues: readonly Cue[], atMs: number, wholeMs: number, text: string): Changed {
  if (wholeMs < shortestCueMs) return null;
  const startMs = Math.round(Math.min(atMs, wholeMs - shortestCueMs));
  const next = cues.find((cue) => cue.startMs >= startMs + shortestCueMs);
  const endMs = Math.min(startMs + newCueMs, next?.startMs ?? wholeMs, Math.floor(wholeMs));
  const added: Cue = { startMs, endMs: Math.max(endMs, startMs + shortestCueMs), text };
  return ordered([...cues, added], added);
}

/** Neither end passes the other nor leaves the video. */
export function setSpan(
  cues: readonly Cue[],
  at: number,
  span: { startMs?: number; endMs?: number },
  wholeMs: number,
): Changed {
  const cue = cues[at];
  if (!cue) return null;
  const mostMs = Math.max(Math.floor(wholeMs), shortestCueMs);
  let { startMs, endMs } = cue;
  if (span.startMs !== undefined) startMs = within(span.startMs, 0, (span.endMs ?? endMs) - shortestCueMs);
  if (span.endMs !== undefined) endMs = within(span.endMs, startMs + shortestCueMs, mostMs);
  const changed = { ...cue, startMs, endMs };
  return ordered(cues.with(at, changed), changed);
}

/** Both ends together; its length stays. */
export function moveCue(cues: readonly Cue[], at: number, byMs: number, wholeMs: number): Changed {
  const cue = cues[at];
  if (!cue) return null;
  const forMs = cue.endMs - cue.startMs;
  const startMs = within(cue.startMs + byMs, 0, wholeMs - forMs);
  return setSpan(cues, at, { startMs, endMs: startMs + forMs }, wholeMs);
}

/** Words are kept as they are typed; what no cue can hold is cut off. */
export function setText(cues: readonly Cue[], at: number, text: string): Changed {
  const cue = cues[at];
  return cue ? { cues: cues.with(at, { ...cue, text: text.slice(0, cueFileLimits.textLength) }), at } : null;
}

const words = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * Two cues instead of one: at the playhead when it stands inside, else in the middle. The words are shared out by their
 * length, at the end of a word.
 */
export function splitCue(cues: readonly Cue[], at: number, atMs: number): Changed {
  const cue = cues[at];
  if (!cue || cue.endMs - cue.startMs < 2 * shortestCueMs) return null;
  const inside = atMs > cue.startMs && atMs < cue.endMs;
  const wishedMs = inside ? Math.round(atMs) : Math.round((cue.startMs + cue.endMs) / 2);
  const cutMs = within(wishedMs, cue.startMs + shortestCueMs, cue.endMs - shortestCueMs);
  const wanted = (cue.text.length * (cutMs - cue.startMs)) / (cue.endMs - cue.startMs);
  const ends = [...words.segment(cue.text)]
    .map(({ segment, index }) => index + segment.length)
    .filter((end) => cue.text.slice(0, end).trim() && cue.text.slice(end).trim());
  const end = ends.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
  const [first, second] = end ? [cue.text.slice(0, end), cue.text.slice(end)] : [cue.text, cue.text];
  const halves = [
    { ...cue, endMs: cutMs, text: first.trim() },
    { ...cue, startMs: cutMs, text: second.trim() },
  ];
  return ordered(cues.toSpliced(at, 1, ...halves), halves[1]!);
}

/** With the one after it: from the begin of the first to the later end, in two lines. */
export function mergeCue(cues: readonly Cue[], at: number): Changed {
  const [cue, next] = [cues[at], cues[at + 1]];
  if (!cue || !next) return null;
  const text = `${cue.text.trim()}\n${next.text.trim()}`;
  if (text.length > cueFileLimits.textLength) return null;
  const merged = { startMs: cue.startMs, endMs: Math.max(cue.endMs, next.endMs), text };
  return { cues: cues.toSpliced(at, 2, merged), at };
}

export const removeCue = (cues: readonly Cue[], at: number): Changed => ({
  cues: cues.toSpliced(at, 1),
  at: Math.min(at, cues.length - 2),
});

/** As they are published with a video of that length: without those that nobody would see or read. */
export function cuesWithin(cues: readonly Cue[], wholeMs: number): Cue[] | null {
  const mostMs = Math.floor(wholeMs);
  const kept = cues
    .map((cue) => ({ ...cue, endMs: Math.min(cue.endMs, mostMs), text: cleanCueText(cue.text) }))
    .filter((cue) => cue.endMs > cue.startMs && cue.text !== '');
  return kept.length > 0 ? kept : null;
}

/** On which of two lines each cue is drawn, so that those that overlap are both seen. */
export function lanesOf(cues: readonly Cue[]): number[] {
  const freeFrom = [0, 0];
  return cues.map((cue) => {
    const lane = cue.startMs >= freeFrom[0]! || freeFrom[0]! <= freeFrom[1]! ? 0 : 1;
    freeFrom[lane] = Math.max(freeFrom[lane]!, cue.endMs);
    return lane;
  });
}

/** 83.4, 1:23.4, 0:01:23,4 → ms; null when it is no time. */
export function msOfTyped(text: string): number | null {
  const latin = text.replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)));
  const found = /^\s*(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,6})(?:[.,٫](\d{1,3}))?\s*$/.exec(latin);
  if (!found) return null;
  const [, hours = '0', minutes = '0', seconds = '0', part = '0'] = found;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(part.padEnd(3, '0'));
}

/** Decimal digits of every script stand in rows of ten, each row beginning where the one before has no digit. */
function digitOf(digit: string): number {
  let zero = digit.codePointAt(0)!;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0)! - zero < 9) zero--;
  return digit.codePointAt(0)! - zero;
}

const within = (ms: number, least: number, most: number) => Math.round(Math.max(least, Math.min(ms, most)));
