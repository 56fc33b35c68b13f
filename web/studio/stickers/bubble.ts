import { circle, cutOut, ink, lamp, turn } from './shapes.ts';
import type { Sticker } from './sticker.ts';

const shape =
  'M26 16L74 16C84 16 90 23 90 33L90 51C90 61 84 68 74 68L46 68C40 76 32 83 22 86C26 80 28 74 27 68L26 68C16 68 10 61 10 51L10 33C10 23 16 16 26 16Z';

/** Somebody is about to say something. */
export const bubble: Sticker = {
  name: 'bubble',
  moves: true,
  draw(pen, t) {
    cutOut(pen, ({ fill }) => fill(shape, lamp));
    pen.fillStyle = ink;
    for (const i of [0, 1, 2]) {
      const hop = Math.max(0, Math.sin((turn(t, 1.2) - i * 0.13) * 2 * Math.PI));
      pen.fill(new Path2D(circle(32 + i * 18, 43 - hop * 8, 5.4)));
    }
  },
};
