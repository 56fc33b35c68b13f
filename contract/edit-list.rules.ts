import { durationOf, grainMs, longestTransitionMs } from './edit-list.timeline.ts';
import {
  type EditClip,
  type EditLayout,
  EditList,
  type EditPin,
  type EditSound,
  type EditSource,
  editLimits,
  editListVersion,
} from './edit-list.ts';
import { isPlain, ownValue, plainCopy } from './json.ts';

/** Why a list, or an edit of one, is not taken. */
export type EditListFaultCode =
  | 'not_a_list'
  | 'other_version'
  | 'malformed'
  | 'too_many'
  | 'id_twice'
  | 'unknown_source'
  | 'source_without_picture'
  | 'source_without_sound'
  | 'range_outside_source'
  | 'too_long'
  | 'transition_at_start'
  | 'transition_too_long'
  | 'layout_impossible'
  | 'times_out_of_order'
  | 'cues_out_of_order';
/** `path` names the place, such as `clips.3.source`; empty for the list as a whole. */
export type EditListFault = { path: string; code: EditListFaultCode };

/** Enough to find a mistake; a list that is wrong everywhere need not be described. */
const mostFaults = 20;
/** What can be picked by its id, which is given once in all of them together. */
export const partsWithIds = ['clips', 'texts', 'stickers', 'sounds', 'effects'] as const;

/**
 * A list from elsewhere, as a copy that nothing else holds, or what is wrong with it. Sizes are looked at first, so
 * that hostile input costs no more than a large list does; never throws.
 */
export function readEditList(
  input: unknown,
): { ok: true; list: EditList } | { ok: false; faults: EditListFault[] } {
  try {
    const list = listOf(input);
    const faults: EditListFault[] = [];
    for (const fault of Array.isArray(list) ? list : faultsOf(list)) {
      faults.push(fault);
      if (faults.length === mostFaults) break;
    }
    return Array.isArray(list) || faults.length > 0 ? { ok: false, faults } : { ok: true, list };
  } catch {
    // Only a proxy throws, whose traps run at any look at it: it is no list.
    return { ok: false, faults: [{ path: '', code: 'not_a_list' }] };
  }
}

function listOf(input: unknown): EditList | EditListFault[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return [{ path: '', code: 'not_a_list' }];
  const version = ownValue(input, 'version');
  if (version === undefined) return [{ path: '', code: 'not_a_list' }];
  if (version !== editListVersion && version !== 1) return [{ path: 'version', code: 'other_version' }];
  const tooMany = [...partsWithIds, 'cues' as const, 'sources' as const].filter(
    (part) => sizeOf(ownValue(input, part)) > editLimits[part],
  );
  if (tooMany.length > 0) return tooMany.map((path) => ({ path, code: 'too_many' }));
  const copied = plainCopy(input);
  if (!copied.ok) return [{ path: copied.path, code: copied.code }];
  const read = EditList.safeParse(version === 1 ? fromFirst(copied.value) : copied.value);
  if (read.success) return read.data;
  const paths = new Set(read.error.issues.map(({ path }) => path.join('.')));
  return [...paths].map((path) => ({ path, code: 'malformed' }));
}

/** A list of version 1 as version 2 says it. What is not as it was there is left for the schema to refuse. */
function fromFirst(input: unknown): unknown {
  const list = input as Record<string, unknown>;
  const each = (part: unknown, more: object) =>
    Array.isArray(part) ? part.map((one) => (isObject(one) ? { ...more, ...one } : one)) : part;
  const sources = isObject(list.sources)
    ? Object.fromEntries(
        Object.entries(list.sources).map(([name, source]) => [
          name,
          isObject(source) ? { of: null, beatsMs: [], ...source } : source,
        ]),
      )
    : list.sources;
  return {
    layout: null,
    credit: null,
    cueStyle: null,
    ...list,
    version: editListVersion,
    sources,
    clips: each(list.clips, { backdrop: null }),
    stickers: each(list.stickers, { pin: null }),
    sounds: each(list.sounds, { voice: false }),
  };
}

const isObject = (one: unknown): one is object =>
  typeof one === 'object' && one !== null && !Array.isArray(one);

function sizeOf(part: unknown): number {
  if (Array.isArray(part)) return part.length;
  return typeof part === 'object' && part !== null && isPlain(part) ? Object.keys(part).length : 0;
}

/** What the schema cannot see, since it is between the parts. */
function* faultsOf(list: EditList): Generator<EditListFault, undefined> {
  const ids = new Set<string>();
  for (const part of partsWithIds)
    for (const [index, { id }] of list[part].entries()) {
      if (ids.has(id)) yield { path: `${part}.${index}.id`, code: 'id_twice' };
      ids.add(id);
    }
  for (const [index, clip] of list.clips.entries()) {
    const code = clipFault(list, clip);
    if (code) yield { path: `clips.${index}`, code };
    const transitionCode = transitionFault(list.clips[index - 1], clip);
    if (transitionCode) yield { path: `clips.${index}.transition`, code: transitionCode };
  }
  for (const [index, sound] of list.sounds.entries()) {
    const code = soundFault(list, sound);
    if (code) yield { path: `sounds.${index}`, code };
  }
  if (isTooLong(list)) yield { path: 'clips', code: 'too_long' };
  const layoutCode = list.layout && layoutFault(list, list.layout);
  if (layoutCode) yield { path: 'layout', code: layoutCode };
  for (const [name, { beatsMs }] of Object.entries(list.sources))
    if (!isAscending(beatsMs)) yield { path: `sources.${name}.beatsMs`, code: 'times_out_of_order' };
  for (const [index, { pin }] of list.stickers.entries())
    if (!isPinInOrder(pin)) yield { path: `stickers.${index}.pin`, code: 'times_out_of_order' };
  const cue = unorderedCue(list.cues);
  if (cue >= 0) yield { path: `cues.${cue}`, code: 'cues_out_of_order' };
}

export function clipFault({ sources }: Pick<EditList, 'sources'>, clip: EditClip): EditListFaultCode | null {
  const source = sourceOf(sources, clip.source);
  if (!source) return 'unknown_source';
  // A slot has no picture yet; what fills it has one.
  if (source.kind !== 'slot' && !hasPicture(source)) return 'source_without_picture';
  if (clip.fromMs >= clip.toMs || clip.toMs > source.durationMs) return 'range_outside_source';
  if (clip.backdrop?.kind !== 'source') return null;
  const behind = sourceOf(sources, clip.backdrop.source);
  if (!behind) return 'unknown_source';
  if (!hasPicture(behind)) return 'source_without_picture';
  return clip.backdrop.fromMs <= behind.durationMs ? null : 'range_outside_source';
}

const hasPicture = ({ width, height }: EditSource) => width > 0 && height > 0;

function sourceOf(sources: EditList['sources'], id: string): EditSource | undefined {
  return Object.hasOwn(sources, id) ? sources[id] : undefined;
}

/** Each cell has one thing in it, and two make two. */
export function layoutFault(
  { sources }: Pick<EditList, 'sources'>,
  { name, cells, mine, others }: EditLayout,
): EditListFaultCode | null {
  const taken = [mine, ...others.map(({ cell }) => cell)];
  if (new Set(taken).size < taken.length || taken.some((cell) => cell >= cells)) return 'layout_impossible';
  if ((name === 'grid') === (cells === 2)) return 'layout_impossible';
  for (const { source, fromMs, crop } of others) {
    const shown = sourceOf(sources, source);
    if (!shown) return 'unknown_source';
    if (!hasPicture(shown)) return 'source_without_picture';
    if (fromMs > shown.durationMs) return 'range_outside_source';
    if (
      crop.width === 0 ||
      crop.height === 0 ||
      crop.x + crop.width > 1 + edge ||
      crop.y + crop.height > 1 + edge
    )
      return 'layout_impossible';
  }
  return null;
}
/** Thirds added up are a little more than a whole. */
const edge = 1e-9;

export const isAscending = (times: readonly number[]) =>
  times.every((ms, index) => index === 0 || ms > times[index - 1]!);

export const isPinInOrder = (pin: EditPin | null): boolean =>
  pin?.kind !== 'track' || isAscending(pin.places.map(({ atMs }) => atMs));

export function soundFault(
  { sources }: Pick<EditList, 'sources'>,
  sound: EditSound,
): EditListFaultCode | null {
  const source = sourceOf(sources, sound.source);
  if (!source) return 'unknown_source';
  if (!source.hasSound) return 'source_without_sound';
  return sound.fromMs + sound.forMs <= source.durationMs ? null : 'range_outside_source';
}

/** The first clip has nothing to come in over. */
export function transitionFault(before: EditClip | undefined, clip: EditClip): EditListFaultCode | null {
  if (clip.transition === null) return null;
  if (!before) return 'transition_at_start';
  return clip.transition.ms > longestTransitionMs(before, clip) ? 'transition_too_long' : null;
}

export function isTooLong(list: Pick<EditList, 'clips'>): boolean {
  return durationOf(list) > editLimits.durationMs + grainMs;
}

/** The index of the first cue that ends before it began or begins before the one before it; -1 if none does. */
export function unorderedCue(cues: EditList['cues']): number {
  return cues.findIndex(
    ({ startMs, endMs }, index) => endMs <= startMs || startMs < (cues[index - 1]?.startMs ?? 0),
  );
}
