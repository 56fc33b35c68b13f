import { applyEdit, type Edit } from '../../../contract/edit-list.edits.ts';
import { clipMs, durationOf, grainMs } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';

/** Less of a clip is no picture of anything. */
const leastMs = 100;

/**
 * The edits that leave away what comes after `mostMs`: clips behind it go, the one that is seen then ends there. None for
 * a list that is short enough. A clip that shrinks may shrink the transition into it, so it is looked at again. Pure.
 */
export function endAt(list: EditList, mostMs: number): Edit[] {
  const edits: Edit[] = [];
  let now = list;
  for (let left = list.clips.length * 8; left > 0; left--) {
    const overMs = durationOf(now) - mostMs;
    const last = now.clips.at(-1);
    if (!last || overMs <= grainMs) return edits;
    const cut = Math.ceil(overMs * last.speed);
    const order: Edit =
      clipMs(last) - overMs < leastMs
        ? { kind: 'removeClip', id: last.id }
        : {
            kind: 'trimClip',
            id: last.id,
            fromMs: last.reversed ? last.fromMs + cut : last.fromMs,
            toMs: last.reversed ? last.toMs : last.toMs - cut,
          };
    const result = applyEdit(now, order);
    if (!result.ok) return edits;
    edits.push(order);
    now = result.list;
  }
  return edits;
}
