import { describe, expect, test } from 'vitest';
import { acceptedLanguages, lettersIn } from './mail.messages.ts';
import { birthDateIsPossible, tidyBio, tidyName } from './people.rules.ts';

describe('a date of birth', () => {
  const today = Date.UTC(2026, 5, 15);
  test.each([
    ['2013-06-15', true, 'the thirteenth birthday'],
    ['2013-06-16', false, 'the day before it'],
    ['1999-02-29', false, 'a day that never was'],
    ['2000-02-29', true, 'a leap day'],
    ['2027-01-01', false, 'the future'],
    ['1890-01-01', false, 'older than anybody'],
    ['1940-13-01', false, 'a thirteenth month'],
  ])('%s is possible: %s (%s)', (date, possible) => expect(birthDateIsPossible(date, today)).toBe(possible));
});

describe('a display name', () => {
  test('loses what would turn the text around it, and keeps emoji', () => {
    expect(tidyName('  Ada\u202e  Example ')).toBe('Ada Example');
    expect(tidyName('👩‍🎨 Ada')).toBe('👩‍🎨 Ada');
  });
  test('that nobody can see is none', () => {
    for (const name of ['', '   ', '\u200b\u200b', '\u200d', '\u2063', '\u3164', '\u2800'])
      expect(tidyName(name)).toBeNull();
  });
});

test('a bio keeps its lines, but no more than one empty one between them', () => {
  expect(tidyBio('one\r\n\n\n\ntwo \u202e')).toBe('one\n\ntwo');
});

test('letters are in the language the person reads, else in English', () => {
  const facts = { server: 'K', link: 'L' };
  expect(lettersIn(['de-AT']).reset(facts).subject).toContain('Passwort');
  expect(lettersIn([null, 'fr', 'de']).reset(facts).subject).toContain('Passwort');
  expect(lettersIn(['ja']).reset(facts).subject).toContain('password');
  expect(acceptedLanguages('fr;q=0.3, de;q=0.9, *;q=0.1, en;q=0')).toEqual(['de', 'fr']);
});
