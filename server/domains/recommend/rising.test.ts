import { expect, test } from 'vitest';
import { createRising } from './rising.ts';

const hourMs = 3_600_000;
const nowMs = Date.UTC(2026, 10, 22);
const ids = (rising: ReturnType<typeof createRising>, most = 10) =>
  rising.top(nowMs, most).map((one) => one.videoId);

/** So many views in each of the last hours, the latest last. */
function watched(rising: ReturnType<typeof createRising>, videoId: string, perHour: readonly number[]) {
  for (const [at, views] of perHour.entries())
    for (let view = 0; view < views; view++)
      rising.hear(videoId, nowMs - (perHour.length - at) * hourMs + (view * hourMs) / views);
}

test('what is watched more than before rises; what is watched steadily, however much, does not', () => {
  const rising = createRising();
  watched(rising, 'steady', Array(200).fill(40));
  watched(rising, 'doubled', [...Array(196).fill(10), 40, 40, 40, 40]);
  watched(rising, 'new', [6, 10]);
  watched(rising, 'over', [...Array(20).fill(60), ...Array(20).fill(0)]);
  expect(ids(rising).sort()).toEqual(['doubled', 'new']);
  expect(ids(rising, 1)).toHaveLength(1);
});

test('two viewers are no rise, and neither is one who comes again', () => {
  const rising = createRising();
  rising.hear('few', nowMs - 1000);
  rising.hear('few', nowMs - 2000);
  expect(ids(rising)).toEqual([]);
});

test('views in any order, alone or by the hour, come to the same', () => {
  const [one, other] = [createRising(), createRising()];
  const times = Array.from({ length: 12 }, (_, at) => nowMs - at * hourMs);
  for (const atMs of times) one.hear('video', atMs, 2);
  for (const atMs of [...times].reverse()) for (let view = 0; view < 2; view++) other.hear('video', atMs);
  expect(one.top(nowMs, 1)[0]!.score).toBeCloseTo(other.top(nowMs, 1)[0]!.score, 9);
});

test('a catalogue of any size is remembered in bounded space, the liveliest first', () => {
  const rising = createRising();
  watched(rising, 'lively', [20, 20]);
  for (let at = 0; at < 50_000; at++) rising.hear(`video ${at}`, nowMs - 1000);
  expect(ids(rising)).toEqual(['lively']);
  rising.drop('lively');
  expect(ids(rising)).toEqual([]);
});
