import { randomUUID } from 'node:crypto';
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
  /**
   * The same, for what must hold everywhere before somebody is answered: resolves when every process that listens has
   * heard it. False when one of them had not after `mostMs`.
   */
  publishToAll(topic: string, note: unknown, mostMs: number): Promise<boolean>;
  /** Hears notes of every process, this one included; returns how to stop. */
  subscribe(topic: string, hear: (note: never) => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

const listen = 'listen kinora';
const heard = 'bus.heard';

export function createBus(database: Database, log: Log): Bus {
  const hearers = new Map<string, Set<(note: never) => void>>();
  /** Notes to all that are under way: called for each process that has heard it. */
  const underWay = new Map<string, () => void>();
  const send = async (message: { topic: string; note: unknown; answer?: string }) => {
    await database.pool.query(`select pg_notify('kinora', $1)`, [JSON.stringify(message)]);
  };
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let stopped = false;

  const connect = async () => {
    const next = new pg.Client({ connectionString: database.url });
    next.on('notification', ({ payload }) => {
      const { topic, note, answer } = JSON.parse(payload ?? '{}');
      if (topic === heard) return underWay.get(note)?.();
      for (const hear of hearers.get(topic) ?? []) hear(note as never);
      if (!answer) return;
      send({ topic: heard, note: answer }).catch((error) => {
        // Whoever waits for it waits for as long as they will.
        log.debug({ err: error }, 'a note was heard and could not be answered');
      });
    });
    next.on('error', () => again());
    next.on('end', () => again());
    await next.connect();
    await next.query(listen);
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
    publish: (topic, note) => send({ topic, note }),
    async publishToAll(topic, note, mostMs) {
      // Listening is the last thing that such a connection was asked to do.
      const { rows } = await database.pool.query<{ listening: number }>(
        `select count(*)::int as listening from pg_stat_activity where datname = current_database() and query = $1`,
        [listen],
      );
      let missing = rows[0]!.listening;
      if (missing === 0) return true;
      const answer = randomUUID();
      let timer: NodeJS.Timeout | undefined;
      const everywhere = new Promise<boolean>((resolve) => {
        underWay.set(answer, () => --missing === 0 && resolve(true));
        timer = setTimeout(resolve, mostMs, false);
      });
      try {
        await send({ topic, note, answer });
        return await everywhere;
      } finally {
        clearTimeout(timer);
        underWay.delete(answer);
      }
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
