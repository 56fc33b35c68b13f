import { longestTransitionMs, startsOf } from './edit-list.timeline.ts';
import { type EditClip, type EditList, editLimits, transitionMs } from './edit-list.ts';

/*
 * What edits do to the row of clips. Knows nothing of what is laid over them, which stays where it is.
 */

/** The same clips with each transition as long as it can be at its new place, or a cut instead of it. */
export function settled(clips: readonly EditClip[]): EditClip[] {
  return clips.map((clip, index) => {
    if (clip.transition === null) return clip;
    const before = clips[index - 1];
    const longestMs = before ? longestTransitionMs(before, clip) : 0;
    if (clip.transition.ms <= longestMs) return clip;
    const transition = longestMs < transitionMs.shortest ? null : { ...clip.transition, ms: longestMs };
    return { ...clip, transition };
  });
}

/** An index behind the last is the end. */
export function inserted(clips: readonly EditClip[], clip: EditClip, index: number): EditClip[] {
  return clips.toSpliced(index, 0, clip);
}

/** `to` is the index that the clip has afterwards. */
export function moved(clips: readonly EditClip[], from: number, to: number): EditClip[] {
  return inserted(clips.toSpliced(from, 1), clips[from]!, to);
}

/**
 * Two clips instead of the one seen at a time; nothing else is seen and nothing is seen at another time. The cut is at
 * a whole ms of the source. In a transition, or so near to one that it would have to be shorter, there is no such cut.
 */
export function split(
  list: EditList,
  atMs: number,
  newId: string,
): EditClip[] | 'nothing_to_split' | 'near_transition' | 'too_many' {
  const starts = startsOf(list);
  const index = starts.findLastIndex((startMs) => startMs <= atMs);
  const clip = list.clips[index];
  if (!clip) return 'nothing_to_split';
  const movedMs = Math.round((atMs - starts[index]!) * clip.speed);
  const cutMs = clip.reversed ? clip.toMs - movedMs : clip.fromMs + movedMs;
  if (cutMs <= clip.fromMs || cutMs >= clip.toMs) return 'nothing_to_split';
  if (list.clips.length >= editLimits.clips) return 'too_many';
  const early = { fromMs: clip.fromMs, toMs: cutMs };
  const late = { fromMs: cutMs, toMs: clip.toMs };
  const [first, second] = clip.reversed ? [late, early] : [early, late];
  const halves = [
    { ...clip, ...first },
    { ...clip, ...second, id: newId, transition: null },
  ];
  const clips = list.clips.toSpliced(index, 1, ...halves);
  const isUnchanged = settled(clips).every((settledClip, place) => settledClip === clips[place]);
  return isUnchanged ? clips : 'near_transition';
}
