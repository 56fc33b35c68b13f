import { expect, test } from 'vitest';
import { deedOfKey } from './keys.ts';

const press = (key: string, more = {}) => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  repeat: false,
  ...more,
});

test('arrows, j and k move; letters do what the list of keys says', () => {
  const deeds = ['ArrowDown', 'j', 'ArrowUp', 'K', ' ', 'm', 'L', 'c', 't', 's', 'w', '?', 'x', 'Escape'].map(
    (key) => deedOfKey(press(key), true),
  );
  expect(deeds).toEqual([
    'next',
    'next',
    'previous',
    'previous',
    'toggle',
    'mute',
    'like',
    'comments',
    'captions',
    'share',
    'why',
    'keys',
    null,
    null,
  ]);
});

test('with single letters switched off only arrows and space remain', () => {
  expect(deedOfKey(press('l'), false)).toBeNull();
  expect(deedOfKey(press('?'), false)).toBeNull();
  expect(deedOfKey(press('ArrowDown'), false)).toBe('next');
  expect(deedOfKey(press(' '), false)).toBe('toggle');
});

test('shortcuts of the browser stay the browser’s, and a held key likes only once', () => {
  expect(deedOfKey(press('l', { ctrlKey: true }), true)).toBeNull();
  expect(deedOfKey(press('l', { repeat: true }), true)).toBeNull();
  expect(deedOfKey(press('ArrowDown', { repeat: true }), true)).toBe('next');
});

test('what undoes everywhere else undoes here, letters or not', () => {
  expect(deedOfKey(press('z', { ctrlKey: true }), false)).toBe('undo');
  expect(deedOfKey(press('z', { metaKey: true }), true)).toBe('undo');
  expect(deedOfKey(press('z'), true)).toBeNull();
});
