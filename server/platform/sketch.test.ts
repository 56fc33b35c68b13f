import { expect, test } from 'vitest';
import { addTo, countOf, emptySketch, mergeInto, packSketch, unpackSketch } from './sketch.ts';

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `video-${from + at}`);

test('few are counted nearly exactly, many within a few percent, and none is none', () => {
  for (const [count, off] of [
    [0, 0],
    [1, 0],
    [40, 1],
    [1000, 30],
    [5000, 250],
    [100_000, 5000],
  ] as const) {
    const sketch = emptySketch();
    addTo(sketch, ids(0, count));
    addTo(sketch, ids(0, count));
    expect(Math.abs(countOf(sketch) - count), `${count}`).toBeLessThanOrEqual(off);
  }
});

test('two hours together count what was in either once', () => {
  const [one, two, both] = [emptySketch(), emptySketch(), emptySketch()];
  addTo(one, ids(0, 700));
  addTo(two, ids(300, 1200));
  addTo(both, ids(0, 1200));
  mergeInto(one, two);
  mergeInto(one, Buffer.alloc(3));
  expect(one.equals(both)).toBe(true);
});

test('a sketch is kept in fewer bytes while few are in it, and comes back as it was', () => {
  for (const count of [0, 3, 500, 900, 20_000]) {
    const sketch = emptySketch();
    addTo(sketch, ids(0, count));
    const packed = packSketch(sketch);
    expect(packed.length).toBeLessThanOrEqual(Math.min(2048, count * 3));
    expect(unpackSketch(packed).equals(sketch)).toBe(true);
  }
  expect(countOf(unpackSketch(Buffer.from([255, 255, 9, 1])))).toBe(0);
});
