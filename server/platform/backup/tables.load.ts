import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../database.ts';
import { BackupFault, type Manifest, type Relation, schemas, tablePath } from './manifest.ts';
import { columnList, plainValues, quoted } from './tables.save.ts';

/** Loads every table of a backup in one transaction: all rows are there afterwards, or none is. */
export async function loadTables(
  database: Database,
  manifest: Manifest,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const client = await database.pool.connect();
  let broken = true;
  try {
    await client.query('begin');
    await client.query(plainValues);
    for (const { parent, bound, key, ...table } of manifest.partitions) {
      await single(
        client,
        `create table if not exists ${quoted(table)} partition of ${quoted(parent)} ${bound}${key ? ` partition by ${key}` : ''}`,
      );
    }
    const tables = await loadable(client, manifest);
    const loud = await withTriggers(client);
    for (const table of loud) await client.query(`alter table ${quoted(table)} disable trigger user`);
    // What the migrations themselves wrote is in the backup too.
    await client.query(`truncate ${tables.map(quoted).join(', ')}`);
    for (const table of tables) {
      const text = `copy ${quoted(table)} (${columnList(table.columns)}) from stdin`;
      const copy = client.query(copyFrom(text));
      const packed = createReadStream(join(folder, tablePath(table)));
      await pipeline(packed, createGunzip(), copy, { signal });
      if (copy.rowCount !== table.rows)
        throw new BackupFault(`${tablePath(table)} holds ${copy.rowCount} rows instead of ${table.rows}`);
    }
    for (const table of loud) await client.query(`alter table ${quoted(table)} enable trigger user`);
    for (const sequence of manifest.sequences) {
      const { value, called } = sequence;
      await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(sequence), value, called]);
    }
    await client.query('commit');
    broken = false;
  } finally {
    client.release(broken);
  }
  await database.pool.query('analyze');
}

/** The backup's tables, those first that others refer to. Throws when they do not fit this program's. */
async function loadable(client: pg.PoolClient, manifest: Manifest): Promise<Manifest['tables']> {
  const { rows: ids } = await client.query<{ id: number }>(
    'select id from graphile_worker.migrations order by id',
  );
  const known = ids.map(({ id }) => id);
  if (manifest.jobMigrations.some((id) => !known.includes(id)))
    throw new BackupFault(
      `the jobs were saved by a newer program (Kinora ${manifest.version}); use that one`,
    );
  const sameJobs = known.length === manifest.jobMigrations.length;
  const { rows: columns } = await client.query<Relation & { column: string }>(
    `select table_schema as schema, table_name as name, column_name as column
     from information_schema.columns where table_schema = any($1)`,
    [schemas],
  );
  const has = new Set(columns.map(({ schema, name, column }) => `${schema}.${name}.${column}`));
  for (const { schema, name, columns: wanted } of manifest.tables) {
    const missing = wanted.find((column) => !has.has(`${schema}.${name}.${column}`));
    if (missing)
      throw new BackupFault(
        `column ${schema}.${name}.${missing} is not known here; restore with Kinora ${manifest.version}`,
      );
  }
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select cn.nspname || '.' || c.relname as from, tn.nspname || '.' || t.relname as to
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace cn on cn.oid = c.relnamespace
     join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace where k.contype = 'f'`,
  );
  // A newer schema of jobs keeps saying that it is newer.
  const wanted = manifest.tables.filter(
    ({ schema, name }) => sameJobs || schema !== 'graphile_worker' || name !== 'migrations',
  );
  return inOrder(wanted, references);
}

function inOrder(
  tables: Manifest['tables'],
  references: readonly { from: string; to: string }[],
): Manifest['tables'] {
  const idOf = ({ schema, name }: Relation) => `${schema}.${name}`;
  const left = new Map(tables.map((table) => [idOf(table), table]));
  const ordered: Manifest['tables'] = [];
  while (left.size > 0) {
    const free = [...left].filter(
      ([id]) => !references.some(({ from, to }) => from === id && to !== id && left.has(to)),
    );
    if (free.length === 0)
      throw new Error(`tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    for (const [id, table] of free) {
      left.delete(id);
      ordered.push(table);
    }
  }
  return ordered;
}

async function withTriggers(client: pg.PoolClient): Promise<Relation[]> {
  const { rows } = await client.query<Relation>(
    `select distinct n.nspname::text as schema, c.relname::text as name
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and not t.tgisinternal and c.relkind in ('r', 'p')`,
    [schemas],
  );
  return rows;
}

/** The extended protocol takes one statement only: text of a backup cannot bring a second one along. */
async function single(client: pg.PoolClient, text: string): Promise<void> {
  await client.query({ text, queryMode: 'extended' } as pg.QueryConfig);
}
