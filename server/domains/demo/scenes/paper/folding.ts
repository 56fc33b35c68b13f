/** Paper craft: folds, cuts and hinges; flat light, two tones for the two sides of a sheet. */
import { blend } from '../../drawing/colour.ts';
import {
  clamp01,
  easeBoth,
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
  closer,
  dusk,
  each,
  ellipse,
  fade,
  line,
  type Point,
  path,
  place,
  poly,
  rect,
  sky,
  stroke,
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { burst, cloud, face, swell } from '../../drawing/things.ts';

type Facet = { points: Point[]; tint: string };

const facet = (tint: string, ...points: Point[]): Facet => ({ tint, points });

const morph = (from: Facet[], to: Facet[], t: number) =>
  from
    .map((facet, i) =>
      poly(
        facet.points.map((p, k): Point => {
          const q = to[i]!.points[k]!;
          return [mix(p[0], q[0], t), mix(p[1], q[1], t)];
        }),
        blend(facet.tint, to[i]!.tint, t),
        `stroke="${blend(facet.tint, '#000000', 0.08)}" stroke-width="1"`,
      ),
    )
    .join('');

/** A square becomes a kite becomes a crane, and the crane leaves. */
export const crane: Story = () => {
  const r = '#f2545b',
    s = '#d93f4c',
    u = '#f77f7c',
    v = '#ffb0a6';
  const square = [
    facet(r, [-150, -150], [150, -150], [0, 0]),
    facet(r, [150, -150], [150, 150], [0, 0]),
    facet(r, [150, 150], [-150, 150], [0, 0]),
    facet(r, [-150, 150], [-150, -150], [0, 0]),
    facet(r, [0, 0], [0, 0], [0, 0]),
    facet(r, [0, 0], [0, 0], [0, 0]),
  ];
  const triangle = [
    facet(u, [-200, 70], [0, -130], [0, 70]),
    facet(r, [0, -130], [200, 70], [0, 70]),
    facet(s, [200, 70], [0, 70], [0, 70]),
    facet(u, [-200, 70], [0, 70], [0, 70]),
    facet(r, [0, 70], [0, 70], [0, 70]),
    facet(s, [0, 70], [0, 70], [0, 70]),
  ];
  const kite = [
    facet(u, [-80, -30], [0, -170], [0, 150]),
    facet(r, [0, -170], [80, -30], [0, 150]),
    facet(s, [80, -30], [30, 20], [0, 150]),
    facet(v, [-80, -30], [-30, 20], [0, 150]),
    facet(r, [-20, 0], [0, -30], [0, 40]),
    facet(s, [20, 0], [0, -30], [0, 40]),
  ];
  const bird = (flap: number) => [
    facet(u, [-16, 10], [-96, -150 * flap - 20], [44, 20]),
    facet(r, [10, 14], [86, -160 * flap - 10], [60, 26]),
    facet(s, [50, 10], [176, -66], [20, 60]),
    facet(v, [-40, 26], [-150, -88], [-10, 60]),
    facet(r, [-60, 20], [70, 16], [6, 78]),
    facet(s, [-150, -88], [-182, -66], [-138, -66]),
  ];
  return {
    still:
      sky('#f6e7d4', '#f9efe0', '#efd9c0', '#b98f6b') +
      each(9, (i) => line(0, i * 76, 540, i * 76 + 30, '#efdfc8', 3)) +
      circle(255, 390, 228, '#fdf7ec') +
      dusk('#4b2f1e', 640, 0.7),
    at: (t, seconds) => {
      const one = easeBoth(span(t, 0.1, 0.28));
      const two = easeBoth(span(t, 0.32, 0.48));
      const three = easeBoth(span(t, 0.52, 0.68));
      const fly = easeIn(span(t, 0.76, 1));
      const flap =
        three >= 1 ? 0.35 + 0.65 * Math.sin(seconds * 9) * clamp01((t - 0.7) * 8) + (t < 0.7 ? 0.3 : 0.2) : 1;
      const shape =
        three > 0
          ? morph(kite, bird(flap), three)
          : two > 0
            ? morph(triangle, kite, two)
            : morph(square, triangle, one);
      const x = 255 + fly * 330;
      const y = 390 + hump(t, 0.7, 0.78) * 26 - fly * 470;
      const bump = 1 + 0.07 * (hump(t, 0.26, 0.32) + hump(t, 0.46, 0.52) + hump(t, 0.66, 0.72));
      const shadow = ellipse(
        255 + fly * 120,
        560,
        120 * (1 - fly),
        16 * (1 - fly),
        '#d9bfa0',
        `opacity="${(0.6 * (1 - fly)).toFixed(2)}"`,
      );
      const crease =
        t < 0.1
          ? stroke(
              'M105 240L405 540M405 240L105 540',
              '#d93f4c',
              2,
              `stroke-dasharray="9 9" opacity="${span(t, 0.02, 0.08).toFixed(2)}"`,
            )
          : '';
      const friends =
        t > 0.82
          ? each(3, (i) =>
              place(
                mix(-120, 620, span(t, 0.82 + i * 0.03, 1.12)),
                mix(470, 120, span(t, 0.82 + i * 0.03, 1.12)) + i * 66,
                morph(bird(0.5 + 0.5 * Math.sin(seconds * 9 + i)), bird(0.5), 0),
                { scale: 0.3, wide: -1 },
              ),
            )
          : '';
      return (
        shadow +
        place(x, y, shape, {
          turn: two * (1 - three) * 6 - fly * 16,
          scale: bump * (1 - fly * 0.45) * 1.12,
        }) +
        crease +
        burst(255, 390, span(t, 0.66, 0.78), '#f2545b', 14, 210, 6) +
        friends
      );
    },
  };
};

/** Yesterday's news folds up and goes to sea. */
export const paperBoat: Story = () => ({
  still:
    sky('#bfe3e0', '#e3f1e4', '#f6ecd2', '#8fc2c4') +
    circle(400, 180, 56, '#fbd08a') +
    place(120, 150, cloud(130, '#fff')),
  at: (t, seconds) => {
    const foldHat = glide(t, 0.1, 0.28);
    const foldBoat = glide(t, 0.32, 0.46);
    const flood = glide(t, 0.44, 0.62);
    const level = mix(760, 500, flood);
    const bob = flood * (wave(seconds, 0.5) * 12);
    const ride = hump(t, 0.72, 0.9);
    const y = mix(450, level - 48, clamp01(flood * 1.1)) + bob - ride * 120;
    const ink = (fold: number) =>
      fade(
        each(9, (i) => rect(-96, -84 + i * 20, i % 3 === 0 ? 90 : 190, i % 3 === 0 ? 10 : 5, '#8a8f98', 2)) +
          rect(10, -84, 84, 44, '#c3c7cd', 3),
        1 - fold,
      );
    const sheet =
      foldBoat > 0
        ? morph(
            [
              facet('#f7f3e8', [-170, 60], [0, -130], [0, 60]),
              facet('#e8e1d0', [0, -130], [170, 60], [0, 60]),
              facet('#d9d0bb', [-170, 60], [170, 60], [150, 84], [-150, 84]),
            ],
            [
              facet('#f7f3e8', [-78, 0], [0, -120], [0, 40]),
              facet('#e8e1d0', [0, -120], [78, 0], [0, 40]),
              facet('#fdfaf2', [-190, -30], [190, -30], [110, 66], [-110, 66]),
            ],
            foldBoat,
          )
        : morph(
            [
              facet('#f7f3e8', [-130, 150], [-130, -120], [0, 150]),
              facet('#f7f3e8', [-130, -120], [130, -120], [0, 150]),
              facet('#f7f3e8', [130, -120], [130, 150], [0, 150], [0, 150]),
            ],
            [
              facet('#f7f3e8', [-170, 60], [0, -130], [0, 60]),
              facet('#efe9da', [0, -130], [0, -130], [0, 60]),
              facet('#e8e1d0', [0, -130], [170, 60], [0, 60], [0, 60]),
            ],
            foldHat,
          );
    const smile =
      foldBoat > 0.9
        ? place(0, 14, face(76, wave(seconds, 0.3) > 0.97 ? 0 : 1, 0.9), { scale: pop(t, 0.48, 0.56) })
        : '';
    const lines =
      foldBoat > 0.5 ? stroke('M-150 -10H-80M80 -10H150M-120 40H-70M70 40H120', '#b9b3a2', 4) : '';
    const storm = hump(t, 0.62, 0.96);
    const whale =
      ride > 0
        ? place(
            250,
            level + 90 - ride * 150,
            path('M-210 90Q-190 -50 0 -54Q160 -50 200 40L262 -6Q270 60 214 96Z', '#44719b') +
              path('M-206 70Q-100 130 150 100Q60 140 -100 130Z', '#dbe9ee') +
              circle(-130, 24, 9, '#15263a') +
              stroke('M-190 60Q-150 84 -110 70', '#15263a', 6),
          )
        : '';
    const table = fade(rect(0, 610, 540, 350, '#cf9a6b') + rect(0, 604, 540, 12, '#e0b082'), 1 - flood);
    const sea = (off: number, fill: string, k: number) =>
      flood > 0
        ? swell(level + off, 12 + storm * 10, 60 - k * 6, seconds * (1.4 + k * 0.5) * (k % 2 ? -1 : 1), fill)
        : '';
    return (
      table +
      sea(-10, '#6fb6c4', 0) +
      whale +
      closer(
        place(255, y, foldBoat < 0.02 ? sheet + ink(clamp01(foldHat * 2)) : sheet, {
          turn: flood * wave(seconds, 0.42) * 6 - ride * 4,
        }) + place(255, y, lines + smile, { turn: flood * wave(seconds, 0.42) * 6 - ride * 4 }),
        255,
        y,
        1.12,
      ) +
      (ride > 0.3
        ? each(7, (i) => {
            const life = (seconds * 1.2 + i / 7) % 1;
            return circle(
              130 + (i - 3) * 26 * life,
              level - 60 - Math.sin(life * 3.14) * 150,
              9 * (1 - life * 0.5),
              '#eefafc',
            );
          })
        : '') +
      sea(24, '#3f93a8', 1) +
      sea(74, '#2d768f', 2) +
      dusk('#0d3140', 620, 0.75)
    );
  },
});

/** One throw: round the lamp, through the mug handle, into the bin. */
export const paperPlane: Story = () => {
  const route = (t: number): Point => {
    if (t < 0.34) {
      const k = t / 0.34;
      return [mix(40, 330, k), 470 - Math.sin(k * 2.2) * 190];
    }
    if (t < 0.66) {
      const a = ((t - 0.34) / 0.32) * Math.PI * 2;
      return [330 + Math.sin(a) * 118, 316 - 118 + Math.cos(a) * 118];
    }
    const k = (t - 0.66) / 0.34;
    return [
      mix(330, 402, easeOut(k)) - Math.sin(k * 3.1) * 190,
      mix(316, 520, easeIn(k) * 0.5 + k * 0.5) - Math.sin(k * 3.14) * 60,
    ];
  };
  return {
    still:
      sky('#f4d35e', '#f7dd7e', '#efc23f', '#a8741f') +
      path('M330 0V120', 'none', 'stroke="#3a2a12" stroke-width="6"') +
      path('M290 190Q292 122 330 120Q368 122 370 190Z', '#ee5a4b') +
      circle(330, 196, 20, '#fff6cf') +
      rect(0, 600, 540, 360, '#8a5620') +
      rect(0, 592, 540, 14, '#a86c2c') +
      rect(40, 430, 130, 166, '#3c6e71', 8) +
      each(5, (i) =>
        rect(52 + i * 22, 446, 14, 136, ['#f7f0df', '#ee5a4b', '#8fd3c8', '#f7f0df', '#f2a541'][i]!, 3),
      ) +
      rect(70, 96, 150, 180, '#fff8e0', 6) +
      path('M84 262L130 170L162 220L184 190L206 262Z', '#5fa8a0') +
      circle(176, 140, 18, '#f2a541') +
      dusk('#3d220a', 620, 0.75),
    at: (t, seconds) => {
      const go = span(t, 0.14, 0.84);
      const k = easeBoth(go) * 0.5 + go * 0.5;
      const [x, y] = route(k);
      const [bx, by] = route(Math.max(0, k - 0.012));
      const angle = go <= 0 ? -34 : go >= 1 ? 66 : (Math.atan2(y - by, x - bx) * 180) / Math.PI;
      const past = Array.from({ length: 40 }, (_, i): Point => route(Math.max(0, k - (40 - i) * 0.011)));
      const dash =
        go > 0.02 && t < 0.9
          ? stroke(
              `M${past.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join('L')}`,
              '#fffdf2',
              5,
              `stroke-dasharray="2 15" opacity="${(1 - span(t, 0.84, 0.9)).toFixed(2)}"`,
            )
          : '';
      const back = go < 1 && Math.abs(angle) > 90 ? -1 : 1;
      const plane = place(
        x,
        y,
        path('M-52 -26L62 0L-38 6Z', '#fffdf2') +
          path('M-38 6L62 0L-44 30Z', '#e5ddc5') +
          path('M-38 6L-14 3L-30 22Z', '#c7bd9f'),
        { turn: angle, tall: back, scale: 1.15 },
      );
      const hit = span(t, 0.84, 0.92);
      const jig = hit > 0 && hit < 1 ? Math.sin(hit * 20) * 6 * (1 - hit) : 0;
      const bin = place(
        402,
        596,
        path('M-66 -150H66L52 0H-52Z', '#5b7f95') +
          each(5, (i) => line(-46 + i * 23, -140, -38 + i * 19, -10, '#486a7f', 5)) +
          rect(-74, -164, 148, 20, '#6f95ab', 8) +
          place(0, -80, face(84, go < 1 ? 1 : wave(seconds, 0.5) > 0.6 ? 0 : 1, go < 0.9 ? 0.2 : 1)),
        { turn: jig, tall: 1 - 0.07 * hump(t, 0.84, 0.9) },
      );
      const score =
        t > 0.87
          ? each(3, (i) =>
              place(
                150 + i * 94,
                360 - overshoot(span(t, 0.87 + i * 0.025, 0.93 + i * 0.025)) * 30,
                rect(-36, -46, 72, 84, '#fffdf2', 8) +
                  `<text x="0" y="16" font-family="DejaVu Sans, sans-serif" font-weight="700" font-size="46" text-anchor="middle" fill="#ee5a4b">10</text>` +
                  rect(-5, 38, 10, 54, '#a86c2c'),
                { turn: (i - 1) * 7, scale: pop(t, 0.87 + i * 0.025, 0.93 + i * 0.025) },
              ),
            )
          : '';
      const hand = place(
        mix(30, -140, glide(t, 0.16, 0.3)) - hump(t, 0.04, 0.15) * 40,
        500,
        path('M-120 30L20 -8Q44 -16 40 4L0 24L30 30Q34 46 -10 50L-120 80Z', '#d99a6c'),
      );
      return (
        dash +
        (go < 0.94 ? plane : '') +
        bin +
        hand +
        score +
        burst(402, 430, span(t, 0.84, 0.95), '#fffdf2', 10, 110)
      );
    },
  };
};
