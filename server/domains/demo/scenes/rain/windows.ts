/** Rain and weather: grey days with one colour in them. */
import { blend } from '../../drawing/colour.ts';
import { clamp01, easeIn, easeOut, glide, hump, mix, pop, span, wave } from '../../drawing/easing.ts';
import {
  circle,
  d,
  dusk,
  each,
  ellipse,
  line,
  path,
  place,
  rect,
  sky,
  stroke,
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { blink, burst, cloud, face, heart, leaf, swell } from '../../drawing/things.ts';

/** Three drops race down a window. Bets are open. */
export const dropRace: Story = ({ random }) => {
  const beads = Array.from({ length: 44 }, () => ({
    x: random.between(20, 480),
    y: random.between(30, 640),
    r: random.between(2, 7),
  }));
  const bokeh = Array.from({ length: 12 }, () => ({
    x: random.between(0, 520),
    y: random.between(120, 620),
    r: random.between(24, 62),
    tint: random.pick(['#ffb224', '#ff6f5e', '#58a6ff', '#7de0c3']),
  }));
  const lanes = [
    { x: 140, tint: '#ffd34d' },
    { x: 255, tint: '#ff8fb1' },
    { x: 370, tint: '#8be0d0' },
  ];
  return {
    still:
      sky('#16233b', '#22365a', '#2b3c5f', '#101a2d') +
      bokeh.map((b) => circle(b.x, b.y, b.r, b.tint, 'opacity=".22"')).join('') +
      beads.map((b) => ellipse(b.x, b.y, b.r, b.r * 1.2, '#bcd3ea', 'opacity=".3"')).join('') +
      rect(0, 640, 540, 22, '#e9e2d3') +
      rect(0, 662, 540, 298, '#3a2b25') +
      dusk('#120c0a', 660, 0.6),
    at: (t, seconds) => {
      const go = span(t, 0.16, 0.82);
      const y = [
        96 + 470 * (0.6 * easeOut(clamp01(go * 1.2)) + 0.24 * go),
        96 + 470 * (go < 0.4 ? go * 1.6 : go < 0.76 ? 0.64 + (go - 0.4) * 0.1 : 0.676 + (go - 0.76) * 0.8),
        96 +
          470 *
            (go < 0.62
              ? go * 0.42
              : 0.26 + 0.86 * easeIn(span(go, 0.62, 1)) * 0.3 + 0.6 * span(go, 0.62, 0.99)),
      ].map((v) => Math.min(v, 604));
      const lead = y.indexOf(Math.max(...y));
      const drops = lanes
        .map((lane, i) => {
          const wob = Math.sin(y[i]! * 0.045 + i * 2) * 20;
          const size = 1 + (i === 2 ? 0.35 * span(go, 0.6, 0.95) : 0);
          let track = '';
          for (let k = 0; k <= 16; k++) {
            const yy = mix(70, y[i]!, k / 16);
            track += `${k ? 'L' : 'M'}${(lane.x + Math.sin(yy * 0.045 + i * 2) * 20).toFixed(1)} ${yy.toFixed(1)}`;
          }
          const win = i === 2 && t > 0.84;
          return (
            stroke(track, lane.tint, 9, 'opacity=".26"') +
            place(
              lane.x + wob,
              y[i]! - (win ? Math.abs(wave(seconds, 1.5)) * 26 : 0),
              path('M0 -58C16 -30 34 -14 34 8A34 34 0 1 1 -34 8C-34 -14 -16 -30 0 -58Z', lane.tint) +
                ellipse(-13, -6, 6, 12, '#fff', 'opacity=".6" transform="rotate(20 -13 -6)"') +
                place(
                  2,
                  6,
                  face(
                    46,
                    t < 0.12 ? 0.2 : 1,
                    win ? 1 : t > 0.84 ? -0.5 : i === lead ? 0.9 : -0.1,
                    '#22365a',
                  ),
                ) +
                (win
                  ? place(0, -58, path('M-22 0L-26 -30L-10 -16L0 -36L10 -16L26 -30L22 0Z', '#ffb224'))
                  : ''),
              { scale: size * (t < 0.14 ? 1 + 0.05 * wave(seconds, 3, i) : 1) },
            )
          );
        })
        .join('');
      const count =
        t < 0.16
          ? each(3, (i) =>
              circle(
                200 + i * 55,
                250,
                20,
                t > 0.03 + i * 0.045 ? (i === 2 ? '#5fe08a' : '#ff5247') : '#3a4c6f',
              ),
            )
          : '';
      return (
        rect(0, 612, 540, 6, '#fff', 0, 'opacity=".8"') +
        each(18, (i) => rect(i * 30, 612 + (i % 2) * 10, 30, 10, '#10182a')) +
        each(18, (i) => rect(i * 30, 612 + ((i + 1) % 2) * 10, 30, 10, '#f7f5f2')) +
        drops +
        count +
        (t > 0.82 ? burst(370, 560, span(t, 0.82, 0.94), '#ffd34d', 12, 100) : '')
      );
    },
  };
};

/** A very small cloud cries on a very small plant, which turns out to be the solution. */
export const smallCloud: Story = ({ random }) => {
  const drops = Array.from({ length: 14 }, () => ({ x: random.between(-58, 58), phase: random() }));
  const bows = ['#ff5247', '#ff9e3d', '#ffd34d', '#5fd08a', '#58a6ff', '#8f7bf0'];
  return {
    still: '',
    at: (t, seconds) => {
      const joy = glide(t, 0.6, 0.74);
      const bg = blend('#66748a', '#8fd6f5', joy);
      const low = blend('#8893a5', '#fdf0cf', joy);
      const grow = glide(t, 0.22, 0.6);
      const x = 255 + wave(seconds, 0.18) * 24 * (1 - joy);
      const sob = (1 - joy) * Math.abs(wave(seconds, 1.8)) * 6;
      const y = mix(190, 232, joy);
      const topY = 596 - grow * 262;
      const cry =
        t < 0.64
          ? drops
              .map((p) => {
                const life = (seconds * 1.2 + p.phase) % 1;
                const py = y + 60 + life * (topY - y - 30 > 60 ? 520 - y : topY - y - 60);
                return py < 596 ? ellipse(x + p.x, py, 5, 9, '#bfe0ff') : '';
              })
              .join('')
          : '';
      const stem = stroke(
        d`M255 600Q${240 + wave(seconds, 0.4) * 8} ${(600 + topY) / 2} 255 ${topY}`,
        '#3d8b4a',
        13,
      );
      const leaves = each(4, (i) =>
        grow > 0.2 + i * 0.17
          ? place(253, 590 - i * 54, leaf(78, '#57ab5a', '#3d8b4a'), {
              turn: i % 2 ? 204 + joy * 26 : -24 - joy * 26,
              scale: pop(grow, 0.2 + i * 0.17, 0.45 + i * 0.17),
            })
          : '',
      );
      const head = place(
        255,
        topY,
        each(8, (i) => place(0, 0, ellipse(38, 0, 28, 19, '#ff8fb1'), { turn: i * 45 })) +
          circle(0, 0, 32, '#ffd34d') +
          place(0, -2, face(54, blink(seconds), 1)),
        { scale: 0.25 + 0.85 * grow },
      );
      const sad = place(
        x,
        y - sob,
        place(0, 0, cloud(270, blend('#aab4c2', '#ffffff', joy)), {
          scale: 1 + 0.03 * wave(seconds, 0.7) + 0.08 * hump(t, 0.6, 0.72),
        }) +
          place(0, -14, face(110, t < 0.56 ? 0 : 1, mix(-0.8, 1, joy), '#3b4658')) +
          circle(-64, 16, 14, '#ff9c9c', `opacity="${(joy * 0.7).toFixed(2)}"`) +
          circle(64, 16, 14, '#ff9c9c', `opacity="${(joy * 0.7).toFixed(2)}"`),
      );
      const arc = easeOut(span(t, 0.72, 0.92));
      const rainbow =
        arc > 0
          ? bows
              .map((tint, i) => {
                const R = 330 - i * 24;
                return stroke(
                  d`M${255 - R} 600A${R} ${R} 0 0 1 ${255 + R} 600`,
                  tint,
                  25,
                  `stroke-dasharray="${(arc * R * 3.15).toFixed(0)} 2000" opacity=".8"`,
                ).replace('stroke-linecap="round"', '');
              })
              .join('')
          : '';
      return (
        sky(bg, low, low) +
        rainbow +
        swell(600, 16, 120, 1, blend('#5e7a62', '#7cc36a', joy)) +
        stem +
        leaves +
        cry +
        sad +
        head +
        (t > 0.66
          ? each(3, (i) =>
              place(340 + i * 26, 300 - span(t, 0.66 + i * 0.03, 1) * 140, heart(13 + i * 3, '#ff5247'), {
                fade: 1 - span(t, 0.86, 0.98),
              }),
            )
          : '') +
        dusk('#1c3324', 620, 0.85)
      );
    },
  };
};

/** Storm on the washing line: everything holds on, except for one sock with ambition. */
export const laundry: Story = ({ random }) => {
  const leaves = Array.from({ length: 12 }, () => ({
    y: random.between(80, 560),
    speed: random.between(380, 720),
    phase: random.between(0, 700),
    turn: random.between(200, 600),
  }));
  const shirt = (tint: string) => path('M-44 0H44L78 40L54 62L42 48V140H-42V48L-54 62L-78 40Z', tint);
  const sock = (tint: string, stripe: string) =>
    path('M-17 0H17V64Q20 84 44 88Q56 100 40 110H4Q-17 106 -17 80Z', tint) +
    rect(-17, 8, 34, 9, stripe) +
    rect(-17, 26, 34, 9, stripe);
  return {
    still:
      sky('#d7c7a8', '#c9b48c', '#a98e69', '#5b4630') +
      each(4, (i) => place(80 + i * 130, 110 + (i % 2) * 70, cloud(190, '#bda37b'))) +
      path('M0 620Q140 540 290 590T540 560V960H0Z', '#7c7a4b') +
      rect(20, 230, 14, 400, '#5b4226') +
      rect(496, 230, 14, 400, '#5b4226') +
      dusk('#29200f', 620, 0.75),
    at: (t, seconds) => {
      const gust = 0.25 + 0.75 * span(t, 0.1, 0.45) - 0.8 * span(t, 0.74, 0.84);
      const sag = (x: number) =>
        262 +
        Math.sin(((x - 27) / 476) * Math.PI) * 40 * (1 - gust * 0.3) +
        wave(seconds, 2.4, x * 0.02) * 7 * gust;
      let rope = 'M27 250';
      for (let x = 60; x <= 500; x += 40) rope += d`L${x} ${sag(x)}`;
      const hang = (x: number, inner: string, k: number) =>
        place(x, sag(x), rect(-22, -10, 7, 22, '#e8c58b', 2) + rect(15, -10, 7, 22, '#e8c58b', 2) + inner, {
          turn: -58 * gust + wave(seconds, 2.2, k) * 13 * gust + wave(seconds, 0.5, k) * 3,
        });
      const free = span(t, 0.46, 0.9);
      const sx = free <= 0 ? 400 : 400 + Math.sin(free * 7) * 110 - free * 200 + 20;
      const sy = free <= 0 ? sag(400) : mix(262, 470, easeIn(free)) - Math.sin(free * 3.14) * 190;
      const bird = t > 0.62 ? mix(620, 214, easeOut(span(t, 0.62, 0.86))) : 700;
      const worn = t > 0.89;
      const storm = leaves
        .map((l) =>
          place(
            560 - ((seconds * l.speed * (0.4 + gust) + l.phase) % 700),
            l.y + wave(seconds, 1.2, l.phase) * 24,
            leaf(24, '#8c6b2f', '#6b5020'),
            { turn: seconds * l.turn, fade: clamp01(gust) },
          ),
        )
        .join('');
      const streaks = each(5, (i) => {
        const x = 620 - ((seconds * 900 + i * 210) % 1000);
        return stroke(
          d`M${x} ${150 + i * 84}q70 -14 130 0q40 10 30 26q-14 12 -24 -4`,
          '#fff3d6',
          4,
          `opacity="${(0.5 * clamp01(gust)).toFixed(2)}"`,
        );
      });
      const flyer =
        t > 0.62
          ? place(
              bird,
              560,
              place(
                0,
                0,
                ellipse(0, -46, 44, 50, '#f7f0df') +
                  circle(0, -112, 30, '#f7f0df') +
                  path('M-26 -112L-54 -102L-26 -98Z', '#f08a2c') +
                  circle(-12, -118, 5 * blink(seconds) + 0.5, '#2d2118') +
                  line(-14, 0, -18, 26, '#f08a2c', 6) +
                  line(14, 0, 18, 26, '#f08a2c', 6) +
                  path('M10 -74Q58 -60 40 -16Q12 -24 10 -74Z', '#dcd2ba') +
                  (worn
                    ? place(
                        4,
                        -134,
                        path('M-30 6Q-32 -32 0 -34Q32 -32 30 6Z', '#ff5247') +
                          rect(-34, 0, 68, 13, '#fff', 6) +
                          circle(0, -40, 10, '#fff'),
                      )
                    : ''),
              ),
              { turn: worn ? wave(seconds, 1.4) * 6 : 0, tall: 1 - 0.12 * hump(t, 0.88, 0.93) },
            )
          : '';
      const flying = worn
        ? ''
        : free > 0
          ? place(sx, sy, sock('#ff5247', '#fff'), { turn: free * 560, scale: 1.05 })
          : hang(400, sock('#ff5247', '#fff'), 5);
      const peg = free > 0 ? rect(390, sag(400) - 10, 7, 22, '#e8c58b', 2) : '';
      return (
        streaks +
        storm +
        stroke(rope, '#f7f0df', 4) +
        hang(110, shirt('#5c8fb5'), 1) +
        hang(
          222,
          path('M-60 0H60V150H-60Z', '#f2b8a0') + each(3, (i) => rect(-60, 24 + i * 40, 120, 12, '#e08f74')),
          2,
        ) +
        hang(320, shirt('#8fb07a'), 3) +
        hang(448, sock('#ff5247', '#fff'), 6) +
        peg +
        flying +
        flyer +
        (worn ? burst(210, 424, span(t, 0.89, 0.98), '#fff3d6', 10, 76) : '')
      );
    },
  };
};
