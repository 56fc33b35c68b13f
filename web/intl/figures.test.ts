import { expect, test } from 'vitest';
import {
  ago,
  bytes,
  clock,
  compact,
  dayName,
  hour,
  lasting,
  named,
  percent,
  seconds,
  span,
} from './figures.ts';

test('counts are short and local', () => {
  expect(compact('en', 999)).toBe('999');
  expect(compact('en', 12_540)).toBe('12.5K');
  expect(compact('en', 1_284_000)).toBe('1.3M');
  expect(compact('en', 123_456)).toBe('123K');
  expect(compact('de', 1_284_000)).toMatch(/^1,3\sMio\.$/);
});

test('a share never says it is all there before it is', () => {
  expect(percent('en', 0.999)).toBe('99%');
  expect(percent('en', 1)).toBe('100%');
  expect(percent('en', -1)).toBe('0%');
});

test('sizes count in thousands and keep one digit where it tells something', () => {
  expect(bytes('en', 5_240_000)).toBe('5.2 MB');
  expect(bytes('en', 1)).toBe('1 byte');
  expect(bytes('de', 312_000_000)).toBe('312 MB');
});

test('spans read like a clock', () => {
  expect(clock('en', 7_400)).toBe('0:07');
  expect(clock('en', 65_000)).toBe('1:05');
  expect(clock('en', 3_723_000)).toBe('1:02:03');
});

test('spans in a sentence have their units', () => {
  expect(span('en', 60_000)).toBe('1 minute');
  expect(span('en', 90_000)).toBe('1 minute 30 seconds');
  expect(span('de', 15_000)).toBe('15 Sekunden');
  expect(span('en', 0)).toBe('0 seconds');
});

test('times long ago come in the largest unit that fits', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  expect(ago('en', '2026-03-01T11:59:40Z', now)).toBe('now');
  expect(ago('en', '2026-03-01T10:00:00Z', now)).toBe('2h ago');
  expect(ago('de', '2026-02-28T11:00:00Z', now)).toBe('gestern');
});

test('watching is told in the unit that it fills, and places and languages by their names', () => {
  expect([seconds('en', 7430), seconds('de', 7430)]).toEqual(['7.4 sec', '7,4 Sek.']);
  expect([4000, 200_000, 11_520_000, 4_500_000_000].map((ms) => lasting('en', ms))).toEqual([
    '4 sec',
    '3.3 min',
    '3.2 hr',
    '1,250 hr',
  ]);
  expect(hour('de', 19)).toBe('19 Uhr');
  expect(dayName('en', '2026-01-31')).toBe('Jan 31');
  expect([named('de', 'language', 'fr'), named('en', 'region', 'AT')]).toEqual(['Französisch', 'Austria']);
});
