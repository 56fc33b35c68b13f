import type { Transaction } from 'kysely';
import type { AccountId, SoundId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { VideoChange, VideoStatus } from '../../../contract/videos.ts';
import { type Database, sql } from '../../platform/database.ts';
import { rememberRows } from '../../platform/remembered.ts';
import { textsInside, versionInside, wordsInside } from './inside.store.ts';
import { type Place, paged, placeOf, postOf } from './posts.rules.ts';
import type { PostsTables, VideoRow } from './posts.tables.ts';
import type { Post } from './posts.ts';

export type PostsStore = ReturnType<typeof postsStore>;
type Trx = Transaction<PostsTables>;

export function postsStore(database: Database) {
  const db = database.of<PostsTables>();

  return {
    transaction: <T>(work: (trx: Trx) => Promise<T>) => db.transaction().execute(work),
    many: rememberRows<VideoId, { video: VideoRow; makings: number; inside: string[] | null }, Post>(
      database,
      {
        name: 'posts.many',
        text: `select v.id, now.version,
          case when now.version is distinct from asked.version
            then json_build_object('video', v, 'makings', coalesce(m.makings, 0), 'inside', ${wordsInside('v')}) end as row
        from unnest($1::text[], $2::text[]) as asked(id, version)
        join videos v on v.id = asked.id
        left join video_makings m on m.video_id = v.id
        cross join lateral (select concat_ws('.', v.xmin, m.xmin, ${versionInside('v')}) as version) now
        where v.deleted_at is null`,
        make: ({ video, makings, inside }) => postOf(video, makings, textsInside(inside)),
        most: 20_000,
      },
    ),
    byUpload: (uploadId: UploadId) =>
      db.selectFrom('videos').selectAll().where('upload_id', '=', uploadId).executeTakeFirst(),
    /** Tombstones too. */
    one: (id: VideoId) => db.selectFrom('videos').selectAll().where('id', '=', id).executeTakeFirst(),
    lock: (trx: Trx, id: VideoId) =>
      trx.selectFrom('videos').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    lockByUpload: (trx: Trx, id: UploadId) =>
      trx.selectFrom('videos').selectAll().where('upload_id', '=', id).forUpdate().executeTakeFirst(),
    async insert(trx: Trx, row: VideoRow): Promise<void> {
      await trx
        .insertInto('videos')
        .values({
          ...row,
          entities: JSON.stringify(row.entities),
          cues: row.cues && JSON.stringify(row.cues),
          refusal_details: row.refusal_details && JSON.stringify(row.refusal_details),
        })
        .execute();
    },
    async update(trx: Trx, id: VideoId, change: Partial<VideoRow>): Promise<VideoRow> {
      const { entities, cues, refusal_details, ...plain } = change;
      return trx
        .updateTable('videos')
        .set({
          ...plain,
          ...(entities && { entities: JSON.stringify(entities) }),
          ...(cues !== undefined && { cues: cues && JSON.stringify(cues) }),
          ...(refusal_details && { refusal_details: JSON.stringify(refusal_details) }),
        })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
    },
    async setMentions(trx: Trx, id: VideoId, accounts: readonly AccountId[]): Promise<void> {
      await trx.deleteFrom('video_mentions').where('video_id', '=', id).execute();
      if (accounts.length === 0) return;
      await trx
        .insertInto('video_mentions')
        .values([...new Set(accounts)].map((account_id) => ({ video_id: id, account_id })))
        .execute();
    },
    async keepEdit(trx: Trx, id: VideoId, at: Date, before: VideoChange): Promise<void> {
      await trx
        .insertInto('video_edits')
        .values({ video_id: id, at, before: JSON.stringify(before) })
        .execute();
    },
    async forgetEdits(trx: Trx, id: VideoId): Promise<void> {
      await trx.deleteFrom('video_edits').where('video_id', '=', id).execute();
    },
    edits: (id: VideoId) =>
      db
        .selectFrom('video_edits')
        .select(['at', 'before'])
        .where('video_id', '=', id)
        .orderBy('id', 'desc')
        .limit(200)
        .execute(),
    async byAuthor(
      id: AccountId,
      page: {
        statuses: readonly VideoStatus[];
        words?: string | undefined;
        cursor?: string | null;
        limit: number;
      },
    ) {
      const { statuses, words, limit } = page;
      const place = placeOf(page.cursor ?? null);
      const rows = await db
        .selectFrom('videos')
        .select(['id', 'created_at as at'])
        .where('author_id', '=', id)
        .where('status', 'in', [...statuses])
        .where('deleted_at', 'is', null)
        // One's own videos by the index of authors; their captions are looked through.
        .$if(Boolean(words), (q) => q.where('caption', 'ilike', `%${words!.replace(/[\\%_]/g, '\\$&')}%`))
        .$if(place !== null, (q) =>
          q.where((e) => e(e.refTuple('created_at', 'id'), '<', e.tuple(place!.at, place!.id as VideoId))),
        )
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      return paged(rows, limit);
    },
    async byTag(tag: string, cursor: string | null, limit: number) {
      const place = placeOf(cursor);
      const rows = await db
        .selectFrom('video_tags')
        .select(['video_id as id', 'published_at as at'])
        .where('tag', '=', tag)
        .$if(place !== null, (q) =>
          q.where((e) =>
            e(e.refTuple('published_at', 'video_id'), '<', e.tuple(place!.at, place!.id as VideoId)),
          ),
        )
        .orderBy('published_at', 'desc')
        .orderBy('video_id', 'desc')
        .limit(limit + 1)
        .execute();
      return paged(rows, limit);
    },
    async bySound(soundId: SoundId, cursor: string | null, limit: number) {
      const place = placeOf(cursor);
      const rows = await db
        .selectFrom('videos')
        .select(['id', sql<Date>`published_at`.as('at')])
        .where('sound_id', '=', soundId)
        .where('status', '=', 'published')
        .where('audience', '=', 'everyone')
        .where('deleted_at', 'is', null)
        .$if(place !== null, (q) =>
          q.where((e) => e(e.refTuple('published_at', 'id'), '<', e.tuple(place!.at, place!.id as VideoId))),
        )
        .orderBy('published_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      return paged(rows, limit);
    },
    /** The newest of each author, merged: the work grows with the people followed, never with what they made. */
    async newestBy(authorIds: readonly AccountId[], before: string | null, limit: number) {
      if (authorIds.length === 0) return { ids: [], next: null };
      const place: Place = placeOf(before) ?? { at: new Date(Date.UTC(9999, 0)), id: '~' };
      const { rows } = await sql<{ id: VideoId; at: Date }>`
        select v.id, v.published_at as at
        from unnest(${[...authorIds]}::text[]) as a(id)
        cross join lateral (
          select id, published_at from videos
          where author_id = a.id and status = 'published' and deleted_at is null and audience <> 'me'
            and (published_at, id) < (${place.at}, ${place.id})
          order by published_at desc, id desc limit ${limit + 1}
        ) v
        order by v.published_at desc, v.id desc limit ${limit + 1}`.execute(db);
      return paged(rows, limit);
    },
    async count(authorId: AccountId): Promise<number> {
      const row = await db
        .selectFrom('videos')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('author_id', '=', authorId)
        .where('status', '=', 'published')
        .where('deleted_at', 'is', null)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async publishedAfter(cursor: string | null, limit: number): Promise<VideoRow[]> {
      const place = placeOf(cursor);
      return db
        .selectFrom('videos')
        .selectAll()
        .where('status', '=', 'published')
        .where('deleted_at', 'is', null)
        .$if(place !== null, (q) =>
          q.where((e) => e(e.refTuple('published_at', 'id'), '>', e.tuple(place!.at, place!.id as VideoId))),
        )
        .orderBy('published_at')
        .orderBy('id')
        .limit(limit)
        .execute();
    },
    /** Scheduled, and their time has come; the longest due first. */
    async due(now: Date, limit: number): Promise<VideoId[]> {
      const rows = await db
        .selectFrom('videos')
        .select('id')
        .where('status', '=', 'scheduled')
        .where('deleted_at', 'is', null)
        .where('publish_at', '<=', now)
        .orderBy('publish_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => row.id);
    },
    idsOf: (author: AccountId, limit: number) =>
      db
        .selectFrom('videos')
        .select('id')
        .where('author_id', '=', author)
        .where('deleted_at', 'is', null)
        .limit(limit)
        .execute(),
    demoIds: (limit: number) =>
      db
        .selectFrom('videos')
        .select('id')
        .where('demo', '=', true)
        .where('deleted_at', 'is', null)
        .limit(limit)
        .execute(),
  };
}
