import { cocoa, cutOut, ember, ink, paper, turn } from './shapes.ts';
import type { Sticker } from './sticker.ts';

const body = 'M20 46L72 46C72 66 68 84 60 88C54 91 38 91 32 88C24 84 20 66 20 46Z';
const handle = 'M71 54C86 50 90 66 80 72C76 75 71 75 68 74';

/** A cup that is glad to be drunk; its steam rises and thins. */
export const cup: Sticker = {
  name: 'cup',
  moves: true,
  draw(pen, t) {
    cutOut(pen, ({ fill, stroke, detail }) => {
      stroke(handle, ember, 7);
      fill(body, ember);
      fill('M20 46C20 41 72 41 72 46C72 51 20 51 20 46Z', cocoa);
      detail('M36 62Q39 66 42 62M52 62Q55 66 58 62', ink, 2.6);
      detail('M42 70Q47 76 52 70', ink, 2.6);
    });
    for (const [x, late] of [
      [34, 0],
      [46, 0.36],
      [58, 0.7],
    ] as const) {
      const way = turn(t + late * 2.4, 2.4);
      const lean = Math.sin((t + late * 5) * 2.2) * 3;
      const y = 36 - way * 16;
      pen.globalAlpha = Math.sin(way * Math.PI) * 0.95;
      pen.strokeStyle = paper;
      pen.lineWidth = 4.5;
      pen.beginPath();
      pen.moveTo(x, y);
      pen.bezierCurveTo(x - 6 + lean, y - 6, x + 6 + lean, y - 10, x + lean, y - 17);
      pen.stroke();
    }
  },
};
