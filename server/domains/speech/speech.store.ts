import type { Transaction } from 'kysely';
import type { AssetId, UploadId } from '../../../contract/ids.ts';
import type { HeardSpeech } from '../../../contract/speech.ts';
import type { Cue } from '../../../contract/videos.ts';
import { type Database, sql } from '../../platform/database.ts';
import type { SpeechRow, SpeechTables } from './speech.tables.ts';

export type SpeechStore = ReturnType<typeof speechStore>;
type Trx = Transaction<SpeechTables>;

export const topicOf = (id: UploadId) => `speech:${id}`;

export function speechStore(database: Database) {
  const db = database.of<SpeechTables>();
  const set = async (id: AssetId, part: Partial<Pick<SpeechRow, 'state' | 'progress'>>, at: Date) => {
    await db
      .updateTable('heard_speech')
      .set({ ...part, changed_at: at })
      .where('asset_id', '=', id)
      .where('state', '<>', 'done')
      .execute();
  };
  return {
    transaction: <T>(work: (trx: Trx) => Promise<T>) => db.transaction().execute(work),
    one: (id: AssetId) =>
      db.selectFrom('heard_speech').selectAll().where('asset_id', '=', id).executeTakeFirst(),
    /** False when it is under way or done. */
    async want(trx: Trx, id: AssetId, uploadId: UploadId, at: Date): Promise<boolean> {
      const row = await trx
        .insertInto('heard_speech')
        .values({
          asset_id: id,
          upload_id: uploadId,
          state: 'waiting',
          progress: 0,
          cues: null,
          changed_at: at,
        })
        .onConflict((conflict) =>
          conflict
            .column('asset_id')
            .doUpdateSet({ state: 'waiting', progress: 0, changed_at: at })
            .where('heard_speech.state', '=', 'failed'),
        )
        .returning('asset_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    set,
    async finish(id: AssetId, cues: readonly Cue[], at: Date): Promise<void> {
      await db
        .updateTable('heard_speech')
        .set({ state: 'done', progress: 1, cues: JSON.stringify(cues), changed_at: at })
        .where('asset_id', '=', id)
        .execute();
    },
    /** Suggestions that nobody took up in a month; a few at a time. */
    async forget(before: Date): Promise<void> {
      await sql`delete from heard_speech where asset_id in
        (select asset_id from heard_speech where changed_at < ${before} order by changed_at limit 100)`.execute(
        db,
      );
    },
  };
}

export function presentHeard(row: SpeechRow | undefined): HeardSpeech {
  if (!row) return { state: 'none', progress: 0, cues: null };
  return { state: row.state, progress: row.progress, cues: row.cues };
}
