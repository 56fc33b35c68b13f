import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import type { Signal } from '../../../contract/signals.ts';
import { type Impression, impressionSources, packImpression, unpackImpression } from './impressions.rules.ts';
import { faultOf, fullAllowance, spend } from './plausible.rules.ts';

const servedAtMs = Date.UTC(2026, 10, 22);
const impression: Impression = {
  viewerId: 'viewer01' as ViewerId,
  videoId: 'video001' as VideoId,
  authorId: 'author01' as AccountId,
  servedAtMs,
  pageId: 'page1',
  position: 0,
  source: 'interest',
  exploration: false,
  durationMs: 10_000,
};
const view = (watchedMs: number, more: Partial<Signal> = {}): Signal => ({
  id: '5e2a1a3e-58a8-4c8e-9a44-111111111111',
  token: 'a token of ten letters',
  kind: 'view',
  agoMs: 0,
  watchedMs,
  ...more,
});

const ids = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/);
test('a token tells what went into it, and fits in 300 letters', () => {
  fc.assert(
    fc.property(
      ids,
      ids,
      ids,
      fc.nat(4_000_000_000_000),
      fc.constantFrom(...impressionSources),
      fc.boolean(),
      fc.nat(200),
      fc.nat(36_000_000),
      (viewerId, videoId, authorId, atMs, source, exploration, position, durationMs) => {
        const made: Impression = {
          viewerId: viewerId as ViewerId,
          videoId: videoId as VideoId,
          authorId: authorId as AccountId,
          servedAtMs: atMs,
          pageId: 'aPageOf12345',
          position,
          source,
          exploration,
          durationMs,
        };
        const text = packImpression(made);
        expect(unpackImpression(text)).toEqual(made);
        expect(text.length + 23).toBeLessThanOrEqual(300);
      },
    ),
  );
});

test('no text makes the reading of a token throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(unpackImpression(text)).toBeNull();
    }),
  );
});

test('nobody has watched longer than the time since the video was served', () => {
  fc.assert(
    fc.property(fc.nat(3_600_000), fc.nat(3_600_000), (elapsedMs, watchedMs) => {
      const fault = faultOf(view(watchedMs), impression, servedAtMs + elapsedMs);
      expect(fault === 'implausible').toBe(watchedMs > elapsedMs + 3000);
    }),
  );
});

test('loops must fit into the time watched', () => {
  const nowMs = servedAtMs + 60_000;
  expect(faultOf(view(30_000, { loops: 3 }), impression, nowMs)).toBeNull();
  expect(faultOf(view(30_000, { loops: 7 }), impression, nowMs)).toBe('implausible');
});

test('a signal from before its impression is refused, one older than a week too', () => {
  expect(faultOf(view(0, { agoMs: 20_000 }), impression, servedAtMs + 10_000)).toBe('implausible');
  expect(faultOf(view(1000), impression, servedAtMs + 8 * 86_400_000)).toBe('too_old');
  expect(faultOf(view(1000), impression, servedAtMs + 6 * 86_400_000)).toBeNull();
});

test('over any length of time a viewer is credited at most an hour and twice that time', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(600_000), fc.nat(600_000)), { maxLength: 200 }), (claims) => {
      let allowance = fullAllowance(0);
      let nowMs = 0;
      let creditedMs = 0;
      for (const [waitMs, watchedMs] of claims) {
        nowMs += waitMs;
        const left = spend(allowance, watchedMs, nowMs);
        if (!left) continue;
        allowance = left;
        creditedMs += watchedMs;
      }
      expect(creditedMs).toBeLessThanOrEqual(3_600_000 + 2 * nowMs);
    }),
  );
});
