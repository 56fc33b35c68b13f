import { afterEach, expect, test, vi } from 'vitest';
import { markWaiting, waitingDrafts } from './keeping.ts';
import { draftOf, emptyDraft, keepDraft } from './surfaces/upload/draft.ts';

afterEach(() => vi.unstubAllGlobals());

test('drafts on their way to the account and the words of uploads leave each other alone', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  vi.stubGlobal('localStorage', storage);
  keepDraft('upload', { ...emptyDraft, caption: 'Written on the way' });
  markWaiting('draft', true);
  expect(draftOf('upload')?.caption).toBe('Written on the way');
  keepDraft('another', emptyDraft);
  expect(waitingDrafts()).toEqual(['draft']);
  markWaiting('draft', false);
  expect(waitingDrafts()).toEqual([]);
});
