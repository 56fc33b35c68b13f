import type { Kysely } from 'kysely';
import { sql } from '../../platform/database.ts';
import { inOrder } from './signals.store.ts';
import type { SignalTables } from './signals.tables.ts';

/** Which of these pairs are a guest who became that member? */
export async function findJoins(
  db: Kysely<SignalTables>,
  pairs: readonly { from: string; into: string }[],
): Promise<Set<string>> {
  if (pairs.length === 0) return new Set();
  const { rows } = await sql<{ viewer_id: string; into_viewer_id: string }>`
    select viewer_id, into_viewer_id from viewer_changes
    where (viewer_id, into_viewer_id) in (
      select * from unnest(${pairs.map((pair) => pair.from)}::text[], ${pairs.map((pair) => pair.into)}::text[]))`.execute(
    db,
  );
  return new Set(rows.map((row) => `${row.viewer_id} ${row.into_viewer_id}`));
}

/** Its number in the log; null when it was known. */
export function insertJoin(
  db: Kysely<SignalTables>,
  from: string,
  into: string,
  nowMs: number,
): Promise<number | null> {
  return inOrder(db, async (trx) => {
    const { rows } = await sql<{ seq: number }>`
      insert into viewer_changes (seq, viewer_id, into_viewer_id, changed_at)
      values (nextval('signal_seq'), ${from}, ${into}, ${new Date(nowMs).toISOString()}::timestamptz)
      on conflict (viewer_id, into_viewer_id) do nothing returning seq`.execute(trx);
    return rows[0]?.seq ?? null;
  });
}

/** That the taste was reset, in the order of the log. Its number. */
export function insertReset(db: Kysely<SignalTables>, viewerId: string, nowMs: number): Promise<number> {
  return inOrder(db, async (trx) => {
    const { rows } = await sql<{ seq: number }>`
      insert into viewer_changes (seq, viewer_id, into_viewer_id, changed_at, keeps_seen)
      values (nextval('signal_seq'), ${viewerId}, null, ${new Date(nowMs).toISOString()}::timestamptz, true)
      returning seq`.execute(trx);
    return rows[0]!.seq;
  });
}

/** Takes a viewer, and the guests that became them, out of the log, and says so in the log. Again: the same. */
export async function forgetViewer(db: Kysely<SignalTables>, viewerId: string, nowMs: number): Promise<void> {
  const { rows } = await sql<{ viewer_id: string }>`
    select ${viewerId}::text as viewer_id union
    select viewer_id from viewer_changes where into_viewer_id = ${viewerId}`.execute(db);
  const viewers = rows.map((row) => row.viewer_id);
  // Outside the writers' lock: this may read every day.
  await sql`delete from signals where viewer_id = any(${viewers}::text[]) or served_to = any(${viewers}::text[])`.execute(
    db,
  );
  await inOrder(db, async (trx) => {
    await sql`insert into viewer_changes (seq, viewer_id, into_viewer_id, changed_at)
      select nextval('signal_seq'), viewer_id, null, ${new Date(nowMs).toISOString()}::timestamptz
      from unnest(${viewers}::text[]) as viewer_id`.execute(trx);
    await sql`delete from viewer_changes where keeps_seen and viewer_id = any(${viewers}::text[])`.execute(
      trx,
    );
    await sql`delete from viewer_changes where into_viewer_id = ${viewerId}`.execute(trx);
  });
}
