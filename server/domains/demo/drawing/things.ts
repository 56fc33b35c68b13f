/** Things that turn up in many scenes: steam, stars, faces, leaves, hills, sparks. Built from shapes alone. */

import type { Random } from '../../../../packages/music/chance.ts';
import { clamp01, wave } from './easing.ts';
import {
  circle,
  d,
  each,
  ellipse,
  HEIGHT,
  line,
  type Point,
  path,
  place,
  poly,
  stroke,
  WIDTH,
} from './shapes.ts';

/** Rising wisps; `strength` 0..1. */
export const steam = (x: number, y: number, seconds: number, colour = '#fff', strength = 0.25, tall = 130) =>
  each(3, (i) => {
    const life = (seconds * 0.45 + i / 3) % 1;
    const px = x + (i - 1) * 46 + wave(seconds, 0.3, i) * 8;
    const top = y - life * 90;
    return stroke(
      d`M${px} ${top}c-22 ${-tall * 0.28} 22 ${-tall * 0.5} 0 ${-tall * 0.72}s12 ${-tall * 0.2} 4 ${-tall * 0.28}`,
      colour,
      15,
      `opacity="${(strength * Math.sin(Math.PI * life)).toFixed(3)}"`,
    );
  });

export type Star = { x: number; y: number; r: number; phase: number };

export const scatterStars = (random: Random, count: number, bottom = 640, top = 20): Star[] =>
  Array.from({ length: count }, () => ({
    x: random.between(8, WIDTH - 8),
    y: random.between(top, bottom),
    r: random.between(0.8, 2.6),
    phase: random.between(0, 6.28),
  }));

export const drawStars = (stars: readonly Star[], seconds: number, colour = '#fff4d6') =>
  stars
    .map((s) =>
      circle(s.x, s.y, s.r, colour, `opacity="${(0.62 + 0.38 * wave(seconds, 0.5, s.phase)).toFixed(2)}"`),
    )
    .join('');

export const stillStars = (stars: readonly Star[], colour = '#fff4d6') =>
  stars.map((s) => circle(s.x, s.y, s.r, colour, 'opacity=".7"')).join('');

/** Two eyes and a mouth around (0, 0). `open` 0 closed … 1 open; `smile` −1 sad … 1 happy. */
export const face = (wide: number, open = 1, smile = 0.6, ink = '#3a1d14') => {
  const e = wide * 0.32;
  const eye = (x: number) =>
    open < 0.25
      ? stroke(d`M${x - wide * 0.1} 0q${wide * 0.1} ${wide * 0.1} ${wide * 0.2} 0`, ink, wide * 0.055)
      : ellipse(x, 0, wide * 0.075, wide * 0.1 * clamp01(open), ink) +
        circle(x + wide * 0.025, -wide * 0.035, wide * 0.024, '#fff');
  return (
    eye(-e) +
    eye(e) +
    stroke(
      d`M${-wide * 0.15} ${wide * 0.16}q${wide * 0.15} ${wide * 0.22 * smile} ${wide * 0.3} 0`,
      ink,
      wide * 0.06,
    )
  );
};

export const blink = (seconds: number, phase = 0) => ((seconds * 0.37 + phase) % 1 < 0.045 ? 0 : 1);

/** A leaf from (0, 0) pointing right. */
export const leaf = (long: number, fill = '#4b9a4f', vein = '#2f6b38') =>
  path(
    d`M0 0C${long * 0.25} ${-long * 0.42} ${long * 0.8} ${-long * 0.36} ${long} 0C${long * 0.75} ${long * 0.3} ${long * 0.3} ${long * 0.34} 0 0Z`,
    fill,
  ) + stroke(d`M${long * 0.1} 0L${long * 0.82} 0`, vein, Math.max(1.2, long * 0.035));

export const heart = (size: number, fill: string) =>
  path(
    d`M0 ${size * 0.9}C${-size * 1.5} ${-size * 0.1} ${-size * 0.8} ${-size * 1.1} 0 ${-size * 0.35}C${size * 0.8} ${-size * 1.1} ${size * 1.5} ${-size * 0.1} 0 ${size * 0.9}Z`,
    fill,
  );

export const cloud = (wide: number, fill: string) =>
  path(
    d`M${-wide * 0.5} ${wide * 0.16}a${wide * 0.15} ${wide * 0.15} 0 0 1 ${wide * 0.07} ${-wide * 0.28}a${wide * 0.21} ${wide * 0.21} 0 0 1 ${wide * 0.38} ${-wide * 0.1}a${wide * 0.17} ${wide * 0.17} 0 0 1 ${wide * 0.32} ${wide * 0.1}a${wide * 0.14} ${wide * 0.14} 0 0 1 ${wide * 0.12} ${wide * 0.28}Z`,
    fill,
  );

/** A rolling skyline from edge to edge. */
export const hills = (y: number, high: number, long: number, phase: number, fill: string) => {
  let data = d`M0 ${HEIGHT}L0 ${y}`;
  for (let x = 0; x <= WIDTH; x += 20)
    data += d`L${x} ${y - high * (0.5 + 0.5 * Math.sin(x / long + phase)) - high * 0.3 * Math.sin(x / (long * 0.43) + phase * 2)}`;
  return path(data + d`L${WIDTH} ${HEIGHT}Z`, fill);
};

/** Water or cloth: a wavy band that fills everything below `y`. */
export const swell = (y: number, high: number, long: number, phase: number, fill: string, more = '') => {
  let data = d`M-10 ${HEIGHT}L-10 ${y + high * Math.sin(phase)}`;
  for (let x = 0; x <= WIDTH + 20; x += 18) data += d`L${x} ${y + high * Math.sin(x / long + phase)}`;
  return path(data + d`L${WIDTH + 20} ${HEIGHT}Z`, fill, more);
};

/** Rays that burst once; `t` 0..1. */
export const burst = (x: number, y: number, t: number, colour: string, count = 10, reach = 90, thick = 7) =>
  t <= 0 || t >= 1
    ? ''
    : each(count, (i) => {
        const a = (i / count) * Math.PI * 2 + 0.3;
        const near = reach * (0.35 + 0.6 * t);
        const far = reach * (0.45 + 0.6 * t) + reach * 0.3 * (1 - t);
        return line(
          x + Math.cos(a) * near,
          y + Math.sin(a) * near,
          x + Math.cos(a) * far,
          y + Math.sin(a) * far,
          colour,
          thick * (1 - t) + 0.5,
        );
      });

export const sparkle = (size: number, fill: string) =>
  path(
    d`M0 ${-size}C${size * 0.12} ${-size * 0.12} ${size * 0.12} ${-size * 0.12} ${size} 0C${size * 0.12} ${size * 0.12} ${size * 0.12} ${size * 0.12} 0 ${size}C${-size * 0.12} ${size * 0.12} ${-size * 0.12} ${size * 0.12} ${-size} 0C${-size * 0.12} ${-size * 0.12} ${-size * 0.12} ${-size * 0.12} 0 ${-size}Z`,
    fill,
  );

const PARTY = ['#ffb224', '#ff5247', '#3fb6a8', '#f7f5f2', '#7b6cf6'] as const;

/** Paper snippets that fall after a success; the same list for the same random. */
export function confetti(random: Random, count: number, colours: readonly string[] = PARTY) {
  const snippets = Array.from({ length: count }, () => ({
    x: random.between(20, WIDTH - 20),
    speed: random.between(240, 520),
    delay: random.between(0, 0.35),
    sway: random.between(8, 34),
    colour: random.pick(colours),
    size: random.between(7, 15),
  }));
  return (seconds: number) =>
    seconds <= 0
      ? ''
      : snippets
          .map((s) => {
            const age = seconds - s.delay;
            const y = -30 + age * s.speed;
            if (age <= 0 || y > 700) return '';
            return place(
              s.x + Math.sin(age * 4 + s.x) * s.sway,
              y,
              `<rect x="${-s.size / 2}" y="${-s.size / 4}" width="${s.size.toFixed(1)}" height="${(s.size / 2).toFixed(1)}" fill="${s.colour}"/>`,
              { turn: age * 300 + s.x, fade: clamp01((700 - y) / 120) },
            );
          })
          .join('');
}

/** A toothed wheel around (0, 0) with spokes. */
export function gear(teeth: number, r: number, fill: string, hub: string, turn: number): string {
  const points: Point[] = [];
  const step = (Math.PI * 2) / teeth;
  for (let i = 0; i < teeth; i++)
    for (const [share, out] of [
      [-0.3, -1],
      [-0.18, 1],
      [0.18, 1],
      [0.3, -1],
    ] as const) {
      const a = (i + share) * step;
      const reach = r + out * Math.min(9, r * 0.11);
      points.push([Math.cos(a) * reach, Math.sin(a) * reach]);
    }
  const holes =
    r > 34
      ? each(5, (i) =>
          circle(Math.cos((i / 5) * 6.283) * r * 0.55, Math.sin((i / 5) * 6.283) * r * 0.55, r * 0.19, hub),
        )
      : '';
  return place(0, 0, poly(points, fill) + holes + circle(0, 0, r * 0.2, hub) + circle(0, 0, r * 0.09, fill), {
    turn,
  });
}

export const bird = (size: number, flap: number, fill: string) =>
  stroke(
    d`M${-size} ${-size * 0.5 * flap}Q${-size * 0.4} ${-size * 0.4} 0 0Q${size * 0.4} ${-size * 0.4} ${size} ${-size * 0.5 * flap}`,
    fill,
    size * 0.22,
  );
