import { expect, test } from 'vitest';
import { completed, tokenAt } from './completion.rules.ts';

const at = (marked: string) => {
  const caret = marked.indexOf('|');
  return tokenAt(marked.replace('|', ''), caret);
};

test('a tag or a name is completed where it is written', () => {
  expect(at('Look #sun|')).toEqual({ kind: 'hashtag', start: 5, end: 9, query: 'sun' });
  expect(at('#|')).toMatchObject({ kind: 'hashtag', query: '' });
  expect(at('with @mi.ra|')).toMatchObject({ kind: 'mention', query: 'mi.ra' });
  expect(at('散歩#東|')).toMatchObject({ kind: 'hashtag', start: 2, query: '東' });
  expect(at('(#лет|')).toMatchObject({ query: 'лет' });
  expect(at('مرحبا #قه|')).toMatchObject({ query: 'قه' });
});

test.each([
  'me@mail|',
  'a#b|',
  'https://x.example/#top|',
  '&#39|',
  '#one two|',
  '',
  '#a.b|',
  'x &#|',
  '#no |',
])('nothing is offered at %j', (text) => {
  expect(at(text)).toBe(null);
});

test('the caret in the middle of a tag replaces all of it, and one space follows', () => {
  const text = 'a #sunXset b';
  const token = tokenAt(text, 6)!;
  expect(token).toEqual({ kind: 'hashtag', start: 2, end: 10, query: 'sun' });
  const { insert, end } = completed(text, token, 'sunset');
  expect(text.slice(0, token.start) + insert + text.slice(end)).toBe('a #sunset b');
});
