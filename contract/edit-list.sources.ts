import type { EditList } from './edit-list.ts';

/**
 * The list with those sources alone that something of it shows or lets hear. Videos of others stay also when no clip
 * shows them yet: a stitch begins with one.
 */
export function withUsedSources(list: EditList): EditList {
  const used = new Set([
    ...list.clips.flatMap(({ source, backdrop }) =>
      backdrop?.kind === 'source' ? [source, backdrop.source] : [source],
    ),
    ...list.sounds.map(({ source }) => source),
    ...(list.layout?.others ?? []).map(({ source }) => source),
  ]);
  const kept = Object.entries(list.sources).filter(([id, { kind }]) => used.has(id) || kind === 'video');
  return { ...list, sources: Object.fromEntries(kept) };
}

/** The sources whose bytes a list needs; an empty slot has none. */
export const bytesNeeded = (list: EditList): string[] =>
  Object.entries(list.sources).flatMap(([id, { kind }]) => (kind === 'slot' ? [] : id));

/** The same list with its sources under other names; those that are not named keep theirs. */
export function withNames(list: EditList, names: ReadonlyMap<string, string>): EditList {
  const nameOf = (id: string) => names.get(id) ?? id;
  const renamed = <Part extends { source: string }>(part: Part): Part => ({
    ...part,
    source: nameOf(part.source),
  });
  return {
    ...list,
    sources: Object.fromEntries(Object.entries(list.sources).map(([id, source]) => [nameOf(id), source])),
    clips: list.clips.map((clip) => ({
      ...renamed(clip),
      backdrop: clip.backdrop?.kind === 'source' ? renamed(clip.backdrop) : clip.backdrop,
    })),
    sounds: list.sounds.map(renamed),
    layout: list.layout && { ...list.layout, others: list.layout.others.map(renamed) },
  };
}
