import pg from 'pg';
import type { Database } from './database.ts';
import type { Log } from './log.ts';

/**
 * Short notes between the processes of one instance (Postgres LISTEN/NOTIFY): progress, "something is new".
 * A note may be lost (restart, broken connection): it only ever says "look again", the truth is in the tables.
 */
export type Bus = {
  /** `note` is at most 7,000 bytes of JSON. */
  publish(topic: string, note: unknown): Promise<void>;
  /** Hears notes of every process, this one included; returns how to stop. */
  subscribe(topic: string, hear: (note: never) => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createBus(database: Database, log: Log): Bus {
  const hearers = new Map<string, Set<(note: never) => void>>();
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let stopped = false;

  const connect = async () => {
    const next = new pg.Client({ connectionString: database.url });
    next.on('notification', ({ payload }) => {
      const { topic, note } = JSON.parse(payload ?? '{}');
      for (const hear of hearers.get(topic) ?? []) hear(note as never);
    });
    next.on('error', () => again());
    next.on('end', () => again());
    await next.connect();
    await next.query('listen kinora');
    client = next;
  };
  const again = () => {
    client = null;
    if (stopped || retry) return;
    retry = setTimeout(() => {
      retry = null;
      connect().catch((error) => {
        log.warn({ err: error }, 'listening to Postgres failed, trying again');
        again();
      });
    }, 500);
  };

  return {
    async publish(topic, note) {
      await database.pool.query(`select pg_notify('kinora', $1)`, [JSON.stringify({ topic, note })]);
    },
    subscribe(topic, hear) {
      const set = hearers.get(topic) ?? new Set();
      hearers.set(topic, set.add(hear));
      return () => {
        set.delete(hear);
        if (set.size === 0) hearers.delete(topic);
      };
    },
    start: connect,
    async stop() {
      stopped = true;
      if (retry) clearTimeout(retry);
      await client?.end();
    },
  };
}
