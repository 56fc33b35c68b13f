import type { Kysely, Selectable, Transaction } from 'kysely';
import type { AccountId, CommentId, VideoId } from '../../../contract/ids.ts';
import { type Database, sql } from '../../platform/database.ts';
import type { Place } from './comments.rules.ts';
import type { CommentTables } from './comments.tables.ts';

/** The SQL of comments. A sum is changed in the transaction that changes the rows, one video's one after the other. */
type Db = Kysely<CommentTables>;
export type Trx = Transaction<CommentTables>;
export type CommentRow = Selectable<CommentTables['comments']>;

export const lockVideo = (trx: Trx, videoId: VideoId) =>
  sql`select pg_advisory_xact_lock(4711021, hashtext(${videoId}))`.execute(trx);

/** Tombstones too. */
export const findComment = (db: Db, id: CommentId): Promise<CommentRow | undefined> =>
  db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst();

export const findByKey = (db: Db, authorId: AccountId, key: string): Promise<CommentRow | undefined> =>
  db
    .selectFrom('comments')
    .selectAll()
    .where('author_id', '=', authorId)
    .where('key', '=', key)
    .executeTakeFirst();

const endOfTime = new Date(Date.UTC(9999, 0));

/** One more than asked, to know whether there is a next page. */
export const findNewest = (
  database: Database,
  videoId: VideoId,
  before: Place | null,
  limit: number,
): Promise<CommentRow[]> =>
  database.ask<CommentRow>(
    'comments.newest',
    `select * from comments
      where video_id = $1 and parent_id is null and deleted_at is null and (created_at, id) < ($2, $3)
      order by created_at desc, id desc limit $4`,
    [videoId, before?.at ?? endOfTime, before?.id ?? '~', limit + 1],
  );

export const findReplies = (
  database: Database,
  parentId: CommentId,
  after: Place | null,
  limit: number,
): Promise<CommentRow[]> =>
  database.ask<CommentRow>(
    'comments.replies',
    `select * from comments
      where parent_id = $1 and deleted_at is null and (created_at, id) > ($2, $3)
      order by created_at, id limit $4`,
    [parentId, after?.at ?? new Date(0), after?.id ?? '', limit + 1],
  );

/** Of all videos, replies among them. */
export const findLatest = (database: Database, before: Place | null, limit: number): Promise<CommentRow[]> =>
  database.ask<CommentRow>(
    'comments.latest',
    `select * from comments where deleted_at is null and (created_at, id) < ($1, $2)
      order by created_at desc, id desc limit $3`,
    [before?.at ?? endOfTime, before?.id ?? '~', limit + 1],
  );

export const findCounts = (database: Database, videoIds: readonly VideoId[]) =>
  database.ask<{ video_id: VideoId; comments: number }>(
    'comments.counts',
    'select video_id, comments from comment_counts where video_id = any($1::text[]) and comments > 0',
    [videoIds],
  );

export const isClosed = async (trx: Trx, videoId: VideoId) =>
  Boolean(
    await trx
      .selectFrom('comments_closed')
      .select('video_id')
      .where('video_id', '=', videoId)
      .executeTakeFirst(),
  );

/** False: this author has written one with this key. */
export async function insertComment(
  trx: Trx,
  row: Omit<CommentRow, 'replies' | 'deleted_at'>,
): Promise<boolean> {
  const result = await trx
    .insertInto('comments')
    .values({ ...row, entities: JSON.stringify(row.entities) })
    .onConflict((on) => on.columns(['author_id', 'key']).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

/** Its words go, and those of its replies; how many there were, itself among them. */
export async function bury(trx: Trx, id: CommentId, at: Date): Promise<number> {
  const result = await trx
    .updateTable('comments')
    .set({ deleted_at: at, body: '', entities: '[]', tags: [], replies: 0 })
    .where((e) => e.or([e('id', '=', id), e('parent_id', '=', id)]))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function addToReplies(trx: Trx, id: CommentId, by: number): Promise<void> {
  await trx
    .updateTable('comments')
    .set((e) => ({ replies: e('replies', '+', by) }))
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .execute();
}

export async function addToCount(trx: Trx, videoId: VideoId, by: number): Promise<number> {
  const row = await trx
    .insertInto('comment_counts')
    .values({ video_id: videoId, comments: by })
    .onConflict((on) =>
      on.column('video_id').doUpdateSet((e) => ({ comments: e('comment_counts.comments', '+', by) })),
    )
    .returning('comments')
    .executeTakeFirstOrThrow();
  return row.comments;
}

/** Takes the comments of a video away for good. */
export async function close(trx: Trx, videoId: VideoId, at: Date): Promise<void> {
  await trx
    .insertInto('comments_closed')
    .values({ video_id: videoId, closed_at: at })
    .onConflict((on) => on.doNothing())
    .execute();
  await trx.deleteFrom('comments').where('video_id', '=', videoId).execute();
  await trx.deleteFrom('comment_counts').where('video_id', '=', videoId).execute();
}

/** Tombstones too, a piece at a time. */
export const findOf = (db: Db, authorId: AccountId, limit: number): Promise<CommentRow[]> =>
  db.selectFrom('comments').selectAll().where('author_id', '=', authorId).limit(limit).execute();

export async function forget(db: Db, ids: readonly CommentId[]): Promise<void> {
  await db
    .deleteFrom('comments')
    .where('id', 'in', [...ids])
    .execute();
}
