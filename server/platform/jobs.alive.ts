import { EventEmitter } from 'node:events';
import type pg from 'pg';
import type { Database } from './database.ts';
import type { Log } from './log.ts';

/**
 * graphile-worker gives a job whose worker died back only after four hours. Here each worker holds an advisory
 * lock for as long as its process lives, so that Postgres itself knows the dead: their jobs are free again
 * within seconds after a kill -9. `start` returns the emitter to hand to the runners.
 */
export function aliveWorkers(database: Database, log: Log) {
  let client: pg.PoolClient | null = null;
  let timer: NodeJS.Timeout | null = null;

  const releaseDead = async () => {
    // Two seconds: a worker that was born this moment may not hold its lock yet.
    const { rows } = await database.pool.query<{ released: number }>(
      `with dead as (
         select distinct locked_by from graphile_worker.jobs j
         where locked_by is not null and locked_at < now() - interval '2 seconds'
           and not exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.classid = 4711002
                           and l.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid))
       select count(*)::int as released from (
         select graphile_worker.force_unlock_workers(array_agg(locked_by)) from dead having count(*) > 0) done`,
    );
    if (rows[0]!.released > 0) log.info('jobs of a worker that died are free again');
  };

  return {
    async start(): Promise<EventEmitter> {
      const own = await database.pool.connect();
      client = own;
      own.on('error', (error) =>
        log.warn({ err: error }, 'the connection that proves our workers alive broke'),
      );
      const events = new EventEmitter();
      let before: Promise<unknown> = Promise.resolve();
      events.on('worker:create', ({ worker }: { worker: { workerId: string } }) => {
        before = before
          .then(() => own.query('select pg_advisory_lock(4711002, hashtext($1))', [worker.workerId]))
          .catch((error) => log.warn({ err: error }, 'a worker could not be marked alive'));
      });
      await releaseDead();
      timer = setInterval(() => {
        releaseDead().catch((error) => log.warn({ err: error }, 'looking for dead workers failed'));
      }, 5000);
      return events;
    },
    async stop() {
      if (timer) clearInterval(timer);
      client?.release(true);
      client = null;
    },
  };
}
