import type { Kysely } from 'kysely';
import type { VideoId } from '../../../contract/ids.ts';
import { sql } from '../../platform/database.ts';
import type { SignalTables } from './signals.tables.ts';

export type Counts = { views: number; shares: number };

export async function readCounts(
  db: Kysely<SignalTables>,
  ids: readonly VideoId[],
): Promise<Map<VideoId, Counts>> {
  if (ids.length === 0) return new Map();
  // One array, not one parameter each: the same statement for every length of page.
  const { rows } = await sql<{ video_id: VideoId } & Counts>`
    select video_id, views, shares from view_counts where video_id = any(${ids}::text[])`.execute(db);
  return new Map(rows.map(({ video_id, views, shares }) => [video_id, { views, shares }]));
}

export async function viewsOn(db: Kysely<SignalTables>, day: string): Promise<number> {
  const { rows } = await sql<{ views: number }>`select views from view_days where day = ${day}::date`.execute(
    db,
  );
  return rows[0]?.views ?? 0;
}

export async function dropCounts(db: Kysely<SignalTables>, videoId: string): Promise<void> {
  await db.deleteFrom('view_counts').where('video_id', '=', videoId).execute();
}
