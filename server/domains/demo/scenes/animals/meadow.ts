/** Tiny animals: big feelings close to the ground. */
import { clamp01, easeOut, glide, hump, mix, pop, span, wave } from '../../drawing/easing.ts';
import {
  circle,
  closer,
  d,
  dusk,
  each,
  ellipse,
  label,
  line,
  path,
  place,
  rect,
  sky,
  stroke,
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { blink, burst, cloud, confetti, face, heart, leaf, sparkle } from '../../drawing/things.ts';

/** A race of one. The finish is a strawberry, and the crowd goes wild, slowly. */
export const snail: Story = ({ random }) => {
  const party = confetti(random, 34);
  return {
    still:
      sky('#ffd6c9', '#ffe9dc', '#f7cdb9', '#b97a66') +
      circle(110, 180, 60, '#fff3e6') +
      each(7, (i) =>
        place(
          30 + i * 84,
          470,
          stroke('M0 120Q-14 40 -4 -60', '#d69f86', 9) + leaf(58, '#e2ac92', '#d69f86'),
          { turn: -8 + (i % 3) * 8 },
        ),
      ) +
      rect(0, 586, 540, 374, '#8a4f45') +
      rect(0, 580, 540, 14, '#a4635a') +
      place(
        -8,
        -176,
        rect(392, 330, 8, 256, '#fff8f0') +
          each(
            10,
            (i) =>
              rect(400 + (i % 2) * 20, 332 + Math.floor(i / 2) * 18, 20, 18, '#5a2d2d') +
              rect(400 + ((i + 1) % 2) * 20, 332 + Math.floor(i / 2) * 18, 20, 18, '#fff8f0'),
          ),
        { scale: 1.3 },
      ) +
      dusk('#3b1c1c', 630, 0.75),
    at: (t, seconds) => {
      const inch = seconds * 0.9;
      const x = mix(70, 318, span(t, 0, 0.78)) + Math.sin(inch * 6.28) * 7;
      const stretch = 1 + 0.09 * Math.sin(inch * 6.28);
      const eat = span(t, 0.8, 0.92);
      const tongue = t > 0.76;
      const snailBody = place(
        x,
        580,
        path('M-120 0Q-110 -26 -60 -24H60Q78 -90 104 -96Q138 -92 132 -50Q126 0 92 0Z', '#f2b35b') +
          stroke('M108 -92Q100 -130 92 -150M124 -88Q130 -126 136 -146', '#f2b35b', 9) +
          circle(92, -152, 10, '#fff') +
          circle(136, -148, 10, '#fff') +
          circle(95, -152, 5 * blink(seconds) + 1, '#3a1d14') +
          circle(139, -148, 5 * blink(seconds) + 1, '#3a1d14') +
          stroke(d`M108 -44q12 ${tongue ? 18 : 8} 24 0`, '#3a1d14', 4.5) +
          circle(104, -52, 8, '#ff8f7a', 'opacity=".6"') +
          place(
            -12,
            -78,
            circle(0, 0, 78, '#e0566f') +
              stroke(
                'M58 16A60 60 0 1 1 22 -56A44 44 0 1 1 -40 6A28 28 0 1 1 12 -10A10 10 0 0 1 0 8',
                '#fbd0c7',
                13,
              ) +
              rect(-26, 34, 52, 38, '#fff8f0', 8) +
              label(0, 62, '1', 28, '#e0566f'),
          ),
        { wide: stretch, tall: 2 - stretch },
      );
      const slime = line(10, 582, x - 100, 582, '#fff6ea', 6, 'opacity=".6"');
      const berrySize = 1 - 0.5 * eat;
      const berry = place(
        452,
        580,
        path('M-56 -64Q0 -96 56 -64Q54 -14 0 4Q-54 -14 -56 -64Z', '#e8373f') +
          each(9, (i) =>
            ellipse(
              -34 + (i % 3) * 34 + (Math.floor(i / 3) % 2) * 6 - 4,
              -58 + Math.floor(i / 3) * 18,
              3,
              5,
              '#ffd98a',
            ),
          ) +
          place(0, -76, sparkle(34, '#4d9a4a')),
        { scale: berrySize * (1 + 0.06 * hump((seconds * 2) % 1, 0, 1) * (eat > 0 && eat < 1 ? 1 : 0)) },
      );
      const ants = each(4, (i) => {
        const cheer = t > 0.72 ? Math.abs(wave(seconds, 1.6, i)) * 18 : 0;
        return place(
          40 + i * 58,
          560 - cheer,
          ellipse(0, 10, 9, 12, '#5a2d2d') +
            circle(0, -8, 9, '#5a2d2d') +
            line(-8, 4, -18, -10 - cheer * 0.5, '#5a2d2d', 3) +
            line(8, 4, 18, -10 - cheer * 0.5, '#5a2d2d', 3),
          { scale: 0.9, fade: span(t, 0.4, 0.5) },
        );
      });
      const sprinter =
        t > 0.2 && t < 0.4
          ? place(
              mix(-60, 620, span(t, 0.22, 0.36)),
              566,
              ellipse(0, 0, 26, 12, '#8a4f45') +
                circle(24, -4, 10, '#8a4f45') +
                each(3, (i) => line(-30 - i * 14, -6 + i * 6, -70 - i * 20, -6 + i * 6, '#fff8f0', 4)),
            )
          : '';
      return (
        closer(slime + ants + berry + sprinter + snailBody, 262, 584, 1.16) +
        (t > 0.76 ? party(seconds - (seconds / t) * 0.76) : '') +
        burst(x + 100, 480, span(t, 0.78, 0.9), '#e0566f', 10, 90)
      );
    },
  };
};

/** Rolls up, rolls down, collects the whole autumn on the way. */
export const hedgehog: Story = ({ random }) => {
  const load = Array.from({ length: 9 }, (_, i) => ({
    at: 0.28 + i * 0.045,
    a: i * 0.7 + random.between(0, 0.3),
    kind: i % 3,
    tint: random.pick(['#e8642f', '#f2a93b', '#c93c2d']),
  }));
  const item = (kind: number, tint: string) =>
    kind === 0
      ? leaf(46, tint, '#8a3a1c')
      : kind === 1
        ? circle(14, 0, 17, '#d8383a') + line(14, -16, 18, -26, '#5a3a20', 4)
        : leaf(40, '#f2c53b', '#b8862b');
  const trees = Array.from({ length: 6 }, (_, i) => ({
    x: i * 180,
    tint: random.pick(['#d9652e', '#eaa03a', '#c44a34']),
    size: random.between(0.8, 1.3),
  }));
  return {
    still: sky('#fbe3b0', '#f8cd8c', '#eeaa62', '#8d4b23') + circle(400, 170, 58, '#fff1c7'),
    at: (t, seconds) => {
      const roll = glide(t, 0.2, 0.72);
      const camera = roll * 900;
      const curl = t < 0.5 ? glide(t, 0.14, 0.22) : 1 - glide(t, 0.76, 0.84);
      const back = trees
        .map((k) => {
          const x = ((((k.x - camera * 0.5) % 1080) + 1080) % 1080) - 180;
          const y = 470 + (x - 270) * 0.14;
          return place(
            x,
            y,
            rect(-9, -70, 18, 120, '#7a4526') +
              circle(0, -110, 62, k.tint) +
              circle(-38, -80, 40, k.tint) +
              circle(38, -84, 44, k.tint),
            { scale: k.size },
          );
        })
        .join('');
      const slope = 1 - glide(t, 0.62, 0.74);
      const tilt = 14 * slope;
      const ground =
        path(d`M0 ${560 - 66 * slope}L540 ${560 + 66 * slope}V960H0Z`, '#a85c2b') +
        path(d`M0 ${560 - 66 * slope}L540 ${560 + 66 * slope}v16L0 ${576 - 66 * slope}Z`, '#c97a3c') +
        each(8, (i) => {
          const x = ((((i * 80 - camera) % 640) + 640) % 640) - 50;
          return place(
            x,
            572 + (x - 270) * 0.244 * slope,
            leaf(30, ['#e8642f', '#f2c53b', '#c93c2d'][i % 3]!, '#8a3a1c'),
            { turn: i * 50 },
          );
        });
      const y = 560 - 62 - hump((t * 9) % 1, 0, 1) * 22 * (roll > 0 && roll < 1 ? 1 : 0) - (1 - curl) * 2;
      const spikes = each(22, (i) => {
        const a = (i / 22) * (1 + curl) * Math.PI + Math.PI * (1.02 - curl * 0.4);
        return curl > 0.5 || i < 22
          ? line(Math.cos(a) * 56, Math.sin(a) * 56, Math.cos(a) * 84, Math.sin(a) * 84, '#4a2c1e', 9)
          : '';
      });
      const body = circle(0, 0, 66, '#6b4128') + spikes;
      const snout =
        curl < 0.98
          ? place(
              0,
              0,
              path('M10 60Q70 70 116 34Q112 18 92 14Q80 -30 40 -34Z', '#f0c79a') +
                circle(116, 30, 10, '#3a1d14') +
                circle(74, 4, 6.5 * blink(seconds) + 0.7, '#3a1d14') +
                stroke(d`M76 40q12 10 24 -4`, '#3a1d14', 4) +
                circle(66, 26, 9, '#ff9c7a', 'opacity=".6"') +
                ellipse(-20, 62, 16, 9, '#f0c79a') +
                ellipse(36, 64, 16, 9, '#f0c79a'),
              { scale: 1 - curl },
            )
          : '';
      const stuck = load
        .map((l) =>
          t > l.at
            ? place(Math.cos(l.a) * 66, Math.sin(l.a) * 66, item(l.kind, l.tint), {
                turn: (l.a * 180) / Math.PI,
                scale: pop(t, l.at, l.at + 0.05),
              })
            : '',
        )
        .join('');
      const spin = (t < 0.5 ? 1 : clamp01(curl * 3)) * 0 + camera * 0.62;
      const restTurn = curl > 0.4 ? spin : Math.round(spin / 360) * 360 - 20 * curl;
      const shake = hump(t, 0.84, 0.93) * wave(seconds, 7) * 7;
      const fall = t > 0.86 ? easeOut(span(t, 0.86, 0.95)) : 0;
      const drop = load
        .map((l, i) =>
          fall > 0
            ? place(
                250 + (i - 4) * 44 * fall + 10,
                556 - Math.sin(Math.PI * fall) * (90 + (i % 3) * 40) - (i % 2) * 6,
                item(l.kind, l.tint),
                { turn: i * 60 * fall },
              )
            : '',
        )
        .join('');
      return (
        back +
        ground +
        place(250 + shake, y, place(0, 0, body + (fall > 0 ? '' : stuck), { turn: restTurn }) + snout, {
          turn: curl > 0.5 ? 0 : tilt,
        }) +
        drop +
        (t > 0.94 ? place(330, 400, heart(22, '#e8373f'), { scale: pop(t, 0.94, 0.98) }) : '') +
        dusk('#3d1c0b', 620, 0.8)
      );
    },
  };
};

/** Ants carry crumbs. One ant has had breakfast. */
export const ants: Story = () => {
  const ant = (seconds: number, phase: number, mood = 0.5) =>
    each(3, (i) =>
      line(-20 + i * 18, 4, -26 + i * 18 + wave(seconds, 3, phase + i * 2) * 9, 30, '#3b1f2b', 5),
    ) +
    ellipse(-30, -4, 26, 18, '#5a2f3f') +
    ellipse(2, -2, 16, 13, '#4a2635') +
    circle(30, -8, 20, '#5a2f3f') +
    stroke('M36 -26Q44 -44 56 -44M28 -28Q30 -46 42 -52', '#3b1f2b', 4) +
    place(33, -10, face(34, 1, mood, '#ffe7c2'));
  const crumbs = [
    circle(0, -10, 17, '#f3d18b') + circle(6, -16, 4, '#b8763a'),
    path('M-22 0L0 -36L22 0Z', '#f7e27c') + circle(-4, -8, 4, '#e5c34d') + circle(7, -14, 3, '#e5c34d'),
    rect(-18, -32, 36, 32, '#fff', 5),
    circle(0, -18, 20, '#d8383a') + leaf(18, '#4d9a4a'),
  ];
  return {
    still:
      sky('#cfe8b5', '#e6f2c4', '#b7d38c', '#557a3f') +
      circle(120, 170, 56, '#fffbe0') +
      place(380, 210, cloud(150, '#f4fae2')) +
      closer(
        each(10, (i) =>
          path(
            d`M${i * 60 - 20} 560Q${i * 60 - 30 + (i % 3) * 20} 380 ${i * 60 + ((i * 37) % 50) - 10} ${180 + ((i * 83) % 130)}Q${i * 60 + 16} 420 ${i * 60 + 18} 560Z`,
            i % 2 ? '#9cc474' : '#8ab665',
          ),
        ) +
          path('M440 548Q450 470 500 450Q560 470 560 548Z', '#8a6440') +
          ellipse(500, 524, 24, 30, '#3b2417'),
        270,
        552,
        1.2,
      ) +
      rect(0, 552, 540, 408, '#7d5a3a') +
      rect(0, 546, 540, 16, '#96704a') +
      dusk('#2b1c10', 630, 0.75),
    at: (t, seconds) => {
      const march = t * 1500;
      const line4 = each(5, (i) => {
        const x = -70 - i * 138 + march;
        const size = x > 430 ? 1 - span(x, 430, 510) : 1;
        const bob = Math.abs(wave(seconds, 3, i)) * 4;
        return x < -90 || x > 515
          ? ''
          : place(x, 522 - bob, place(-2, -24, crumbs[i % 4]!) + ant(seconds, i), { scale: size });
      });
      const big = mix(-420, 250, easeOut(span(t, 0.52, 0.84)));
      const strain = t > 0.52 ? wave(seconds, 8) * 2 : 0;
      const melon = place(
        big + strain,
        452,
        path('M-210 -120A210 210 0 0 0 210 -120Z', '#3f9a4c') +
          path('M-190 -120A190 190 0 0 0 190 -120Z', '#e9f5c8') +
          path('M-174 -120A174 174 0 0 0 174 -120Z', '#f0525f') +
          each(9, (i) => ellipse(-112 + i * 28, -86 + ((i * 29) % 60), 6, 10, '#3b1f2b')),
        { turn: wave(seconds, 1.6) * 3.5 * (t < 0.84 ? 1 : 0.2) },
      );
      const hero =
        t > 0.5
          ? place(
              big,
              522 - Math.abs(wave(seconds, 3)) * 4 * (t < 0.84 ? 1 : 0),
              ant(t < 0.84 ? seconds : 0, 0, 1),
              { scale: 1 },
            )
          : '';
      const stuck =
        t > 0.84
          ? place(470, 420, label(0, 0, '?', 66, '#3b1f2b'), {
              scale: pop(t, 0.86, 0.92),
              turn: wave(seconds, 0.8) * 8,
            })
          : '';
      const sweat =
        t > 0.6 && t < 0.86
          ? each(2, (i) => {
              const life = (seconds * 1.4 + i * 0.5) % 1;
              return circle(big + 46 + life * 26, 490 - Math.sin(life * 3.1) * 34, 5 * (1 - life), '#8fd3f0');
            })
          : '';
      const friends =
        t > 0.88
          ? each(3, (i) =>
              place(
                mix(560, 380 + i * 46, pop(t, 0.88 + i * 0.02, 0.95)),
                522 - Math.abs(wave(seconds, 2, i)) * 12,
                ant(seconds, i, 1),
                { wide: -1, scale: 0.8 },
              ),
            )
          : '';
      return closer(line4 + melon + hero + sweat + stuck + friends, 270, 552, 1.2);
    },
  };
};
