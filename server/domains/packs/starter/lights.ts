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

const red = '#d6322b';
const gold = '#f6c445';
const lanternShape = 'M30 24H70C88 30 88 70 70 76H30C12 70 12 30 30 24Z';
const diyaShape = 'M8 52H92C88 76 72 88 50 88S12 76 8 52Z';

/** From the eve to the feast of lanterns. */
export const lunar: StarterPack = {
  key: 'lunar',
  names: { en: 'Lunar New Year', de: 'Mondneujahr' },
  markets: [],
  season: { kind: 'calendar', calendar: 'chinese', month: 1, day: 1, from: -3, to: 14 },
  position: 11,
  stickers: [
    {
      name: 'lantern',
      names: { en: 'Red lantern', de: 'Rote Laterne' },
      svg: cutOut(
        `${lanternShape}M44 4H56V24H44ZM42 76H58V98H42Z`,
        line('M50 2V18', gold, 4) +
          fill(lanternShape, red) +
          line('M38 26C28 36 28 64 38 74M50 25V75M62 26C72 36 72 64 62 74', '#f0665c', 3) +
          fill('M32 18H68V27H32ZM32 73H68V82H32Z', gold) +
          line('M44 84V96M50 84V98M56 84V96', gold, 3),
      ),
    },
    {
      name: 'envelope',
      names: { en: 'Red envelope', de: 'Roter Umschlag' },
      svg: cutOut(
        'M22 8H78V94H22Z',
        fill('M24 8H76Q78 8 78 10V92Q78 94 76 94H24Q22 94 22 92V10Q22 8 24 8Z', red) +
          fill('M22 10H78V22C66 42 34 42 22 22Z', '#b8221c') +
          disc(50, 36, 10, gold) +
          fill('M45 31H55V41H45Z', red) +
          line('M34 62H66M34 72H66M34 82H66', '#f0665c', 3),
      ),
    },
    {
      name: 'blossom',
      names: { en: 'Plum blossom', de: 'Pflaumenblüte' },
      svg: cutOut(
        round(50, 50, 42),
        around(5, disc(50, 27, 18, '#f58aa4') + disc(50, 25, 9, '#ffc2d0')) +
          around(10, line('M50 48V36', gold, 2) + disc(50, 35, 2.6, gold), 50, 50, 18) +
          disc(50, 50, 7, red),
      ),
    },
    {
      name: 'firework',
      names: { en: 'Fireworks', de: 'Feuerwerk' },
      svg: cutOut(
        round(50, 50, 45),
        disc(50, 50, 45, '#1d1b3a') +
          around(12, line('M50 42V22', gold, 4) + disc(50, 14, 3, ember)) +
          around(12, line('M50 44V34', '#ff8f6b', 3) + disc(50, 27, 2, paper), 50, 50, 15) +
          disc(50, 50, 5, paper),
      ),
    },
    {
      name: 'mandarin',
      names: { en: 'Mandarin', de: 'Mandarine' },
      svg: cutOut(
        `${round(50, 58, 36)}M50 30L72 8L80 26Z`,
        disc(50, 58, 36, '#ff9a2e') +
          disc(40, 48, 12, '#ffb65e') +
          [34, 62, 72, 55].map((x, i) => disc(x, 66 + (i % 2) * 8, 1.6, '#e07a10')).join('') +
          line('M50 24V16', '#5c7a2a', 4) +
          fill('M50 24C58 8 74 4 82 10C80 24 66 30 50 24Z', '#4f9a4a'),
      ),
    },
  ],
};

/** The evening before the end of Ramadan, and the days of the feast. */
export const eid: StarterPack = {
  key: 'eid',
  names: { en: 'Eid', de: 'Zuckerfest' },
  markets: [],
  season: { kind: 'calendar', calendar: 'islamic-umalqura', month: 10, day: 1, from: -1, to: 3 },
  position: 30,
  stickers: [
    {
      name: 'moon',
      names: { en: 'Crescent and star', de: 'Mondsichel und Stern' },
      svg: cutOut(
        'M62 8A44 44 0 1 0 94 70A36 36 0 0 1 62 8Z',
        fill('M62 8A44 44 0 1 0 94 70A36 36 0 0 1 62 8Z', gold) +
          line('M24 64A34 34 0 0 0 48 84', '#ffe3a0', 4) +
          fill(star(5, 15, 6.5, 76, 34), gold),
      ),
    },
    {
      name: 'fanous',
      names: { en: 'Lantern', de: 'Laterne' },
      svg: cutOut(
        'M50 6L70 30L76 78L62 94H38L24 78L30 30Z',
        `<circle cx="50" cy="8" r="6" fill="none" stroke="${gold}" stroke-width="4"/>` +
          fill('M50 12L70 32H30Z', '#1f7a6d') +
          fill('M30 32H70L75 76H25Z', '#2aa693') +
          fill('M42 38H58L61 70H39Z', '#ffe9a8') +
          fill('M50 44C56 52 55 62 50 64C45 62 44 52 50 44Z', lamp) +
          fill('M25 76H75L62 92H38Z', '#1f7a6d') +
          line('M30 32H70M25 76H75', gold, 4),
      ),
    },
    {
      name: 'sweets',
      names: { en: 'Sweets', de: 'Süßes' },
      svg: cutOut(
        'M10 56H90L80 86H20Z',
        disc(32, 50, 14, '#e9b872') +
          disc(52, 42, 15, '#d99a4e') +
          disc(70, 51, 13, '#f0cf9a') +
          [29, 37, 48, 56, 67, 74].map((x, i) => disc(x, 42 + (i % 3) * 5, 2, '#7ba653')).join('') +
          fill('M8 56H92L82 86Q80 90 76 90H24Q20 90 18 86Z', '#3a7bd5') +
          line('M16 68H84', '#9cc4f2', 4),
      ),
    },
    {
      name: 'gift',
      names: { en: 'Present', de: 'Geschenk' },
      svg: cutOut(
        'M16 34H84V92H16ZM30 12H70V34H30Z',
        fill('M18 44H82V92H18Z', '#8e4ec6') +
          fill('M12 32H88V48H12Z', '#a56bd9') +
          fill('M44 32H56V92H44Z', gold) +
          line('M50 32C30 32 26 12 38 12C46 12 50 24 50 32C50 24 54 12 62 12C74 12 70 32 50 32Z', gold, 5),
      ),
    },
  ],
};

/** Lakshmi Puja, by the almanacs of India, with the days around it. */
const diwaliDays = [
  '2026-11-08',
  '2027-10-29',
  '2028-10-17',
  '2029-11-05',
  '2030-10-26',
  '2031-11-14',
  '2032-11-02',
];
const shifted = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const diwali: StarterPack = {
  key: 'diwali',
  names: { en: 'Diwali', de: 'Diwali' },
  markets: [],
  season: {
    kind: 'dates',
    spans: diwaliDays.map((day) => ({ from: shifted(day, -3), to: shifted(day, 2) })),
  },
  position: 70,
  stickers: [
    {
      name: 'diya',
      names: { en: 'Oil lamp', de: 'Öllampe' },
      svg: cutOut(
        `${diyaShape}M50 6C66 26 62 44 50 48C38 44 34 26 50 6Z`,
        fill('M50 6C64 24 61 42 50 46C39 42 36 24 50 6Z', lamp) +
          fill('M50 22C57 32 55 40 50 43C45 40 43 32 50 22Z', '#fff0b8') +
          oval(50, 53, 40, 9, '#8a3b1e') +
          fill('M8 53C12 62 30 64 50 64S88 62 92 53C88 77 72 89 50 89S12 77 8 53Z', '#c4572b') +
          [26, 42, 58, 74].map((x) => disc(x, 74, 4, gold)).join('') +
          line('M18 67Q50 76 82 67', gold, 2.5),
      ),
    },
    {
      name: 'rangoli',
      names: { en: 'Rangoli', de: 'Rangoli' },
      svg: cutOut(
        round(50, 50, 45),
        around(8, oval(50, 20, 10, 17, '#e23b7a') + oval(50, 22, 5, 10, '#ffb0cf')) +
          around(8, oval(50, 31, 6, 12, '#2aa693'), 50, 50, 22.5) +
          disc(50, 50, 16, gold) +
          around(8, disc(50, 40, 3, '#8e4ec6')) +
          disc(50, 50, 5, ember),
      ),
    },
    {
      name: 'sparkler',
      names: { en: 'Sparkler', de: 'Wunderkerze' },
      svg: cutOut(
        `${round(60, 36, 30)}M14 96L44 52L50 58L22 98Z`,
        line('M18 94L56 40', '#9aa0a6', 5) +
          around(14, line('M60 28V10', gold, 3), 60, 36) +
          around(14, line('M60 30V20', paper, 2.5) + disc(60, 6, 2, ember), 60, 36, 13) +
          disc(60, 36, 8, '#fff6d0'),
      ),
    },
    {
      name: 'lotus',
      names: { en: 'Lotus', de: 'Lotus' },
      svg: cutOut(
        'M50 12C66 34 92 40 96 58C84 80 66 86 50 86S16 80 4 58C8 40 34 34 50 12Z',
        [-52, 52, -28, 28]
          .map((degrees, i) =>
            turned(
              degrees,
              fill('M50 14C64 36 62 64 50 82C38 64 36 36 50 14Z', i < 2 ? '#d94f8a' : '#ee7fae'),
              50,
              82,
            ),
          )
          .join('') +
          fill('M50 14C64 36 62 64 50 82C38 64 36 36 50 14Z', '#ffb0cf') +
          fill('M18 82Q50 96 82 82Q66 92 50 92T18 82Z', '#3fae6a'),
      ),
    },
  ],
};

/** What the year brought in, in the north; the south has its own in March. */
export const harvest: StarterPack = {
  key: 'harvest',
  names: { en: 'Harvest', de: 'Ernte' },
  markets: [],
  season: { kind: 'yearly', from: '09-15', to: '10-31' },
  position: 60,
  stickers: [
    {
      name: 'pumpkin',
      names: { en: 'Pumpkin', de: 'Kürbis' },
      svg: cutOut(
        'M50 30C80 18 98 40 94 62C90 84 70 92 50 88C30 92 10 84 6 62C2 40 20 18 50 30Z',
        oval(26, 58, 21, 29, '#e8761f') +
          oval(74, 58, 21, 29, '#e8761f') +
          oval(38, 58, 18, 31, '#f28a2e') +
          oval(62, 58, 18, 31, '#f28a2e') +
          oval(50, 58, 13, 32, '#ff9d45') +
          fill('M46 30C46 20 42 14 50 8L58 12C54 18 55 24 55 30Z', '#5c7a2a') +
          line('M58 20C70 12 80 18 78 26', '#5c7a2a', 3),
      ),
    },
    {
      name: 'wheat',
      names: { en: 'Sheaf', de: 'Garbe' },
      svg: cutOut(
        'M50 96L34 60L22 20L50 8L78 20L66 60Z',
        [-26, -13, 0, 13, 26]
          .map((degrees) =>
            turned(
              degrees,
              line('M50 92V34', '#c99a3a', 3) +
                [14, 22, 30]
                  .map((y) => oval(46, y, 4, 7, '#e9bd5a') + oval(54, y, 4, 7, '#f3d07c'))
                  .join('') +
                oval(50, 7, 4, 7, '#f3d07c'),
              50,
              92,
            ),
          )
          .join('') + fill('M38 64H62V74H38Z', ember),
      ),
    },
    {
      name: 'apple',
      names: { en: 'Apple', de: 'Apfel' },
      svg: cutOut(
        'M50 30C66 18 92 26 90 54C88 78 68 96 50 88C32 96 12 78 10 54C8 26 34 18 50 30Z',
        fill('M50 30C66 18 92 26 90 54C88 78 68 96 50 88C32 96 12 78 10 54C8 26 34 18 50 30Z', red) +
          line('M22 50C23 40 29 35 36 35', '#f0857d', 6) +
          line('M50 32C50 22 53 16 58 10', '#6b3f26', 5) +
          fill('M56 20C66 8 80 10 84 14C80 26 66 28 56 20Z', '#4f9a4a'),
      ),
    },
    {
      name: 'leaf',
      names: { en: 'Autumn leaf', de: 'Herbstlaub' },
      svg: cutOut(
        'M50 4L58 26L78 16L72 38L96 42L76 58L84 78L60 70L50 80L40 70L16 78L24 58L4 42L28 38L22 16L42 26Z',
        fill(
          'M50 4L58 26L78 16L72 38L96 42L76 58L84 78L60 70L50 80L40 70L16 78L24 58L4 42L28 38L22 16L42 26Z',
          '#d9602a',
        ) + line('M50 96V22M50 60L74 44M50 60L26 44M50 44L66 28M50 44L34 28', '#9c3d14', 3.5),
      ),
    },
    {
      name: 'mushroom',
      names: { en: 'Mushroom', de: 'Pilz' },
      svg: cutOut(
        'M8 52C8 24 30 10 50 10S92 24 92 52ZM36 52H64L68 90H32Z',
        fill('M38 50H62L67 86Q50 96 33 86Z', '#f3e6d2') +
          fill('M8 54C8 24 30 10 50 10S92 24 92 54Q50 64 8 54Z', red) +
          disc(32, 34, 7, paper) +
          disc(56, 24, 6, paper) +
          disc(72, 42, 7, paper) +
          disc(48, 44, 5, paper) +
          disc(43, 70, 2.4, ink) +
          disc(57, 70, 2.4, ink) +
          line('M46 78Q50 82 54 78', ink, 2.5),
      ),
    },
  ],
};
