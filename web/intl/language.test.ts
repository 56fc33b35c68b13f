import { expect, test } from 'vitest';
import { chooseLanguage, directionOf, nameOfLanguage } from './language.ts';

const available = ['de', 'en', 'en-XB'];

test('the first wish that can be served wins, by main language too', () => {
  expect(chooseLanguage([null, 'fr', 'de-AT', 'en'], available, 'en')).toBe('de');
  expect(chooseLanguage(['EN-xb'], available, 'en')).toBe('en-XB');
  expect(chooseLanguage(['en-GB'], available, 'de')).toBe('en');
  expect(chooseLanguage([undefined, ''], available, 'en')).toBe('en');
});

test('the direction follows the language, and its script where it says one', () => {
  expect(directionOf('ar-EG')).toBe('rtl');
  expect(directionOf('he')).toBe('rtl');
  expect(directionOf('ku-Latn')).toBe('ltr');
  expect(directionOf('de')).toBe('ltr');
  expect(directionOf('en-XB')).toBe('rtl');
});

test('languages are called what they call themselves', () => {
  expect(nameOfLanguage('de')).toBe('Deutsch');
  expect(nameOfLanguage('en')).toBe('English');
});
