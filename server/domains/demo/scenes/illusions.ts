/** Optical illusions: two or three flat colours, one honest trick each, and the proof at the end. */
import { easeBoth, easeOut, glide, hump, mix, pop, span, wave } from '../drawing/easing.ts';
import {
  circle,
  d,
  dusk,
  each,
  fade,
  label,
  line,
  type Point,
  path,
  place,
  poly,
  rect,
  trail,
} from '../drawing/shapes.ts';
import type { Story } from '../drawing/story.ts';
import { burst, face } from '../drawing/things.ts';

/** A spiral that swallows everything, and then opens its eye. */
export const spiralEye: Story = () => {
  const arm = (turn: number) => {
    const outer: Point[] = [];
    const inner: Point[] = [];
    for (let i = 0; i <= 84; i++) {
      const a = (i / 84) * Math.PI * 5 + turn;
      const r = 8 + (i / 84) ** 1.25 * 520;
      outer.push([Math.cos(a) * r, Math.sin(a) * r]);
      inner.push([Math.cos(a + 0.52) * r, Math.sin(a + 0.52) * r]);
    }
    return poly([...outer, ...inner.reverse()], '#14110f');
  };
  const arms = [0, 1, 2, 3, 4, 5].map((i) => arm((i * Math.PI) / 3)).join('');
  return {
    still: rect(0, 0, 540, 960, '#f6efe2'),
    at: (t, seconds) => {
      const calm = glide(t, 0.6, 0.74);
      const spin = -seconds * 150 * (1 - calm * 0.85);
      const iris = easeOut(span(t, 0.64, 0.78));
      const lid = t > 0.88 ? hump(t, 0.88, 0.94) : 0;
      const look = t > 0.78 ? [Math.sin((t - 0.78) * 34) * 42 * (1 - span(t, 0.86, 0.9)), 0] : [0, 0];
      const eye =
        iris > 0
          ? path(
              d`M${255 - 240 * iris} 380Q255 ${380 - 300 * iris * (1 - lid)} ${255 + 240 * iris} 380Q255 ${380 + 300 * iris * (1 - lid)} ${255 - 240 * iris} 380Z`,
              '#fffaf0',
              'stroke="#14110f" stroke-width="12"',
            ) +
            (lid < 0.7
              ? place(
                  255 + look[0]!,
                  380,
                  circle(0, 0, 96 * iris, '#ff5247') +
                    each(16, (i) =>
                      line(
                        Math.cos(i * 0.393) * 52 * iris,
                        Math.sin(i * 0.393) * 52 * iris,
                        Math.cos(i * 0.393) * 88 * iris,
                        Math.sin(i * 0.393) * 88 * iris,
                        '#c93329',
                        5,
                      ),
                    ) +
                    circle(0, 0, 46 * iris, '#14110f') +
                    circle(-20 * iris, -24 * iris, 15 * iris, '#fff'),
                  { tall: 1 - lid },
                )
              : '')
          : '';
      return (
        place(255, 380, arms, { turn: spin, scale: 1.25 + 0.05 * wave(seconds, 0.5) }) +
        eye +
        dusk('#14110f', 560, 0.92)
      );
    },
  };
};

/** Two squares, the same grey. Nobody believes it until the bridge arrives. */
export const sameGrey: Story = () => ({
  still:
    `<defs><linearGradient id="ramp"><stop offset="0.08" stop-color="#101215"/><stop offset="0.92" stop-color="#f2f0ea"/></linearGradient></defs><rect width="540" height="960" fill="url(#ramp)"/>` +
    dusk('#0b0c0e', 620, 0.85),
  at: (t, seconds) => {
    const grey = '#85857f';
    const bridge = easeBoth(span(t, 0.5, 0.68));
    const apart = glide(t, 0.8, 0.9);
    const left = pop(t, 0.06, 0.14);
    const right = pop(t, 0.12, 0.2);
    const ask = hump(t, 0.22, 0.5);
    const sq = (x: number, k: number, look: number) =>
      place(
        x,
        370,
        rect(-66, -66, 132, 132, grey, 14) +
          place(look * 8, -4, face(80, seconds % 2.4 < 0.12 ? 0 : 1, t > 0.7 ? 1 : 0.1, '#26262a')),
        { scale: k, turn: t < 0.5 ? wave(seconds, 0.5, x) * 3 : 0 },
      );
    const swap = apart > 0 && apart < 1 ? Math.sin(apart * 3.14) * 120 : 0;
    return (
      (bridge > 0 && apart < 1 ? rect(110, 346, 290 * bridge, 48, grey, 4) : '') +
      place(0, -swap, sq(mix(110, 400, apart), left, 1)) +
      place(0, swap, sq(mix(400, 110, apart), right, -1)) +
      (ask > 0.05
        ? place(255, 380, label(0, 22, '=', 84, '#ffb224') + label(54, 0, '?', 40, '#ffb224'), { scale: ask })
        : '') +
      (t > 0.9 ? place(255, 200, label(0, 0, '=', 120, '#ffb224'), { scale: pop(t, 0.9, 0.95) }) : '') +
      burst(255, 370, span(t, 0.66, 0.78), '#ffb224', 14, 230)
    );
  },
});

/** Eight dots roll inside a circle. Look at one: it only ever goes straight. */
export const straightLines: Story = () => ({
  still:
    rect(0, 0, 540, 960, '#1d2b53') +
    circle(255, 370, 236, '#16213f') +
    circle(255, 370, 236, 'none', 'stroke="#31457d" stroke-width="6"') +
    dusk('#0a1022', 640, 0.8),
  at: (t, seconds) => {
    const reveal = glide(t, 0.5, 0.66);
    const wheelFade = hump(t, 0.22, 0.52);
    const tints = ['#ff5247', '#ff8f4a', '#ffc42e', '#b7e35b', '#3fc1c9', '#58a6ff', '#9a7bff', '#ff8fc7'];
    const a = seconds * 2.3;
    const dots = tints.map((tint, i) => {
      const way = (i / 8) * Math.PI;
      const go = Math.cos(a - way) * 210;
      const shown = pop(t, 0.02 + i * 0.02, 0.08 + i * 0.02);
      const x = 255 + Math.cos(way) * go;
      const y = 370 + Math.sin(way) * go;
      const rail =
        reveal > 0
          ? line(
              255 - Math.cos(way) * 226 * reveal,
              370 - Math.sin(way) * 226 * reveal,
              255 + Math.cos(way) * 226 * reveal,
              370 + Math.sin(way) * 226 * reveal,
              tint,
              4,
              'opacity=".75"',
            )
          : '';
      return {
        rail,
        dot: place(
          x,
          y,
          circle(0, 0, 23, tint) +
            (t > 0.72
              ? place(0, -1, face(30, 1, 0.9, '#16213f'), {
                  scale: pop(t, 0.72 + i * 0.012, 0.78 + i * 0.012),
                })
              : ''),
          { scale: shown },
        ),
      };
    });
    const cx = 255 + Math.cos(a) * 105;
    const cy = 370 + Math.sin(a) * 105;
    return (
      dots.map((x) => x.rail).join('') +
      (wheelFade > 0
        ? circle(
            cx,
            cy,
            105,
            'none',
            `stroke="#f7f5f2" stroke-width="5" stroke-dasharray="10 12" opacity="${(wheelFade * 0.8).toFixed(2)}"`,
          )
        : '') +
      dots.map((x) => x.dot).join('') +
      burst(255, 370, span(t, 0.92, 1.02), '#fff', 16, 250)
    );
  },
});

/** Two blocks walk in step, left, right. Take the stripes away: neither ever stepped. */
export const footsteps: Story = () => ({
  still: rect(0, 0, 540, 960, '#f2ede2'),
  at: (t, seconds) => {
    const off = glide(t, 0.5, 0.6) * (1 - glide(t, 0.72, 0.8));
    const stripes = Array.from({ length: 27 }, (_, i) => rect(i * 21, 90, 10.5, 520, '#191817')).join('');
    const cycle = (seconds / 6.2) % 2;
    const go = cycle < 1 ? cycle : 2 - cycle;
    const x = mix(10, 410, t < 0.02 ? 0 : go);
    const block = (y: number, tint: string, ink: string) =>
      rect(x, y, 94, 62, tint) +
      (off > 0.5 || t > 0.86
        ? place(x + 47, y + 28, face(52, 1, 1, ink), {
            scale: Math.max(pop(t, 0.56, 0.62) * (t < 0.74 ? 1 : 0), pop(t, 0.86, 0.92)),
          })
        : '');
    const ruler =
      off > 0
        ? fade(
            line(x, 150, x, 560, '#ff5247', 5, 'stroke-dasharray="4 12"') +
              line(x + 94, 150, x + 94, 560, '#ff5247', 5, 'stroke-dasharray="4 12"'),
            off,
          )
        : '';
    return (
      fade(stripes, 1 - off) +
      block(200, '#ffd60a', '#6b5500') +
      block(430, '#0a2a8c', '#fff') +
      ruler +
      dusk('#191817', 620, 0.9)
    );
  },
});

/** Two amber discs, clearly different. Their neighbours leave, and they meet in the middle. */
export const neighbours: Story = () => ({
  still: rect(0, 0, 540, 960, '#0f5c5c') + rect(0, 0, 540, 370, '#127070') + dusk('#042626', 600, 0.85),
  at: (t, seconds) => {
    const grow = pop(t, 0.04, 0.14);
    const leave = easeBoth(span(t, 0.42, 0.58));
    const meet = glide(t, 0.54, 0.66);
    const orbit = seconds * 14;
    // Proven equal, everybody comes back and dances round the two.
    const back = easeOut(span(t, 0.72, 0.86));
    const ring = (count: number, r: number, dist: number, x: number, y: number, dir: number) =>
      each(count, (i) => {
        const a = (((i / count) * 360 + orbit * (1 + 3 * back) * dir) * Math.PI) / 180;
        const far = mix(dist + leave * 1000, dir > 0 ? 222 : 158, back) + back * wave(seconds, 2, i) * 8;
        const size = mix(r, dir > 0 ? 40 : 20, back) * grow;
        const [px, py] = [mix(x, 255, back) + Math.cos(a) * far, mix(y, 345, back) + Math.sin(a) * far];
        return (
          circle(px, py, size, dir > 0 ? '#c8ece4' : '#f58a7a') +
          (back > 0.3 ? place(px, py - 2, face(size * 1.2, 1, 1, '#123f3f'), { scale: back }) : '')
        );
      });
    const yTop = mix(190, 345, meet);
    const yLow = mix(490, 345, meet);
    const xTop = mix(255, 188, meet);
    const xLow = mix(255, 322, meet);
    const kiss = glide(t, 0.74, 0.8);
    const disc = (x: number, y: number, look: number) =>
      place(
        x,
        y,
        circle(0, 0, 56, '#ffb224') +
          place(look * 9 * meet, -2, face(66, seconds % 2.2 < 0.1 ? 0 : 1, t > 0.68 ? 1 : 0.2), {
            scale: pop(t, 0.5, 0.58),
          }),
      );
    const tape =
      meet > 0.96
        ? fade(
            trail(
              [
                [110, 289],
                [400, 289],
              ],
              '#fff',
              4,
              'stroke-dasharray="3 12"',
            ) +
              trail(
                [
                  [110, 401],
                  [400, 401],
                ],
                '#fff',
                4,
                'stroke-dasharray="3 12"',
              ),
            span(t, 0.66, 0.71),
          )
        : '';
    return (
      ring(6, 52, 132, 255, 190, 1) +
      ring(9, 17, 88, 255, 490, -1) +
      tape +
      disc(xTop + kiss * 11, yTop, 1) +
      disc(xLow - kiss * 11, yLow, -1) +
      burst(255, 345, span(t, 0.78, 0.92), '#fff', 14, 170)
    );
  },
});
