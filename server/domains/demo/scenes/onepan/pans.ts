/** One-pan cooking: dark warm kitchens, one thing in the middle, and food with opinions. */
import {
  bounce,
  clamp01,
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
  d,
  dusk,
  each,
  ellipse,
  glow,
  path,
  place,
  rect,
  sky,
  stroke,
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { burst, face, leaf, steam } from '../../drawing/things.ts';

/** From above: sauce bubbles, three eggs crack in, and the yolks wake up. */
export const shakshuka: Story = ({ random }) => {
  const bubbles = Array.from({ length: 16 }, () => {
    const a = random.between(0, 6.28);
    const r = random.between(20, 170);
    return { x: Math.cos(a) * r, y: Math.sin(a) * r, phase: random(), size: random.between(8, 20) };
  });
  const eggs = [
    { x: -62, y: -66, at: 0.16, turn: -12, phase: 0.1 },
    { x: 78, y: -28, at: 0.32, turn: 14, phase: 0.45 },
    { x: -18, y: 84, at: 0.48, turn: 4, phase: 0.8 },
  ];
  const leaves = [
    [30, -130, 20],
    [-135, 26, -20],
    [128, 78, 60],
    [84, 138, 20],
    [-96, 122, 130],
    [20, 10, -60],
  ] as const;
  return {
    still:
      sky('#3a150f', '#5b2117', '#2c0f0b', '#160706') +
      glow('heat', 262, 400, 330, '#a33a22', 0.6) +
      place(
        320,
        210,
        rect(-38, -330, 76, 400, '#1c1a1c', 22) +
          rect(-24, -330, 16, 380, '#2b282b', 8) +
          circle(0, -200, 13, '#3a150f'),
        { turn: 24 },
      ) +
      circle(255, 410, 224, '#191719') +
      circle(255, 404, 216, '#242124') +
      circle(255, 408, 194, '#0f0d0e') +
      glow('sauce', 235, 380, 300, '#f0603c', 1) +
      `<circle cx="255" cy="408" r="186" fill="#cf4226"/>` +
      circle(240, 390, 160, '#dd4f2e', 'opacity=".7"') +
      circle(226, 372, 110, '#e65b37', 'opacity=".6"') +
      dusk('#160706', 620, 0.7),
    at: (t, seconds) => {
      const simmer = bubbles
        .map((b) => {
          const life = (seconds * 0.9 + b.phase) % 1;
          return circle(
            255 + b.x,
            408 + b.y,
            b.size * easeOut(life),
            'none',
            `stroke="#f48a5f" stroke-width="${(3 * (1 - life)).toFixed(2)}"`,
          );
        })
        .join('');
      const shells = eggs
        .map((e) => {
          const lift = span(t, e.at - 0.13, e.at);
          const open = span(t, e.at, e.at + 0.06);
          const gone = span(t, e.at + 0.05, e.at + 0.13);
          if (lift <= 0 || gone >= 1) return '';
          const y = 408 + e.y - mix(330, 95, easeOut(lift)) - gone * 360;
          const half = (side: number) =>
            place(
              side * (4 + open * 34),
              0,
              path(
                d`M0 -46C${side * 30} -46 ${side * 38} -10 ${side * 36} 8C${side * 34} 32 ${side * 18} 42 0 42L${side * 7} 26L${-side * 5} 12L${side * 7} -4L${-side * 4} -20Z`,
                side < 0 ? '#f3dfc4' : '#ead2b2',
              ),
              { turn: side * open * 38 },
            );
          const shake = lift > 0.7 && open === 0 ? wave(seconds, 9) * 5 : 0;
          return place(
            255 + e.x + shake,
            y,
            half(-1) + half(1) + (open > 0 ? ellipse(0, 20 + open * 40, 15, 20 + open * 26, '#ffb224') : ''),
          );
        })
        .join('');
      const fried = eggs
        .map((e) => {
          const grow = t < e.at + 0.04 ? 0 : overshoot(span(t, e.at + 0.04, e.at + 0.14));
          if (grow <= 0) return '';
          const wake = span(t, 0.66 + e.phase * 0.08, 0.72 + e.phase * 0.08);
          const wink = e.at > 0.4 && t > 0.86 && t < 0.93;
          const wob =
            1 +
            0.025 * wave(seconds, 1.1, e.phase * 9) +
            0.12 * hump(t, 0.66 + e.phase * 0.08, 0.74 + e.phase * 0.08);
          const white =
            path(
              'M-70 -6C-74 -48 -30 -62 4 -57C46 -62 76 -36 69 2C74 40 40 56 4 54C-36 62 -72 42 -70 -6Z',
              '#fff3e0',
            ) + path('M-62 20C-44 52 34 56 62 22C44 38 -34 44 -62 20Z', '#f1dcc0');
          const yolk = circle(0, -3, 32, '#ffb224') + circle(-10, -14, 8, '#ffd27a', 'opacity=".8"');
          return place(
            255 + e.x,
            408 + e.y,
            white + yolk + place(0, -6, face(52, wink ? 0.1 : wake, 0.2 + wake), { fade: wake > 0 ? 1 : 0 }),
            { scale: grow * wob, turn: e.turn + wave(seconds, 0.4, e.phase * 6) * 4 },
          );
        })
        .join('');
      const herbs = leaves
        .map(([x, y, turn], i) => {
          const land = span(t, 0.56 + i * 0.014, 0.64 + i * 0.014);
          return land <= 0
            ? ''
            : place(255 + x, 408 + y - (1 - bounce(land)) * 240, leaf(44, '#4f9d4c', '#2f6b35'), {
                turn: turn + (1 - land) * 200,
              });
        })
        .join('');
      return simmer + fried + herbs + shells + steam(240, 170, seconds, '#ffe9d9', 0.24);
    },
  };
};

/** From the side: a pancake goes up, stays up far too long, and comes down exactly on the stack. */
export const pancake: Story = ({ random }) => {
  const crumbs = Array.from({ length: 8 }, () => ({
    x: random.between(-70, 70),
    up: random.between(40, 110),
  }));
  const flatcake = (top: string, side: string) =>
    path('M-92 0C-92 -26 92 -26 92 0C92 24 -92 24 -92 0Z', side) +
    ellipse(0, -5, 90, 17, top) +
    ellipse(-6, -6, 70, 11, '#e0a458', 'opacity=".6"');
  // The camera steps closer, until pan and stack sit in the middle of the frame.
  const raised = 760;
  return {
    still:
      sky('#f7c873', '#f3b25b', '#d98545', '#8a4526') +
      each(
        7,
        (i) =>
          rect(20 + i * 76, 60, 66, 66, '#fbdca0', 6, 'opacity=".35"') +
          rect(-18 + i * 76, 136, 66, 66, '#fbdca0', 6, 'opacity=".22"'),
      ) +
      closer(
        rect(58, 190, 250, 200, '#fff1cc', 10) +
          rect(70, 202, 226, 176, '#9fd4d6', 4) +
          circle(236, 262, 34, '#fff6d8') +
          path('M70 378V340Q130 300 190 336Q240 310 296 342V378Z', '#7fb069') +
          rect(178, 202, 10, 176, '#fff1cc') +
          rect(70, 286, 226, 9, '#fff1cc') +
          rect(-90, 560, 720, 600, '#7a3c22') +
          rect(-90, 560, 720, 16, '#94502e') +
          ellipse(395, 560, 120, 16, '#5f2d18', 'opacity=".6"') +
          ellipse(395, 548, 112, 20, '#fdf3df') +
          ellipse(395, 544, 88, 12, '#ead9bb') +
          each(3, (i) =>
            place(395 + (i - 1) * 5, 532 - i * 25, flatcake('#d99a4e', '#b56f32'), { scale: 0.92 }),
          ),
        300,
        raised,
        1.15,
      ) +
      dusk('#3a180c', 600, 0.75),
    at: (t, seconds) => {
      const toss = span(t, 0.2, 0.66);
      const dip = hump(t, 0.1, 0.22) * 34 - hump(t, 0.2, 0.3) * 46;
      const panX = mix(175, 150, glide(t, 0.2, 0.3));
      const panY = 500 + dip;
      const flame = each(6, (i) => {
        const high = 26 + 12 * wave(seconds, 3, i * 2);
        const x = panX - 62 + i * 25;
        return path(
          d`M${x - 11} 560Q${x - 12} ${556 - high * 0.5} ${x} ${556 - high}Q${x + 12} ${556 - high * 0.5} ${x + 11} 560Z`,
          i % 2 ? '#ffb224' : '#ff7a3d',
        );
      });
      const pan =
        rect(panX - 320, panY - 12, 240, 20, '#2a2326', 10) +
        path(
          d`M${panX - 108} ${panY - 22}H${panX + 108}Q${panX + 100} ${panY + 28} ${panX + 64} ${panY + 30}H${panX - 64}Q${panX - 100} ${panY + 28} ${panX - 108} ${panY - 22}Z`,
          '#231d20',
        ) +
        rect(panX - 112, panY - 28, 224, 9, '#3b3236', 4);
      let cakeX = panX;
      let cakeY = panY - 32;
      let turn = 0;
      if (toss > 0) {
        // Up quickly, a pause out of sight, down on the stack.
        const up = span(toss, 0, 0.34);
        const down = span(toss, 0.72, 1);
        cakeX = mix(150, 395, easeOut(span(toss, 0, 0.95)));
        cakeY = down > 0 ? mix(-120, 462, easeIn(down) * 0.4 + down * 0.6) : mix(468, -160, easeOut(up));
        turn = toss < 1 ? toss * 1080 : 0;
      }
      const landed = span(t, 0.66, 0.74);
      const squash = t > 0.66 ? 1 - 0.35 * Math.exp(-landed * 5) * Math.cos(landed * 16) : 1;
      const smile = pop(t, 0.8, 0.88);
      const butterY = mix(-60, 433, easeIn(span(t, 0.7, 0.78)));
      const butter =
        t > 0.7
          ? place(395, butterY, rect(-24, -15, 48, 24, '#ffe07a', 5) + rect(-24, -15, 48, 9, '#fff0b0', 4), {
              tall: t > 0.78 ? 1 - 0.2 * hump(t, 0.78, 0.84) : 1,
            })
          : '';
      const syrup = glide(t, 0.78, 0.92);
      const drip =
        syrup > 0
          ? path(
              d`M330 452C350 440 440 440 462 452C462 ${452 + syrup * 70} 446 ${458 + syrup * 84} 444 ${456 + syrup * 40}C440 ${456 + syrup * 24} 420 ${458 + syrup * 20} 416 ${458 + syrup * 54}C412 ${456 + syrup * 80} 398 ${456 + syrup * 60} 396 ${456 + syrup * 22}C380 ${456 + syrup * 12} 366 ${456 + syrup * 30} 360 ${456 + syrup * 50}C352 ${456 + syrup * 56} 336 ${456 + syrup * 30} 330 452Z`,
              '#9a4d16',
            )
          : '';
      const waiting =
        hump(t, 0.34, 0.54) > 0.2
          ? place(
              230,
              300,
              [0, 1, 2].map((i) => circle(i * 34 - 34, Math.sin(seconds * 5 - i) * 9, 8, '#7a3c22')).join(''),
              { fade: clamp01(hump(t, 0.34, 0.54) * 2) },
            )
          : '';
      const dust = crumbs
        .map((c) => {
          const a = span(t, 0.66, 0.78);
          return a > 0 && a < 1
            ? circle(395 + c.x * (1 + a), 500 - Math.sin(a * 3.14) * c.up, 5 * (1 - a) + 1, '#f7d9a0')
            : '';
        })
        .join('');
      return closer(
        flame +
          pan +
          place(cakeX, cakeY, flatcake('#e0a252', '#b9732f'), { turn, scale: 0.96, tall: squash }) +
          waiting +
          drip +
          butter +
          dust +
          (smile > 0 ? place(395, 500, face(96, 1, 1, '#4a2412'), { scale: smile }) : '') +
          burst(395, 440, span(t, 0.66, 0.8), '#fff0c9', 12, 150),
        300,
        raised,
        1.15,
      );
    },
  };
};

/** A wok toss in arcs, one burst of flame, and everything lands in the bowl in order of colour. */
export const wok: Story = ({ random }) => {
  const kinds = ['#ff7b39', '#5fb04c', '#f6d24a', '#e8485f', '#f3ead7', '#8f5bb5'];
  const bits = Array.from({ length: 30 }, (_, i) => ({
    kind: i % 6,
    spread: random.between(-1, 1),
    lift: random.between(0.75, 1.2),
    turn: random.between(-400, 400),
    late: random.between(0, 0.05),
  }));
  const bit = (kind: number) =>
    kind === 0
      ? ellipse(0, 0, 19, 13, kinds[0]!) + ellipse(0, 0, 9, 6, '#ffb27d')
      : kind === 1
        ? circle(-8, -4, 9, '#5fb04c') +
          circle(7, -6, 10, '#6ec25a') +
          circle(0, -13, 9, '#4d9a3d') +
          rect(-4, 0, 8, 14, '#9fd184', 3)
        : kind === 2
          ? rect(-18, -7, 36, 14, kinds[2]!, 6)
          : kind === 3
            ? path('M-17 -8Q0 -18 17 -8Q10 12 -12 10Z', kinds[3]!)
            : kind === 4
              ? path('M-16 2Q-18 -14 0 -15Q18 -14 16 2L6 2V14H-6V2Z', kinds[4]!)
              : stroke('M-14 6A15 15 0 0 1 14 6', kinds[5]!, 7);
  return {
    still:
      sky('#0f2a33', '#163c44', '#0c2228', '#060f12') +
      each(6, (i) => circle(60 + (i % 2) * 420, 120 + i * 70, 5, '#2a5a61')) +
      glow('warm', 230, 560, 330, '#ff7b39', 0.35) +
      rect(0, 640, 540, 320, '#0a1a1f') +
      rect(0, 636, 540, 9, '#1d474f') +
      dusk('#04090b', 660, 0.6),
    at: (t, seconds) => {
      const cycle = t < 0.6 ? (t / 0.2) % 1 : 0;
      const swing = t < 0.6 ? Math.sin(cycle * Math.PI * 2) : 0;
      const pour = glide(t, 0.64, 0.76);
      const wokX = mix(215, 190, pour) - swing * 26;
      const wokY = mix(540, 390, pour) - Math.max(0, swing) * 34;
      const tilt = -swing * 15 + pour * 66;
      const bowl = mix(760, 540, glide(t, 0.58, 0.68));
      const food = bits
        .map((b, i) => {
          const landing = span(
            t,
            0.7 + (b.kind / 6) * 0.13 + b.late * 0.5,
            0.79 + (b.kind / 6) * 0.13 + b.late * 0.5,
          );
          if (pour > 0 && landing > 0) {
            const x = mix(250, 320 + b.spread * 68, landing);
            const y = mix(430, bowl - 16 - b.kind * 7 - Math.cos(b.spread * 1.5) * 24, easeIn(landing));
            return place(x, y, bit(b.kind), { turn: b.turn * landing });
          }
          const fly = t < 0.6 ? Math.sin(Math.PI * clamp01(cycle * 1.15 - b.late)) : 0;
          const x = wokX + b.spread * (96 - fly * 26) + fly * 62 * Math.cos(cycle * 3.1);
          const y = wokY - 12 - (i % 5) * 7 - fly * 330 * b.lift;
          return place(mix(x, 215, pour), y - pour * 20, bit(b.kind), { turn: b.turn * fly });
        })
        .join('');
      const heat = 0.55 + 0.9 * hump(t, 0.38, 0.6);
      const fire =
        pour > 0.6
          ? ''
          : each(9, (i) => {
              const x = 110 + i * 26;
              const high = (60 + 26 * wave(seconds, 2.6, i * 1.9)) * heat * (1 - pour);
              return path(
                d`M${x - 19} 640Q${x - 20} ${636 - high * 0.55} ${x + wave(seconds, 2, i) * 8} ${636 - high * 1.3}Q${x + 20} ${636 - high * 0.5} ${x + 19} 640Z`,
                i % 3 === 0 ? '#ff5247' : i % 3 === 1 ? '#ff8a3c' : '#ffc14d',
              );
            });
      const flare = hump(t, 0.4, 0.56);
      const blaze =
        flare > 0.02
          ? each(5, (i) =>
              path(
                d`M${wokX - 110 + i * 46} ${wokY - 10}Q${wokX - 130 + i * 52} ${wokY - 120 * flare} ${wokX - 84 + i * 42 + wave(seconds, 3, i) * 14} ${wokY - (200 + (i % 2) * 80) * flare}Q${wokX - 50 + i * 46} ${wokY - 110 * flare} ${wokX - 60 + i * 46} ${wokY - 10}Z`,
                i % 2 ? '#ff8a3c' : '#ffc14d',
                'opacity=".8"',
              ),
            )
          : '';
      const pan = place(
        wokX,
        wokY,
        path('M-150 -22H150Q128 66 0 70Q-128 66 -150 -22Z', '#14181a') +
          rect(-156, -30, 312, 13, '#2d3538', 6) +
          rect(-300, -24, 160, 20, '#7d5636', 9),
        { turn: tilt },
      );
      const smile = pop(t, 0.93, 0.98);
      const dish =
        t > 0.57
          ? path(
              d`M200 ${bowl - 20}H440Q432 ${bowl + 80} 360 ${bowl + 92}H280Q208 ${bowl + 80} 200 ${bowl - 20}Z`,
              '#f2ead9',
            ) +
            path(d`M204 ${bowl + 6}H436L433 ${bowl + 20}H207Z`, '#2f8f9a') +
            (smile > 0 ? place(320, bowl + 46, face(72, 1, 1), { scale: smile }) : '')
          : '';
      const sticks =
        t > 0.9
          ? place(
              392,
              mix(100, bowl - 60, easeIn(span(t, 0.9, 0.95))),
              rect(-4, -130, 8, 190, '#c98a4b', 4) + rect(12, -134, 8, 190, '#b87838', 4),
              { turn: 24 },
            )
          : '';
      return (
        fire +
        blaze +
        food +
        pan +
        sticks +
        (t > 0.7 ? food : '') +
        dish +
        (t > 0.9 ? steam(320, 470, seconds, '#fff', 0.3, 90) : '')
      );
    },
  };
};
