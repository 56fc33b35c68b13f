import type { PackSeason } from '../../../contract/packs.ts';

/** When a pack is there. Pure; days are texts as 2026-04-13, of the market, and both ends of a span count. */
export type Span = { from: string; to: string };

const dayMs = 86_400_000;
const msOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const plus = (day: string, days: number) => dayOf(msOf(day) + days * dayMs);

/** The day it is in a time zone. */
export function dayIn(timeZone: string, now: number): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

type WithZones = Intl.Locale & { getTimeZones?: () => string[]; timeZones?: string[] };

/** The days it is in a market just now: a large country may have two at a time. Nowhere known: that of Greenwich. */
export function daysIn(market: string | null, now: number): string[] {
  const locale = market ? (new Intl.Locale(`und-${market}`) as WithZones) : null;
  const zones = locale?.getTimeZones?.() ?? locale?.timeZones ?? [];
  const days = new Set((zones.length > 0 ? zones : ['UTC']).map((zone) => dayIn(zone, now)));
  return [...days].sort();
}

/** The span a day lies in, or else the next one; null when there is none any more. Of `always`: null from and to. */
export function spanAt(season: PackSeason, day: string): Span | null {
  const year = Number(day.slice(0, 4));
  const spans =
    season.kind === 'dates' ? season.spans : [year - 1, year, year + 1].flatMap((one) => spanOf(season, one));
  return (
    spans
      .filter(({ to }) => to >= day)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(0) ?? null
  );
}

export function isThere(season: PackSeason, days: readonly string[]): boolean {
  if (season.kind === 'always') return true;
  return days.some((day) => {
    const span = spanAt(season, day);
    return span !== null && span.from <= day;
  });
}

function spanOf(season: PackSeason, year: number): Span[] {
  switch (season.kind) {
    case 'yearly': {
      const isNextYear = season.to < season.from;
      return [{ from: real(year, season.from), to: real(isNextYear ? year + 1 : year, season.to) }];
    }
    case 'easter':
      return [around(easter(year), season)];
    case 'calendar':
      return daysOf(season.calendar, season.month, season.day, year).map((day) => around(day, season));
    default:
      return [];
  }
}
const around = (day: string, { from, to }: { from: number; to: number }): Span => ({
  from: plus(day, from),
  to: plus(day, to),
});

/** The 29th of February is the 28th where there is none; there is no 31st of April either. */
function real(year: number, monthAndDay: string): string {
  const [month, day] = monthAndDay.split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1, Math.min(day, last)));
}

/** Meeus, Astronomical Algorithms (1991), chapter 8: the Gregorian Easter of any year. */
export function easter(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayOf(Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1));
}

const found = new Map<string, string[]>();
/**
 * The days of a year on which another calendar says this month and day, as ICU has it. That may be a day beside what an
 * observatory says when the moon is new near midnight (China, 2027); a season spans more than a day.
 */
function daysOf(calendar: string, month: number, day: number, year: number): string[] {
  const key = `${calendar} ${month} ${day} ${year}`;
  const known = found.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
    timeZone: 'UTC',
    month: 'numeric',
    day: 'numeric',
  });
  const days: string[] = [];
  for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += dayMs) {
    const parts = format.formatToParts(ms);
    const of = (type: string) => parts.find((one) => one.type === type)?.value;
    // A leap month has another name (6bis): it is none of the twelve.
    if (of('month') === String(month) && of('day') === String(day)) days.push(dayOf(ms));
  }
  found.set(key, days);
  return days;
}

/** What cannot be: an end before its beginning. */
export function seasonFault(season: PackSeason): boolean {
  if (season.kind === 'dates') return season.spans.some(({ from, to }) => to < from);
  if (season.kind === 'easter' || season.kind === 'calendar') return season.to < season.from;
  return false;
}

/** The market of whoever asks: what this server is set to, else the first region a browser's languages name. */
export function marketOf(
  setting: string | null,
  acceptLanguage: string | null,
): { market: string | null; marketFrom: 'server' | 'language' | 'nobody' } {
  if (setting) return { market: setting, marketFrom: 'server' };
  const region = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((tag) => /^\s*[A-Za-z]{2,3}(?:-[A-Za-z]{4})?-([A-Za-z]{2})\s*(?:;|$)/.exec(tag)?.[1]?.toUpperCase())
    .find((one) => one !== undefined);
  return region ? { market: region, marketFrom: 'language' } : { market: null, marketFrom: 'nobody' };
}
