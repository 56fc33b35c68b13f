/** Rain and weather: grey days with one colour in them. */

import type { Random } from '../../../../../packages/music/chance.ts';
import { blend } from '../../drawing/colour.ts';
import { clamp01, easeOut, hump, mix, pop, span, wave } from '../../drawing/easing.ts';
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
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { blink, face } from '../../drawing/things.ts';

const rainfall = (random: Random, count: number, slant = 0.12) => {
  const drops = Array.from({ length: count }, () => ({
    x: random.between(-60, 600),
    phase: random(),
    speed: random.between(1.1, 1.7),
    long: random.between(18, 36),
  }));
  return (seconds: number, colour: string, opacity: number, floor = 640) =>
    opacity <= 0.01
      ? ''
      : `<path d="${drops
          .map((p) => {
            const y = ((seconds * p.speed + p.phase) % 1) * (floor + 40) - 40;
            const x = p.x - y * slant;
            return d`M${x} ${y}l${-p.long * slant} ${p.long}`;
          })
          .join(
            '',
          )}" stroke="${colour}" stroke-width="3" stroke-linecap="round" fill="none" opacity="${opacity.toFixed(2)}"/>`;
};

/** Black umbrellas from above, one yellow. It is catching. */
export const umbrellas: Story = ({ random }) => {
  const bright = ['#ff5247', '#3fb6a8', '#7b6cf6', '#ff8fb1', '#58a6ff', '#ff9e3d'];
  const crowd = Array.from({ length: 11 }, (_, i) => ({
    x: 60 + (i % 3) * 150 + random.between(-24, 24),
    y: -140 + Math.floor(i / 3) * 220 + random.between(-30, 30),
    speed: random.between(150, 200) * (i % 2 ? 1 : -1),
    tint: bright[i % bright.length]!,
    phase: random.between(0, 6),
  }));
  const fall = rainfall(random, 46, 0.05);
  const top = (tint: string, shade: string, r: number, spin: number) =>
    place(
      0,
      0,
      circle(7, 12, r, '#0d1216', 'opacity=".35"') +
        each(8, (i) =>
          path(
            d`M0 0L${Math.cos((i * Math.PI) / 4) * r} ${Math.sin((i * Math.PI) / 4) * r}Q${Math.cos(((i + 0.5) * Math.PI) / 4) * r * 0.95} ${Math.sin(((i + 0.5) * Math.PI) / 4) * r * 0.95} ${Math.cos(((i + 1) * Math.PI) / 4) * r} ${Math.sin(((i + 1) * Math.PI) / 4) * r}Z`,
            i % 2 ? tint : shade,
          ),
        ) +
        circle(0, 0, 5, '#f7f0df'),
      { turn: spin },
    );
  return {
    still:
      rect(0, 0, 540, 960, '#5b6873') +
      each(16, (r) =>
        each(8, (c) =>
          rect(c * 76 - (r % 2) * 38, r * 62, 72, 58, (r * 3 + c * 5) % 4 ? '#616f7a' : '#677682', 5),
        ),
      ) +
      each(5, (i) => ellipse(90 + ((i * 170) % 420), 100 + i * 130, 60, 22, '#7d8d99', 'opacity=".55"')) +
      dusk('#1a2229', 620, 0.8),
    at: (t, seconds) => {
      const heroX = 255 + wave(seconds, 0.25) * 34;
      const heroY = mix(820, 330, easeOut(span(t, 0.02, 0.5)));
      const others = crowd
        .map((c) => {
          const y = ((((c.y + c.speed * seconds) % 940) + 940) % 940) - 110;
          const dx = heroX - c.x;
          const dy = heroY - y;
          const gap = Math.hypot(dx, dy);
          const when = 0.4 + Math.hypot(255 - c.x, 330 - y) * 0.00045;
          const lit = clamp01((t - when) / 0.05);
          const shove = gap < 150 ? (150 - gap) * 0.75 : 0;
          const x = c.x - (dx / (gap || 1)) * shove + Math.sin(seconds * 2 + c.phase) * 6;
          return place(
            x,
            y,
            top(
              blend('#22272c', c.tint, lit),
              blend('#2d3339', blend(c.tint, '#ffffff', 0.22), lit),
              66 + 10 * hump(lit, 0, 1),
              seconds * 20 * Math.sign(c.speed) + lit * 90,
            ),
          );
        })
        .join('');
      const ring = span(t, 0.42, 0.72);
      return (
        others +
        (ring > 0 && ring < 1
          ? circle(
              heroX,
              heroY,
              ring * 460,
              'none',
              `stroke="#ffd34d" stroke-width="${(16 * (1 - ring)).toFixed(1)}" opacity="${(1 - ring).toFixed(2)}"`,
            )
          : '') +
        place(heroX, heroY, top('#ffc42e', '#ffd966', 82 + 12 * hump(t, 0.38, 0.5), seconds * 60)) +
        fall(seconds, '#dbe7ef', 0.5 * (1 - span(t, 0.72, 0.86)))
      );
    },
  };
};

/** Red boots, one puddle, a very long run-up. */
export const puddle: Story = ({ random }) => {
  const fall = rainfall(random, 52, 0.16);
  const splash = Array.from({ length: 22 }, () => ({
    vx: random.between(-260, 260),
    vy: random.between(420, 900),
    r: random.between(6, 15),
  }));
  return {
    still:
      sky('#8fa6b5', '#a9bcc6', '#93a8b2', '#4b5b66') +
      each(
        5,
        (i) =>
          rect(
            i * 124 - 30,
            260 - ((i * 47) % 110),
            108,
            340,
            ['#7b8f9c', '#86998f', '#93877f', '#7f8a9e', '#8d8494'][i]!,
          ) +
          each(6, (k) =>
            rect(
              i * 124 - 14 + (k % 2) * 44,
              300 + Math.floor(k / 2) * 76 - ((i * 47) % 110),
              26,
              38,
              (i + k) % 3 ? '#9fb2bd' : '#ffdd94',
              3,
            ),
          ),
      ) +
      rect(0, 580, 540, 380, '#55636d') +
      rect(0, 574, 540, 14, '#6d7d88') +
      dusk('#1b2329', 620, 0.8),
    at: (t, seconds) => {
      const runStart = 0.22;
      const jump = span(t, 0.46, 0.64);
      const x = t < runStart ? 84 + wave(seconds, 1.2) * 5 : mix(84, 300, span(t, runStart, 0.64));
      const y = 580 - Math.sin(Math.PI * Math.min(1, jump * 1.02)) * 210;
      const hit = span(t, 0.64, 0.9);
      const stride = t > runStart && jump === 0 ? wave(seconds, 3.4) : jump > 0 && jump < 1 ? 0.9 : 0;
      const crouch = hump(t, 0.4, 0.48) * 0.14 + 0.16 * hump(t, 0.64, 0.72);
      const child = place(
        x,
        y,
        line(-8, -66, -12 - stride * 30, -14, '#34495a', 15) +
          line(10, -66, 14 + stride * 30, -14 - (jump > 0 && jump < 1 ? 20 : 0), '#34495a', 15) +
          rect(-30 - stride * 30, -32, 34, 32, '#e8373f', 8) +
          rect(0 + stride * 30, -32 - (jump > 0 && jump < 1 ? 20 : 0), 34, 32, '#e8373f', 8) +
          path('M-36 -160Q0 -176 36 -160L52 -56H-52Z', '#ffc42e') +
          line(-32, -142, -64, -110 - (jump > 0 || hit > 0 ? 66 : stride * 20), '#ffc42e', 17) +
          line(32, -142, 64, -110 - (jump > 0 || hit > 0 ? 66 : -stride * 20), '#ffc42e', 17) +
          circle(0, -192, 46, '#ffc42e') +
          circle(4, -188, 35, '#f0c09a') +
          place(8, -190, face(46, jump > 0 && jump < 1 ? 0.1 : blink(seconds), t < 0.3 ? 0.3 : 1)),
        { tall: 1 - crouch, wide: 1 + crouch, scale: 0.95 },
      );
      const water =
        ellipse(340, 590, 150 + 26 * hump(t, 0.64, 0.8), 20 - 8 * hump(t, 0.64, 0.72), '#9cc7dd') +
        ellipse(330, 588, 100, 11, '#c5e2ee') +
        each(3, (i) => {
          const r = (seconds * 0.7 + i / 3) % 1;
          return ellipse(
            290 + i * 50,
            590,
            34 * r,
            6 * r,
            'none',
            `stroke="#fff" stroke-width="2.5" opacity="${(1 - r).toFixed(2)}"`,
          );
        });
      const age = hit * 1.05;
      const wet =
        hit > 0 && hit < 1
          ? splash
              .map((s) => {
                const px = 310 + s.vx * age;
                const py = 590 - s.vy * age + 900 * age * age;
                return py < 600 ? ellipse(px, py, s.r, s.r * 1.3, '#a9d3e6') : '';
              })
              .join('') +
            path(
              d`M${190 - hit * 80} 592Q${200 - hit * 60} ${592 - 220 * hump(hit, 0, 0.7)} ${250 - hit * 40} 592ZM${380 + hit * 80} 592Q${400 + hit * 70} ${592 - 240 * hump(hit, 0, 0.7)} ${440 + hit * 60} 592Z`,
              '#a9d3e6',
            )
          : '';
      const duck = pop(t, 0.76, 0.86);
      const duckling =
        duck > 0
          ? place(
              398,
              596 - duck * 22 + wave(seconds, 0.9) * 3,
              path('M-38 0Q-46 -20 -52 -24Q-40 20 0 20Q36 18 34 -8Q20 -22 4 -10Q-20 -2 -38 0Z', '#ffe27a') +
                circle(24, -26, 19, '#ffe27a') +
                path('M40 -28L58 -22L40 -18Z', '#f08a2c') +
                circle(28, -31, 3.4, '#2d2118'),
              { scale: duck * 1.1 },
            )
          : '';
      const stare =
        t > 0.9 ? place(392, 490, label(0, 0, '…', 60, '#fff'), { scale: pop(t, 0.9, 0.95) }) : '';
      return (
        fall(seconds, '#e7f0f5', 0.5, 620) + closer(water + child + duckling + wet, 270, 590, 1.16) + stare
      );
    },
  };
};
