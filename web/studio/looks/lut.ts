import type { Grade } from './grading.ts';

/**
 * A grade as a cube of colours, so that the graphics card can apply any of them in one read. 24 steps a side: 55 kB, and
 * between two steps the card interpolates; our grades bend gently enough that nobody sees it (the test has the figures).
 */
export const lutSide = 24;

/** RGBA bytes, red fastest, then green, then blue: the order of a 3D texture. */
export function bakeLut(grade: Grade, side = lutSide): Uint8Array {
  const bytes = new Uint8Array(side ** 3 * 4);
  const last = side - 1;
  let at = 0;
  for (let blue = 0; blue < side; blue++)
    for (let green = 0; green < side; green++)
      for (let red = 0; red < side; red++) {
        const colour = grade(red / last, green / last, blue / last);
        bytes[at++] = Math.round(colour[0] * 255);
        bytes[at++] = Math.round(colour[1] * 255);
        bytes[at++] = Math.round(colour[2] * 255);
        bytes[at++] = 255;
      }
  return bytes;
}
