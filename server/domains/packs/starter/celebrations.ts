import {
  around,
  cutOut,
  disc,
  ember,
  fill,
  ink,
  lamp,
  line,
  oval,
  paper,
  round,
  star,
  turned,
} from './shapes.ts';
import type { StarterPack } from './starter.ts';

const water = '#3aa7d8';
const pale = '#bfe6f5';
const bowlShape = 'M14 46H86C86 70 72 82 62 84V90H38V84C28 82 14 70 14 46Z';
const dropShape = 'M50 8C62 30 78 46 78 63A28 28 0 0 1 22 63C22 46 38 30 50 8Z';
const gunShape = 'M8 36H70L78 28H90V56H66L60 62L66 88H46L38 62H20C12 62 8 56 8 48Z';

/** The Thai new year: water, flowers, and a day off from being dry. 13 to 15 April, with the days of getting ready. */
export const songkran: StarterPack = {
  key: 'songkran',
  names: { en: 'Songkran', de: 'Songkran' },
  markets: ['TH', 'LA', 'MM', 'KH'],
  season: { kind: 'yearly', from: '04-08', to: '04-16' },
  position: 10,
  stickers: [
    {
      name: 'bowl',
      names: { en: 'Silver bowl', de: 'Silberschale' },
      svg: cutOut(
        `${bowlShape}M20 30H80V46H20Z`,
        oval(50, 46, 36, 11, '#8f99a3') +
          oval(50, 46, 31, 8, water) +
          fill(
            'M14 46C14 54 30 58 50 58S86 54 86 46C86 70 72 82 62 84V90H38V84C28 82 14 70 14 46Z',
            '#c9d1d8',
          ) +
          [30, 40, 50, 60, 70].map((x) => oval(x, 68, 2, 5, '#9aa4ad')).join('') +
          around(5, oval(38, 36, 3, 6, paper), 38, 42) +
          disc(38, 42, 2.4, lamp) +
          around(5, oval(62, 38, 3, 6, '#ffd9ec'), 62, 43) +
          disc(62, 43, 2.4, ember),
      ),
    },
    {
      name: 'splash',
      names: { en: 'Splash', de: 'Spritzer' },
      svg: cutOut(
        star(9, 46, 26),
        fill(star(9, 46, 26), water) +
          fill(star(9, 30, 17, 50, 52), pale) +
          disc(84, 16, 6, water) +
          disc(14, 26, 4, water),
      ),
    },
    {
      name: 'drop',
      names: { en: 'Happy drop', de: 'Froher Tropfen' },
      svg: cutOut(
        dropShape,
        fill(dropShape, water) +
          line('M33 62A18 18 0 0 1 38 46', pale, 5) +
          disc(42, 60, 3.5, ink) +
          disc(60, 60, 3.5, ink) +
          line('M43 71Q51 79 59 71', ink, 3.5),
      ),
    },
    {
      name: 'jasmine',
      names: { en: 'Jasmine garland', de: 'Jasminkranz' },
      svg: cutOut(
        'M50 4A40 40 0 1 0 50.1 4ZM50 26A18 18 0 1 1 49.9 26ZM44 78H56V98H44Z',
        around(16, `${disc(50, 15, 8.5, '#e6d9ae')}${disc(50, 15, 3, lamp)}`, 50, 44) +
          `<circle cx="50" cy="44" r="29" fill="none" stroke="#6aa84f" stroke-width="2"/>` +
          fill('M44 76H56L60 98H40Z', ember) +
          disc(50, 76, 8, lamp),
      ),
    },
    {
      name: 'squirt',
      names: { en: 'Water pistol', de: 'Wasserpistole' },
      svg: cutOut(
        gunShape,
        fill(gunShape, lamp) +
          fill('M20 40H58V50H20Z', water) +
          fill('M84 32H90V52H84Z', ember) +
          line('M52 66H62', '#c97f00', 4) +
          disc(97, 38, 3, water) +
          disc(103, 46, 2.5, water),
      ),
    },
  ],
};

const maskShape =
  'M6 38C20 26 40 30 50 38C60 30 80 26 94 38C98 62 82 76 68 72C58 70 55 62 50 58C45 62 42 70 32 72C18 76 2 62 6 38Z';
const drumShape = 'M18 30H82V74C82 84 68 90 50 90S18 84 18 74Z';

/** From the Thursday before Ash Wednesday to the day itself. */
export const carnival: StarterPack = {
  key: 'carnival',
  names: { en: 'Carnival', de: 'Karneval' },
  markets: [],
  season: { kind: 'easter', from: -52, to: -46 },
  position: 20,
  stickers: [
    {
      name: 'mask',
      names: { en: 'Mask', de: 'Maske' },
      svg: cutOut(
        `${maskShape}M50 4L60 34H40Z`,
        fill('M50 2C58 12 58 24 50 36C42 24 42 12 50 2Z', '#2f9e6e') +
          turned(-28, fill('M50 2C57 12 57 24 50 36C43 24 43 12 50 2Z', lamp), 50, 40) +
          turned(28, fill('M50 2C57 12 57 24 50 36C43 24 43 12 50 2Z', ember), 50, 40) +
          fill(maskShape, '#6c3fa0') +
          fill('M17 48C24 40 36 44 40 52C34 60 21 60 17 48Z', ink) +
          fill('M83 48C76 40 64 44 60 52C66 60 79 60 83 48Z', ink) +
          line('M14 42C24 33 38 36 46 43', lamp, 3) +
          line('M86 42C76 33 62 36 54 43', lamp, 3),
      ),
    },
    {
      name: 'drum',
      names: { en: 'Drum', de: 'Trommel' },
      svg: cutOut(
        `${drumShape}M8 8L50 30L92 8`,
        fill(drumShape, ember) +
          line('M18 46L34 82M34 46L50 88M50 46L66 82M66 46L80 76', paper, 3) +
          oval(50, 31, 32, 11, paper) +
          line('M18 31A32 11 0 0 0 82 31A32 11 0 0 0 18 31Z', lamp, 4) +
          line('M10 6L44 28M90 6L56 28', '#6b3f26', 5) +
          disc(44, 28, 5, lamp) +
          disc(56, 28, 5, lamp),
      ),
    },
    {
      name: 'confetti',
      names: { en: 'Confetti', de: 'Konfetti' },
      svg: cutOut(
        'M8 92L38 34L66 62Z',
        fill('M8 92L38 34L66 62Z', '#6c3fa0') +
          line('M24 62L38 76M32 48L52 68', lamp, 5) +
          turned(45, oval(52, 48, 19, 7, paper), 52, 48) +
          [
            [60, 20, ember],
            [78, 30, lamp],
            [70, 44, '#2f9e6e'],
            [88, 52, water],
            [50, 10, water],
            [84, 12, '#6c3fa0'],
          ]
            .map(([x, y, colour]) =>
              turned(
                Number(x) * 3,
                fill(`M${Number(x) - 4} ${Number(y) - 3}h9v6h-9Z`, String(colour)),
                Number(x),
                Number(y),
              ),
            )
            .join(''),
      ),
    },
    {
      name: 'fool',
      names: { en: 'Fool’s cap', de: 'Narrenkappe' },
      svg: cutOut(
        'M22 78C16 50 8 48 8 30C26 30 34 42 40 48C42 30 46 18 50 10C54 18 58 30 60 48C66 42 74 30 92 30C92 48 84 50 78 78Z',
        fill('M22 78C16 50 8 48 8 30C26 30 34 42 40 48L50 78Z', ember) +
          fill('M78 78C84 50 92 48 92 30C74 30 66 42 60 48L50 78Z', '#2f9e6e') +
          fill('M34 78C36 46 44 24 50 10C56 24 64 46 66 78Z', lamp) +
          fill('M18 76H82V88H18Z', '#6c3fa0') +
          disc(8, 30, 6, lamp) +
          disc(92, 30, 6, lamp) +
          disc(50, 9, 6, ember),
      ),
    },
  ],
};

const bands = ['#e5484d', '#ff8b3d', '#ffd23f', '#3fae6a', '#3a7bd5', '#8e4ec6'];
const heartShape =
  'M50 88C22 66 10 52 10 36C10 22 20 14 31 14C40 14 47 19 50 26C53 19 60 14 69 14C80 14 90 22 90 36C90 52 78 66 50 88Z';

/** June, and nobody minds if it goes on into July. */
export const pride: StarterPack = {
  key: 'pride',
  names: { en: 'Pride', de: 'Pride' },
  markets: [],
  season: { kind: 'yearly', from: '06-01', to: '07-05' },
  position: 40,
  stickers: [
    {
      name: 'rainbow',
      names: { en: 'Rainbow', de: 'Regenbogen' },
      svg: cutOut(
        'M4 74A46 46 0 0 1 96 74Z',
        bands
          .map((colour, i) =>
            line(`M${9 + i * 6} 72A${41 - i * 6} ${41 - i * 6} 0 0 1 ${91 - i * 6} 72`, colour, 6.4),
          )
          .join('') +
          [18, 82]
            .map((x) => disc(x - 8, 76, 8, paper) + disc(x, 71, 10, paper) + disc(x + 8, 76, 8, paper))
            .join(''),
      ),
    },
    {
      name: 'heart',
      names: { en: 'Heart of all colours', de: 'Herz aller Farben' },
      svg: cutOut(
        heartShape,
        `<defs><clipPath id="h"><path d="${heartShape}"/></clipPath></defs><g clip-path="url(#h)">` +
          bands
            .map((colour, i) => `<rect x="0" y="${12 + i * 13}" width="100" height="13.5" fill="${colour}"/>`)
            .join('') +
          '</g>',
      ),
    },
    {
      name: 'flag',
      names: { en: 'Flag', de: 'Fahne' },
      svg: cutOut(
        'M18 8H26V96H18ZM26 12H92V58H26Z',
        bands
          .map((colour, i) =>
            fill(
              `M26 ${12 + i * 7.7}C44 ${6 + i * 7.7} 66 ${20 + i * 7.7} 92 ${12 + i * 7.7}V${20 + i * 7.7}C66 ${28 + i * 7.7} 44 ${14 + i * 7.7} 26 ${20 + i * 7.7}Z`,
              colour,
            ),
          )
          .join('') +
          line('M22 8V96', '#6b3f26', 6) +
          disc(22, 8, 5, lamp),
      ),
    },
    {
      name: 'sun',
      names: { en: 'Everybody’s sun', de: 'Sonne für alle' },
      svg: cutOut(
        star(12, 48, 30),
        bands.map((colour, i) => around(2, fill('M50 2L57 26H43Z', colour), 50, 50, i * 30)).join('') +
          disc(50, 50, 25, '#ffd23f') +
          disc(42, 46, 3.2, ink) +
          disc(58, 46, 3.2, ink) +
          line('M40 56Q50 66 60 56', ink, 3.5),
      ),
    },
  ],
};

const night = '#243b63';
const treeShape = 'M50 6L72 36H62L82 64H66L90 90H10L34 64H18L38 36H28Z';

/** The dark weeks of the north, without a feast's name: candles, snow, and something hot. */
export const winter: StarterPack = {
  key: 'winter',
  names: { en: 'Winter lights', de: 'Winterlichter' },
  markets: [],
  season: { kind: 'yearly', from: '12-01', to: '01-06' },
  position: 80,
  stickers: [
    {
      name: 'candle',
      names: { en: 'Candle', de: 'Kerze' },
      svg: cutOut(
        'M32 46H68V92H32ZM50 6C64 24 62 38 50 40C38 38 36 24 50 6Z',
        disc(50, 28, 26, '#ffb22433') +
          fill('M34 46H66V92H34Z', '#f0e2c8') +
          fill('M34 46H66V54Q60 66 56 54Q50 74 45 54Q40 60 34 52Z', '#fff6e2') +
          line('M50 46V38', ink, 3) +
          fill('M50 6C62 22 60 36 50 39C40 36 38 22 50 6Z', lamp) +
          fill('M50 20C56 28 55 35 50 37C45 35 44 28 50 20Z', '#fff0b8'),
      ),
    },
    {
      name: 'flake',
      names: { en: 'Snowflake', de: 'Schneeflocke' },
      svg: cutOut(
        round(50, 50, 44),
        disc(50, 50, 44, night) +
          around(6, line('M50 50V12M50 22L42 14M50 22L58 14M50 34L44 28M50 34L56 28', '#dcefff', 4.5)) +
          disc(50, 50, 5, paper),
      ),
    },
    {
      name: 'tree',
      names: { en: 'Fir with lights', de: 'Tanne mit Lichtern' },
      svg: cutOut(
        `${treeShape}M44 90H56V98H44Z`,
        fill('M44 88H56V98H44Z', '#6b3f26') +
          fill(treeShape, '#2c7a52') +
          line('M36 40Q50 50 64 38M28 66Q50 80 74 64', '#1d5a3b', 3) +
          [
            [42, 43],
            [57, 44],
            [38, 70],
            [52, 75],
            [66, 68],
            [50, 28],
          ]
            .map(([x, y], i) => disc(x!, y!, 4, [lamp, ember, '#ffe9a8'][i % 3]!))
            .join('') +
          fill(star(5, 10, 4.5, 50, 7), lamp),
      ),
    },
    {
      name: 'mitten',
      names: { en: 'Mitten', de: 'Fäustling' },
      svg: cutOut(
        'M34 92V52L24 42C14 32 26 22 34 30L38 34V26A17 17 0 0 1 72 26V92Z',
        fill('M34 78V52L24 42C14 32 26 22 34 30L38 34V26A17 17 0 0 1 72 26V78Z', ember) +
          fill('M31 76H75V93H31Z', paper) +
          line('M40 78V91M48 78V91M56 78V91M64 78V91', '#d8d2c8', 3) +
          around(6, line('M55 46V36', paper, 3), 55, 48),
      ),
    },
    {
      name: 'string',
      names: { en: 'String of lights', de: 'Lichterkette' },
      svg: cutOut(
        'M2 26Q50 74 98 26V40Q50 90 2 40Z',
        line('M2 24Q50 68 98 24', '#2c7a52', 4) +
          [
            [12, 34, ember],
            [30, 46, lamp],
            [50, 51, '#3aa7d8'],
            [70, 46, '#8e4ec6'],
            [88, 34, '#3fae6a'],
          ]
            .map(
              ([x, y, colour]) =>
                fill(`M${x} ${Number(y)}c8 8 7 20 0 22c-7 -2 -8 -14 0 -22Z`, String(colour)) +
                fill(`M${Number(x) - 3} ${Number(y) - 3}h6v6h-6Z`, ink),
            )
            .join(''),
      ),
    },
  ],
};
