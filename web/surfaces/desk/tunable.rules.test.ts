import { expect, test } from 'vitest';
import { judgeNumber } from './tunable.rules.ts';

const range = { min: 0.1, max: 10 };

test('a number in range is taken, with a point or a comma', () => {
  expect(judgeNumber(' 2.5 ', range)).toEqual({ value: 2.5, fault: null });
  expect(judgeNumber('2,5', range)).toEqual({ value: 2.5, fault: null });
  expect(judgeNumber('10', range).value).toBe(10);
});

test('anything else says why not', () => {
  for (const text of ['', 'ten', '1e999', '1.2.3', '--1'])
    expect(judgeNumber(text, range), text).toEqual({ value: null, fault: 'notANumber' });
  expect(judgeNumber('0', range).fault).toBe('outOfRange');
});
