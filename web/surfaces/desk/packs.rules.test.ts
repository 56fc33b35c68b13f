import { expect, test } from 'vitest';
import { nameIn, readMarkets, readPack, stickerNameOf, typedOf } from './packs.rules.ts';

const typed = { ...typedOf(null), key: 'bakers', names: { en: ' Bakers’ day ', de: '' } };

test('what was typed is read, and a pack that is opened again is the same', () => {
  const { facts } = readPack({ ...typed, markets: 'th la;TH', season: 'yearly', from: '04-13', to: '04-15' });
  expect(facts).toEqual({
    ...{ names: { en: 'Bakers’ day' }, markets: ['TH', 'LA'], position: 100 },
    season: { kind: 'yearly', from: '04-13', to: '04-15' },
  });
  expect(readPack(typedOf({ key: 'bakers', ...facts! })).facts).toEqual(facts);
});

test('dates are one line each; a single day is a span of one', () => {
  const { facts } = readPack({ ...typed, season: 'dates', spans: '2026-11-05 – 2026-11-10\n\n2027-10-29' });
  expect(facts?.season).toEqual({
    kind: 'dates',
    spans: [
      { from: '2026-11-05', to: '2026-11-10' },
      { from: '2027-10-29', to: '2027-10-29' },
    ],
  });
});

test('a season that only the program writes is kept', () => {
  const season = { kind: 'easter', from: -52, to: -46 } as const;
  const opened = typedOf({ key: 'carnival', names: { en: 'Carnival' }, markets: [], season, position: 20 });
  expect(readPack(opened).facts?.season).toEqual(season);
});

test('each fault is named', () => {
  const faults = (more: object) => [...readPack({ ...typed, ...more }).faults];
  expect(faults({ key: 'Bakers day' })).toEqual(['key']);
  expect(faults({ names: { en: ' ' } })).toEqual(['names']);
  expect(faults({ markets: 'Thailand' })).toEqual(['markets']);
  expect(faults({ season: 'yearly', from: '13.4.', to: '04-15' })).toEqual(['season']);
  expect(faults({ season: 'dates', spans: '2026-11-10 – 2026-11-05' })).toEqual(['season']);
  expect(faults({ season: 'dates', spans: '' })).toEqual(['season']);
  expect(faults({ position: 'first' })).toEqual(['position']);
  expect(readMarkets('')).toEqual([]);
});

test('a file gives its sticker a name, and a name is found in one’s language, in English, or in what there is', () => {
  expect(['Rote Laterne (2).svg', '1.svg', 'Äpfel.svg', '灯.svg'].map(stickerNameOf)).toEqual([
    'rotelaterne2',
    'sticker',
    'apfel',
    'sticker',
  ]);
  expect(nameIn({ en: 'Bun', de: 'Brötchen' }, 'de')).toBe('Brötchen');
  expect(nameIn({ en: 'Bun' }, 'th')).toBe('Bun');
  expect(nameIn({ th: 'ขนมปัง' }, 'de')).toBe('ขนมปัง');
});
