import { describe, expect, test } from 'vitest';
import { directionOf, graphemes, pieces, wrap } from './text-lines.ts';

/** Every letter one wide: what is tested is where lines end. */
const inLetters = (piece: string) => graphemes(piece).length;
const lines = (text: string, widest: number) => wrap(text, widest, inLetters);

describe('a line ends', () => {
  test('between words, and its last space hangs over', () => {
    expect(lines('one two three', 7)).toEqual(['one two', 'three']);
    expect(lines('one two three', 100)).toEqual(['one two three']);
  });
  test('where the creator ended it, empty lines too', () => {
    expect(lines('one\n\ntwo\r\nthree', 100)).toEqual(['one', '', 'two', 'three']);
  });
  test('never before punctuation, never after an opening bracket, a # or an @', () => {
    expect(lines('well, (yes) then!', 5)).toEqual(['well,', '(yes)', 'then!']);
    expect(lines('see #kinora now', 8)).toEqual(['see', '#kinora', 'now']);
    expect(pieces('«Oui», dit-elle')).toEqual(['«Oui», ', 'dit-', 'elle']);
  });
  test('not at a no-break space', () => {
    expect(lines('cost 12\u00a0km far', 8)).toEqual(['cost', '12\u00a0km', 'far']);
  });
  test('between the words of scripts that write no spaces', () => {
    const thai = 'สวัสดีครับทุกคน';
    expect(lines(thai, 8).join('')).toBe(thai);
    expect(lines(thai, 8).length).toBeGreaterThan(1);
    expect(lines('今日は、いい天気です。', 6).every((line) => !/^[、。]/.test(line))).toBe(true);
  });
  test('within a word only if it is wider than the frame, and never within a letter', () => {
    expect(lines('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    const family = '👩‍👩‍👧‍👦';
    expect(lines(family.repeat(5), 2)).toEqual([family.repeat(2), family.repeat(2), family]);
    expect(lines('e\u0301'.repeat(3), 1)).toEqual(['e\u0301', 'e\u0301', 'e\u0301']);
  });
  test('and no letter is lost on the way', () => {
    const text = 'Ein längerer Satz, mit: „Zeichen“ (und mehr) — 3,14 & #tag @name שלום مرحبا 日本語';
    for (let widest = 1; widest < 40; widest++)
      expect(lines(text, widest).join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
  });
});

test('the direction is that of the first letter that has one', () => {
  expect(directionOf('Hello שלום')).toBe('ltr');
  expect(directionOf('12 … שלום Hello')).toBe('rtl');
  expect(directionOf('«مرحبا»')).toBe('rtl');
  expect(directionOf('123 !')).toBe('ltr');
  expect(directionOf('日本語')).toBe('ltr');
});
