import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalHandle, handleIsValid, handlesFor, isReserved, skeletonOf } from './handles.rules.ts';

const valid = (text: string) => handleIsValid(canonicalHandle(text));
const lookAlike = (a: string, b: string) => skeletonOf(a) === skeletonOf(b);

describe('a handle', () => {
  test.each([
    ...['anna', 'Çelik', 'a_b.c', 'мария', 'ἀλέξης', 'עברית', 'عربي', 'मीनाक्षी', 'வணக்கம்', 'ไทยแลนด์'],
    ...['မြန်မာ', '한글', 'ひらカナ漢字', '漢字', 'ქართული', 'አማርኛ', 'ភាសាខ្មែរ', '99', 'ﬁona'],
  ])('may be written in any script: %s', (handle) => expect(valid(handle)).toBe(true));

  test.each([
    ['one letter', 'a'],
    ['31 letters', 'a'.repeat(31)],
    ['a dot in front', '.anna'],
    ['a dot behind', 'anna.'],
    ['two dots', 'an..na'],
    ['a space', 'an na'],
    ['a sign', 'an/na'],
    ['no letter at all', '__'],
    ['two scripts', 'anиa'],
    ['Latin and Japanese', 'anna漢字'],
    ['digits of another script', 'anna٣'],
    ['an invisible joiner', 'an\u200dna'],
    ['a turned direction', 'an\u202ena'],
    ['an invisible letter', '\u3164\u3164'],
    ['piled marks', 'a\u0316\u0317\u0318b'],
    ['a mark in front', '\u0301ab'],
    ['an emoji', 'anna🎬'],
  ])('with %s is refused', (_, handle) => expect(valid(handle)).toBe(false));

  test.each([
    ['admin', 'аdmin', 'a Cyrillic а'],
    ['scope', 'ѕсоре', 'a word that is Cyrillic as a whole'],
    ['alpha', 'αlpha', 'a Greek alpha'],
    ['kot', 'кот', 'small capitals'],
    ['modern', 'modem', 'rn and m'],
    ['bob', 'b0b', 'zero'],
    ['bill', 'bi11', 'one'],
    ['gross', 'GROẞ', 'a sharp s'],
    ['apple', 'аррӏе', 'a palochka'],
    ['fiona', 'ﬁona', 'a ligature'],
    ['anna', 'ａｎｎａ', 'full width'],
    ['ali', 'alı', 'a dotless i'],
    ['οδος', 'ΟΔΟΣ', 'a final sigma'],
  ])('%s looks like %s (%s)', (a, b) => expect(lookAlike(a, b)).toBe(true));

  test.each([
    ['anna', 'hanna'],
    ['müller', 'muller'],
    ['anna', 'an_na'],
    ['ира', 'ipa1'],
  ])('%s does not look like %s', (a, b) => expect(lookAlike(a, b)).toBe(false));

  test('that speaks for the server is reserved, in any look', () => {
    for (const handle of ['admin', 'аdmin', 'adm1n', 'Kinora', 'k.i_nora', 'moderator', 'rnoderator', 'api'])
      expect(isReserved(canonicalHandle(handle)), handle).toBe(true);
    expect(isReserved('anna')).toBe(false);
  });

  test('has one skeleton, however it is written', () => {
    const alphabets = [
      'abcilmnorsßıé01_.',
      'абвгдеёжийклопстӏ',
      'αβγίλμνορσς',
      'àñçøž',
      'हिन्दी',
      'かがパハ漢字',
    ];
    const text = fc.oneof(
      ...alphabets.map((letters) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 20 })),
    );
    fc.assert(
      fc.property(text, (handle) => {
        const look = skeletonOf(handle);
        expect(skeletonOf(handle.normalize('NFD'))).toBe(look);
        expect(skeletonOf(handle.toUpperCase())).toBe(look);
        expect(skeletonOf(canonicalHandle(handle))).toBe(look);
      }),
    );
  });
});

describe('a handle made from a name', () => {
  test.each([
    ['Anna Müller', 'annamüller'],
    ['Мария Иванова', 'марияиванова'],
    ['日本 太郎', '日本太郎'],
    ['Zed 漢字', 'zed'],
  ])('%s begins as %s', (name, handle) => expect(handlesFor(name, Math.random)[0]).toBe(handle));

  test('is always valid and never speaks for the server', () => {
    expect(handlesFor('Admin', Math.random)[0]).toMatch(/^creator/);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (name, chance) => {
          const handles = handlesFor(name, () => chance);
          expect(handles.length).toBeGreaterThan(3);
          for (const handle of handles)
            expect(handleIsValid(handle) && !isReserved(handle), handle).toBe(true);
        },
      ),
    );
  });
});
