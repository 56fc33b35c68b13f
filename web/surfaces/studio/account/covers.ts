import type { DraftMaterial } from '../../../../contract/drafts.ts';
import { at, durationOf } from '../../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../../contract/edit-list.ts';
import { streams } from '../../../api.ts';
import type { Bytes, Reel } from '../../../studio/reels/reel.ts';
import { takeFile } from '../../../studio/takes/takes.ts';
import { readyStickers } from '../pack-stickers.ts';

/**
 * What a version of a draft looks like in its middle, small: drawn as its video would be, with its words and looks, so that
 * two versions of the same takes can be told apart. What must be looked for in the picture (a face, what is behind a
 * person) is left out. Null where it cannot be drawn: a picture is an extra.
 */
export async function coverOf(
  made: EditList,
  materials: readonly DraftMaterial[],
  draftId: string,
  signal: AbortSignal,
): Promise<Blob | null> {
  const list = plainOf(made);
  const atMs = durationOf(list) / 2;
  const shown = at(list, atMs);
  const wanted = [shown?.main, shown?.before].flatMap((one) => one?.clip.source ?? []);
  wanted.push(...(list.layout?.others ?? []).map(({ source }) => source));
  const reels = new Map<string, Reel>();
  try {
    for (const id of new Set(wanted)) {
      signal.throwIfAborted();
      const reel = await open(id, list, materials.find((one) => one.id === id) ?? null, draftId, signal);
      if (reel) reels.set(id, reel);
    }
    if (reels.size === 0) return null;
    await readyStickers(list);
    return await drawn(list, reels, atMs);
  } catch {
    return null;
  } finally {
    for (const reel of reels.values()) reel.close();
  }
}

const coverWidth = 180;

async function drawn(list: EditList, reels: ReadonlyMap<string, Reel>, atMs: number): Promise<Blob> {
  const [{ createCompositor }, { showAt, textFace }] = await Promise.all([
    import('../../../studio/compositor/compositor.ts'),
    import('../../../studio/reels/show.ts'),
  ]);
  const canvas = new OffscreenCanvas(coverWidth, Math.round((coverWidth * list.height) / list.width));
  const compositor = createCompositor(canvas);
  try {
    await textFace();
    await showAt(compositor, list, reels, atMs);
    return await canvas.convertToBlob({ type: 'image/webp' });
  } finally {
    compositor.close(true);
  }
}

const plainOf = (list: EditList): EditList => ({
  ...list,
  effects: [],
  clips: list.clips.map((clip) => ({ ...clip, backdrop: null })),
  stickers: list.stickers.filter(({ pin }) => pin?.kind !== 'face'),
});

/** Of this device where it is here, else those of its bytes that this takes, from the account. */
async function open(
  id: string,
  list: EditList,
  there: DraftMaterial | null,
  draftId: string,
  signal: AbortSignal,
): Promise<Reel | null> {
  const here = await takeFile(id);
  if (list.sources[id]?.kind === 'picture') {
    const { openStill } = await import('../../../studio/reels/still.ts');
    return here && openStill(here);
  }
  const { openReel } = await import('../../../studio/reels/reel.ts');
  const whole = here && (!there || here.size === there.bytes);
  const bytes = whole ? here : there && partsOf(streams.material(draftId, id), there.bytes, signal);
  return bytes && openReel(bytes);
}

const partsOf = (address: string, size: number, signal: AbortSignal): Bytes => ({
  size,
  async read(start, end) {
    const reply = await fetch(address, { headers: { range: `bytes=${start}-${end - 1}` }, signal });
    if (reply.status !== 206) throw new Error(`${reply.status}`);
    return new Uint8Array(await reply.arrayBuffer());
  },
});
