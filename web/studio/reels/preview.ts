import { durationOf } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { createCompositor } from '../compositor/compositor.ts';
import { forgiving } from '../seeing/seeing.ts';
import { mixSound } from './mix.ts';
import type { Reel } from './reel.ts';
import { showAt, textFace } from './show.ts';

/**
 * The list on a canvas: still at a time, or playing with its sound. The sound card is the clock; pictures that come too
 * late are left out. The same drawing as the export.
 */
export type Preview = {
  /** What is shown from now on; keeps playing. */
  set(list: EditList): void;
  seek(ms: number): void;
  /**
   * Begins again when it stands at the end. Needs to have been asked for by a person (autoplay rules). Resolves to its
   * clock: the moment `fromMs` is played at `sinceS` of the context; null when it was stopped before. A `context` that
   * is given is closed with it.
   */
  play(context?: AudioContext): Promise<PlayedFrom | null>;
  pause(): void;
  close(): void;
};

export type PlayedFrom = { context: AudioContext; sinceS: number; fromMs: number };

export function openPreview(
  canvas: HTMLCanvasElement,
  reels: ReadonlyMap<string, Reel>,
  tell: (news: { atMs: number; playing: boolean }) => void,
): Preview {
  const compositor = createCompositor(canvas);
  let list: EditList | null = null;
  let atMs = 0;
  let playing: {
    context: AudioContext;
    source: AudioBufferSourceNode | null;
    fromMs: number;
    sinceS: number;
  } | null = null;
  let closed = false;
  let frame = 0;
  /** The newest wish; what was wished while a picture was being made is made once. */
  let wished = false;
  let drawing = false;

  const draw = async () => {
    wished = true;
    if (drawing) return;
    drawing = true;
    try {
      while (wished && !closed && list) {
        wished = false;
        await showAt(compositor, list, reels, Math.min(atMs, lastFrameMs(list)), forgiving);
      }
    } catch (error) {
      // Whoever left the room took its sources along.
      if (!closed) throw error;
    } finally {
      drawing = false;
    }
  };
  /** What is heard, mixed once for as long as nothing of it changes. */
  let heard: { key: string; mixed: Promise<AudioBuffer | null> } | null = null;
  const mixOf = (now: EditList): Promise<AudioBuffer | null> => {
    const key = soundsOf(now);
    if (heard?.key !== key) {
      const mixed = mixSound(now, reels);
      heard = { key, mixed };
      mixed.catch(() => {
        if (heard?.mixed === mixed) heard = null;
      });
    }
    return heard.mixed;
  };
  const redraw = () => void draw();
  void textFace().then(redraw);
  // A graphics card that was taken away comes back with an empty canvas.
  canvas.addEventListener('webglcontextrestored', redraw);
  const pause = () => {
    cancelAnimationFrame(frame);
    playing?.source?.stop();
    const { context } = playing ?? {};
    // Who listens to the same clock (a voice that is recorded) has its last words yet to fetch.
    setTimeout(() => void context?.close(), 1000);
    playing = null;
    tell({ atMs, playing: false });
  };
  const tick = () => {
    if (!playing || !list) return;
    atMs = playing.fromMs + Math.max(0, playing.context.currentTime - playing.sinceS) * 1000;
    if (atMs >= durationOf(list)) {
      atMs = durationOf(list);
      void draw();
      return pause();
    }
    void draw();
    tell({ atMs, playing: true });
    frame = requestAnimationFrame(tick);
  };

  return {
    set(next) {
      const heardOther = list !== null && soundsOf(list) !== soundsOf(next);
      list = next;
      if (canvas.width !== next.width || canvas.height !== next.height)
        compositor.resize(next.width, next.height);
      atMs = Math.min(atMs, durationOf(next));
      if (playing && heardOther) pause();
      void draw();
    },
    seek(ms) {
      if (playing) pause();
      atMs = list ? Math.max(0, Math.min(ms, durationOf(list))) : 0;
      tell({ atMs, playing: false });
      void draw();
    },
    async play(given) {
      if (!list || playing) return null;
      if (atMs >= durationOf(list) - 1) atMs = 0;
      const context = given ?? new AudioContext({ sampleRate: 48_000 });
      playing = { context, source: null, fromMs: atMs, sinceS: 0 };
      const mine = playing;
      tell({ atMs, playing: true });
      const mixed = await mixOf(list).catch((error) => {
        if (playing === mine) throw error;
        return null;
      });
      // Stopped meanwhile: its context is closed, or will be.
      if (playing !== mine) return null;
      await context.resume();
      if (playing !== mine) return null;
      mine.sinceS = context.currentTime + soonS;
      if (mixed) {
        mine.source = new AudioBufferSourceNode(context, { buffer: mixed });
        mine.source.connect(context.destination);
        mine.source.start(mine.sinceS, atMs / 1000);
      }
      frame = requestAnimationFrame(tick);
      return { context, sinceS: mine.sinceS, fromMs: mine.fromMs };
    },
    pause,
    close() {
      if (playing) pause();
      closed = true;
      heard = null;
      canvas.removeEventListener('webglcontextrestored', redraw);
      compositor.close();
    },
  };
}

/** A moment that the sound card has not passed yet, so that the sound begins exactly then. */
const soonS = 0.02;
/** At the very end the last picture stays. */
const lastFrameMs = (list: EditList) => Math.max(0, durationOf(list) - 1000 / list.fps);
/** What is heard depends on these alone. */
const soundsOf = ({ clips, sounds, layout }: EditList) =>
  JSON.stringify([
    clips.map(({ source, fromMs, toMs, speed, reversed, volume, transition }) => [
      source,
      fromMs,
      toMs,
      speed,
      reversed,
      volume,
      transition?.ms,
    ]),
    sounds,
    layout?.others.map(({ source, fromMs, volume }) => [source, fromMs, volume]),
  ]);
