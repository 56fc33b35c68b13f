import type { Transaction } from 'kysely';
import { type Allowed, allowedAtFirst, type CreditKind, creditKinds } from '../../../contract/credits.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import { type Database, sql } from '../../platform/database.ts';
import { paged, placeOf } from './posts.rules.ts';
import type { PostsTables, VideoRow } from './posts.tables.ts';
import type { Ids } from './posts.ts';

export type CreditsStore = ReturnType<typeof creditsStore>;
type Trx = Transaction<PostsTables>;

/** One link of a chain; `deleted` ones are there as tombstones. */
export type Link = { id: VideoId; kind: CreditKind | null; depth: number };

export function creditsStore(database: Database) {
  const db = database.of<PostsTables>();
  return {
    /**
     * As they are until the transaction ends: nobody withdraws in between. By id, as everybody who locks several
     * videos does, so that no two wait for each other.
     */
    hold: (trx: Trx, ids: readonly VideoId[]): Promise<VideoRow[]> =>
      trx
        .selectFrom('videos')
        .selectAll()
        .where('id', 'in', [...ids])
        .orderBy('id')
        .forShare()
        .execute(),
    /** The same for one's own and those it is made with: all at once, or two who lock each other's would wait forever. */
    async lockAll(trx: Trx, ids: readonly VideoId[]): Promise<void> {
      await trx
        .selectFrom('videos')
        .select('id')
        .where('id', 'in', [...ids])
        .orderBy('id')
        .forUpdate()
        .execute();
    },
    rows: (trx: Trx, ids: readonly VideoId[]): Promise<VideoRow[]> =>
      ids.length === 0
        ? Promise.resolve([])
        : trx
            .selectFrom('videos')
            .selectAll()
            .where('id', 'in', [...ids])
            .execute(),
    async keepPictures(trx: Trx, id: VideoId, pictures: readonly VideoId[]): Promise<void> {
      if (pictures.length === 0) return;
      await trx
        .insertInto('video_pictures')
        .values(pictures.map((picture_id) => ({ picture_id, video_id: id })))
        .execute();
    },
    async forgetPictures(trx: Trx, id: VideoId, pictures: readonly VideoId[]): Promise<void> {
      if (pictures.length === 0) return;
      await trx
        .deleteFrom('video_pictures')
        .where('picture_id', 'in', [...pictures])
        .where('video_id', '=', id)
        .execute();
    },
    async keepTemplate(trx: Trx, id: VideoId, list: EditList): Promise<void> {
      await trx
        .insertInto('video_templates')
        .values({ video_id: id, list: JSON.stringify(list) })
        .execute();
    },
    async forgetTemplate(trx: Trx, id: VideoId): Promise<void> {
      await trx.deleteFrom('video_templates').where('video_id', '=', id).execute();
    },
    async template(id: VideoId): Promise<EditList | null> {
      const row = await db
        .selectFrom('video_templates')
        .select('list')
        .where('video_id', '=', id)
        .executeTakeFirst();
      return row?.list ?? null;
    },
    async count(trx: Trx, id: VideoId, by: 1 | -1): Promise<void> {
      await trx
        .insertInto('video_makings')
        .values({ video_id: id, makings: by })
        .onConflict((on) =>
          on.column('video_id').doUpdateSet((e) => ({ makings: e('video_makings.makings', '+', by) })),
        )
        .execute();
    },
    async defaults(accountId: AccountId): Promise<Allowed> {
      const row = await db
        .selectFrom('making_defaults')
        .select(['duet', 'stitch', 'template', 'download'])
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return row ?? allowedAtFirst;
    },
    async setDefaults(trx: Trx, accountId: AccountId, allowed: Allowed): Promise<void> {
      await trx
        .insertInto('making_defaults')
        .values({ account_id: accountId, ...allowed })
        .onConflict((on) => on.column('account_id').doUpdateSet(allowed))
        .execute();
    },
    async forgetDefaults(accountId: AccountId): Promise<void> {
      await db.deleteFrom('making_defaults').where('account_id', '=', accountId).execute();
    },
    /** All of an author's videos; those for fewer than everyone are only ever closed by this. */
    async allowAll(trx: Trx, accountId: AccountId, allowed: Allowed): Promise<void> {
      await sql`
        with held as (
          select id from videos where author_id = ${accountId} and deleted_at is null order by id for update
        )
        update videos v set
          allow_duet = ${allowed.duet} and (v.audience = 'everyone' or v.allow_duet),
          allow_stitch = ${allowed.stitch} and (v.audience = 'everyone' or v.allow_stitch),
          allow_template = ${allowed.template} and (v.audience = 'everyone' or v.allow_template),
          allow_download = ${allowed.download} and (v.audience = 'everyone' or v.allow_download)
        from held where v.id = held.id`.execute(trx);
    },
    /** From the video up, itself first; at most so many, and then the origin. */
    async chain(id: VideoId, most: number): Promise<Link[]> {
      const { rows } = await sql<Link>`
        with recursive up as (
          select id, origin_id, root_id, credit_kind as kind, credit_depth as depth, 1 as step
          from videos where id = ${id}
          union all
          select v.id, v.origin_id, v.root_id, v.credit_kind, v.credit_depth, up.step + 1
          from up join videos v on v.id = up.origin_id where up.step < ${most}
        )
        select id, kind, depth from up
        union
        select id, credit_kind, credit_depth from videos where id = (select root_id from up where step = 1)
        order by depth desc`.execute(db);
      return rows;
    },
    /** Of each kind the newest, merged, so that a kind that is rare is found as fast as one that is not. */
    async madeWith(id: VideoId, kind: CreditKind | null, cursor: string | null, limit: number): Promise<Ids> {
      const place = placeOf(cursor) ?? { at: new Date(Date.UTC(9999, 0)), id: '~' };
      const { rows } = await sql<{ id: VideoId; at: Date }>`
        select v.id, v.published_at as at
        from unnest(${kind ? [kind] : [...creditKinds]}::text[]) as k(kind)
        cross join lateral (
          select id, published_at from videos
          where origin_id = ${id} and credit_kind = k.kind and status = 'published' and audience = 'everyone'
            and deleted_at is null and not taken_back and (published_at, id) < (${place.at}, ${place.id})
          order by published_at desc, id desc limit ${limit + 1}
        ) v
        order by v.published_at desc, v.id desc limit ${limit + 1}`.execute(db);
      return paged(rows, limit);
    },
    /** Videos after `after` that show this picture, by id. */
    async showing(picture: VideoId, after: string, limit: number): Promise<VideoId[]> {
      const rows = await db
        .selectFrom('video_pictures')
        .select('video_id')
        .where('picture_id', '=', picture)
        .where('video_id', '>', after as VideoId)
        .orderBy('video_id')
        .limit(limit)
        .execute();
      return rows.map((row) => row.video_id);
    },
    /** Does somebody else whose picture it shows want it out of sight? */
    async isTakenBack(trx: Trx, row: VideoRow): Promise<boolean> {
      if (row.pictures.length === 0) return false;
      const found = await trx
        .selectFrom('videos')
        .select('id')
        .where('id', 'in', row.pictures)
        .where('took_back', '=', true)
        .where('author_id', '<>', row.author_id)
        .limit(1)
        .execute();
      return found.length > 0;
    },
  };
}
