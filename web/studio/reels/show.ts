import { at } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import type { createCompositor } from '../compositor/compositor.ts';
import { heldMs, turnAt } from '../effects/moments.rules.ts';
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
): Promise<void> {
  const { main, before, blend } = at(list, heldMs(list, atMs)) ?? { main: null, before: null, blend: 1 };
  const reel = main && reels.get(main.clip.source);
  const other = before && reels.get(before.clip.source);
  const mainPicture = (await reel?.pictureAt(main!.sourceMs)) ?? null;
  const going = other && other === reel ? await other.twin() : other;
  const beforePicture = (await going?.pictureAt(before!.sourceMs)) ?? null;
  const turn = before ? null : turnAt(list, atMs);
  const beyond = turn && turn.otherMs !== null ? at(list, turn.otherMs).main : null;
  const its = beyond && reels.get(beyond.clip.source);
  const otherPicture =
    (await (its && its === reel ? await its.twin() : its)?.pictureAt(beyond!.sourceMs)) ?? null;
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
  });
}
