import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { type Database, sql } from './database.ts';
import type { Log } from './log.ts';

/**
 * A kill is no attempt of a job, so it is given back: else a job would be given up because the power failed. But one
 * that was under way at so many kills may be their cause, and from then on its attempts count.
 */
const mostKills = 50;

/**
 * graphile-worker gives a job whose worker died back only after four hours. Here each of its pools, under whose id jobs
 * are locked, holds an advisory lock for as long as its process lives, so that Postgres itself knows the dead: their
 * jobs are free again within seconds after a kill -9. `start` returns the emitter to hand to the runners; `marked` waits
 * until those made with it are known to live. `alsoLook` runs at start and every few seconds.
 */
export function aliveWorkers(database: Database, log: Log, alsoLook: () => Promise<void>) {
  const pools = new Set<string>();
  let before: Promise<unknown> = Promise.resolve();
  let client: pg.PoolClient | null = null;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();

  const mark = (own: pg.PoolClient, poolId: string) =>
    own.query('select pg_advisory_lock(4711002, hashtext($1))', [poolId]);
  /** Again after Postgres was away: the locks went with the connection, and our jobs must not count as a dead one's. */
  const hold = async () => {
    const own = await database.pool.connect();
    own.once('end', () => {
      if (client !== own) return;
      client = null;
      log.warn('the connection that proves our workers alive broke');
      own.release(true);
    });
    client = own;
    for (const poolId of pools) await mark(own, poolId);
  };

  const releaseDead = async () => {
    // Two seconds: a pool that was born this moment may not hold its lock yet.
    const { rows } = await database.pool.query<{ dead: string[] | null }>(
      `select array_agg(distinct locked_by) as dead from graphile_worker.jobs j
       where locked_by is not null and locked_at < now() - interval '2 seconds'
         and not exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.classid = 4711002
                         and l.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid)`,
    );
    const dead = rows[0]!.dead;
    if (!dead) return;
    await database
      .of<unknown>()
      .transaction()
      .execute(async (trx) => {
        await sql`update graphile_worker._private_jobs
        set attempts = greatest(attempts - 1, 0),
            flags = coalesce(flags, '{}') || jsonb_build_object('kills', coalesce((flags->>'kills')::int, 0) + 1)
        where locked_by = any(${dead}) and coalesce((flags->>'kills')::int, 0) < ${mostKills}`.execute(trx);
        await sql`select graphile_worker.force_unlock_workers(${dead})`.execute(trx);
      });
    log.info('jobs of a worker that died are free again');
  };

  const look = async () => {
    await releaseDead();
    await alsoLook();
  };

  return {
    pools: () => [...pools],
    marked: () => before,
    async start(): Promise<EventEmitter> {
      await hold();
      const events = new EventEmitter();
      events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
        pools.add(workerPool.id);
        before = before
          .then(() => client && mark(client, workerPool.id))
          .catch((error) => log.warn({ err: error }, 'a pool of workers could not be marked alive'));
      });
      await look();
      let turn = 0;
      timer = setInterval(() => {
        looking = looking
          .then(async () => {
            if (!client) await hold();
            if (++turn % 5 === 0) await look();
          })
          .catch((error) => log.warn({ err: error }, 'looking for dead workers failed'));
      }, 1000);
      return events;
    },
    async stop() {
      if (timer) clearInterval(timer);
      await looking;
      client?.release(true);
      client = null;
    },
  };
}
