import type { FeedPage } from '../../../contract/feeds.ts';
import type { AccountId } from '../../../contract/ids.ts';
import type { Caller } from '../../platform/http/handle.ts';
import { newId } from '../../platform/random.ts';
import type { FeedDeps } from './feed.ts';
import { hydrate, presentVideo } from './hydration.ts';
import { fillPage } from './lists.ts';

/**
 * Following: the people one follows, newest first, those for followers among them. What one muted, and topics and sounds
 * one never wants, are left out; whom one follows is one's own word, so nobody is.
 */
export function createFollowing(deps: FeedDeps) {
  const { posts, social, signals, taste, clock } = deps;
  return async (
    caller: Caller & { accountId: AccountId },
    page: { cursor?: string; limit: number },
  ): Promise<FeedPage> => {
    const [followed, wishes] = await Promise.all([
      social.followedBy(caller.accountId),
      taste.wishes(caller.viewerId),
    ]);
    if (followed.length === 0) return { items: [], next: null, exhausted: true };
    const { found, next } = await fillPage(
      deps,
      caller,
      page,
      (cursor, limit) => posts.newestBy(followed, { before: cursor, limit }),
      wishes.hidesSomething ? wishes.hides : null,
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
      const reason = { code: 'following' as const, value: video.author.handle };
      return { video, token, reason, because: [reason], exploration: false };
    });
    return { items, next, exhausted: next === null };
  };
}
