/**
 * The whole server in this process on an embedded Postgres of its own, filled before it starts: what the figures over
 * HTTP stand on. No demo, no limits, no jobs, no web. Knows no figure.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, migrationsFolder } from '../server/compose.ts';
import { systemClock } from '../server/platform/clock.ts';
import { readConfig } from '../server/platform/config.ts';
import { type Database, openDatabase } from '../server/platform/database.ts';
import { openHome } from '../server/platform/home.ts';
import { migrateJobs } from '../server/platform/jobs.ts';
import { createLog } from '../server/platform/log.ts';
import { migrate } from '../server/platform/migrations.ts';
import { startPostgres } from '../server/platform/postgres/postgres.ts';

export async function startWholeServer(fill: (database: Database) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-bench-'));
  const postgresFolder = join(folder, 'postgres');
  const postgres = await startPostgres({ folder: postgresFolder });
  const database = openDatabase(postgres.url);
  await migrate(database, migrationsFolder);
  await migrateJobs(database);
  await fill(database);
  const home = await openHome(join(folder, 'home'));
  const house = compose({
    config: readConfig({ KINORA_HOME: home.folder, KINORA_DEMO: 'off' }, folder),
    home,
    database,
    clock: systemClock,
    log: createLog('warn'),
    webFolder: join(folder, 'no-web'),
    version: 'bench',
    freshDatabase: false,
    limits: false,
  });
  const started = performance.now();
  await house.start('serve');
  const startMs = Math.round(performance.now() - started);
  const { port } = await house.edge.listen('127.0.0.1', 0);
  return {
    house,
    home,
    port,
    postgresFolder,
    startMs,
    async close() {
      await house.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
