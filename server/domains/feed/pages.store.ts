import type { Kysely } from 'kysely';
import type { VideoId, ViewerId } from '../../../contract/ids.ts';
import { sql } from '../../platform/database.ts';
import type { Ranked } from '../recommend/recommend.ts';
import type { FeedTables } from './feed.tables.ts';

/** Why one video of a page was chosen, as it was when it was chosen. */
export type Choice = Pick<Ranked, 'source' | 'causes' | 'score' | 'exploration' | 'propensity'>;

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

/** False when this page of the session was served already: the first one holds. */
export async function keepPage(
  db: Kysely<FeedTables>,
  served: ServedPage & { sessionId: string; viewerId: ViewerId; model: string },
): Promise<boolean> {
  const result = await db
    .insertInto('feed_pages')
    .values({
      session_id: served.sessionId,
      page: served.page,
      page_id: served.pageId,
      viewer_id: served.viewerId,
      served_at: new Date(served.servedAtMs),
      model: served.model,
      video_ids: served.videoIds,
      choices: JSON.stringify(served.choices),
    })
    .onConflict((conflict) => conflict.columns(['session_id', 'page']).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) > 0;
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
