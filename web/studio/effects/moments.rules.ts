import { activeAt, grainMs, startsOf } from '../../../contract/edit-list.timeline.ts';
import type { EditEffect, EditList } from '../../../contract/edit-list.ts';
import { beatsOf } from './beats.rules.ts';
import { effectOf } from './effects.ts';

/** Effects that ask for another picture than the one that would be shown. Pure. */

const activeLike = (list: EditList, nowMs: number, kind: 'holds' | 'turns'): EditEffect[] =>
  activeAt(list.effects, nowMs).filter(({ effect, strength }) => strength > 0 && effectOf(effect)?.[kind]);

/** The time whose picture is shown at a time: an effect that holds shows its first. */
export function heldMs(list: EditList, nowMs: number): number {
  let ms = nowMs;
  // What is held may itself have been held when it began; each step goes back, so this ends.
  for (;;) {
    const fromMs = Math.min(ms, ...activeLike(list, ms, 'holds').map(({ atMs }) => atMs));
    if (fromMs === ms) return ms;
    ms = fromMs;
  }
}

/** Longer wipes look slow, and nobody's gesture lasts as long. */
const longestReachMs = 450;
const beatIsNearMs = 350;

export type Turn = {
  /** When one thing has half become the other. */
  momentMs: number;
  /** So long before and after it both are seen. */
  reachMs: number;
  /** Where the other picture is from, on the timeline; null when the moment is no cut between two clips. */
  otherMs: number | null;
};

/**
 * The moment of an effect that turns: a hard cut in its time, the nearest to its middle; else a beat there; else the
 * middle. The other picture is the first behind the cut, and afterwards the last before it.
 */
export function turnOf(list: EditList, placed: EditEffect, nowMs: number): Turn {
  const endMs = placed.atMs + placed.forMs;
  const middleMs = placed.atMs + placed.forMs / 2;
  const inside = (ms: number) => ms > placed.atMs + grainMs && ms < endMs - grainMs;
  const nearest = (times: readonly number[], withinMs: number) =>
    times
      .filter((ms) => inside(ms) && Math.abs(ms - middleMs) <= withinMs)
      .sort((a, b) => Math.abs(a - middleMs) - Math.abs(b - middleMs) || a - b)[0];
  const cuts = startsOf(list).filter((_, index) => index > 0 && !list.clips[index]!.transition);
  const cutMs = nearest(cuts, placed.forMs);
  const momentMs = cutMs ?? nearest(beatsOf(list), beatIsNearMs) ?? middleMs;
  const reachMs = Math.min(longestReachMs, momentMs - placed.atMs, endMs - momentMs);
  const isClose = Math.abs(nowMs - momentMs) < reachMs;
  const beyondMs = nowMs < momentMs - grainMs ? momentMs : momentMs - 1000 / list.fps;
  return { momentMs, reachMs, otherMs: cutMs !== undefined && isClose ? beyondMs : null };
}

/** Of the effect that turns now, if there is one. */
export function turnAt(list: EditList, nowMs: number): Turn | null {
  const placed = activeLike(list, nowMs, 'turns').at(-1);
  return placed ? turnOf(list, placed, nowMs) : null;
}
