import { grainMs, startsOf } from '../../../contract/edit-list.timeline.ts';
import type { EditEffect, EditList } from '../../../contract/edit-list.ts';
import { effectOf } from './effects.ts';

/**
 * The beats an effect moves with. Pure: a list and a time give the same beats every time, whoever asks.
 */

/** Where nothing has beats, an effect beats from its own beginning, 120 to the minute. */
export const gapMs = 500;

/**
 * WCAG 2.3.1 allows three flashes in any second. Beats that flash are so far apart, over all effects of a list together,
 * that a fourth never falls into the second of three.
 */
export const flashGapMs = 340;

export type Beat = {
  /** Since the last beat and until the next; `never` where there is none. */
  sinceS: number;
  untilS: number;
  /** Beats since the effect began, the one at its start among them. */
  count: number;
};
const never = 60;

type Heard = { fromMs: number; toMs: number; beatsMs: number[] };

/** The beats of sounds as they are laid under the result; where no sound has any, those of the clips themselves. */
export function beatsOf(list: EditList): readonly number[] {
  return remembered(beats, list, () => {
    const sounds = list.sounds
      .filter(({ voice, volume }) => !voice && volume > 0)
      .map(({ source, atMs, fromMs, forMs }): Heard => {
        const times = list.sources[source]?.beatsMs ?? [];
        const beatsMs = times.map((ms) => ms - fromMs + atMs);
        return { fromMs: atMs, toMs: atMs + forMs, beatsMs };
      });
    const starts = startsOf(list);
    const clips = list.clips.map((clip, index): Heard => {
      const [fromMs, lengthMs] = [starts[index]!, (clip.toMs - clip.fromMs) / clip.speed];
      const beatsMs = (list.sources[clip.source]?.beatsMs ?? []).map(
        (ms) => fromMs + (clip.reversed ? clip.toMs - ms : ms - clip.fromMs) / clip.speed,
      );
      return {
        fromMs,
        toMs: fromMs + lengthMs,
        beatsMs: clip.volume > 0 ? beatsMs.sort((a, b) => a - b) : [],
      };
    });
    // Two songs at once have no common beat: the one that lies further below gives it.
    const taken: Heard[] = [];
    const found: number[] = [];
    for (const heard of [...sounds, ...clips]) {
      const mine = heard.beatsMs.filter((ms) => ms >= heard.fromMs - grainMs && ms < heard.toMs - grainMs);
      if (mine.length === 0) continue;
      found.push(...mine.filter((ms) => !taken.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs)));
      taken.push(heard);
    }
    return found.sort((a, b) => a - b);
  });
}

/** What an effect wishes for: the beats in its time, or its own tempo where there are none. */
function wishedBy(list: EditList, { atMs, forMs }: EditEffect): number[] {
  const inside = within(beatsOf(list), atMs, forMs);
  if (inside.length === 0) for (let ms = atMs; ms < atMs + forMs; ms += gapMs) inside.push(ms);
  return inside;
}
const within = (times: readonly number[], atMs: number, forMs: number): number[] =>
  times.filter((ms) => ms >= atMs - grainMs && ms < atMs + forMs);

/** The beats that one effect is given, ascending. */
export function beatsFor(list: EditList, placed: EditEffect): readonly number[] {
  if (!effectOf(placed.effect)?.flashes) return wishedBy(list, placed);
  return within(flashesOf(list), placed.atMs, placed.forMs);
}

/** When anything in the list flashes. Effects that lie over each other flash at the same times. */
function flashesOf(list: EditList): readonly number[] {
  return remembered(flashes, list, () => {
    let lastMs = Number.NEGATIVE_INFINITY;
    return list.effects
      .filter(({ effect, strength }) => strength > 0 && effectOf(effect)?.flashes)
      .flatMap((placed) => wishedBy(list, placed))
      .sort((a, b) => a - b)
      .filter((ms) => {
        if (ms - lastMs < flashGapMs) return false;
        lastMs = ms;
        return true;
      });
  });
}

export function beatAt(list: EditList, placed: EditEffect, nowMs: number): Beat {
  const times = beatsFor(list, placed);
  const count = times.filter((ms) => ms <= nowMs + grainMs).length;
  const [last, next] = [times[count - 1], times[count]];
  return {
    sinceS: last === undefined ? never : Math.max(0, nowMs - last) / 1000,
    untilS: next === undefined ? never : (next - nowMs) / 1000,
    count,
  };
}

const beats = new WeakMap<EditList, readonly number[]>();
const flashes = new WeakMap<EditList, readonly number[]>();
/** Lists never change: a new one comes with each edit. */
function remembered(
  all: WeakMap<EditList, readonly number[]>,
  list: EditList,
  find: () => readonly number[],
): readonly number[] {
  const known = all.get(list);
  if (known) return known;
  const found = find();
  all.set(list, found);
  return found;
}
