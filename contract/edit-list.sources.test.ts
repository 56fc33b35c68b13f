import { expect, test } from 'vitest';
import { readEditList } from './edit-list.rules.ts';
import { bytesNeeded, withNames, withUsedSources } from './edit-list.sources.ts';
import { clip, layout, listWith } from './testing.edit-lists.ts';

const sound = { id: 's', source: 'song', atMs: 0, forMs: 900, fromMs: 0, volume: 1 };
const list = listWith(
  [
    clip('one', 0, 900, { backdrop: { kind: 'source', source: 'still', fromMs: 0 } }),
    clip('two', 0, 900, { source: 'hole' }),
  ],
  { layout, sounds: [{ ...sound, fadeInMs: 0, fadeOutMs: 0, ducks: false, voice: false }] },
);

test('what is seen or heard keeps its source, and an empty place needs no bytes', () => {
  const used = withUsedSources(list);
  expect(Object.keys(used.sources).sort()).toEqual(['hole', 'song', 'still', 'take', 'theirs']);
  expect(bytesNeeded(used).sort()).toEqual(['song', 'still', 'take', 'theirs']);
  expect(readEditList(used).ok).toBe(true);
  // A stitch begins with the other's video, before any clip of it.
  expect(Object.keys(withUsedSources(listWith([])).sources)).toEqual(['theirs']);
});

test('under other names it is the same list', () => {
  const names = new Map(Object.keys(list.sources).map((id) => [id, `copy-of-${id}`]));
  const copy = withNames(list, names);
  expect(readEditList(copy).ok).toBe(true);
  expect(bytesNeeded(withUsedSources(copy)).every((id) => id.startsWith('copy-of-'))).toBe(true);
  const back = new Map([...names].map(([before, after]) => [after, before]));
  expect(withNames(copy, back)).toEqual(list);
});
