/** Balcony gardens: green patience, small harvests, and neighbours. */
import { along, blend } from '../../drawing/colour.ts';
import { easeOut, glide, hump, mix, pop, span, wave } from '../../drawing/easing.ts';
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
import { bird, burst, face, heart, leaf, sparkle } from '../../drawing/things.ts';

/** Tomatoes ripen one after the other. Somebody has been counting, too. */
export const tomatoThief: Story = () => {
  const fruits = [
    [150, 250],
    [318, 210],
    [232, 330],
    [372, 352],
    [130, 420],
    [290, 456],
  ] as const;
  return {
    still:
      sky('#f9e3b8', '#f7d49b', '#eeb878', '#a8653f') +
      each(14, (i) => rect(0, i * 46, 540, 22, '#f5cd92', 0, 'opacity=".5"')) +
      rect(70, 130, 10, 470, '#a2704a') +
      rect(420, 130, 10, 470, '#a2704a') +
      each(5, (i) => rect(60, 170 + i * 90, 380, 8, '#b98257')) +
      place(
        250,
        560,
        rect(-210, 0, 420, 96, '#8d5533', 8) +
          each(4, (i) => rect(-210, 20 + i * 22, 420, 4, '#77452a')) +
          ellipse(0, 2, 200, 14, '#4d2c1c'),
      ) +
      dusk('#41210f', 620, 0.75),
    at: (t, seconds) => {
      const climb = glide(t, 0, 0.26);
      const vine = (x: number, sway: number) =>
        stroke(
          d`M${x} 560C${x - 60} 470 ${x + 70 + sway} 400 ${x} 330S${x + 50} 220 ${x - 10 + sway} 150`,
          '#4c8b3f',
          11,
          `stroke-dasharray="${(climb * 640).toFixed(1)} 900"`,
        );
      const sway = wave(seconds, 0.3) * 8;
      const leaves = each(16, (i) => {
        const at = 0.04 + i * 0.014;
        const x = 110 + ((i * 97) % 300);
        const y = 540 - i * 25;
        return place(x, y, leaf(64, i % 3 ? '#5fa24c' : '#77b85c', '#41803a'), {
          turn: i % 2 ? 190 + wave(seconds, 0.4, i) * 8 : -20 + wave(seconds, 0.4, i) * 8,
          scale: pop(t, at, at + 0.1),
        });
      });
      const theft = span(t, 0.72, 0.82);
      const birdX =
        t < 0.78 ? mix(620, 290, easeOut(span(t, 0.66, 0.78))) : mix(290, -160, glide(t, 0.82, 0.99));
      const birdY =
        t < 0.78 ? mix(120, 404, easeOut(span(t, 0.66, 0.78))) : mix(404, 140, glide(t, 0.82, 0.99));
      const balls = fruits
        .map(([x, y], i) => {
          const ripe = span(t, 0.22 + i * 0.075, 0.32 + i * 0.075);
          const size = 14 + 24 * easeOut(span(t, 0.14 + i * 0.02, 0.4 + i * 0.06));
          const stolen = i === 5 && t > 0.8;
          const bx = stolen ? birdX : x + sway * 0.4;
          const by = stolen ? birdY + 52 : y;
          const wide = 1 + 0.2 * hump(t, 0.3 + i * 0.075, 0.38 + i * 0.075);
          return t < 0.14
            ? ''
            : place(
                bx,
                by,
                circle(0, 0, size, along(['#9dc45c', '#f0c04a', '#e8452f'], ripe)) +
                  circle(-size * 0.3, -size * 0.35, size * 0.2, '#fff', 'opacity=".45"') +
                  place(0, -size + 2, sparkle(15, '#3f7d35')) +
                  (ripe > 0.8
                    ? place(
                        0,
                        2,
                        face(size * 1.5, 1, i === 5 && t > 0.72 ? -0.8 : theft > 0 && i !== 5 ? -0.2 : 0.8),
                      )
                    : ''),
                { scale: wide },
              );
        })
        .join('');
      const flap = wave(seconds, t > 0.77 && t < 0.82 ? 1 : 4.5);
      const thief =
        t > 0.66
          ? place(
              birdX,
              birdY,
              path('M-60 0Q-40 -46 10 -42Q52 -40 56 -6Q52 34 0 36Q-44 34 -60 0Z', '#3d5a80') +
                path('M52 -10L92 -22L56 4Z', '#3d5a80') +
                path('M-58 -8L-88 2L-54 8Z', '#f0a531') +
                circle(-30, -14, 7, '#fff') +
                circle(-32, -13, 4, '#1b2536') +
                path(d`M-4 -10Q30 ${-80 * flap} 56 ${-50 * flap}Q40 4 6 12Z`, '#5f83b0') +
                rect(-46, -26, 34, 7, '#1b2536', 3),
              { turn: t > 0.8 ? 8 : -6 },
            )
          : '';
      return (
        vine(170, sway) +
        vine(340, -sway) +
        leaves +
        balls +
        thief +
        burst(290, 456, span(t, 0.79, 0.88), '#fff3c4', 10, 90)
      );
    },
  };
};

/** A grey house, one flower pot. It is contagious. */
export const greenHouse: Story = ({ random }) => {
  const cells = Array.from({ length: 15 }, (_, i) => ({ col: i % 3, row: Math.floor(i / 3) })).map((c) => ({
    ...c,
    at: 0.1 + Math.hypot(c.col - 1, (c.row - 3) * 0.9) * 0.15 + random.between(0, 0.04),
    kind: random.whole(0, 3),
    tint: random.pick(['#f25f5c', '#ffb224', '#e66fb3', '#8f7bf0', '#ff8a5c']),
    lit: random.pick(['#cfe6ea', '#ffe2a3', '#d9ecd6']),
  }));
  return {
    still:
      sky('#bcd3dc', '#d6e2e1', '#b9c7c4', '#7d8f8d') +
      rect(36, 40, 440, 920, '#a9b0b2') +
      rect(24, 26, 464, 22, '#8f9799') +
      each(15, (i) => {
        const x = 62 + (i % 3) * 138;
        const y = 76 + Math.floor(i / 3) * 112;
        return (
          rect(x, y, 112, 82, '#8b9496', 4) +
          rect(x + 6, y + 6, 47, 76, '#6f7b80') +
          rect(x + 59, y + 6, 47, 76, '#6f7b80')
        );
      }) +
      dusk('#26332f', 610, 0.85),
    at: (t, seconds) => {
      const wash = glide(t, 0.3, 0.8);
      const front = fade(rect(36, 48, 440, 912, '#f3c9a5'), wash * 0.9) + dusk('#26332f', 630, 0.85);
      const people = cells
        .map((c) => {
          const x = 62 + c.col * 138;
          const y = 76 + c.row * 112;
          const on = pop(t, c.at, c.at + 0.12);
          const wake = span(t, c.at, c.at + 0.08);
          const win =
            rect(x, y, 112, 82, blend('#8b9496', '#fff3e0', wash), 4) +
            rect(x + 6, y + 6, 47, 76, blend('#6f7b80', c.lit, wake)) +
            rect(x + 59, y + 6, 47, 76, blend('#6f7b80', c.lit, wake));
          const sway = wave(seconds, 0.45, c.col + c.row) * 4;
          const plant =
            on <= 0
              ? ''
              : place(
                  x + 56,
                  y + 76,
                  c.kind === 0
                    ? each(5, (k) =>
                        place(
                          -40 + k * 20,
                          0,
                          line(0, 0, sway * 0.5, -26 - (k % 2) * 10, '#3f8f4f', 5) +
                            circle(sway * 0.5, -28 - (k % 2) * 10, 10, c.tint) +
                            circle(sway * 0.5, -28 - (k % 2) * 10, 4, '#fff3c4'),
                        ),
                      )
                    : c.kind === 1
                      ? each(7, (k) =>
                          place(-48 + k * 16, 2, leaf(34, k % 2 ? '#4fa45a' : '#6dbb6a'), {
                            turn: 60 + k * 10 + sway,
                          }),
                        ) + each(4, (k) => circle(-36 + k * 24, 12 + (k % 2) * 10, 6, c.tint))
                      : c.kind === 2
                        ? each(6, (k) =>
                            place(0, 4, leaf(56, k % 2 ? '#4fa45a' : '#35844a'), {
                              turn: -160 + k * 28 + sway,
                            }),
                          )
                        : ellipse(-24, -14, 24, 20, '#4fa45a') +
                          ellipse(12, -20, 28, 26, '#62b566') +
                          circle(-20, -20, 5, c.tint) +
                          circle(4, -30, 5, c.tint) +
                          circle(22, -14, 5, c.tint),
                  { scale: on },
                );
          const rail =
            rect(x - 8, y + 66, 128, 6, blend('#7b8587', '#5a4638', wake), 3) +
            each(9, (k) => rect(x - 4 + k * 15, y + 70, 4, 22, blend('#7b8587', '#5a4638', wake))) +
            rect(x - 8, y + 88, 128, 8, blend('#7b8587', '#8a6a52', wake), 3);
          return win + plant + rail;
        })
        .join('');
      const first = t < 0.14 ? burst(256, 480, span(t, 0.04, 0.16), '#fff', 8, 60) : '';
      const flock =
        t > 0.72
          ? each(3, (i) =>
              place(
                mix(-60, 520, span(t, 0.72 + i * 0.03, 1.05)),
                120 + i * 40 + wave(seconds, 0.6, i) * 20,
                bird(18, wave(seconds, 2.4, i), '#fff'),
              ),
            )
          : '';
      const joy =
        t > 0.84
          ? each(4, (i) =>
              place(110 + i * 100, 600 - span(t, 0.84 + i * 0.02, 1) * 240, heart(13, '#ff5247'), {
                fade: 1 - span(t, 0.92, 1.02),
              }),
            )
          : '';
      return front + people + first + flock + joy;
    },
  };
};
