import { circle, cutOut, ember, honey, paper, turn, turned } from './shapes.ts';
import type { Pen, Sticker } from './sticker.ts';

const kernel = `${circle(-4, 0, 6)}${circle(5, -2, 6)}${circle(1, -7, 5.5)}${circle(1, 4, 5)}`;
const heap = [
  [28, 44],
  [42, 38],
  [58, 39],
  [72, 44],
  [50, 46],
  [36, 47],
  [64, 47],
] as const;
const leaping = [
  { from: 40, reach: -16, late: 0 },
  { from: 60, reach: 15, late: 0.37 },
  { from: 50, reach: 4, late: 0.71 },
];

function pop(pen: Pen, x: number, y: number, degrees: number): void {
  turned(pen, { x, y, degrees }, () => {
    pen.fillStyle = '#fff3d2';
    pen.strokeStyle = honey;
    pen.lineWidth = 2;
    pen.stroke(new Path2D(kernel));
    pen.fill(new Path2D(kernel));
    pen.fillStyle = honey;
    pen.fill(new Path2D(circle(1, -1, 2.4)));
  });
}

/** The film begins. */
export const popcorn: Sticker = {
  name: 'popcorn',
  moves: true,
  draw(pen, t) {
    for (const { from, reach, late } of leaping) {
      const way = turn(t + late * 1.5, 1.5);
      pop(pen, from + reach * way, 40 - 34 * 4 * way * (1 - way) * 0.95, way * 300);
    }
    for (const [x, y] of heap) pop(pen, x, y, x * 7);
    cutOut(pen, ({ fill, detail }) => {
      fill('M20 48L80 48L72 94L28 94Z', ember);
      detail('M35 51L38 91M50 51L50 91M65 51L62 91', paper, 6);
    });
  },
};
