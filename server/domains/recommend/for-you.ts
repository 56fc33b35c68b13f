import type { RankRequest, Taste } from '../../../packages/content-graph/content-graph.ts';
import type { Ranked, SuggestionWish, Wish } from './recommend.ts';
import { type Entry, leanOf, wantedBy } from './wishes.rules.ts';

/** What may be ranked, and what is known of the viewer, as it is while one wish is answered. */
export type Shelf = {
  atMs: number;
  catalogue: ReadonlyMap<string, Entry>;
  /** How many of them an author has; authors without any are absent. */
  worksOf: ReadonlyMap<string, number>;
  rank(request: RankRequest): Ranked[];
  tasteOf(user: string): Taste;
};

/** Up to here the graph looks at every video before it gives up; beyond, only an empty page proves the end. */
const sweptWhole = 2500;

/** What every ranking for a viewer has in common. */
export function requestOf(
  shelf: Pick<Shelf, 'atMs'>,
  {
    viewerId,
    follows,
    languages,
    wishes,
  }: Pick<SuggestionWish, 'viewerId' | 'follows' | 'languages' | 'wishes'>,
) {
  const profiling = wishes?.settings.profiling ?? true;
  return {
    user: viewerId as string,
    atMs: shelf.atMs,
    profiling,
    follows: profiling ? [...follows] : [],
    languages: [...languages],
    ...(wishes && wishes.leanings.length > 0 && { lean: leanOf(wishes.leanings) }),
  };
}

export function chooseForYou(shelf: Shelf, wish: Wish): { ranked: Ranked[]; exhausted: boolean } {
  const { catalogue, rank } = shelf;
  const { accountId } = wish;
  const limit = Math.min(100, wish.limit);
  const isWanted = wantedBy(wish.wishes?.never);
  const request = {
    ...requestOf(shelf, wish),
    limit,
    ...(wish.exclude && { exclude: wish.exclude }),
    ...(wish.ahead && { ahead: wish.ahead }),
    seed: wish.seed,
  };
  const isOwn = (id: string) => catalogue.get(id)?.authorId === accountId;
  const mayBe = (id: string) => {
    const entry = catalogue.get(id);
    return entry !== undefined && (isWanted === null || isWanted(entry));
  };
  const others =
    accountId && shelf.worksOf.has(accountId)
      ? { allow: (id: string) => !isOwn(id) && (isWanted === null || mayBe(id)) }
      : isWanted && { allow: mayBe };
  const ranked = rank({ ...request, ...others });
  const taken = new Set(ranked.map((one) => one.videoId as string));
  const free = (id: string) => mayBe(id) && !taken.has(id);
  const add = (more: Ranked[]) => {
    for (const one of more) {
      taken.add(one.videoId);
      ranked.push(one);
    }
  };
  if (ranked.length < limit && accountId)
    add(rank({ ...request, limit: limit - ranked.length, allow: free }));
  if (ranked.length < limit && wish.again)
    add(watchedBefore(shelf, request, free).slice(0, limit - ranked.length));
  const exhausted = ranked.length < limit && (ranked.length === 0 || catalogue.size <= sweptWhole);
  return { ranked, exhausted };
}

/** What the viewer has seen: ranked as for somebody without a past, then by the viewer's taste. */
function watchedBefore(shelf: Shelf, request: RankRequest, allow: (id: string) => boolean): Ranked[] {
  const before = shelf.rank({ ...request, user: `again ${request.user}`, limit: 100, allow });
  if (request.profiling === false)
    return before.map((one) => ({ ...one, source: 'again' as const, causes: [] }));
  const taste = shelf.tasteOf(request.user);
  const tags = new Map(taste.tags.map(({ key, weight }) => [key, weight]));
  const creators = new Map(taste.creators.map(({ key, weight }) => [key, weight]));
  const weightOf = (tag: string) => tags.get(tag) ?? 0;
  const entryOf = ({ videoId }: Ranked) => shelf.catalogue.get(videoId)!;
  const liking = (one: Ranked) => {
    const { authorId, tags: own } = entryOf(one);
    const byTag = own.reduce((sum, tag) => sum + weightOf(tag), 0) / Math.max(1, own.length);
    return byTag + (creators.get(authorId) ?? 0);
  };
  const causesOf = (one: Ranked) =>
    entryOf(one)
      .tags.filter((tag) => weightOf(tag) > 0)
      .sort((a, b) => weightOf(b) - weightOf(a))
      .slice(0, 1)
      .map((tag) => `tag:${tag}`);
  return before
    .map((one) => ({ ...one, source: 'again' as const, causes: causesOf(one) }))
    .sort((a, b) => liking(b) - liking(a));
}
