import type { Kysely, Transaction } from 'kysely';
import type { AccountId, DraftId, UploadId } from '../../../contract/ids.ts';
import { type Database, type Executor, sql } from '../../platform/database.ts';
import type { RenderingRow, RenderingTables } from './renderings.tables.ts';

export type RenderingsStore = ReturnType<typeof renderingsStore>;
type Db = Kysely<RenderingTables>;
/** One order: a later one of the same draft has another upload. */
export type Order = { accountId: AccountId; draftId: DraftId; uploadId: UploadId };

export const topicOf = ({ accountId, draftId }: Omit<Order, 'uploadId'>) =>
  `rendering:${accountId}:${draftId}`;

const underWay = ['waiting', 'making'] as const;

export function renderingsStore(database: Database) {
  const db = database.of<RenderingTables>();
  const ofOrder = (from: Db, { accountId, draftId, uploadId }: Order) =>
    from
      .updateTable('renderings')
      .where('account_id', '=', accountId)
      .where('draft_id', '=', draftId)
      .where('upload_id', '=', uploadId)
      .where('state', 'in', underWay);
  return {
    db,
    transaction: <T>(work: (trx: Transaction<RenderingTables>) => Promise<T>) =>
      db.transaction().execute(work),
    /** Orders are counted one after the other. */
    alone: (trx: Executor) => sql`select pg_advisory_xact_lock(4711061)`.execute(trx),
    one: (accountId: AccountId, draftId: DraftId, from: Db = db) =>
      from
        .selectFrom('renderings')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('draft_id', '=', draftId)
        .executeTakeFirst(),
    of: (accountId: AccountId, limit: number) =>
      db
        .selectFrom('renderings')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('changed_at', 'desc')
        .limit(limit)
        .execute(),
    async countUnderWay(trx: Db, accountId: AccountId, butOf: DraftId) {
      const row = await trx
        .selectFrom('renderings')
        .select((e) => [
          e.fn.countAll<number>().as('all'),
          e.fn.countAll<number>().filterWhere('account_id', '=', accountId).as('mine'),
        ])
        .where('state', 'in', underWay)
        .where((e) => e.not(e.and([e('account_id', '=', accountId), e('draft_id', '=', butOf)])))
        .executeTakeFirstOrThrow();
      return { all: Number(row.all), mine: Number(row.mine) };
    },
    /** How many of those under way were wished for before each of these times. */
    async ahead(times: readonly Date[]): Promise<number[]> {
      if (times.length === 0) return [];
      const rows = await db
        .selectFrom('renderings')
        .select('wished_at')
        .where('state', 'in', underWay)
        .where('wished_at', '<', new Date(Math.max(...times.map((time) => time.getTime()))))
        .limit(1000)
        .execute();
      return times.map((time) => rows.filter((row) => row.wished_at < time).length);
    },
    async put(trx: Db, row: RenderingRow): Promise<void> {
      await trx
        .insertInto('renderings')
        .values(row)
        .onConflict((c) => c.columns(['account_id', 'draft_id']).doUpdateSet(row))
        .execute();
    },
    async takeUp(order: Order, at: Date): Promise<RenderingRow | null> {
      const row = await ofOrder(db, order)
        .set({ state: 'making', progress: 0, changed_at: at })
        .returningAll()
        .executeTakeFirst();
      return row ?? null;
    },
    /** False: it is not wanted any more. */
    async note(order: Order, progress: number, at: Date): Promise<boolean> {
      const row = await ofOrder(db, order)
        .set({ progress, changed_at: at })
        .returning('upload_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async end(
      from: Db,
      order: Order,
      how: Pick<RenderingRow, 'state' | 'fault'>,
      at: Date,
    ): Promise<boolean> {
      const row = await ofOrder(from, order)
        .set({ ...how, progress: how.state === 'ready' ? 1 : 0, changed_at: at })
        .returning('upload_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async remove(accountId: AccountId, draftId: DraftId): Promise<void> {
      await db
        .deleteFrom('renderings')
        .where('account_id', '=', accountId)
        .where('draft_id', '=', draftId)
        .execute();
    },
    async forgetAccount(accountId: AccountId): Promise<void> {
      await db.deleteFrom('renderings').where('account_id', '=', accountId).execute();
    },
    /** What ended long ago; a few at a time. */
    async forget(before: Date): Promise<void> {
      await sql`delete from renderings where (account_id, draft_id) in
        (select account_id, draft_id from renderings where changed_at < ${before} and state in ('ready', 'failed')
         order by changed_at limit 100)`.execute(db);
    },
  };
}
