import { expect, test } from 'vitest';
import { faultOf, momentOf, rangeAt, spelledOut, suggestedTime, wallClock } from './when.rules.ts';

const now = Date.UTC(2026, 10, 22, 18, 40);

test('the wall clock and the moment it means are the same time', () => {
  const at = new Date(2026, 2, 5, 7, 9);
  expect(wallClock(at)).toBe('2026-03-05T07:09');
  expect(momentOf('2026-03-05T07:09')).toBe(at.toISOString());
  for (const nonsense of ['', 'tomorrow', '2026-13-45T99:99']) expect(momentOf(nonsense)).toBe(null);
});

test('what has passed and what is too far is told before it is pressed', () => {
  const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  expect(faultOf(null, now)).toBe('none');
  expect(faultOf(inMinutes(0), now)).toBe('past');
  expect(faultOf(inMinutes(2), now)).toBe(null);
  expect(faultOf(inMinutes(60 * 24 * 60), now)).toBe(null);
  expect(faultOf(inMinutes(60 * 24 * 60 + 1), now)).toBe('far');
  expect(faultOf(suggestedTime(now), now)).toBe(null);
  expect(new Date(suggestedTime(now)).getUTCMinutes() % 15).toBe(0);
  const { min, max } = rangeAt(now);
  expect([faultOf(momentOf(min), now), faultOf(momentOf(max), now)]).toEqual([null, null]);
});

test('the zone is named with the time', () => {
  const text = spelledOut('en-GB', '2026-11-22T17:00:00.000Z', 'Europe/Berlin');
  expect(text).toContain('22 November 2026');
  expect(text).toContain('18:00');
  expect(text).toContain('Central European Standard Time');
  expect(spelledOut('en-GB', '2026-07-22T17:00:00.000Z', 'Europe/Berlin')).toContain('Summer');
});
