import type { Locker } from '@tus/server';
import type pg from 'pg';
import type { Bus } from '../../platform/bus.ts';
import type { Database } from '../../platform/database.ts';

/**
 * One writer per upload, across all processes of an instance. In a process: a queue. Between processes: an advisory
 * lock on one connection that all uploads of this process share, so that Postgres itself frees what a killed process
 * held. Who waits asks the holder to let go (its client may be long gone without a word).
 */
export type UploadLocker = Locker & {
  /** Runs `work` while nobody else writes to the upload. */
  alone<T>(id: string, work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
};

/** The same number in every version: locks of old and new processes must meet. */
const lockClass = 4_711_010;
const patienceMs = 20_000;
const retryMs = 100;

type Held = { release: () => Promise<void> | void };

export function createUploadLocker(deps: { database: Database; bus: Bus }): UploadLocker {
  const { database, bus } = deps;
  const held = new Map<string, Held>();
  const waiting = new Map<string, Set<() => void>>();
  let client: Promise<pg.PoolClient> | null = null;

  const stopHearing = bus.subscribe('upload-lock', ({ id }: { id: string }) => void held.get(id)?.release());

  const connection = () => {
    if (client) return client;
    const opened: Promise<pg.PoolClient> = database.pool.connect().then(
      (connected) => {
        // The locks are gone with the connection; each upload still checks its offset before it writes.
        connected.once('error', (error) => {
          // Given back already: whatever becomes of it now is the pool's affair.
          if (client !== opened) return;
          client = null;
          connected.release(error);
        });
        return connected;
      },
      (error) => {
        if (client === opened) client = null;
        throw error;
      },
    );
    client = opened;
    return client;
  };
  const tryLock = async (id: string) => {
    const { rows } = await (await connection()).query<{ ok: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as ok',
      [lockClass, id],
    );
    return rows[0]!.ok;
  };
  /** Resolves when the holder in this process lets go, or after a moment. */
  const change = (id: string) =>
    new Promise<void>((resolve) => {
      const set = waiting.get(id) ?? new Set();
      waiting.set(id, set);
      const done = () => {
        clearTimeout(timer);
        set.delete(done);
        if (set.size === 0) waiting.delete(id);
        resolve();
      };
      const timer = setTimeout(done, retryMs);
      set.add(done);
    });
  const unlock = async (id: string) => {
    held.delete(id);
    try {
      await (await connection()).query('select pg_advisory_unlock($1, hashtext($2))', [lockClass, id]);
    } finally {
      for (const wake of waiting.get(id) ?? []) wake();
    }
  };
  const lock = async (id: string, release: Held['release'], signal?: AbortSignal) => {
    const until = performance.now() + patienceMs;
    for (;;) {
      if (signal?.aborted || performance.now() > until) throw busy;
      const holder = held.get(id);
      if (holder) await holder.release();
      else {
        // Taken here before Postgres is asked: two waiters of this process must not both ask.
        held.set(id, { release });
        try {
          if (await tryLock(id)) return;
        } catch (error) {
          held.delete(id);
          throw error;
        }
        held.delete(id);
        await bus.publish('upload-lock', { id });
      }
      await change(id);
    }
  };

  return {
    newLock: (id) => ({
      lock: (signal, release) => lock(id, release, signal),
      unlock: () => unlock(id),
    }),
    async alone(id, work) {
      await lock(id, () => {});
      try {
        return await work();
      } finally {
        await unlock(id);
      }
    },
    async stop() {
      stopHearing();
      const open = client;
      client = null;
      (await open)?.release(true);
    },
  };
}

/** In the shape the tus server answers with: 423, which clients take as "try again". */
const busy = { status_code: 423, body: 'Another request writes to this upload\n' };
