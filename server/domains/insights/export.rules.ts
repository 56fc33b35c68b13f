import { type DayRow, figuresOf, wholeOf } from './figures.rules.ts';

/**
 * A table as other programs read it: RFC 4180 with a byte order mark, so that letters of every script survive. A cell
 * that a spreadsheet would take for a formula gets an apostrophe before it.
 */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`;
}

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return `${Math.round(value * 10_000) / 10_000}`;
  const safe = /^\s*[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const head = [
  'day',
  'plays',
  'views',
  'viewers',
  'watched_seconds',
  'average_watch_seconds',
  'median_watch_seconds',
  'finish_rate',
  'replay_rate',
  'skip_rate',
  'likes',
  'shares',
  'follows',
  'not_interested',
] as const;

/** A line for each of these days, also when nothing happened. `of`: what the table is about, in its first columns. */
export function daysTable(
  days: readonly string[],
  rows: readonly DayRow[],
  of: readonly (readonly [head: string, value: string])[],
): (string | number | null)[][] {
  const known = new Map(rows.map((row) => [row.day, row]));
  const seconds = (ms: number | null) => ms && ms / 1000;
  return [
    [...of.map(([name]) => name), ...head],
    ...days.map((day) => {
      const row = known.get(day);
      const figures = figuresOf(wholeOf(row ? [row] : []));
      return [
        ...of.map(([, value]) => value),
        day,
        figures.plays,
        figures.views,
        figures.viewers,
        figures.watchedMs / 1000,
        seconds(figures.averageWatchMs),
        seconds(figures.medianWatchMs),
        figures.finishRate,
        figures.replayRate,
        figures.skipRate,
        figures.likes,
        figures.shares,
        figures.follows,
        figures.hides,
      ];
    }),
  ];
}
