import { expect, test } from 'vitest';
import { type AccountDraft, MaterialFacts } from '../../../../contract/drafts.ts';
import { withUsedSources } from '../../../../contract/edit-list.sources.ts';
import { clip, listWith } from '../../../../contract/testing.edit-lists.ts';
import { deviceOf, factsOf, mimeOf, takeOf, whereIs } from './copies.rules.ts';
import type { Copy } from './copies.ts';

const list = listWith([clip('one', 0, 900)]);
const other = listWith([clip('one', 0, 800)]);
const copy: Copy = {
  ...{ accountId: 'account1', draftId: 'draft123', revision: 3 },
  ...{ list: withUsedSources(list), tried: null, whole: true, asked: false, coming: false },
};
const there = (revision: number) => ({ revision }) as AccountDraft;

test('a draft says where it is', () => {
  expect(whereIs(list, null, null)).toBe('device');
  expect(whereIs(list, { ...copy, coming: true }, null)).toBe('device');
  expect(whereIs(list, copy, null)).toBe('both');
  expect(whereIs(list, copy, there(3))).toBe('both');
  expect(whereIs(other, copy, there(3))).toBe('sending');
  expect(whereIs(list, { ...copy, whole: false }, there(3))).toBe('sending');
  expect(whereIs(list, { ...copy, revision: 0, list: null, whole: false }, null)).toBe('sending');
  expect(whereIs(list, copy, there(4))).toBe('newer');
  expect(whereIs(other, copy, there(4))).toBe('differs');
  // What the account said a moment ago, before this device wrote.
  expect(whereIs(list, copy, there(2))).toBe('both');
});

test('a take that travelled is the take it was, and what a file was called hides nothing', () => {
  const take = {
    ...({ id: 'take1234', draftId: 'draft123', kind: 'take', speed: 2, madeAt: 1_000_000_000_000 } as const),
    ...{ entered: true, leadMs: 120.5, quiet: true },
  };
  expect(takeOf('draft123', 'take1234', factsOf(take))).toEqual(take);
  const named = factsOf({ ...take, name: `a\n\u202eb\ud800${'c'.repeat(500)}` });
  expect(MaterialFacts.safeParse(named).success).toBe(true);
  expect(named.name).toMatch(/^abc+$/);
  expect(factsOf({ ...take, name: '\n' }).name).toBe(null);
});

test('devices and files have plain names', () => {
  expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
    'Firefox · Linux',
  );
  expect(
    deviceOf('Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36'),
  ).toBe('Chrome · Android');
  expect(deviceOf('')).toBe(null);
  expect(mimeOf(new TextEncoder().encode('....ftypisom'))).toBe('video/mp4');
  expect(mimeOf(Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3))).toBe('video/webm');
  expect(mimeOf(new Uint8Array())).toBe('application/octet-stream');
});
