import { EventEmitter } from 'node:events';
import { setTimeout as rest } from 'node:timers/promises';
import {
  Logger,
  type Runner,
  run,
  runMigrations,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { type Database, type Executor, sql } from './database.ts';
import { aliveWorkers } from './jobs.alive.ts';
import { freeing, interrupted } from './jobs.freed.ts';
import type { Log } from './log.ts';

/**
 * Orders to be carried out later, kept in Postgres (graphile-worker) and ordered in the transaction that needs them.
 * Every job may run twice: after a kill it is taken up again. A job knows nothing of HTTP or of who ordered it.
 */
export type Job<Payload = never> = {
  name: string;
  /**
   * heavy: media work, as many at once as KINORA_TRANSCODES says; lone: one at a time, which may take as long as it
   * likes and keeps no other kind waiting; light: everything else.
   */
  weight: Weight;
  run(payload: Payload, call: JobCall): Promise<void>;
};
type Weight = 'light' | 'heavy' | 'lone';
/** `attempt` counts from 1; `signal` aborts when the server stops: a job then throws and is taken up again later. */
export type JobCall = { attempt: number; lastAttempt: boolean; signal: AbortSignal; log: Log };

export type OrderOptions = {
  /** One waiting job per key: ordering again replaces it. */
  key?: string;
  runAt?: Date;
  /** Lower runs first; 0 is usual. */
  priority?: number;
  maxAttempts?: number;
};

export type Jobs = {
  define<Payload>(job: Job<Payload>): void;
  order(executor: Executor, name: string, payload: unknown, options?: OrderOptions): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Runs everything that is due, until nothing is; for tests and for one-shot commands. */
  drain(): Promise<void>;
  waiting(): Promise<{ waiting: number; failing: number }>;
};

export function createJobs(deps: { database: Database; log: Log; heavyAtOnce: number }): Jobs {
  const { database, log } = deps;
  const lists: Record<Weight, TaskList> = { light: {}, heavy: {}, lone: {} };
  const stopping = new AbortController();
  const running = new Set<string>();
  const { giveBack, freeLost } = freeing(database, log, { pools: () => alive.pools(), running });
  const alive = aliveWorkers(database, log, async () => {
    await giveBack();
    await freeLost();
  });
  let runners: Runner[] = [];
  /** A runner does not wait for what it writes last of its jobs: that they are done, or failed. After five seconds others do. */
  const lettingGo = async (pools: readonly string[]) => {
    for (let look = 0; look < 250; look++) {
      const { rows } = await database.pool.query(
        'select 1 from graphile_worker._private_jobs where locked_by = any($1) limit 1',
        [pools],
      );
      if (rows.length === 0) return;
      await rest(20);
    }
  };

  return {
    define(job) {
      lists[job.weight][job.name] = async (payload, helpers) => {
        const { attempts, max_attempts: maxAttempts } = helpers.job;
        const started = performance.now();
        const id = String(helpers.job.id);
        running.add(id);
        try {
          await job.run(payload as never, {
            attempt: attempts,
            lastAttempt: attempts >= maxAttempts,
            signal: stopping.signal,
            log: log.child({ job: job.name, attempt: attempts }),
          });
          log.debug({ job: job.name, ms: Math.round(performance.now() - started) }, 'job done');
        } catch (error) {
          // By these words `giveBack` knows it.
          if (stopping.signal.aborted) throw new Error(interrupted, { cause: error });
          log.warn({ job: job.name, attempt: attempts, err: error }, 'job failed');
          throw error;
        } finally {
          running.delete(id);
        }
      };
    },
    async order(executor, name, payload, options = {}) {
      await sql`select graphile_worker.add_job(${name}::text, payload => ${JSON.stringify(payload)}::json,
        job_key => ${options.key ?? null}::text, run_at => ${options.runAt ?? null}::timestamptz,
        priority => ${options.priority ?? 0}::smallint, max_attempts => ${options.maxAttempts ?? 12}::smallint)`.execute(
        executor,
      );
    },
    async start() {
      const events = (await alive.start()) as WorkerEvents;
      const common = {
        pgPool: database.pool,
        noHandleSignals: true,
        logger: quietLogger,
        pollInterval: 2000,
        events,
      };
      runners = [
        await run({ ...common, concurrency: 4, taskList: lists.light }),
        await run({ ...common, concurrency: deps.heavyAtOnce, taskList: lists.heavy }),
        ...(Object.keys(lists.lone).length > 0
          ? [await run({ ...common, concurrency: 1, taskList: lists.lone })]
          : []),
      ];
      await alive.marked();
    },
    async stop() {
      stopping.abort();
      await Promise.all(runners.map((runner) => runner.stop()));
      if (runners.length > 0) {
        await lettingGo(alive.pools());
        await giveBack();
      }
      runners = [];
      await alive.stop();
    },
    async drain() {
      const taskList = { ...lists.light, ...lists.heavy, ...lists.lone };
      for (;;) {
        const events = new EventEmitter();
        const pools: string[] = [];
        events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) =>
          pools.push(workerPool.id),
        );
        await runOnce({
          events: events as WorkerEvents,
          pgPool: database.pool,
          taskList,
          noHandleSignals: true,
          logger: quietLogger,
          concurrency: 4,
        });
        await lettingGo(pools);
        const { rows } = await database.pool.query(
          `select 1 from graphile_worker.jobs where run_at <= now() and locked_at is null and attempts < max_attempts limit 1`,
        );
        if (rows.length === 0) return;
      }
    },
    async waiting() {
      const { rows } = await database.pool.query<{ waiting: number; failing: number }>(
        `select count(*) filter (where last_error is null)::int as waiting,
                count(*) filter (where last_error is not null)::int as failing from graphile_worker.jobs`,
      );
      return rows[0]!;
    },
  };
}

// What a job does is logged here with its request's words; the worker's own lines would say it twice.
const quietLogger = new Logger(() => () => {});

/** graphile-worker's own tables; its migrations bring its schema to the version of the package. */
export async function migrateJobs(database: Database): Promise<void> {
  await runMigrations({ pgPool: database.pool, logger: quietLogger });
}
