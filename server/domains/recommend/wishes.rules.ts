import type { LeaningRow, Wishes } from '../taste/taste.ts';

/** What a viewer said, in the words of the content graph. Pure. */
export type Entry = { authorId: string; tags: readonly string[]; soundId: string | null };

/**
 * Log lifts. More: half of what a topic has that is watched gladly; much more: as much as that, on top of it. Less: below
 * what is usual, whatever watching has taught.
 */
const lifts = new Map([
  [2, 2],
  [1, 1],
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
