import { expect, test } from 'vitest';
import type { Upload } from '../../../contract/uploads.ts';
import { checksBefore } from './checks.rules.ts';
import { emptyDraft } from './draft.ts';

const now = Date.UTC(2026, 0, 1);
const upload = (checks: Upload['checks']) => ({ checks }) as Upload;

test('what blocks stands before what limits, and that before advice', () => {
  const draft = {
    ...emptyDraft,
    caption: 'x'.repeat(11),
    audience: 'followers' as const,
    publishAt: new Date(now - 1000).toISOString(),
  };
  const found = checksBefore({ draft, upload: upload([{ code: 'wide', level: 'advice' }]) }, 10, now);
  expect(found.map(({ code, level }) => `${level} ${code}`)).toEqual([
    'blocking caption_too_long',
    'blocking wrong_time',
    'limited only_followers',
    'advice wide',
  ]);
});

test('nothing to say of a good one, nor of a file that nobody has read', () => {
  expect(checksBefore({ draft: emptyDraft, upload: upload([]) }, 10, now)).toEqual([]);
  expect(checksBefore({ draft: emptyDraft, upload: null }, 10, now)).toEqual([]);
});
