import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { SocialTables } from './social.tables.ts';

/** The SQL of follows. Sums are changed in the transaction that changes the rows, and in order of id, so that two never wait for each other in a ring. */
type Db = Kysely<SocialTables>;
type Trx = Transaction<SocialTables>;

export async function insertFollow(trx: Trx, followerId: string, followedId: string, at: Date) {
  const result = await trx
    .insertInto('follows')
    .values({ follower_id: followerId, followed_id: followedId, followed_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

export async function deleteFollow(trx: Trx, followerId: string, followedId: string) {
  const result = await trx
    .deleteFrom('follows')
    .where('follower_id', '=', followerId)
    .where('followed_id', '=', followedId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}

export async function addToFollowCounts(trx: Trx, followerId: string, followedId: string, by: 1 | -1) {
  const changes = [
    { account_id: followerId, followers: 0, following: by },
    { account_id: followedId, followers: by, following: 0 },
  ].sort((a, b) => (a.account_id < b.account_id ? -1 : 1));
  for (const change of changes) {
    await trx
      .insertInto('follow_counts')
      .values(change)
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet({
          followers: sql`follow_counts.followers + excluded.followers`,
          following: sql`follow_counts.following + excluded.following`,
        }),
      )
      .execute();
  }
}

export const findFollowCounts = (db: Db, accountId: string) =>
  db
    .selectFrom('follow_counts')
    .select(['followers', 'following'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();

export async function countFollowersSince(db: Db, accountId: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom('follows')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('followed_id', '=', accountId)
    .where('followed_at', '>=', since)
    .executeTakeFirstOrThrow();
  return row.count;
}

export const findFollowed = (db: Db, accountId: string, limit: number) =>
  db
    .selectFrom('follows')
    .select('followed_id')
    .where('follower_id', '=', accountId)
    .orderBy('followed_at', 'desc')
    .limit(limit)
    .execute();

export const findFollowsAmong = (database: Database, accountId: string, authorIds: readonly string[]) =>
  database.ask<{ followed_id: string }>(
    'social.follows-among',
    'select followed_id from follows where follower_id = $1 and followed_id = any($2::text[])',
    [accountId, authorIds],
  );

/** Follows from and to an account, a piece at a time. */
export const findFollowsOf = (db: Db, accountId: string, limit: number) =>
  db
    .selectFrom('follows')
    .select(['follower_id', 'followed_id'])
    .where((eb) => eb.or([eb('follower_id', '=', accountId), eb('followed_id', '=', accountId)]))
    .limit(limit)
    .execute();

export const deleteFollowCounts = (db: Db, accountId: string) =>
  db.deleteFrom('follow_counts').where('account_id', '=', accountId).execute();
