import type { Kysely } from 'kysely';
import type { VideoId } from '../../../contract/ids.ts';
import { sql } from '../../platform/database.ts';
import type { DayRow } from './figures.rules.ts';
import type { InsightTables } from './insights.tables.ts';
import { wholeLife } from './rollup.rules.ts';

type Db = Kysely<InsightTables>;

export async function countedAt(db: Db): Promise<string | null> {
  const row = await db.selectFrom('insight_cursor').select('counted_at').executeTakeFirst();
  return row?.counted_at?.toISOString() ?? null;
}

/** In order; days on which nothing happened are absent. */
export async function readDays(db: Db, subject: string, from: string, to: string): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    select day::text as day, sums, hours, crowds, viewers from insight_days
    where subject = ${subject} and day >= ${from}::date and day <= ${to}::date order by day`.execute(db);
  return rows;
}

/** Since they were published; videos that nobody watched are absent. */
export async function readLives(db: Db, ids: readonly VideoId[]): Promise<Map<VideoId, DayRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<DayRow & { subject: VideoId }>`
    select subject, day::text as day, sums, hours, crowds, viewers from insight_days
    where subject = any(${[...ids]}::text[]) and day = ${wholeLife}::date`.execute(db);
  return new Map(rows.map((row) => [row.subject, row]));
}

/** The videos of an author that were viewed most in these days. From the index alone. */
export async function mostViewed(
  db: Db,
  authorId: string,
  from: string,
  to: string,
  limit: number,
): Promise<{ id: VideoId; views: number }[]> {
  const { rows } = await sql<{ id: VideoId; views: number }>`
    select subject as id, sum(views)::int8 as views from insight_days
    where author_id = ${authorId} and day >= ${from}::date and day <= ${to}::date and subject <> ${authorId}
    group by subject having sum(views) > 0 order by views desc, subject limit ${limit}`.execute(db);
  return rows;
}
