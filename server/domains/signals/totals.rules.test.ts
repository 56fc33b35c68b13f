import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import { type Candidate, creditOf, enter, isView, openLedger } from './totals.rules.ts';

const candidate = (
  id: number,
  page: number,
  watchedMs: number,
  more: Partial<Candidate> = {},
): Candidate => ({
  signal: { id: `id-${id}`, token: 'a token of ten letters', kind: 'view', agoMs: 0, watchedMs },
  impression: {
    viewerId: 'viewer01' as ViewerId,
    videoId: 'video001' as VideoId,
    authorId: 'author01' as AccountId,
    servedAtMs: 0,
    pageId: `page-${page}`,
    position: 0,
    source: 'interest',
    exploration: false,
    durationMs: 15_000,
  },
  servedOn: '2026-11-22',
  viewerId: 'viewer01',
  own: false,
  locale: null,
  teaches: true,
  happenedAtMs: 0,
  ...more,
});

/** Stores signals one by one, as the log would, and sums up. */
function sum(candidates: readonly Candidate[]) {
  const ledger = openLedger([]);
  let addedMs = 0;
  let views = 0;
  for (const one of candidates) {
    const credit = creditOf(ledger, one);
    if (credit === 'duplicate') continue;
    enter(ledger, one, credit);
    addedMs += credit.addedMs;
    views += credit.countsView ? 1 : 0;
  }
  return { addedMs, views };
}

test('totals in any order, repeated any number of times, come to the largest total of each impression and one view', () => {
  const reports = fc.array(fc.record({ page: fc.nat(3), watchedMs: fc.nat(120_000) }), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(reports, fc.array(fc.nat(19), { maxLength: 60 }), (made, again) => {
      const signals = made.map((one, id) => candidate(id, one.page, one.watchedMs));
      const sent = [...signals, ...again.flatMap((at) => signals[at] ?? [])];
      const largest = new Map<number, number>();
      for (const one of made) largest.set(one.page, Math.max(largest.get(one.page) ?? 0, one.watchedMs));
      const expected = {
        addedMs: [...largest.values()].reduce((total, ms) => total + ms, 0),
        views: made.some((one) => isView(one.watchedMs, 15_000)) ? 1 : 0,
      };
      expect(sum(sent)).toEqual(expected);
      expect(sum(sent.toReversed())).toEqual(expected);
    }),
  );
});

test('the author watching their own video is no view', () => {
  expect(sum([candidate(1, 1, 15_000, { own: true })]).views).toBe(0);
});

test('half of a clip shorter than four seconds is a view', () => {
  expect(isView(1000, 2000)).toBe(true);
  expect(isView(1999, 60_000)).toBe(false);
  expect(isView(2000, 60_000)).toBe(true);
});

test('a clip left running overnight is credited with ten minutes', () => {
  expect(sum([candidate(1, 1, 30_000_000)]).addedMs).toBe(600_000);
});
