import { expect, test } from 'vitest';
import { inOwnHours } from './hours.rules.ts';

test('what was watched at noon in Greenwich was watched at one in Berlin and at five in the morning in Denver', () => {
  const hours = Array.from({ length: 24 }, (_, at) => (at === 12 ? 7 : 0));
  const noonIn = (aheadMinutes: number) => inOwnHours(hours, aheadMinutes).indexOf(7);
  expect([noonIn(0), noonIn(60), noonIn(-420), noonIn(13 * 60), noonIn(330)]).toEqual([12, 13, 5, 1, 17]);
});
