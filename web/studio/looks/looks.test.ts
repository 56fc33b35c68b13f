import { describe, expect, test } from 'vitest';
import { hex, luma } from './grading.ts';
import { hueOf } from './hues.ts';
import { lookOf, looks } from './looks.ts';
import { bakeLut, lutSide } from './lut.ts';

const colourless = new Set(['ink', 'slate', 'sepia']);
/** From very light to very dark, cool and warm undertones. */
const skins = [
  '#f6ede4 #f3e7db #f7ead0 #eadaba #d7bd96 #a07e56 #825c43 #604134 #3a312a #292420',
  '#ffdbc4 #e0ac90 #c68863 #8d5524 #5c3a28',
].flatMap((row) => row.split(' '));

test('a look is found by its name, and an unknown one is none', () => {
  expect(looks.length).toBeGreaterThanOrEqual(16);
  expect(new Set(looks.map(({ name }) => name)).size).toBe(looks.length);
  for (const look of looks) {
    expect(look.name).toMatch(/^[a-z]+$/);
    expect(lookOf(look.name)).toBe(look);
  }
  expect(lookOf('of-tomorrow')).toBeNull();
});

describe.each(looks.map(({ name, grade }) => [name, grade] as const))('%s', (name, grade) => {
  test('keeps black dark, white bright, and the greys between them in order', () => {
    expect(luma(grade(0, 0, 0))).toBeLessThan(0.13);
    expect(luma(grade(1, 1, 1))).toBeGreaterThan(0.87);
    let before = -1;
    for (let step = 0; step <= 100; step++) {
      const level = luma(grade(step / 100, step / 100, step / 100));
      expect(level).toBeGreaterThanOrEqual(before - 1e-9);
      before = level;
    }
  });

  test('changes something, and stays in range', () => {
    let most = 0;
    for (let red = 0; red <= 1; red += 0.2)
      for (let green = 0; green <= 1; green += 0.2)
        for (let blue = 0; blue <= 1; blue += 0.2) {
          const graded = grade(red, green, blue);
          for (const value of graded) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
          most = Math.max(most, Math.abs(graded[0] - red), Math.abs(graded[2] - blue));
        }
    expect(most).toBeGreaterThan(0.04);
  });

  if (colourless.has(name)) return;
  test('leaves a face human', () => {
    for (const skin of skins) {
      const { hue, chroma } = hueOf(grade(...hex(skin)));
      const told = `${skin} turned to hue ${hue.toFixed()} with chroma ${chroma.toFixed(2)}`;
      // Where hardly any colour is left, its hue says nothing.
      if (chroma > 0.06) expect(hue >= 345 || hue <= 56, told).toBe(true);
      expect(chroma, told).toBeLessThan(Math.max(0.26, hueOf(hex(skin)).chroma * 1.9));
    }
  });

  test('is the same out of its cube of colours', () => {
    const cube = bakeLut(grade);
    const at = (red: number, green: number, blue: number, channel: number) =>
      cube[((blue * lutSide + green) * lutSide + red) * 4 + channel]! / 255;
    const last = lutSide - 1;
    let [worst, sum, count] = [0, 0, 0];
    for (let step = 0; step < 3000; step++) {
      // Three strides without a common measure walk through the whole cube.
      const colour = [0.618, 0.755, 0.57].map((stride) => (step * stride) % 1) as [number, number, number];
      const exact = grade(...colour);
      const low = colour.map((value) => Math.min(last - 1, Math.floor(value * last)));
      for (let channel = 0; channel < 3; channel++) {
        let read = 0;
        for (let corner = 0; corner < 8; corner++) {
          const step3 = [corner & 1, (corner >> 1) & 1, corner >> 2];
          const share = colour.reduce((all, value, i) => {
            const part = value * last - low[i]!;
            return all * (step3[i] ? part : 1 - part);
          }, 1);
          read += share * at(low[0]! + step3[0]!, low[1]! + step3[1]!, low[2]! + step3[2]!, channel);
        }
        const off = Math.abs(read - exact[channel]!);
        worst = Math.max(worst, off);
        sum += off;
        count++;
      }
    }
    expect(worst).toBeLessThan(0.06);
    expect(sum / count).toBeLessThan(0.004);
  });
});
