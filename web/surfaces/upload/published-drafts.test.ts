import { expect, test } from 'vitest';
import { notePublished, publishedAtMs } from './published-drafts.ts';

function memory(initial: string | null = null) {
  let text = initial;
  return {
    getItem: () => text,
    setItem(_key: string, value: string) {
      text = value;
    },
  };
}

test('a draft that went out is known by the last time it did, and the oldest are forgotten', () => {
  const storage = memory();
  expect(publishedAtMs('one', storage)).toBeNull();
  notePublished('one', 1000, storage);
  notePublished('one', 2000, storage);
  expect(publishedAtMs('one', storage)).toBe(2000);
  for (let index = 0; index < 100; index++) notePublished(`draft-${index}`, 3000, storage);
  expect(publishedAtMs('one', storage)).toBeNull();
  expect(publishedAtMs('draft-99', storage)).toBe(3000);
});

test('what cannot be read or kept is as if none had gone out', () => {
  expect(publishedAtMs('one', memory('{broken'))).toBeNull();
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(() => notePublished('one', 1, full)).not.toThrow();
});
