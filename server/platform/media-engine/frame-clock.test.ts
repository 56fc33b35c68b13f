import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameClock, measureRate, perSecond, renditionRate } from './frame-clock.ts';

const stamps = (rate: number, count: number, roundTo = 0) =>
  Array.from({ length: count }, (_, index) =>
    roundTo ? Math.round((index / rate) * roundTo) / roundTo : index / rate,
  );

test.each([10, 12.5, 179 / 6, 24_000 / 1001, 25, 30, 50, 60_000 / 1001, 240])(
  'a constant %d frames a second is recognised through time stamps of whole milliseconds',
  (rate) => {
    const found = measureRate(stamps(rate, 300, 1000), []);
    expect(found.constant).toBe(true);
    expect(perSecond(found.rate)).toBeCloseTo(rate, 2);
  },
);

test('a source that skips frames is variable', () => {
  const times = stamps(30, 90).filter((_, index) => index % 7 !== 3);
  expect(measureRate(times, [{ num: 30, den: 1 }]).constant).toBe(false);
});

test('constant sources keep their rate, fast ones are divided evenly, variable ones go to 30 or 60', () => {
  const of = (num: number, constant: boolean, ceiling: 30 | 60) =>
    perSecond(renditionRate({ rate: { num, den: 1 }, constant }, ceiling));
  expect([of(10, true, 60), of(25, true, 30), of(50, true, 60)]).toEqual([10, 25, 50]);
  expect([of(60, true, 30), of(50, true, 30), of(240, true, 60), of(240, true, 30)]).toEqual([
    30, 25, 60, 30,
  ]);
  expect([of(17, false, 60), of(58, false, 60), of(58, false, 30), of(2, true, 60)]).toEqual([
    30, 60, 30, 30,
  ]);
});

test('every frame of a constant source gets exactly one slot, whatever the rate', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 60 }), fc.integer({ min: 2, max: 400 }), (rate, count) => {
      const times = stamps(rate, count, 1000);
      const found = measureRate(times, []);
      const clock = createFrameClock(renditionRate(found, 60), count / rate);
      expect(times.map(clock.slotAt)).toEqual(times.map((_, index) => index));
      expect(clock.totalSlots).toBe(count);
    }),
  );
});

test('slots never run backwards and never leave the duration by more than one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 2, maxLength: 200 }),
      (unsorted) => {
        const times = unsorted.sort((a, b) => a - b);
        const clock = createFrameClock({ num: 30, den: 1 }, times.at(-1)!);
        const slots = times.map(clock.slotAt);
        expect(slots).toEqual([...slots].sort((a, b) => a - b));
        expect(slots.at(-1)!).toBeLessThanOrEqual(clock.totalSlots);
      },
    ),
  );
});
