import { expect, test } from 'vitest';
import { applyEdit } from '../../../contract/edit-list.edits.ts';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import { clip, listWith } from '../../../contract/testing.edit-lists.ts';
import { endAt } from './length.rules.ts';

const after = (list: ReturnType<typeof listWith>, mostMs: number) =>
  endAt(list, mostMs).reduce((now, order) => {
    const result = applyEdit(now, order);
    if (!result.ok) throw new Error(result.code);
    return result.list;
  }, list);

test('what is too long ends where it has to, whatever its last clip is like', () => {
  const fade = { name: 'fade', ms: 300 } as const;
  const lists = [
    listWith([clip('a', 0, 4000)]),
    listWith([clip('a', 500, 4000, { speed: 0.3 }), clip('b', 0, 4000, { speed: 3, reversed: true })]),
    listWith([clip('a', 0, 2000), clip('b', 0, 2000, { transition: fade }), clip('c', 0, 4000)]),
  ];
  for (const list of lists)
    for (const mostMs of [1000, 1750, 2040, 3333]) {
      const ms = durationOf(after(list, mostMs));
      expect(ms).toBeLessThanOrEqual(mostMs + 1e-6);
      expect(ms).toBeGreaterThan(mostMs - 400);
    }
  // A reversed clip is seen from its end: its beginning is kept.
  const turned = after(listWith([clip('a', 0, 4000, { reversed: true })]), 1000);
  expect(turned.clips).toMatchObject([{ fromMs: 3000, toMs: 4000 }]);
});

test('what is short enough stays as it is, and nothing is cut to a flash', () => {
  expect(endAt(listWith([clip('a', 0, 4000)]), 4000)).toEqual([]);
  expect(after(listWith([clip('a', 0, 1980), clip('b', 0, 2000)]), 2000).clips).toHaveLength(1);
});
