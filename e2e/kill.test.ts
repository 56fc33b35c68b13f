import { expect, test } from 'vitest';
import { killRun } from './kill.scenario.ts';

/** The short form of `node bench/kill.ts --times 20`. */
test('kill -9 at any moment loses nothing that was acknowledged and does nothing twice', async () => {
  const { faults, acknowledged, orphansEndedMs } = await killRun(3);
  expect(faults).toEqual([]);
  expect(acknowledged.videos).toBe(acknowledged.uploads);
  expect(orphansEndedMs).toHaveLength(1);
}, 300_000);
