/** Chess: one board, few pieces, a thought that can be followed without knowing the rules. */

import { board, chessman, knightsTour, type Man } from '../drawing/chessmen.ts';
import { blend } from '../drawing/colour.ts';
import {
  bounce,
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
  trail,
} from '../drawing/shapes.ts';
import type { Story } from '../drawing/story.ts';
import { blink, burst, confetti, face } from '../drawing/things.ts';

/** One knight, thirty-six squares, no square twice. */
export const tour: Story = () => {
  const n = 6;
  const size = 72;
  const x0 = 42;
  const y0 = 130;
  const route = knightsTour(n);
  const centre = ([c, r]: Point): Point => [x0 + (c + 0.5) * size, y0 + (r + 0.5) * size];
  return {
    still:
      sky('#1d3b34', '#25493f', '#1a352f', '#0b1815') +
      board(x0, y0, n, size, '#f0e6cf', '#5d8a6b') +
      dusk('#06110e', 640, 0.75),
    at: (t, seconds) => {
      const walked = span(t, 0.06, 0.84) ** 0.82 * (route.length - 1);
      const i = Math.floor(walked);
      const k = easeBoth(clamp01((walked - i) * 1.35));
      const here = centre(route[i]!);
      const next = centre(route[Math.min(i + 1, route.length - 1)]!);
      const x = mix(here[0], next[0], k);
      const y = mix(here[1], next[1], k);
      const hop = i < route.length - 1 ? Math.sin(Math.PI * k) * 46 : 0;
      const tiles = route
        .slice(0, i + 1)
        .map((p, j) => {
          const [cx, cy] = centre(p);
          const party = t > 0.84 ? 0.5 + 0.5 * Math.sin(seconds * 7 - j * 0.5) : 0;
          const grow = j === i ? clamp01((1 - k) * 0.4 + 0.7) : 1;
          return rect(
            cx - 31 * grow,
            cy - 31 * grow,
            62 * grow,
            62 * grow,
            blend(blend('#ffb224', '#ff5247', j / 36), '#fff3c4', party * 0.6),
            10,
          );
        })
        .join('');
      const done = t > 0.84;
      return (
        tiles +
        (i > 0 ? trail([...route.slice(0, i + 1).map(centre), [x, y]], '#1d2b26', 4, 'opacity=".55"') : '') +
        ellipse(x, y + 26, 26 - hop * 0.2, 7, '#000', 'opacity=".3"') +
        place(
          x,
          y + 28 - hop - (done ? Math.abs(wave(seconds, 1.4)) * 24 : 0),
          chessman('knight', '#fffaf0', '#23362f'),
          { scale: 0.98, turn: hop * 0.16 * Math.sign(next[0] - here[0]) },
        ) +
        burst(x, y, span(t, 0.84, 0.97), '#fff3c4', 16, 150)
      );
    },
  };
};

/** White gives the queen away. Two moves later nobody is laughing. */
export const queenGift: Story = () => {
  // The corner where it happens: c8 to h3.
  const s = 80;
  const x0 = 16;
  const y0 = 112;
  const at = (square: string): Point => [
    x0 + (square.charCodeAt(0) - 99 + 0.5) * s,
    y0 + (8 - Number(square[1]) + 0.5) * s,
  ];
  const white = { fill: '#fff6e3', edge: '#5a3524' };
  const black = { fill: '#3a2733', edge: '#f1d9b8' };
  const rest: [Man, string, boolean][] = [
    ['pawn', 'g7', false],
    ['pawn', 'h7', false],
    ['pawn', 'd6', false],
    ['pawn', 'e5', false],
    ['rook', 'd8', false],
    ['pawn', 'e4', true],
    ['pawn', 'h3', true],
  ];
  const draw = (
    man: Man,
    [x, y]: Point,
    mine: boolean,
    how: { lift?: number; turn?: number; fade?: number; scale?: number } = {},
  ) =>
    place(
      x,
      y + 34 - (how.lift ?? 0),
      chessman(man, (mine ? white : black).fill, (mine ? white : black).edge),
      { scale: 0.76 * (how.scale ?? 1), turn: how.turn ?? 0, fade: how.fade ?? 1 },
    );
  const step = (from: string, to: string, k: number): Point => {
    const a = at(from);
    const b = at(to);
    return [mix(a[0], b[0], k), mix(a[1], b[1], k)];
  };
  return {
    still:
      sky('#5a2b3c', '#74384a', '#4d2434', '#210d16') +
      board(x0, y0, 6, s, '#f3dcb8', '#b3694e') +
      dusk('#14070d', 640, 0.75),
    at: (t, seconds) => {
      // Smothered mate: Qg8+ Rxg8, Nf7 mate.
      const a = glide(t, 0.16, 0.3);
      const b = glide(t, 0.42, 0.52);
      const c = glide(t, 0.62, 0.72);
      const queen =
        b < 0.95
          ? draw('queen', step('c4', 'g8', a), true, {
              lift: hump(t, 0.16, 0.3) * 16,
              fade: 1 - span(b, 0.85, 0.95),
              scale: 1.1,
            })
          : '';
      const rook = draw('rook', step('d8', 'g8', b), false, { lift: hump(t, 0.42, 0.52) * 10 });
      const knight = draw('knight', step('h6', 'f7', c), true, {
        lift: hump(t, 0.62, 0.72) * 40,
        scale: 1.06,
      });
      const fall = bounce(span(t, 0.82, 0.96));
      const shake = t > 0.74 && t < 0.82 ? wave(seconds, 9) * 5 : 0;
      const king = place(
        at('h8')[0] + 12 * fall,
        at('h8')[1] + 34,
        place(shake, 0, chessman('king', black.fill, black.edge)),
        { scale: 0.78, turn: -86 * fall },
      );
      const others = rest
        .filter(([m, sq]) => !(m === 'rook' && sq === 'd8'))
        .map(([m, sq, mine]) => draw(m, at(sq), mine))
        .join('');
      const mark = (sq: string, tint: string, o: number) =>
        rect(at(sq)[0] - s / 2, at(sq)[1] - s / 2, s, s, tint, 0, `opacity="${o.toFixed(2)}"`);
      const arrow = (from: string, to: string, show: number, tint: string) =>
        show > 0
          ? fade(
              line(...at(from), ...step(from, to, 0.86), tint, 12, 'opacity=".85"') +
                circle(...at(to), 30, 'none', `stroke="${tint}" stroke-width="7"`),
              show,
            )
          : '';
      const word = (text: string, k: number, tint: string) =>
        k > 0
          ? place(
              255,
              82,
              `<text font-family="DejaVu Sans, sans-serif" font-weight="700" font-size="46" text-anchor="middle" fill="${tint}">${text}</text>`,
              { scale: k },
            )
          : '';
      return (
        mark('g8', '#ffb224', 0.6 * span(t, 0.28, 0.32)) +
        mark('f7', '#ff5247', 0.7 * span(t, 0.7, 0.74)) +
        others +
        rook +
        queen +
        king +
        knight +
        arrow('c4', 'g8', hump(t, 0.06, 0.28), '#ffb224') +
        arrow('h6', 'f7', hump(t, 0.54, 0.7), '#ff5247') +
        (t > 0.3 && t < 0.44 ? word('??', pop(t, 0.3, 0.35), '#ffb224') : '') +
        (t > 0.74 ? word('!!', pop(t, 0.74, 0.8), '#ffd9a0') : '') +
        burst(...at('h8'), span(t, 0.82, 0.94), '#fff3d6', 12, 90)
      );
    },
  };
};

/** The smallest piece walks the longest way and comes back as somebody else. */
export const promotion: Story = ({ random }) => {
  const party = confetti(random, 36);
  const giants: [Man, number][] = [
    ['rook', 60],
    ['bishop', 420],
    ['knight', 90],
    ['queen', 400],
  ];
  return {
    still: sky('#ffe0b8', '#ffcf96', '#f4a873', '#7d3f33') + circle(255, 300, 190, '#ffe9c9', 'opacity=".7"'),
    at: (t, seconds) => {
      const walk = span(t, 0.06, 0.74) * 6;
      const stepIndex = Math.floor(walk);
      const stepAt = walk - stepIndex;
      const scroll = (stepIndex + easeBoth(clamp01(stepAt * 1.6))) * 150;
      const hop = t < 0.74 ? Math.sin(Math.PI * clamp01(stepAt * 1.6)) * 80 : 0;
      // One square a step. A point of the floor at distance z is horizon + near / z down and that much nearer.
      const gone = scroll / 150;
      const [horizon, near] = [470, 490];
      const floor = each(14, (r) => {
        const z = 0.9 + (r - (gone % 1)) * 0.62;
        if (z < 0.5) return '';
        const [front, back] = [near / z, near / (z + 0.62)];
        return each(24, (c) => {
          const x = (c - 12) * 0.34;
          if ((c + r + Math.floor(gone)) % 2 || Math.abs(x) * back > 300) return '';
          return poly(
            [
              [255 + x * front, horizon + front],
              [255 + (x + 0.34) * front, horizon + front],
              [255 + (x + 0.34) * back, horizon + back],
              [255 + x * back, horizon + back],
            ],
            '#b06a4c',
          );
        });
      });
      const crowd = giants
        .map(([man, x], i) => {
          const near = (((walk - i * 1.3) % 7) + 7) % 7;
          const k = clamp01(near / 4);
          if (near > 4) return '';
          return place(
            mix(255 + (x - 255) * 0.5, x + (x - 255) * 1.1, k),
            mix(520, 640, k),
            chessman(man, '#4a2c3a', '#2d1822') +
              place(
                0,
                man === 'knight' ? -66 : -46,
                face(26, blink(seconds, i * 0.3), t > 0.8 ? 0.6 : -0.3, '#ffd9b0'),
              ),
            {
              scale: mix(1.1, 3.4, k),
              turn: hop > 40 ? 4 * Math.sign(255 - x) : 0,
              fade: clamp01((4 - near) * 2) * clamp01(near * 3),
            },
          );
        })
        .join('');
      const shine = glide(t, 0.76, 0.84);
      const flash = hump(t, 0.8, 0.9);
      const crowned = t > 0.84;
      const y = 600 - hop - hump(t, 0.76, 0.88) * 130;
      const hero = place(
        255,
        y,
        chessman(crowned ? 'queen' : 'pawn', '#fffaf0', '#5a3524') +
          place(0, crowned ? -42 : -60, face(26, blink(seconds), crowned ? 1 : 0.5)),
        {
          scale: (crowned ? 2.7 : 2.4) * (1 - 0.1 * hump(stepAt, 0.6, 0.9) * (t < 0.74 ? 1 : 0)),
          wide: t > 0.78 && t < 0.84 ? Math.cos((t - 0.78) * 200) : 1,
        },
      );
      const steps = each(8, (i) =>
        rect(130 + i * 33, 100, 24, 24, i <= (t > 0.74 ? 7 : 1 + stepIndex) ? '#b3473f' : '#f7dcb8', 5),
      );
      return (
        rect(0, 470, 540, 490, '#d88f63') +
        floor +
        crowd +
        (shine > 0
          ? each(14, (i) =>
              path(
                d`M255 400L${255 + Math.cos(i * 0.449 + seconds * 0.3) * 700} ${400 + Math.sin(i * 0.449 + seconds * 0.3) * 700}L${255 + Math.cos(i * 0.449 + 0.2 + seconds * 0.3) * 700} ${400 + Math.sin(i * 0.449 + 0.2 + seconds * 0.3) * 700}Z`,
                '#fff6da',
                `opacity="${(0.5 * shine).toFixed(2)}"`,
              ),
            )
          : '') +
        hero +
        steps +
        (flash > 0.05
          ? circle(255, 420, 300 * flash, '#fffdf2', `opacity="${(flash * 0.8).toFixed(2)}"`)
          : '') +
        (crowned ? party(seconds - (seconds / t) * 0.84) : '') +
        dusk('#3b1714', 640, 0.8)
      );
    },
  };
};

/** Eight queens who cannot stand each other look for eight places. */
export const eightQueens: Story = () => {
  const s = 57;
  const x0 = 28;
  const y0 = 130;
  const tries = [
    [0, 1, 2, 3, 4, 5, 6, 7],
    [3, 1, 6, 2, 5, 7, 0, 4],
    [0, 4, 7, 5, 2, 6, 3, 1],
    [3, 6, 2, 7, 1, 4, 0, 5],
  ].map((r, i) => (i === 2 ? [0, 4, 7, 5, 2, 6, 1, 4] : i === 1 ? [2, 0, 6, 2, 5, 7, 1, 4] : r));
  const when = [0.2, 0.4, 0.58, 0.76];
  const clashes = (rows: number[]) =>
    rows
      .flatMap((r, c) => rows.slice(c + 1).map((q, k) => [c, r, c + 1 + k, q] as const))
      .filter(([c, r, e, q]) => r === q || Math.abs(r - q) === e - c);
  return {
    still:
      sky('#20224f', '#2b2e66', '#1d1f48', '#0b0c22') +
      board(x0, y0, 8, s, '#e8e4f7', '#6f6bb5') +
      dusk('#06071a', 640, 0.75),
    at: (t, seconds) => {
      const phase = t < when[1]! ? 0 : t < when[2]! ? 1 : t < when[3]! ? 2 : 3;
      const move = phase === 0 ? 1 : easeBoth(span(t, when[phase]!, when[phase]! + 0.08));
      const from = tries[Math.max(0, phase - 1)]!;
      const to = tries[phase]!;
      const happy = phase === 3 && move >= 1;
      const bad = move >= 1 && t > 0.16 ? clashes(to) : [];
      const where = (c: number): Point => [
        x0 + (c + 0.5) * s,
        y0 + (mix(from[c]!, to[c]!, phase === 0 ? 1 : move) + 0.5) * s,
      ];
      const blinkOn = 0.5 + 0.5 * Math.sin(seconds * 12);
      const rays = bad
        .slice(0, 9)
        .map(([c, r, e, q]) =>
          line(
            x0 + (c + 0.5) * s,
            y0 + (r + 0.5) * s,
            x0 + (e + 0.5) * s,
            y0 + (q + 0.5) * s,
            '#ff5247',
            7,
            `opacity="${(0.35 + 0.4 * blinkOn).toFixed(2)}"`,
          ),
        )
        .join('');
      const good = happy
        ? each(8, (c) => {
            const [x, y] = where(c);
            return rect(
              x - s / 2,
              y - s / 2,
              s,
              s,
              '#5fd08a',
              0,
              `opacity="${(0.75 * span(t, 0.84 + c * 0.012, 0.87 + c * 0.012)).toFixed(2)}"`,
            );
          })
        : '';
      const men = each(8, (c) => {
        const drop = span(t, 0.02 + c * 0.014, 0.09 + c * 0.014);
        if (drop <= 0) return '';
        const [x, y] = where(c);
        const angry = bad.some(([a, , e]) => a === c || e === c);
        const jump = happy
          ? Math.abs(Math.sin(seconds * 6 + c * 0.6)) * 14
          : Math.sin(Math.PI * move) * 18 * (phase > 0 && move < 1 ? 1 : 0);
        return place(
          x + (angry ? Math.sin(seconds * 40 + c) * 2 : 0),
          y + 25 - jump - (1 - bounce(drop)) * 300,
          chessman('queen', angry ? '#ff8f86' : happy ? '#fff3c4' : '#fffaf5', '#2b1f4a') +
            place(0, -40, face(24, 1, angry ? -1 : happy ? 1 : 0.2)),
          { scale: 0.56 },
        );
      });
      const count = place(
        255,
        84,
        `<text font-family="DejaVu Sans, sans-serif" font-weight="700" font-size="40" text-anchor="middle" fill="${happy ? '#5fd08a' : '#ff8f86'}">${happy ? '8 ♛ 0 ⚔' : t > 0.16 ? `${bad.length || '…'} ⚔` : ''}</text>`,
        { scale: happy ? overshoot(span(t, 0.84, 0.9)) || 0.01 : 1 },
      );
      return (
        good + rays + men + count + (happy ? burst(255, 358, span(t, 0.86, 0.98), '#fff3c4', 16, 260) : '')
      );
    },
  };
};

/** Dominoes with titles. The smallest one does not fall over for anybody. */
export const dominoes: Story = () => {
  const row: Man[] = ['king', 'queen', 'knight', 'rook'];
  return {
    still:
      sky('#f3efe6', '#e7dfd0', '#d3c6b0', '#6b5a4a') +
      each(6, (i) => rect(i * 96 - 20, 0, 48, 590, '#efe8da')) +
      rect(0, 596, 540, 364, '#3a2f2a') +
      rect(0, 590, 540, 10, '#5a4a40') +
      dusk('#17110d', 640, 0.75),
    at: (t, seconds) => {
      const finger = t < 0.26 ? mix(-160, 6, easeOut(span(t, 0.06, 0.2))) : mix(6, -200, glide(t, 0.28, 0.4));
      const men = row
        .map((man, i) => {
          const start = 0.2 + i * 0.11;
          const tip = easeIn(span(t, start, start + 0.12));
          const lean = i === 3 ? 58 : 62;
          const x = 54 + i * 101;
          const wob = t < 0.2 ? wave(seconds, 0.5, i) * 0.6 : 0;
          return place(
            x + 20,
            592,
            place(
              -20,
              0,
              chessman(man, i % 2 ? '#3a2f2a' : '#4d3e36', '#e7dfd0') +
                place(
                  0,
                  man === 'knight' ? -66 : -46,
                  face(24, tip > 0.05 ? 1.5 : blink(seconds, i * 0.2), tip > 0.05 ? -0.9 : 0.5, '#ffe9c9'),
                ),
            ),
            { turn: tip * lean + wob, scale: 2.5 - i * 0.13 },
          );
        })
        .join('');
      const hit = t > 0.64;
      const push = hit ? 14 * Math.exp(-span(t, 0.64, 0.8) * 5) * Math.cos(span(t, 0.64, 0.8) * 22) : 0;
      const pushBack = glide(t, 0.84, 0.94);
      const shades = pop(t, 0.72, 0.8);
      const pawn = place(
        466,
        592,
        chessman('pawn', '#ffb224', '#5a3524') +
          place(0, -61, face(26, hit && t < 0.7 ? 0 : 1, hit ? 0.9 : 0.1)) +
          (shades > 0
            ? place(
                0,
                mix(-160, -64, easeOut(span(t, 0.7, 0.78))),
                rect(-17, -6, 15, 11, '#1a1412', 4) +
                  rect(2, -6, 15, 11, '#1a1412', 4) +
                  line(-16, -5, 17, -5, '#1a1412', 3),
              )
            : ''),
        { scale: 1.95, turn: push - pushBack * 3 },
      );
      return (
        men +
        pawn +
        place(
          finger - 34,
          372,
          path('M-160 -26H44Q66 -24 66 -6Q66 10 44 10H-10Q6 22 -2 40Q-20 54 -160 60Z', '#e9b48a'),
        ) +
        burst(452, 470, span(t, 0.63, 0.76), '#ff5247', 10, 90) +
        (t > 0.86
          ? place(
              470,
              420,
              `<text font-family="DejaVu Sans, sans-serif" font-weight="700" font-size="34" text-anchor="middle" fill="#5a3524">nope</text>`,
              { scale: pop(t, 0.86, 0.92), turn: -6 },
            )
          : '')
      );
    },
  };
};
