import { expect, test } from 'vitest';
import { strengthOf } from './password.rules.ts';

test('eight characters are the least, counted as people count', () => {
  expect(strengthOf('abc')).toBe('short');
  expect(strengthOf('🐢🐢🐢🐢')).toBe('short');
});

test('the usual ones, repetition, and one’s own name are weak', () => {
  for (const password of ['password', '12345678', 'aaaaaaaaaaaaaaaa', 'qwertyuiop'])
    expect(strengthOf(password), password).toBe('weak');
  expect(strengthOf('mira.lund1', ['mira.lund@mail.example'])).toBe('weak');
});

test('long is good, whatever it is made of', () => {
  expect(strengthOf('four lamps in a window')).toBe('good');
  expect(strengthOf('r4ven-lk9')).toBe('fair');
});
