/** Paper craft: folds, cuts and hinges; flat light, two tones for the two sides of a sheet. */
import { blend } from '../drawing/colour.ts';
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
} from '../drawing/easing.ts';
import {
  circle,
  closer,
  d,
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
} from '../drawing/shapes.ts';
import type { Story } from '../drawing/story.ts';
import { burst, cloud, face, swell } from '../drawing/things.ts';

type Facet = { points: Point[]; tint: string };
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
const facet = (tint: string, ...points: Point[]): Facet => ({ tint, points });

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

/** Six folds, four snips, one breath: it opens. */
export const snowflake: Story = ({ random }) => {
  const cuts = [
    { y: 0.24, deep: 0.55 },
    { y: 0.45, deep: 0.66 },
    { y: 0.66, deep: 0.5 },
    { y: 0.85, deep: 0.62 },
  ].map((c) => ({ ...c, wide: random.between(0.05, 0.08) }));
  const arm = (count: number, open: number) => {
    const right: Point[] = [];
    const R = 205;
    const half = Math.PI / 12;
    const edge = (k: number, inward: number): Point => [
      Math.sin(half * (1 - inward)) * R * k,
      -Math.cos(half * (1 - inward)) * R * k,
    ];
    right.push([0, 0]);
    for (let i = 0; i < cuts.length; i++) {
      const c = cuts[i]!;
      const k = i < count ? 1 : 0;
      right.push(edge(c.y - c.wide, 0), edge(c.y, c.deep * k), edge(c.y + c.wide * 0.6, 0));
    }
    right.push(edge(0.94, 0), edge(count > 3 ? 0.86 : 1, 0.5), edge(1, 1));
    const left = right.map(([x, y]): Point => [-x, y]).reverse();
    return [...right, ...left].map(([x, y]): Point => [x * open, y]);
  };
  return {
    still:
      sky('#123a6b', '#1c5a94', '#2a76ab', '#0d2b4d') +
      each(40, (i) => circle((i * 211) % 540, (i * 137) % 640, 1.5 + (i % 3), '#9cc8e8', 'opacity=".5"')) +
      rect(0, 612, 540, 348, '#0e2c50') +
      dusk('#04101f', 640, 0.7),
    at: (t, seconds) => {
      const snip = span(t, 0.12, 0.52) * 4;
      const made = Math.floor(snip + 0.25);
      const unfold = span(t, 0.56, 0.84);
      const spread = easeBoth(unfold) * 360;
      const fan =
        unfold <= 0
          ? place(255, 560, poly(arm(made, 1.0), '#f3f9ff'), { scale: 1.75, wide: 1.5 })
          : place(
              255,
              mix(560, 360, easeOut(unfold)),
              each(12, (i) => {
                const a = Math.min(i * 30, spread);
                return place(0, 0, poly(arm(made, 1), i % 2 ? '#f6fbff' : '#dcecfa'), { turn: a });
              }),
              {
                scale: mix(1.75, 1.08, easeOut(unfold)),
                wide: mix(1.5, 1, easeOut(unfold)),
                turn: unfold >= 1 ? wave(seconds, 0.12) * 12 : 0,
              },
            );
      const nextCut = cuts[Math.min(3, Math.floor(snip))]!;
      const bite = Math.abs(((snip + 0.25) % 1) - 0.5) * 2;
      const cutY = 560 - nextCut.y * 205 * 1.75;
      const sx = mix(420, 360, 1 - bite);
      const scissors =
        t < 0.56
          ? place(
              sx + span(t, 0.52, 0.56) * 260,
              cutY,
              place(
                0,
                0,
                path('M0 -6L-96 -10L-104 0L0 8Z', '#e8edf2') +
                  circle(40, 18, 24, 'none', 'stroke="#ff5a5f" stroke-width="11"'),
                { turn: 16 * bite },
              ) +
                place(
                  0,
                  0,
                  path('M0 6L-96 10L-104 0L0 -8Z', '#cfd8e0') +
                    circle(40, -18, 24, 'none', 'stroke="#ff5a5f" stroke-width="11"'),
                  { turn: -16 * bite },
                ) +
                circle(4, 0, 6, '#7b8894'),
            )
          : '';
      const scraps = each(4, (i) => {
        const age = span(t, 0.12 + (i + 0.75) * 0.1, 0.12 + (i + 0.75) * 0.1 + 0.16);
        const c = cuts[i]!;
        return age > 0 && age < 1
          ? place(
              330 + age * 50,
              560 - c.y * 358 + easeIn(age) * 280,
              poly(
                [
                  [-16, 8],
                  [0, -14],
                  [16, 8],
                ],
                '#f3f9ff',
              ),
              { turn: age * 300, fade: 1 - age * 0.6 },
            )
          : '';
      });
      const snow =
        t > 0.8
          ? each(16, (i) => {
              const age = (seconds * 0.3 + i * 0.37) % 1;
              return place(
                (i * 83) % 540,
                -20 + age * 690,
                stroke('M-9 0H9M-4.5 -8L4.5 8M4.5 -8L-4.5 8', '#eaf5ff', 2.5),
                { turn: age * 120, scale: 0.6 + (i % 3) * 0.3, fade: span(t, 0.8, 0.88) },
              );
            })
          : '';
      return (
        snow +
        fan +
        (unfold >= 1 ? place(255, 360, face(66, 1, 1, '#2a5d8c'), { scale: pop(t, 0.87, 0.93) }) : '') +
        scraps +
        scissors +
        burst(255, 360, span(t, 0.83, 0.96), '#ffffff', 12, 240, 6)
      );
    },
  };
};

/** A book opens, and a town stands up in it. */
export const popUpTown: Story = ({ random }) => {
  const rows = [
    { y: 420, at: 0.3, tint: ['#8fb8de', '#a9c7e4', '#7aa6d1'], high: 200, count: 6 },
    { y: 480, at: 0.4, tint: ['#f7a072', '#f2c57c', '#e87a6d'], high: 150, count: 5 },
    { y: 540, at: 0.5, tint: ['#7fb685', '#5d9c76', '#a5cc8b'], high: 90, count: 6 },
  ].map((row) => ({
    ...row,
    blocks: Array.from({ length: row.count }, (_, i) => ({
      x: 70 + ((i + 0.5) * 370) / row.count,
      w: 370 / row.count - 8,
      h: row.high * random.between(0.6, 1),
      tint: random.pick(row.tint),
      roof: random.whole(0, 2),
    })),
  }));
  return {
    still:
      sky('#503a63', '#6e4c78', '#8d5c7f', '#2a1c37') +
      ellipse(255, 630, 250, 34, '#2a1c37', 'opacity=".6"') +
      dusk('#150d1d', 640, 0.75),
    at: (t, seconds) => {
      const open = glide(t, 0.06, 0.28);
      const night = glide(t, 0.72, 0.84);
      const book =
        open < 0.5
          ? place(
              255,
              560,
              path(d`M0 40L${190} 10V-120L0 -90Z`, '#c44a5a', '') +
                path(
                  d`M${0} 40L${190 * (1 - open * 4)} ${10 + 60 * open}V${-120 - 60 * open}L0 -90Z`,
                  '#dd5f6d',
                ) +
                path('M0 40L190 10V22L0 54Z', '#f7f0df'),
            )
          : place(
              255,
              560,
              path(d`M-225 -10L-196 ${-160}H196L225 -10Q120 20 0 66Q-120 20 -225 -10Z`, '#c44a5a') +
                path(
                  'M-212 -18L-186 -154Q-80 -164 0 -140Q80 -164 186 -154L212 -18Q100 0 0 44Q-100 0 -212 -18Z',
                  blend('#fdf6e7', '#cfc7e6', night),
                ) +
                line(0, -140, 0, 44, '#e3d6bf', 4),
              { tall: 0.4 + 0.6 * span(open, 0.5, 1) },
            );
      const sun = pop(t, 0.58, 0.68);
      const disc =
        sun > 0
          ? line(365, 420, 365, 420 - 240 * sun, '#e3d6bf', 3) +
            place(
              365,
              440 - 270 * sun,
              circle(0, 0, 46, blend('#ffd166', '#f3f0ff', night)) +
                place(0, 0, face(64, night > 0.5 ? 0 : 1, 0.8)),
              { turn: night * 360 },
            )
          : '';
      const fluff = pop(t, 0.62, 0.72);
      const puffs =
        fluff > 0
          ? each(
              2,
              (i) =>
                line(120 + i * 110, 440, 120 + i * 110, 440 - (190 + i * 56) * fluff, '#e3d6bf', 3) +
                place(
                  120 + i * 110 + wave(seconds, 0.3, i) * 10,
                  440 - (190 + i * 56) * fluff,
                  cloud(96, '#fff'),
                ),
            )
          : '';
      const town = rows
        .map((row, r) =>
          row.blocks
            .map((b, i) => {
              const up = pop(t, row.at + i * 0.012, row.at + 0.12 + i * 0.012);
              if (up <= 0) return '';
              const tint = blend(b.tint, '#3a3566', night * 0.72);
              const body =
                r === 2 && b.roof !== 1
                  ? rect(-5, -26, 10, 26, '#7a5a4a') +
                    poly(
                      [
                        [-b.w * 0.45, -20],
                        [0, -b.h - 20],
                        [b.w * 0.45, -20],
                      ],
                      tint,
                    )
                  : rect(-b.w / 2, -b.h, b.w, b.h, tint) +
                    (b.roof === 0
                      ? poly(
                          [
                            [-b.w / 2 - 5, -b.h],
                            [0, -b.h - 36],
                            [b.w / 2 + 5, -b.h],
                          ],
                          blend('#d5525f', '#2c284f', night * 0.7),
                        )
                      : b.roof === 1
                        ? rect(-b.w / 2 - 4, -b.h - 10, b.w + 8, 12, blend('#fff3dd', '#5a5488', night))
                        : '') +
                    each(
                      Math.floor(b.h / 34),
                      (k) =>
                        rect(
                          -b.w * 0.3,
                          -b.h + 12 + k * 32,
                          b.w * 0.22,
                          16,
                          (k + i) % 2 && night > 0.4 ? '#ffd166' : blend('#fdf6e7', '#57518a', night),
                        ) +
                        rect(
                          b.w * 0.08,
                          -b.h + 12 + k * 32,
                          b.w * 0.22,
                          16,
                          (k * 2 + i) % 3 && night > 0.6 ? '#ffd166' : blend('#fdf6e7', '#57518a', night),
                        ),
                    );
              return place(b.x, row.y, body, { tall: up });
            })
            .join(''),
        )
        .join('');
      const car =
        t > 0.66
          ? place(
              mix(70, 430, span(t, 0.66, 1) * 1.0),
              566,
              rect(-26, -20, 52, 16, '#ff5a5f', 6) +
                path('M-14 -20Q-10 -36 4 -36Q16 -36 20 -20Z', '#ff5a5f') +
                circle(-14, -2, 7, '#2a1c37') +
                circle(14, -2, 7, '#2a1c37') +
                (night > 0.4 ? path('M26 -14L70 -24V0Z', '#ffe9a8', 'opacity=".6"') : ''),
            )
          : '';
      return (
        rect(0, 0, 540, 960, '#171236', 0, `opacity="${(night * 0.55).toFixed(2)}"`) +
        closer(
          (night > 0
            ? fade(
                each(14, (i) => circle(40 + ((i * 173) % 460), 90 + ((i * 97) % 180), 2.4, '#fff4d0')),
                night,
              )
            : '') +
            book +
            puffs +
            disc +
            town +
            car,
          255,
          560,
          1.1,
        ) +
        burst(255, 480, span(t, 0.24, 0.36), '#fff3dd', 14, 200)
      );
    },
  };
};
