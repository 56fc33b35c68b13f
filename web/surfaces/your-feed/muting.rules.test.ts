import { expect, test } from 'vitest';
import { mutedLimits, mutedWith } from './muting.rules.ts';

const nothing = { mutedWords: [], mutedTags: [] };

test('words and hashtags are told apart, several at once', () => {
  expect(mutedWith(nothing, ' season  finale, #Diet\n##keto ')).toEqual({
    muted: { mutedWords: ['season finale'], mutedTags: ['Diet', 'keto'] },
    added: ['season finale', '#Diet', '#keto'],
  });
});

test('what is muted already, in whatever case, is not muted twice', () => {
  const now = { mutedWords: ['Spoiler'], mutedTags: ['diet'] };
  expect(mutedWith(now, 'SPOILER, #Diet')).toEqual({ fault: 'known' });
  expect(mutedWith(now, 'spoiler, finale')).toMatchObject({ added: ['finale'] });
});

test('nothing, too much and too long are refused as such', () => {
  expect(mutedWith(nothing, ' , #, ')).toEqual({ fault: 'empty' });
  expect(mutedWith(nothing, 'x'.repeat(mutedLimits.word + 1))).toEqual({ fault: 'tooLong' });
  expect(mutedWith(nothing, '#2024')).toEqual({ fault: 'noLetter' });
  const full = { mutedWords: Array.from({ length: mutedLimits.each }, (_, i) => `w${i}`), mutedTags: [] };
  expect(mutedWith(full, 'one more')).toEqual({ fault: 'full' });
  expect(mutedWith(full, '#tag')).toMatchObject({ added: ['#tag'] });
});
