import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSame, plainCopy } from './json.ts';

/** As small as the bounds want it, and without what a database does not keep. */
const json = fc
  .jsonValue({ maxDepth: 3 })
  .filter((value) => !/\\u0000|\\u[dD][89a-fA-F]|__proto__/.test(JSON.stringify(value)));

test('a copy says what JSON says, and shares nothing', () => {
  fc.assert(
    fc.property(json, (value) => {
      const copied = plainCopy(value);
      expect(copied).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      expect(copied.ok && isSame(copied.value, JSON.parse(JSON.stringify(value)))).toBe(true);
    }),
  );
  const given = { a: [{ b: 1 }], gone: undefined, zero: -0 };
  const copied = plainCopy(given);
  expect(copied).toStrictEqual({ ok: true, value: { a: [{ b: 1 }], zero: 0 } });
  expect(copied.ok && (copied.value as typeof given).a[0]).not.toBe(given.a[0]);
});

test('what JSON cannot say is refused with its place', () => {
  const getter = Object.defineProperty({}, 'b', { enumerable: true, get: () => 1 });
  for (const bad of [getter, new Date(), () => 1, Symbol('a'), 1n, Number.NaN, '\0', '\udc00'])
    expect(plainCopy({ a: [0, { ok: true, c: bad }] })).toMatchObject({
      ok: false,
      path: 'a.1.c',
      code: 'malformed',
    });
});

test('two values are the same when their JSON is, whatever the order of their members', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(isSame(one, structuredClone(one))).toBe(true);
      expect(isSame({ a: one, b: other }, { b: other, a: one })).toBe(true);
      if (isSame(one, other)) expect(one).toEqual(other);
    }),
  );
  for (const [one, other] of [
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [[], {}],
    [[1], [1, 2]],
    [null, {}],
    [{ toString: 1 }, { a: 1 }],
  ])
    expect(isSame(one, other)).toBe(false);
});
