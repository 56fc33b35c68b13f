import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Jobs } from '../../platform/jobs.ts';
import { dayOf } from './impressions.rules.ts';
import { dropPartitionsBefore, makePartitions } from './partitions.store.ts';
import type { SignalTables } from './signals.tables.ts';

const dayMs = 86_400_000;
const name = 'keep-signal-days';

/** Every six hours: tomorrow and the days after have a partition, and what is older than the operator keeps goes. */
export function definePartitionJob(deps: {
  db: Kysely<SignalTables>;
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
      await makePartitions(db, daysAhead(nowMs));
      const dropped = await dropPartitionsBefore(db, dayOf(nowMs - deps.keepDays() * dayMs));
      if (dropped.length > 0) log.info({ days: dropped }, 'old signals are gone');
      // When a job is due is measured by the clock of Postgres, not by the house's.
      await jobs.order(db, name, {}, { key: name, runAt: new Date(Date.now() + dayMs / 4) });
    },
  });
  return { order: () => jobs.order(db, name, {}, { key: name }) };
}

const daysAhead = (nowMs: number) => [0, 1, 2, 3].map((days) => dayOf(nowMs + days * dayMs));
