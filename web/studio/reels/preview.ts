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
  /** Begins again when it stands at the end. Needs to have been asked for by a person (autoplay rules). */
  play(): Promise<void>;
  pause(): void;
  close(): void;
};

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
    } finally {
      drawing = false;
    }
  };
  const redraw = () => void draw();
  void textFace().then(redraw);
  // A graphics card that was taken away comes back with an empty canvas.
  canvas.addEventListener('webglcontextrestored', redraw);
  const pause = () => {
    cancelAnimationFrame(frame);
    playing?.source?.stop();
    void playing?.context.close();
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
    async play() {
      if (!list || playing) return;
      if (atMs >= durationOf(list) - 1) atMs = 0;
      const context = new AudioContext({ sampleRate: 48_000 });
      playing = { context, source: null, fromMs: atMs, sinceS: 0 };
      const mine = playing;
      tell({ atMs, playing: true });
      const mixed = await mixSound(list, reels);
      await context.resume();
      if (playing !== mine) return;
      if (mixed) {
        mine.source = new AudioBufferSourceNode(context, { buffer: mixed });
        mine.source.connect(context.destination);
        mine.source.start(0, atMs / 1000);
      }
      mine.sinceS = context.currentTime;
      frame = requestAnimationFrame(tick);
    },
    pause,
    close() {
      if (playing) pause();
      closed = true;
      canvas.removeEventListener('webglcontextrestored', redraw);
      compositor.close();
    },
  };
}

/** At the very end the last picture stays. */
const lastFrameMs = (list: EditList) => Math.max(0, durationOf(list) - 1000 / list.fps);
/** What is heard depends on these alone. */
const soundsOf = ({ clips, sounds }: EditList) =>
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
  ]);
