import { expect, test } from 'vitest';
import { allowedAtFirst, frameCells, frameGrid } from './credits.ts';
import { makingRoutes } from './making.ts';

const counts = Array.from(
  { length: frameCells.most - frameCells.fewest + 1 },
  (_, index) => frameCells.fewest + index,
);

test.each(counts)(
  'a frame of %i people has a cell for each, and they fill the picture without a gap',
  (count) => {
    const grid = frameGrid(count);
    expect(grid).toHaveLength(count);
    expect(grid.reduce((sum, { width, height }) => sum + width * height, 0)).toBeCloseTo(1, 10);
    for (const [at, one] of grid.entries()) {
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width).toBeLessThanOrEqual(1 + 1e-9);
      expect(one.y + one.height).toBeLessThanOrEqual(1 + 1e-9);
      for (const other of grid.slice(at + 1)) {
        const apart =
          one.x + one.width <= other.x + 1e-9 ||
          other.x + other.width <= one.x + 1e-9 ||
          one.y + one.height <= other.y + 1e-9;
        expect(apart).toBe(true);
      }
    }
  },
);

test('there is no grid for a crowd or for two', () => {
  expect(frameGrid(2)).toEqual([]);
  expect(frameGrid(10)).toEqual([]);
});

test('every operation has its own name and address', () => {
  const names = makingRoutes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const addresses = makingRoutes.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('until a creator says otherwise, others may make something with a video, but not carry it off', () => {
  const { download, ...makings } = allowedAtFirst;
  expect(Object.values(makings).every(Boolean)).toBe(true);
  expect(download).toBe(false);
});
