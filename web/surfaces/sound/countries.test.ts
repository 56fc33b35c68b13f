import { expect, test } from 'vitest';
import { countriesIn } from './countries.ts';

test('countries have names in the reader’s language, and what is no country is not among them', () => {
  const german = countriesIn('de');
  expect(german.find(({ code }) => code === 'AT')?.name).toBe('Österreich');
  const codes = german.map(({ code }) => code);
  for (const none of ['EU', 'ZZ', 'DD', 'SU', 'UK']) expect(codes).not.toContain(none);
  expect(codes.length).toBeGreaterThan(240);
  expect(codes.length).toBeLessThanOrEqual(250);
});
