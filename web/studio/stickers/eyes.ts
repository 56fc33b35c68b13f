import { circle, cutOut, ink, turn, turned } from './shapes.ts';
import type { Sticker } from './sticker.ts';

/** Where they look, one after the other; to stay a while on one thing is what makes it a look. */
const places = [
  [8, 2],
  [8, 2],
  [-8, 3],
  [-8, 3],
  [0, -9],
  [0, 4],
] as const;

/** "Did you see that?" */
export const eyes: Sticker = {
  name: 'eyes',
  moves: true,
  draw(pen, t) {
    const beat = turn(t, 4.2) * places.length;
    const [now, next] = [places[Math.floor(beat)]!, places[(Math.floor(beat) + 1) % places.length]!];
    const way = Math.max(0, ((beat % 1) - 0.8) / 0.2);
    const [x, y] = [now[0] + (next[0] - now[0]) * way, now[1] + (next[1] - now[1]) * way];
    const open = 1 - Math.exp(-(((turn(t, 2.9) - 0.5) / 0.022) ** 2)) * 0.92;
    for (const middle of [28, 72])
      turned(pen, { x: middle, y: 50, stretch: open }, () => {
        cutOut(pen, ({ fill }) => fill('M-19 0C-19 -36 19 -36 19 0C19 36 -19 36 -19 0Z', '#ffffff'), 6);
        pen.strokeStyle = ink;
        pen.lineWidth = 3;
        pen.stroke(new Path2D('M-19 0C-19 -36 19 -36 19 0C19 36 -19 36 -19 0Z'));
        pen.fillStyle = ink;
        pen.fill(new Path2D(circle(x, y, 9.5)));
        pen.fillStyle = '#ffffff';
        pen.fill(new Path2D(circle(x + 3, y - 4, 3)));
      });
  },
};
