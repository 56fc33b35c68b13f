import { beforeAll, describe, expect, test } from 'vitest';
import type { Pen, Sticker } from './sticker.ts';
import { stickerOf, stickers } from './stickers.ts';

/** Writes down what a sticker does with its pen. Whether it is beautiful is looked at in a browser. */
function written(sticker: Sticker, t: number): { lines: string[]; depth: number } {
  const lines: string[] = [];
  let depth = 0;
  const gradient = { addColorStop: (...all: unknown[]) => lines.push(`stop ${all.join(' ')}`) };
  const pen = new Proxy({} as Record<string, unknown>, {
    get:
      (_, name: string) =>
      (...all: unknown[]) => {
        if (name === 'save') depth++;
        if (name === 'restore') depth--;
        expect(depth).toBeGreaterThanOrEqual(0);
        for (const value of all) if (typeof value === 'number') expect(value).not.toBeNaN();
        lines.push(`${name} ${all.map((value) => (value as { path?: string })?.path ?? value).join(' ')}`);
        return name === 'createRadialGradient' ? gradient : undefined;
      },
    set: (_, name: string, value) => {
      lines.push(`${name} = ${typeof value === 'object' ? 'gradient' : value}`);
      return true;
    },
  });
  sticker.draw(pen as unknown as Pen, t);
  return { lines, depth };
}

beforeAll(() => {
  if (typeof Path2D === 'undefined')
    Object.assign(globalThis, {
      Path2D: class {
        path: string;
        constructor(path: string) {
          expect(path).not.toMatch(/NaN|undefined/);
          this.path = path;
        }
      },
    });
});

test('a sticker is found by its name, and an unknown one is none', () => {
  expect(stickers.length).toBeGreaterThanOrEqual(8);
  expect(new Set(stickers.map(({ name }) => name)).size).toBe(stickers.length);
  for (const sticker of stickers) expect(stickerOf(sticker.name)).toBe(sticker);
  expect(stickerOf('of-tomorrow')).toBeNull();
});

describe.each(stickers.map((sticker) => [sticker.name, sticker] as const))('%s', (_name, sticker) => {
  test('depends on nothing but its time', () => {
    for (const t of [0, 0.033, 0.7, 3.21, 59]) {
      const first = written(sticker, t);
      expect(written(sticker, t + 1).lines.length).toBeGreaterThan(2);
      expect(written(sticker, t).lines).toEqual(first.lines);
      expect(first.depth, 'every save has its restore').toBe(0);
    }
  });
  test('moves if it says so', () => {
    const seen = new Set([0, 0.21, 0.47, 0.83, 1.9].map((t) => written(sticker, t).lines.join()));
    expect(seen.size > 1).toBe(sticker.moves);
  });
});
