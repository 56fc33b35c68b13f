/** Paper craft: folds, cuts and hinges; flat light, two tones for the two sides of a sheet. */
import { blend } from '../../drawing/colour.ts';
import { easeBoth, easeIn, easeOut, glide, mix, pop, span, wave } from '../../drawing/easing.ts';
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
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { burst, cloud, face } from '../../drawing/things.ts';

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
