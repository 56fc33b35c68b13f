import { Kysely, PostgresDialect, type QueryExecutorProvider, sql } from 'kysely';
import pg from 'pg';
import { openLines } from './lines.ts';

/**
 * One pool for everything that asks Postgres. A room sees only its own tables: `database.of<PostTables>()`
 * gives a Kysely in which another room's table does not compile.
 */
export type Database = {
  of<Tables>(): Kysely<Tables>;
  /**
   * For the few short questions of every page: prepared once under this name, many on one connection (lines.ts), so
   * nothing that waits. Name the columns: after a migration an old plan refuses `select *`.
   */
  ask<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  pool: pg.Pool;
  url: string;
  close(): Promise<void>;
};

/** A transaction or a connection of any room: what the outbox and the jobs need to write beside it. */
export type Executor = QueryExecutorProvider;

// Counts and file sizes stay far below 2^53; text would leak into every sum.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

export function openDatabase(url: string, connections = 16): Database {
  const pool = new pg.Pool({ connectionString: url, max: connections, idleTimeoutMillis: 30_000 });
  // An idle connection that Postgres ends (restart, failover) must not end the process; the next query opens a new one.
  pool.on('error', () => {});
  // The same for a connection that is in somebody's hands: their query rejects, which is where it is decided upon.
  pool.on('connect', (client) => void client.on('error', () => {}));
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const lines = openLines(url, 4);
  let closed = false;
  return {
    of: <Tables>() => kysely as unknown as Kysely<Tables>,
    ask: async <Row>(name: string, text: string, values: readonly unknown[]) =>
      (await lines.ask({ name, text, values: [...values] })) as Row[],
    pool,
    url,
    async close() {
      if (closed) return;
      closed = true;
      // Not kysely.destroy(): it ends only a pool it has already asked something.
      await Promise.all([pool.end(), lines.close()]);
    },
  };
}

export { sql };
