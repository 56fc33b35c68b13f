import { activeAt, at } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import type { createCompositor, Shown } from '../compositor/compositor.ts';
import { paintFree } from '../compositor/free-cell.ts';
import { effectOf } from '../effects/effects.ts';
import { heldMs, turnAt } from '../effects/moments.rules.ts';
import { cellsOf, seenIn } from '../layouts/cells.ts';
import { marksOf, type Pinned, pinnedAt } from '../seeing/marks.rules.ts';
import { type Points, type Seeing, seeing } from '../seeing/seeing.ts';
import { pictureOf } from './keyed.ts';
import type { Reel } from './reel.ts';

type Compositor = ReturnType<typeof createCompositor>;

/** The face of texts, which a canvas does not wait for; where it cannot be had, the system's is drawn. */
export const textFace = () => document.fonts.load('700 48px "Familjen Grotesk Variable"').catch(() => []);

/** A face where the clips are drawn, for effects, and where it is in the whole frame, for stickers. */
function placed(list: EditList, points: Points, picture: Shown) {
  const { layout } = list;
  const own = { points, picture };
  if (!layout) return { inClip: own, inFrame: own, size: list };
  const cell = cellsOf(layout)[layout.mine]!;
  const size = { width: cell.width * list.width, height: cell.height * list.height };
  const part = seenIn(wholeFrame, picture, size);
  const inCell = points.map((value, index) =>
    index % 2 === 0 ? (value - part.x) / part.width : (value - part.y) / part.height,
  );
  const inFrame = inCell.map((value, index) =>
    index % 2 === 0 ? cell.x + value * cell.width : cell.y + value * cell.height,
  );
  return {
    inClip: { points: inCell, picture: size },
    inFrame: { points: inFrame, picture: { width: list.width, height: list.height } },
    size,
  };
}
const wholeFrame = { x: 0, y: 0, width: 1, height: 1 };

/** A place of a template that is still empty, as its number. */
const signs = new Map<number, Shown>();
function signOf({ clips, sources }: EditList, slot: string): Shown {
  const slots = new Set(clips.map(({ source }) => source).filter((id) => sources[id]?.kind === 'slot'));
  const number = [...slots].indexOf(slot) + 1;
  const known = signs.get(number);
  if (known) return known;
  const picture = new OffscreenCanvas(1, 1);
  const sign = { picture, ...paintFree(picture, { width: 360, height: 640 }, number) };
  signs.set(number, sign);
  return sign;
}

/** Draws what the list shows at a time: the one way from list to picture, for preview and export. */
export async function showAt(
  compositor: Compositor,
  list: EditList,
  reels: ReadonlyMap<string, Reel>,
  atMs: number,
  eyes: Seeing = seeing,
): Promise<void> {
  const { main, before, blend } = at(list, heldMs(list, atMs)) ?? { main: null, before: null, blend: 1 };
  const turn = before ? null : turnAt(list, atMs);
  const beyond = turn && turn.otherMs !== null ? at(list, turn.otherMs).main : null;
  const reel = main && reels.get(main.clip.source);
  const face = reel && followsFace(list, atMs) ? await eyes.faceAt(reel, main.sourceMs) : null;
  // A reel shows one picture at a time: who needs another part of the same source asks a twin.
  const taken = new Set<Reel>();
  const freeReel = async (source: string) => {
    let free = reels.get(source);
    while (free && taken.has(free)) free = await free.twin();
    if (free) taken.add(free);
    return free;
  };
  const pictures: Promise<Shown | null>[] = [];
  for (const clip of [main, before, beyond]) {
    if (clip && list.sources[clip.clip.source]?.kind === 'slot') {
      pictures.push(Promise.resolve(signOf(list, clip.clip.source)));
      continue;
    }
    const own = clip && (await freeReel(clip.clip.source));
    const source = clip && reels.get(clip.clip.source);
    pictures.push(own && source ? pictureOf(clip, own, source, reels, eyes) : Promise.resolve(null));
  }
  for (const { source, fromMs } of list.layout?.others ?? []) {
    const own = await freeReel(source);
    pictures.push(own?.pictureAt(fromMs + atMs) ?? Promise.resolve(null));
  }
  const [mainPicture = null, beforePicture = null, otherPicture = null, ...otherPictures] =
    await Promise.all(pictures);
  const seen = face && mainPicture ? placed(list, face, mainPicture) : null;
  const pins = new Map<string, Pinned | null>();
  for (const sticker of activeAt(list.stickers, atMs))
    if (sticker.pin) pins.set(sticker.id, pinnedAt(sticker, atMs, seen?.inFrame ?? null, list));
  compositor.draw({
    list,
    atMs,
    main: mainPicture,
    before: beforePicture,
    blend,
    mainLook: main?.clip.look ?? list.look,
    beforeLook: before?.clip.look ?? list.look,
    transition: main?.clip.transition?.name ?? null,
    other: otherPicture,
    otherLook: beyond?.clip.look ?? list.look,
    face: seen && marksOf(seen.inClip.points, seen.inClip.picture, seen.size),
    pins,
    others: otherPictures,
  });
}

/** Looking for a face takes time: only where something follows one. */
const followsFace = (list: EditList, atMs: number): boolean =>
  activeAt(list.effects, atMs).some(({ effect, strength }) => strength > 0 && effectOf(effect)?.follows) ||
  activeAt(list.stickers, atMs).some(({ pin }) => pin?.kind === 'face');
