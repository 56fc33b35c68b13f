import type { LeaningRow, Wishes } from '../taste/taste.ts';

/** What a viewer said, in the words of the content graph. Pure. */
export type Entry = { authorId: string; tags: readonly string[]; soundId: string | null };

/**
 * Log lifts. More: nearly twice the odds, as a topic that is watched gladly has; much more: four times, beyond what
 * watching alone teaches. Less weighs a little more than more: a page is filled from many things, and missed by one.
 */
const lifts = new Map([
  [2, 1.4],
  [1, 0.6],
  [-1, -1.2],
]);
const prefixes = { topic: 'tag', creator: 'creator', sound: 'sound' } as const;

/** Level −2 is no matter of more or less: `isWanted` keeps it out. */
export function leanOf(leanings: readonly LeaningRow[]): Map<string, number> {
  return new Map(
    leanings.flatMap(({ kind, key, level }) => {
      const lift = lifts.get(level);
      return lift === undefined ? [] : [[`${prefixes[kind]}:${key}`, lift] as const];
    }),
  );
}

/** Null: everything is. */
export function wantedBy(never: Wishes['never'] | undefined): ((entry: Entry) => boolean) | null {
  if (!never || never.topic.size + never.creator.size + never.sound.size === 0) return null;
  return ({ authorId, tags, soundId }) =>
    !never.creator.has(authorId) &&
    !(soundId !== null && never.sound.has(soundId)) &&
    !tags.some((tag) => never.topic.has(tag));
}
