/** Clockwork: brass, teeth, pendulums; small machines whose only purpose is to be on time. */
import { clamp01, easeBoth, easeOut, hump, mix, pop, span, wave } from '../../drawing/easing.ts';
import { circle, dusk, each, line, path, place, rect, sky } from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { blink, burst, face, gear, heart } from '../../drawing/things.ts';

const brass = ['#d9a441', '#b9812e', '#e8c06a', '#c7673d', '#8fb3a8'] as const;

/** One wheel is missing. It arrives, and everything has a reason again. */
export const missingGear: Story = () => {
  const train = [
    { x: 130, y: 190, r: 92, teeth: 18, dir: 1, tint: 0 },
    { x: 296, y: 172, r: 66, teeth: 13, dir: -1, tint: 3 },
    { x: 330, y: 336, r: 92, teeth: 18, dir: 1, tint: 2 },
    { x: 172, y: 400, r: 74, teeth: 14, dir: -1, tint: 4 },
    { x: 110, y: 542, r: 70, teeth: 14, dir: 1, tint: 1 },
    { x: 310, y: 508, r: 74, teeth: 14, dir: -1, tint: 0 },
  ];
  return {
    still:
      sky('#2a1a24', '#3b2430', '#2a1922', '#0f080d') +
      each(20, (i) => circle(30 + (i % 5) * 116, 50 + Math.floor(i / 5) * 160, 5, '#4d3040')) +
      train.map((g) => circle(g.x + 8, g.y + 12, g.r + 8, '#160c12', 'opacity=".5"')).join('') +
      rect(400, 90, 16, 520, '#1c1118', 8) +
      dusk('#0a0508', 640, 0.75),
    at: (t, seconds) => {
      const arrive = span(t, 0.26, 0.44);
      const click = t > 0.44;
      const run = click ? (t - 0.44) * (seconds / Math.max(t, 0.01)) * 70 * Math.min(1, (t - 0.44) * 9) : 0;
      const idle = t < 0.3 ? Math.max(0, wave(seconds, 1.6)) * 3 : 0;
      const wheels = train
        .map((g, i) => {
          if (i === 2) return '';
          const turns = run;
          return place(
            g.x,
            g.y,
            gear(
              g.teeth,
              g.r,
              brass[g.tint]!,
              '#3b2430',
              (turns + (i < 2 ? idle : 0)) * g.dir * (92 / g.r) + i * 9,
            ),
          );
        })
        .join('');
      const hole = !click
        ? circle(330, 336, 20, '#b9812e') +
          circle(
            330,
            336,
            92,
            'none',
            `stroke="#e8c06a" stroke-width="4" stroke-dasharray="8 12" opacity="${(0.4 + 0.4 * wave(seconds, 0.9)).toFixed(2)}"`,
          )
        : '';
      const gx = mix(620, 330, easeOut(arrive));
      const gy = mix(-60, 336, easeOut(arrive)) - (t > 0.4 && t < 0.44 ? 18 * hump(t, 0.4, 0.44) : 0);
      const hero =
        arrive > 0
          ? place(
              gx,
              gy,
              gear(18, 92, brass[2]!, '#7a4a2a', run + (1 - arrive) * 300) +
                circle(0, 0, 52, brass[2]!) +
                place(0, -4, face(76, click ? blink(seconds) : 1, click ? 1 : 0.2, '#5a3520')),
            )
          : '';
      const lift = click ? Math.min(420, run * 1.4) : 0;
      const bellY = 590 - lift;
      const ring = t > 0.74;
      const bell = place(
        408,
        112,
        path('M-46 40Q-40 -34 0 -38Q40 -34 46 40Z', '#e8c06a') +
          rect(-52, 36, 104, 13, '#b9812e', 6) +
          circle(0, 56, 10, '#8a5a20'),
        { turn: ring ? wave(seconds, 4) * 16 * (1 - span(t, 0.94, 1.05)) : 0 },
      );
      const waves2 = ring
        ? each(3, (i) => {
            const r = (seconds * 1.1 + i / 3) % 1;
            return circle(
              408,
              120,
              50 + r * 90,
              'none',
              `stroke="#ffe9a8" stroke-width="5" opacity="${(0.6 * (1 - r)).toFixed(2)}"`,
            );
          })
        : '';
      return (
        wheels +
        hole +
        hero +
        rect(394, bellY, 28, 40, '#c7673d', 8) +
        bell +
        waves2 +
        burst(330, 336, span(t, 0.44, 0.56), '#ffe9a8', 16, 150)
      );
    },
  };
};

/** All the parts of a watch, far apart, remember where they belong. */
export const assembly: Story = ({ random }) => {
  const parts = Array.from({ length: 7 }, (_, i) => ({
    a: (i / 7) * 6.283 + random.between(-0.3, 0.3),
    far: random.between(300, 460),
    spin: random.between(-400, 400),
  }));
  return {
    still:
      sky('#f2c9b8', '#f7dccb', '#e9b6a3', '#7a4a4a') +
      circle(255, 366, 250, '#fbe9dd', 'opacity=".7"') +
      dusk('#2b1518', 620, 0.75),
    at: (t, seconds) => {
      const come = (i: number) => easeBoth(span(t, 0.06 + i * 0.07, 0.26 + i * 0.07));
      const fly = (i: number, inner: string, float = 1) => {
        const p = parts[i]!;
        const k = 1 - come(i);
        const drift = k * float;
        return place(
          255 + Math.cos(p.a) * p.far * k * 0.62 + wave(seconds, 0.3, i) * 12 * drift,
          366 + Math.sin(p.a) * p.far * k * 0.72 + wave(seconds, 0.25, i * 2) * 12 * drift,
          inner,
          { turn: p.spin * k },
        );
      };
      const run = t > 0.72 ? (t - 0.72) * (seconds / t) : 0;
      const tick = Math.floor(run * 2) + easeOut(clamp01(((run * 2) % 1) * 4));
      const strap = fly(
        0,
        rect(-62, -330, 124, 170, '#7a3f3a', 18) +
          rect(-62, 160, 124, 190, '#7a3f3a', 18) +
          each(4, (i) => circle(0, 220 + i * 30, 6, '#5a2c2a')) +
          rect(-50, -320, 6, 150, '#94544c', 3) +
          rect(44, -320, 6, 150, '#94544c', 3),
      );
      const caseRing = fly(
        1,
        circle(0, 0, 176, '#c9a24a') + circle(0, 0, 162, '#e8c873') + rect(172, -18, 26, 36, '#b98a34', 6),
      );
      const plate = fly(
        2,
        circle(0, 0, 150, '#2f3a4f') +
          each(12, (i) =>
            line(
              Math.sin(i * 0.5236) * 122,
              -Math.cos(i * 0.5236) * 122,
              Math.sin(i * 0.5236) * 138,
              -Math.cos(i * 0.5236) * 138,
              '#e8c873',
              i % 3 ? 4 : 9,
            ),
          ),
      );
      const g1 = fly(3, place(-46, 30, gear(14, 52, '#d9a441', '#2f3a4f', tick * 25)));
      const g2 = fly(4, place(46, 40, gear(12, 42, '#c7673d', '#2f3a4f', -tick * 30)));
      const hands = fly(
        5,
        place(0, 0, rect(-6, -78, 12, 92, '#fff6e0', 6), { turn: -52 + run * 3 }) +
          place(0, 0, rect(-4.5, -116, 9, 132, '#fff6e0', 5), { turn: 52 + run * 12 }) +
          place(0, 0, rect(-2, -124, 4, 150, '#ff5247', 2), { turn: tick * 30 }) +
          circle(0, 0, 11, '#ff5247'),
      );
      const lens = fly(
        6,
        circle(0, 0, 156, '#fff', 'opacity=".12"') +
          path('M-110 -96A146 146 0 0 1 20 -144L-20 -100A110 110 0 0 0 -96 -40Z', '#fff', 'opacity=".4"'),
      );
      const done = pop(t, 0.74, 0.8);
      const beat = t > 0.8 ? 1 + 0.025 * Math.exp(-((run * 2) % 1) * 5) : 1;
      const smile = done > 0 ? place(0, -56, face(88, blink(seconds), 1, '#ffe9b0'), { scale: done }) : '';
      const all = strap + caseRing + plate + g1 + g2 + place(255, 366, smile) + hands + lens;
      return (
        place(255 * (1 - beat), 366 * (1 - beat), all, { scale: beat }) +
        burst(255, 366, span(t, 0.73, 0.86), '#fff', 18, 240, 9) +
        (t > 0.84
          ? each(3, (i) =>
              place(380 + i * 24, 190 - span(t, 0.84 + i * 0.03, 1.02) * 110, heart(12 + i * 4, '#ff5247'), {
                fade: 1 - span(t, 0.94, 1.04),
              }),
            )
          : '')
      );
    },
  };
};
