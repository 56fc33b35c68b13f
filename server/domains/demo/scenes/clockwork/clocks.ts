/** Clockwork: brass, teeth, pendulums; small machines whose only purpose is to be on time. */
import { clamp01, easeOut, glide, hump, mix, pop, span, wave } from '../../drawing/easing.ts';
import {
  circle,
  d,
  dusk,
  each,
  ellipse,
  line,
  path,
  place,
  poly,
  rect,
  sky,
  stroke,
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { blink, burst, face, heart, leaf } from '../../drawing/things.ts';

/** Noon at the cuckoo clock. The cuckoo had other plans. */
export const lateCuckoo: Story = () => ({
  still:
    sky('#31513f', '#3d6450', '#2b4637', '#111d16') +
    each(7, (i) =>
      each(9, (k) =>
        place(30 + i * 84 + (k % 2) * 42, 30 + k * 76, leaf(26, '#456e59', '#3a5f4c'), { turn: -50 }),
      ),
    ) +
    path('M70 250L255 76L440 250Z', '#6b3f24') +
    path('M96 250L255 102L414 250Z', '#8a5632') +
    rect(106, 246, 298, 310, '#8a5632', 12) +
    rect(122, 262, 266, 278, '#9c663e', 8) +
    circle(255, 416, 106, '#5a3520') +
    circle(255, 416, 94, '#fbf1da') +
    each(12, (i) => {
      const a = (i / 12) * 6.283;
      return line(
        255 + Math.sin(a) * 72,
        416 - Math.cos(a) * 72,
        255 + Math.sin(a) * 84,
        416 - Math.cos(a) * 84,
        '#5a3520',
        i % 3 ? 4 : 9,
      );
    }) +
    dusk('#0a120d', 640, 0.75),
  at: (t, seconds) => {
    const noon = 0.24;
    const minute = t < noon ? -42 + (Math.floor(span(t, 0, noon) * 7) / 7) * 42 : (t - noon) * 30;
    const hour = minute / 12;
    const open = pop(t, 0.26, 0.31);
    const late = t > 0.34 && t < 0.56;
    const out = glide(t, 0.62, 0.68) * (1 - glide(t, 0.95, 0.99));
    const snore = each(3, (i) => {
      const life = (seconds * 0.5 + i / 3) % 1;
      return t > 0.3 && t < 0.58
        ? place(286 + life * 60, 190 - life * 90, stroke('M-9 -9H9L-9 9H9', '#fbf1da', 5), {
            scale: 0.5 + life * 0.7,
            fade: Math.sin(life * 3.14),
          })
        : '';
    });
    const door = (side: number) =>
      place(
        255 + side * 44,
        200,
        path(d`M0 -44L${-side * 44 * (1 - open * 0.8)} -44V44L0 44Z`, '#6b3f24') +
          circle(-side * 34 * (1 - open * 0.8), 0, 5, '#e8c06a'),
      );
    const swing = Math.sin(seconds * Math.PI * 2) * 18;
    const pendulum = place(
      255,
      548,
      line(0, 0, 0, 96, '#e8c06a', 8) +
        place(
          0,
          106,
          circle(0, 0, 30, '#e8c06a') +
            place(0, -2, face(40, blink(seconds, 0.4), late ? -0.5 : 0.7, '#5a3520')),
        ),
      { turn: swing },
    );
    const poke = late ? hump(t, 0.44, 0.56) : 0;
    const hand =
      poke > 0
        ? place(255, 416, line(0, 0, 0, -150 * poke - 70, '#c93c3c', 10), { turn: wave(seconds, 3) * 4 })
        : place(255, 416, line(0, 16, 0, -78, '#c93c3c', 9), { turn: minute });
    const bird =
      open > 0
        ? place(
            255 + out * 20,
            200 + out * 16,
            (out > 0.02
              ? each(5, (i) => line(-out * 10 + i * 5, 20 + i * 4, 8 - i * 5, 30 + i * 4, '#b9812e', 4))
              : '') +
              ellipse(0, 0, 40, 36, '#ffcf5c') +
              path('M-14 -34Q-4 -56 6 -36Q18 -54 20 -30Z', '#e8862f') +
              place(2, -6, face(50, t < 0.58 ? 0 : t < 0.66 ? 0.5 : 1.1, t < 0.58 ? 0.2 : 0.2)) +
              path(
                d`M-10 4L0 ${10 + Math.max(0, wave(seconds, 2)) * 14 * (t > 0.68 ? 1 : 0)}L12 4Z`,
                '#e8632f',
              ) +
              (t < 0.7
                ? path('M-36 -18Q-40 -62 12 -60Q50 -58 74 -20Q44 -36 34 -22Q0 -34 -36 -18Z', '#5b7fc9') +
                  circle(76, -16, 10, '#fff') +
                  rect(-40, -26, 78, 13, '#fff', 6)
                : ''),
            { scale: 0.86 + out * 0.75, turn: late ? wave(seconds, 0.5) * 3 : 0 },
          )
        : '';
    const cup =
      out > 0.5
        ? place(
            330,
            252,
            rect(-20, -22, 40, 40, '#f2ede2', 7) +
              stroke('M20 -12q20 0 18 14t-18 12', '#f2ede2', 7) +
              stroke(d`M-6 -30q-8 -12 0 -22M8 -30q8 -12 0 -22`, '#fff', 4, 'opacity=".6"'),
            { scale: pop(t, 0.72, 0.78), turn: -8 },
          )
        : '';
    return (
      pendulum +
      rect(206, 154, 98, 92, '#2a160c', 6) +
      (out > 0.05 ? '' : bird) +
      door(-1) +
      door(1) +
      place(255, 416, line(0, 14, 0, -52, '#5a3520', 12), { turn: hour }) +
      hand +
      circle(255, 416, 12, '#5a3520') +
      snore +
      (out > 0.05 ? bird + cup : '') +
      burst(275, 220, span(t, 0.66, 0.78), '#fff3c4', 14, 150) +
      (t > 0.72 && out > 0.5
        ? each(3, (i) => {
            const life = (seconds * 0.8 + i / 3) % 1;
            return place(
              150 - life * 40 + i * 14,
              200 - life * 90,
              `<text font-family="DejaVu Sans, sans-serif" font-weight="700" font-size="40" fill="#ffe9a8">♪</text>`,
              { fade: Math.sin(life * 3.14) },
            );
          })
        : '')
    );
  },
});

/** Sand runs, and in the lower half somebody is making something of it. */
export const hourglass: Story = ({ random }) => {
  const grains = Array.from({ length: 18 }, () => ({ phase: random(), sway: random.between(-5, 5) }));
  return {
    still:
      sky('#f7b7a3', '#f9cdb0', '#ee9f92', '#7d3f56') +
      circle(255, 350, 240, '#fbdcc6', 'opacity=".6"') +
      rect(0, 612, 540, 348, '#6b3350') +
      rect(0, 606, 540, 12, '#84456a') +
      dusk('#2a0f22', 640, 0.75),
    at: (t, seconds) => {
      const flow = span(t, 0.12, 0.74);
      const turn = glide(t, 0, 0.1) * 180 - 180;
      const glass = 'M-110 -210H110Q110 -70 16 0Q110 70 110 210H-110Q-110 70 -16 0Q-110 -70 -110 -210Z';
      const level = mix(-150, -10, flow);
      const w = mix(104, 14, clamp01((level + 150) / 140) ** 0.75);
      const upper =
        flow < 1
          ? path(
              d`M${-w} ${level}Q0 ${level + 18 * Math.sin(flow * 3.14)} ${w} ${level}Q${w * 0.6} -30 10 -2H-10Q${-w * 0.6} -30 ${-w} ${level}Z`,
              '#ffcf5c',
            )
          : '';
      const pile = easeOut(flow);
      const ground = 196;
      const high = 26 + 40 * pile;
      const heap = path(
        d`M-106 208Q-104 ${ground - high * 0.4} 0 ${ground - high}Q104 ${ground - high * 0.4} 106 208Z`,
        '#ffcf5c',
      );
      const block = (from: number, x: number, wide: number, tall: number, roof: boolean) => {
        const k = pop(flow, from, from + 0.14);
        const base = ground - high * 0.82 + Math.abs(x) * 0.24;
        return k > 0
          ? place(
              x,
              base + 10,
              rect(-wide / 2, -tall, wide, tall, '#f2b844') +
                each(3, (i) => rect(-wide / 2 + i * wide * 0.38, -tall - 8, wide * 0.24, 9, '#f2b844')) +
                rect(-4, -tall * 0.6, 8, 14, '#a8672a', 4) +
                (roof
                  ? poly(
                      [
                        [-wide / 2 - 4, -tall - 6],
                        [0, -tall - 34],
                        [wide / 2 + 4, -tall - 6],
                      ],
                      '#e2574c',
                    )
                  : ''),
              { tall: k },
            )
          : '';
      };
      const castle =
        block(0.34, -44, 34, 44, false) + block(0.48, 44, 34, 44, false) + block(0.62, 0, 46, 66, true);
      const flagUp = pop(t, 0.78, 0.85);
      const flag =
        flagUp > 0
          ? place(
              0,
              ground - high * 0.82 - 88,
              line(0, 0, 0, -40, '#6b3350', 4) +
                path(d`M0 -40Q${18 + wave(seconds, 1) * 4} -48 34 -34Q18 -30 0 -22Z`, '#ff5247'),
              { scale: flagUp },
            )
          : '';
      const crabX = t < 0.16 ? -60 : Math.sin(seconds * 2.2) * 62;
      const builder =
        t > 0.14
          ? place(
              t > 0.82 ? 62 : crabX,
              ground - 6 + (t > 0.82 ? 0 : Math.abs(wave(seconds, 3)) * -6),
              each(
                3,
                (i) =>
                  line(-12, 0, -24, 4 + i * 4, '#d9442f', 3.5) + line(12, 0, 24, 4 + i * 4, '#d9442f', 3.5),
              ) +
                ellipse(0, -6, 22, 15, '#f2604a') +
                place(0, -8, face(30, blink(seconds), 1)) +
                circle(-26, -16 - (t > 0.82 ? 16 : 0) + wave(seconds, 3) * 4, 8, '#f2604a') +
                circle(26, -16 - (t > 0.82 ? 16 : 0) - wave(seconds, 3) * 4, 8, '#f2604a') +
                path('M-14 -20Q0 -36 14 -20Z', '#ffe27a'),
              { scale: pop(t, 0.14, 0.2) * 1.15 },
            )
          : '';
      const streamTo = ground - high - (flow > 0.62 ? 70 : 0);
      const stream =
        flow > 0 && flow < 1
          ? line(0, -6, 0, streamTo, '#ffcf5c', 5) +
            grains
              .map((g) => {
                const y = ((g.phase + seconds * 1.6) % 1) * streamTo;
                return circle(g.sway * (y / streamTo), y, 3, '#e8a93a');
              })
              .join('')
          : '';
      const restSand =
        turn < -1
          ? path('M-106 -208Q-104 -160 0 -150Q104 -160 106 -208Z', '#ffcf5c') +
            path('M-104 -150H104Q60 -30 10 -2H-10Q-60 -30 -104 -150Z', '#ffcf5c', 'opacity="0"')
          : '';
      const frame =
        rect(-140, -236, 280, 30, '#8a4a5c', 10) +
        rect(-140, 206, 280, 30, '#8a4a5c', 10) +
        rect(-132, -210, 12, 420, '#a85c70', 5) +
        rect(120, -210, 12, 420, '#a85c70', 5);
      const inside =
        turn < -1
          ? place(
              0,
              0,
              path(glass, '#fff', 'opacity=".35"') +
                restSand +
                path('M-106 208Q-80 70 -10 4H10Q80 70 106 208Z', '#ffcf5c', 'opacity=".0"'),
            )
          : path(glass, '#fff', 'opacity=".35"') + upper + stream + heap + castle + flag + builder;
      return (
        place(
          255,
          366,
          inside +
            stroke(glass, '#fff', 5, 'opacity=".8"') +
            rect(-86, -190, 12, 110, '#fff', 6, 'opacity=".5"') +
            frame,
          { turn: turn < -1 ? turn : 0 },
        ) +
        (t > 0.86 ? place(255, 250, heart(20, '#ff5247'), { scale: pop(t, 0.86, 0.92) }) : '') +
        burst(255, 480, span(t, 0.8, 0.92), '#fff', 14, 130)
      );
    },
  };
};

/** Fifteen pendulums, each a little slower than the last. They lose each other, and find back. */
export const pendulumWave: Story = () => ({
  still:
    sky('#0d1b2a', '#13283c', '#0d1b2a', '#050b12') +
    rect(40, 74, 430, 20, '#c7904a', 8) +
    rect(40, 74, 430, 7, '#e2b070', 4) +
    rect(46, 60, 16, 60, '#8a5a2a', 4) +
    rect(448, 60, 16, 60, '#8a5a2a', 4) +
    dusk('#03070c', 640, 0.7),
  at: (t) => {
    const count = 15;
    const start = span(t, 0.05, 0.95);
    const balls: string[] = [];
    for (let i = 0; i < count; i++) {
      const whole = 6 + (count - 1 - i);
      const angle = Math.cos(start * whole * 2 * Math.PI) * 0.5 * (t < 0.05 ? easeOut(t / 0.05) : 1);
      const px = 66 + i * 27;
      const long = 250 + i * 17;
      const x = px + Math.sin(angle) * long * 0.42;
      const y = 90 + Math.cos(angle) * long;
      const tint = [
        '#ff5247',
        '#ff8a3c',
        '#ffb224',
        '#ffe27a',
        '#b7e35b',
        '#5fd08a',
        '#3fc1c9',
        '#58a6ff',
        '#7b8cff',
        '#9a7bff',
        '#c77bff',
        '#ff8fd0',
      ][Math.floor((i / count) * 12)]!;
      const together = t > 0.9;
      balls.push(
        line(px, 92, x, y, '#4b6480', 2.5) +
          place(
            x,
            y,
            circle(0, 0, 20, tint) +
              circle(-6, -7, 5, '#fff', 'opacity=".5"') +
              (together ? place(0, 0, face(28, 1, 1, '#10202f'), { scale: pop(t, 0.91, 0.95) }) : ''),
          ),
      );
    }
    return balls.join('') + burst(255, 330, span(t, 0.93, 1.02), '#ffe27a', 18, 270);
  },
});
