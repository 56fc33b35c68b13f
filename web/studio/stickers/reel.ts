import { circle, cutOut, ember, honey, lamp, night, paper, turned } from './shapes.ts';
import type { Sticker } from './sticker.ts';

const holes = Array.from({ length: 5 }, (_, i) => {
  const angle = (i * 2 * Math.PI) / 5;
  return circle(Number((Math.sin(angle) * 21).toFixed(2)), Number((-Math.cos(angle) * 21).toFixed(2)), 8.4);
}).join('');
const strip = 'M46 85C62 87 76 87 96 80L96 94C76 98 58 98 42 94Z';

/** A reel that runs, with the end of its film in the air. */
export const reel: Sticker = {
  name: 'reel',
  moves: true,
  draw(pen, t) {
    cutOut(pen, ({ fill, detail }) => {
      fill(strip, night);
      detail('M52 90C66 92 80 91 93 87', honey, 4);
      fill(circle(47, 47, 39), night);
    });
    turned(pen, { x: 47, y: 47, degrees: t * 110 }, () => {
      pen.fillStyle = paper;
      pen.fill(new Path2D(holes));
      pen.fillStyle = lamp;
      pen.fill(new Path2D(circle(0, 0, 7)));
      pen.fillStyle = ember;
      pen.fill(new Path2D(circle(0, 0, 2.6)));
    });
  },
};
