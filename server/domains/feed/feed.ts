import type { FeedLook } from '../../../contract/desk.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Video } from '../../../contract/videos.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Executor } from '../../platform/database.ts';
import type { Caller, Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Signer } from '../../platform/random.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Comments } from '../comments/comments.ts';
import type { Media } from '../media/media.ts';
import type { Posts } from '../posts/posts.ts';
import type { Recommend } from '../recommend/recommend.ts';
import type { Signals } from '../signals/signals.ts';
import type { Social } from '../social/social.ts';
import type { Sounds } from '../sounds/sounds.ts';
import type { Taste } from '../taste/taste.ts';
import type { Visibility } from '../visibility/visibility.ts';
import { type CountedPage, readPagesById, type SignalledPage, takeUncounted } from './counting.store.ts';
import { discoveryHttp } from './discovery.http.ts';
import { feedHttp } from './feed.http.ts';
import type { FeedTables } from './feed.tables.ts';
import { createFollowing } from './following.ts';
import { createForYou } from './for-you.ts';
import { presentPosts, readVisible } from './lists.ts';
import { createLook, type LookedAt } from './look.ts';
import { makingHttp } from './making.http.ts';
import { mentionsHttp } from './mentions.http.ts';
import { definePagesJob } from './pages.jobs.ts';
import { dropViewersPages } from './pages.store.ts';
import { tasteHttp } from './taste.http.ts';

/**
 * The pages a viewer sees: For You, Following, one video, a profile, a tag, a sound. Brings the rooms below together
 * (ids → visibility → hydration → presentation) and remembers what it has served. Ranks nothing, and decides on
 * nobody's rights.
 */
export type Feed = {
  /** `languages`: what the request asks for, best first; the account's own goes before. Throws cursor_invalid. */
  forYou(caller: Caller, wish: FeedWish, languages: readonly string[]): Promise<FeedPage>;
  following(
    caller: Caller & { accountId: AccountId },
    page: { cursor?: string; limit: number },
  ): Promise<FeedPage>;
  /** Throws not_found when there is none or the caller may not see it. */
  presentOne(caller: Caller, id: VideoId): Promise<Video>;
  findOne(caller: Caller, id: VideoId): Promise<Video | null>;
  /** Only whether it may be seen, and whose it is. */
  seeVideo(caller: Caller, id: VideoId): Promise<{ authorId: AccountId } | null>;
  /** Those the caller may see, in the order of the ids. */
  present(caller: Caller, ids: readonly VideoId[]): Promise<Video[]>;
  /** Pages nobody has counted, in the caller's transaction: once it commits they are not given again. */
  takeUncounted(executor: Executor, limit: number): Promise<CountedPage[]>;
  /** Pages that were dropped since are absent. */
  pagesById(pageIds: readonly string[]): Promise<Map<string, SignalledPage>>;
  /** For an operator: one page of this viewer with scores and reasons; nothing is served, stored or counted. */
  look(asked: LookedAt): Promise<Omit<FeedLook, 'viewer'>>;
  http: Handled[];
  start(): Promise<void>;
};

export type FeedWish = {
  limit: number;
  cursor?: string;
  again: boolean;
};

export type FeedDeps = {
  database: Database;
  outbox: Outbox;
  jobs: Jobs;
  clock: Clock;
  signer: Signer;
  metrics: Metrics;
  tunables: Tunables;
  accounts: Pick<Accounts, 'people' | 'personByHandle' | 'me' | 'beginning'>;
  media: Pick<Media, 'assets'>;
  posts: Pick<
    Posts,
    'posts' | 'byAuthor' | 'byTag' | 'bySound' | 'newestBy' | 'count' | 'chain' | 'madeWith' | 'template'
  >;
  social: Pick<
    Social,
    'followedBy' | 'followsAmong' | 'likedAmong' | 'likeCounts' | 'followCounts' | 'likesReceived'
  >;
  signals: Pick<Signals, 'issue' | 'counts' | 'reset'>;
  comments: Pick<Comments, 'counts'>;
  taste: Pick<Taste, 'wishes' | 'change' | 'lean'>;
  sounds: Pick<Sounds, 'cards' | 'usable'>;
  recommend: Pick<Recommend, 'forYou' | 'related' | 'likeThese' | 'suggested' | 'rising' | 'tasteOf'>;
  visibility: Visibility;
};

export function createFeed(deps: FeedDeps): Feed {
  const { clock, jobs, metrics, outbox } = deps;
  const db = deps.database.of<FeedTables>();
  const tunables = deps.tunables.declare({
    'feed.keep-days': {
      standard: 30,
      min: 1,
      max: 400,
      unit: 'days',
      reason:
        'A session left open for a month repeats nothing, and "why this video" has an answer for as long',
    },
  });
  const pages = definePagesJob({ db, jobs, clock, keepDays: () => tunables.get('feed.keep-days') });
  outbox.on('account.removed', 'feed.forget', ({ viewerId }) => dropViewersPages(db, viewerId));

  const timed =
    <Input extends unknown[]>(name: string, make: (...input: Input) => Promise<FeedPage>) =>
    async (...input: Input) => {
      const end = metrics.feedPage.startTimer({ feed: name });
      const page = await make(...input);
      end();
      return page;
    };
  const present: Feed['present'] = async (caller, ids) =>
    presentPosts(deps, caller, await readVisible(deps, caller, ids));
  const feed = {
    forYou: timed('for-you', createForYou(deps)),
    following: timed('following', createFollowing(deps)),
    async presentOne(caller: Caller, id: VideoId) {
      const [video] = await present(caller, [id]);
      if (!video) throw new Refusal('not_found');
      return video;
    },
    findOne: async (caller: Caller, id: VideoId) => (await present(caller, [id]))[0] ?? null,
    seeVideo: async (caller: Caller, id: VideoId) => (await readVisible(deps, caller, [id]))[0] ?? null,
    present,
    takeUncounted,
    pagesById: (pageIds: readonly string[]) => readPagesById(db, pageIds),
    look: createLook(deps),
  };
  return {
    ...feed,
    http: [
      ...feedHttp(deps, feed),
      ...makingHttp(deps, feed),
      ...discoveryHttp(deps),
      ...tasteHttp(deps),
      ...mentionsHttp(deps),
    ],
    start: () => pages.order(),
  };
}
