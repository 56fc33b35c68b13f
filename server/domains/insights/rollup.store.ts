import type { Kysely, Transaction } from 'kysely';
import { sql } from '../../platform/database.ts';
import { addTo, emptySketch, packSketch, unpackSketch } from '../../platform/sketch.ts';
import type { InsightTables } from './insights.tables.ts';
import { addCrowds, addSums, type Crowds, type Sums, type Tallied, wholeLife } from './rollup.rules.ts';

type Db = Kysely<InsightTables>;
type Trx = Transaction<InsightTables>;

/** Where counting stands. Held until the transaction ends: nobody else writes sums meanwhile. */
export async function holdCursor(trx: Trx): Promise<number> {
  const row = await trx.selectFrom('insight_cursor').select('seq').forUpdate().executeTakeFirstOrThrow();
  return row.seq;
}

export async function moveCursor(trx: Trx, seq: number, at: Date | null): Promise<void> {
  await trx.updateTable('insight_cursor').set({ seq, counted_at: at }).execute();
}

type Known = { key: string; sums: Sums; hours: Sums | null; crowds: Crowds; viewers: Buffer };

/** Whoever calls holds the cursor, so what is read here is still true when it is written. */
export async function addRows(trx: Trx, tallied: readonly Tallied[]): Promise<void> {
  if (tallied.length === 0) return;
  const keys = [tallied.map((row) => row.subject), tallied.map((row) => row.day)] as const;
  const { rows } = await sql<Known>`
    select d.subject || ' ' || d.day as key, d.sums, d.hours, d.crowds, d.viewers
    from unnest(${keys[0]}::text[], ${keys[1]}::date[]) as asked(subject, day)
    join insight_days d on d.subject = asked.subject and d.day = asked.day`.execute(trx);
  const known = new Map(rows.map((row) => [row.key, row]));
  const made = tallied.map((row) => {
    const before = known.get(`${row.subject} ${row.day}`);
    const sums = addSums({ ...before?.sums }, row.sums);
    const viewers = before ? unpackSketch(before.viewers) : emptySketch();
    addTo(viewers, row.viewers);
    return {
      views: sums.views ?? 0,
      sums: JSON.stringify(sums),
      // A whole life has no hours, and a day that has given its own away takes no new ones.
      hours:
        row.day === wholeLife || before?.hours === null
          ? null
          : JSON.stringify(addSums({ ...before?.hours }, row.hours)),
      crowds: JSON.stringify(addCrowds({ ...before?.crowds }, row.crowds)),
      viewers: packSketch(viewers),
    };
  });
  await sql`
    insert into insight_days (subject, day, author_id, views, sums, hours, crowds, viewers)
    select * from unnest(${keys[0]}::text[], ${keys[1]}::date[], ${tallied.map((row) => row.authorId)}::text[],
      ${made.map((row) => row.views)}::int8[], ${made.map((row) => row.sums)}::jsonb[], ${made.map((row) => row.hours)}::jsonb[],
      ${made.map((row) => row.crowds)}::jsonb[], ${made.map((row) => row.viewers)}::bytea[])
    on conflict (subject, day) do update set views = excluded.views, sums = excluded.sums, hours = excluded.hours,
      crowds = excluded.crowds, viewers = excluded.viewers`.execute(trx);
}

export async function dropSubject(trx: Trx, subject: string): Promise<void> {
  await trx.deleteFrom('insight_days').where('subject', '=', subject).execute();
}

export async function dropAuthor(trx: Trx, authorId: string): Promise<void> {
  await trx.deleteFrom('insight_days').where('author_id', '=', authorId).execute();
  await trx.deleteFrom('insight_followers').where('account_id', '=', authorId).execute();
}

export async function dropAll(trx: Trx): Promise<void> {
  await trx.deleteFrom('insight_days').execute();
}

const atOnce = 2000;

/** Days before this one keep their sums and give their hours away. True when there may be more. */
export async function forgetHours(db: Db, before: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update insight_days set hours = null where (subject, day) in (
      select subject, day from insight_days where hours is not null and day < ${before}::date limit ${atOnce})`.execute(
    db,
  );
  return numAffectedRows === BigInt(atOnce);
}

/** A video's whole life stays. True when there may be more. */
export async function dropDays(db: Db, before: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from insight_days where (subject, day) in (
      select subject, day from insight_days
      where day < ${before}::date and day > ${wholeLife}::date limit ${atOnce})`.execute(db);
  await sql`delete from insight_followers where day < ${before}::date`.execute(db);
  return numAffectedRows === BigInt(atOnce);
}
