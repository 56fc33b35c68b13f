import type { AssetId, SoundId } from '../../../contract/ids.ts';
import { type Database, type Executor, sql } from '../../platform/database.ts';
import type { SoundsTables } from './sounds.tables.ts';

/** The SQL of uploads that were asked about before they are videos. */
export function uploadsStore(database: Database) {
  const db = database.of<SoundsTables>();
  return {
    one: (id: AssetId) =>
      db.selectFrom('heard_uploads').selectAll().where('asset_id', '=', id).executeTakeFirst(),
    /** Orders it in the same transaction; again: nothing. */
    async want(id: AssetId, at: Date, order: (trx: Executor) => Promise<void>): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const row = await trx
          .insertInto('heard_uploads')
          .values({ asset_id: id, known: null, done: false, changed_at: at })
          .onConflict((c) => c.doNothing())
          .returning('asset_id')
          .executeTakeFirst();
        if (row) await order(trx);
      });
    },
    async finish(id: AssetId, known: SoundId | null, at: Date): Promise<void> {
      await db
        .updateTable('heard_uploads')
        .set({ known, done: true, changed_at: at })
        .where('asset_id', '=', id)
        .execute();
    },
    /** Long since published or thrown away; a few at a time. */
    async forget(before: Date): Promise<void> {
      await sql`delete from heard_uploads where asset_id in
        (select asset_id from heard_uploads where changed_at < ${before} order by changed_at limit 100)`.execute(
        db,
      );
    },
  };
}
