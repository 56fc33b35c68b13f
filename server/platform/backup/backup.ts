import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../database.ts';
import type { Home } from '../home.ts';
import type { Storage } from '../storage/storage.ts';
import { filePath, type SavedFile, saveFiles } from './files.save.ts';
import {
  BackupFault,
  createMeter,
  formatVersion,
  homeFiles,
  type Manifest,
  tablePath,
  writeManifest,
} from './manifest.ts';
import { openSnapshot, saveTable } from './tables.save.ts';

/**
 * Writes everything one instance is (database, files, secret) into a folder, while it runs or not. It knows tables,
 * keys and bytes; it does not know what they mean. Files come first, then the database as of one moment, and right
 * at that moment what came to the files meanwhile: so what a row names is there. The folder has its name only once
 * it is whole.
 */
export type BackupDeps = {
  database: Database;
  storage: Pick<Storage, 'list' | 'read'>;
  home: Pick<Home, 'folder' | 'storage'>;
  /** Absolute path; must not exist, or be empty. */
  folder: string;
  version: string;
  say(line: string): void;
  signal: AbortSignal;
};

const unfinished = '.kinora-unfinished';

export async function takeBackup(deps: BackupDeps): Promise<Manifest> {
  const { database, home, folder, signal } = deps;
  await refuseTarget(folder, home.storage);
  const client = await database.pool.connect();
  const half = `${folder}${unfinished}`;
  let failed = true;
  try {
    await refuseStrange(client);
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    // With the lock held, what lies there is left over from a kill.
    await removeLeftOvers(home.folder, half);
    await mkdir(half, { mode: 0o700 });
    const manifest = await fill(deps, half, client);
    signal.throwIfAborted();
    await syncFolder(half);
    await rename(half, folder);
    await syncFolder(dirname(folder));
    failed = false;
    return manifest;
  } catch (error) {
    throw explained(error, folder);
  } finally {
    if (failed) await rm(half, { recursive: true, force: true });
    // Ends the lock and, after a failure, the transaction.
    client.release(true);
  }
}

async function fill(
  { database, storage, home, version, say, signal }: BackupDeps,
  half: string,
  client: Parameters<typeof openSnapshot>[0],
): Promise<Manifest> {
  for (const name of ['tables', 'files', 'home']) await mkdir(join(half, name), { mode: 0o700 });
  const saved = new Map<string, SavedFile>();
  say('Copying files');
  await saveFiles(storage, saved, half, signal);
  // Once more: the first pass may have taken hours, and the moments around the snapshot shall be few.
  await saveFiles(storage, saved, half, signal);
  const snapshot = await openSnapshot(client);
  await saveFiles(storage, saved, half, signal);
  say('Copying tables');
  const sums: { path: string; sha256: string }[] = [];
  const tables: Manifest['tables'] = [];
  const dropped = new Set<string>();
  for (const table of snapshot.catalog.tables) {
    const done = await saveTable(database, snapshot, table, half, signal);
    if (!done && !snapshot.catalog.partitions.some((one) => one.name === table.name))
      throw new Error(`table ${table.name} was dropped meanwhile`);
    if (!done) dropped.add(tablePath(table));
    else {
      tables.push({ ...table, rows: done.rows });
      sums.push({ path: tablePath(table), sha256: done.sha256 });
    }
  }
  await snapshot.end();
  for (const name of homeFiles) {
    const bytes = await readFile(join(home.folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (!bytes) continue;
    const meter = createMeter();
    const path = join(half, 'home', name);
    await pipeline(
      Readable.from([bytes]),
      meter.stream,
      createWriteStream(path, { mode: 0o600, flush: true }),
    );
    sums.push({ path: `home/${name}`, sha256: meter.result().sha256 });
  }
  const { partitions, tables: _all, ...catalog } = snapshot.catalog;
  const manifest: Manifest = {
    format: formatVersion,
    version,
    takenAt: new Date().toISOString(),
    ...catalog,
    tables,
    partitions: partitions.filter((one) => !dropped.has(tablePath(one))),
    files: { count: saved.size, bytes: [...saved.values()].reduce((sum, { bytes }) => sum + bytes, 0) },
    sums: await writeSums(half, sums, saved),
  };
  await writeManifest(half, manifest);
  return manifest;
}

async function writeSums(
  half: string,
  sums: readonly { path: string; sha256: string }[],
  saved: ReadonlyMap<string, SavedFile>,
): Promise<string> {
  const meter = createMeter();
  const lines = function* () {
    for (const { path, sha256 } of sums) yield `${sha256}  ${path}\n`;
    for (const [key, { sha256 }] of saved) yield `${sha256}  ${filePath(key)}\n`;
  };
  const file = createWriteStream(join(half, 'SHA256SUMS'), { mode: 0o600, flush: true });
  await pipeline(Readable.from(lines()), meter.stream, file);
  return meter.result().sha256;
}

async function refuseTarget(folder: string, storage: string): Promise<void> {
  const way = relative(storage, folder);
  if (way === '' || !(way === '..' || way.startsWith(`..${sep}`)))
    throw new BackupFault('a backup cannot lie inside the storage folder that it copies');
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!found) return;
  if (!found.isDirectory() || (await readdir(folder)).length > 0)
    throw new BackupFault(`there is something at ${folder} already; name a new folder`);
  await rmdir(folder);
}

async function refuseStrange(client: {
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>;
}): Promise<void> {
  const { rows } = await client.query(
    `select to_regclass('public.migrations') is not null and to_regclass('graphile_worker.migrations') is not null as ours`,
  );
  if (!rows[0]!.ours) throw new BackupFault('there is nothing to back up: no server ever ran here');
  const { rows: locked } = await client.query('select pg_try_advisory_lock(4711005) as mine');
  if (!locked[0]!.mine) throw new BackupFault('another backup of this instance is under way');
}

async function removeLeftOvers(home: string, half: string): Promise<void> {
  await rm(half, { recursive: true, force: true });
  const usual = join(home, 'backups');
  const names = await readdir(usual).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names)
    if (name.endsWith(unfinished)) await rm(join(usual, name), { recursive: true, force: true });
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function explained(error: unknown, folder: string): unknown {
  const { code, name } = error as { code?: string; name?: string };
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new BackupFault(`the disk of ${dirname(folder)} is full; nothing was kept`, { cause: error });
  if (name === 'AbortError') return new BackupFault('it was stopped; nothing was kept', { cause: error });
  return error;
}
