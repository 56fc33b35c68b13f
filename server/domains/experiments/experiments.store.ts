import type { Kysely, Selectable, Transaction } from 'kysely';
import type { NewExperiment } from '../../../contract/experiments.ts';
import { sql } from '../../platform/database.ts';
import type { ExperimentTables } from './experiments.tables.ts';

export type ExperimentRow = Selectable<ExperimentTables['experiments']>;
type Db = Kysely<ExperimentTables>;

export function readAll(db: Db): Promise<ExperimentRow[]> {
  return db.selectFrom('experiments').selectAll().orderBy('created_at', 'desc').orderBy('key').execute();
}

export function readRunning(db: Db): Promise<ExperimentRow[]> {
  // In the order they were started, so that every process deals the same.
  return db
    .selectFrom('experiments')
    .selectAll()
    .where('state', '=', 'running')
    .orderBy('started_at')
    .orderBy('key')
    .execute();
}

export async function readOne(db: Db, key: string): Promise<ExperimentRow | null> {
  return (await db.selectFrom('experiments').selectAll().where('key', '=', key).executeTakeFirst()) ?? null;
}

/** False when the key is taken. */
export async function insertDraft(db: Db, plan: NewExperiment, by: string, at: Date): Promise<boolean> {
  const result = await db
    .insertInto('experiments')
    .values({
      key: plan.key,
      question: plan.question,
      state: 'draft',
      variants: JSON.stringify(plan.variants),
      created_at: at,
      created_by: by,
      started_at: null,
      started_by: null,
      stopped_at: null,
      stopped_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}

/** Nobody else changes an experiment meanwhile; reading goes on. */
export function alone<Result>(
  db: Db,
  run: (trx: Transaction<ExperimentTables>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(async (trx) => {
    await sql`lock table experiments in share row exclusive mode`.execute(trx);
    return run(trx);
  });
}

export async function setState(
  db: Db,
  key: string,
  change:
    | { state: 'running'; started_at: Date; started_by: string }
    | { state: 'stopped'; stopped_at: Date; stopped_by: string },
): Promise<void> {
  await db.updateTable('experiments').set(change).where('key', '=', key).execute();
}

export async function deleteDraft(db: Db, key: string): Promise<void> {
  await db.deleteFrom('experiments').where('key', '=', key).where('state', '=', 'draft').execute();
}
