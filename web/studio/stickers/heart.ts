import { cutOut, ember, turn, turned } from './shapes.ts';
import type { Sticker } from './sticker.ts';

const shape =
  'M0 34C-28 12 -38 0 -38 -14C-38 -27 -28 -35 -18 -35C-10 -35 -3 -30 0 -23C3 -30 10 -35 18 -35C28 -35 38 -27 38 -14C38 0 28 12 0 34Z';

/** Two quick beats and a rest, as hearts do. */
export const heart: Sticker = {
  name: 'heart',
  moves: true,
  draw(pen, t) {
    const way = turn(t, 1.1);
    const beat = (at: number) => Math.exp(-(((way - at) / 0.055) ** 2));
    turned(pen, { x: 50, y: 52, scale: 0.98 + 0.1 * beat(0.12) + 0.06 * beat(0.32) }, () =>
      cutOut(pen, ({ fill, detail }) => {
        fill(shape, ember);
        detail('M-28 -13C-28 -21 -22 -26 -16 -26', '#ffb3ab', 5);
      }),
    );
  },
};
