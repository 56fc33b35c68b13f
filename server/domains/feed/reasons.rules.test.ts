import { expect, test } from 'vitest';
import { languagesOf, withOwn } from './languages.rules.ts';
import { type Known, reasonOf, shortened } from './reasons.rules.ts';

const known: Known = {
  handle: 'ada',
  soundTitle: 'rain on tin',
  tags: ['cooking'],
  captionOf: (id) => (id === 'seen' ? 'Bread in one pan' : null),
};
const because = (
  source: Parameters<typeof reasonOf>[0]['source'],
  causes: string[] = [],
  exploration = false,
) => reasonOf({ source, causes, exploration }, known);

test('each source is told by its cause', () => {
  expect(because('tag', ['tag:bread'])).toEqual({ code: 'topic', value: 'bread' });
  expect(because('interest', ['tag:bread', 'creator:x'])).toEqual({ code: 'topic', value: 'bread' });
  expect(because('creator', ['creator:x'])).toEqual({ code: 'creator', value: 'ada' });
  expect(because('sound', ['sound:x'])).toEqual({ code: 'sound', value: 'rain on tin' });
  expect(because('followed', ['creator:x'])).toEqual({ code: 'followed', value: 'ada' });
  expect(because('popular')).toEqual({ code: 'popular', value: null });
  expect(because('fresh', [], true)).toEqual({ code: 'explore', value: null });
});

test('a similar video is named by its caption, and not at all when the viewer may not see it', () => {
  expect(because('similar', ['seen'])).toEqual({ code: 'similar', value: 'Bread in one pan' });
  expect(because('similar', ['hidden'])).toEqual({ code: 'similar', value: null });
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
