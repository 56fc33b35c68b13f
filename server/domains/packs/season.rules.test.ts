import { expect, test } from 'vitest';
import type { PackSeason } from '../../../contract/packs.ts';
import { dayIn, daysIn, easter, isThere, marketOf, seasonFault, spanAt } from './season.rules.ts';

const at = Date.parse('2026-04-12T17:30:00Z');

test('a day begins in its market, not at Greenwich', () => {
  expect(daysIn('TH', at)).toEqual(['2026-04-13']);
  expect(daysIn('GB', at)).toEqual(['2026-04-12']);
  expect(daysIn(null, at)).toEqual(['2026-04-12']);
  expect(dayIn('Pacific/Auckland', at)).toBe('2026-04-13');
});

test('a market of many time zones keeps a day as long as it is that day in one of them', () => {
  const season: PackSeason = { kind: 'dates', spans: [{ from: '2026-07-04', to: '2026-07-04' }] };
  const there = (time: string) => isThere(season, daysIn('US', Date.parse(time)));
  expect(there('2026-07-04T03:59:00Z')).toBe(false);
  expect(there('2026-07-04T04:01:00Z')).toBe(true);
  expect(there('2026-07-05T09:00:00Z')).toBe(true);
  expect(there('2026-07-05T11:00:00Z')).toBe(false);
});

test('each year it comes again, over New Year too, and both ends count', () => {
  const songkran: PackSeason = { kind: 'yearly', from: '04-13', to: '04-15' };
  expect(
    ['2026-04-12', '2026-04-13', '2026-04-15', '2026-04-16'].map((day) => isThere(songkran, [day])),
  ).toEqual([false, true, true, false]);
  expect(spanAt(songkran, '2026-06-01')).toEqual({ from: '2027-04-13', to: '2027-04-15' });
  const winter: PackSeason = { kind: 'yearly', from: '12-01', to: '01-06' };
  expect(spanAt(winter, '2027-01-03')).toEqual({ from: '2026-12-01', to: '2027-01-06' });
  expect(isThere(winter, ['2027-01-07'])).toBe(false);
  expect(spanAt({ kind: 'yearly', from: '02-29', to: '02-29' }, '2027-02-01')?.from).toBe('2027-02-28');
});

test('feasts that move are found: Easter, and days of other calendars', () => {
  expect([2024, 2025, 2026, 2027, 2038].map(easter)).toEqual([
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2038-04-25',
  ]);
  const first = (calendar: 'chinese' | 'islamic-umalqura' | 'hebrew', month: number, year: number) =>
    spanAt({ kind: 'calendar', calendar, month, day: 1, from: 0, to: 0 }, `${year}-01-01`)?.from;
  expect(first('chinese', 1, 2026)).toBe('2026-02-17');
  expect(first('chinese', 1, 2028)).toBe('2028-01-26');
  expect(first('islamic-umalqura', 10, 2026)).toBe('2026-03-20');
  const carnival: PackSeason = { kind: 'easter', from: -52, to: -46 };
  expect(spanAt(carnival, '2026-01-01')).toEqual({ from: '2026-02-12', to: '2026-02-18' });
});

test('listed dates end with the last of them, and an end before its beginning is a fault', () => {
  const season: PackSeason = { kind: 'dates', spans: [{ from: '2026-11-05', to: '2026-11-10' }] };
  expect(spanAt(season, '2026-11-11')).toBeNull();
  expect(isThere({ kind: 'always' }, ['2030-01-01'])).toBe(true);
  expect(seasonFault({ kind: 'dates', spans: [{ from: '2026-02-02', to: '2026-02-01' }] })).toBe(true);
  expect(seasonFault({ kind: 'easter', from: 2, to: 1 })).toBe(true);
});

test('the market is the server’s, else a hint of the browser’s languages, else nobody’s', () => {
  expect(marketOf('TH', 'en-US,en;q=0.9')).toEqual({ market: 'TH', marketFrom: 'server' });
  expect(marketOf(null, 'de;q=1,de-AT;q=0.9,en-US')).toEqual({ market: 'AT', marketFrom: 'language' });
  expect(marketOf(null, 'zh-Hant-TW')).toEqual({ market: 'TW', marketFrom: 'language' });
  for (const odd of [null, '', '*', 'en', 'en-001', 'xx-', '../..'])
    expect(marketOf(null, odd).market).toBeNull();
});
