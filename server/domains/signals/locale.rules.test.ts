import { expect, test } from 'vitest';
import { localeOf } from './locale.rules.ts';

test.each([
  ['de-AT,de;q=0.9,en;q=0.8', 'de-AT'],
  ['DE', 'de'],
  ['zh-Hant-TW, en', 'zh-TW'],
  ['sr-Latn', 'sr'],
  ['en-US', 'en-US'],
  ['es-419,es;q=0.9', 'es'],
  ['en-QX', 'en'],
  ['qqx-DE', null],
  ['*', null],
  ['', null],
  [null, null],
  [`${'x'.repeat(10_000)}`, null],
])('a browser that asks for %s is counted as %s', (asked, locale) => {
  expect(localeOf(asked)).toBe(locale);
});
