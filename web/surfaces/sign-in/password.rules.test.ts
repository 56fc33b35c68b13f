import { expect, test } from 'vitest';
import { passwordLength } from '../../auth.ts';
import { strengthOf } from './password.rules.ts';

test('too short is too short, counted as people count', () => {
  expect(strengthOf('x'.repeat(passwordLength.min - 1))).toBe('short');
  expect(strengthOf('🐢🐢🐢🐢')).toBe('short');
});

test('the usual ones, repetition, and one’s own name are weak', () => {
  for (const password of ['password1234', '1234567890', 'aaaaaaaaaaaaaaaa', 'qwertyuiop'])
    expect(strengthOf(password), password).toBe('weak');
  expect(strengthOf('mira.lund1', ['mira.lund@mail.example'])).toBe('weak');
});

test('long is good, whatever it is made of', () => {
  expect(strengthOf('four lamps in a window')).toBe('good');
  expect(strengthOf('r4ven-lk9a')).toBe('fair');
});
