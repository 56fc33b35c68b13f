import type { Frame } from 'node-av/lib';
import { expect, test } from 'vitest';
import { createLookClock, createLooks, lookAt } from './picture-looks.ts';

/** A frame as far as looks need one. */
function frame(paint: (x: number, y: number) => number, [width, height] = [160, 320]): Frame {
  const luma = Uint8Array.from({ length: width * height }, (_, at) =>
    paint(at % width, Math.floor(at / width)),
  );
  return { width, height, data: [luma], linesize: [width] } as never;
}
const sumsOf = (...frames: Frame[]) => {
  const looks = createLooks();
  for (const one of frames) looks.add(lookAt(one), 1);
  return looks.sums();
};
const ramp = (shift: number) => (x: number, y: number) => 60 + ((x + y + shift) % 120);

test('a picture that moves, one that stands still, and one that is black', () => {
  expect(sumsOf(frame(ramp(0)), frame(ramp(9)), frame(ramp(30)))).toEqual({
    blackShare: 0,
    stillShare: 0,
    barShare: 0,
  });
  expect(sumsOf(frame(ramp(0)), frame(ramp(0)), frame(ramp(5))).stillShare).toBe(0.5);
  expect(
    sumsOf(
      frame(() => 16),
      frame(() => 17),
    ),
  ).toMatchObject({ blackShare: 1, stillShare: 0, barShare: 0 });
});

test('bars are found above and below or at the sides, when no look has anything in them', () => {
  const letterbox = (shift: number) => (x: number, y: number) =>
    y < 80 || y >= 240 ? 16 : ramp(shift)(x, y);
  expect(sumsOf(frame(letterbox(0)), frame(letterbox(9))).barShare).toBeCloseTo(0.5, 1);
  const pillars = (x: number, y: number) => (x < 40 || x >= 120 ? 16 : ramp(0)(x, y));
  expect(sumsOf(frame(pillars)).barShare).toBeCloseTo(0.5, 1);
  expect(sumsOf(frame(letterbox(0)), frame(ramp(9))).barShare).toBe(0);
});

test('one long frame stands for all the looks it covers', () => {
  const clock = createLookClock();
  expect([clock(0, 1 / 30), clock(1 / 30, 1 / 30), clock(0.25, 1), clock(1.25, 0.1)]).toEqual([1, 0, 4, 1]);
});
