import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf, tagMatches } from '../../platform/http/ranges.ts';
import { safeFileName, safeFileType } from './uploads.rules.ts';

test.each([
  ['take.mp4', 'take.mp4'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\film.mov', 'film.mov'],
  ['gpj.\u202eexe', 'gpj.exe'],
  ['a\u0000b\n.mp4', 'ab.mp4'],
  ['  фильм 🎬.mp4 ', 'фильм 🎬.mp4'],
  ['..', null],
  ['', null],
  [undefined, null],
])('the file name %j is kept as %j', (name, kept) => expect(safeFileName(name)).toBe(kept));

test.each([
  ['video/MP4; codecs=x', 'video/mp4'],
  ['text/html<script>', null],
  [null, null],
])('the file type %j is kept as %j', (type, kept) => expect(safeFileType(type)).toBe(kept));

test('whatever range is asked: what is given lies inside the file', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(5000), fc.nat(5000), fc.nat(4000), (noise, a, b, total) => {
      for (const header of [noise, `bytes=${noise}`, `bytes=${a}-${b}`, `bytes=-${a}`, `bytes=${a}-`]) {
        const range = rangeOf(header, total);
        if (typeof range === 'string') continue;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(total);
      }
    }),
  );
});

test('entity tags are compared weakly, in lists too', () => {
  expect(tagMatches('W/"a", "b"', '"a"')).toBe(true);
  expect(tagMatches('*', '"a"')).toBe(true);
  expect(tagMatches('"aa"', '"a"')).toBe(false);
  expect(tagMatches(null, '"a"')).toBe(false);
});
