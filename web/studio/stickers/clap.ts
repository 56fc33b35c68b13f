import { cutOut, ember, lamp, night, type Parts, turn, turned } from './shapes.ts';
import type { Pen, Sticker } from './sticker.ts';

/** A right hand seen from its back, its wrist at 0, 30. */
function hand({ fill, stroke, detail }: Parts, colour: string, sleeve: string): void {
  fill('M-12 22L12 22L14 37L-14 37Z', sleeve);
  stroke('M-10 8L-15 -10', colour, 8);
  stroke('M-3.6 4L-6 -18', colour, 8.4);
  stroke('M3.6 4L3.4 -19', colour, 8.4);
  stroke('M10.4 8L12.6 -13', colour, 8);
  stroke('M-10 19L-23 9', colour, 8.6);
  fill('M-15 6C-15 0 15 0 15 6L14 20C13 28 -13 28 -14 20Z', colour);
  detail('M-7.6 0L-9.6 -8M-0.2 -1L-1 -9M7.2 0L8 -8', '#c07a12', 1.6);
}

/** Two hands that mean it. */
export const clap: Sticker = {
  name: 'clap',
  moves: true,
  draw(pen: Pen, t) {
    const way = turn(t, 0.5);
    // Together at the start of each clap, apart in its middle.
    const apart = Math.sin(Math.min(1, way * 1.1) * Math.PI) ** 0.8;
    cutOut(pen, (parts) => {
      turned(pen, { x: 63 + apart * 9, y: 56, degrees: 14 + apart * 14 }, () =>
        hand(parts, '#f0a01a', night),
      );
      pen.save();
      pen.translate(42 - apart * 9, 58);
      pen.rotate(-(12 + apart * 14) * (Math.PI / 180));
      pen.scale(-1, 1);
      hand(parts, lamp, ember);
      pen.restore();
    });
    const heard = Math.max(0, 1 - way * 3);
    if (heard === 0) return;
    pen.globalAlpha = heard;
    cutOut(
      pen,
      ({ stroke }) => {
        for (const degrees of [-42, -14, 14, 42])
          turned(pen, { x: 51, y: 46, degrees }, () =>
            stroke(`M0 -${34 - heard * 3}L0 -${42 - heard * 4}`, ember, 3.5),
          );
      },
      4,
    );
  },
};
