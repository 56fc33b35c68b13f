import { cutOut, lamp, sway } from './shapes.ts';
import type { Sticker } from './sticker.ts';

/** "Look, there": an arrow drawn in one go that keeps pointing. */
export const arrow: Sticker = {
  name: 'arrow',
  moves: true,
  draw(pen, t) {
    const push = sway(t, 0.9) * 6;
    pen.translate(push * 0.9 - 3, push * 0.5 - 1);
    cutOut(pen, ({ stroke }) => {
      stroke('M14 22C18 54 40 72 80 68', lamp, 9);
      stroke('M62 52L82 68L64 86', lamp, 9);
    });
  },
};
