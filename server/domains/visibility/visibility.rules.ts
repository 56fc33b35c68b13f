import type { AccountId } from '../../../contract/ids.ts';
import type { Post } from '../posts/posts.ts';

export type Judged = Pick<Post, 'id' | 'authorId' | 'audience' | 'status'>;

/** Is this a question of following, for this caller? */
export const dependsOnFollowing = (accountId: AccountId | null, post: Judged): boolean =>
  accountId !== null &&
  post.audience === 'followers' &&
  post.status === 'published' &&
  post.authorId !== accountId;

/** May this account (null: a guest) see this post? `follows` holds those of its authors whom the account follows. */
export function maySee(accountId: AccountId | null, post: Judged, follows: ReadonlySet<AccountId>): boolean {
  if (accountId !== null && post.authorId === accountId) return true;
  if (post.status !== 'published') return false;
  switch (post.audience) {
    case 'everyone':
      return true;
    case 'followers':
      return accountId !== null && follows.has(post.authorId);
    case 'me':
      return false;
  }
}
