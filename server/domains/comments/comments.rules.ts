import type { Person } from '../../../contract/accounts.ts';
import { type Comment, commentLength, type WhyNot } from '../../../contract/comments.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, CommentId } from '../../../contract/ids.ts';
import type { Post } from '../posts/posts.ts';
import type { CommentRow } from './comments.store.ts';

/** Pure: who may comment, what a comment may be, who may delete one, and places in the list. */

/** The viewer sees the post. Null: they may comment. */
export function whyNot(
  accountId: AccountId | null,
  post: Pick<Post, 'authorId' | 'status' | 'commentsFrom'>,
  follows: boolean,
): WhyNot | null {
  if (post.status !== 'published') return 'not_published';
  if (accountId === post.authorId) return null;
  if (post.commentsFrom === 'nobody') return 'nobody';
  if (post.commentsFrom === 'followers') return accountId !== null && follows ? null : 'followers';
  return accountId === null ? 'not_signed_in' : null;
}

/** Is it a question of following, for this caller? */
export const asksFollowing = (
  accountId: AccountId | null,
  post: Pick<Post, 'authorId' | 'commentsFrom'>,
): boolean => accountId !== null && accountId !== post.authorId && post.commentsFrom === 'followers';

export const mayDelete = (
  { accountId, role }: { accountId: AccountId | null; role: string },
  authorId: AccountId,
  creatorId: AccountId | null,
): boolean =>
  accountId !== null && (role === 'operator' || accountId === authorId || accountId === creatorId);

/** As this caller sees it. */
export const presentComment = (
  caller: { accountId: AccountId | null; role: string },
  post: Pick<Post, 'authorId'>,
  row: CommentRow,
  author: Person,
): Comment => ({
  id: row.id,
  videoId: row.video_id,
  author,
  creator: row.author_id === post.authorId,
  text: row.body,
  entities: row.entities,
  replyTo: row.parent_id,
  replies: row.replies,
  mine: row.author_id === caller.accountId,
  mayDelete: mayDelete(caller, row.author_id, post.authorId),
  createdAt: new Date(row.created_at).toISOString(),
});

/** Joiners, selectors and fillers draw nothing by themselves. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{M}\u2800]+/gu;
const runOfBreaks = /(?:[^\S\n]*\n){2,}/g;

/**
 * What somebody wrote, before the house cleans it as it does captions: one line under the other, no empty ones. Throws
 * comment_invalid for what is too long or has nothing to be seen in it.
 */
export function tidy(written: string): string {
  const text = written
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(runOfBreaks, '\n')
    .trim();
  const length = [...text].length;
  if (length > commentLength || text.replace(unseen, '') === '')
    throw new Refusal('comment_invalid', { length, min: 1, max: commentLength });
  return text;
}

export type Place = { at: Date; id: CommentId };

export const cursorOf = ({ at, id }: Place): string =>
  Buffer.from(`${at.getTime().toString(36)}.${id}`).toString('base64url');

/** Where the next page begins, if there is one. */
export function nextOf(page: readonly CommentRow[], isMore: boolean): string | null {
  const last = page.at(-1);
  return last && isMore ? cursorOf({ at: new Date(last.created_at), id: last.id }) : null;
}

/** Throws cursor_invalid. */
export function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [, time, id] = /^([0-9a-z]{1,10})\.([A-Za-z0-9_-]{8,40})$/.exec(text) ?? [];
  const at = time === undefined ? Number.NaN : Number.parseInt(time, 36);
  // Beyond this Postgres knows no time.
  if (!id || !(at < 253_402_300_800_000)) throw new Refusal('cursor_invalid');
  return { at: new Date(at), id: id as CommentId };
}
