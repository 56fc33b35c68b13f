/** One-pan cooking: dark warm kitchens, one thing in the middle, and food with opinions. */
import {
  clamp01,
  easeIn,
  easeOut,
  glide,
  hump,
  mix,
  overshoot,
  pop,
  span,
  wave,
} from '../../drawing/easing.ts';
import {
  circle,
  d,
  dusk,
  each,
  ellipse,
  fade,
  line,
  path,
  place,
  rect,
  sky,
  stroke,
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { burst, face, heart, steam } from '../../drawing/things.ts';

/** Kernels wait in a glass pot. One pops. Then all but one. Then that one. */
export const popcorn: Story = ({ random }) => {
  const kernels = Array.from({ length: 54 }, (_, i) => ({
    x: random.between(-118, 118),
    row: random.between(0, 26),
    at: i === 0 ? 0.24 : random.between(0.34, 0.66),
    fly: random.between(0.1, 0.18),
    high: random.between(130, 330),
    restX: random.between(-112, 112),
    restY: random.between(6, 250),
    turn: random.between(-200, 200),
    size: random.between(1.25, 1.75),
  }));
  const fluff =
    circle(-11, 3, 13, '#fff6e0') +
    circle(10, 5, 14, '#fdeecb') +
    circle(0, -11, 14, '#fffaf0') +
    circle(2, 2, 6, '#f2c14e');
  return {
    still:
      sky('#7c1f3b', '#9c2a45', '#5b1631', '#240814') +
      each(9, (i) => rect(i * 60, 0, 30, 560, '#fff', 0, 'opacity=".045"')) +
      rect(0, 600, 540, 360, '#2b0c18') +
      rect(0, 596, 540, 12, '#45162a') +
      ellipse(250, 606, 190, 14, '#12040a', 'opacity=".7"') +
      dusk('#12040a', 640, 0.6),
    at: (t, seconds) => {
      const crazy = hump(t, 0.36, 0.7);
      const shakeX = wave(seconds, 11) * 5 * crazy;
      const lid = 260 - glide(t, 0.4, 0.66) * 118 - Math.abs(wave(seconds, 6)) * 14 * crazy;
      const pile = kernels
        .map((k) => {
          const flight = span(t, k.at, k.at + k.fly);
          if (flight <= 0)
            return place(
              250 + k.x,
              578 - k.row * 0.8,
              ellipse(0, 0, 10, 8, '#e3a52f') + circle(-3, -2, 2.4, '#f8d888'),
              { turn: k.turn + wave(seconds, 5, k.x) * 20 * span(t, 0.1, 0.34) },
            );
          const x = mix(250 + k.x, 250 + k.restX, flight);
          const y = mix(578 - k.row, 574 - k.restY, easeIn(flight)) - Math.sin(Math.PI * flight) * k.high;
          return place(x, y, fluff, {
            turn: k.turn * flight,
            scale: k.size * (0.4 + 0.6 * easeOut(clamp01(flight * 3))),
          });
        })
        .join('');
      const last = span(t, 0.86, 0.9);
      const late =
        last <= 0
          ? place(
              250,
              330 + (t < 0.72 ? 1000 : 0) + (t > 0.76 ? wave(seconds, 12) * 2 : 0),
              ellipse(0, 0, 21, 17, '#e3a52f') + place(0, -2, face(30, 0.9, -0.5)),
            )
          : place(
              250,
              318 - Math.sin(Math.PI * span(t, 0.86, 0.98)) * 90,
              place(0, 0, fluff, { scale: 2.1 }) + place(0, 0, face(38, 1, 1)),
              { scale: overshoot(last), turn: span(t, 0.86, 0.98) * 360 },
            );
      const pot =
        rect(98, 262, 304, 330, '#ffd9e2', 34, 'opacity=".13"') +
        rect(112, 280, 14, 250, '#fff', 7, 'opacity=".25"') +
        stroke('M98 290V560Q98 594 132 594H368Q402 594 402 560V290', '#ffd9e2', 7, 'opacity=".75"') +
        rect(60, 380, 40, 26, '#e8485f', 12) +
        rect(400, 380, 40, 26, '#e8485f', 12);
      const cover = place(
        250,
        lid,
        path('M-162 0Q-150 -58 0 -62Q150 -58 162 0Z', '#e8485f') +
          rect(-168, -6, 336, 16, '#ff6f7f', 8) +
          circle(0, -72, 17, '#ffd9e2'),
        { turn: crazy * wave(seconds, 4) * 5 + glide(t, 0.6, 0.7) * 9 },
      );
      const fire = each(9, (i) =>
        ellipse(146 + i * 26, 606, 9, 12 + 6 * wave(seconds, 4, i), i % 2 ? '#ff9d3d' : '#58b7ff'),
      );
      return (
        fire +
        place(shakeX, 0, pile + late + pot + cover) +
        burst(250, 320, last > 0 ? span(t, 0.86, 0.97) : 0, '#ffe9b0', 12, 170) +
        burst(250 + kernels[0]!.x, 520, span(t, 0.24, 0.3), '#ffe9b0', 8, 60)
      );
    },
  };
};

/** Bamboo steamer from above: the lid goes, five dumplings sleep, wake one by one, and one prefers not to. */
export const dumplings: Story = ({ random }) => {
  const spots = [
    [0, -4],
    [-2, -108],
    [104, -26],
    [66, 92],
    [-64, 94],
    [-104, -24],
  ] as const;
  const naps = spots.map((_, i) => ({ wake: i === 0 ? 2 : 0.42 + i * 0.075, phase: random.between(0, 6) }));
  const dough =
    path('M-48 12C-56 -22 -30 -46 0 -47C30 -46 56 -22 48 12C42 38 -42 38 -48 12Z', '#fff4e2') +
    path('M-46 16C-30 40 30 40 46 16C36 30 -36 30 -46 16Z', '#ecd5b5') +
    each(7, (i) => stroke(d`M${-24 + i * 8} -38Q${(-24 + i * 8) * 0.4} -30 0 -24`, '#e2c69f', 3));
  return {
    still:
      sky('#123b3a', '#185150', '#0f3432', '#071a19') +
      each(12, (i) => line(0, i * 84, 540, i * 84 - 60, '#1d5c5a', 3)) +
      circle(252, 426, 214, '#06201f', 'opacity=".6"') +
      circle(252, 410, 212, '#c99450') +
      circle(252, 410, 196, '#e3b673') +
      circle(252, 410, 182, '#a97638') +
      circle(252, 410, 176, '#d6a662') +
      each(8, (i) => rect(82, 262 + i * 40, 340, 4, '#b98645', 2, 'opacity=".55"')) +
      circle(252, 410, 189, 'none', 'stroke="#b98645" stroke-width="5"') +
      dusk('#041110', 640, 0.7),
    at: (t, seconds) => {
      const buns = spots
        .map(([x, y], i) => {
          const nap = naps[i]!;
          const wake = span(t, nap.wake, nap.wake + 0.03);
          const hop = hump(t, nap.wake, nap.wake + 0.1) * 22;
          const stare = i > 0 && t > 0.86;
          const toCentre = stare ? glide(t, 0.86, 0.92) * 9 : 0;
          const reach = Math.hypot(x, y) || 1;
          const breath = 1 + 0.022 * wave(seconds, 0.45, nap.phase);
          const faceAt = place(
            (-x / reach) * toCentre,
            4 - (y / reach) * toCentre,
            face(
              62,
              t > 0.96 && i > 0
                ? 0.1
                : wake * (t > nap.wake ? 1 - (wave(seconds, 0.4, nap.phase) > 0.985 ? 1 : 0) : 0),
              i === 0 ? 0.45 : stare ? 0.15 : 0.8,
            ) +
              circle(-27, 13, 7, '#f5a58f', 'opacity=".65"') +
              circle(27, 13, 7, '#f5a58f', 'opacity=".65"'),
          );
          return place(
            252 + x,
            412 + y - hop,
            ellipse(2, 34 + hop, 44, 10, '#8d602a', 'opacity=".4"') + dough + faceAt,
            { scale: 1.03 * breath },
          );
        })
        .join('');
      const snore = (k: number) => {
        const life = (seconds * 0.5 + k * 0.5) % 1;
        return t > 0.5
          ? place(282 + life * 40, 366 - life * 80, stroke('M-9 -9H9L-9 9H9', '#fff4e2', 5), {
              fade: Math.sin(life * 3.14) * span(t, 0.5, 0.6),
              scale: 0.6 + life * 0.7,
            })
          : '';
      };
      const away = glide(t, 0.14, 0.34);
      const lid =
        away >= 1
          ? ''
          : place(
              252 + away * 420,
              410 - away * 420,
              circle(0, 0, 208, '#b9833f') +
                each(5, (i) => circle(0, 0, 190 - i * 34, i % 2 ? '#e0b06a' : '#d09c54')) +
                rect(-60, -11, 120, 22, '#7c5225', 11) +
                rect(-46, -7, 92, 8, '#9a6a34', 4),
              { turn: wave(seconds, 7) * 1.6 * (1 - span(t, 0.1, 0.16)) + away * 50 },
            );
      const puff = span(t, 0.14, 0.5);
      const cloudlet =
        puff > 0 && puff < 1
          ? each(12, (i) =>
              circle(
                252 + Math.cos(i * 1.7) * (40 + 190 * puff),
                410 - puff * 190 + Math.sin(i * 2.3) * 150 * puff,
                44 + 40 * puff,
                '#fff',
                `opacity="${(0.2 * (1 - puff)).toFixed(3)}"`,
              ),
            )
          : '';
      const love = pop(t, 0.9, 0.95);
      return (
        buns +
        snore(0) +
        snore(1) +
        lid +
        cloudlet +
        fade(steam(250, 210, seconds, '#fff', 0.2), 1 - away * 0.2) +
        (love > 0 ? place(252, 236 - span(t, 0.9, 1) * 30, heart(24, '#ff5247'), { scale: love }) : '')
      );
    },
  };
};
