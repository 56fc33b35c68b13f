import { expect, test } from 'vitest';
import { likedOf, wordOf } from './beliefs.rules.ts';

const belief = (key: string, weight: number, kind: 'topic' | 'creator' = 'topic') => ({
  kind,
  key,
  label: key,
  weight,
});

test('likes come first and dislikes last, and what was only said stands between', () => {
  const liked = likedOf(
    {
      beliefs: [belief('news', -0.4), belief('food', 0.8), belief('art', 0.2), belief('a-1', 0.6, 'creator')],
      leanings: [
        { kind: 'topic', key: 'dance', label: 'dance', level: 2 },
        { kind: 'topic', key: 'food', label: 'food', level: -2 },
        { kind: 'creator', key: 'a-2', label: null, level: -2 },
      ],
    },
    'topic',
  );
  expect(liked.map(({ key, strength, level }) => [key, strength, level])).toEqual([
    ['food', 1, -2],
    ['art', 0.25, 0],
    ['dance', null, 2],
    ['news', -0.5, 0],
  ]);
});

test('one length of bar means the same for topics and creators', () => {
  const taste = { beliefs: [belief('food', 0.8), belief('a-1', 0.4, 'creator')], leanings: [] };
  expect(likedOf(taste, 'creator')[0]!.strength).toBe(0.5);
});

test('weak tastes are not drawn as strong ones because there are no others', () => {
  const taste = { beliefs: [belief('food', -0.05)], leanings: [] };
  expect(likedOf(taste, 'topic')[0]!.strength).toBeCloseTo(-0.2);
});

test('nothing learned is an empty list, and a weight that is no number is no strength', () => {
  expect(likedOf({ beliefs: [], leanings: [] }, 'sound')).toEqual([]);
  expect(likedOf({ beliefs: [belief('food', Number.NaN)], leanings: [] }, 'topic')[0]!.strength).toBe(0);
});

test('every strength has its word', () => {
  expect([1, 0.3, 0.1, 0, -0.1, -1].map(wordOf)).toEqual([
    'muchMore',
    'more',
    'little',
    'usual',
    'less',
    'muchLess',
  ]);
});
