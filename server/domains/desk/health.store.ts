import type { Kysely, Transaction } from 'kysely';
import { sql } from '../../platform/database.ts';
import { addTo, emptySketch, mergeInto } from '../../platform/sketch.ts';
import { readMet, writeMet } from './creators.rules.ts';
import type { DeskTables } from './desk.tables.ts';
import { addSums, type SliceTally, type Sums, type ViewerTally, viewerSums } from './tally.rules.ts';

type Db = Kysely<DeskTables>;
export type Trx = Transaction<DeskTables>;

/** Where counting stands. Held until the transaction ends: nobody else counts meanwhile. */
export async function holdCursor(trx: Trx): Promise<number> {
  const row = await trx.selectFrom('health_cursor').select('seq').forUpdate().executeTakeFirstOrThrow();
  return row.seq;
}

export async function moveCursor(trx: Trx, seq: number, at: Date): Promise<void> {
  await trx.updateTable('health_cursor').set({ seq, counted_at: at }).execute();
}

export async function countedAt(db: Db): Promise<Date | null> {
  return (await db.selectFrom('health_cursor').select('counted_at').executeTakeFirst())?.counted_at ?? null;
}

export async function addSlices(trx: Trx, tallies: Iterable<SliceTally>): Promise<void> {
  for (const tally of tallies) {
    const hour = new Date(tally.hourMs);
    const known = await trx
      .selectFrom('health_hours')
      .select(['sums', 'videos', 'creators'])
      .where('slice', '=', tally.slice)
      .where('hour', '=', hour)
      .executeTakeFirst();
    const sketchOf = (bytes: Buffer | undefined, ids: Iterable<string>) => {
      const sketch = emptySketch();
      if (bytes) mergeInto(sketch, bytes);
      addTo(sketch, ids);
      return sketch;
    };
    const row = {
      sums: JSON.stringify(addSums({ ...known?.sums }, tally.sums)),
      videos: sketchOf(known?.videos, tally.videos),
      creators: sketchOf(known?.creators, tally.creators),
    };
    await trx
      .insertInto('health_hours')
      .values({ slice: tally.slice, hour, ...row })
      .onConflict((conflict) => conflict.columns(['slice', 'hour']).doUpdateSet(row))
      .execute();
  }
}

export async function addViewers(trx: Trx, tallies: readonly ViewerTally[]): Promise<void> {
  if (tallies.length === 0) return;
  const names = sql.raw(viewerSums.join(', '));
  const sums = sql.raw(viewerSums.map((name) => `${name} = e.${name} + excluded.${name}`).join(', '));
  const columns = viewerSums.map(
    (name) =>
      sql`${tallies.map((one) => one.sums[name])}::${sql.raw(name === 'value' ? 'float8' : 'int8')}[]`,
  );
  await sql`
    insert into experiment_viewers as e (experiment, variant, viewer_id, ${names})
    select * from unnest(${tallies.map((one) => one.experiment)}::text[], ${tallies.map((one) => one.variant)}::text[],
                         ${tallies.map((one) => one.viewerId)}::text[], ${sql.join(columns)})
    on conflict (experiment, variant, viewer_id) do update set ${sums}`.execute(trx);
}

/** How often each of these creators was watched; those never watched are absent. */
export async function readCreatorViews(trx: Trx, authorIds: readonly string[]): Promise<Map<string, number>> {
  if (authorIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('health_creators')
    .selectAll()
    .where('author_id', '=', sql<string>`any(${[...authorIds]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.author_id, row.views]));
}

export async function writeCreatorViews(trx: Trx, views: ReadonlyMap<string, number>): Promise<void> {
  if (views.size === 0) return;
  await sql`
    insert into health_creators (author_id, views)
    select * from unnest(${[...views.keys()]}::text[], ${[...views.values()]}::int8[])
    on conflict (author_id) do update set views = excluded.views`.execute(trx);
}

export async function readViewers(trx: Trx, viewerIds: readonly string[]): Promise<Map<string, Set<number>>> {
  if (viewerIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('health_viewers')
    .selectAll()
    .where('viewer_id', '=', sql<string>`any(${[...viewerIds]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.viewer_id, readMet(row.creators)]));
}

export async function writeViewers(trx: Trx, met: ReadonlyMap<string, ReadonlySet<number>>): Promise<void> {
  if (met.size === 0) return;
  await sql`
    insert into health_viewers (viewer_id, creators)
    select * from unnest(${[...met.keys()]}::text[], ${[...met.values()].map(writeMet)}::bytea[])
    on conflict (viewer_id) do update set creators = excluded.creators`.execute(trx);
}

/** What is kept of single viewers goes with them; sums of an hour name nobody and stay. */
export async function forgetViewers(trx: Trx, viewerIds: readonly string[], whole: boolean): Promise<void> {
  if (viewerIds.length === 0) return;
  const are = sql<string>`any(${[...viewerIds]}::text[])`;
  await trx.deleteFrom('health_viewers').where('viewer_id', '=', are).execute();
  if (whole) await trx.deleteFrom('experiment_viewers').where('viewer_id', '=', are).execute();
}

export async function dropHoursBefore(db: Db, at: Date): Promise<void> {
  await db.deleteFrom('health_hours').where('hour', '<', at).execute();
}

export type HourRow = { hourMs: number; slice: string; sums: Sums; videos: Buffer; creators: Buffer };

/** `slices` null: For You as a whole. In order of time. */
export async function readHours(
  db: Db,
  fromMs: number,
  toMs: number,
  slices: readonly string[],
): Promise<HourRow[]> {
  const rows = await db
    .selectFrom('health_hours')
    .selectAll()
    .where('slice', '=', sql<string>`any(${[...slices]}::text[])`)
    .where('hour', '>=', new Date(fromMs))
    .where('hour', '<', new Date(toMs))
    .orderBy('hour')
    .execute();
  return rows.map(({ hour, ...row }) => ({ hourMs: hour.getTime(), ...row }));
}
