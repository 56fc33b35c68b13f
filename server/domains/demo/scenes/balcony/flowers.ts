/** Balcony gardens: green patience, small harvests, and neighbours. */
import { along, blend } from '../../drawing/colour.ts';
import {
  bounce,
  clamp01,
  easeBoth,
  easeOut,
  hump,
  mix,
  overshoot,
  pop,
  span,
  wave,
} from '../../drawing/easing.ts';
import {
  circle,
  d,
  dusk,
  each,
  ellipse,
  fade,
  glow,
  line,
  path,
  place,
  rect,
  sky,
  stroke,
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { burst, cloud, face, heart, leaf, scatterStars, stillStars } from '../../drawing/things.ts';

const pot = (wide: number, high: number, fill: string, rim: string) =>
  path(d`M${-wide * 0.5} 0H${wide * 0.5}L${wide * 0.38} ${high}H${-wide * 0.38}Z`, fill) +
  rect(-wide * 0.56, -wide * 0.12, wide * 1.12, wide * 0.2, rim, 6);

const railing = (y: number, fill: string) =>
  rect(0, y, 540, 12, fill, 3) +
  each(12, (i) => rect(14 + i * 48, y, 7, 190, fill)) +
  rect(0, y + 180, 540, 12, fill, 3);

const petals = (count: number, long: number, wide: number, fill: string) =>
  each(count, (i) =>
    place(0, 0, ellipse(long * 0.6, 0, long * 0.5, wide, fill), { turn: (i / count) * 360 }),
  );

const NIGHT = Array.from({ length: 26 }, (_, i) => ({
  x: (i * 197) % 530,
  y: 30 + ((i * 131) % 330),
  r: 1 + (i % 3) * 0.7,
  phase: i,
}));

/** Seed, water, wait: the sunflower opens and is pleased to see you. */
export const sunflower: Story = ({ random }) => {
  const drops = Array.from({ length: 16 }, () => ({ x: random.between(-26, 26), phase: random() }));
  return {
    still:
      sky('#a8dcd1', '#cdeedd', '#e9f6df', '#7fb58f') +
      circle(430, 150, 62, '#ffe28a') +
      place(120, 160, cloud(150, '#fff')) +
      each(5, (i) => rect(i * 120 - 30, 430 - ((i * 53) % 90), 96, 300, '#b7dccb')) +
      railing(560, '#4b8a78') +
      rect(0, 740, 540, 220, '#39705f') +
      dusk('#173a33', 640, 0.8),
    at: (t, seconds) => {
      const seed = span(t, 0.04, 0.14);
      const watering = hump(t, 0.14, 0.42);
      const grow = easeBoth(span(t, 0.3, 0.68));
      const open = overshoot(span(t, 0.66, 0.82));
      const sway = wave(seconds, 0.35) * 9 * grow;
      const top = 556 - grow * 300;
      const stem =
        grow > 0
          ? stroke(
              d`M255 560C${250} ${560 - grow * 110} ${262 + sway} ${560 - grow * 190} ${255 + sway} ${top}`,
              '#3d8b4a',
              15,
            )
          : '';
      const leaves = [0.3, 0.45, 0.6]
        .map((at, i) => {
          const s = overshoot(span(grow, at, at + 0.3));
          return grow > at
            ? place(255 + sway * at, 560 - at * 300, leaf(i === 2 ? 70 : 96, '#57ab5a', '#3d8b4a'), {
                turn: i % 2 ? 206 : -28,
                scale: s,
                tall: 1,
              })
            : '';
        })
        .join('');
      const bud =
        grow > 0.5
          ? place(
              255 + sway,
              top,
              (open > 0.05
                ? place(
                    0,
                    0,
                    petals(18, 118, 17, '#ffb224') + place(0, 0, petals(18, 96, 15, '#ffcb57'), { turn: 10 }),
                    { scale: open, turn: (1 - open) * -40 },
                  )
                : '') +
                circle(0, 0, 36 + 28 * clamp01(open), open > 0.2 ? '#6d4022' : '#57ab5a') +
                (open > 0.6 ? place(0, -4, face(96, t > 0.9 && t < 0.94 ? 0 : 1, 1, '#ffe9b0')) : ''),
              { scale: 0.5 + 0.5 * grow, turn: wave(seconds, 0.5) * 5 * open },
            )
          : '';
      const canX = mix(620, 380, easeOut(clamp01(watering * 2)));
      const can =
        watering > 0.01
          ? place(
              canX,
              360,
              rect(-46, -40, 104, 92, '#ef6f5a', 14) +
                stroke('M-44 20L-104 -24', '#ef6f5a', 18) +
                ellipse(-110, -30, 12, 24, '#d6553f', 'transform="rotate(-36 -110 -30)"') +
                stroke('M0 -40Q60 -96 76 20', '#d6553f', 12) +
                place(10, 0, face(64)),
              { turn: -18 * clamp01(watering * 1.6) },
            )
          : '';
      const rain =
        watering > 0.5
          ? drops
              .map((p) => {
                const life = (seconds * 1.6 + p.phase) % 1;
                return line(262 + p.x, 400 + life * 150, 260 + p.x, 414 + life * 150, '#5aaee0', 5);
              })
              .join('')
          : '';
      const seedPicture =
        seed > 0 && t < 0.2 ? ellipse(255, mix(200, 556, bounce(seed)), 9, 13, '#6d4022') : '';
      const bee =
        t > 0.78
          ? place(
              mix(560, 345, easeOut(span(t, 0.78, 0.92))),
              220 + wave(seconds, 1.2) * 16,
              ellipse(-4, -18, 12, 18, '#fff', 'opacity=".8"') +
                ellipse(10, -18, 12, 18, '#fff', 'opacity=".8"') +
                ellipse(0, 0, 25, 18, '#ffcb57') +
                rect(-4, -17, 8, 34, '#3a2a1a', 3) +
                rect(10, -14, 7, 28, '#3a2a1a', 3) +
                circle(-15, -3, 3, '#3a2a1a'),
            )
          : '';
      return (
        stem +
        leaves +
        seedPicture +
        place(255, 566, pot(170, 130, '#d9744f', '#e88a62') + ellipse(0, -6, 80, 9, '#5b3423')) +
        bud +
        rain +
        can +
        bee +
        burst(255, top, span(t, 0.7, 0.84), '#fff3c4', 14, 190)
      );
    },
  };
};

/** Six flowers follow the sun all day long. One follows the bee. */
export const heliotrope: Story = () => {
  const row = [70, 144, 218, 292, 366, 440];
  const tints = ['#f25f5c', '#ff9f6b', '#c86bd6', '#f25f8f', '#7c83fd', '#ff7f50'];
  return {
    still: '',
    at: (t, seconds) => {
      const day = span(t, 0, 0.8);
      const angle = mix(-1.15, 1.15, day);
      const sunX = 255 + Math.sin(angle) * 290;
      const sunY = 520 - Math.cos(angle) * 390;
      const night = span(t, 0.76, 0.88);
      const top = blend(along(['#f9a875', '#8fd3f0', '#8fd3f0', '#f28b6c'], day), '#1c2350', night);
      const low = blend(along(['#ffe3b5', '#e5f7f2', '#e5f7f2', '#ffd09a'], day), '#4a4a86', night);
      const beeX = 255 + Math.sin(seconds * 2.1) * 190 + 30 * Math.sin(seconds * 5);
      const beeY = 260 + Math.cos(seconds * 1.7) * 90;
      const flowers = row
        .map((x, i) => {
          const headY = 462 - (i % 2) * 34;
          const follows = i === 4;
          const tx = follows ? beeX : sunX;
          const ty = follows ? beeY : sunY;
          const lean = Math.max(-1, Math.min(1, (tx - x) / 320));
          const sleep = follows ? 0 : night;
          const hx = x + lean * 34;
          const hy = headY + Math.abs(lean) * 14 + sleep * 40;
          const look = Math.atan2(ty - hy, tx - hx);
          return (
            stroke(d`M${x} 580Q${x} ${headY + 70} ${hx} ${hy}`, '#2f7d4f', 10) +
            place(x, 550, leaf(44, '#3f9a60', '#2f7d4f'), { turn: i % 2 ? -30 : 205 }) +
            place(
              hx,
              hy,
              petals(9, 56, 15, tints[i]!) +
                circle(0, 0, 25, '#ffd766') +
                place(
                  Math.cos(look) * 8 * (1 - sleep),
                  Math.sin(look) * 8 * (1 - sleep) + sleep * 4,
                  face(44, sleep > 0.5 ? 0 : 1, follows ? 1 : 0.6),
                ),
              { turn: lean * 16 + wave(seconds, 0.4, i) * 3, scale: follows ? 1.08 : 1 },
            )
          );
        })
        .join('');
      const bee = place(
        beeX,
        beeY,
        ellipse(
          -5,
          -17,
          10,
          17,
          '#fff',
          `opacity=".8" transform="rotate(${(wave(seconds, 9) * 14).toFixed(0)})"`,
        ) +
          ellipse(8, -17, 10, 17, '#fff', 'opacity=".8"') +
          ellipse(0, 0, 24, 17, '#ffc83d') +
          rect(-6, -16, 8, 32, '#33261a', 3) +
          rect(8, -14, 7, 28, '#33261a', 3) +
          circle(Math.cos(seconds * 2.1) > 0 ? 17 : -17, -3, 3.5, '#33261a'),
      );
      const kiss = pop(t, 0.86, 0.93);
      return (
        sky(top, low, low) +
        (night > 0
          ? fade(stillStars(NIGHT), night) +
            place(400, 150, circle(0, 0, 40, '#fdf3d0') + circle(15, -10, 36, top), { fade: night })
          : '') +
        (night < 1
          ? fade(glow('sun', sunX, sunY, 170, '#fff0b0', 0.9) + circle(sunX, sunY, 56, '#ffe07a'), 1 - night)
          : '') +
        each(6, (i) =>
          rect(
            i * 100 - 20,
            470 - ((i * 67) % 110),
            78,
            130 + ((i * 67) % 110),
            blend('#bfe0dc', '#2b3163', night),
          ),
        ) +
        rect(0, 600, 540, 360, blend('#9a5b3c', '#2a1f38', night)) +
        flowers +
        rect(20, 566, 470, 92, '#b4552d', 10) +
        rect(10, 560, 490, 22, '#cf6a3b', 8) +
        (kiss > 0 ? place(396, 350 - kiss * 20, heart(20, '#ff5247'), { scale: kiss }) : '') +
        bee +
        dusk('#12251f', 600, 0.85)
      );
    },
  };
};

/** Eleven days with a cactus. Nothing happens. Then everything happens. */
export const cactus: Story = ({ random }) => {
  const stars = scatterStars(random, 30, 420);
  return {
    still: '',
    at: (t, seconds) => {
      const days = span(t, 0.06, 0.7) * 7;
      const hour = days % 1;
      const light = t >= 0.7 ? 1 : clamp01(Math.sin(hour * Math.PI * 2 + 0.6) * 2.2 + 0.5);
      const bg = blend('#2a2354', '#ffb59a', light);
      const bg2 = blend('#4b3c7c', '#ffe0c2', light);
      const a = hour * Math.PI * 2 + 0.6 - Math.PI / 2;
      const orb =
        t >= 0.7
          ? ''
          : circle(255 + Math.sin(a) * 260, 470 - Math.cos(a) * 330, 44, '#fff1b8') +
            circle(255 - Math.sin(a) * 260, 470 + Math.cos(a) * 330, 36, '#e6e4ff');
      const effort = hump(t, 0.72, 0.84);
      const bloom = overshoot(span(t, 0.83, 0.92));
      const strain = effort > 0 ? wave(seconds, 14) * 5 * effort : 0;
      const squash = 1 - 0.1 * effort + 0.14 * hump(t, 0.83, 0.9);
      const mood = bloom > 0.5 ? 1 : effort > 0 ? -0.6 : t < 0.7 ? 0.05 : 0;
      const eyes = effort > 0.2 && bloom < 0.1 ? 0 : seconds % 1.9 < 0.1 ? 0 : 0.85;
      const body =
        rect(-74, -230, 148, 250, '#3f9b6c', 74) +
        each(4, (i) => stroke(d`M${-45 + i * 30} -190V-10`, '#2f8058', 5)) +
        each(14, (i) =>
          line(-60 + ((i * 41) % 120), -200 + i * 14, -54 + ((i * 41) % 120), -208 + i * 14, '#d6f2c8', 3.5),
        ) +
        path(
          'M-74 -70H-104Q-128 -70 -128 -96V-132',
          'none',
          'stroke="#3f9b6c" stroke-width="40" stroke-linecap="round"',
        ) +
        path(
          'M74 -100H98Q122 -100 122 -126V-166',
          'none',
          'stroke="#3f9b6c" stroke-width="36" stroke-linecap="round"',
        ) +
        place(
          0,
          -128,
          face(108, eyes, mood) +
            (effort > 0.2 || bloom > 0
              ? circle(-46, 22, 12, '#ff8f8f', 'opacity=".6"') + circle(46, 22, 12, '#ff8f8f', 'opacity=".6"')
              : ''),
        );
      const flower =
        bloom > 0
          ? place(
              0,
              -236,
              petals(10, 110, 22, '#ff4f8b') +
                place(0, 0, petals(10, 76, 16, '#ff86b0'), { turn: 18 }) +
                circle(0, 0, 26, '#ffd34d'),
              { scale: bloom, turn: (1 - bloom) * 90 },
            )
          : '';
      const marks =
        t < 0.72
          ? each(Math.min(7, Math.floor(days)), (i) => line(66 + i * 22, 96, 66 + i * 22, 132, '#5c3550', 6))
          : '';
      return (
        sky(bg, bg2, bg2) +
        fade(stillStars(stars), 1 - light) +
        orb +
        each(5, (i) =>
          rect(i * 130 - 50, 400 + ((i * 61) % 90), 100, 300, blend('#3a2f66', '#f2a88c', light)),
        ) +
        marks +
        rect(0, 602, 540, 358, '#7a3f55') +
        rect(0, 596, 540, 12, '#94506a') +
        place(255 + strain, 500, body + flower, { tall: squash, wide: 2 - squash }) +
        place(255, 506, pot(210, 92, '#e2764e', '#f08d62')) +
        burst(255, 250, span(t, 0.83, 0.97), '#fff', 16, 200, 9) +
        dusk('#2a0f20', 600, 0.8)
      );
    },
  };
};
