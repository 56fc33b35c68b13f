/** Trains: long bodies, long journeys, and arrivals that are nearly missed. */
import { clamp01, easeIn, easeOut, glide, hump, mix, overshoot, pop, span, wave } from '../drawing/easing.ts';
import {
  circle,
  d,
  dusk,
  each,
  ellipse,
  fade,
  glow,
  label,
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
import { bird, burst, face, heart, hills, scatterStars, stillStars } from '../drawing/things.ts';

const wheel = (x: number, y: number, r: number, turn: number, fill = '#20242c') =>
  place(
    x,
    y,
    circle(0, 0, r, fill) +
      circle(0, 0, r * 0.62, '#8b93a1') +
      line(-r * 0.55, 0, r * 0.55, 0, fill, 3) +
      line(0, -r * 0.55, 0, r * 0.55, fill, 3),
    { turn },
  );

const wagon = (x: number, y: number, long: number, fill: string, roll: number, lit = '#ffe9b0') =>
  place(
    x,
    y,
    rect(-long - 16, -24, 20, 8, '#20242c') +
      rect(-long, -92, long - 8, 76, fill, 10) +
      rect(-long, -40, long - 8, 10, '#fff', 0, 'opacity=".35"') +
      each(3, (i) => rect(-long + 14 + (i * (long - 30)) / 3, -78, (long - 60) / 3, 30, lit, 5)) +
      wheel(-long + 26, -10, 14, roll) +
      wheel(-36, -10, 14, roll),
  );

const bullet = (x: number, y: number, fill: string, roll: number, worry: number) =>
  place(
    x,
    y,
    path('M-150 -16V-84Q-150 -92 -142 -92H-60Q10 -92 48 -30Q52 -16 36 -16Z', fill) +
      path('M-52 -78H-24Q2 -70 18 -48H-52Z', '#d8f3ff') +
      rect(-142, -40, 170, 9, '#fff', 4, 'opacity=".6"') +
      rect(-136, -78, 58, 28, '#ffe9b0', 5) +
      place(-20, -60, face(38, 1, worry)) +
      wheel(-118, -10, 14, roll) +
      wheel(-12, -10, 14, roll),
  );

/** The tunnel's door is closing. The whole train makes it, except for one hat. */
export const lastGate: Story = ({ random }) => {
  const poles = Array.from({ length: 7 }, (_, i) => i * 150);
  const rocks = Array.from({ length: 9 }, () => ({
    x: random.between(300, 540),
    y: random.between(140, 420),
    r: random.between(10, 34),
  }));
  return {
    still:
      sky('#f58a5c', '#f9b872', '#fbd9a0', '#d97a54') +
      circle(150, 330, 74, '#fff0c4') +
      hills(520, 60, 90, 1, '#c0614b') +
      hills(570, 40, 60, 3, '#9c4a44') +
      dusk('#3c1a24', 560, 0.85),
    at: (t, seconds) => {
      const arrive = glide(t, 0.28, 0.5);
      const cliffX = mix(620, 300, arrive);
      const gate = mix(0, 218, easeIn(span(t, 0.36, 0.86)));
      const dash =
        t < 0.5
          ? mix(-60, 190, easeOut(span(t, 0, 0.5)))
          : mix(190, 900, easeIn(span(t, 0.5, 0.88)) * 0.45 + span(t, 0.5, 0.88) * 0.55);
      const roll = seconds * 700;
      const scroll = t < 0.5 ? easeOut(span(t, 0, 0.5)) * 1300 : 1300;
      const rails =
        rect(0, 604, 540, 9, '#3c1a24') +
        each(22, (i) => rect((i * 28 - (scroll % 28)) | 0, 613, 16, 9, '#5a2a2c')) +
        poles
          .map((p) => {
            const x = ((((p - scroll) % 1050) + 1050) % 1050) - 100;
            return x < cliffX ? rect(x, 380, 8, 226, '#5a2a2c') + rect(x - 26, 396, 60, 7, '#5a2a2c') : '';
          })
          .join('');
      const jump = hump((seconds * 3) % 1, 0, 1) * 3;
      const train =
        wagon(dash - 308, 606 - jump, 150, '#3fb6a8', roll) +
        wagon(dash - 150, 606 - (3 - jump), 150, '#2f9c93', roll) +
        bullet(dash, 606 - jump, '#2a7f88', roll, t < 0.34 ? 0.8 : -0.6);
      const cliff =
        path(
          d`M${cliffX} 960V330Q${cliffX + 4} 190 ${cliffX + 70} 150Q${cliffX + 150} 70 ${cliffX + 300} 60L${cliffX + 400} 960Z`,
          '#7b3b45',
        ) + rocks.map((r) => circle(cliffX + r.x - 240, r.y - 10, r.r, '#8e4a50')).join('');
      const mouth = path(d`M${cliffX} 612V390H${cliffX + 78}V612Z`, '#2b1219');
      const door =
        rect(cliffX - 12, 390, 24, gate, '#ffb224') +
        each(6, (i) =>
          gate > i * 40 + 26 ? path(d`M${cliffX - 12} ${390 + i * 40}l24 18v16l-24 -18Z`, '#3c1a24') : '',
        ) +
        rect(cliffX - 22, 372, 44, 22, '#4d2029', 5) +
        circle(cliffX, 350, 13, Math.floor(seconds * 4) % 2 && t > 0.3 && t < 0.9 ? '#ff5247' : '#6b2430');

      const slam = span(t, 0.86, 0.94);
      const hat = span(t, 0.8, 1);
      const hatPicture =
        hat > 0
          ? place(
              cliffX - 30 - hat * 90,
              480 + easeIn(hat) * 118 - Math.sin(hat * 3.14) * 90,
              ellipse(0, 0, 30, 8, '#2a7f88') +
                path('M-17 0Q-18 -28 0 -28Q18 -28 17 0Z', '#2a7f88') +
                rect(-18, -9, 36, 6, '#ffb224'),
              { turn: (1 - hat) * 500 },
            )
          : '';
      return (
        rails +
        `<defs><clipPath id="out"><rect x="-400" y="0" width="${(cliffX + 408).toFixed(1)}" height="960"/></clipPath></defs>` +
        mouth +
        cliff +
        path(d`M${cliffX - 8} 612V384H${cliffX + 2}V612Z`, '#2b1219') +
        `<g clip-path="url(#out)"><g transform="translate(0 -218) scale(1.36)">${train}</g></g>` +
        door +
        burst(cliffX, 606, slam, '#ffe9b0', 12, 120) +
        hatPicture +
        (t > 0.9
          ? place(cliffX - 70, 330, label(0, 0, 'phew', 34, '#fff5df'), {
              scale: pop(t, 0.9, 0.95),
              turn: -8,
            })
          : '')
      );
    },
  };
};

/** A steam engine crosses the viaduct at sundown, and its smoke has feelings. */
export const viaduct: Story = () => ({
  still:
    sky('#2b2157', '#8c3f7c', '#f0746e', '#ffc27a', '#3c2148') +
    circle(270, 470, 118, '#ffe2a0') +
    hills(560, 50, 110, 0.5, '#7a3a6d') +
    hills(630, 36, 70, 2, '#55295a') +
    path('M0 520H540V548H0Z', '#2e1738') +
    each(5, (i) =>
      path(
        d`M${-26 + i * 128} 548H${102 + i * 128}V960H${82 + i * 128}V640A44 44 0 0 0 ${-6 + i * 128} 640V960H${-26 + i * 128}Z`,
        '#2e1738',
      ),
    ) +
    dusk('#180b20', 640, 0.8),
  at: (t, seconds) => {
    const x = mix(-130, 760, t * 0.8 + 0.04);
    const roll = seconds * 320;
    const bob = wave(seconds, 3) * 1.4;
    const rod = Math.sin((roll * Math.PI) / 180) * 7;
    const engine =
      place(
        x,
        520 + bob * 0.4,
        rect(-122, -92, 62, 74, '#1d0f26', 6) +
          rect(-112, -82, 40, 26, '#ffc27a', 4) +
          rect(-130, -100, 78, 12, '#1d0f26', 5) +
          rect(-64, -70, 108, 50, '#1d0f26', 22) +
          path('M18 -66V-100L10 -112H42L34 -100V-66Z', '#1d0f26') +
          circle(-20, -72, 12, '#1d0f26') +
          path('M44 -18L72 -2H34Z', '#1d0f26') +
          circle(48, -46, 9, '#ffe9b0') +
          wheel(-96, -16, 16, roll, '#0e0713') +
          wheel(-42, -18, 19, roll, '#0e0713') +
          wheel(4, -18, 19, roll, '#0e0713') +
          rect(-46 + rod, -20, 56, 5, '#c9a7b8', 2),
      ) +
      each(3, (i) =>
        place(
          x - 134 - i * 120,
          520 - bob * 0.4,
          rect(-108, -76, 104, 60, '#1d0f26', 6) +
            each(4, (k) =>
              rect(
                -100 + k * 25,
                -66,
                17,
                24,
                (k + i + Math.floor(seconds * 1.3)) % 5 === 0 ? '#7c4a5d' : '#ffc27a',
                3,
              ),
            ) +
            wheel(-84, -12, 12, roll, '#0e0713') +
            wheel(-28, -12, 12, roll, '#0e0713'),
        ),
      );
    const puffs = each(9, (i) => {
      const born = 0.05 + i * 0.085;
      const age = span(t, born, born + 0.42);
      if (age <= 0 || age >= 1) return '';
      const px = mix(-130, 760, born * 0.8 + 0.04) + 26 + age * 20;
      const py = 400 - easeOut(age) * 250;
      const love = i % 3 === 1;
      return love
        ? place(px, py, heart(15 + 40 * easeOut(age), '#ffd9d0'), {
            fade: 0.95 * (1 - age),
            turn: wave(seconds, 0.4, i) * 12,
          })
        : circle(px, py, 12 + 30 * age, '#f9d5cf', `opacity="${(0.75 * (1 - age)).toFixed(2)}"`);
    });
    return (
      puffs +
      engine +
      each(3, (i) =>
        place(
          60 + i * 50 + t * 120,
          170 + i * 34 - t * 40,
          bird(14 - i * 2, 0.4 + wave(seconds, 2, i), '#2b2157'),
        ),
      )
    );
  },
});

/** Seen from above: two tangled lines of wagons meet at one crossing, and close like a zip. */
export const zipper: Story = () => {
  const track = (side: number): Point[] => {
    const points: Point[] = [];
    for (let i = 0; i <= 120; i++) {
      const y = -420 + i * 14;
      points.push([255 + side * 150 * Math.cos((y / 960) * Math.PI * 2.4 + 0.35), y]);
    }
    return points;
  };
  const pointAt = (side: number, y: number): [number, number, number] => {
    const k = (Math.PI * 2.4) / 960;
    return [
      255 + side * 150 * Math.cos(y * k + 0.35),
      y,
      (-side * Math.atan(-150 * k * Math.sin(y * k + 0.35)) * 180) / Math.PI,
    ];
  };
  const left = track(-1);
  const right = track(1);
  return {
    still:
      rect(0, 0, 540, 960, '#e9e2d0') +
      each(8, (i) => rect(i * 72 - 10, 0, 4, 960, '#ddd4bd')) +
      each(13, (i) => rect(0, i * 78, 540, 4, '#ddd4bd')) +
      path('M0 700Q140 640 230 760T540 730V820Q400 860 260 830T0 800Z', '#bcd9e2') +
      path('M30 90h120v90h-120Z', '#c9dcb0') +
      path('M400 420h110v130h-110Z', '#c9dcb0') +
      [left, right]
        .map((p, i) => trail(p, '#f8f4e9', 40) + trail(p, i ? '#e5483f' : '#1f5fa8', 18))
        .join('') +
      [96, 330, 560]
        .map((y) =>
          [-1, 1]
            .map((s) => {
              const [x] = pointAt(s, y);
              return (
                circle(x, y, 16, '#f8f4e9') + circle(x, y, 16, 'none', 'stroke="#2b2a33" stroke-width="6"')
              );
            })
            .join(''),
        )
        .join('') +
      dusk('#2b2a33', 620, 0.72),
    at: (t) => {
      const walk = t * 1500 + hump(t, 0.38, 0.5) * -40;
      const cars: string[] = [];
      for (let i = 0; i < 9; i++)
        for (const side of [-1, 1]) {
          const y = side < 0 ? -180 + walk - i * 128 : 900 - (-160 + walk - i * 128) + 60;
          if (y < -60 || y > 1020) continue;
          const [x, py, turn] = pointAt(side, y);
          const front = i === 0;
          const colour = side < 0 ? '#1f5fa8' : '#e5483f';
          cars.push(
            place(
              x,
              py,
              rect(-21, -50, 42, 100, '#1c1b22', 14, 'opacity=".22"') +
                rect(-23, -54, 42, 100, colour, front ? 18 : 9) +
                rect(-15, -44, 26, 60, '#fff', 8, 'opacity=".25"') +
                (front
                  ? place(-2, side < 0 ? 22 : -30, face(36, 1, 0.8, '#fff'))
                  : each(3, (k) => rect(-17, -40 + k * 28, 30, 14, '#fff', 4, 'opacity=".65"'))),
              { turn },
            ),
          );
        }
      const meet = [0.24, 0.5, 0.76]
        .map((at) => burst(255, at * 900 - 70, span(t, at, at + 0.09), '#ffb224', 9, 60))
        .join('');
      return cars.join('') + meet;
    },
  };
};

/** A light in a tunnel grows into a roaring monster, and then somebody lifts it up. */
export const headlamp: Story = ({ random }) => {
  const stars = scatterStars(random, 24, 500);
  return {
    still: rect(0, 0, 540, 960, '#12141d') + stillStars(stars, '#2b3044'),
    at: (t, seconds) => {
      const near = easeIn(span(t, 0.02, 0.52));
      const reveal = glide(t, 0.58, 0.76);
      const rings = each(9, (i) => {
        const depth = (i / 9 + seconds * 0.32 * (t < 0.56 ? 1 : 0)) % 1;
        const r = 30 + depth ** 2.2 * 560;
        return circle(
          270,
          350,
          r,
          'none',
          `stroke="#2b3044" stroke-width="${(2 + depth * 14).toFixed(1)}" opacity="${(1 - reveal).toFixed(2)}"`,
        );
      });
      const shake = near > 0.4 && t < 0.56 ? wave(seconds, 13) * 7 * near : 0;
      const size = mix(mix(0.05, 1.62, near), 0.62, reveal);
      const y = mix(mix(352, 400, near), 400, reveal);
      const stop = t > 0.56;
      const front =
        rect(-96, -130, 192, 236, '#d94b3d', 44) +
        rect(-96, 10, 192, 50, '#f7f0df') +
        rect(-72, -104, 144, 76, '#1c2233', 20) +
        place(0, -68, face(96, reveal > 0.6 ? 1 : 0.9, reveal > 0.5 ? 1 : 0.1, '#ffe9b0')) +
        circle(0, 34, 27, '#ffe9b0') +
        circle(0, 34, 17, '#fff8e2') +
        rect(-112, 84, 224, 30, '#2b2f3d', 10) +
        circle(-62, 118, 22, '#1a1d27') +
        circle(62, 118, 22, '#1a1d27');
      const cone = stop
        ? ''
        : glow('lamp', 270, y + 34 * size, 60 + 420 * near, '#ffe9b0', 0.85 * (1 - near * 0.35));
      const room =
        reveal <= 0
          ? ''
          : fade(
              rect(0, 0, 540, 960, '#f3c27d') + each(9, (i) => rect(i * 68, 0, 26, 560, '#f7d199')),
              reveal,
            );
      const desk =
        reveal <= 0
          ? ''
          : fade(
              rect(0, 540, 540, 420, '#b5643f') +
                ellipse(262, 560, 230, 60, '#9c5031') +
                stroke('M70 540a192 44 0 1 0 384 0a192 44 0 1 0 -384 0', '#5b2d20', 7) +
                stroke(
                  'M70 540a192 44 0 1 0 384 0a192 44 0 1 0 -384 0',
                  '#f7f0df',
                  3,
                  'stroke-dasharray="6 12"',
                ) +
                place(
                  438,
                  420,
                  rect(-52, -66, 96, 130, '#3fb6a8', 14) +
                    stroke('M44 -34q44 0 40 36t-40 34', '#3fb6a8', 15) +
                    ellipse(-4, -64, 46, 11, '#5a2f1f'),
                ) +
                dusk('#4b2416', 600, 0.8),
              reveal,
            );
      const paw = glide(t, 0.74, 0.84) - glide(t, 0.94, 1.0) * 0.2;
      const cat =
        reveal > 0.2
          ? place(
              150,
              mix(560, 306, glide(t, 0.64, 0.8)),
              path('M-92 260V20L-104 -74L-44 -34H44L104 -74L92 20V260Z', '#e98f3f') +
                path('M-92 -40L-98 -60L-58 -36Z', '#f7c9a0') +
                path('M92 -40L98 -60L58 -36Z', '#f7c9a0') +
                place(0, 6, face(120, blink2(seconds), 0.7)) +
                stroke('M-70 34l-44 -8M-70 46l-44 8M70 34l44 -8M70 46l44 8', '#7d451a', 4) +
                each(3, (i) => rect(-16 + i * 13, -38, 6, 24, '#b9641f', 3)),
              { fade: clamp01(reveal * 2) },
            )
          : '';
      const trainX = mix(270, 300, reveal);
      return (
        rings +
        cone +
        room +
        cat +
        desk +
        place(trainX + shake, y + reveal * 60, front, { scale: size, turn: paw * wave(seconds, 2) * 3 }) +
        (paw > 0
          ? place(
              206,
              470,
              ellipse(0, 0, 60 * paw, 26, '#e98f3f') + (paw > 0.8 ? ellipse(46, 0, 22, 22, '#f7d9b8') : ''),
            )
          : '') +
        (t < 0.56 && near > 0.86
          ? rect(0, 0, 540, 960, '#fff6da', 0, `opacity="${(span(near, 0.86, 1) * 0.85).toFixed(2)}"`)
          : t >= 0.56 && t < 0.66
            ? rect(0, 0, 540, 960, '#fff6da', 0, `opacity="${(0.85 * (1 - span(t, 0.56, 0.66))).toFixed(2)}"`)
            : '')
      );
    },
  };
};
const blink2 = (seconds: number) => (seconds % 2.3 < 0.12 ? 0 : 1);

/** A split-flap board rattles through everywhere on earth and stops at the only place that matters. */
export const departures: Story = ({ random }) => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const rows = ['PARIS', 'TOKYO', 'IZMIR', 'HOME♥'];
  const start = rows.map(() => Array.from({ length: 5 }, () => random.whole(0, 25)));
  const settle = rows.map((_, r) => Array.from({ length: 5 }, (_, c) => 0.05 + r * 0.11 + c * 0.02));
  return {
    still:
      sky('#22303a', '#2c3f4b', '#1d2a33', '#0d1419') +
      each(6, (i) =>
        path(d`M${-60 + i * 120} 0L${30 + i * 120} 110L${120 + i * 120} 0`, '#32495a', 'opacity=".6"'),
      ) +
      rect(36, 120, 438, 366, '#0d1115', 20) +
      rect(36, 120, 438, 366, 'none', 20, 'stroke="#4a6374" stroke-width="6"') +
      rect(120, 60, 10, 64, '#4a6374') +
      rect(380, 60, 10, 64, '#4a6374') +
      rect(0, 640, 540, 320, '#394a55') +
      rect(0, 640, 540, 10, '#ffb224') +
      dusk('#0a0f13', 640, 0.85),
    at: (t, seconds) => {
      let board = '';
      rows.forEach((word, r) => {
        const gone = t > 0.5 && r < 3 ? span(t, 0.5 + r * 0.03, 0.56 + r * 0.03) : 0;
        for (let c = 0; c < 5; c++) {
          const done = t >= settle[r]![c]!;
          const tick = Math.floor(seconds * 14 + start[r]![c]!);
          const turning = (seconds * 14) % 1;
          const sign = done ? (gone > 0 ? '' : word[c]!) : letters[tick % 26]!;
          const home = r === 3 && t > 0.48;
          const x = 62 + c * 78;
          const y = 144 + r * 82 - (home ? Math.max(0, wave(seconds, 1.2, -c * 0.9)) * 10 : 0);
          board +=
            rect(x, y, 68, 72, home ? '#ffb224' : '#222a31', 8) +
            (sign ? label(x + 34, y + 53, sign, 48, home ? '#1a1206' : '#f7f0df') : '') +
            (done
              ? ''
              : rect(x, y + (turning < 0.5 ? 36 : 0), 68, 36 * Math.abs(turning - 0.5) * 2, '#2f3a43', 6)) +
            rect(x, y + 35, 68, 2.5, '#0d1115');
        }
      });
      const found = t > 0.48;
      const joy = found ? Math.abs(wave(seconds, 1.8)) * 26 * (1 - span(t, 0.62, 0.7)) : 0;
      const traveller = place(
        150,
        640 - joy,
        rect(44, -50, 58, 50, '#c7673d', 8) +
          stroke('M62 -50v-12h22v12', '#c7673d', 6) +
          path('M-34 0Q-38 -86 0 -90Q38 -86 34 0Z', '#3fb6a8') +
          line(28, -66, found ? 54 : 62, found ? -116 : -52, '#3fb6a8', 15) +
          line(-28, -66, -50, found ? -116 : -34, '#3fb6a8', 15) +
          place(
            0,
            -116,
            circle(0, 0, 34, '#f3c9a0') +
              path('M-36 -6Q-34 -42 2 -40Q38 -38 36 -8Q0 -20 -36 -6Z', '#2b2233') +
              place(2, found ? 4 : 0, face(44, blink2(seconds), found ? 1 : -0.1)),
            { turn: found ? wave(seconds, 1.8) * 6 : -10 + wave(seconds, 0.4) * 5 },
          ),
        { scale: 1.05 },
      );
      const x = mix(-760, 190, glide(t, 0.52, 0.8));
      const train =
        each(3, (i) => wagon(x + 16 - i * 200, 640, 200, i % 2 ? '#e5703f' : '#ef8148', x)) +
        bullet(x + 176, 640, '#e5703f', x * 3, 0.9);
      const hop = overshoot(span(t, 0.8, 0.86));
      return (
        board +
        fade(glow('home', 255, 426, 260, '#ffb224', 0.35), span(t, 0.5, 0.58)) +
        traveller +
        place(0, -218, train, { scale: 1.34 }) +
        (t > 0.8
          ? each(4, (i) =>
              place(
                96 + i * 62,
                566 - hop * 50 - span(t, 0.82 + i * 0.03, 1.1) * 150,
                heart(20 - i * 2, i % 2 ? '#ff8a7f' : '#ff5247'),
                { scale: pop(t, 0.8 + i * 0.03, 0.86 + i * 0.03), turn: wave(seconds, 0.8, i) * 10 },
              ),
            )
          : '')
      );
    },
  };
};
