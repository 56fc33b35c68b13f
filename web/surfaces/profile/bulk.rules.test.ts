import { expect, test } from 'vitest';
import { onEach } from './bulk.rules.ts';

test('each is done once, what fails is named, and the others are done nevertheless', async () => {
  const seen: number[] = [];
  const told: number[] = [];
  const failed = await onEach(
    [1, 2, 3, 4, 5],
    async (item) => {
      seen.push(item);
      if (item % 2 === 0) throw new Error(`no ${item}`);
    },
    (done) => told.push(done),
  );
  expect(seen.sort()).toEqual([1, 2, 3, 4, 5]);
  expect(failed.map((one) => one.item).sort()).toEqual([2, 4]);
  expect(told).toEqual([1, 2, 3, 4, 5]);
  expect(
    await onEach(
      [],
      async () => {},
      () => {},
    ),
  ).toEqual([]);
});
