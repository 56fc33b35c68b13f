import { type Database, openDatabase } from '../platform/database.ts';
import { newId } from '../platform/random.ts';
import { withName } from './postgres.setup.ts';

/** An empty, migrated database of a real Postgres that is this test's alone; close() drops it. */
export async function freshDatabase(): Promise<Database & { close(): Promise<void> }> {
  const server = process.env.KINORA_TEST_DATABASE;
  if (!server) throw new Error('no test Postgres: run through vitest, whose global setup starts it');
  const name = `test_${newId(12).toLowerCase()}_${process.pid}`;
  const admin = openDatabase(server, 1);
  await admin.pool.query(`create database ${name} template kinora_template`);
  const database = openDatabase(withName(server, name), 8);
  return {
    ...database,
    async close() {
      await database.close();
      await admin.pool.query(`drop database if exists ${name} with (force)`);
      await admin.close();
    },
  };
}
