import type { Transaction } from 'kysely';
import type { VideoId } from '../../../contract/ids.ts';
import type { Cue } from '../../../contract/videos.ts';
import type { Database } from '../../platform/database.ts';
import type { PostsTables } from './posts.tables.ts';

type Trx = Transaction<PostsTables>;

/** The tracks beside a video's own one. Which there are stands in the video's row, so that lists need no second look. */
export function captionsStore(database: Database) {
  const db = database.of<PostsTables>();
  const one = (from: Trx | typeof db, id: VideoId, language: string) =>
    from
      .selectFrom('video_captions')
      .select('cues')
      .where('video_id', '=', id)
      .where('language', '=', language)
      .executeTakeFirst();
  return {
    one: async (id: VideoId, language: string, trx?: Trx): Promise<Cue[] | null> =>
      (await one(trx ?? db, id, language))?.cues ?? null,
    async put(trx: Trx, id: VideoId, language: string, cues: readonly Cue[], at: Date): Promise<void> {
      const row = { cues: JSON.stringify(cues), changed_at: at };
      await trx
        .insertInto('video_captions')
        .values({ video_id: id, language, ...row })
        .onConflict((conflict) => conflict.columns(['video_id', 'language']).doUpdateSet(row))
        .execute();
    },
    async remove(trx: Trx, id: VideoId, language: string): Promise<void> {
      await trx
        .deleteFrom('video_captions')
        .where('video_id', '=', id)
        .where('language', '=', language)
        .execute();
    },
    async removeAll(trx: Trx, id: VideoId): Promise<void> {
      await trx.deleteFrom('video_captions').where('video_id', '=', id).execute();
    },
  };
}
