import { expect, test } from 'vitest';
import { cellsOf, pixelsOf, seenIn } from './cells.ts';

const whole = { x: 0, y: 0, width: 1, height: 1 };

test('cells lie inside the frame on whole pixels, and none on another but the small one of an inset', () => {
  const names = [
    ['side', 2],
    ['stacked', 2],
    ['inset', 2],
    ...[3, 4, 5, 6, 7, 8, 9].map((cells) => ['grid', cells] as const),
  ] as const;
  for (const [name, cells] of names) {
    expect(cellsOf({ name, cells })).toHaveLength(cells);
    const places = pixelsOf({ name, cells }, { width: 720, height: 1280 });
    for (const [index, { x, y, width, height }] of places.entries()) {
      for (const value of [x, y, width, height]) expect(Number.isInteger(value)).toBe(true);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(720);
      expect(y + height).toBeLessThanOrEqual(1280);
      if (name === 'inset') continue;
      for (const other of places.slice(index + 1))
        expect(
          x + width < other.x ||
            other.x + other.width < x ||
            y + height < other.y ||
            y > other.y + other.height,
        ).toBe(true);
    }
  }
});

test('of a picture the middle is seen that has the shape of the cell', () => {
  const upright = { width: 720, height: 1280 };
  expect(seenIn(whole, upright, { width: 360, height: 640 })).toEqual(whole);
  expect(seenIn(whole, upright, { width: 720, height: 640 })).toEqual({
    x: 0,
    y: 0.25,
    width: 1,
    height: 0.5,
  });
  expect(seenIn({ x: 0, y: 0, width: 0.5, height: 0.5 }, upright, { width: 320, height: 640 })).toMatchObject(
    {
      y: 0,
      height: 0.5,
    },
  );
});
