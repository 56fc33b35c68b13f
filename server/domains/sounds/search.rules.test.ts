import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { termsOf, wantedTerms } from './search.rules.ts';

const finds = (search: string, ...texts: string[]) => {
  const terms = new Set(termsOf(texts));
  return wantedTerms(search).every((term) => terms.has(term));
};

describe('a sound is found', () => {
  test.each([
    ['the beginning of any word', 'rai mor', ['Morning rain']],
    ['any case and accent', 'CAFE', ['Café noir']],
    ['German sharp s', 'strasse', ['Straße']],
    ['Greek, with its last sigma', 'ΦΩΣ', ['φως']],
    ['Cyrillic', 'дожд', ['Дождь в лесу']],
    ['Arabic', 'صوت', ['صوت المطر']],
    ['a part of Japanese', '雨の', ['夜の雨の音']],
    ['one Chinese letter', '雨', ['夜雨']],
    ['Thai', 'ฝน', ['เสียงฝนตก']],
    ['Hindi, vowels and all', 'बारि', ['बारिश']],
    ['a half-width spelling', 'ｒａｉｎ', ['rain']],
    ['words of title and artist together', 'rain kino', ['Rain', 'Kinora']],
    [
      'a long word by more letters than are kept',
      'donaudampfschifffahrt',
      ['Donaudampfschifffahrtsgesellschaft'],
    ],
    ['nothing asked', '  … ', ['anything']],
  ])('by %s', (_, search, texts) => {
    expect(finds(search, ...texts)).toBe(true);
  });

  test.each([
    ['the middle of a word', 'ain', 'rain'],
    ['letters in another order', '雨夜', '夜雨'],
    ['another vowel', 'बूरि', 'बारिश'],
    ['one word of two', 'rain sun', 'rain'],
  ])('not by %s', (_, search, text) => {
    expect(finds(search, text)).toBe(false);
  });

  test('by its own title, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (title) => {
        expect(finds(title, title)).toBe(true);
      }),
    );
  });
});
