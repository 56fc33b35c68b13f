import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begin, canRedo, canUndo, edit, type History, mostSteps, redo, undo } from './edit-history.ts';
import type { Edit } from './edit-list.edits.ts';
import { readEditList } from './edit-list.rules.ts';
import { type EditList, emptyEditList } from './edit-list.ts';
import { isSame } from './json.ts';
import { anyEdit, fullList } from './testing.edit-lists.ts';

/** Each kind of edit, and whether random ones are refused now and then. */
const kinds: Record<Edit['kind'], boolean> = {
  addSource: true,
  addClip: true,
  removeClip: true,
  moveClip: true,
  trimClip: true,
  splitClip: true,
  setClip: true,
  put: true,
  remove: true,
  setLook: false,
  setLayout: true,
  setCredit: false,
  fillSlot: true,
  setCueStyle: false,
  setCues: true,
  setCover: false,
  setSize: true,
};
const cover = (atMs: number): Edit => ({ kind: 'setCover', atMs });
function after(history: History, order: Edit, joined?: string): History {
  const result = edit(history, order, { joined });
  if (!result.ok) throw new Error(result.code);
  return result.history;
}
function untilEnd(history: History, step: (history: History) => History, can: (history: History) => boolean) {
  let reached = history;
  while (can(reached)) reached = step(reached);
  return reached;
}

test('ten thousand rows of edits: each list is valid, shares its untouched parts, and can be undone and redone', () => {
  const told = new Map<string, number>();
  const parts = Object.keys(fullList) as (keyof EditList)[];
  fc.assert(
    fc.property(fc.array(fc.nat(2 ** 31 - 1), { maxLength: 9 }), fc.boolean(), (seeds, isFull) => {
      const first = isFull ? fullList : { ...emptyEditList, sources: fullList.sources };
      let history = begin(first);
      for (const seed of seeds) {
        const before = history.now;
        const order = anyEdit(before, seed);
        const result = edit(history, order);
        const outcome = `${order.kind} ${result.ok ? 'done' : 'refused'}`;
        told.set(outcome, (told.get(outcome) ?? 0) + 1);
        if (!result.ok) continue;
        history = result.history;
        if (history.now === before) continue;
        const read = readEditList(history.now);
        if (!read.ok) throw new Error(`${order.kind}: ${JSON.stringify(read.faults)}`);
        if (isSame(before, history.now)) throw new Error(`${order.kind} had no effect, but gave a new list`);
        for (const part of parts)
          if (before[part] !== history.now[part] && isSame(before[part], history.now[part]))
            throw new Error(`${order.kind} made ${part} anew`);
        for (const clip of history.now.clips) {
          const same = before.clips.find((other) => other.id === clip.id);
          if (same !== clip && isSame(same, clip)) throw new Error(`${order.kind} made ${clip.id} anew`);
        }
      }
      const last = history.now;
      const read = readEditList(JSON.parse(JSON.stringify(last)));
      if (!read.ok || !isSame(read.list, last)) expect(read).toEqual({ ok: true, list: last });
      const undone = untilEnd(history, undo, canUndo);
      const redone = untilEnd(undone, redo, canRedo);
      if (undone.now !== first || redone.now !== last || !isSame(redone.past, history.past))
        expect([undone.now, redone]).toBe([first, history]);
    }),
    { numRuns: 10_000 },
  );
  const outcomes = Object.entries(kinds).flatMap(([kind, isRefused]) =>
    isRefused ? [`${kind} done`, `${kind} refused`] : [`${kind} done`],
  );
  expect([...told.keys()].sort()).toEqual(outcomes.sort());
  expect(Math.min(...told.values())).toBeGreaterThan(100);
});

test('undo and redo go one step, and stay where there is none', () => {
  const one = after(begin(fullList), cover(1));
  const two = after(one, cover(2));
  expect(undo(two).now).toBe(one.now);
  expect(redo(undo(two)).now).toBe(two.now);
  expect([canUndo(two), canRedo(two), canRedo(undo(two))]).toEqual([true, false, true]);
  const start = begin(fullList);
  expect([undo(start), redo(start)]).toEqual([start, start]);
  expect(undo(start)).toBe(start);
});

test('a new edit after undo forgets what was undone; one refused or without effect does not', () => {
  const undone = undo(after(begin(fullList), cover(1)));
  expect(after(undone, cover(0))).toBe(undone);
  expect(edit(undone, { kind: 'remove', id: 'nobody' })).toEqual({ ok: false, code: 'unknown_id' });
  expect(canRedo(undone)).toBe(true);
  expect(canRedo(after(undone, cover(2)))).toBe(false);
});

test('one drag is one step, another key, an undo or an edit between begins a new one', () => {
  let history = begin(fullList);
  for (const atMs of [1, 2, 3]) history = after(history, cover(atMs), 'drag-1');
  expect(history.past).toEqual([fullList]);
  history = after(after(history, cover(4), 'drag-2'), cover(5), 'drag-2');
  expect(history.past).toHaveLength(2);
  expect(after(undo(history), cover(6), 'drag-2').past).toHaveLength(2);
  history = after(after(history, cover(7)), cover(8), 'drag-2');
  expect(history.past.map((list) => list.coverAtMs)).toEqual([0, 3, 5, 7]);
  expect(after(after(begin(fullList), cover(1)), cover(2)).past).toHaveLength(2);
});

test('a drag that comes back to where it began leaves no step, and may go on', () => {
  const there = after(begin(fullList), cover(1), 'drag');
  const back = after(there, cover(0), 'drag');
  expect(back).toEqual(begin(fullList));
  expect(back.now).toBe(fullList);
  expect(undo(after(after(back, cover(2), 'drag'), cover(3), 'drag')).now).toBe(fullList);
});

test('the last two hundred steps can be undone', () => {
  let history = begin(fullList);
  for (let atMs = 1; atMs <= mostSteps + 50; atMs++) history = after(history, cover(atMs));
  expect(history.past).toHaveLength(mostSteps);
  expect(untilEnd(history, undo, canUndo).now.coverAtMs).toBe(50);
});
