import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiRoutes } from '../../../contract/api.ts';
import { refusals } from '../../../contract/errors.ts';
import { asUploadRefusal, refusedBeforehand, uploadRefusals } from './refusal.rules.ts';

const messages = (language: string) =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, `../../messages/${language}/upload.json`), 'utf8'),
  ) as Record<string, string>;

test('every refusal an upload can meet says what happened and what to do, in every language', () => {
  for (const language of ['en', 'de'])
    for (const code of [...uploadRefusals, 'offline'])
      for (const part of ['what', 'do'])
        expect(messages(language)[`upload.refusal.${code}.${part}`], `${language} ${code}`).toBeTruthy();
});

test('every code that the routes of an upload name is among them, and every code about media', () => {
  const named = apiRoutes
    // Captions that nobody suggests stop no upload; they are told where they are asked for.
    .filter((route) => /\/uploads(?!.*\/captions)/.test(route.path) || route.name === 'publishVideo')
    .flatMap((route) => route.errors ?? []);
  const codes = Object.keys(refusals);
  const media = codes.slice(codes.indexOf('not_a_video'), codes.indexOf('caption_too_long') + 1);
  for (const code of [...named, ...media]) expect(uploadRefusals, code).toContain(code);
});

test('a code from a newer server still gets words', () => {
  expect(asUploadRefusal('something_new')).toBe('internal');
});

test('what can be known beforehand is said before a byte is sent', () => {
  const limits = { uploadBytes: 1000, durationMs: 60_000 };
  const file = { size: 500, type: 'video/mp4', durationMs: 10_000 };
  expect(refusedBeforehand(file, limits)).toBeNull();
  expect(refusedBeforehand({ ...file, type: '' }, limits)).toBeNull();
  expect(refusedBeforehand({ ...file, size: 0 }, limits)).toBe('empty_file');
  expect(refusedBeforehand({ ...file, size: 1001 }, limits)).toBe('too_large');
  expect(refusedBeforehand({ ...file, type: 'image/png' }, limits)).toBe('not_a_video');
  expect(refusedBeforehand({ ...file, durationMs: 60_400 }, limits)).toBeNull();
  expect(refusedBeforehand({ ...file, durationMs: 61_000 }, limits)).toBe('too_long');
  expect(refusedBeforehand({ ...file, durationMs: null }, null)).toBeNull();
});
