import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../testing/database.ts';
import { ConfigFaults, readConfig } from './config.ts';
import { type Database, sql } from './database.ts';
import { openHome } from './home.ts';
import { createJobs } from './jobs.ts';
import { createLog } from './log.ts';
import { migrate } from './migrations.ts';
import { createOutbox } from './outbox.ts';
import { createSigner, newId } from './random.ts';
import { rememberRows } from './remembered.ts';

const log = createLog('silent');
let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

describe('settings', () => {
  test('every wrong value is named at once', () => {
    const env = {
      PORT: 'eighty',
      HOST: 'not a host',
      PUBLIC_URL: 'ftp://x',
      DATABASE_URL: 'mysql://x',
      KINORA_DEMO: 'yes',
      LOG_LEVEL: 'loud',
    };
    try {
      readConfig(env, '/srv');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigFaults);
      const text = (error as ConfigFaults).message;
      for (const name of Object.keys(env)) expect(text).toContain(name);
    }
  });

  test('an empty environment gives loopback on port 3000 and a home in the folder', () => {
    expect(readConfig({}, '/srv/kinora')).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      home: '/srv/kinora/.kinora',
      demo: 'auto',
    });
  });
});

describe('home', () => {
  test('keeps one secret that only its owner can read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kinora-home-'));
    const [first, second] = [await openHome(folder), await openHome(folder)];
    expect(second.secret.equals(first.secret)).toBe(true);
    expect((await stat(join(folder, 'secret'))).mode & 0o77).toBe(0);
    expect((await readFile(join(folder, 'secret'), 'utf8')).length).toBe(64);
    await rm(folder, { recursive: true });
  });
});

describe('signer', () => {
  test('knows its own signature, for its own purpose only', () => {
    const signer = createSigner('secret');
    const signature = signer.sign('impression', 'text');
    expect(signer.verify('impression', 'text', signature)).toBe(true);
    expect(signer.verify('viewer', 'text', signature)).toBe(false);
    expect(signer.verify('impression', 'texT', signature)).toBe(false);
    expect(createSigner('other').verify('impression', 'text', signature)).toBe(false);
    expect(signer.verify('impression', 'text', '')).toBe(false);
  });
  test('ids do not repeat', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => newId())).size).toBe(10_000);
  });

  test('signs as HMAC-SHA-256 does, whatever the length of secret and text', () => {
    for (const secret of ['short', Buffer.alloc(32, 7), Buffer.alloc(64, 1), Buffer.alloc(100, 3)]) {
      for (const text of ['', 'text', 'ü'.repeat(300)]) {
        const whole = createHmac('sha256', secret).update(`purpose\0${text}`).digest();
        const signature = whole.subarray(0, 16).toString('base64url');
        expect(createSigner(secret).sign('purpose', text)).toBe(signature);
      }
    }
  });
});

describe('questions', () => {
  test('asked in one turn each have their own answer, and one that fails fails alone', async () => {
    const ask = (by: number) =>
      database.ask<{ n: number }>('test.divide', 'select 100 / $1::int as n', [by]).then(([row]) => row!.n);
    const answers = await Promise.allSettled([1, 2, 0, 4, 5].map(ask));
    expect(answers.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.code))).toEqual([
      ...[100, 50],
      ...['22012', 25, 20],
    ]);
  });

  test('go on when Postgres has ended their connection', async () => {
    const ask = () => database.ask<{ pid: number }>('test.pid', 'select pg_backend_pid() as pid', []);
    const [first] = await ask();
    await database.pool.query('select pg_terminate_backend($1)', [first!.pid]);
    // Until the end is heard of, a question rejects, as on any connection.
    await expect
      .poll(() =>
        ask().then(
          ([row]) => row!.pid,
          () => first!.pid,
        ),
      )
      .not.toBe(first!.pid);
  });

  test('remembered rows are read again when they were written, and gone when they are', async () => {
    await database.pool.query(`create table things (id text primary key, word text)`);
    await database.pool.query(`insert into things values ('a', 'one'), ('b', 'two')`);
    const made: string[] = [];
    const things = rememberRows<string, { word: string }, string>(database, {
      name: 'test.things',
      text: `select t.id, t.xmin::text as version,
          case when t.xmin::text is distinct from asked.version then row_to_json(t) end as row
        from unnest($1::text[], $2::text[]) as asked(id, version) join things t on t.id = asked.id`,
      make({ word }) {
        made.push(word);
        return word;
      },
      most: 10,
    });
    const both = () => things(['a', 'b', 'a', 'c']).then((found) => Object.fromEntries(found));
    expect(await both()).toEqual({ a: 'one', b: 'two' });
    await database.pool.query(`update things set word = 'three' where id = 'b'`);
    expect(await both()).toEqual({ a: 'one', b: 'three' });
    await database.pool.query(`delete from things where id = 'a'`);
    expect(await both()).toEqual({ b: 'three' });
    expect(made).toEqual(['one', 'two', 'three']);
  });
});

describe('jobs and news', () => {
  test('news reaches each listener after the commit, and a listener that failed alone hears it again', async () => {
    const jobs = createJobs({ database, log, heavyAtOnce: 1 });
    const outbox = createOutbox(jobs);
    const heard: string[] = [];
    outbox.on('upload.completed', 'one', async ({ uploadId }) => {
      heard.push(`one ${uploadId}`);
    });
    outbox.on('upload.completed', 'two', async ({ uploadId }) => {
      heard.push(`two ${uploadId}`);
      if (heard.length < 3) throw new Error('not yet');
    });
    const db = database.of<unknown>();
    await expect(
      db.transaction().execute(async (trx) => {
        await outbox.emit(trx, 'upload.completed', { uploadId: 'rolled-back' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await db.transaction().execute((trx) => outbox.emit(trx, 'upload.completed', { uploadId: 'u1' }));
    await jobs.drain();
    expect(heard.sort()).toEqual(['one u1', 'two u1']);
    expect(await jobs.waiting()).toEqual({ waiting: 0, failing: 1 });
    await database.pool.query(`update graphile_worker._private_jobs set run_at = now()`);
    await jobs.drain();
    expect(heard.filter((line) => line === 'two u1')).toHaveLength(2);
    expect(heard.filter((line) => line === 'one u1')).toHaveLength(1);
    expect(await jobs.waiting()).toEqual({ waiting: 0, failing: 0 });
  });

  /** A job that runs until it is stopped, under way; `stop` stops its worker, `takenUp` is the attempt of the next. */
  async function underWay(name: string) {
    const started = Promise.withResolvers<void>();
    const first = createJobs({ database, log, heavyAtOnce: 1 });
    first.define({
      name,
      weight: 'heavy',
      run: (_payload, { signal }) =>
        new Promise((_, reject) => {
          started.resolve();
          signal.addEventListener('abort', () => reject(new Error('torn away')));
        }),
    });
    await first.order(database.of(), name, {});
    await first.start();
    await started.promise;
    const takenUp = async () => {
      const again = Promise.withResolvers<number>();
      const second = createJobs({ database, log, heavyAtOnce: 1 });
      second.define({
        name,
        weight: 'heavy',
        run: async (_payload, { attempt }) => again.resolve(attempt),
      });
      await second.start();
      const attempt = await again.promise;
      await second.stop();
      return attempt;
    };
    return { stop: () => first.stop(), takenUp };
  }

  /** Keeps every job's row from being written until `release`. */
  async function slowDisk() {
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('select 1 from graphile_worker._private_jobs for update');
    return {
      release: async () => {
        await client.query('rollback');
        client.release();
      },
    };
  }

  test('a job that a stop interrupts is taken up again at once, with the attempt given back', async () => {
    const job = await underWay('long');
    await job.stop();
    expect(await job.takenUp()).toBe(1);
  });

  test('a stop waits for the word that its job was interrupted, so that no attempt is lost on a slow disk', async () => {
    const job = await underWay('long on a slow disk');
    const disk = await slowDisk();
    const stopped = job.stop();
    await rest(300);
    await disk.release();
    await stopped;
    const { rows } = await database.pool.query(
      'select attempts, run_at <= now() as due, locked_by, last_error from graphile_worker._private_jobs',
    );
    expect(rows).toEqual([{ attempts: 0, due: true, locked_by: null, last_error: null }]);
    expect(await job.takenUp()).toBe(1);
  });

  test('word of the interruption that comes after the stop gave up waiting costs no attempt either', async () => {
    const job = await underWay('long on a stuck disk');
    const disk = await slowDisk();
    await job.stop();
    await disk.release();
    await expect
      .poll(async () => {
        const { rows } = await database.pool.query('select locked_by from graphile_worker._private_jobs');
        return rows;
      })
      .toEqual([{ locked_by: null }]);
    expect(await job.takenUp()).toBe(1);
  });

  test('a job that takes long stays with the worker that lives, and no other takes it up too', async () => {
    const job = await underWay('long alone');
    await database.pool.query(
      `update graphile_worker._private_jobs set locked_at = now() - interval '1 hour'`,
    );
    // Looks for dead workers as it starts, as every server does each few seconds.
    const other = createJobs({ database, log, heavyAtOnce: 1 });
    other.define({ name: 'something else', weight: 'light', run: async () => {} });
    await other.start();
    const { rows } = await database.pool.query(
      'select attempts, locked_by is not null as held, flags from graphile_worker._private_jobs',
    );
    expect(rows).toEqual([{ attempts: 1, held: true, flags: null }]);
    await Promise.all([other.stop(), job.stop()]);
    expect(await job.takenUp()).toBe(1);
  });

  test('a drain ends when what its jobs came to is written', async () => {
    const jobs = createJobs({ database, log, heavyAtOnce: 1 });
    let disk = { release: async () => {} };
    jobs.define({
      name: 'fails',
      weight: 'light',
      async run() {
        disk = await slowDisk();
        throw new Error('as it should');
      },
    });
    await jobs.order(database.of(), 'fails', {}, { maxAttempts: 1 });
    const drained = jobs.drain();
    await rest(300);
    await disk.release();
    await drained;
    const { rows } = await database.pool.query(
      'delete from graphile_worker._private_jobs returning last_error, locked_by',
    );
    expect(rows).toEqual([{ last_error: 'as it should', locked_by: null }]);
  });

  test('a job that was handed out while Postgres went away, and never came, is taken up again', async () => {
    const jobs = createJobs({ database, log, heavyAtOnce: 1 });
    const [started, over, came] = [1, 2, 3].map(() => Promise.withResolvers<void>());
    jobs.define({
      name: 'under way',
      weight: 'heavy',
      async run() {
        started!.resolve();
        await over!.promise;
      },
    });
    jobs.define({ name: 'never came', weight: 'light', run: async () => came!.resolve() });
    await jobs.order(database.of(), 'under way', {});
    await jobs.start();
    await started!.promise;
    await database
      .of<unknown>()
      .transaction()
      .execute(async (trx) => {
        await jobs.order(trx, 'never came', {});
        await sql`update graphile_worker._private_jobs j set attempts = 1, locked_at = now(), locked_by = held.by
          from (select locked_by as by from graphile_worker._private_jobs where locked_by is not null) held
          where j.locked_by is null`.execute(trx);
      });
    await came!.promise;
    const { rows } = await database.pool.query(
      'select attempts, locked_by is not null as held, flags from graphile_worker._private_jobs where attempts > 0 and locked_by is not null',
    );
    // What is really under way is left alone.
    expect(rows).toContainEqual({ attempts: 1, held: true, flags: null });
    over!.resolve();
    await jobs.stop();
    expect(await jobs.waiting()).toEqual({ waiting: 0, failing: 0 });
  });

  test('a job held by a worker that died is taken up within seconds, however often that happens', async () => {
    const jobs = createJobs({ database, log, heavyAtOnce: 1 });
    const done = Promise.withResolvers<void>();
    jobs.define({ name: 'orphan', weight: 'light', run: async () => done.resolve() });
    await jobs.order(database.of(), 'orphan', {});
    await database.pool.query(
      `update graphile_worker._private_jobs set locked_at = now() - interval '3 seconds', locked_by = 'worker-that-died', attempts = max_attempts`,
    );
    await jobs.start();
    await done.promise;
    await jobs.stop();
  });
});

test('a migration that was changed after it ran stops the start', async () => {
  await database.pool.query(`update migrations set hash = 'other' where name like '%platform-create%'`);
  await expect(migrate(database, join(import.meta.dirname, '..', 'migrations'))).rejects.toThrow(
    /was changed/,
  );
});
