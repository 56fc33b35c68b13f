import type { Kysely } from 'kysely';
import type { VideoId } from '../../../contract/ids.ts';
import { type Database, sql } from '../../platform/database.ts';
import type { SignalTables } from './signals.tables.ts';

export type Counts = { views: number; shares: number };

export async function readCounts(database: Database, ids: readonly VideoId[]): Promise<Map<VideoId, Counts>> {
  if (ids.length === 0) return new Map();
  const rows = await database.ask<{ video_id: VideoId } & Counts>(
    'signals.counts',
    'select video_id, views, shares from view_counts where video_id = any($1::text[])',
    [ids],
  );
  return new Map(rows.map(({ video_id, views, shares }) => [video_id, { views, shares }]));
}

export async function viewsOn(db: Kysely<SignalTables>, day: string): Promise<number> {
  const { rows } = await sql<{ views: number }>`select views from view_days where day = ${day}::date`.execute(
    db,
  );
  return rows[0]?.views ?? 0;
}

export type HourOfViews = { videoId: VideoId; atMs: number; views: number };

/** Counted views since then and up to this number of the log, by video and hour; the latest hours first. */
export async function readViewsByHour(
  db: Kysely<SignalTables>,
  since: { ms: number; day: string },
  untilSeq: number,
): Promise<HourOfViews[]> {
  const { rows } = await sql<HourOfViews>`
    select video_id as "videoId", hour * 3600000 as "atMs", views from (
      select video_id, floor(extract(epoch from happened_at) / 3600)::bigint as hour, count(*) as views
      from signals
      where counts_view and seq <= ${untilSeq} and served_on >= ${since.day}::date
        and happened_at >= ${new Date(since.ms).toISOString()}::timestamptz
      group by 1, 2
    ) hours order by hour desc, views desc limit 50000`.execute(db);
  return rows;
}

export async function dropCounts(db: Kysely<SignalTables>, videoId: string): Promise<void> {
  await db.deleteFrom('view_counts').where('video_id', '=', videoId).execute();
}
