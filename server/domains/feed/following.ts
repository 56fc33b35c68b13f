import type { FeedPage } from '../../../contract/feeds.ts';
import type { AccountId } from '../../../contract/ids.ts';
import type { Caller } from '../../platform/http/handle.ts';
import { newId } from '../../platform/random.ts';
import type { FeedDeps } from './feed.ts';
import { hydrate, presentVideo } from './hydration.ts';
import { fillPage } from './lists.ts';

/** Following: the people one follows, newest first, those for followers among them. */
export function createFollowing(deps: FeedDeps) {
  const { posts, social, signals, clock } = deps;
  return async (
    caller: Caller & { accountId: AccountId },
    page: { cursor?: string; limit: number },
  ): Promise<FeedPage> => {
    const followed = await social.followedBy(caller.accountId);
    if (followed.length === 0) return { items: [], next: null, exhausted: true };
    const { found, next } = await fillPage(deps, caller, page, (cursor, limit) =>
      posts.newestBy(followed, { before: cursor, limit }),
    );
    const hydration = await hydrate(deps, caller, found);
    const pageId = newId(12);
    const servedAtMs = clock.now();
    const items = found.flatMap((post, position) => {
      const video = presentVideo(caller, post, hydration);
      if (!video?.media) return [];
      const token = signals.issue({
        viewerId: caller.viewerId,
        videoId: post.id,
        authorId: post.authorId,
        servedAtMs,
        pageId,
        position,
        source: 'following',
        exploration: false,
        durationMs: video.media.durationMs,
      });
      return { video, token, reason: { code: 'following' as const, value: video.author.handle } };
    });
    return { items, next, exhausted: next === null };
  };
}
