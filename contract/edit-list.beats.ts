import { beatsOf, clipMs, snap, startsOf } from './edit-list.timeline.ts';
import type { EditClip, EditList } from './edit-list.ts';

/**
 * Cuts that fall on beats. Sounds lie where they lie; what moves is where a clip ends, so that the next one begins on
 * the beat. Knows beats as times of the result, as `beatsOf` gives them.
 */
export type Trim = { id: string; fromMs: number; toMs: number };

/** No clip is cut shorter than this: less is a flash. */
const shortestMs = 200;
/** A cut that is further than this from any beat was not meant for one. */
const reachMs = 1000;

/**
 * The trims after which each cut is on the nearest beat that it can reach, to within the two ms that a whole ms of a
 * source is at any speed; later clips move along. The end of the last clip stays, and so does a cut without such a beat.
 */
export function trimsToBeats(list: EditList): Trim[] {
  const beats = beatsOf(list);
  const clips = [...list.clips];
  const trims: Trim[] = [];
  for (let index = 0; index < clips.length - 1; index++) {
    const clip = clips[index]!;
    const startMs = startsOf({ clips })[index]!;
    const overlapMs = clips[index + 1]!.transition?.ms ?? 0;
    const cutMs = startMs + clipMs(clip) - overlapMs;
    // Transitions must fit into half of a clip, so that they stay as they are.
    const leastMs = Math.max(shortestMs, 2 * overlapMs, 2 * (clip.transition?.ms ?? 0));
    const reachable = beats.filter((beatMs) => {
      const lengthMs = beatMs - startMs + overlapMs;
      return lengthMs >= leastMs && lengthMs <= longestMs(list, clip);
    });
    const beatMs = snap(cutMs, reachable, reachMs);
    const trimmed = seenFor(list, clip, beatMs - startMs + overlapMs);
    if (beatMs === cutMs || (trimmed.fromMs === clip.fromMs && trimmed.toMs === clip.toMs)) continue;
    clips[index] = { ...clip, ...trimmed };
    trims.push({ id: clip.id, ...trimmed });
  }
  return trims;
}

/** How long a clip could be seen from where it begins now, with all that its source has. */
function longestMs(list: EditList, clip: EditClip): number {
  const sourceMs = list.sources[clip.source]?.durationMs ?? clip.toMs;
  return (clip.reversed ? clip.toMs : sourceMs - clip.fromMs) / clip.speed;
}

/** The same clip, ending after that time. A reversed one ends at its `fromMs`. */
function seenFor(list: EditList, clip: EditClip, lengthMs: number): { fromMs: number; toMs: number } {
  const sourceMs = Math.round(lengthMs * clip.speed);
  if (clip.reversed) return { fromMs: Math.max(0, clip.toMs - sourceMs), toMs: clip.toMs };
  const mostMs = list.sources[clip.source]?.durationMs ?? clip.toMs;
  return { fromMs: clip.fromMs, toMs: Math.min(mostMs, clip.fromMs + sourceMs) };
}

/** Beats as times inside a clip's source, where its begin and its end may catch when it is trimmed. */
export function trimCatches(list: EditList, clip: EditClip): { fromMs: number[]; toMs: number[] } {
  const startMs = startsOf(list)[list.clips.indexOf(clip)] ?? 0;
  const lengths = beatsOf(list).map((beatMs) => Math.round((beatMs - startMs) * clip.speed));
  const within = (times: number[]) =>
    times.filter((ms) => ms >= 0 && ms <= (list.sources[clip.source]?.durationMs ?? 0)).sort((a, b) => a - b);
  return {
    fromMs: within(lengths.filter((ms) => ms > 0).map((ms) => clip.toMs - ms)),
    toMs: within(lengths.filter((ms) => ms > 0).map((ms) => clip.fromMs + ms)),
  };
}
