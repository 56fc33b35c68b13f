import { expect, test } from 'vitest';
import { isNew, shelved } from './gallery.rules.ts';

const things = [
  { name: 'pulse', category: 'beat', since: null },
  { name: 'flash', category: 'beat', since: '2026-11-22' },
  { name: 'glow', category: 'light', since: '2026-11-01' },
];
const now = Date.parse('2026-11-24T10:00:00Z');
const words: Record<string, string> = { pulse: 'Puls Takt', flash: 'Blitz Takt', glow: 'Glühen Licht' };
const names = (shelf: string, search = '', favourites: string[] = []) =>
  shelved(things, { shelf, search, favourites, now, wordsOf: ({ name }) => words[name]! }).map(
    ({ name }) => name,
  );

test('a shelf holds its kind, what is new this week, or what was marked, the newest mark first', () => {
  expect(names('all')).toEqual(['pulse', 'flash', 'glow']);
  expect(names('beat')).toEqual(['pulse', 'flash']);
  expect(names('new')).toEqual(['flash']);
  expect(names('favourites', '', ['glow', 'gone', 'pulse'])).toEqual(['glow', 'pulse']);
});

test('a word is looked for on all shelves, without its accents', () => {
  expect(names('light', 'takt bl')).toEqual(['flash']);
  expect(names('beat', 'GLUHEN')).toEqual(['glow']);
  expect(names('all', 'nothing')).toEqual([]);
  expect(names('beat', '  ')).toEqual(['pulse', 'flash']);
});

test('what came is new for a week, wherever on earth its day began', () => {
  expect(isNew('2026-11-22', Date.parse('2026-11-21T11:00:00Z'))).toBe(true);
  expect(isNew('2026-11-22', Date.parse('2026-11-28T23:00:00Z'))).toBe(true);
  expect(isNew('2026-11-22', Date.parse('2026-11-29T00:00:00Z'))).toBe(false);
  expect(isNew('2027-01-01', now)).toBe(false);
});
