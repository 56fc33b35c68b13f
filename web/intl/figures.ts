import { useMemo } from 'react';
import { useIntl } from 'react-intl';

/**
 * Numbers, sizes, dates and spans as the reader's language writes them, by the browser's own Intl. Pure functions of
 * language and value; `useFigures` binds them to the language on the screen.
 */
const kept = new Map<string, Intl.NumberFormat>();
function numbers(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = kept.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, options);
    kept.set(key, format);
  }
  return format;
}

/** 999, 1.2K, 12.5K, 3M: short and local. */
export function compact(language: string, value: number): string {
  return numbers(language, {
    notation: 'compact',
    maximumFractionDigits: 1,
    maximumSignificantDigits: 3,
    roundingPriority: 'lessPrecision',
  }).format(value);
}

export function whole(language: string, value: number): string {
  return numbers(language, { maximumFractionDigits: 0 }).format(value);
}

export function decimal(language: string, value: number): string {
  return numbers(language, { maximumSignificantDigits: 6 }).format(value);
}

/** Of 0 to 1. Never says 100 % before it is. */
export function percent(language: string, share: number): string {
  const honest = share >= 1 ? 1 : Math.min(0.99, Math.max(0, share));
  return numbers(language, { style: 'percent', maximumFractionDigits: 0 }).format(honest);
}

/** A measured share: 34.2 %; a small one keeps its first digits: 0.034 %. */
export function rate(language: string, share: number): string {
  const digits = share !== 0 && Math.abs(share) < 0.001 ? 3 : 1;
  return numbers(language, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

/** A change as a share, with its sign: +3.1 %. */
export function change(language: string, share: number): string {
  return numbers(language, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  }).format(share);
}

/** A moment on the axis of a chart: the hour when points are hours, else the day. */
export function tick(language: string, at: string | Date, stepHours: number): string {
  return new Intl.DateTimeFormat(
    language,
    stepHours < 12
      ? { weekday: 'short', hour: 'numeric', minute: '2-digit' }
      : { day: 'numeric', month: 'short' },
  ).format(new Date(at));
}

export function bytes(language: string, value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let size = value;
  let step = 0;
  while (size >= 1000 && step < units.length - 1) {
    size /= 1000;
    step++;
  }
  return numbers(language, {
    style: 'unit',
    unit: units[step]!,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: size < 10 && step > 0 ? 1 : 0,
  }).format(size);
}

/** 7.4 s: how long somebody watched. */
export function seconds(language: string, spanMs: number): string {
  return numbers(language, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: spanMs < 100_000 ? 1 : 0,
  }).format(Math.max(0, spanMs) / 1000);
}

/** 40 sec, 35 min, 3.2 hr, 1,250 hr: a sum of watching, in the largest unit it fills. */
export function lasting(language: string, spanMs: number): string {
  const [unit, sizeMs] =
    spanMs >= 3_600_000 ? ['hour', 3_600_000] : spanMs >= 60_000 ? ['minute', 60_000] : ['second', 1000];
  const size = Math.max(0, spanMs) / (sizeMs as number);
  return numbers(language, {
    style: 'unit',
    unit: unit as string,
    unitDisplay: 'short',
    maximumFractionDigits: unit !== 'second' && size < (unit === 'hour' ? 100 : 10) ? 1 : 0,
  }).format(size);
}

/** "19–20": an hour of a day as the reader's language writes it. */
export function hour(language: string, at: number): string {
  return new Intl.DateTimeFormat(language, { hour: 'numeric', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2026, 0, 1, at)),
  );
}

/** A day that was counted by UTC, such as 2026-01-31. */
export function dayName(language: string, day: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** German, Austria: in the reader's own words; the code itself where there is no name. */
export function named(language: string, type: 'language' | 'region', code: string): string {
  return new Intl.DisplayNames(language, { type, fallback: 'code' }).of(code) ?? code;
}

/** 0:07, 1:05, 1:02:03. */
export function clock(language: string, spanMs: number): string {
  const seconds = Math.max(0, Math.round(spanMs / 1000));
  const two = numbers(language, { minimumIntegerDigits: 2, useGrouping: false });
  const plain = numbers(language, { useGrouping: false });
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two.format(seconds % 60);
  return hours > 0
    ? `${plain.format(hours)}:${two.format(minutes)}:${rest}`
    : `${plain.format(minutes)}:${rest}`;
}

/** "45 seconds", "1 minute", "1 minute 30 seconds": a length in a sentence. */
export function span(language: string, spanMs: number): string {
  const seconds = Math.max(0, Math.round(spanMs / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 60), 'minute'],
    [seconds % 60, 'second'],
  ];
  return parts
    .filter(([value, unit]) => value > 0 || (unit === 'second' && seconds === 0))
    .map(([value, unit]) => numbers(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value))
    .join(' ');
}

/** A moment of a video that is worked on, to a tenth of a second. */
export function tenths(language: string, spanMs: number): string {
  const count = Math.max(0, Math.round(spanMs / 100));
  const seconds = numbers(language, {
    minimumIntegerDigits: 2,
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const minutes = numbers(language, { useGrouping: false }).format(Math.floor(count / 600));
  return `${minutes}:${seconds.format((count % 600) / 10)}`;
}

const ladder: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "2h ago", "vor 2 Std."; under a minute: "now". */
export function ago(language: string, at: string | Date, now: number = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'narrow' });
  for (const [unit, size] of ladder)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(0, 'second');
}

export function day(language: string, at: string | Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(at));
}

export function moment(language: string, at: string | Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

export function useFigures() {
  const { locale } = useIntl();
  return useMemo(
    () => ({
      compact: (value: number) => compact(locale, value),
      whole: (value: number) => whole(locale, value),
      decimal: (value: number) => decimal(locale, value),
      percent: (share: number) => percent(locale, share),
      rate: (share: number) => rate(locale, share),
      change: (share: number) => change(locale, share),
      tick: (at: string | Date, stepHours: number) => tick(locale, at, stepHours),
      bytes: (value: number) => bytes(locale, value),
      clock: (spanMs: number) => clock(locale, spanMs),
      tenths: (spanMs: number) => tenths(locale, spanMs),
      seconds: (spanMs: number) => seconds(locale, spanMs),
      lasting: (spanMs: number) => lasting(locale, spanMs),
      hour: (at: number) => hour(locale, at),
      dayName: (day: string) => dayName(locale, day),
      named: (type: 'language' | 'region', code: string) => named(locale, type, code),
      span: (spanMs: number) => span(locale, spanMs),
      ago: (at: string | Date) => ago(locale, at),
      day: (at: string | Date) => day(locale, at),
      moment: (at: string | Date) => moment(locale, at),
    }),
    [locale],
  );
}
