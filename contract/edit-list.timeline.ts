import type { EditClip, EditList } from './edit-list.ts';

/**
 * Where things are on the timeline of an edit list, which preview and export ask alike. Times are ms; those of clips
 * are floats, since a speed of 0.3 gives thirds. Asks nothing but the list, and takes it to be valid.
 */
type Clips = Pick<EditList, 'clips'>;

/** What of a source is to be seen. A reversed clip begins at `toMs` and runs down towards `fromMs`. */
export type ShownClip = { clip: EditClip; index: number; sourceMs: number };

/**
 * `before` goes away under `main` while a transition lasts; `blend` is how far `main` has come, 1 without one. Both
 * clips are null in a list without any.
 */
export type Shown = { main: ShownClip | null; before: ShownClip | null; blend: number };

/** Floats of 200 clips added up are off by a hundredth of this at most; no two frames are as near. */
export const grainMs = 1e-6;

/** How long a clip is seen. */
export function clipMs(clip: EditClip): number {
  return (clip.toMs - clip.fromMs) / clip.speed;
}

/** Where each clip begins: at the end of the one before, less the transition in which both are seen. */
export function startsOf({ clips }: Clips): number[] {
  let endMs = 0;
  return clips.map((clip, index) => {
    const startMs = endMs - (index === 0 ? 0 : (clip.transition?.ms ?? 0));
    endMs = startMs + clipMs(clip);
    return startMs;
  });
}

/** What is laid over the clips does not make a video longer; without a clip there is none. */
export function durationOf(list: Clips): number {
  const last = list.clips.at(-1);
  return last ? startsOf(list).at(-1)! + clipMs(last) : 0;
}

/** How many frames begin before the end; frame i is seen at i × 1000 ÷ fps. */
export function frameCount(list: Pick<EditList, 'clips' | 'fps'>): number {
  if (list.clips.length === 0) return 0;
  return Math.max(1, Math.ceil(((durationOf(list) - grainMs) * list.fps) / 1000));
}

/** No longer than half of either clip, so that never more than two are seen at once. Whole ms. */
export function longestTransitionMs(before: EditClip, clip: EditClip): number {
  return Math.floor(Math.min(clipMs(before), clipMs(clip)) / 2 + grainMs);
}

/** What is seen at a time; after the end what the last frame shows. */
export function at(list: Pick<EditList, 'clips' | 'fps'>, ms: number): Shown {
  if (list.clips.length === 0) return { main: null, before: null, blend: 1 };
  const isInside = ms < durationOf(list) - grainMs;
  const timeMs = isInside ? Math.max(0, ms) : ((frameCount(list) - 1) * 1000) / list.fps;
  const starts = startsOf(list);
  const index = starts.findLastIndex((startMs) => startMs <= timeMs + grainMs);
  const main = shown(list, starts, index, timeMs);
  const inMs = index === 0 ? 0 : (main.clip.transition?.ms ?? 0);
  const sinceMs = Math.max(0, timeMs - starts[index]!);
  if (sinceMs >= inMs - grainMs) return { main, before: null, blend: 1 };
  return { main, before: shown(list, starts, index - 1, timeMs), blend: sinceMs / inMs };
}

function shown({ clips }: Clips, starts: readonly number[], index: number, timeMs: number): ShownClip {
  const clip = clips[index]!;
  const movedMs = Math.min(Math.max(0, timeMs - starts[index]!) * clip.speed, clip.toMs - clip.fromMs);
  return { clip, index, sourceMs: clip.reversed ? clip.toMs - movedMs : clip.fromMs + movedMs };
}

/** The texts, stickers, sounds or effects of a moment, in the order of the list: the last lies on top. */
export function activeAt<T extends { atMs: number; forMs: number }>(things: readonly T[], ms: number): T[] {
  return things.filter(({ atMs, forMs }) => atMs <= ms && ms < atMs + forMs);
}

/**
 * Begins and ends of clips and of what is laid over them, except of the thing that is moved itself. Whole ms, since only
 * clips begin between them: rounded down, so that no frame of a clip comes before what begins with it, and for the end
 * of all up. Sorted, each once, none after the end.
 */
export function edgesOf(list: EditList, exceptId?: string): number[] {
  const starts = startsOf(list);
  const endMs = Math.ceil(durationOf(list) - grainMs);
  const points = new Set([0, endMs]);
  for (const [index, clip] of list.clips.entries()) {
    if (clip.id === exceptId) continue;
    points.add(Math.floor(starts[index]! + grainMs));
    points.add(Math.floor(starts[index]! + clipMs(clip) + grainMs));
  }
  for (const { id, atMs, forMs } of [...list.texts, ...list.stickers, ...list.sounds, ...list.effects])
    if (id !== exceptId) points.add(atMs).add(atMs + forMs);
  return [...points].filter((point) => point <= endMs).sort((a, b) => a - b);
}

/**
 * When the beats of the sounds are, also behind the end, where a longer video would hear them; not of the sound that is
 * moved itself, nor of a voice or of what is silent. Sorted, each once.
 */
export function beatsOf(list: EditList, exceptId?: string): number[] {
  const points = new Set<number>();
  for (const sound of list.sounds) {
    if (sound.id === exceptId || sound.voice || sound.volume === 0) continue;
    for (const beatMs of list.sources[sound.source]?.beatsMs ?? [])
      if (beatMs >= sound.fromMs && beatMs < sound.fromMs + sound.forMs)
        points.add(sound.atMs + beatMs - sound.fromMs);
  }
  return [...points].sort((a, b) => a - b);
}

/** Where something that is moved may catch: at edges and at beats, none after the end. Sorted, each once. */
export function snapPoints(list: EditList, exceptId?: string): number[] {
  const edges = edgesOf(list, exceptId);
  const points = new Set([...edges, ...beatsOf(list, exceptId).filter((ms) => ms <= edges.at(-1)!)]);
  return [...points].sort((a, b) => a - b);
}

/** The nearest of the points that is no further than `withinMs`, the earlier of two; else the time as it is. */
export function snap(ms: number, points: readonly number[], withinMs: number): number {
  let nearest = ms;
  let awayMs = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const pointAwayMs = Math.abs(point - ms);
    if (pointAwayMs > withinMs || pointAwayMs >= awayMs) continue;
    nearest = point;
    awayMs = pointAwayMs;
  }
  return nearest;
}
