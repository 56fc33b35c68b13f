import { expect, test } from 'vitest';
import { csvOf, daysTable } from './export.rules.ts';

test('a table opens in a spreadsheet in every script, and no cell of it is a formula', () => {
  const text = csvOf([
    ['caption', 'n'],
    ['=HYPERLINK("https://elsewhere.example")', 0.123456],
    ['@SUM(A1)', -3],
    ['\t+1', null],
    ['＝1', 1],
    ['Straße, „Licht“ 光\nzweite Zeile', 2],
  ]);
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(text.slice(1).split('\r\n')).toEqual([
    'caption,n',
    '"\'=HYPERLINK(""https://elsewhere.example"")",0.1235',
    "'@SUM(A1),-3",
    "'\t+1,",
    "'＝1,1",
    '"Straße, „Licht“ 光\nzweite Zeile",2',
    '',
  ]);
});

test('days on which nothing happened have a line too', () => {
  const table = daysTable(['2026-11-01', '2026-11-02'], [], [['video', 'x']]);
  expect(table).toHaveLength(3);
  expect(table[1]!.slice(0, 5)).toEqual(['x', '2026-11-01', 0, 0, 0]);
});
