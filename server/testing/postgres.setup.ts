import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../platform/database.ts';
import { migrateJobs } from '../platform/jobs.ts';
import { migrate } from '../platform/migrations.ts';
import { startPostgres } from '../platform/postgres/postgres.ts';

/**
 * One real Postgres for the whole test run (or the server of TEST_DATABASE_URL), and in it a migrated template
 * from which each test makes a database of its own in a tenth of a second.
 */
export default async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-test-'));
  const postgres = process.env.TEST_DATABASE_URL
    ? null
    : await startPostgres({ folder, durable: false, maxConnections: 300 });
  const url = process.env.TEST_DATABASE_URL ?? postgres!.url;
  const database = openDatabase(url, 2);
  await database.pool.query('drop database if exists kinora_template');
  await database.pool.query('create database kinora_template');
  await database.close();
  const template = openDatabase(withName(url, 'kinora_template'), 2);
  await migrate(template, join(import.meta.dirname, '..', 'migrations'));
  await migrateJobs(template);
  await template.close();
  process.env.KINORA_TEST_DATABASE = url;
  return async () => {
    await postgres?.stop();
    // On a busy machine it may still be writing its last files.
    await rm(folder, { recursive: true, force: true, maxRetries: 100, retryDelay: 10 });
  };
}

/** The same server, another database. */
export function withName(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
