import type { Kysely } from 'kysely';
import type { VideoId, ViewerId } from '../../../contract/ids.ts';
import { type Database, sql } from '../../platform/database.ts';
import type { Ranked } from '../recommend/recommend.ts';
import type { FeedTables } from './feed.tables.ts';

/** Why one video of a page was chosen, as it was when it was chosen. */
export type Choice = Pick<Ranked, 'source' | 'causes' | 'score' | 'exploration' | 'propensity'> & {
  /** The watch head as it was predicted, 0 … 99; absent on pages from before it was kept. */
  predicted?: number;
};

export type ServedPage = {
  page: number;
  pageId: string;
  servedAtMs: number;
  videoIds: VideoId[];
  choices: Choice[];
};

/** All pages of a session, in order. */
export async function readPages(db: Kysely<FeedTables>, sessionId: string): Promise<ServedPage[]> {
  const rows = await db
    .selectFrom('feed_pages')
    .select(['page', 'page_id', 'served_at', 'video_ids', 'choices'])
    .where('session_id', '=', sessionId)
    .orderBy('page')
    .execute();
  return rows.map((row) => ({
    page: row.page,
    pageId: row.page_id,
    servedAtMs: row.served_at.getTime(),
    videoIds: row.video_ids,
    choices: row.choices,
  }));
}

/**
 * False when this page of the session was served already: the first one holds. The reader does not wait for the disk:
 * what a power cut takes are the last pages before it, and a session that then goes on may show a video again.
 */
export async function keepPage(
  database: Database,
  served: ServedPage & { sessionId: string; viewerId: ViewerId; model: string; variants: string[] | null },
): Promise<boolean> {
  const { sessionId, page, pageId, viewerId, servedAtMs, videoIds } = served;
  const { rowCount } = await database.pool.query({
    name: 'feed.keep-page',
    text: `with kept as (
        insert into feed_pages (session_id, page, page_id, viewer_id, served_at, model, video_ids, choices, variants)
        select $1, $2::int, $3, $4, $5::timestamptz, $6, $7::text[], $8::jsonb, $9::text[]
        from set_config('synchronous_commit', 'off', true)
        on conflict (session_id, page) do nothing returning session_id, page
      )
      insert into feed_pages_uncounted (session_id, page) select session_id, page from kept`,
    values: [
      ...[sessionId, page, pageId, viewerId, new Date(servedAtMs), served.model, videoIds],
      JSON.stringify(served.choices),
      served.variants,
    ],
  });
  return rowCount === 1;
}

/** In small steps, so that no page waits for it. Returns how many went. */
export async function dropPagesBefore(db: Kysely<FeedTables>, atMs: number): Promise<number> {
  let dropped = 0;
  for (;;) {
    const result = await sql`delete from feed_pages where (session_id, page) in
      (select session_id, page from feed_pages where served_at < ${new Date(atMs)} order by served_at limit 5000)`.execute(
      db,
    );
    const count = Number(result.numAffectedRows ?? 0);
    dropped += count;
    if (count < 5000) return dropped;
  }
}

export async function dropViewersPages(db: Kysely<FeedTables>, viewerId: string): Promise<void> {
  await db.deleteFrom('feed_pages').where('viewer_id', '=', viewerId).execute();
}
