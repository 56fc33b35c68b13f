import { expect, test } from 'vitest';
import { freeHeight } from './place.rules.ts';

const at = (y: number, atMs = 0) => ({ x: 0.5, y, atMs, forMs: 3000 });

test('something new does not lie on what is there already', () => {
  expect(freeHeight([], 0, 0.28)).toBe(0.28);
  expect(freeHeight([at(0.28)], 0, 0.28)).toBe(0.36);
  expect(freeHeight([at(0.28), at(0.36)], 100, 0.28)).toBe(0.44);
  // Moved aside, earlier, or later, it is in nobody's way.
  expect(freeHeight([at(0.1), { ...at(0.28), x: 0.8 }, at(0.28, 4000)], 0, 0.28)).toBe(0.28);
  // A frame full of words: where it was wished.
  expect(
    freeHeight(
      Array.from({ length: 20 }, (_, row) => at(row / 20)),
      0,
      0.28,
    ),
  ).toBe(0.28);
});
