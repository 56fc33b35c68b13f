import type { ShownClip } from '../../../contract/edit-list.timeline.ts';
import type { Shown } from '../compositor/compositor.ts';
import type { Seeing } from '../seeing/seeing.ts';
import type { Reel } from './reel.ts';

/** The picture of a clip, and when another background is wished for, what is needed to change it. */
export async function pictureOf(
  { clip, sourceMs }: ShownClip,
  reel: Reel,
  /** The one that is looked at for masks: `reel` may be its twin. */
  source: Reel,
  reels: ReadonlyMap<string, Reel>,
  seeing: Seeing,
): Promise<Shown | null> {
  const { backdrop } = clip;
  const mask = backdrop && (await seeing.maskAt(source, sourceMs));
  const behind =
    backdrop?.kind === 'source' ? await behindOf(backdrop, { clip, sourceMs }, source, reels) : null;
  const shown = await reel.pictureAt(sourceMs);
  return shown && mask ? { ...shown, keyed: { mask, backdrop, behind } } : shown;
}

/** It runs on from its beginning as the clip does, in its own time, whatever the clip's speed; its last picture stays. */
async function behindOf(
  { source, fromMs }: { source: string; fromMs: number },
  { clip, sourceMs }: Pick<ShownClip, 'clip' | 'sourceMs'>,
  mine: Reel,
  reels: ReadonlyMap<string, Reel>,
): Promise<Shown | null> {
  const reel = reels.get(source);
  if (!reel) return null;
  const movedMs = clip.reversed ? clip.toMs - sourceMs : sourceMs - clip.fromMs;
  // A source behind itself, or one that is also a clip beside this one, has its own decoder for it.
  const own = reel === mine ? await (await (await reel.twin()).twin()).twin() : await reel.twin();
  return own.pictureAt(fromMs + movedMs / clip.speed);
}
