import { expect, test } from 'vitest';
import { checksOf } from './checks.rules.ts';
import type { Findings } from './media.tables.ts';

const facts = { durationMs: 9000, width: 1080, height: 1920, frameRate: 30, hasSound: true, bytes: 1 };
const findings: Findings = { blackShare: 0, stillShare: 0, barShare: 0, silentShare: 0, integratedLufs: -16 };
const codes = (some: Partial<Findings> = {}, of: Partial<typeof facts> = {}) =>
  checksOf({ facts: { ...facts, ...of }, findings: { ...findings, ...some }, refusal_code: null }).map(
    (check) => check.code,
  );

test('a good video needs no word', () => {
  expect(codes()).toEqual([]);
  expect(codes({ silentShare: 0.3, blackShare: 0.2, barShare: 0.1, stillShare: 0.5 })).toEqual([]);
});

test.each([
  ['black', { blackShare: 1, stillShare: 1 }, {}, ['black']],
  ['half black', { blackShare: 0.5 }, {}, ['partly_black']],
  ['a still picture', { stillShare: 1 }, {}, ['still']],
  ['a still picture of a moment', { stillShare: 1 }, { durationMs: 2000 }, []],
  ['no sound track', { silentShare: null, integratedLufs: null }, { hasSound: false }, ['no_sound']],
  ['a silent sound track', { silentShare: 1, integratedLufs: null }, {}, ['silent']],
  ['half silent', { silentShare: 0.5 }, {}, ['partly_silent']],
  ['hardly to be heard', { integratedLufs: -45 }, {}, ['quiet']],
  ['bars', { barShare: 0.5 }, {}, ['bars']],
  ['landscape', {}, { width: 1920, height: 1080 }, ['wide']],
  ['few pixels', {}, { width: 240, height: 426 }, ['low_resolution']],
])('%s is told', (_what, some, of, expected) => {
  expect(codes(some, of)).toEqual(expected);
});

test('what was refused cannot be published, and before it is read nothing is known', () => {
  expect(checksOf({ facts, findings: null, refusal_code: 'too_long' })).toEqual([
    { code: 'refused', level: 'blocking' },
  ]);
  expect(checksOf({ facts: null, findings: null, refusal_code: null })).toEqual([]);
});
