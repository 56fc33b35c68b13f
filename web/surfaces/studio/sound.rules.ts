import type { EditSound } from '../../../contract/edit-list.ts';

/** What dragging does to a sound: pure, in ms. `wholeMs` is of the source, `endMs` the end of the video. */
export const shortestMs = 200;

/** Heard from another place of its source. One that was heard to its end still is; another one keeps its length. */
export function startedAt(sound: EditSound, wholeMs: number, fromMs: number): EditSound {
  const start = Math.round(within(fromMs, 0, wholeMs - shortestMs));
  const leftMs = wholeMs - start;
  const isToItsEnd = sound.fromMs + sound.forMs >= wholeMs;
  return { ...sound, fromMs: start, forMs: isToItsEnd ? leftMs : Math.min(sound.forMs, leftMs) };
}

/** Later or earlier in the video, as it is. */
export function movedTo(sound: EditSound, endMs: number, atMs: number): EditSound {
  return { ...sound, atMs: Math.round(within(atMs, 0, Math.max(0, endMs - shortestMs))) };
}

/** Heard until a moment of the video, as far as its source goes. */
export function endedAt(sound: EditSound, wholeMs: number, untilMs: number): EditSound {
  return {
    ...sound,
    forMs: Math.round(within(untilMs - sound.atMs, shortestMs, wholeMs - sound.fromMs)),
  };
}

/** From another moment of the video on, and from as much further in its source: what is heard later stays there. */
export function begunAt(sound: EditSound, atMs: number): EditSound {
  const least = Math.max(0, sound.atMs - sound.fromMs);
  const start = Math.round(within(atMs, least, sound.atMs + sound.forMs - shortestMs));
  const byMs = start - sound.atMs;
  return { ...sound, atMs: start, fromMs: sound.fromMs + byMs, forMs: sound.forMs - byMs };
}

const within = (ms: number, least: number, most: number) => Math.max(least, Math.min(most, ms));
