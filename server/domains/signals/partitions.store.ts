import type { Kysely } from 'kysely';
import { sql } from '../../platform/database.ts';
import { inOrder } from './signals.store.ts';
import type { SignalTables } from './signals.tables.ts';

const nameOf = (day: string) => `signals_${day.replaceAll('-', '')}`;
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** One partition a day. Again: nothing happens. Takes the writers' lock, so no insert runs while the parent is locked. */
export async function makePartitions(db: Kysely<SignalTables>, days: readonly string[]): Promise<void> {
  const there = await listPartitions(db);
  const missing = days.filter((day) => !there.includes(day));
  if (missing.length === 0) return;
  await inOrder(db, async (trx) => {
    for (const day of missing) {
      await sql
        .raw(
          `create table if not exists ${nameOf(day)} partition of signals for values from ('${day}') to ('${dayAfter(day)}')`,
        )
        .execute(trx);
    }
  });
}

export async function listPartitions(db: Kysely<SignalTables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'signals'::regclass order by c.relname`.execute(db);
  return rows.map(({ name }) => `${name.slice(8, 12)}-${name.slice(12, 14)}-${name.slice(14, 16)}`);
}

/** Drops the days before this one; returns them. */
export async function dropPartitionsBefore(db: Kysely<SignalTables>, day: string): Promise<string[]> {
  const old = (await listPartitions(db)).filter((one) => one < day);
  for (const one of old) {
    await inOrder(db, (trx) => sql.raw(`drop table if exists ${nameOf(one)}`).execute(trx));
  }
  return old;
}
