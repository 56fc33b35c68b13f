import { useEffect, useRef, useState } from 'react';
import type { EditList } from '../../../contract/edit-list.ts';
import { openPreview, type Preview } from '../../studio/reels/preview.ts';
import type { Reel } from '../../studio/reels/reel.ts';

/** The preview on the canvas of this room, following the list. */
export function usePreview(list: EditList, reels: ReadonlyMap<string, Reel>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const preview = useRef<Preview | null>(null);
  const newest = useRef(list);
  newest.current = list;
  const [{ atMs, playing }, setNow] = useState({ atMs: 0, playing: false });
  useEffect(() => {
    const mine = openPreview(canvas.current!, reels, setNow);
    preview.current = mine;
    mine.set(newest.current);
    return () => {
      mine.close();
      preview.current = null;
    };
  }, [reels]);
  useEffect(() => preview.current?.set(list), [list]);
  return {
    canvas,
    atMs,
    playing,
    seek: (ms: number) => preview.current?.seek(ms),
    play: async (context?: AudioContext) => (await preview.current?.play(context)) ?? null,
    pause: () => preview.current?.pause(),
    toggle: () => (playing ? preview.current?.pause() : void preview.current?.play()),
  };
}
export type PreviewState = ReturnType<typeof usePreview>;
