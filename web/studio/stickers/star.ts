import { circle, cutOut, ember, ink, lamp, turn, turned } from './shapes.ts';
import type { Sticker } from './sticker.ts';

const points = 12;
const burst = `M${Array.from({ length: points * 2 }, (_, i) => {
  const [angle, radius] = [(i * Math.PI) / points, i % 2 ? 33 : 43];
  return `${(Math.sin(angle) * radius).toFixed(2)} ${(-Math.cos(angle) * radius).toFixed(2)}`;
}).join('L')}Z`;

/** A burst that turns around a face that does not, and winks. */
export const star: Sticker = {
  name: 'star',
  moves: true,
  draw(pen, t) {
    const winks = turn(t + 1.2, 2.4) < 0.16;
    cutOut(pen, ({ fill }) => turned(pen, { x: 50, y: 50, degrees: t * 24 }, () => fill(burst, lamp)));
    turned(pen, { x: 50, y: 50, degrees: Math.sin(t * 2) * 5 }, () => {
      pen.fillStyle = ink;
      pen.fill(new Path2D(circle(-10, -6, 3.6)));
      if (!winks) pen.fill(new Path2D(circle(10, -6, 3.6)));
      pen.strokeStyle = ink;
      pen.lineWidth = 3.2;
      pen.lineCap = 'round';
      if (winks) pen.stroke(new Path2D('M6 -6Q10 -9 14 -6'));
      pen.stroke(new Path2D('M-13 6Q0 21 13 6'));
      pen.fillStyle = ember;
      pen.globalAlpha = 0.55;
      pen.fill(new Path2D(`${circle(-18, 3, 4)}${circle(18, 3, 4)}`));
    });
  },
};
