import type { Database } from './database.ts';
import type { Log } from './log.ts';

/** What a job that a stop of ours interrupted says it failed by. */
export const interrupted = 'the server was stopped';

/**
 * Jobs of the living that are free again with their attempt given back, since nothing failed. `held`: the pools that jobs
 * are locked by in this process, and the ids of those that it runs.
 */
export function freeing(
  database: Database,
  log: Log,
  held: { pools(): string[]; running: ReadonlySet<string> },
) {
  /**
   * A stop is no failure of the job it interrupts, so the attempt is given back and the job is due at once. What the row
   * says decides, once: by the stop itself, or by whoever looks next if it was killed or its last write came too late.
   */
  const giveBack = async () => {
    await database.pool.query(
      `update graphile_worker._private_jobs set attempts = greatest(attempts - 1, 0), last_error = null,
         run_at = case when locked_at is null then now() else run_at end
       where last_error = $1`,
      [interrupted],
    );
  };
  let missed = new Set<string>();
  /**
   * Held by us and not run by us, at two looks in a row: Postgres went away while it handed the job out, so that we never
   * heard of it. Its worker lives, so nobody else would free it.
   */
  const freeLost = async () => {
    const { rows } = await database.pool.query<{ id: number; lock: string }>(
      `select id, concat(id, ' ', locked_at) as lock from graphile_worker._private_jobs
       where locked_by = any($1) and not id::text = any($2)`,
      [held.pools(), [...held.running]],
    );
    const lost = rows.filter(({ lock, id }) => missed.has(lock) && !held.running.has(String(id)));
    missed = new Set(rows.map(({ lock }) => lock));
    if (lost.length === 0) return;
    await database.pool.query(
      `update graphile_worker._private_jobs
       set attempts = greatest(attempts - 1, 0), locked_at = null, locked_by = null
       where concat(id, ' ', locked_at) = any($1) and id = any($2)`,
      [lost.map(({ lock }) => lock), lost.map(({ id }) => id)],
    );
    log.warn({ jobs: lost.length }, 'jobs that were handed out and never came are free again');
  };

  return { giveBack, freeLost };
}
