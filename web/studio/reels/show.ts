import { activeAt, at } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import type { createCompositor } from '../compositor/compositor.ts';
import { effectOf } from '../effects/effects.ts';
import { heldMs, turnAt } from '../effects/moments.rules.ts';
import { marksOf, type Pinned, pinnedAt } from '../seeing/marks.rules.ts';
import { type Seeing, seeing } from '../seeing/seeing.ts';
import { pictureOf } from './keyed.ts';
import type { Reel } from './reel.ts';

type Compositor = ReturnType<typeof createCompositor>;

/** The face of texts, which a canvas does not wait for; where it cannot be had, the system's is drawn. */
export const textFace = () => document.fonts.load('700 48px "Familjen Grotesk Variable"').catch(() => []);

/** Draws what the list shows at a time: the one way from list to picture, for preview and export. */
export async function showAt(
  compositor: Compositor,
  list: EditList,
  reels: ReadonlyMap<string, Reel>,
  atMs: number,
  eyes: Seeing = seeing,
): Promise<void> {
  const { main, before, blend } = at(list, heldMs(list, atMs)) ?? { main: null, before: null, blend: 1 };
  const reel = main && reels.get(main.clip.source);
  const face = reel && followsFace(list, atMs) ? await eyes.faceAt(reel, main.sourceMs) : null;
  const mainPicture = reel ? await pictureOf(main, reel, reel, reels, eyes) : null;
  const other = before && reels.get(before.clip.source);
  const going = other && (other === reel ? await other.twin() : other);
  const beforePicture = going ? await pictureOf(before, going, other, reels, eyes) : null;
  const turn = before ? null : turnAt(list, atMs);
  const beyond = turn && turn.otherMs !== null ? at(list, turn.otherMs).main : null;
  const its = beyond && reels.get(beyond.clip.source);
  const there = its && (its === reel ? await its.twin() : its);
  const otherPicture = there ? await pictureOf(beyond, there, its, reels, eyes) : null;
  const seen = face && mainPicture ? { points: face, picture: mainPicture } : null;
  const pins = new Map<string, Pinned | null>();
  for (const sticker of activeAt(list.stickers, atMs))
    if (sticker.pin) pins.set(sticker.id, pinnedAt(sticker, atMs, seen, list));
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
    face: seen && marksOf(seen.points, seen.picture, list),
    pins,
  });
}

/** Looking for a face takes time: only where something follows one. */
const followsFace = (list: EditList, atMs: number): boolean =>
  activeAt(list.effects, atMs).some(({ effect, strength }) => strength > 0 && effectOf(effect)?.follows) ||
  activeAt(list.stickers, atMs).some(({ pin }) => pin?.kind === 'face');
