import type { Kysely } from 'kysely';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { type CommentRow, close, findOf, forget, lockVideo } from './comments.store.ts';
import type { CommentTables } from './comments.tables.ts';

/** What this room does when a video or a person goes. */
export function hearComments(deps: {
  db: Kysely<CommentTables>;
  outbox: Outbox;
  now(): Date;
  takeAway(row: CommentRow): Promise<unknown>;
}): void {
  const { db, outbox, now, takeAway } = deps;
  outbox.on('post.deleted', 'comments.forget-video', ({ videoId }) =>
    db.transaction().execute(async (trx) => {
      await lockVideo(trx, videoId as VideoId);
      await close(trx, videoId as VideoId, now());
    }),
  );
  // A piece at a time, each the usual way, so that every sum stays right; then the tombstones.
  outbox.on('account.removed', 'comments.forget-person', async ({ accountId }) => {
    for (;;) {
      const rows = await findOf(db, accountId as AccountId, 200);
      if (rows.length === 0) return;
      for (const row of rows) await takeAway(row);
      await forget(
        db,
        rows.map((row) => row.id),
      );
    }
  });
}
