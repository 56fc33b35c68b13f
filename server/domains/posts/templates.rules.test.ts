import { expect, test } from 'vitest';
import { type EditList, type EditSource, emptyEditList } from '../../../contract/edit-list.ts';
import type { Refusal } from '../../../contract/errors.ts';
import { clip, take } from '../../../contract/testing.edit-lists.ts';
import { templateOf } from './templates.rules.ts';

const slot: EditSource = {
  ...take,
  kind: 'slot',
  of: null,
  durationMs: 3000,
  width: 0,
  height: 0,
  hasSound: false,
};
const song: EditSource = {
  ...slot,
  kind: 'sound',
  of: 'asongofthelibrary',
  durationMs: 30_000,
  hasSound: true,
};
const list = (sources: EditList['sources'], more: Partial<EditList> = {}): EditList => ({
  ...emptyEditList,
  sources,
  clips: [clip('one', 0, 2000, { source: Object.keys(sources)[0] })],
  ...more,
});
const sound = { atMs: 0, forMs: 2000, fromMs: 0, volume: 1, fadeInMs: 0, fadeOutMs: 0, ducks: false };
const faultsOf = (input: unknown) => {
  try {
    templateOf(input);
  } catch (refusal) {
    expect((refusal as Refusal).code).toBe('template_invalid');
    return (refusal as Refusal).details.faults as { path: string; code: string }[];
  }
  return [];
};

test('slots and sounds of the library are a template', () => {
  const made = list(
    { hole: slot, song },
    { sounds: [{ id: 'song', source: 'song', voice: false, ...sound }] },
  );
  expect(templateOf(made)).toEqual(made);
});

test('what nobody looks at, whom it credits and what was said in it stay out', () => {
  const made = templateOf(
    list(
      { hole: slot, mine: take },
      {
        cues: [{ startMs: 0, endMs: 900, text: 'my own words' }],
        credit: { kind: 'template', video: 'somebodys' },
        coverAtMs: 700,
      },
    ),
  );
  expect(Object.keys(made.sources)).toEqual(['hole']);
  expect(made).toMatchObject({ cues: [], credit: null, coverAtMs: 0 });
});

test.each([
  ['a take', take],
  ['a file of their device', { ...take, kind: 'file' as const }],
  ['a video of somebody', { ...take, kind: 'video' as const, of: 'somebodys' }],
  ['a sound that is on their device alone', { ...song, of: null, width: 9, height: 9 }],
])('%s in it is refused, by name', (_, source) => {
  expect(faultsOf(list({ mine: source, hole: slot }))).toContainEqual({
    path: 'sources.mine',
    code: 'not_for_others',
  });
});

test('a backdrop and a cell are looked at as well', () => {
  const picture: EditSource = { ...take, kind: 'picture', hasSound: false };
  const behind = clip('one', 0, 2000, {
    source: 'hole',
    backdrop: { kind: 'source', source: 'wall', fromMs: 0 },
  });
  expect(faultsOf(list({ hole: slot, wall: picture }, { clips: [behind] }))).toContainEqual({
    path: 'sources.wall',
    code: 'not_for_others',
  });
});

test('a list that nobody can fill, one that is none, and one that is a book are refused', () => {
  expect(faultsOf(emptyEditList)).toContainEqual({ path: 'sources', code: 'no_slot' });
  expect(faultsOf({})).not.toEqual([]);
  expect(faultsOf({ ...emptyEditList, version: 99 })).toEqual([{ path: 'version', code: 'other_version' }]);
  const places = Array.from({ length: 300 }, (_, at) => ({ atMs: at, x: 0.123_456_789, y: 0.987_654_321 }));
  const stickers = Array.from({ length: 40 }, (_, at) => ({
    ...{ id: `s${at}`, atMs: 0, forMs: 1000, x: 0, y: 0, size: 0.3, turnDeg: 0, sticker: 'star' },
    pin: { kind: 'track' as const, places },
  }));
  expect(faultsOf(list({ hole: slot }, { stickers }))).toContainEqual({ path: '', code: 'too_many' });
});
