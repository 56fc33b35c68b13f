import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../database.ts';
import type { Home } from '../home.ts';
import { migrateJobs } from '../jobs.ts';
import { knownMigrations, migrate } from '../migrations.ts';
import { checkKey, type Storage } from '../storage/storage.ts';
import { eachOf } from './files.save.ts';
import { BackupFault, createMeter, homeFiles, type Manifest, readManifest } from './manifest.ts';
import { loadTables } from './tables.load.ts';

/**
 * Fills an empty instance from a backup. Every hash is compared before anything is changed. A restore that was cut
 * short leaves a mark in the home: no server starts on it, and the same restore may be run again.
 */
export type RestoreDeps = {
  database: Database;
  storage: Pick<Storage, 'list' | 'put'>;
  home: Pick<Home, 'folder'>;
  /** Of the backup; absolute. */
  folder: string;
  migrationsFolder: string;
  say(line: string): void;
  signal: AbortSignal;
};

export async function restoreBackup(deps: RestoreDeps): Promise<Manifest> {
  const { database, storage, home, folder, migrationsFolder, say, signal } = deps;
  const manifest = await readManifest(folder);
  await refuseNewer(manifest, migrationsFolder);
  say('Comparing every file with its hash');
  await compare(manifest, folder, signal);
  const before = await readMark(home.folder);
  if (before && before.sums !== manifest.sums)
    throw new BackupFault('another backup was being restored here; use a fresh KINORA_HOME and database');
  if (!before) await refuseInhabited(database, storage);
  if (before?.loaded !== true) {
    await writeMark(home.folder, { sums: manifest.sums, loaded: false });
    say('Copying files');
    await eachOf(pathsOf(folder, 'files/'), 4, signal, async ({ path, rest }) => {
      await storage.put(rest, { path });
    });
    for await (const { path, rest } of pathsOf(folder, 'home/'))
      await writeWhole(join(home.folder, rest), await readFile(path));
    say('Loading tables');
    await migrate(database, migrationsFolder, new Set(manifest.migrations.map(({ name }) => name)));
    await migrateJobs(database);
    await loadTables(database, manifest, folder, signal);
    await writeMark(home.folder, { sums: manifest.sums, loaded: true });
  }
  await migrate(database, migrationsFolder);
  await rm(markPath(home.folder), { force: true });
  return manifest;
}

/** For whoever starts a server: throws when a restore into this home did not come to its end. */
export async function refuseHalfRestored(home: string): Promise<void> {
  if (await readMark(home))
    throw new BackupFault('a restore into this home was cut short; run it again, or use another KINORA_HOME');
}

async function refuseNewer(manifest: Manifest, migrationsFolder: string): Promise<void> {
  const known = await knownMigrations(migrationsFolder);
  const strange = manifest.migrations.find(({ name, hash }) => known.get(name) !== hash);
  if (strange)
    throw new BackupFault(
      `the backup's database has ${strange.name}, which this program does not have; use Kinora ${manifest.version} or newer`,
    );
}

async function refuseInhabited(database: Database, storage: Pick<Storage, 'list'>): Promise<void> {
  const { rows } = await database.pool.query(
    `select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'graphile_worker') and c.relkind in ('r', 'p') limit 1`,
  );
  const advice = 'a backup is restored into an empty instance only: give a fresh KINORA_HOME';
  if (rows.length > 0) throw new BackupFault(`the database holds tables already; ${advice} or DATABASE_URL`);
  for await (const { key } of storage.list(''))
    throw new BackupFault(`the storage holds files already, such as ${key}; ${advice} or bucket`);
}

async function compare(manifest: Manifest, folder: string, signal: AbortSignal): Promise<void> {
  const sums = await hashOf(join(folder, 'SHA256SUMS'), signal);
  if (sums !== manifest.sums) throw new BackupFault('SHA256SUMS is not as it was written');
  await eachOf(linesOf(folder), 2, signal, async ({ sha256, path }) => {
    if ((await hashOf(join(folder, path), signal)) !== sha256)
      throw new BackupFault(`${path} is not as it was written; nothing was changed`);
  });
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const meter = createMeter();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), meter.stream, nowhere, { signal });
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ENOENT') throw cause;
    throw new BackupFault(`the backup is not whole: ${path} is missing; nothing was changed`, { cause });
  }
  return meter.result().sha256;
}

const isTable = /^tables\/(public|graphile_worker)\.[a-z0-9_]+\.copy\.gz$/;

async function* linesOf(folder: string): AsyncIterable<{ sha256: string; path: string }> {
  const input = createReadStream(join(folder, 'SHA256SUMS'));
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const [, sha256, path] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
      if (!sha256 || !path) throw new BackupFault('SHA256SUMS holds a line that is none');
      if (path.startsWith('files/')) checkKey(path.slice('files/'.length));
      else if (!isTable.test(path) && !homeFiles.some((name) => path === `home/${name}`))
        throw new BackupFault(`SHA256SUMS names ${path.slice(0, 100)}, which no backup holds`);
      yield { sha256, path };
    }
  } finally {
    input.destroy();
  }
}

async function* pathsOf(folder: string, prefix: string): AsyncIterable<{ path: string; rest: string }> {
  for await (const { path } of linesOf(folder))
    if (path.startsWith(prefix)) yield { path: join(folder, path), rest: path.slice(prefix.length) };
}

type Mark = { sums: string; loaded: boolean };
const markPath = (home: string) => join(home, 'restoring');

async function readMark(home: string): Promise<Mark | null> {
  const text = await readFile(markPath(home), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : (JSON.parse(text) as Mark);
}

const writeMark = (home: string, mark: Mark) => writeWhole(markPath(home), Buffer.from(JSON.stringify(mark)));

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  await writeFile(`${path}.part`, bytes, { mode: 0o600, flush: true });
  await rename(`${path}.part`, path);
  const folder = await open(join(path, '..'), 'r');
  await folder.sync().finally(() => folder.close());
}
