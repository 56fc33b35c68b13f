/** What stands on which shelf of a gallery. Pure. */
export type Shelf = 'all' | 'favourites' | 'new' | (string & {});

const weekMs = 7 * 24 * 3_600_000;
/** From the beginning of that day, wherever one is, for a week. */
export function isNew(since: string | null, now: number): boolean {
  if (!since) return false;
  const ageMs = now - Date.parse(since);
  return ageMs > -24 * 3_600_000 && ageMs < weekMs;
}

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Searching looks on all shelves at once: somebody who types a word does not know where the thing stands. */
export function shelved<Thing extends { name: string; category: string; since: string | null }>(
  things: readonly Thing[],
  {
    shelf,
    search,
    favourites,
    now,
    wordsOf,
  }: {
    shelf: Shelf;
    search: string;
    favourites: readonly string[];
    now: number;
    wordsOf: (thing: Thing) => string;
  },
): Thing[] {
  const wanted = plain(search).split(/\s+/).filter(Boolean);
  if (wanted.length > 0)
    return things.filter((thing) => {
      const words = plain(wordsOf(thing));
      return wanted.every((word) => words.includes(word));
    });
  if (shelf === 'favourites')
    return favourites.flatMap((name) => things.find((thing) => thing.name === name) ?? []);
  if (shelf === 'new') return things.filter(({ since }) => isNew(since, now));
  return shelf === 'all' ? [...things] : things.filter(({ category }) => category === shelf);
}
