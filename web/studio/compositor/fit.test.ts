import { expect, test } from 'vitest';
import { contain, cover, fills, readings } from './fit.ts';

const phone = { width: 720, height: 1280 };

test('a picture stands whole in the middle, on whole pixels', () => {
  expect(contain({ width: 1920, height: 1080 }, phone)).toEqual([0, 437 / 1280, 1, 405 / 1280]);
  const [x, y, width, height] = contain({ width: 333, height: 1000 }, phone);
  for (const pixels of [x * 720, width * 720, y * 1280, height * 1280])
    expect(pixels).toBeCloseTo(Math.round(pixels));
});

test('one of nearly the same shape covers the frame, so that no thin bar is left', () => {
  expect(contain(phone, phone)).toEqual([0, 0, 1, 1]);
  expect(fills(contain({ width: 1080, height: 1916 }, phone))).toBe(true);
  expect(fills(contain({ width: 1080, height: 1350 }, phone))).toBe(false);
});

test('a copy behind it covers the frame and keeps its shape', () => {
  const [x, y, width, height] = cover({ width: 1920, height: 1080 }, phone);
  expect([y, height]).toEqual([0, 1]);
  expect((width * 720) / (height * 1280)).toBeCloseTo(1920 / 1080);
  expect(x).toBeCloseTo((1 - width) / 2);
});

test('a picture that gets much smaller is read more often', () => {
  expect(readings(phone, phone, [0, 0, 1, 1])).toBe(1);
  expect(readings({ width: 1440, height: 2560 }, phone, [0, 0, 1, 1])).toBe(1);
  expect(readings({ width: 2160, height: 3840 }, phone, [0, 0, 1, 1])).toBe(2);
  expect(readings({ width: 16_000, height: 16_000 }, phone, [0, 0, 1, 1])).toBe(4);
});
