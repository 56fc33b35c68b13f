import { type Kysely, sql } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { SoundsTables } from './sounds.tables.ts';

const name = 'trend-sounds';
const everyMs = 600_000;
const dayMs = 86_400_000;
/** What somebody did two weeks ago is no trend; each day weighs 0.8 of the one after it. */
const days = 14;
const fading = 0.8;

/** Every ten minutes: how many people have lately begun to use each sound. Reads days, not uses. */
export function defineTrendJob({ db, jobs, clock }: { db: Kysely<SoundsTables>; jobs: Jobs; clock: Clock }) {
  jobs.define({
    name,
    weight: 'light',
    async run() {
      await weighTrends(db, clock.now());
      // When a job is due is measured by the clock of Postgres, not by the house's.
      await jobs.order(db, name, {}, { key: name, runAt: new Date(Date.now() + everyMs) });
    },
  });
  return { order: () => jobs.order(db, name, {}, { key: name, priority: 5 }) };
}

export const dayOf = (nowMs: number) => new Date(nowMs).toISOString().slice(0, 10);

async function weighTrends(db: Kysely<SoundsTables>, nowMs: number): Promise<void> {
  await db
    .deleteFrom('sound_days')
    .where('day', '<=', dayOf(nowMs - days * dayMs))
    .execute();
  await sql`
    with weighed as (
      select sound_id, sum(people * power(${fading}, greatest(0, ${dayOf(nowMs)}::date - day))) as trend
      from sound_days group by sound_id
    ), known as (
      select coalesce(w.sound_id, s.id) as id, coalesce(w.trend, 0) as trend
      from weighed w full join (select id from sounds where trend > 0) s on s.id = w.sound_id
    )
    update sounds set trend = known.trend from known where sounds.id = known.id and sounds.trend <> known.trend`.execute(
    db,
  );
}
