import { expect, test } from 'vitest';
import { topics } from '../../../contract/topics.ts';
import { suggestTopics, wordsOf } from './topics.rules.ts';
import { topicWords } from './topics.words.ts';

const of = (words: string, language: string | null = null, tags: string[] = []) =>
  suggestTopics({ tags, words: wordsOf(words), language }, []);

test('a caption is about what its words speak of, in English and in German', () => {
  expect(of('My puppy meets the cat for the first time', 'en')).toEqual(['animals']);
  expect(of('Unser Hundewelpe im Garten', 'de')).toEqual(['animals', 'garden']);
  expect(of('Fußballtraining im Regen', 'de')).toContain('sport');
  expect(of('how to bake sourdough bread', 'en')).toEqual(['food']);
  expect(of('', null, ['streetart', 'graffiti'])).toEqual(['art']);
  expect(of('just a normal day', 'en')).toEqual([]);
});

test('a word counts in its own language only', () => {
  expect(of('diese Art gefällt mir', 'de')).toEqual([]);
  expect(of('modern art', 'en')).toEqual(['art']);
});

test('what people chose here beside a tag counts as soon as enough agree', () => {
  const counts = (videos: number) => [
    { tag: 'zorbing', topic: 'sport', videos },
    { tag: 'zorbing', topic: 'comedy', videos: videos / 4 },
    { tag: 'zorbing', topic: 'no-topic', videos: 99 },
  ];
  const said = { tags: ['zorbing'], words: [], language: null };
  expect(suggestTopics(said, counts(0.5))).toEqual([]);
  expect(suggestTopics(said, counts(8).slice(0, 2))).toEqual(['sport']);
});

test('every topic has words in every language', () => {
  for (const lists of Object.values(topicWords))
    for (const topic of topics) expect([topic, lists[topic].split(' ').length > 6]).toEqual([topic, true]);
});
