import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { FeedTables } from './feed.tables.ts';
import { dropPagesBefore } from './pages.store.ts';

const name = 'drop-feed-pages';
const hourMs = 3_600_000;

/** Each hour what is older than the operator keeps goes. */
export function definePagesJob(deps: {
  db: Kysely<FeedTables>;
  jobs: Jobs;
  clock: Clock;
  keepDays(): number;
}) {
  const { db, jobs, clock } = deps;
  jobs.define({
    name,
    weight: 'light',
    async run(_: object, { log }) {
      const nowMs = clock.now();
      const dropped = await dropPagesBefore(db, nowMs - deps.keepDays() * 24 * hourMs);
      if (dropped > 0) log.info({ pages: dropped }, 'old feed pages are gone');
      // When a job is due is measured by the clock of Postgres, not by the house's.
      await jobs.order(db, name, {}, { key: name, runAt: new Date(Date.now() + hourMs) });
    },
  });
  return { order: () => jobs.order(db, name, {}, { key: name }) };
}
