import { expect, test } from 'vitest';
import { leanOf, roomOf, zoomedByDrag, zoomedByPinch } from './camera.rules.ts';

test('a drag up goes all the way in, back goes all the way out, and no further', () => {
  const range = { min: 1, max: 8 };
  expect(zoomedByDrag(1, range, 260)).toBeCloseTo(8);
  expect(zoomedByDrag(8, range, -260)).toBeCloseTo(1);
  expect(zoomedByDrag(1, range, 130)).toBeCloseTo(Math.sqrt(8));
  expect(zoomedByDrag(1, range, 900)).toBe(8);
  expect(zoomedByDrag(1, range, -900)).toBe(1);
  expect(zoomedByDrag(0, { min: 0, max: 4 }, 100)).toBeGreaterThan(0);
  expect([zoomedByPinch(2, range, 2), zoomedByPinch(2, range, 0.1), zoomedByPinch(2, range, 9)]).toEqual([
    4, 1, 8,
  ]);
});

test('a phone held straight leans by nothing, upright or sideways, whichever way its system counts', () => {
  for (const [x, y, angle] of [
    [0, 9.8, 0],
    [0, -9.8, 0],
    [9.8, 0, 90],
    [-9.8, 0, 270],
  ] as const)
    expect(leanOf(x, y, 0, angle)).toBeCloseTo(0);
  expect(leanOf(1.7, 9.65, 0, 0)).toBeCloseTo(10, 0);
  expect(leanOf(-1.7, -9.65, 0, 0)).toBeCloseTo(10, 0);
  expect(leanOf(-1.7, 9.65, 0, 0)).toBeCloseTo(-10, 0);
  expect(leanOf(0.1, 0.1, 9.8, 0)).toBeNull();
  expect(leanOf(0, 0, 0, 0)).toBeNull();
});

test('recording stops where it was told, or where the video is full; a point that is passed is none', () => {
  expect(roomOf(2000, 15_000, null)).toBe(13_000);
  expect(roomOf(2000, 15_000, 5000)).toBe(3000);
  expect(roomOf(5000, 15_000, 5000)).toBe(10_000);
  expect(roomOf(2000, 15_000, 60_000)).toBe(13_000);
  expect(roomOf(16_000, 15_000, null)).toBe(0);
});
