import fc from 'fast-check';
import { expect, test } from 'vitest';
import { soundFault } from '../../../contract/edit-list.rules.ts';
import type { EditSound } from '../../../contract/edit-list.ts';
import { fullList } from '../../../contract/testing.edit-lists.ts';
import { begunAt, endedAt, movedTo, startedAt } from './sound.rules.ts';

const wholeMs = fullList.sources.song!.durationMs;
const sound = (more: Partial<EditSound> = {}): EditSound => ({
  ...{ ...fullList.sounds[0]!, atMs: 1000, fromMs: 2000, forMs: 5000 },
  ...more,
});

test('whatever is dragged wherever, the sound stays inside its source', () => {
  const ms = fc.integer({ min: -50_000, max: 90_000 });
  const deed = fc.constantFrom(
    (one: EditSound, to: number) => startedAt(one, wholeMs, to),
    (one: EditSound, to: number) => movedTo(one, 8000, to),
    (one: EditSound, to: number) => endedAt(one, wholeMs, to),
    (one: EditSound, to: number) => begunAt(one, to),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(deed, ms), { maxLength: 12 }), (deeds) => {
      const after = deeds.reduce((one, [change, to]) => change(one, to), sound());
      expect(soundFault(fullList, after)).toBeNull();
      expect(Math.min(after.atMs, after.fromMs, after.forMs - 200)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('another start keeps the length, and a sound that was heard to its end still is', () => {
  expect(startedAt(sound(), wholeMs, 4000)).toEqual(sound({ fromMs: 4000 }));
  expect(startedAt(sound(), wholeMs, 28_000)).toEqual(sound({ fromMs: 28_000, forMs: 2000 }));
  const toItsEnd = sound({ fromMs: 20_000, forMs: 10_000 });
  expect(startedAt(toItsEnd, wholeMs, 5000)).toEqual(sound({ fromMs: 5000, forMs: 25_000 }));
});

test('a sound that begins later has what it has at the same moments', () => {
  expect(begunAt(sound(), 1500)).toEqual(sound({ atMs: 1500, fromMs: 2500, forMs: 4500 }));
  expect(begunAt(sound(), -900)).toEqual(sound({ atMs: 0, fromMs: 1000, forMs: 6000 }));
  expect(begunAt(sound({ fromMs: 300 }), 0)).toEqual(sound({ atMs: 700, fromMs: 0, forMs: 5300 }));
});

test('a sound is moved as it is, and ends no later than its source does', () => {
  expect(movedTo(sound(), 8000, 9000)).toEqual(sound({ atMs: 7800 }));
  expect(endedAt(sound(), wholeMs, 3000)).toEqual(sound({ forMs: 2000 }));
  expect(endedAt(sound(), wholeMs, 90_000)).toEqual(sound({ forMs: 28_000 }));
});
