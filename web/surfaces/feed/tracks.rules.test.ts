import { expect, test } from 'vitest';
import { languageShown } from './tracks.rules.ts';

test('captions are shown in the language chosen last, else in one that is read, else in their own', () => {
  const offered = ['ar', 'pt-BR', 'pt', 'de'];
  expect(languageShown(offered, 'de', ['pt'])).toBe('de');
  expect(languageShown(offered, 'th', ['fr', 'pt-PT'])).toBe('pt-BR');
  expect(languageShown(offered, null, ['pt'])).toBe('pt');
  expect(languageShown(offered, null, ['de-AT'])).toBe('de');
  expect(languageShown(offered, null, ['ja'])).toBe('ar');
  expect(languageShown(['und'], 'en', ['en'])).toBe('und');
  expect(languageShown([], 'en', [])).toBeNull();
});
