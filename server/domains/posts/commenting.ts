import type { AccountId } from '../../../contract/ids.ts';
import type { CommentsFrom } from '../../../contract/videos.ts';
import { type Database, sql } from '../../platform/database.ts';
import type { PostsTables } from './posts.tables.ts';

/** Who may comment on the videos of an account from the start. What stands at a video holds for it. */
export type Commenting = ReturnType<typeof createCommenting>;

export const commentColumns = (from: CommentsFrom) => ({
  comments_from: from,
  comments_allowed: from !== 'nobody',
});

export function createCommenting(database: Database) {
  const db = database.of<PostsTables>();
  return {
    async whoMay(accountId: AccountId): Promise<CommentsFrom> {
      const row = await db
        .selectFrom('commenting_defaults')
        .select('comments_from')
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return row?.comments_from ?? 'everyone';
    },
    /** `earlierToo`: on all videos there are, as well. */
    async set(accountId: AccountId, from: CommentsFrom, earlierToo: boolean): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('commenting_defaults')
          .values({ account_id: accountId, comments_from: from })
          .onConflict((on) => on.column('account_id').doUpdateSet({ comments_from: from }))
          .execute();
        if (!earlierToo) return;
        // By id, as everybody who locks several videos does.
        await sql`
          with held as (
            select id from videos where author_id = ${accountId} and deleted_at is null order by id for update
          )
          update videos v set comments_from = ${from}, comments_allowed = ${from !== 'nobody'}
          from held where v.id = held.id`.execute(trx);
      });
    },
    async forget(accountId: AccountId): Promise<void> {
      await db.deleteFrom('commenting_defaults').where('account_id', '=', accountId).execute();
    },
  };
}
