import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { Database } from '../database.ts';
import type { Home } from '../home.ts';
import { openStorage } from '../storage/open.ts';
import { takeBackup } from './backup.ts';
import { BackupFault, type Manifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';

/** The words `backup [folder]` and `restore <folder>` of the program: reads them, says what was done. */
export type CommandDeps = {
  config: Pick<Config, 'storage'>;
  home: Home;
  database: Database;
  version: string;
  migrationsFolder: string;
  say(line: string): void;
  signal: AbortSignal;
};

export async function backUp(deps: CommandDeps, [folder]: readonly string[]): Promise<void> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const target = folder ? resolve(folder) : join(deps.home.folder, 'backups', stamp);
  const storage = openStorage(deps.config.storage, deps.home);
  const manifest = await takeBackup({ ...deps, storage, folder: target });
  deps.say(`The backup is in ${target}: ${holding(manifest)}.`);
  deps.say(
    'It holds the secret and the password hashes of this instance: keep it where only you can read it.',
  );
}

export async function restore(deps: CommandDeps, [folder]: readonly string[]): Promise<void> {
  if (!folder) throw new BackupFault('name the folder of the backup: restore <folder>');
  const storage = openStorage(deps.config.storage, deps.home);
  const manifest = await restoreBackup({ ...deps, storage, folder: resolve(folder) });
  deps.say(`Restored the backup of ${manifest.takenAt}: ${holding(manifest)}.`);
}

function holding({ tables, files }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${rows} rows of ${tables.length} tables, ${files.count} files of ${(files.bytes / 1e6).toFixed(1)} MB`;
}
