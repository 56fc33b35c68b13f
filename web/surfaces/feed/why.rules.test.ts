import { expect, test } from 'vitest';
import type { Reason } from '../../../contract/feeds.ts';
import type { Video } from '../../../contract/videos.ts';
import { isOf, targetsOf } from './why.rules.ts';

const video = (more: object = {}) =>
  ({
    topics: ['garden'],
    entities: ['garden', 'balcony', 'soil', 'tomato', 'spring'].map((value) => ({
      kind: 'hashtag',
      value,
      start: 0,
      end: 1,
    })),
    author: { id: 'a-1', handle: 'tiny.balcony' },
    sound: { id: 's-1', title: 'Rain on leaves' },
    mine: false,
    ...more,
  }) as unknown as Video;

test('the cause of the choice comes first, each topic once, and not the whole row of hashtags', () => {
  const because: Reason[] = [
    { code: 'similar', value: 'A caption' },
    { code: 'topic', value: 'tomato' },
  ];
  expect(targetsOf(video(), because).map(({ kind, key }) => `${kind} ${key}`)).toEqual([
    'topic tomato',
    'topic garden',
    'topic balcony',
    'creator a-1',
    'sound s-1',
  ]);
});

test('one’s own video offers no creator, and a silent one no sound', () => {
  const kinds = targetsOf(video({ mine: true, sound: null, entities: [] }), []).map(({ kind }) => kind);
  expect(kinds).toEqual(['topic']);
});

test('a video is of its topics, its hashtags, its creator and its sound', () => {
  const of = (kind: 'topic' | 'creator' | 'sound', key: string) => isOf({ kind, key }, video());
  expect([of('topic', 'garden'), of('topic', 'tomato'), of('creator', 'a-1'), of('sound', 's-1')]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([of('topic', 'food'), of('creator', 's-1'), of('sound', 'garden')]).toEqual([false, false, false]);
  expect(isOf({ kind: 'sound', key: 's-1' }, video({ sound: null }))).toBe(false);
});
