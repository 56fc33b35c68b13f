/** Tiny animals: big feelings close to the ground. */
import { easeIn, easeOut, glide, hump, mix, pop, span, wave } from '../../drawing/easing.ts';
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
import { blink, cloud, face, heart, hills, swell } from '../../drawing/things.ts';

/** Four ducklings in a row. The fifth had to look at something first. */
export const ducklings: Story = () => {
  const duck = (size: number, body: string, t: number, mood: number) =>
    place(
      0,
      0,
      path(
        'M-62 -6Q-76 -34 -88 -38Q-66 20 -20 22H26Q66 18 62 -22Q56 -40 34 -30Q6 -14 -20 -22Q-44 -30 -62 -6Z',
        body,
      ) +
        circle(46, -52, 31, body) +
        path('M74 -54Q98 -52 96 -44Q86 -36 70 -40Z', '#f08a2c') +
        circle(54, -60, 5.5 * t + 0.6, '#2d2118') +
        stroke(d`M-34 -6Q-8 ${16 + mood * 4} 22 -6`, '#00000022', 6) +
        circle(36, -44, 7, '#ff9c86', 'opacity=".5"'),
      { scale: size },
    );
  return {
    still:
      sky('#bfe7f2', '#d9f3ee', '#8fd0cf', '#2f7f8c') +
      hills(330, 40, 80, 1, '#9fd3a0') +
      hills(360, 26, 50, 3, '#7dbf8c') +
      rect(0, 380, 540, 580, '#5cb8c4') +
      each(6, (i) =>
        place(
          40 + i * 96,
          400,
          stroke('M0 0Q-6 -60 4 -110', '#5e9a57', 6) + rect(-4, -120, 14, 40, '#8a5a35', 7),
        ),
      ),
    at: (t, seconds) => {
      const lead = mix(-10, 690, t * 0.82 + 0.1);
      const chicks = each(4, (i) => {
        const x = lead - 160 - i * 82;
        return place(
          x,
          506 + wave(seconds, 0.9, i * 1.2) * 6,
          duck(0.56, '#ffd34d', blink(seconds, i * 0.2), 1),
          { turn: wave(seconds, 0.9, i) * 4 },
        );
      });
      const stop = span(t, 0.2, 0.52);
      const rush = easeIn(span(t, 0.6, 0.92));
      const fifthX = t < 0.6 ? mix(-60, 210, easeOut(span(t, 0.3, 0.44))) : mix(210, 470, rush);
      const dragon =
        t < 0.62
          ? place(
              292 + wave(seconds, 0.4) * 18,
              420 + wave(seconds, 0.9) * 14,
              rect(-26, -3, 54, 7, '#e0457b', 4) +
                circle(32, 0, 8, '#e0457b') +
                ellipse(
                  0,
                  -15,
                  9,
                  20,
                  '#fff',
                  `opacity=".75" transform="rotate(${(wave(seconds, 8) * 12).toFixed(0)})"`,
                ) +
                ellipse(8, 15, 9, 18, '#fff', 'opacity=".75"'),
              { fade: t < 0.56 ? span(t, 0.3, 0.36) : 1 - span(t, 0.56, 0.62), turn: -20 },
            )
          : '';
      const oh =
        t > 0.54 && t < 0.68
          ? place(fifthX + 10, 400, label(0, 0, '!', 54, '#e0457b'), { scale: pop(t, 0.54, 0.58) })
          : '';
      const wake =
        rush > 0 && rush < 1
          ? each(5, (i) =>
              ellipse(
                fifthX - 50 - i * 26,
                520 - Math.abs(wave(seconds, 5, i)) * 24,
                9 - i,
                9 - i,
                '#e9fbff',
              ),
            )
          : '';
      const fifth =
        t > 0.28
          ? place(
              fifthX,
              512 + wave(seconds, t > 0.6 ? 4 : 0.9) * 6,
              duck(0.56, '#ffe27a', t > 0.5 && t < 0.6 ? 1.5 : blink(seconds, 0.6), 0),
              { turn: t < 0.54 && stop > 0.3 ? -12 : rush > 0 ? -14 : 0 },
            )
          : '';
      const wait = mix(0, lead - 500, 0);
      const mother = place(
        Math.min(lead, 1200) + wait,
        492 + wave(seconds, 0.7) * 6,
        duck(1.18, '#fff7e6', blink(seconds), 1),
        { turn: wave(seconds, 0.7) * 2 },
      );
      const love =
        t > 0.9
          ? place(fifthX + 30, 420 - span(t, 0.9, 1) * 40, heart(20, '#ff5247'), { scale: pop(t, 0.9, 0.95) })
          : '';
      return (
        place(mix(-60, 60, t), 130, cloud(140, '#fff')) +
        place(mix(420, 480, t), 210, cloud(100, '#fff')) +
        swell(500, 7, 44, seconds * 2, '#49a9ba') +
        closer(chicks + mother + dragon + fifth + wake + oh + love, 255, 545, 1.36) +
        swell(528, 8, 52, -seconds * 2.2, '#3795a8') +
        swell(580, 9, 60, seconds * 1.7, '#2b8196') +
        dusk('#0f3b46', 600, 0.75)
      );
    },
  };
};

/** Two misses. Then the fly makes a friend. */
export const frog: Story = () => ({
  still:
    sky('#1f5a52', '#2c7a64', '#1d5a55', '#0b2a2c') +
    circle(410, 150, 66, '#f7f1c9', 'opacity=".9"') +
    each(7, (i) =>
      path(
        d`M${i * 90 - 20} 620Q${i * 90 - 50} 360 ${i * 90 + 10} ${180 + ((i * 71) % 120)}Q${i * 90 + 26} 400 ${i * 90 + 18} 620Z`,
        '#256a58',
      ),
    ) +
    rect(0, 540, 540, 420, '#123f44') +
    ellipse(90, 640, 120, 22, '#1f6d55') +
    ellipse(470, 610, 90, 16, '#1f6d55') +
    dusk('#04181b', 640, 0.75),
  at: (t, seconds) => {
    const shots = [0.26, 0.46];
    const lick = shots.map((at) => hump(t, at, at + 0.07)).reduce((a, b) => Math.max(a, b), 0);
    const land = glide(t, 0.6, 0.7);
    const orbitX = 250 + Math.sin(seconds * 2.2) * 170;
    const orbitY = 210 + Math.sin(seconds * 3.4 + 1) * 70;
    const flyX = mix(orbitX, 250, land);
    const flyY = mix(orbitY, 372 - hump(t, 0.72, 0.8) * 0, land);
    const aimX = shots.some((at) => t >= at && t < at + 0.07) ? orbitX + (t < 0.4 ? 70 : -80) : flyX;
    const look = Math.atan2(flyY - 380, flyX - 250);
    const cross = land > 0.6;
    const eye = (x: number) =>
      circle(x, 350, 46, '#7fc35a') +
      circle(x, 346, 34, '#fffbe8') +
      circle(
        x + (cross ? Math.sign(250 - x) * 14 : Math.cos(look) * 15),
        346 + (cross ? 12 : Math.sin(look) * 15),
        15,
        '#17302c',
      ) +
      (seconds % 2.1 < 0.1 && !cross ? circle(x, 346, 36, '#6ab04c') : '');
    const happy = span(t, 0.8, 0.88);
    const puff = 1 + 0.04 * wave(seconds, 0.8) + 0.06 * lick;
    const frogBody = place(
      250,
      560,
      place(
        -250,
        -560,
        ellipse(250, 500, 150, 100, '#6ab04c') +
          ellipse(250, 530, 100, 66, '#c9e59a') +
          ellipse(124, 560, 58, 30, '#5a9c40') +
          ellipse(376, 560, 58, 30, '#5a9c40') +
          ellipse(250, 420, 132, 86, '#7fc35a') +
          eye(180) +
          eye(320) +
          (lick > 0.02
            ? ellipse(250, 448, 40 + lick * 20, 12 + lick * 30, '#7a2338')
            : stroke(
                d`M168 ${440 - happy * 6}Q250 ${462 + happy * 40} 332 ${440 - happy * 6}`,
                '#2f5c27',
                8,
              )) +
          circle(146, 424, 17, '#ff9c7a', `opacity="${(0.2 + 0.5 * happy).toFixed(2)}"`) +
          circle(354, 424, 17, '#ff9c7a', `opacity="${(0.2 + 0.5 * happy).toFixed(2)}"`),
      ),
      { wide: puff, tall: 2 - puff },
    );
    const tongue =
      lick > 0.02
        ? line(250, 452, mix(250, aimX, lick), mix(452, orbitY - 10, lick), '#f2607d', 22) +
          circle(mix(250, aimX, lick), mix(452, orbitY - 10, lick), 19, '#f2607d')
        : '';
    const buzz = land < 1 ? 1 : 0;
    const fly = place(
      flyX,
      flyY,
      ellipse(
        -14,
        -14,
        9,
        18,
        '#e9f7f5',
        `opacity=".85" transform="rotate(${(-40 + wave(seconds, 11) * 20 * buzz).toFixed(0)} -8 -6)"`,
      ) +
        ellipse(
          14,
          -14,
          9,
          18,
          '#e9f7f5',
          `opacity=".85" transform="rotate(${(40 - wave(seconds, 11) * 20 * buzz).toFixed(0)} 8 -6)"`,
        ) +
        circle(0, 0, 15, '#2b2233') +
        place(0, -2, face(26, 1, 0.5 + happy * 0.5, '#fff')),
      { turn: (1 - land) * wave(seconds, 2) * 20, scale: 1.1 + 0.25 * land },
    );
    return (
      ellipse(250, 590, 220, 40, '#2f8f5d') +
      path('M250 590L300 556L330 562Z', '#123f44') +
      each(3, (i) => {
        const r = (seconds * 0.3 + i / 3) % 1;
        return ellipse(
          250,
          596,
          220 + r * 160,
          40 + r * 30,
          'none',
          `stroke="#4fb08a" stroke-width="3" opacity="${(0.5 * (1 - r)).toFixed(2)}"`,
        );
      }) +
      frogBody +
      tongue +
      fly +
      (happy > 0
        ? each(3, (i) =>
            place(200 + i * 50, 300 - span(t, 0.84 + i * 0.02, 1) * 120, heart(14 + i * 4, '#ff6b81'), {
              fade: 1 - span(t, 0.93, 1.03),
              scale: pop(t, 0.82 + i * 0.02, 0.9 + i * 0.02),
            }),
          )
        : '')
    );
  },
});
