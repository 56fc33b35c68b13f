import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText, type MutedText, openMutes } from './mutes.rules.ts';

const text = (caption: string, more: Partial<MutedText> = {}): MutedText => ({
  caption,
  topics: [],
  tags: [],
  cues: null,
  pictureTexts: [],
  textsInside: [],
  ...more,
});
const mutes = (word: string, caption: string) => openMutes([word], [])(text(caption));

describe('a muted word is found', () => {
  test.each([
    ['in any case', 'SPOILER', 'no spoiler, please'],
    ['between punctuation', 'spoiler', '(spoiler!)'],
    ['as a phrase over a line break', 'New York', 'I love\nnew\n york.'],
    ['in full width', 'spoiler', 'ｓｐｏｉｌｅｒ'],
    ['with letters of nothing inside', 'spoiler', 'sp\u200boil\u00ader'],
    ['with a sharp s written out', 'Straße', 'STRASSE'],
    ['in Greek, final sigma or not', 'ΟΔΟΣ', 'μια οδός και μια οδος'],
    ['in Cyrillic', 'Выборы', 'ВЫБОРЫ завтра'],
    ['composed or not', 'café', 'cafe\u0301 au lait'],
    ['in Arabic with and without vowels', 'كلب', 'هذا كَلْب كبير'],
    ['in Hebrew with and without points', 'שלום', 'שָׁלוֹם לכם'],
    ['in Devanagari', 'चुनाव', 'आज चुनाव है'],
    ['in Chinese anywhere', '剧透', '这里有剧透内容'],
    ['in Japanese anywhere, half width too', 'ネタバレ', 'これはﾈﾀﾊﾞﾚです'],
    ['in Thai anywhere', 'การเมือง', 'ข่าวการเมืองวันนี้'],
    ['in Korean with its particle', '고양이', '우리 고양이가 잔다'],
    ['in Latin between Chinese letters', 'cat', '我的cat很可爱'],
    ['as an emoji, next to letters', '🍞', 'fresh🍞here'],
    ['at the very beginning and end', 'a', 'a'],
  ])('%s', (_name, word, caption) => {
    expect(mutes(word, caption)).toBe(true);
  });
});

describe('a muted word is not found', () => {
  test.each([
    ['inside a longer word', 'cat', 'concatenate the category'],
    ['inside a number', '19', 'in 2019'],
    ['when its phrase is broken up', 'new york', 'a new day in york'],
    ['with another accent', 'resume', 'résumé'],
    ['inside a longer Cyrillic word', 'кот', 'котлета и скот'],
    ['inside a longer Arabic word', 'كلب', 'كلبشة'],
    ['in the middle of a Korean word', '양이', '고양이'],
    ['across a Thai vowel', 'คน', 'คนั่ง'],
    ['over the border of caption and tag', 'ends here starts', 'it ends here'],
  ])('%s', (_name, word, caption) => {
    expect(openMutes([word], [])(text(caption, { tags: ['starts'] }))).toBe(false);
  });
});

test('however much is said in a video, reading it is bounded; what is said in the first hour is found', () => {
  const cues = Array.from({ length: 2000 }, (_, at) => ({
    text: at === 90 ? 'spoiler' : 'ａｂｃ ß '.repeat(80),
  }));
  expect(openMutes(['spoiler'], [])(text('', { cues }))).toBe(true);
  expect(openMutes(['nowhere'], [])(text('', { cues }))).toBe(false);
});

test('hashtags, topics and what is said in the video are looked at', () => {
  expect(openMutes(['bread'], [])(text('', { tags: ['bread'] }))).toBe(true);
  expect(openMutes(['Food'], [])(text('', { topics: ['food'] }))).toBe(true);
  expect(openMutes(['new york'], [])(text('', { tags: ['newyork'] }))).toBe(true);
  const cues = [{ text: 'and then we saw' }, { text: 'the ending' }];
  expect(openMutes(['saw the ending'], [])(text('', { cues }))).toBe(true);
});

test('each text in the picture is looked at, and no phrase reaches from one into the next', () => {
  const pictureTexts = ['How it ENDS', 'here'];
  expect(openMutes(['ends'], [])(text('', { pictureTexts }))).toBe(true);
  expect(openMutes(['ends here'], [])(text('', { pictureTexts }))).toBe(false);
});

test('a muted hashtag is that hashtag and no word', () => {
  const muted = openMutes([], ['Bread']);
  expect(muted(text('', { tags: ['bread'] }))).toBe(true);
  expect(muted(text('', { topics: ['bread'] }))).toBe(true);
  expect(muted(text('bread is a word here', { tags: ['breadmaking'] }))).toBe(false);
});

test('folding settles, and a word always finds itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (word) => {
      const once = foldText(word);
      expect(foldText(once)).toBe(once);
      // A mark alone sits on whatever stands before it.
      if (once && !/^\p{M}/u.test(once)) expect(mutes(word, `x ${word} y`)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
