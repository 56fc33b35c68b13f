import type { Kysely } from 'kysely';
import type { VideoId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Posts } from '../posts/posts.ts';
import type { Signals } from '../signals/signals.ts';
import type { InsightTables } from './insights.tables.ts';
import { addSignal, type Tally } from './rollup.rules.ts';
import { addRows, dropAll, dropDays, forgetHours, holdCursor, moveCursor } from './rollup.store.ts';

/**
 * Rolls the log of signals up, once each: the cursor and the sums are one transaction, which one process at a time
 * holds. A kill at any line leaves either all of a batch counted or none.
 */
export type RollupDeps = {
  db: Kysely<InsightTables>;
  jobs: Jobs;
  clock: Clock;
  signals: Pick<Signals, 'after'>;
  posts: Pick<Posts, 'posts'>;
  keepDays(): number;
};

const rollUp = 'roll-up-insights';
const compact = 'compact-insights';
const everyMs = 15_000;
/** Each batch reads and writes the rows of its videos once: whoever is far behind takes many signals at a time. */
const mostSignals = 20_000;
const dayMs = 86_400_000;
/** So long the hours of a day are kept. */
const hourDays = 30;

export function createRollup(deps: RollupDeps) {
  const { db, jobs, clock, signals, posts } = deps;

  /** True when there may be more. */
  const countBatch = () =>
    db.transaction().execute(async (trx) => {
      const seq = await holdCursor(trx);
      const entries = await signals.after(seq, mostSignals);
      const watched = entries.flatMap((entry) => ('videoId' in entry ? [entry] : []));
      // Asked while the cursor is held: a video deleted after this has its rows dropped after them.
      const known = await posts.posts([...new Set(watched.map((entry) => entry.videoId))]);
      const publishedAtMs = (id: VideoId) => {
        const at = known.get(id)?.publishedAt;
        return at ? Date.parse(at) : null;
      };
      const tally: Tally = new Map();
      for (const entry of watched) addSignal(tally, entry, publishedAtMs(entry.videoId));
      await addRows(trx, [...tally.values()]);
      await moveCursor(trx, entries.at(-1)?.seq ?? seq, new Date(clock.now()));
      return entries.length === mostSignals;
    });

  /** Everything there is, in batches. */
  const count = async (signal?: AbortSignal): Promise<void> => {
    while (!signal?.aborted && (await countBatch()));
  };

  /** What is a month old gives its hours away; what is older than is kept goes. Again: nothing happens. */
  const tidy = async (signal?: AbortSignal): Promise<void> => {
    const dayBefore = (days: number) => new Date(clock.now() - days * dayMs).toISOString().slice(0, 10);
    while (!signal?.aborted && (await forgetHours(db, dayBefore(hourDays))));
    while (!signal?.aborted && (await dropDays(db, dayBefore(deps.keepDays()))));
  };

  // When a job is due is measured by the clock of Postgres, not by the house's.
  const again = (name: string, inMs: number) =>
    jobs.order(db, name, {}, { key: name, runAt: new Date(Date.now() + inMs) });
  jobs.define({
    name: rollUp,
    weight: 'light',
    async run(_: object, { signal }) {
      await count(signal);
      await again(rollUp, everyMs);
    },
  });
  jobs.define({
    name: compact,
    weight: 'light',
    async run(_: object, { signal }) {
      await tidy(signal);
      await again(compact, dayMs / 4);
    },
  });
  return {
    count,
    tidy,
    /** From the first signal that the log still has. */
    async rebuild(): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await holdCursor(trx);
        await dropAll(trx);
        await moveCursor(trx, 0, null);
      });
      await count();
    },
    async order() {
      for (const name of [rollUp, compact]) await jobs.order(db, name, {}, { key: name });
    },
  };
}
