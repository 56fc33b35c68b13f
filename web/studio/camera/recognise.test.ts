import { expect, test } from 'vitest';
import { firstTakenAt, type Glimpse } from './recognise.rules.ts';

/** A light that wanders over the picture; `noise` as a coder leaves it. */
function pictureOf(number: number, noise = 0): Uint8Array {
  return Uint8Array.from({ length: 64 }, (_, at) => {
    const light = 200 * Math.exp(-(((at - number * 1.7) / 6) ** 2));
    return Math.max(0, Math.min(255, 30 + light + (((at * 7919 + number * 31) % 11) - 5) * noise));
  });
}
const takenMs = (number: number) => 5000 + number * 33.3;
/** What the finder showed: not every picture. */
const seen: Glimpse[] = Array.from({ length: 20 }, (_, number) => number)
  .filter((number) => number % 5 !== 3)
  .map((number) => ({ atMs: takenMs(number), luma: pictureOf(number) }));
const recordedFrom = (first: number): Glimpse[] =>
  Array.from({ length: 10 }, (_, index) => ({
    atMs: Math.round(index * 33.3),
    luma: pictureOf(first + index, 0.6),
  }));

test('the first picture of a recording is recognised, however late the finder was', () => {
  for (const first of [3, 5, 6])
    for (const guess of [first - 2, first, first + 3])
      expect(firstTakenAt(seen, recordedFrom(first), takenMs(guess))).toBeCloseTo(takenMs(first), -0.5);
});

test('before a wall, or with nothing in common, the first guess stays', () => {
  const wall = (all: Glimpse[]) => all.map(({ atMs }) => ({ atMs, luma: new Uint8Array(64).fill(90) }));
  expect(firstTakenAt(wall(seen), wall(recordedFrom(5)), 5111)).toBe(5111);
  expect(firstTakenAt([], recordedFrom(5), 5111)).toBe(5111);
  expect(firstTakenAt(seen, [], 5111)).toBe(5111);
  expect(firstTakenAt(seen, recordedFrom(5), 9000)).toBe(9000);
});
