import { expect, test } from 'vitest';
import type { EditText } from '../../../contract/edit-list.ts';
import { lettersShown, opacity, present } from './overlay.rules.ts';

const timed = { atMs: 1000, forMs: 2000 };
const typed: EditText = {
  ...timed,
  id: 't',
  text: 'five!',
  style: 'type',
  colour: '#ffffff',
  align: 'start',
  x: 0.5,
  y: 0.5,
  size: 0.1,
  turnDeg: 0,
};

test('a thing is there from its first millisecond until before its last', () => {
  expect([999, 1000, 2999, 3000].map((at) => present(timed, at))).toEqual([false, true, true, false]);
});

test('it comes within 120 ms, a short one faster, and one from the start of the list at once', () => {
  expect(opacity(timed, 1000)).toBe(0);
  expect(opacity(timed, 1060)).toBeCloseTo(0.5);
  expect(opacity(timed, 1120)).toBe(1);
  expect(opacity({ atMs: 1000, forMs: 100 }, 1050)).toBe(1);
  expect(opacity({ atMs: 0, forMs: 2000 }, 0)).toBe(1);
});

test('letters are typed one by one, soon enough to be read', () => {
  expect(lettersShown({ ...typed, style: 'plain' }, 1000)).toBeNull();
  expect([1000, 1066, 1131, 1400].map((at) => lettersShown(typed, at))).toEqual([1, 2, 3, null]);
  const long = { ...typed, text: 'x'.repeat(300) };
  expect(lettersShown(long, 1600)).toBe(151);
  expect(lettersShown(long, 2200)).toBeNull();
  expect(lettersShown({ ...typed, text: '👩‍👩‍👧‍👦b' }, 1000)).toBe(1);
});
