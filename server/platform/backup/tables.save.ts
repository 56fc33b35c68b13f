import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Database } from '../database.ts';
import { createMeter, type Manifest, type Relation, schemas, tablePath } from './manifest.ts';

/**
 * The database as text, one file a table. All tables are read as they were at one moment: a first transaction holds
 * the snapshot, and each table is copied in a short one that borrows it, so that dropping an old partition waits for
 * one table at most and never holds up writers for the length of a backup.
 */
export type Snapshot = { id: string; catalog: Catalog; end(): Promise<void> };
type Catalog = Pick<Manifest, 'migrations' | 'jobMigrations' | 'partitions' | 'sequences'> & {
  tables: Omit<Manifest['tables'][number], 'rows'>[];
};

/** Values must read back the same under any server's settings. */
export const plainValues = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local timezone = 'UTC'; set local bytea_output = 'hex'; set local extra_float_digits = 1;
  set local client_encoding = 'UTF8'; set local search_path = 'pg_catalog';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = 0`;

export const quoted = ({ schema, name }: Relation) =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
export const columnList = (columns: readonly string[]) => columns.map(pg.escapeIdentifier).join(', ');

export async function openSnapshot(client: pg.PoolClient): Promise<Snapshot> {
  await client.query('begin isolation level repeatable read read only');
  await client.query(plainValues);
  const { rows } = await client.query<{ id: string }>('select pg_export_snapshot() as id');
  const catalog = await readCatalog(client);
  return { id: rows[0]!.id, catalog, end: async () => void (await client.query('commit')) };
}

/** Saves one table under `folder`; null when it was dropped since the snapshot, as an old partition may be. */
export async function saveTable(
  database: Database,
  snapshot: Snapshot,
  table: Catalog['tables'][number],
  folder: string,
  signal: AbortSignal,
): Promise<{ rows: number; sha256: string } | null> {
  const client = await database.pool.connect();
  let broken = true;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`set transaction snapshot ${pg.escapeLiteral(snapshot.id)}`);
    await client.query(plainValues);
    const { rows: there } = await client.query('select 1 where to_regclass($1) is not null', [quoted(table)]);
    if (there.length === 0) {
      await client.query('rollback');
      broken = false;
      return null;
    }
    const copy = client.query(copyTo(`copy ${quoted(table)} (${columnList(table.columns)}) to stdout`));
    const meter = createMeter();
    const file = createWriteStream(join(folder, tablePath(table)), { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(copy, createGzip(), meter.stream, file, { signal });
    await client.query('commit');
    broken = false;
    return { rows: copy.rowCount, sha256: meter.result().sha256 };
  } finally {
    // In the middle of a copy the connection is of no more use.
    client.release(broken);
  }
}

async function readCatalog(client: pg.PoolClient): Promise<Catalog> {
  const names = [schemas];
  // What an extension owns comes with the extension.
  const ours = `n.nspname = any($1) and not exists (
    select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;
  const { rows: tables } = await client.query<
    Catalog['tables'][number] & {
      divided: boolean;
      parent: string | null;
      parentSchema: Relation['schema'] | null;
      bound: string | null;
      key: string | null;
    }
  >(
    `with recursive found as (
       select c.oid, 0 as depth from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where ${ours} and c.relkind in ('r', 'p') and not c.relispartition
       union all
       select i.inhrelid, f.depth + 1 from found f join pg_inherits i on i.inhparent = f.oid)
     select n.nspname::text as schema, c.relname::text as name, c.relkind = 'p' as divided,
       p.relname::text as parent, pn.nspname::text as "parentSchema",
       pg_get_expr(c.relpartbound, c.oid) as bound, pg_get_partkeydef(c.oid) as key,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
         and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
     from found f join pg_class c on c.oid = f.oid join pg_namespace n on n.oid = c.relnamespace
     left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
     left join pg_namespace pn on pn.oid = p.relnamespace
     order by f.depth, 1, 2`,
    names,
  );
  const { rows: sequences } = await client.query<Relation>(
    `select n.nspname::text as schema, c.relname::text as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind = 'S' order by 1, 2`,
    names,
  );
  const migrations = await client.query<Manifest['migrations'][number]>(
    'select name, hash from public.migrations order by name',
  );
  const jobs = await client.query<{ id: number }>('select id from graphile_worker.migrations order by id');
  return {
    tables: tables
      .filter(({ divided }) => !divided)
      .map(({ schema, name, columns }) => ({ schema, name, columns })),
    partitions: tables.flatMap(({ schema, name, parent, parentSchema, bound, key, divided }) =>
      parent && parentSchema && bound
        ? [{ schema, name, parent: { schema: parentSchema, name: parent }, bound, key: divided ? key : null }]
        : [],
    ),
    sequences: await inTurn(sequences, async (sequence) => {
      // Sequences stand outside snapshots: read after it was taken, a value is never below what rows hold.
      const { rows } = await client.query<{ value: string; called: boolean }>(
        `select last_value::text as value, is_called as called from ${quoted(sequence)}`,
      );
      return { ...sequence, ...rows[0]! };
    }),
    migrations: migrations.rows,
    jobMigrations: jobs.rows.map(({ id }) => id),
  };
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
