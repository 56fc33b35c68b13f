import { expect, test } from 'vitest';
import { captionParts } from './caption.parts.ts';

const tag = (start: number, end: number, value = 'x') => ({ kind: 'hashtag' as const, start, end, value });

test('hashtags and mentions become parts of their own, the rest stays text', () => {
  const caption = 'Eggs 🍳 #onepan with @lena!';
  const entities = [{ kind: 'mention' as const, start: 21, end: 26, value: 'lena' }, tag(8, 15, 'onepan')];
  const parts = captionParts(caption, entities);
  expect(parts.map(({ text, entity }) => [text, entity?.value])).toEqual([
    ['Eggs 🍳 ', undefined],
    ['#onepan', 'onepan'],
    [' with ', undefined],
    ['@lena', 'lena'],
    ['!', undefined],
  ]);
});

test('faulty offsets lose no text and make no link', () => {
  const caption = 'abcdef';
  for (const entities of [[tag(4, 99)], [tag(3, 3)], [tag(5, 2)], [tag(-2, 3)]])
    expect(captionParts(caption, entities)).toEqual([{ text: caption, at: 0, entity: null }]);
  const overlapping = captionParts(caption, [tag(0, 4), tag(2, 6)]);
  expect(overlapping.map((part) => part.text)).toEqual(['abcd', 'ef']);
});

test('an empty caption has no parts', () => {
  expect(captionParts('', [])).toEqual([]);
});
