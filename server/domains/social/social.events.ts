import type { Kysely } from 'kysely';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { deleteFollowCounts, findFollowsOf } from './follows.store.ts';
import { addToReceived, closeLikes, findLikesOf, forgetReceived, lockVideo } from './likes.store.ts';
import type { SocialTables } from './social.tables.ts';
import type { Social } from './social.ts';

/** What this room does when a video or a person goes. */
export function hearSocial(deps: {
  db: Kysely<SocialTables>;
  clock: Clock;
  outbox: Outbox;
  unlike: Social['unlike'];
  unfollow: Social['unfollow'];
}): void {
  const { db, clock, outbox, unlike, unfollow } = deps;

  outbox.on('post.deleted', 'social.forget-likes', async ({ videoId }) => {
    await db.transaction().execute(async (trx) => {
      await lockVideo(trx, videoId);
      const gone = await closeLikes(trx, videoId, new Date(clock.now()));
      if (gone && gone.likes !== 0) await addToReceived(trx, gone.author_id, -gone.likes);
    });
  });

  // A piece at a time, each the usual way, so that every sum and every listener stays right.
  outbox.on('account.removed', 'social.forget-person', async ({ accountId }) => {
    for (;;) {
      const likes = await findLikesOf(db, accountId, 500);
      for (const like of likes) await unlike(accountId as AccountId, like.video_id as VideoId);
      const follows = await findFollowsOf(db, accountId, 500);
      for (const { follower_id: follower, followed_id: followed } of follows)
        await unfollow(follower as AccountId, followed as AccountId);
      if (likes.length === 0 && follows.length === 0) break;
    }
    await deleteFollowCounts(db, accountId);
    await forgetReceived(db, accountId);
  });
}
