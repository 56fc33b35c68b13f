import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withName } from '../../testing/postgres.setup.ts';
import { type Database, openDatabase } from '../database.ts';
import { openHome } from '../home.ts';
import { migrateJobs } from '../jobs.ts';
import { migrate } from '../migrations.ts';
import { newId } from '../random.ts';
import { openFolderStorage } from '../storage/folder.storage.ts';
import type { Storage } from '../storage/storage.ts';
import { takeBackup } from './backup.ts';
import { restoreBackup } from './restore.ts';

/** Migrations of an instance that has everything Postgres can make hard for a copy; no room's table is among them. */
const migrations = {
  '20260101T0000-one.sql': `
    create table a_children (id bigint generated always as identity primary key, parent_id text not null);
    create table z_parents (id text primary key, note text, raw bytea, tags text[], facts jsonb,
      size double precision, at timestamptz, longer text generated always as (upper(note)) stored);
    alter table a_children add foreign key (parent_id) references z_parents (id);
    create sequence turns;
    create table days (day date not null, id integer not null, primary key (day, id)) partition by range (day);
    create table named_files (key text primary key);
    create function shout() returns trigger language plpgsql as $$ begin new.note := 'changed'; return new; end $$;
    create trigger shouting before insert on z_parents for each row when (new.id like 'loud%') execute function shout();`,
  '20260102T0000-two.sql': 'create table leaves (id text primary key);',
};
export const laterMigration = {
  '20260103T0000-three.sql': `insert into leaves values ('from the migration');`,
};

export type Instance = Awaited<ReturnType<typeof openInstance>>;

/** A database, a home and a storage of their own. */
export async function openInstance(options: {
  migrated: boolean;
  more?: Record<string, string>;
  migrationsFolder?: string;
}) {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-backup-'));
  const migrationsFolder = options.migrationsFolder ?? join(folder, 'migrations');
  if (!options.migrationsFolder) {
    await mkdir(migrationsFolder);
    for (const [name, text] of Object.entries({ ...migrations, ...options.more }))
      await writeFile(join(migrationsFolder, name), text);
  }
  const home = await openHome(join(folder, 'home'));
  const storage = openFolderStorage(home.storage);
  const server = process.env.KINORA_TEST_DATABASE!;
  const admin = openDatabase(server, 1);
  const name = `backup_${newId(12).toLowerCase()}`;
  await admin.pool.query(`create database ${name} template template0`);
  const database = openDatabase(withName(server, name), 6);
  if (options.migrated) {
    await migrate(database, migrationsFolder);
    await migrateJobs(database);
  }
  const common = { database, storage, home, version: '1.2.3', migrationsFolder, say: () => {} };
  return {
    folder,
    home,
    storage,
    database,
    migrationsFolder,
    backUp: (to: string, signal = new AbortController().signal) =>
      takeBackup({ ...common, folder: to, signal }),
    restore: (from: string, signal = new AbortController().signal) =>
      restoreBackup({ ...common, folder: from, signal }),
    async close() {
      await database.close();
      await admin.pool.query(`drop database ${name} with (force)`);
      await admin.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Rows and files that are easily lost or changed on the way. */
export async function liveIn({ database, storage, home }: Instance): Promise<void> {
  const { pool } = database;
  await pool.query(
    `insert into z_parents values ($1, $2, $3, $4, $5, $6, $7), ('empty', null, null, null, null, 'NaN', 'infinity')`,
    ['p1', 'tab\t, line\n, \\N \\. and 🎬', Buffer.from([0, 92, 255]), ['a,b', '"', null, '']].concat([
      { deep: ['\u2028', 'null'] },
      0.1 + 0.2,
      '2026-11-22T10:30:00.123456Z',
    ] as never),
  );
  await pool.query(`insert into z_parents (id, note) values ('quiet', 'quiet')`);
  await pool.query(`update z_parents set id = 'loud later' where id = 'quiet'`);
  await pool.query(`insert into a_children (parent_id) select 'p1' from generate_series(1, 1000)`);
  await pool.query(`select setval('turns', 9007199254740993)`);
  await pool.query(
    `create table days_1 partition of days for values from ('2026-11-22') to ('2026-11-23');
     create table days_more partition of days for values from ('2026-11-23') to ('2027-01-01') partition by list (id);
     create table days_more_7 partition of days_more for values in (7);
     create table days_rest partition of days default;
     insert into days values ('2026-11-22', 1), ('2026-12-01', 7), ('2020-01-01', 3)`,
  );
  await pool.query(
    `select graphile_worker.add_job('deliver', '{"to":"x"}'::json, run_at => now() + interval '1 day', job_key => 'k', queue_name => 'q')`,
  );
  await storage.put('assets/one/540.mp4', { bytes: new Uint8Array(300_000).fill(7) });
  await storage.put('avatars/empty.webp', { bytes: new Uint8Array(0) });
  await storage.put('uploads/half', { bytes: Buffer.from('the beginning') });
  await writeFile(join(home.folder, 'operator-claim'), 'token\n', { mode: 0o600 });
}

/** One hash a table, over its rows as text in their order, and one a file. */
export async function fingerprint(database: Database, storage: Pick<Storage, 'list' | 'read'>) {
  const prints: Record<string, string> = {};
  const { rows } = await database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
  );
  for (const { name } of rows) {
    const print = await database.pool.query<{ print: string }>(
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as print from ${name} t`,
    );
    prints[name] = print.rows[0]!.print;
  }
  const { rows: sequences } = await database.pool.query<{ name: string; value: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value from pg_sequences`,
  );
  for (const { name, value } of sequences) prints[name] = value;
  for await (const { key } of storage.list('')) {
    const bytes = await new Response((await storage.read(key))!.stream).bytes();
    prints[key] = createHash('sha256').update(bytes).digest('hex');
  }
  return prints;
}

/** Every name under a folder, hidden ones too. */
export const namesIn = async (folder: string) => (await readdir(folder, { recursive: true })).sort();
