import { expect, test } from 'vitest';
import { draftOf, dropDraft, emptyDraft, keepDraft } from './draft.ts';

function memory(initial?: string) {
  let text = initial ?? null;
  return {
    getItem: () => text,
    setItem(_key: string, value: string) {
      text = value;
    },
  };
}

test('a draft is there again after a reload, for its own upload only', () => {
  const storage = memory();
  expect(keepDraft('one', { ...emptyDraft, caption: 'Half a thought' }, storage)).toBe(true);
  expect(draftOf('one', storage)?.caption).toBe('Half a thought');
  expect(draftOf('two', storage)).toBeNull();
  dropDraft('one', storage);
  expect(draftOf('one', storage)).toBeNull();
});

test('old drafts make room for new ones', () => {
  const storage = memory();
  for (let index = 0; index < 40; index++) keepDraft(`upload-${index}`, emptyDraft, storage);
  expect(draftOf('upload-39', storage)).not.toBeNull();
  expect(draftOf('upload-0', storage)).toBeNull();
});

test('when the device keeps nothing, the caller is told', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(keepDraft('one', emptyDraft, full)).toBe(false);
  expect(draftOf('one', memory('{broken'))).toBeNull();
});
