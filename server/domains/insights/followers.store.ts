import type { Kysely } from 'kysely';
import { sql } from '../../platform/database.ts';
import type { InsightTables } from './insights.tables.ts';

type Db = Kysely<InsightTables>;

/**
 * Writes down how many followers an account has at the end of this day so far. `read` is asked while the day's row is
 * held, so that of two at once the later writes what is true later; heard twice it comes to the same.
 */
export async function noteFollowers(
  db: Db,
  note: {
    accountId: string;
    day: string;
    read(): Promise<number>;
    /** Asked once for an account of which nothing is written yet. */
    readSince(day: string): Promise<number>;
  },
): Promise<void> {
  const { accountId, day } = note;
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{
      before: number;
      earlier: number | null;
    }>`insert into insight_followers (account_id, day, before, followers)
      values (${accountId}, ${day}::date, -1, 0)
      on conflict (account_id, day) do update set followers = insight_followers.followers
      returning before, (select e.followers from insight_followers e
                         where e.account_id = ${accountId} and e.day < ${day}::date order by e.day desc limit 1) as earlier`.execute(
      trx,
    );
    const followers = await note.read();
    const { before, earlier } = rows[0]!;
    const begun = before >= 0 ? before : (earlier ?? Math.max(0, followers - (await note.readSince(day))));
    await sql`update insight_followers set followers = ${followers}, before = ${begun}
      where account_id = ${accountId} and day = ${day}::date`.execute(trx);
  });
}

export type FollowerDay = { day: string; before: number; followers: number };

/** Days on which something changed, in order. */
export async function readFollowers(
  db: Db,
  accountId: string,
  from: string,
  to: string,
): Promise<FollowerDay[]> {
  const { rows } = await sql<FollowerDay>`
    select day::text as day, before, followers from insight_followers
    where account_id = ${accountId} and day >= ${from}::date and day <= ${to}::date order by day`.execute(db);
  return rows;
}
