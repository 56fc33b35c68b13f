import type { AccountId, AssetId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { MediaFacts, UploadState } from '../../../contract/uploads.ts';
import { type Database, type Executor, sql } from '../../platform/database.ts';
import type { MediaTables, UploadRow } from './media.tables.ts';
import type { UploadPictures } from './uploads.rules.ts';

export type UploadsStore = ReturnType<typeof uploadsStore>;

/** Rows that are `going` are not there for anybody but the sweep. */
export function uploadsStore(database: Database) {
  const db = database.of<MediaTables>();
  const one = (id: UploadId) =>
    db
      .selectFrom('uploads')
      .selectAll()
      .where('id', '=', id)
      .where('going_at', 'is', null)
      .executeTakeFirst();

  return {
    db,
    one,
    async insert(row: {
      id: UploadId;
      owner_id: AccountId;
      file_name: string | null;
      file_type: string | null;
      bytes_total: number;
      created_at: Date;
    }) {
      await db
        .insertInto('uploads')
        .values({ ...row, state: 'receiving', changed_at: row.created_at })
        .execute();
    },
    /** In another room's transaction; false when it was there already. */
    async enter(
      executor: Executor,
      { id, ownerId, fileName, bytes }: { id: UploadId; ownerId: AccountId; fileName: string; bytes: number },
      now: Date,
    ): Promise<boolean> {
      const { rows } = await sql`insert into uploads
        (id, owner_id, file_name, file_type, bytes_total, bytes_received, state, created_at, changed_at)
        values (${id}, ${ownerId}, ${fileName}, 'video/mp4', ${bytes}, ${bytes}, 'received', ${now}, ${now})
        on conflict (id) do nothing returning id`.execute(executor);
      return rows.length > 0;
    },
    async unusedAmong(ids: readonly UploadId[]): Promise<Set<UploadId>> {
      if (ids.length === 0) return new Set();
      const rows = await db
        .selectFrom('uploads')
        .select('id')
        .where('id', 'in', [...ids])
        .where('video_id', 'is', null)
        .where('going_at', 'is', null)
        .execute();
      return new Set(rows.map((row) => row.id));
    },
    async noteReceived(id: UploadId, bytes: number, now: Date) {
      await db
        .updateTable('uploads')
        .set({ bytes_received: bytes, changed_at: now })
        .where('id', '=', id)
        .where('state', '=', 'receiving')
        .execute();
    },
    async noteProgress(id: UploadId, progress: number, now: Date) {
      await db
        .updateTable('uploads')
        .set({ progress, changed_at: now })
        .where('id', '=', id)
        .where('state', 'in', ['reading', 'making'])
        .execute();
    },
    /** From `receiving` to `received`, once: true for the call that did it. */
    async received(trx: typeof db, id: UploadId, now: Date): Promise<boolean> {
      const row = await trx
        .updateTable('uploads')
        .set((e) => ({ state: 'received', bytes_received: e.ref('bytes_total'), changed_at: now }))
        .where('id', '=', id)
        .where('state', '=', 'receiving')
        .where('going_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** A job takes the upload up, perhaps again; null when there is nothing to do any more. */
    async takeUp(id: UploadId, assetId: AssetId, now: Date): Promise<UploadRow | null> {
      const row = await db
        .updateTable('uploads')
        .set((e) => ({
          state: 'reading',
          progress: 0,
          asset_id: e.fn.coalesce('asset_id', sql<AssetId>`${assetId}`),
          changed_at: now,
        }))
        .where('id', '=', id)
        .where('state', 'in', ['received', 'reading', 'making'])
        .where('going_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      return row ?? null;
    },
    async set(
      id: UploadId,
      change: { state?: UploadState; sha256?: string; facts?: MediaFacts; progress?: number },
      now: Date,
    ) {
      const { facts, ...rest } = change;
      await db
        .updateTable('uploads')
        .set({ ...rest, ...(facts && { facts: JSON.stringify(facts) }), changed_at: now })
        .where('id', '=', id)
        .where('state', 'in', ['reading', 'making'])
        .execute();
    },
    /** Somebody else is making the same content at this moment, and began before us. */
    async madeElsewhere(row: UploadRow, sha256: string, since: Date): Promise<boolean> {
      const found = await db
        .selectFrom('uploads')
        .select('id')
        .where('sha256', '=', sha256)
        .where('state', 'in', ['reading', 'making'])
        .where('changed_at', '>', since)
        .where('going_at', 'is', null)
        .where((e) => e(e.refTuple('created_at', 'id'), '<', e.tuple(row.created_at, row.id)))
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },
    async lock(trx: typeof db, id: UploadId): Promise<UploadRow | null> {
      const row = await trx
        .selectFrom('uploads')
        .selectAll()
        .where('id', '=', id)
        .where('going_at', 'is', null)
        .forUpdate()
        .executeTakeFirst();
      return row ?? null;
    },
    /** In another room's transaction, which knows none of our tables. */
    async claim(
      executor: Executor,
      id: UploadId,
      ownerId: AccountId,
      videoId: VideoId,
    ): Promise<UploadRow | null> {
      // The row stays locked until the video exists: media that gets ready now is told to a video that is there.
      await sql`update uploads set video_id = coalesce(video_id, ${videoId})
        where id = ${id} and owner_id = ${ownerId} and going_at is null`.execute(executor);
      const { rows } = await sql<UploadRow>`select * from uploads
        where id = ${id} and owner_id = ${ownerId} and going_at is null`.execute(executor);
      return rows[0] ?? null;
    },
    unusedOf: (ownerId: AccountId, limit: number) =>
      db
        .selectFrom('uploads')
        .selectAll()
        .where('owner_id', '=', ownerId)
        .where('video_id', 'is', null)
        .where('going_at', 'is', null)
        .orderBy('created_at', 'desc')
        .limit(limit)
        .execute(),
    async pictures(assetIds: readonly AssetId[]): Promise<Map<AssetId, UploadPictures>> {
      if (assetIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('assets as a')
        .leftJoin('asset_files as p', (j) => j.onRef('p.asset_id', '=', 'a.id').on('p.kind', '=', 'poster'))
        .leftJoin('asset_files as s', (j) =>
          j.onRef('s.asset_id', '=', 'a.id').on('s.kind', '=', 'storyboard'),
        )
        .select(['a.id', 'a.address', 'a.storyboard_count', 'a.cover_at_ms'])
        .select(['p.name as poster', 's.name as storyboard'])
        .where('a.id', 'in', [...assetIds])
        .execute();
      return new Map(
        rows.map((row) => [
          row.id,
          { ...row, storyboardCount: row.storyboard_count, coverAtMs: row.cover_at_ms },
        ]),
      );
    },
    async going(id: UploadId, now: Date) {
      return db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('uploads')
          .set((e) => ({ going_at: e.fn.coalesce('going_at', sql<Date>`${now}`) }))
          .where('id', '=', id)
          .returning(['id', 'asset_id'])
          .executeTakeFirst();
        if (!row) return null;
        const before = await trx
          .selectFrom('assets')
          .select('address')
          .where('upload_id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        await trx.updateTable('assets').set({ address: null }).where('upload_id', '=', id).execute();
        return { assetId: row.asset_id, address: before?.address ?? null };
      });
    },
    async gone(id: UploadId, assetId: AssetId | null) {
      await db.transaction().execute(async (trx) => {
        if (assetId) {
          await trx.deleteFrom('asset_files').where('asset_id', '=', assetId).execute();
          await trx.deleteFrom('asset_videos').where('asset_id', '=', assetId).execute();
          await trx.deleteFrom('assets').where('id', '=', assetId).execute();
        }
        await trx.deleteFrom('uploads').where('id', '=', id).execute();
      });
    },
    stillGoing: (limit: number) =>
      db.selectFrom('uploads').select('id').where('going_at', 'is not', null).limit(limit).execute(),
    unfinishedAfter: (id: string, limit: number) =>
      db
        .selectFrom('uploads')
        .selectAll()
        .where('state', '=', 'receiving')
        .where('going_at', 'is', null)
        .where('id', '>', id as UploadId)
        .orderBy('id')
        .limit(limit)
        .execute(),
    /** Uploads of these states that are no video and began before `before`. */
    expired: (states: UploadState[], before: Date, limit: number) =>
      db
        .selectFrom('uploads')
        .select('id')
        .where('state', 'in', states)
        .where('video_id', 'is', null)
        .where('created_at', '<', before)
        .where('going_at', 'is', null)
        .limit(limit)
        .execute(),
    /** Published before their last byte came, which it never did. */
    neverFinished: (before: Date, limit: number) =>
      db
        .selectFrom('uploads')
        .select('id')
        .where('state', '=', 'receiving')
        .where('video_id', 'is not', null)
        .where('created_at', '<', before)
        .where('going_at', 'is', null)
        .limit(limit)
        .execute(),
    async known(ids: readonly string[]): Promise<Set<string>> {
      const rows = await db
        .selectFrom('uploads')
        .select('id')
        .where('id', 'in', ids as UploadId[])
        .execute();
      return new Set(rows.map((row) => row.id));
    },
    async knownAssets(ids: readonly string[]): Promise<Set<string>> {
      const rows = await db
        .selectFrom('uploads')
        .select('asset_id')
        .where('asset_id', 'in', ids as AssetId[])
        .execute();
      return new Set(rows.map((row) => row.asset_id!));
    },
  };
}
