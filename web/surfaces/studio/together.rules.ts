import { type CreditKind, creditKinds, stitchMs } from '../../../contract/credits.ts';
import { applyEdit } from '../../../contract/edit-list.edits.ts';
import { clipMs, grainMs } from '../../../contract/edit-list.timeline.ts';
import type { EditClip, EditLayout, EditList, EditSource } from '../../../contract/edit-list.ts';
import type { VideoId } from '../../../contract/ids.ts';
import type { FramePart } from '../../../contract/making.ts';
import type { NewVideo } from '../../../contract/videos.ts';
import { gap } from '../../studio/layouts/cells.ts';

/** What holds for drafts that are made with other people's videos. Pure. */
export type Wish = { kind: CreditKind; video: string };

/** What a link to the studio asks for: `?with=duet&video=…`. */
export function wishOf(search: string): Wish | null {
  const query = new URLSearchParams(search);
  const [wanted, video] = [query.get('with'), query.get('video')];
  const kind = creditKinds.find((one) => one === wanted);
  return kind && video && /^[A-Za-z0-9_-]{1,64}$/.test(video) ? { kind, video } : null;
}

const isOthers = (list: EditList, source: string) => list.sources[source]?.kind === 'video';

/** How much of the other's video a stitch holds: of its source and of its own time, whichever is more. */
export function stitchedMs(list: EditList): number {
  return list.clips
    .filter(({ source }) => isOthers(list, source))
    .reduce((sum, clip) => sum + Math.max(clip.toMs - clip.fromMs, clipMs(clip)), 0);
}

/** An edit of a stitch may show less of the other's video, and no more than its five seconds. */
export function keepsToStitch(before: EditList, after: EditList): boolean {
  if (after.credit?.kind !== 'stitch') return true;
  const nowMs = stitchedMs(after);
  return nowMs <= stitchMs + grainMs || nowMs <= stitchedMs(before);
}

/** The cells of earlier people, each cut out of the video they published, without the dark lines around it. */
export function partsOf(
  parts: readonly FramePart[],
  sourceOf: (part: FramePart) => string,
): EditLayout['others'] {
  // Several voices at once are as loud together as one alone.
  const volume = Math.round(100 / Math.sqrt(Math.max(1, parts.length))) / 100;
  return parts.map((part) => {
    const { x, y, width, height } = part.area;
    const [acrossEdge, downEdge] = [gap, (gap * part.source.width) / part.source.height];
    const crop = {
      x: x + acrossEdge,
      y: y + downEdge,
      width: width - 2 * acrossEdge,
      height: height - 2 * downEdge,
    };
    return { cell: part.cell, source: sourceOf(part), fromMs: 0, volume, crop };
  });
}

/** Cells of a frame that nobody is in; one's own is among them, since it may be changed. */
export function freeCells({ cells, others }: EditLayout): number[] {
  const taken = new Set(others.map(({ cell }) => cell));
  return Array.from({ length: cells }, (_, cell) => cell).filter((cell) => !taken.has(cell));
}

/** The other of two, with its cells changed. */
export function swapped(layout: EditLayout): EditLayout {
  return {
    ...layout,
    mine: 1 - layout.mine,
    others: layout.others.map((other) => ({ ...other, cell: 1 - other.cell })),
  };
}

/** How long there is something to be seen beside one's own clips; null where nobody else is. */
export function lengthBeside({ layout, sources }: EditList): number | null {
  if (!layout || layout.others.length === 0) return null;
  return Math.max(...layout.others.map(({ source, fromMs }) => sources[source]!.durationMs - fromMs));
}

/** What the new video is made with, as publishing wants to know it. */
export function creditOf(list: EditList): NewVideo['credit'] {
  const { credit, layout, sources } = list;
  const videoId = (credit?.video ?? null) as VideoId | null;
  if (layout?.name === 'grid' && (credit === null || credit.kind === 'frame')) {
    const shows = layout.others.map(({ source }) => sources[source]!.of as VideoId);
    return { kind: 'frame', videoId, cells: layout.cells, cell: layout.mine, shows: [...new Set(shows)] };
  }
  if (credit === null || credit.kind === 'frame' || videoId === null) return null;
  if (credit.kind === 'stitch' && stitchedMs(list) === 0) return null;
  return { kind: credit.kind, videoId };
}

/** The empty places of a template in the order they are seen. */
export function slotsOf({ clips, sources }: EditList): { id: string; slot: EditSource }[] {
  const ids = new Set(clips.map(({ source }) => source).filter((id) => sources[id]?.kind === 'slot'));
  return [...ids].map((id) => ({ id, slot: sources[id]! }));
}

/** Whether others could fill this list: what shows somebody else's video stays theirs. */
export const canBeTemplate = (list: EditList): boolean =>
  list.clips.length > 0 && list.layout === null && list.clips.every(({ source }) => !isOthers(list, source));

/** The list without these clips, as if they had been removed; one at least stays. */
function withoutClips(list: EditList, without: readonly string[]): EditList {
  return list.clips
    .filter(({ id }) => without.includes(id))
    .reduce((left, { id }) => {
      if (left.clips.length === 1) return left;
      const edited = applyEdit(left, { kind: 'removeClip', id });
      return edited.ok ? edited.list : left;
    }, list);
}

/**
 * The list for others to fill. Every clip that is not left out becomes a slot as long as what it shows; texts, stickers, looks, effects and
 * sounds of the library stay. What lies on this device alone, such as a voice, does not go along.
 */
export function templateOf(whole: EditList, without: readonly string[] = []): EditList {
  const list = withoutClips(whole, without);
  const isShared = (source: string) => {
    const known = list.sources[source];
    return known?.kind === 'sound' && known.of !== null;
  };
  const shared = Object.entries(list.sources).filter(([id]) => isShared(id));
  const slots: [string, EditSource][] = list.clips.map((clip, index) => [
    `slot-${index + 1}`,
    {
      ...{ kind: 'slot', of: null, durationMs: clip.toMs - clip.fromMs },
      ...{ width: 0, height: 0, hasSound: true, beatsMs: [] },
    },
  ]);
  const clips = list.clips.map(
    (clip, index): EditClip => ({
      ...clip,
      source: `slot-${index + 1}`,
      fromMs: 0,
      toMs: clip.toMs - clip.fromMs,
      backdrop: clip.backdrop?.kind === 'source' ? null : clip.backdrop,
    }),
  );
  return {
    ...list,
    clips,
    sources: Object.fromEntries([...shared, ...slots]),
    sounds: list.sounds.filter(({ source }) => isShared(source)),
    stickers: list.stickers.map((one) => (one.pin?.kind === 'track' ? { ...one, pin: null } : one)),
    layout: null,
    credit: null,
    cues: [],
  };
}

/** The same list with its sounds under the names of their copies on this device. */
export function withSounds(list: EditList, copies: ReadonlyMap<string, string>): EditList {
  const nameOf = (id: string) => copies.get(id) ?? id;
  const sources = Object.entries(list.sources).map(([id, source]) => [nameOf(id), source] as const);
  return {
    ...list,
    sources: Object.fromEntries(sources),
    sounds: list.sounds.map((sound) => ({ ...sound, source: nameOf(sound.source) })),
  };
}
