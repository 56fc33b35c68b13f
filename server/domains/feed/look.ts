import type { FeedLook } from '../../../contract/desk.ts';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Post, Posts } from '../posts/posts.ts';
import type { Ranked, Recommend } from '../recommend/recommend.ts';
import type { Social } from '../social/social.ts';
import type { Taste, Wishes } from '../taste/taste.ts';
import type { Visibility } from '../visibility/visibility.ts';
import { withOwn } from './languages.rules.ts';

/**
 * For You of one viewer as an operator sees it: what would come, with scores and reasons, and what is taken out on the
 * way. Nothing is served, stored or counted, and a caption that is not for everyone is not told.
 */
export type LookedAt = {
  viewerId: ViewerId;
  accountId: AccountId | null;
  languages: readonly string[];
  /** Topics and hashtags of a made-up viewer. */
  likes: readonly string[];
  limit: number;
};

export type LookDeps = {
  accounts: Pick<Accounts, 'me' | 'people'>;
  posts: Pick<Posts, 'posts'>;
  recommend: Pick<Recommend, 'forYou'>;
  social: Pick<Social, 'followedBy'>;
  taste: Pick<Taste, 'wishes'>;
  visibility: Visibility;
};

const nothing: Wishes['never'] = { topic: new Set(), creator: new Set(), sound: new Set() };

export function createLook(deps: LookDeps) {
  const { accounts, posts, recommend, social, taste, visibility } = deps;
  return async (asked: LookedAt): Promise<Omit<FeedLook, 'viewer'>> => {
    const { viewerId, accountId, limit } = asked;
    const [said, follows, language] = await Promise.all([
      taste.wishes(viewerId),
      accountId ? social.followedBy(accountId) : [],
      accountId ? accounts.me(accountId).then((me) => me.language) : null,
    ]);
    const wishes = {
      ...said,
      leanings: [...said.leanings, ...asked.likes.map((key) => ({ kind: 'topic' as const, key, level: 2 }))],
    };
    const wish = {
      ...{ viewerId, accountId, limit, follows, again: false, seed: 1 },
      languages: withOwn(asked.languages, language),
    };
    const { ranked, exhausted, variants } = await recommend.forYou({ ...wish, wishes });
    // Once more as if nothing had been asked never to come: what is new in it, the taste takes out.
    const open = await recommend.forYou({ ...wish, wishes: { ...wishes, never: nothing } });
    const inPage = new Set(ranked.map((one) => one.videoId));
    const all = [...ranked, ...open.ranked.filter((one) => !inPage.has(one.videoId))];
    const causes = all.flatMap((one) => one.causes.filter((cause) => !cause.includes(':')));
    const known = await posts.posts([
      ...new Set([...all.map((one) => one.videoId), ...(causes as VideoId[])]),
    ]);
    const seen = await visibility.mayBeSeen({ accountId }, [...known.values()]);
    const people = await accounts.people([...new Set([...known.values()].map((post) => post.authorId))]);

    const takenOut = (post: Post | undefined): FeedLook['candidates'][number]['takenOut'] => {
      if (!post || !seen.has(post.id)) return 'visibility';
      if (wishes.never.creator.has(post.authorId) || wishes.hides(post)) return 'taste';
      return post.assetId === null ? 'not_ready' : null;
    };
    const shown = (post: Post | undefined) => (post && isForEverybody(post) ? post : null);
    const present = (one: Ranked) => {
      const post = known.get(one.videoId);
      return {
        videoId: one.videoId,
        caption: shown(post)?.caption ?? null,
        author: (post && people.get(post.authorId)?.handle) ?? null,
        score: one.score,
        heads: { ...one.heads },
        source: one.source,
        causes: one.causes.map((key) => ({
          key,
          caption: shown(known.get(key as VideoId))?.caption ?? null,
        })),
        exploration: one.exploration,
        propensity: one.propensity,
        takenOut: takenOut(post),
      };
    };
    const candidates = all
      .map(present)
      // What would have come anyway, were there room, is no answer to what the taste takes out.
      .filter((one) => inPage.has(one.videoId as VideoId) || one.takenOut === 'taste');
    return { variants: variants ?? [], candidates, exhausted };
  };
}

const isForEverybody = (post: Post) => post.status === 'published' && post.audience === 'everyone';
