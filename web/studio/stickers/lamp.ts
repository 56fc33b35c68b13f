import { lamp as amber, circle, cutOut, honey, ink, night } from './shapes.ts';
import type { Sticker } from './sticker.ts';

/** Mostly steady, sometimes weak for a moment; never a flash, and never fast enough to hurt. */
const light = (t: number): number => {
  const hum = 0.9 + 0.06 * Math.sin(t * 5.1) + 0.04 * Math.sin(t * 8.3 + 1);
  const gasp = Math.max(0, Math.sin(t * 1.9) * Math.sin(t * 2.9 + 0.6) - 0.55) * 1.3;
  return Math.max(0.3, hum - gasp);
};

/** A hanging bulb with a loose contact. */
export const lamp: Sticker = {
  name: 'lamp',
  moves: true,
  draw(pen, t) {
    const bright = light(t);
    const glow = pen.createRadialGradient(50, 62, 6, 50, 62, 48);
    glow.addColorStop(0, `rgb(255 200 90 / ${(0.75 * bright).toFixed(3)})`);
    glow.addColorStop(0.5, `rgb(255 178 36 / ${(0.28 * bright).toFixed(3)})`);
    glow.addColorStop(1, 'rgb(255 178 36 / 0)');
    pen.fillStyle = glow;
    pen.fillRect(0, 12, 100, 98);
    pen.translate(50, 0);
    pen.rotate(Math.sin(t * 1.3) * 0.05);
    pen.translate(-50, 0);
    cutOut(pen, ({ fill, stroke, detail }) => {
      stroke('M50 2L50 24', night, 3.5);
      fill('M40 40L40 30C40 24 60 24 60 30L60 40Z', night);
      fill(`${circle(50, 62, 21)}M40 38L60 38L60 48L40 48Z`, bright > 0.6 ? amber : '#c98a24');
      detail('M41 44L59 44', '#a86d10', 2);
      detail('M43 66L46 56L50 64L54 56L57 66', bright > 0.6 ? '#fff6dc' : ink, 2.4);
      detail('M37 55Q40 48 46 46', honey, 3);
    });
  },
};
