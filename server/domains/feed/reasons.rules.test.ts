import { expect, test } from 'vitest';
import { languagesOf, withOwn } from './languages.rules.ts';
import { type Known, reasonsOf, shortened, videosNamed } from './reasons.rules.ts';

const known: Known = {
  handle: 'ada',
  soundTitle: 'rain on tin',
  captionOf: (id) => ({ seen: 'Bread in one pan', other: 'Two pans' })[id] ?? null,
};
const because = (
  source: Parameters<typeof reasonsOf>[0]['source'],
  causes: string[] = [],
  exploration = false,
) => reasonsOf({ source, causes, exploration }, known);

test('each source is told by its causes, in their order', () => {
  expect(because('tag', ['tag:bread', 'tag:oven'])).toEqual([
    { code: 'topic', value: 'bread' },
    { code: 'topic', value: 'oven' },
  ]);
  expect(because('interest', ['tag:bread', 'language:en', 'creator:x'])).toEqual([
    { code: 'topic', value: 'bread' },
    { code: 'creator', value: 'ada' },
  ]);
  expect(because('creator', ['creator:x'])).toEqual([{ code: 'creator', value: 'ada' }]);
  expect(because('sound', ['sound:x'])).toEqual([{ code: 'sound', value: 'rain on tin' }]);
  expect(because('followed', ['creator:x'])).toEqual([{ code: 'followed', value: 'ada' }]);
  expect(because('popular')).toEqual([{ code: 'popular', value: null }]);
  expect(because('fresh', [], true)).toEqual([{ code: 'explore', value: null }]);
  expect(because('again', ['tag:bread'])).toEqual([
    { code: 'again', value: null },
    { code: 'topic', value: 'bread' },
  ]);
  expect(because('again')).toEqual([{ code: 'again', value: null }]);
});

test('what was asked for is told as that, and not as something that was watched', () => {
  expect(because('tag', ['lean:tag:bread'])).toEqual([{ code: 'asked', value: 'bread' }]);
  expect(because('interest', ['lean:creator:x', 'lean:sound:y'])).toEqual([
    { code: 'asked', value: 'ada' },
    { code: 'asked', value: 'rain on tin' },
  ]);
});

test('where no cause is stored, none is made up', () => {
  for (const source of ['tag', 'interest', 'similar', 'creator', 'sound'] as const)
    expect(because(source)).toEqual([{ code: 'popular', value: null }]);
});

test('a similar video is named by its caption, and left out when the viewer may not see it', () => {
  expect(because('similar', ['seen', 'other'])).toEqual([
    { code: 'similar', value: 'Bread in one pan' },
    { code: 'similar', value: 'Two pans' },
  ]);
  expect(because('similar', ['hidden', 'other'])).toEqual([{ code: 'similar', value: 'Two pans' }]);
  expect(because('similar', ['hidden'])).toEqual([{ code: 'similar', value: null }]);
});

test('three reasons at most, none twice, and only videos are looked up', () => {
  const causes = ['seen', 'seen', 'tag:a', 'tag:b', 'tag:c'];
  expect(because('interest', causes)).toHaveLength(3);
  expect(new Set(because('interest', causes).map((one) => one.value)).size).toBe(3);
  expect(videosNamed({ causes })).toEqual(['seen', 'seen']);
});

test('a long caption is cut between words, never within a letter', () => {
  const words = 'one pan is all it takes to bake the bread that my grandmother used to bake';
  expect(shortened(words)).toBe('one pan is all it takes to bake the bread that my…');
  const families = '👩‍👩‍👧‍👦'.repeat(80);
  expect(shortened(families)).toBe(`${'👩‍👩‍👧‍👦'.repeat(59)}…`);
  expect(shortened(' \n \n')).toBeNull();
});

test("the account's language comes first, then the browser's by weight", () => {
  const asked = languagesOf('de-AT;q=0.8, fr, en-GB;q=0.9, *;q=0.1, xx;q=0, <script>');
  expect(asked).toEqual(['fr', 'en', 'de']);
  expect(withOwn(asked, 'de-CH')).toEqual(['de', 'fr', 'en']);
  expect(languagesOf(null)).toEqual([]);
});
