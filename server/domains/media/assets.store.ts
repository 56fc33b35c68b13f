import type { AssetId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { Media as MediaView } from '../../../contract/videos.ts';
import { type Database, sql } from '../../platform/database.ts';
import { newId } from '../../platform/random.ts';
import { rememberRows } from '../../platform/remembered.ts';
import { presentMedia, type ShownFile } from './assets.rules.ts';
import type { AssetRow, FileKind, FileRow, MediaTables, StoredRendition } from './media.tables.ts';

export type NewFile = { name: string; kind: FileKind; bytes: number; rendition?: StoredRendition };
export type NewAsset = Omit<
  AssetRow,
  'address' | 'cover_at_ms' | 'improved_at' | 'silenced_at' | 'sound_no'
> & {
  cover_at_ms?: number | null;
  improved_at?: Date | null;
};
export type AssetsStore = ReturnType<typeof assetsStore>;

/** 22 letters of base 58: 128 bits. Who knows an address may fetch its files, so nobody may guess one. */
export const newAddress = () => newId(22);

export function assetsStore(database: Database) {
  const db = database.of<MediaTables>();
  const addFiles = async (trx: typeof db, assetId: AssetId, files: readonly NewFile[]) => {
    if (files.length === 0) return;
    await trx
      .insertInto('asset_files')
      .values(
        files.map(({ rendition, ...file }) => ({
          ...file,
          asset_id: assetId,
          tag: newId(12),
          rendition: rendition ? JSON.stringify(rendition) : null,
        })),
      )
      .onConflict((c) => c.doNothing())
      .execute();
  };
  return {
    addFiles,
    transaction: <T>(work: (trx: typeof db) => Promise<T>): Promise<T> => db.transaction().execute(work),
    one: (id: AssetId) => db.selectFrom('assets').selectAll().where('id', '=', id).executeTakeFirst(),
    files: (id: AssetId) => db.selectFrom('asset_files').selectAll().where('asset_id', '=', id).execute(),
    async filesOf(ids: readonly AssetId[], kinds: FileKind[]): Promise<FileRow[]> {
      return db
        .selectFrom('asset_files')
        .selectAll()
        .where('asset_id', 'in', [...ids])
        .where('kind', 'in', kinds)
        .execute();
    },
    /** What changes an asset's files writes its row as well (lock, below), so that its version tells of both. */
    many: rememberRows<AssetId, { asset: AssetRow; files: ShownFile[] | null }, MediaView>(database, {
      name: 'media.assets',
      text: `select a.id, a.xmin::text as version,
          case when a.xmin::text is distinct from asked.version then json_build_object('asset', row_to_json(a), 'files',
            (select json_agg(json_build_object('name', f.name, 'kind', f.kind, 'bytes', f.bytes, 'rendition', f.rendition))
             from asset_files f
             where f.asset_id = a.id and f.kind in ('rendition', 'poster', 'preview', 'hls'))) end as row
        from unnest($1::text[], $2::text[]) as asked(id, version)
        join assets a on a.id = asked.id where a.address is not null`,
      make: ({ asset, files }) => presentMedia(asset, files ?? []),
      most: 20_000,
    }),
    byAddress: (address: string) =>
      db.selectFrom('assets').select('id').where('address', '=', address).executeTakeFirst(),
    trackByAddress: (address: string) =>
      db.selectFrom('tracks').select(['id', 'tag']).where('address', '=', address).executeTakeFirst(),
    async insert(trx: typeof db, asset: NewAsset, files: readonly NewFile[]) {
      await trx
        .insertInto('assets')
        .values({ cover_at_ms: null, improved_at: null, silenced_at: null, ...asset, address: newAddress() })
        .onConflict((c) => c.doNothing())
        .execute();
      await addFiles(trx, asset.id, files);
    },
    /** An asset with the same bytes inside whose files are there to be copied; one with every rung is preferred. */
    sameContent: (sha256: string, besides: AssetId) =>
      db
        .selectFrom('assets')
        .selectAll()
        .where('sha256', '=', sha256)
        .where('id', '!=', besides)
        .where('address', 'is not', null)
        .where('silenced_at', 'is', null)
        .orderBy(sql`improved_at is null`)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst(),
    /** Locks the asset while files are added, by writing it: a new version. Null when it is being removed. */
    async lock(trx: typeof db, id: AssetId): Promise<AssetRow | null> {
      const row = await trx
        .updateTable('assets')
        .set((row) => ({ id: row.ref('id') }))
        .where('id', '=', id)
        .where('address', 'is not', null)
        .returningAll()
        .executeTakeFirst();
      return row ?? null;
    },
    async improved(trx: typeof db, id: AssetId, now: Date) {
      await trx.updateTable('assets').set({ improved_at: now }).where('id', '=', id).execute();
    },
    async replacePoster(
      trx: typeof db,
      id: AssetId,
      files: readonly NewFile[],
      cover: Cover,
    ): Promise<string[]> {
      const old = await trx
        .deleteFrom('asset_files')
        .where('asset_id', '=', id)
        .where('kind', 'in', ['poster', 'preview'])
        .returning('name')
        .execute();
      await addFiles(trx, id, files);
      await trx
        .updateTable('assets')
        .set({ cover_at_ms: cover.atMs, thumbhash: cover.thumbhash })
        .where('id', '=', id)
        .execute();
      return old.map((row) => row.name);
    },
    async forgetFiles(id: AssetId, names: readonly string[]) {
      await db
        .deleteFrom('asset_files')
        .where('asset_id', '=', id)
        .where('name', 'in', [...names])
        .execute();
      await db.updateTable('assets').set({ improved_at: null }).where('id', '=', id).execute();
    },
    /** Returns the address that ended. */
    async renew(id: AssetId): Promise<string | null> {
      return db.transaction().execute(async (trx) => {
        const before = await trx
          .selectFrom('assets')
          .select('address')
          .where('id', '=', id)
          .where('address', 'is not', null)
          .forUpdate()
          .executeTakeFirst();
        if (!before) return null;
        await trx.updateTable('assets').set({ address: newAddress() }).where('id', '=', id).execute();
        return before.address;
      });
    },
    /** From now on it has no sound; false when it has none already or is gone. */
    async silenced(trx: typeof db, id: AssetId, now: Date): Promise<boolean> {
      const row = await trx
        .updateTable('assets')
        .set({ silenced_at: now, has_sound: false })
        .where('id', '=', id)
        .where('address', 'is not', null)
        .where((e) => e.or([e('silenced_at', 'is', null), e('has_sound', '=', true)]))
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    filesIn: (trx: typeof db, id: AssetId) =>
      trx.selectFrom('asset_files').select('name').where('asset_id', '=', id).execute(),
    /** Returns the names that ended: what sounded, and where another sound came every rendition. */
    async replaceSounding(
      trx: typeof db,
      id: AssetId,
      files: readonly NewFile[],
      { no, hasSound, at }: { no: number; hasSound: boolean; at: Date },
    ): Promise<string[]> {
      const old = await trx
        .deleteFrom('asset_files')
        .where('asset_id', '=', id)
        .where((e) =>
          e.or([
            e('kind', 'in', hasSound ? ['hls', 'sound', 'rendition'] : ['hls', 'sound']),
            sql<boolean>`(rendition ->> 'hasSound')::boolean`,
          ]),
        )
        .returning('name')
        .execute();
      await addFiles(trx, id, files);
      await trx
        .updateTable('assets')
        .set((e) => ({
          sound_no: no,
          has_sound: hasSound,
          silenced_at: e.fn.coalesce('silenced_at', sql<Date>`${at}`),
        }))
        .where('id', '=', id)
        .execute();
      return old.map((row) => row.name);
    },
    /** Keeps it from ending before this transaction has; false when it has ended. */
    async holdTrack(trx: typeof db, id: string): Promise<boolean> {
      const row = await trx
        .selectFrom('tracks')
        .select('id')
        .where('id', '=', id)
        .where('address', 'is not', null)
        .forShare()
        .executeTakeFirst();
      return row !== undefined;
    },
    /** False when something else is wanted by now. */
    async soundDone(trx: typeof db, id: UploadId, due: string, hasSound: boolean): Promise<boolean> {
      const row = await trx
        .updateTable('uploads')
        .set({
          sound_due: null,
          facts: sql<string>`facts || jsonb_build_object('hasSound', ${hasSound}::boolean)`,
        })
        .where('id', '=', id)
        .where('sound_due', '=', due)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    uploadOf: (id: AssetId) =>
      db.selectFrom('uploads').select('id').where('asset_id', '=', id).executeTakeFirst(),
    after: (id: string, limit: number) =>
      db
        .selectFrom('assets')
        .selectAll()
        .where('id', '>', id as AssetId)
        .where('address', 'is not', null)
        .orderBy('id')
        .limit(limit)
        .execute(),

    async played(videoId: VideoId, assetId: AssetId) {
      await db
        .insertInto('asset_videos')
        .values({ video_id: videoId, asset_id: assetId, av1_ordered_at: null })
        .onConflict((c) => c.doNothing())
        .execute();
    },
    async unplayed(videoId: VideoId) {
      await db.deleteFrom('asset_videos').where('video_id', '=', videoId).execute();
    },
    /** Adds views; returns the assets that passed `threshold` and were not ordered yet. */
    async viewed(trx: typeof db, counts: { videoId: string; views: number }[], threshold: number, now: Date) {
      const { rows } = await sql<{ asset_id: AssetId }>`
        with seen as (
          update asset_videos v set views = v.views + c.views
          from unnest(${counts.map((c) => c.videoId)}::text[], ${counts.map((c) => c.views)}::bigint[]) as c(video_id, views)
          where v.video_id = c.video_id
          returning v.video_id, v.asset_id, v.views, v.av1_ordered_at
        )
        select asset_id from seen where views >= ${threshold} and av1_ordered_at is null`.execute(trx);
      const ids = rows.map((row) => row.asset_id);
      if (ids.length > 0) {
        await trx
          .updateTable('asset_videos')
          .set({ av1_ordered_at: now })
          .where('asset_id', 'in', ids)
          .execute();
      }
      return ids;
    },
  };
}

export type Cover = { atMs: number; thumbhash: string | null };
