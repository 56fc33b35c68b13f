import type { Kysely } from 'kysely';
import type { FeedHealth } from '../../../contract/desk.ts';
import type { DeskTables } from './desk.tables.ts';
import {
  calibrationOf,
  exploringOf,
  figuresOf,
  seriesOf,
  sourcesOf,
  stepOf,
  totalOf,
} from './figures.rules.ts';
import { countedAt, readHours } from './health.store.ts';

const hourMs = 3_600_000;

/** `slices`: '' is For You as a whole; else `experiment:variant`. Reads sums of hours, never the log. */
export async function healthOf(
  db: Kysely<DeskTables>,
  wish: { hours: number; nowMs: number; slices: readonly string[] },
): Promise<Omit<FeedHealth, 'newCreatorViews' | 'catalogue'>> {
  const stepHours = stepOf(wish.hours);
  const stepMs = stepHours * hourMs;
  // Whole steps, the last of them with this hour in it.
  const toMs = (Math.floor(wish.nowMs / stepMs) + 1) * stepMs;
  const fromMs = toMs - Math.ceil(wish.hours / stepHours) * stepMs;
  const [rows, measured] = await Promise.all([readHours(db, fromMs, toMs, wish.slices), countedAt(db)]);
  const sums = totalOf(rows);
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    stepHours,
    measuredAt: measured?.toISOString() ?? null,
    slices: wish.slices.map((name) => {
      const own = rows.filter((row) => row.slice === name);
      return { name, total: figuresOf(own), series: seriesOf(own, fromMs, toMs, stepHours) };
    }),
    sources: sourcesOf(sums),
    calibration: calibrationOf(sums),
    exploring: exploringOf(sums),
  };
}
