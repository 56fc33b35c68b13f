import type { Comment, CommentPage, DeskComment, ReplyPage } from '../../../contract/comments.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, CommentId, VideoId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Caller, Handled } from '../../platform/http/handle.ts';
import type { Limiter } from '../../platform/http/limit.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Post, Posts } from '../posts/posts.ts';
import type { Social } from '../social/social.ts';
import type { Taste } from '../taste/taste.ts';
import type { Visibility } from '../visibility/visibility.ts';
import { hearComments } from './comments.events.ts';
import { commentsHttp } from './comments.http.ts';
import { asksFollowing, mayDelete, nextOf, placeOf, presentComment, tidy, whyNot } from './comments.rules.ts';
import {
  addToCount,
  addToReplies,
  bury,
  type CommentRow,
  findByKey,
  findComment,
  findCounts,
  findNewest,
  findReplies,
  insertComment,
  isClosed,
  lockVideo,
} from './comments.store.ts';
import type { CommentTables } from './comments.tables.ts';
import { latestComments } from './latest.ts';

/**
 * What people write under videos, and answer. Knows words, who wrote them and the sum for each video. Whether a video
 * may be seen visibility says, who follows its creator social does, who may comment stands at the video; it ranks
 * nothing and tells nobody.
 */
export type Comments = {
  /** Newest first. Throws not_found when the caller may not see the video. */
  list(caller: Caller, videoId: VideoId, page: CommentsAsked): Promise<CommentPage>;
  /** Oldest first. Throws not_found. */
  replies(caller: Caller, id: CommentId, page: CommentsAsked): Promise<ReplyPage>;
  /**
   * Again with the same key: the same comment. Throws not_found, comments_closed, comment_invalid, comment_gone,
   * too_many_requests; gone when it was deleted since, conflict when the key was used for another video.
   */
  write(
    caller: Caller,
    authorId: AccountId,
    videoId: VideoId,
    words: NewComment,
  ): Promise<{ comment: Comment; count: number }>;
  /** With its replies; returns how many comments the video has now. Idempotent. Throws not_found for who may not. */
  remove(caller: Caller, id: CommentId): Promise<number>;
  /** Of all videos that the caller may see, replies too, newest first; nothing is muted. For operators. */
  latest(caller: Caller, page: CommentsAsked): Promise<{ comments: DeskComment[]; next: string | null }>;
  /** Videos without comments are absent. One query. */
  counts(videoIds: readonly VideoId[]): Promise<Map<VideoId, number>>;
  http: Handled[];
};
type CommentsAsked = { cursor?: string | undefined; limit: number };
type NewComment = { key: string; text: string; replyTo: CommentId | null };

export type CommentsDeps = {
  database: Database;
  outbox: Outbox;
  clock: Clock;
  limiter: Limiter;
  tunables: Tunables;
  accounts: Pick<Accounts, 'people'>;
  posts: Pick<Posts, 'posts' | 'read'>;
  social: Pick<Social, 'followsAmong'>;
  taste: Pick<Taste, 'wishes'>;
  visibility: Pick<Visibility, 'mayBeSeen'>;
};

const windowSeconds = 600;

export function createComments(deps: CommentsDeps): Comments {
  const { database, outbox, clock, limiter, accounts, posts, social, taste } = deps;
  const db = database.of<CommentTables>();
  const now = () => new Date(clock.now());
  const tunables = deps.tunables.declare({
    'comments.in-ten-minutes': {
      standard: 30,
      min: 1,
      max: 1000,
      unit: 'comments',
      reason: 'One in 20 s is a lively conversation; a flood is written faster',
    },
  });

  const lookAt = async (caller: Caller, videoId: VideoId): Promise<Post | null> => {
    const post = (await posts.posts([videoId])).get(videoId);
    return post && (await deps.visibility.mayBeSeen(caller, [post])).has(videoId) ? post : null;
  };
  const see = async (caller: Caller, videoId: VideoId): Promise<Post> => {
    const post = await lookAt(caller, videoId);
    if (!post) throw new Refusal('not_found');
    return post;
  };
  const reasonFor = async (accountId: AccountId | null, post: Post) => {
    const follows =
      asksFollowing(accountId, post) && (await social.followsAmong(accountId!, [post.authorId])).size > 0;
    return whyNot(accountId, post, follows);
  };
  const countOf = async (videoId: VideoId) => (await findCounts(database, [videoId]))[0]?.comments ?? 0;

  const present = async (caller: Caller, post: Post, rows: readonly CommentRow[]): Promise<Comment[]> => {
    const people = await accounts.people([...new Set(rows.map((row) => row.author_id))]);
    return rows.flatMap((row) => {
      const author = people.get(row.author_id);
      // Somebody whose account is just being removed.
      return author ? [presentComment(caller, post, row, author)] : [];
    });
  };
  /** Of one row more than asked. What the viewer has muted is counted; their own words are never kept from them. */
  const pageOf = async (
    caller: Caller,
    post: Post,
    rows: CommentRow[],
    limit: number,
  ): Promise<ReplyPage> => {
    const page = rows.slice(0, limit);
    const { mutes } = await taste.wishes(caller.viewerId);
    const shown = page.filter(
      (row) =>
        row.author_id === caller.accountId ||
        !mutes({
          caption: row.body,
          tags: row.tags,
          topics: [],
          cues: null,
          pictureTexts: [],
          textsInside: [],
        }),
    );
    return {
      comments: await present(caller, post, shown),
      hidden: page.length - shown.length,
      next: nextOf(page, rows.length > limit),
    };
  };

  const takeAway = (row: CommentRow) =>
    db.transaction().execute(async (trx) => {
      await lockVideo(trx, row.video_id);
      const gone = await bury(trx, row.id, now());
      if (gone === 0) return;
      if (row.parent_id) await addToReplies(trx, row.parent_id, -1);
      await addToCount(trx, row.video_id, -gone);
    });
  hearComments({ db, outbox, now, takeAway });

  const verbs: Omit<Comments, 'http'> = {
    async list(caller, videoId, { cursor, limit }) {
      const place = placeOf(cursor);
      const post = await see(caller, videoId);
      const [rows, count, reason] = await Promise.all([
        findNewest(database, videoId, place, limit),
        countOf(videoId),
        reasonFor(caller.accountId, post),
      ]);
      const page = await pageOf(caller, post, rows, limit);
      return { ...page, count, canComment: reason === null, whyNot: reason };
    },
    async replies(caller, id, { cursor, limit }) {
      const place = placeOf(cursor);
      const parent = await findComment(db, id);
      if (!parent || parent.deleted_at) throw new Refusal('not_found');
      const post = await see(caller, parent.video_id);
      return pageOf(caller, post, await findReplies(database, id, place, limit), limit);
    },
    async write(caller, authorId, videoId, { key, text, replyTo }) {
      const post = await see(caller, videoId);
      const answer = async (row: CommentRow) => {
        if (row.video_id !== videoId) throw new Refusal('conflict');
        const [comment] = row.deleted_at ? [] : await present(caller, post, [row]);
        if (!comment) throw new Refusal('gone');
        return { comment, count: await countOf(videoId) };
      };
      const before = await findByKey(db, authorId, key);
      if (before) return answer(before);
      const reason = await reasonFor(authorId, post);
      if (reason) throw new Refusal('comments_closed', { whyNot: reason });
      const read = await posts.read(tidy(text));
      // Cleaning takes control characters away: there must be something left.
      tidy(read.text);
      await limiter.take('comment', authorId, tunables.get('comments.in-ten-minutes'), windowSeconds);
      await db.transaction().execute(async (trx) => {
        await lockVideo(trx, videoId);
        if (await isClosed(trx, videoId)) throw new Refusal('not_found');
        const target = replyTo && (await findComment(trx, replyTo));
        if (replyTo && (!target || target.deleted_at || target.video_id !== videoId))
          throw new Refusal('comment_gone');
        const parentId = target ? (target.parent_id ?? target.id) : null;
        const row = {
          ...{ id: newId<CommentId>(), video_id: videoId, author_id: authorId, key, parent_id: parentId },
          ...{ body: read.text, entities: read.entities, tags: read.tags, created_at: now() },
        };
        // The same request at the same moment was a little faster: its comment is the answer to both.
        if (!(await insertComment(trx, row))) return;
        if (parentId) await addToReplies(trx, parentId, 1);
        await addToCount(trx, videoId, 1);
      });
      return answer((await findByKey(db, authorId, key))!);
    },
    async remove(caller, id) {
      const row = await findComment(db, id);
      const post = row && (await posts.posts([row.video_id])).get(row.video_id);
      if (!row || !mayDelete(caller, row.author_id, post?.authorId ?? null)) throw new Refusal('not_found');
      if (!row.deleted_at) await takeAway(row);
      // One's own words may go also where the video can be seen no more; how many others wrote is not told there.
      return (await lookAt(caller, row.video_id)) ? countOf(row.video_id) : 0;
    },
    latest: (caller, page) => latestComments({ ...deps, database }, caller, page),
    async counts(videoIds) {
      if (videoIds.length === 0) return new Map();
      const rows = await findCounts(database, videoIds);
      return new Map(rows.map((row) => [row.video_id, row.comments]));
    },
  };
  return { ...verbs, http: commentsHttp(verbs) };
}
