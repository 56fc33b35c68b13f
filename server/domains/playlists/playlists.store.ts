import type { Kysely, Selectable, Transaction } from 'kysely';
import type { AccountId, PlaylistId, VideoId } from '../../../contract/ids.ts';
import { sql } from '../../platform/database.ts';
import type { PlaylistTables } from './playlists.tables.ts';

type Db = Kysely<PlaylistTables>;
export type Trx = Transaction<PlaylistTables>;
export type PlaylistRow = Selectable<PlaylistTables['playlists']>;

/** One at a time for each person: what is counted here still holds when it is written. */
export async function alone(trx: Trx, ownerId: AccountId): Promise<void> {
  await sql`select pg_advisory_xact_lock(4711004, hashtext(${ownerId}))`.execute(trx);
}

/** Tombstones too. */
export const findPlaylist = (db: Db, id: PlaylistId) =>
  db.selectFrom('playlists').selectAll().where('id', '=', id).executeTakeFirst();

export const findByKey = (db: Db, ownerId: AccountId, key: string) =>
  db
    .selectFrom('playlists')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('key', '=', key)
    .executeTakeFirst();

export const playlistsOf = (db: Db, ownerId: AccountId) =>
  db
    .selectFrom('playlists')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();

export async function insertPlaylist(trx: Trx, row: PlaylistRow): Promise<void> {
  await trx.insertInto('playlists').values(row).execute();
}

export async function rename(trx: Trx, id: PlaylistId, title: string): Promise<void> {
  await trx.updateTable('playlists').set({ title }).where('id', '=', id).execute();
}

export async function bury(trx: Trx, id: PlaylistId, at: Date): Promise<void> {
  await trx.updateTable('playlists').set({ title: '', deleted_at: at }).where('id', '=', id).execute();
  await trx.deleteFrom('playlist_videos').where('playlist_id', '=', id).execute();
}

/** In order, by playlist. One query. */
export async function idsIn(db: Db, playlists: readonly PlaylistId[]): Promise<Map<PlaylistId, VideoId[]>> {
  const rows =
    playlists.length === 0
      ? []
      : await db
          .selectFrom('playlist_videos')
          .select(['playlist_id', 'video_id'])
          .where('playlist_id', 'in', [...playlists])
          .orderBy('position')
          .orderBy('video_id')
          .execute();
  const found = new Map<PlaylistId, VideoId[]>();
  for (const row of rows) found.set(row.playlist_id, [...(found.get(row.playlist_id) ?? []), row.video_id]);
  return found;
}

/** Exactly these, in this order. */
export async function setIds(trx: Trx, id: PlaylistId, ids: readonly VideoId[]): Promise<void> {
  await trx.deleteFrom('playlist_videos').where('playlist_id', '=', id).execute();
  if (ids.length === 0) return;
  await trx
    .insertInto('playlist_videos')
    .values(ids.map((video_id, position) => ({ playlist_id: id, video_id, position })))
    .execute();
}

export const pinsOf = async (db: Db, accountId: AccountId): Promise<VideoId[]> =>
  (
    await db
      .selectFrom('pins')
      .select('video_id')
      .where('account_id', '=', accountId)
      .orderBy('pinned_at', 'desc')
      .orderBy('video_id')
      .execute()
  ).map((row) => row.video_id);

export async function insertPin(trx: Trx, accountId: AccountId, videoId: VideoId, at: Date): Promise<void> {
  await trx
    .insertInto('pins')
    .values({ account_id: accountId, video_id: videoId, pinned_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deletePin(db: Db, accountId: AccountId, videoId: VideoId): Promise<void> {
  await db.deleteFrom('pins').where('account_id', '=', accountId).where('video_id', '=', videoId).execute();
}

export async function forgetVideo(db: Db, videoId: VideoId): Promise<void> {
  await db.deleteFrom('playlist_videos').where('video_id', '=', videoId).execute();
  await db.deleteFrom('pins').where('video_id', '=', videoId).execute();
}

export async function forgetOwner(db: Db, ownerId: AccountId): Promise<void> {
  await db
    .deleteFrom('playlist_videos')
    .where('playlist_id', 'in', (q) => q.selectFrom('playlists').select('id').where('owner_id', '=', ownerId))
    .execute();
  await db.deleteFrom('playlists').where('owner_id', '=', ownerId).execute();
  await db.deleteFrom('pins').where('account_id', '=', ownerId).execute();
}
