import { applyEdit, type Edit, type EditRefusal } from './edit-list.edits.ts';
import type { EditList } from './edit-list.ts';
import { isSame } from './json.ts';

/**
 * What was done to an edit list, to be undone and redone. Whole lists are kept, not edits: they share what they have in
 * common, and undo gives back the very list that was there.
 */
export type History = {
  /** The last is what undo goes back to. */
  past: readonly EditList[];
  now: EditList;
  /** The first is what redo goes on to. */
  future: readonly EditList[];
  /** The key of the gesture that the last step came from; null after undo and redo. */
  joined: string | null;
};

/** More than a person goes back one by one; lists that share most of their parts make it a few MB. */
export const mostSteps = 200;

export function begin(list: EditList): History {
  return { past: [], now: list, future: [], joined: null };
}

/**
 * Edits that follow each other with the same key in `joined`, such as one drag of a slider, are one step; a key
 * belongs to one gesture, so the next drag has another. A gesture that ends where it began leaves no step.
 */
export function edit(
  history: History,
  order: Edit,
  { joined }: { joined?: string } = {},
): { ok: true; history: History } | { ok: false; code: EditRefusal } {
  const edited = applyEdit(history.now, order);
  if (!edited.ok) return edited;
  const now = edited.list;
  if (now === history.now) return { ok: true, history };
  const last = history.past.at(-1);
  if (joined === undefined || joined !== history.joined || !last)
    return { ok: true, history: { past: bounded(history), now, future: [], joined: joined ?? null } };
  if (isSame(last, now))
    return { ok: true, history: { past: history.past.slice(0, -1), now: last, future: [], joined: null } };
  return { ok: true, history: { ...history, now, future: [] } };
}

/** One step back; the same history when there is none. */
export function undo(history: History): History {
  const { past, now, future } = history;
  const last = past.at(-1);
  return last ? { past: past.slice(0, -1), now: last, future: [now, ...future], joined: null } : history;
}

/** One step on again; the same history when nothing was undone. */
export function redo(history: History): History {
  const { past, now, future } = history;
  const [next, ...later] = future;
  return next ? { past: [...past, now], now: next, future: later, joined: null } : history;
}

export function canUndo({ past }: History): boolean {
  return past.length > 0;
}

export function canRedo({ future }: History): boolean {
  return future.length > 0;
}

function bounded({ past, now }: History): EditList[] {
  return [...past, now].slice(-mostSteps);
}
