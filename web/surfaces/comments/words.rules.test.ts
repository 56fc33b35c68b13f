import { expect, test } from 'vitest';
import { roomIn } from './words.rules.ts';

test('room is counted in characters as people count them, and told near its end', () => {
  expect(roomIn('  ')).toEqual({ left: 500, near: false, over: false, empty: true });
  expect(roomIn(`🎬${'x'.repeat(438)} `)).toMatchObject({ left: 61, near: false });
  expect(roomIn('🎬'.repeat(440))).toMatchObject({ left: 60, near: true, over: false });
  expect(roomIn('🎬'.repeat(501))).toMatchObject({ left: -1, over: true });
});
