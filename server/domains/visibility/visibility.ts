import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Caller } from '../../platform/http/handle.ts';
import type { MakingRules } from '../posts/posts.ts';
import type { Social } from '../social/social.ts';
import { partsOf, permissionsOf } from './making.rules.ts';
import { dependsOnFollowing, type Judged, maySee } from './visibility.rules.ts';

/**
 * The one place that says whether a viewer may see a video, and what they may make with it: feed, lists, search, page,
 * like, link and publishing all ask here.
 * Knows audience, state and who follows whom. Does not know why a video was chosen, and chooses none.
 */
export type Visibility = {
  /** Of these, what the caller may see now. One query when some are for followers, none otherwise. */
  mayBeSeen(caller: Pick<Caller, 'accountId'>, posts: readonly Judged[]): Promise<Set<VideoId>>;
} & MakingRules;

const nobody: ReadonlySet<AccountId> = new Set();

export function createVisibility(deps: { social: Pick<Social, 'followsAmong'> }): Visibility {
  return {
    permissionsOf,
    partsOf,
    async mayBeSeen({ accountId }, posts) {
      const authors = new Set(
        posts.filter((post) => dependsOnFollowing(accountId, post)).map((post) => post.authorId),
      );
      const follows = authors.size > 0 ? await deps.social.followsAmong(accountId!, [...authors]) : nobody;
      return new Set(posts.filter((post) => maySee(accountId, post, follows)).map((post) => post.id));
    },
  };
}
