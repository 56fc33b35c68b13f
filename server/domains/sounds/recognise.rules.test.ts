import { expect, test } from 'vitest';
import type { AccountId } from '../../../contract/ids.ts';
import { isKnown, verdictOn } from './recognise.rules.ts';

const mira = 'mira-account' as AccountId;
const noah = 'noah-account' as AccountId;
const known = {
  owner_id: mira,
  original: true,
  uses: 3,
  licence: 'here' as const,
  markets_by_desk: false,
  markets: null,
  withdrawn_at: null,
  withdrawn_reason: null,
};
const at = new Date(0);

test('a sound is known by a twelfth of its landmarks or so, and never by a few, nor when it is short', () => {
  expect(isKnown(80, 300)).toBe(true);
  expect(isKnown(20, 300)).toBe(false);
  expect(isKnown(11, 100)).toBe(false);
  expect(isKnown(50, 59)).toBe(false);
});

test.each([
  ['anybody may use', known, noah, 'link'],
  ['is the author’s own', { ...known, uses: 0 }, mira, 'link'],
  ['is heard in private videos only', { ...known, uses: 0 }, noah, 'nothing'],
  ['its owner keeps', { ...known, licence: 'mine' as const }, noah, 'tell'],
  ['may not be used here', { ...known, markets: ['JP'] }, noah, 'tell'],
  ['its owner withdrew', { ...known, withdrawn_at: at, withdrawn_reason: 'owner' as const }, noah, 'tell'],
  [
    'its owner withdrew, and nobody heard in public',
    { ...known, uses: 0, withdrawn_at: at, withdrawn_reason: 'owner' as const },
    noah,
    'nothing',
  ],
  [
    'an operator withdrew, also when no public video is left',
    { ...known, uses: 0, withdrawn_at: at, withdrawn_reason: 'rights' as const },
    noah,
    'link',
  ],
  ['is the library’s', { ...known, owner_id: null, original: false, uses: 0 }, noah, 'link'],
] as const)('what follows for a known sound that %s', (_, sound, author, verdict) => {
  expect(verdictOn({ ...sound, markets: sound.markets && [...sound.markets] }, author, 'DE')).toBe(verdict);
});
