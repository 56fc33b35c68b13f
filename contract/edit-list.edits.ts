import { z } from 'zod';
import { inserted, moved, settled, split } from './edit-list.clips.ts';
import {
  clipFault,
  type EditListFaultCode,
  isAscending,
  isPinInOrder,
  isTooLong,
  layoutFault,
  partsWithIds,
  soundFault,
  transitionFault,
  unorderedCue,
} from './edit-list.rules.ts';
import {
  EditClip,
  EditEffect,
  EditList,
  EditSound,
  EditSource,
  EditSticker,
  EditText,
  editLimits,
} from './edit-list.ts';
import { isSame, plainCopy } from './json.ts';

const { id, fromMs, toMs } = EditClip.shape;
const index = z.number().int().min(0).max(editLimits.clips);

/** One thing a person does to an edit list, as plain JSON. */
export const Edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('addSource'), id, source: EditSource }),
  /** Before the clip that is at this index; behind the last is the end. */
  z.strictObject({ kind: z.literal('addClip'), clip: EditClip, index }),
  z.strictObject({ kind: z.literal('removeClip'), id }),
  /** `index` is where the clip is afterwards. */
  z.strictObject({ kind: z.literal('moveClip'), id, index }),
  z.strictObject({ kind: z.literal('trimClip'), id, fromMs, toMs }),
  /** `atMs` is on the timeline and may be a fraction; `newId` is of the half that is seen later. */
  z.strictObject({
    kind: z.literal('splitClip'),
    atMs: z.number().min(0).max(editLimits.durationMs),
    newId: id,
  }),
  z.strictObject({
    kind: z.literal('setClip'),
    id,
    set: EditClip.pick({
      speed: true,
      reversed: true,
      volume: true,
      look: true,
      transition: true,
      backdrop: true,
    }).partial(),
  }),
  /** In the place of the thing with its id, or else on top of all. */
  z.discriminatedUnion('part', [
    z.strictObject({ kind: z.literal('put'), part: z.literal('texts'), thing: EditText }),
    z.strictObject({ kind: z.literal('put'), part: z.literal('stickers'), thing: EditSticker }),
    z.strictObject({ kind: z.literal('put'), part: z.literal('sounds'), thing: EditSound }),
    z.strictObject({ kind: z.literal('put'), part: z.literal('effects'), thing: EditEffect }),
  ]),
  /** A text, sticker, sound or effect. */
  z.strictObject({ kind: z.literal('remove'), id }),
  z.strictObject({ kind: z.literal('setLook'), look: EditList.shape.look }),
  z.strictObject({ kind: z.literal('setLayout'), layout: EditList.shape.layout }),
  z.strictObject({ kind: z.literal('setCredit'), credit: EditList.shape.credit }),
  /** What fills the slot of a template: everything that named the slot names the other source then. */
  z.strictObject({ kind: z.literal('fillSlot'), id, source: id, fromMs }),
  z.strictObject({ kind: z.literal('setCues'), cues: EditList.shape.cues }),
  z.strictObject({ kind: z.literal('setCueStyle'), cueStyle: EditList.shape.cueStyle }),
  z.strictObject({ kind: z.literal('setCover'), atMs: EditList.shape.coverAtMs }),
  z.strictObject({ kind: z.literal('setSize'), width: EditList.shape.width, height: EditList.shape.height }),
]);
export type Edit = z.infer<typeof Edit>;

export type EditRefusal = EditListFaultCode | 'unknown_id' | 'nothing_to_split' | 'near_transition';
export type Edited = { ok: true; list: EditList } | { ok: false; code: EditRefusal };

/**
 * The list after an edit; valid if it was valid before. Parts that the edit does not touch are the same objects, and an
 * edit without effect gives the same list. A transition that no longer fits becomes shorter or a cut; what lies behind
 * a new end stays, and is seen again when the video becomes longer; sources stay, used or not.
 */
export function applyEdit(list: EditList, edit: Edit): Edited {
  const copied = plainCopy(edit);
  if (!copied.ok) return { ok: false, code: copied.code };
  const read = Edit.safeParse(copied.value);
  const next = read.success ? changed(list, read.data) : 'malformed';
  if (typeof next === 'string') return { ok: false, code: next };
  return { ok: true, list: isSame(list, next) ? list : next };
}

function changed(list: EditList, edit: Edit): EditList | EditRefusal {
  switch (edit.kind) {
    case 'addSource':
      if (Object.hasOwn(list.sources, edit.id))
        return isSame(list.sources[edit.id], edit.source) ? list : 'id_twice';
      if (Object.keys(list.sources).length >= editLimits.sources) return 'too_many';
      if (!isAscending(edit.source.beatsMs)) return 'times_out_of_order';
      return { ...list, sources: { ...list.sources, [edit.id]: edit.source } };
    case 'addClip':
      if (isTaken(list, edit.clip.id)) return 'id_twice';
      if (list.clips.length >= editLimits.clips) return 'too_many';
      return clipFault(list, edit.clip) ?? withClips(list, inserted(list.clips, edit.clip, edit.index));
    case 'removeClip':
    case 'moveClip':
    case 'trimClip':
    case 'setClip':
      return changedClip(list, edit);
    case 'splitClip': {
      if (isTaken(list, edit.newId)) return 'id_twice';
      const clips = split(list, edit.atMs, edit.newId);
      return typeof clips === 'string' ? clips : { ...list, clips };
    }
    case 'put':
      return put(list, edit);
    case 'remove':
      return removed(list, edit.id);
    case 'setLook':
      return { ...list, look: edit.look };
    case 'setLayout':
      return (edit.layout && layoutFault(list, edit.layout)) ?? { ...list, layout: edit.layout };
    case 'setCredit':
      return { ...list, credit: edit.credit };
    case 'fillSlot':
      return filled(list, edit);
    case 'setCueStyle':
      return { ...list, cueStyle: edit.cueStyle };
    case 'setCues':
      return unorderedCue(edit.cues) >= 0 ? 'cues_out_of_order' : { ...list, cues: edit.cues };
    case 'setCover':
      return { ...list, coverAtMs: edit.atMs };
    case 'setSize':
      return { ...list, width: edit.width, height: edit.height };
  }
}

function filled(list: EditList, edit: Extract<Edit, { kind: 'fillSlot' }>): EditList | EditRefusal {
  if (!list.clips.some(({ source }) => source === edit.id)) return 'unknown_id';
  if (list.sources[edit.id]?.kind !== 'slot') return 'unknown_source';
  const clips = list.clips.map((clip) =>
    clip.source === edit.id
      ? { ...clip, source: edit.source, fromMs: clip.fromMs + edit.fromMs, toMs: clip.toMs + edit.fromMs }
      : clip,
  );
  for (const clip of clips) {
    const code = clip.source === edit.source ? clipFault(list, clip) : null;
    if (code) return code;
  }
  return { ...list, clips };
}

type ClipEdit = Extract<Edit, { kind: 'removeClip' | 'moveClip' | 'trimClip' | 'setClip' }>;

function changedClip(list: EditList, edit: ClipEdit): EditList | EditRefusal {
  const at = list.clips.findIndex((clip) => clip.id === edit.id);
  const clip = list.clips[at];
  if (!clip) return 'unknown_id';
  if (edit.kind === 'removeClip') return withClips(list, list.clips.toSpliced(at, 1));
  if (edit.kind === 'moveClip') return withClips(list, moved(list.clips, at, edit.index));
  const next =
    edit.kind === 'trimClip' ? { ...clip, fromMs: edit.fromMs, toMs: edit.toMs } : { ...clip, ...edit.set };
  const code = clipFault(list, next);
  if (code) return code;
  const clips = list.clips.with(at, next);
  // Asked for, a transition is made shorter; but where there is no room for any, that is said.
  if (edit.kind === 'setClip' && edit.set.transition && settled(clips)[at]!.transition === null)
    return transitionFault(clips[at - 1], next)!;
  return withClips(list, clips);
}

function withClips(list: EditList, clips: EditClip[]): EditList | EditRefusal {
  const next = { ...list, clips: settled(clips) };
  return isTooLong(next) ? 'too_long' : next;
}

function put(list: EditList, edit: Extract<Edit, { kind: 'put' }>): EditList | EditRefusal {
  const isNew = !list[edit.part].some((thing) => thing.id === edit.thing.id);
  if (isNew && isTaken(list, edit.thing.id)) return 'id_twice';
  if (isNew && list[edit.part].length >= editLimits[edit.part]) return 'too_many';
  switch (edit.part) {
    case 'texts':
      return { ...list, texts: placed(list.texts, edit.thing) };
    case 'stickers':
      if (!isPinInOrder(edit.thing.pin)) return 'times_out_of_order';
      return { ...list, stickers: placed(list.stickers, edit.thing) };
    case 'sounds':
      return soundFault(list, edit.thing) ?? { ...list, sounds: placed(list.sounds, edit.thing) };
    case 'effects':
      return { ...list, effects: placed(list.effects, edit.thing) };
  }
}

function placed<T extends { id: string }>(things: readonly T[], thing: T): T[] {
  const at = things.findIndex((other) => other.id === thing.id);
  return at < 0 ? [...things, thing] : things.with(at, thing);
}

function removed(list: EditList, goneId: string): EditList | EditRefusal {
  for (const part of ['texts', 'stickers', 'sounds', 'effects'] as const) {
    const left = list[part].filter((thing) => thing.id !== goneId);
    if (left.length < list[part].length) return { ...list, [part]: left };
  }
  return 'unknown_id';
}

function isTaken(list: EditList, wantedId: string): boolean {
  return partsWithIds.some((part) => list[part].some((thing) => thing.id === wantedId));
}
