import { expect, test } from 'vitest';
import { captionParts, captionRoom } from './caption.rules.ts';

const marks = (caption: string) =>
  captionParts(caption)
    .filter((part) => part.kind !== 'text')
    .map((part) => part.text);

test('hashtags and mentions are found in every script', () => {
  expect(marks('Shakshuka #onepan #spätzle #日本語 #हिन्दी with @tiny.balcony!')).toEqual([
    '#onepan',
    '#spätzle',
    '#日本語',
    '#हिन्दी',
    '@tiny.balcony',
  ]);
});

test('numbers alone, addresses and mail are not marks', () => {
  expect(marks('we are #1, see https://a.example/#top or write to me@a.example, A&#B')).toEqual([]);
});

test('a dot that ends the sentence does not belong to the mention', () => {
  expect(marks('Thanks @noor.')).toEqual(['@noor']);
});

test('the parts together are the caption again', () => {
  for (const caption of ['', '#a', 'x #a\ny @bb', '##double @@twice', 'end #']) {
    expect(
      captionParts(caption)
        .map((part) => part.text)
        .join(''),
    ).toBe(caption);
  }
});

test('a long caption is parsed in no time', () => {
  expect(captionParts(`@${'a.'.repeat(1100)}`).length).toBeGreaterThan(0);
});

test('the counter says when it gets tight and when it is too much', () => {
  expect(captionRoom('abc', 2200)).toEqual({ left: 2197, over: false, near: false });
  expect(captionRoom('a'.repeat(2100), 2200)).toEqual({ left: 100, over: false, near: true });
  expect(captionRoom('a'.repeat(2201), 2200)).toEqual({ left: -1, over: true, near: true });
});
