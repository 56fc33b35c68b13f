import type { AccountId } from '../../../contract/ids.ts';
import { requestOf, type Shelf } from './for-you.ts';
import type { Ranked, SuggestionWish } from './recommend.ts';
import { wantedBy } from './wishes.rules.ts';

/** A creator, one video of theirs that speaks for them, and why. */
export type Suggested = { creatorId: AccountId } & Pick<
  Ranked,
  'videoId' | 'source' | 'causes' | 'exploration'
>;

/** A creator is liked from so much more than usual on: below it is noise of a few views. */
const likedFrom = 0.02;

/**
 * Creators for a viewer: first those whom they value and do not follow, at most half of the list, then those behind
 * the videos that would be ranked best. Two rankings, whatever the size of the catalogue.
 */
export function suggestCreators(shelf: Shelf, wish: SuggestionWish): Suggested[] {
  const { catalogue, rank } = shelf;
  const isWanted = wantedBy(wish.wishes?.never);
  const request = { ...requestOf(shelf, wish), limit: 100 };
  const not = new Set<string>(wish.follows);
  if (wish.accountId) not.add(wish.accountId);
  const authorOf = (id: string) => catalogue.get(id)!.authorId;
  const mayBe = (id: string) => {
    const entry = catalogue.get(id);
    return entry !== undefined && !not.has(entry.authorId) && (isWanted === null || isWanted(entry));
  };
  const valued = request.profiling ? shelf.tasteOf(wish.viewerId).creators : [];
  const liked = valued
    .filter(({ key, weight }) => weight > likedFrom && !not.has(key))
    .slice(0, Math.ceil(wish.limit / 2));
  const placeOf = new Map(liked.map(({ key }, at) => [key, at]));

  const found = new Map<string, Suggested>();
  const add = (creator: string, { videoId, source, causes, exploration }: Omit<Suggested, 'creatorId'>) => {
    if (found.has(creator)) return;
    found.set(creator, { creatorId: creator as AccountId, videoId, source, causes, exploration });
  };
  if (placeOf.size > 0) {
    // As somebody without a past: what this viewer has seen of them speaks for them as well.
    const known = rank({
      ...request,
      user: `again ${request.user}`,
      follows: [...placeOf.keys()],
      allow: (id) => mayBe(id) && placeOf.has(authorOf(id)),
    });
    known.sort((a, b) => placeOf.get(authorOf(a.videoId))! - placeOf.get(authorOf(b.videoId))!);
    for (const { videoId } of known) {
      const creator = authorOf(videoId);
      add(creator, { videoId, source: 'creator', causes: [`creator:${creator}`], exploration: false });
    }
  }
  for (const one of rank({ ...request, allow: mayBe })) add(authorOf(one.videoId), one);
  return [...found.values()].slice(0, wish.limit);
}
