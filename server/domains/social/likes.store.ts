import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { SocialTables } from './social.tables.ts';

/** The SQL of likes. A sum lives beside its rows and is changed with them: nobody counts rows to show a number. */
type Db = Kysely<SocialTables>;
type Trx = Transaction<SocialTables>;

/** Likes of one video change one after the other: its sum, and whether it still takes likes, stay true. */
export const lockVideo = (trx: Trx, videoId: string) =>
  sql`select pg_advisory_xact_lock(4711020, hashtext(${videoId}))`.execute(trx);

export const likesAreClosed = async (trx: Trx, videoId: string) =>
  Boolean(
    await trx
      .selectFrom('likes_closed')
      .select('video_id')
      .where('video_id', '=', videoId)
      .executeTakeFirst(),
  );

export async function insertLike(
  trx: Trx,
  like: { video_id: string; account_id: string; author_id: string; liked_at: Date },
) {
  const result = await trx
    .insertInto('likes')
    .values(like)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

/** The author of the video, when there was a like to take back. */
export const deleteLike = (trx: Trx, videoId: string, accountId: string) =>
  trx
    .deleteFrom('likes')
    .where('video_id', '=', videoId)
    .where('account_id', '=', accountId)
    .returning('author_id')
    .executeTakeFirst();

export async function addToLikeCounts(trx: Trx, videoId: string, authorId: string, by: number) {
  await trx
    .insertInto('like_counts')
    .values({ video_id: videoId, author_id: authorId, likes: by })
    .onConflict((conflict) =>
      conflict.column('video_id').doUpdateSet({ likes: sql`like_counts.likes + excluded.likes` }),
    )
    .execute();
  await addToReceived(trx, authorId, by);
}

export const addToReceived = (trx: Trx, authorId: string, by: number) =>
  trx
    .insertInto('likes_received')
    .values({ author_id: authorId, likes: by })
    .onConflict((conflict) =>
      conflict.column('author_id').doUpdateSet({ likes: sql`likes_received.likes + excluded.likes` }),
    )
    .execute();

export async function findLikeCount(db: Db, videoId: string): Promise<number> {
  const row = await db
    .selectFrom('like_counts')
    .select('likes')
    .where('video_id', '=', videoId)
    .executeTakeFirst();
  return row?.likes ?? 0;
}

export const findLikeCounts = (database: Database, videoIds: readonly string[]) =>
  database.ask<{ video_id: string; likes: number }>(
    'social.like-counts',
    'select video_id, likes from like_counts where video_id = any($1::text[]) and likes > 0',
    [videoIds],
  );

export const findLikedAmong = (database: Database, accountId: string, videoIds: readonly string[]) =>
  database.ask<{ video_id: string }>(
    'social.liked-among',
    'select video_id from likes where account_id = $1 and video_id = any($2::text[])',
    [accountId, videoIds],
  );

export const forgetReceived = (db: Db, authorId: string) =>
  db.deleteFrom('likes_received').where('author_id', '=', authorId).execute();

export async function findLikesReceived(db: Db, authorId: string): Promise<number> {
  const row = await db
    .selectFrom('likes_received')
    .select('likes')
    .where('author_id', '=', authorId)
    .executeTakeFirst();
  return row?.likes ?? 0;
}

/** Takes the likes of a video away for good; how many there were, and whose video it was. */
export async function closeLikes(trx: Trx, videoId: string, at: Date) {
  await trx
    .insertInto('likes_closed')
    .values({ video_id: videoId, closed_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx.deleteFrom('likes').where('video_id', '=', videoId).execute();
  return trx
    .deleteFrom('like_counts')
    .where('video_id', '=', videoId)
    .returning(['author_id', 'likes'])
    .executeTakeFirst();
}

export const findLikesOf = (db: Db, accountId: string, limit: number) =>
  db.selectFrom('likes').select('video_id').where('account_id', '=', accountId).limit(limit).execute();
