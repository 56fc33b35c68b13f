/** The pictures of the demo people: a flat drawing of what each is about, on a ground of their hue. 256 px, WebP. */
import sharp from 'sharp';
import type { Creator, Handle } from './creators.ts';
import { chessman } from './drawing/chessmen.ts';
import { circle, d, each, ellipse, line, path, place, poly, rect, stroke } from './drawing/shapes.ts';
import { bird, cloud, face, gear, heart, leaf, sparkle } from './drawing/things.ts';

const side = 256;
const ink = '#1d1a24';
const paper = '#fdf6e6';

/** Around (0, 0), about 160 wide; `light` and `deep` are the ground's hue. */
type Sign = (light: string, deep: string) => string;

const pan = (inner: string) =>
  rect(50, -12, 76, 22, ink, 11) +
  circle(-16, 0, 74, ink) +
  circle(-16, 0, 60, '#3b3644') +
  place(-16, 0, inner);
const pot = (plant: string) =>
  plant + path('M-52 20H52L38 88H-38Z', '#c7673d') + rect(-60, 8, 120, 24, '#d97f52', 8);
const moon = (fill: string) => path('M26 -76A78 78 0 1 0 74 30A62 62 0 0 1 26 -76Z', fill);
const train = (body: string, window: string) =>
  rect(-70, -62, 140, 118, body, 34) +
  rect(-50, -40, 100, 46, window, 12) +
  circle(-40, 30, 11, '#ffe9a8') +
  circle(40, 30, 11, '#ffe9a8') +
  rect(-78, 62, 156, 12, ink, 6);
const stars = (fill: string) =>
  place(-62, -48, sparkle(22, fill)) + place(58, -62, sparkle(16, fill)) + place(66, 22, sparkle(24, fill));
const walker = (fill: string) =>
  circle(6, -62, 22, fill) +
  stroke('M4 -36L-8 22', fill, 24) +
  stroke('M-8 22L-36 52L-30 84M-8 22L26 48L22 84', fill, 17) +
  stroke('M2 -30L-42 -8L-58 -40M4 -30L44 -14L64 -52', fill, 14);
const pupil = (inner: string) => path('M-86 0Q0 -92 86 0Q0 92 -86 0Z', paper) + circle(0, 0, 40, ink) + inner;
const steam = (x: number) => stroke(d`M${x} -52q-16 -14 0 -26t0 -24`, paper, 8, 'opacity=".8"');

const signs: Record<Handle, Sign> = {
  'saffron.and.smoke': (light) =>
    pan(
      circle(0, 0, 46, '#e2502f') + place(-6, 4, ellipse(0, 0, 28, 24, paper) + circle(2, 0, 12, '#ffb224')),
    ) + place(86, -62, sparkle(20, light)),
  'tiny.balcony': () =>
    pot(
      stroke('M0 16V-40', '#2f6b38', 8) +
        place(0, -20, leaf(56, '#3f8f4a') + place(0, -8, leaf(56, '#58a95c'), { turn: 180 })) +
        each(8, (i) => place(0, -56, ellipse(0, -26, 12, 20, '#ffc42e'), { turn: i * 45 })) +
        circle(0, -56, 18, '#7a4a24'),
    ),
  old_train_nerd: (light, deep) => train(deep, light),
  'kleine.schraube': (light, deep) =>
    gear(14, 76, '#e8c06a', deep, 8) + circle(0, 0, 30, light) + face(54, 1, 0.9, ink),
  papier_und_pause: (_, deep) =>
    poly(
      [
        [-84, 20],
        [-10, -10],
        [86, -66],
        [10, 64],
      ],
      paper,
    ) +
    poly(
      [
        [-10, -10],
        [86, -66],
        [10, 64],
      ],
      '#eadfca',
    ) +
    stroke('M-84 20L10 64M-10 -10L10 64', deep, 4),
  'abuela.del.fuego': () =>
    rect(-74, -18, 148, 92, ink, 26) +
    rect(-88, -30, 176, 22, '#3b3644', 11) +
    rect(-12, -50, 24, 20, '#3b3644', 8) +
    place(0, 26, heart(26, '#ff5247')),
  faro_pequeno: (light) =>
    poly(
      [
        [-26, 80],
        [-16, -30],
        [16, -30],
        [26, 80],
      ],
      paper,
    ) +
    poly(
      [
        [-23, 42],
        [-19, 4],
        [19, 4],
        [23, 42],
      ],
      '#e2574c',
    ) +
    rect(-20, -62, 40, 34, '#ffd34d', 6) +
    path('M-28 -60L0 -86L28 -60Z', '#e2574c') +
    poly(
      [
        [20, -48],
        [96, -76],
        [96, -22],
      ],
      light,
      'opacity=".7"',
    ) +
    rect(-80, 76, 160, 12, ink, 6),
  'yagmur.penceresi': (light) =>
    place(0, -24, cloud(150, paper)) + each(4, (i) => line(-48 + i * 32, 34, -58 + i * 32, 74, light, 9)),
  'tavada.bir.sey': () =>
    steam(-44) +
    steam(-6) +
    place(0, 26, pan(circle(-14, -10, 20, '#7fb24d') + circle(18, 16, 24, '#e2502f'))),
  'layl.wa.nujum': () => place(-4, 4, moon('#ffe9a8')) + stars(paper),
  'qitar.albahr': (light, deep) =>
    place(0, -18, train(paper, deep)) + stroke('M-96 84q24 -22 48 0t48 0t48 0t48 0', light, 12),
  'ori.no.heya': () =>
    poly(
      [
        [-92, -20],
        [-14, -4],
        [-34, 50],
      ],
      '#eadfca',
    ) +
    poly(
      [
        [-14, -4],
        [22, -84],
        [52, 10],
        [-34, 50],
      ],
      paper,
    ) +
    poly(
      [
        [52, 10],
        [92, -46],
        [62, 34],
        [-34, 50],
      ],
      '#f3e9d4',
    ) +
    poly(
      [
        [92, -46],
        [104, -28],
        [84, -24],
      ],
      '#e2574c',
    ),
  'chiisana.ikimono': () =>
    path('M-86 44Q-70 12 -20 44Z', '#f0c79a') +
    path('M-96 54Q60 70 88 34Q104 -6 72 -12L60 36Z', '#f0c79a') +
    circle(-6, 0, 56, '#c7673d') +
    stroke('M-6 0m-36 0a36 36 0 1 1 60 26a22 22 0 1 1 -22 -34', '#8a3f22', 9) +
    line(74, -10, 66, -46, '#f0c79a', 7) +
    line(88, -4, 100, -40, '#f0c79a', 7) +
    circle(66, -48, 8, ink) +
    circle(101, -42, 8, ink),
  'deux.temps': (light) => place(-26, 6, walker(light), { fade: 0.45 }) + place(18, 0, walker(ink)),
  'fou.de.la.dame': (_, deep) =>
    place(-34, 84, chessman('bishop', ink, deep), { scale: 1.5 }) +
    place(38, 84, chessman('queen', paper, ink), { scale: 1.5 }),
  'olho.torto': (_, deep) =>
    place(0, 0, pupil(circle(0, 0, 24, deep) + circle(12, -12, 9, paper)), { turn: -18 }),
  'horta.da.janela': () =>
    circle(0, 20, 68, '#e23d33') +
    circle(-26, -2, 14, '#f4776c') +
    each(5, (i) => place(0, -42, leaf(46, '#3f8f4a'), { turn: -170 + i * 40 })) +
    line(0, -44, 6, -80, '#2f6b38', 9),
  square_by_square: (light, deep) =>
    each(16, (i) =>
      rect(
        -80 + (i % 4) * 40,
        -80 + Math.floor(i / 4) * 40,
        40,
        40,
        (i + Math.floor(i / 4)) % 2 ? deep : light,
      ),
    ) + place(0, 66, chessman('knight', paper, ink), { scale: 1.4 }),
  'shadow.does.it': (_, deep) =>
    place(20, 84, walker(deep), { wide: 1.1, tall: -0.42 }) + place(0, -10, walker(paper)),
  'nebo.nad.kuhney': () =>
    place(0, 30, path('M-56 52Q-66 -30 0 -34Q66 -30 56 52Z', paper) + rect(-12, -50, 24, 18, ink, 8)) +
    stroke('M-48 12Q0 -52 48 12', ink, 9) +
    stroke('M52 56q36 -6 40 -44', paper, 16) +
    place(-62, -62, sparkle(20, '#ffe9a8')) +
    place(66, -70, bird(24, 1, paper)),
};

export async function drawAvatar(creator: Creator): Promise<Buffer> {
  const [ground, light, deep] = [52, 78, 26].map((lightness) => `hsl(${creator.hue}, 58%, ${lightness}%)`);
  const drawing =
    rect(0, 0, side, side, ground!) +
    circle(side / 2, side / 2, 122, light!, 'fill-opacity=".28"') +
    place(side / 2, side / 2, signs[creator.handle as Handle](light!, deep!), { scale: 0.95 });
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${side} ${side}">${drawing}</svg>`,
    ),
  )
    .webp({ quality: 90, effort: 2 })
    .toBuffer();
}
