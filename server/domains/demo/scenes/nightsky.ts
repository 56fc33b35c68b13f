/** Night sky: quiet pictures, far lights, small watchers. */
import { clamp01, easeOut, glide, hump, mix, overshoot, pop, span, wave } from '../drawing/easing.ts';
import {
  circle,
  closer,
  d,
  dusk,
  each,
  ellipse,
  fade,
  glow,
  line,
  type Point,
  path,
  place,
  rect,
  sky,
  stroke,
  trail,
} from '../drawing/shapes.ts';
import type { Story } from '../drawing/story.ts';
import {
  blink,
  burst,
  drawStars,
  face,
  hills,
  scatterStars,
  sparkle,
  stillStars,
} from '../drawing/things.ts';

const pine = (x: number, y: number, size: number, fill: string) =>
  path(d`M${x} ${y - size * 2}L${x + size * 0.62} ${y}H${x - size * 0.62}Z`, fill);

/** Join the dots, and the dots purr. */
export const constellation: Story = ({ random }) => {
  const stars = scatterStars(random, 60, 620);
  const cat: Point[] = [
    [140, 260],
    [156, 150],
    [212, 206],
    [298, 206],
    [354, 150],
    [370, 260],
    [340, 350],
    [255, 396],
    [170, 350],
    [140, 260],
  ];
  const tail: Point[] = [
    [340, 350],
    [410, 430],
    [400, 520],
    [330, 548],
    [230, 540],
    [170, 480],
    [170, 350],
  ];
  const draw = (points: Point[], share: number) => {
    const whole = share * (points.length - 1);
    const k = Math.floor(whole);
    const line2 = points.slice(0, k + 1);
    const next = points[k + 1];
    if (next) {
      const p = points[k]!;
      line2.push([mix(p[0], next[0], whole - k), mix(p[1], next[1], whole - k)]);
    }
    return line2;
  };
  return {
    still:
      sky('#0b1038', '#1a1f5c', '#33307c', '#141236') +
      stillStars(stars) +
      hills(650, 40, 90, 2, '#0d0f2e') +
      each(9, (i) => pine(i * 66 + 6, 690, 34 + ((i * 29) % 26), '#0a0b22')) +
      dusk('#05061a', 640, 0.7),
    at: (t, seconds) => {
      const a = easeOut(span(t, 0.12, 0.5));
      const b = span(t, 0.46, 0.66);
      const wake = span(t, 0.72, 0.77);
      const wink = t > 0.86 && t < 0.91;
      const lines =
        trail(draw(cat, a), '#bcd0ff', 4, 'opacity=".85"') +
        (b > 0 ? trail(draw(tail, b), '#bcd0ff', 4, 'opacity=".85"') : '');
      const dots = [...cat, ...tail]
        .map(([x, y], i) =>
          place(x, y, sparkle(15, '#fff4d0') + circle(0, 0, 5, '#fff'), {
            scale: pop(t, 0.02 + i * 0.012, 0.1 + i * 0.012) * (1 + 0.15 * wave(seconds, 0.7, i)),
          }),
        )
        .join('');
      const fill = fade(
        path('M140 260L156 150L212 206H298L354 150L370 260L340 350L255 396L170 350Z', '#8ea6ff') +
          path('M340 350L410 430L400 520L330 548L230 540L170 480V350L255 396Z', '#8ea6ff'),
        0.17 * span(t, 0.64, 0.74),
      );
      const eyes =
        wake > 0
          ? place(
              255,
              278,
              place(
                -52,
                0,
                wink
                  ? stroke('M-16 0q16 14 32 0', '#fff4d0', 6)
                  : circle(0, 0, 15 * wake, '#fff4d0') + ellipse(0, 0, 4, 12 * wake, '#1a1f5c'),
              ) +
                place(52, 0, circle(0, 0, 15 * wake, '#fff4d0') + ellipse(0, 0, 4, 12 * wake, '#1a1f5c')) +
                path('M-9 34H9L0 44Z', '#ffb8c8') +
                stroke('M0 44q-14 18 -28 4M0 44q14 18 28 4', '#fff4d0', 4) +
                stroke('M-60 34l-52 -10M-60 46l-52 8M60 34l52 -10M60 46l52 8', '#bcd0ff', 3),
              { fade: wake },
            )
          : '';
      const shot = span(t, 0.88, 0.98);
      return (
        fill +
        lines +
        dots +
        eyes +
        (shot > 0 && shot < 1
          ? line(400 + shot * 120, 60 + shot * 60, 340 + shot * 120, 30 + shot * 60, '#fff', 4)
          : '')
      );
    },
  };
};

/** The moon wanes until it is exactly the right shape to sleep in. */
export const hammock: Story = ({ random }) => {
  const stars = scatterStars(random, 54, 640);
  return {
    still:
      sky('#18203f', '#2a3560', '#5b5a8c', '#23284b') +
      stillStars(stars) +
      hills(660, 40, 70, 0, '#12172f') +
      dusk('#0a0d1f', 640, 0.75),
    at: (t, seconds) => {
      const wane = glide(t, 0.06, 0.5);
      const swing = wave(seconds, 0.28) * 7 * span(t, 0.6, 0.72);
      const climb = glide(t, 0.46, 0.62);
      const shift = mix(330, 62, wane);
      const moon = `<defs><mask id="bite"><rect x="-200" y="-200" width="400" height="400" fill="#fff"/><circle cx="${(shift * 0.62).toFixed(1)}" cy="${(-shift * 0.8).toFixed(1)}" r="146" fill="#000"/></mask></defs><g mask="url(#bite)">${circle(0, 0, 160, '#fbe8b2')}${circle(-70, 60, 24, '#efd694')}${circle(-10, 112, 17, '#efd694')}${circle(-110, -20, 12, '#efd694')}${circle(60, 60, 26, '#efd694')}</g>`;
      const sleeper =
        climb > 0
          ? place(
              mix(560, 268, climb),
              mix(120, 424, easeOut(climb)) - hump(t, 0.5, 0.62) * 90,
              place(
                0,
                0,
                ellipse(0, 0, 62, 34, '#e98f3f') +
                  circle(52, -16, 33, '#e98f3f') +
                  path('M30 -36L34 -64L54 -46ZM62 -46L80 -62L80 -32Z', '#e98f3f') +
                  stroke(d`M-56 4Q-96 ${10 + wave(seconds, 0.4) * 12} -84 34`, '#e98f3f', 15) +
                  place(56, -14, face(46, climb < 0.98 ? 1 : 0, 0.7)) +
                  each(3, (i) => stroke(d`M${-30 + i * 20} -30q4 14 0 24`, '#b9641f', 6)),
              ),
              { turn: (1 - climb) * 140 - 6, scale: 0.95 },
            )
          : '';
      const zs =
        t > 0.7
          ? each(3, (i) => {
              const life = (seconds * 0.34 + i / 3) % 1;
              return place(330 + life * 60, 360 - life * 130, stroke('M-10 -10H10L-10 10H10', '#fff4d0', 5), {
                scale: 0.5 + life,
                fade: Math.sin(life * 3.14),
              });
            })
          : '';
      const cloth =
        t > 0.76
          ? place(
              258,
              448,
              path('M-76 0Q0 -34 70 -8Q84 30 60 44Q0 66 -70 40Z', '#6d7fd6') +
                each(5, (i) => sparkleDot(-46 + i * 24, 14 + (i % 2) * 14)),
              { scale: pop(t, 0.76, 0.84) },
            )
          : '';
      return (
        drawStars(stars.slice(0, 14), seconds) +
        place(255, 90, place(0, 250, moon), { turn: swing }) +
        place(255, 90, place(-255, -90, sleeper + cloth), { turn: swing }) +
        zs
      );
    },
  };
};
const sparkleDot = (x: number, y: number) => place(x, y, sparkle(8, '#fff4d0'));

/** He waits all night for one shooting star. It is about timing. */
export const stargazer: Story = ({ random }) => {
  const stars = scatterStars(random, 46, 560);
  const meteors = Array.from({ length: 54 }, (_, i) => ({
    x: random.between(60, 700),
    y: random.between(-40, 300),
    // One alone, then more and more, and a last straggler.
    at: 0.4 + 0.27 * Math.sqrt(i / 54) + random.between(-0.015, 0.015),
    long: random.between(110, 230),
    size: random.between(0.7, 1.5),
  }));
  return {
    still:
      sky('#07182b', '#0d2f4a', '#1b5a6e', '#0a2432') +
      stillStars(stars) +
      path('M-20 960V610Q150 520 300 560T560 620V960Z', '#06121d') +
      each(5, (i) => pine(420 + i * 34, 600 + i * 4, 30 + (i % 2) * 16, '#071824')) +
      dusk('#020a12', 650, 0.7),
    at: (t, seconds) => {
      const look = t < 0.36 ? 1 : t < 0.7 ? 1 - glide(t, 0.36, 0.42) : glide(t, 0.7, 0.76);
      const rain = meteors
        .map((m) => {
          const life = span(t, m.at, m.at + 0.08);
          return life > 0 && life < 1
            ? line(
                m.x - life * 190,
                m.y + life * 150,
                m.x - life * 190 + m.long * (1 - life),
                m.y + life * 150 - m.long * 0.8 * (1 - life),
                '#fff6d0',
                m.size * (5 * (1 - life) + 1),
              ) + circle(m.x - life * 190, m.y + life * 150, m.size * 6 * (1 - life), '#fff')
            : '';
        })
        .join('');
      const head = mix(20, -32, look);
      const sip = hump(t, 0.42, 0.68);
      const tube = place(
        330,
        520,
        line(0, 0, -34, 62, '#c9a15a', 7) +
          line(0, 0, 34, 62, '#c9a15a', 7) +
          line(0, 0, 0, 66, '#c9a15a', 7) +
          place(
            0,
            0,
            rect(-80, -17, 170, 34, '#e2574c', 8) +
              rect(70, -23, 36, 46, '#f4ede0', 8) +
              rect(-96, -10, 22, 20, '#2a3947', 4),
            { turn: -42 },
          ),
      );
      const person = place(
        196,
        552,
        rect(-34, -10, 70, 50, '#f2a93b', 20) +
          rect(-40, 24, 110, 24, '#31576d', 12) +
          rect(-46, 40, 96, 12, '#7b4b2a', 5) +
          place(
            2,
            -42,
            circle(0, 0, 34, '#f3c9a0') +
              path('M-36 -4Q-34 -42 4 -40Q38 -36 34 -8Q0 -22 -36 -4Z', '#e2574c') +
              circle(-2, -42, 9, '#fff') +
              place(12, 4, face(40, t > 0.86 ? 1 : blink(seconds), t > 0.82 ? -0.7 : 0.4)),
            { turn: head },
          ) +
          place(
            30,
            0,
            line(0, 0, 36 - sip * 8, 10 - sip * 34, '#f2a93b', 18) +
              (sip > 0.05
                ? rect(22, -44 * sip - 6, 24, 30, '#58c0b0', 5) +
                  rect(20, -44 * sip - 12, 28, 9, '#f4ede0', 4)
                : ''),
          ),
      );
      const ask =
        t > 0.84
          ? place(
              190,
              418,
              each(3, (i) => circle(-26 + i * 26, 0, 7, '#fff')),
              { scale: pop(t, 0.84, 0.9) },
            )
          : '';
      const cheeky = span(t, 0.93, 0.995);
      return (
        drawStars(stars.slice(0, 12), seconds) +
        rain +
        closer(tube + person + ask, 250, 580, 1.45) +
        (cheeky > 0
          ? line(500 - cheeky * 120, 250 + cheeky * 50, 540 - cheeky * 120, 232 + cheeky * 50, '#fff6d0', 4)
          : '') +
        (sip > 0.4 ? fade(glow('cup', 240, 500, 60, '#ffb224', 0.4), sip) : '')
      );
    },
  };
};

/** A tent, a lake, and the sky tunes its curtains. */
export const aurora: Story = ({ random }) => {
  const stars = scatterStars(random, 50, 460);
  return {
    still: sky('#06142a', '#0b2a44', '#12455a', '#061a26') + stillStars(stars),
    at: (t, seconds) => {
      const rise = glide(t, 0.08, 0.4);
      const tints = ['#3df5a5', '#5de0d0', '#9a6bff', '#ff6bb5'];
      const curtain = (k: number) => {
        let top = '';
        let low = '';
        for (let i = 0; i <= 18; i++) {
          const x = i * 30;
          const y =
            330 -
            k * 44 +
            Math.sin(i * 0.55 + seconds * 0.9 + k * 1.7) * 34 +
            Math.sin(i * 0.23 - seconds * 0.5 + k) * 40;
          top += d`${x} ${y - (140 + 50 * Math.sin(i * 0.9 + seconds + k)) * rise} `;
          low = d`${x} ${y} ` + low;
        }
        return `<polygon points="${top}${low}" fill="url(#a${k})"/>`;
      };
      const defs = `<defs>${tints.map((c, k) => `<linearGradient id="a${k}" x2="0" y2="1"><stop offset="0" stop-color="${c}" stop-opacity="0"/><stop offset=".75" stop-color="${c}" stop-opacity="${(0.5 * rise * clamp01(rise * 4 - k * 0.7)).toFixed(3)}"/><stop offset="1" stop-color="${c}" stop-opacity="0"/></linearGradient>`).join('')}</defs>`;
      const lights = each(4, (k) => curtain(k));
      const lamp = t > 0.46 ? 0.75 + 0.1 * wave(seconds, 2.4) : 0;
      const out = overshoot(span(t, 0.6, 0.7));
      const two = overshoot(span(t, 0.74, 0.84));
      const peek = (x: number, k: number, fill: string) =>
        k > 0
          ? place(
              x,
              574 - k * 26,
              circle(0, 0, 24, fill) +
                place(0, 0, face(36, blink(seconds, x), 0.9)) +
                path('M-24 -6Q-20 -28 0 -27Q20 -28 24 -6Q0 -16 -24 -6Z', x < 240 ? '#e2574c' : '#3f7fd6'),
              { turn: -14, scale: clamp01(k * 1.4) },
            )
          : '';
      const tent =
        path('M110 600L230 440L350 600Z', lamp > 0 ? '#ffb75a' : '#a5572e') +
        path('M230 440L200 600H262Z', lamp > 0 ? '#8a3f1c' : '#5d2d17') +
        path('M230 440L350 600H300Z', '#d9823c', 'opacity=".6"') +
        (lamp > 0 ? fade(glow('lamp', 230, 560, 200, '#ffc36b', 0.6), lamp) : '');
      return (
        defs +
        lights +
        hills(540, 90, 80, 1, '#0a2233') +
        hills(600, 26, 120, 2.4, '#081a27') +
        each(7, (i) => pine(390 + (i % 4) * 44, 606, 52 - (i % 3) * 14, '#061420')) +
        pine(40, 606, 62, '#061420') +
        pine(84, 606, 44, '#061420') +
        rect(0, 598, 540, 362, '#071722') +
        tent +
        peek(196, out, '#f3c9a0') +
        peek(264, two, '#d9a07a') +
        fade(
          each(5, (k) => rect(40 + k * 96, 630 + (k % 2) * 16, 90, 5, tints[k % 4]!, 3)),
          0.35 * rise,
        ) +
        dusk('#020a10', 640, 0.7) +
        burst(230, 440, span(t, 0.46, 0.56), '#ffd79a', 9, 80)
      );
    },
  };
};

/** Seven planets, seven speeds; wait for the line. */
export const orbits: Story = ({ random }) => {
  const planets = ['#c9b8a4', '#f2b25c', '#5cb4e8', '#e2574c', '#e6c79a', '#8fd8d0', '#7a8cf2'].map(
    (tint, i) => ({
      tint,
      r: 66 + i * 28,
      size: [7, 10, 11, 9, 18, 15, 13][i]!,
      turns: 7 - i,
      phase: random.between(0, 0.4),
    }),
  );
  const stars = scatterStars(random, 60, 900);
  return {
    still:
      sky('#120b2e', '#1d1145', '#120b2e', '#07041a') +
      stillStars(stars, '#bfb2f5') +
      planets.map((p) => circle(255, 380, p.r, 'none', 'stroke="#4b3b8f" stroke-width="2"')).join('') +
      glow('sun', 255, 380, 130, '#ffb224', 0.8) +
      circle(255, 380, 40, '#ffc94d') +
      dusk('#04020f', 660, 0.75),
    at: (t, seconds) => {
      const run = easeOut(span(t, 0, 0.8));
      const done = span(t, 0.8, 0.86);
      const dots = planets
        .map((p, i) => {
          const a = -Math.PI / 2 - (1 - run) * p.turns * Math.PI * 2 * 0.5;
          const long = (1 - span(t, 0.6, 0.8)) * 1.4 + 0.02;
          const from = a - long * Math.min(1, (7 - i) / 4);
          const tail = trail(
            Array.from({ length: 14 }, (_, k): Point => {
              const b = mix(from, a, k / 13);
              return [255 + Math.cos(b) * p.r, 380 + Math.sin(b) * p.r];
            }),
            p.tint,
            p.size * 0.7,
            'opacity=".35"',
          );
          const x = 255 + Math.cos(a) * p.r;
          const y = 380 + Math.sin(a) * p.r;
          return (
            tail +
            place(
              x,
              y,
              circle(0, 0, p.size, p.tint) +
                (i === 4
                  ? ellipse(0, 0, 30, 8, 'none', 'stroke="#fff0d0" stroke-width="4" transform="rotate(-18)"')
                  : '') +
                (i === 2 ? path('M-7 -3q5 -6 9 0t5 4q-6 5 -10 1Z', '#58b368') : ''),
              { scale: 1 + 0.5 * hump(t, 0.8 + i * 0.015, 0.88 + i * 0.015) },
            )
          );
        })
        .join('');
      return (
        dots +
        (done > 0
          ? fade(line(255, 380, 255, 380 - 260 * done, '#fff6d8', 3), 0.8 * (1 - span(t, 0.95, 1)))
          : '') +
        place(255, 380, face(56, t > 0.82 ? 1 : 0.9 * blink(seconds), t > 0.82 ? 1 : 0.3, '#7a3c0a')) +
        burst(255, 380, span(t, 0.82, 0.96), '#ffd777', 16, 120)
      );
    },
  };
};
