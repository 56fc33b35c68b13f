import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Handled } from '../../platform/http/handle.ts';
import type { Outbox } from '../../platform/outbox.ts';
import {
  addToFollowCounts,
  countFollowersSince,
  deleteFollow,
  findFollowCounts,
  findFollowed,
  findFollowsAmong,
  insertFollow,
} from './follows.store.ts';
import {
  addToLikeCounts,
  deleteLike,
  findLikeCount,
  findLikeCounts,
  findLikedAmong,
  findLikesReceived,
  insertLike,
  likesAreClosed,
  lockVideo,
} from './likes.store.ts';
import { hearSocial } from './social.events.ts';
import { socialHttp } from './social.http.ts';
import type { PersonByHandle, SeeVideo } from './social.ports.ts';
import type { SocialTables } from './social.tables.ts';

/**
 * Who follows whom, and who likes what. Knows two ids and the moment for each, and the sums kept beside them.
 * Does not know what a video shows, whether it may be seen (a port says that) or what a handle means (another port).
 */
export type Social = {
  /** Again: the same answer. The caller has made sure that the video may be seen. Throws not_found for a deleted one. */
  like(
    accountId: AccountId,
    videoId: VideoId,
    authorId: AccountId,
  ): Promise<{ liked: boolean; likes: number }>;
  unlike(accountId: AccountId, videoId: VideoId): Promise<{ liked: boolean; likes: number }>;
  /** Again: the same answer. Throws not_allowed for following oneself. */
  follow(followerId: AccountId, followedId: AccountId): Promise<{ followed: boolean; followers: number }>;
  unfollow(followerId: AccountId, followedId: AccountId): Promise<{ followed: boolean; followers: number }>;
  /** The newest 5,000 people this account follows. */
  followedBy(accountId: AccountId): Promise<AccountId[]>;
  followsAmong(accountId: AccountId, authorIds: readonly AccountId[]): Promise<Set<AccountId>>;
  likedAmong(accountId: AccountId, videoIds: readonly VideoId[]): Promise<Set<VideoId>>;
  /** Videos nobody likes are absent. */
  likeCounts(videoIds: readonly VideoId[]): Promise<Map<VideoId, number>>;
  followCounts(accountId: AccountId): Promise<{ followers: number; following: number }>;
  /** Of those who follow now, how many began since then. Reads all that follow: not for every page. */
  followersSince(accountId: AccountId, since: Date): Promise<number>;
  /** Likes on all videos of this author that still exist. */
  likesReceived(authorId: AccountId): Promise<number>;
  http: Handled[];
};

export type SocialDeps = {
  database: Database;
  outbox: Outbox;
  clock: Clock;
  seeVideo: SeeVideo;
  personByHandle: PersonByHandle;
};

/** A Following feed of more people than these is a For You. */
const mostFollowed = 5000;

export function createSocial({ database, outbox, clock, seeVideo, personByHandle }: SocialDeps): Social {
  const db = database.of<SocialTables>();
  const now = () => new Date(clock.now());
  const followers = async (id: AccountId) => (await findFollowCounts(db, id))?.followers ?? 0;

  const changeFollow = (followerId: AccountId, followedId: AccountId, following: boolean) =>
    db.transaction().execute(async (trx) => {
      const changed = following
        ? await insertFollow(trx, followerId, followedId, now())
        : await deleteFollow(trx, followerId, followedId);
      if (!changed) return;
      await addToFollowCounts(trx, followerId, followedId, following ? 1 : -1);
      await outbox.emit(trx, 'follow.changed', { followerId, followedId, following });
    });

  const verbs: Omit<Social, 'http'> = {
    async like(accountId, videoId, authorId) {
      const likes = await db.transaction().execute(async (trx) => {
        await lockVideo(trx, videoId);
        if (await likesAreClosed(trx, videoId)) throw new Refusal('not_found');
        const like = { video_id: videoId, account_id: accountId, author_id: authorId, liked_at: now() };
        if (await insertLike(trx, like)) await addToLikeCounts(trx, videoId, authorId, 1);
        return findLikeCount(trx, videoId);
      });
      return { liked: true, likes };
    },
    async unlike(accountId, videoId) {
      const likes = await db.transaction().execute(async (trx) => {
        await lockVideo(trx, videoId);
        const taken = await deleteLike(trx, videoId, accountId);
        if (taken) await addToLikeCounts(trx, videoId, taken.author_id, -1);
        return findLikeCount(trx, videoId);
      });
      return { liked: false, likes };
    },
    async follow(followerId, followedId) {
      if (followerId === followedId) throw new Refusal('not_allowed');
      await changeFollow(followerId, followedId, true);
      return { followed: true, followers: await followers(followedId) };
    },
    async unfollow(followerId, followedId) {
      await changeFollow(followerId, followedId, false);
      return { followed: false, followers: await followers(followedId) };
    },
    async followedBy(accountId) {
      const rows = await findFollowed(db, accountId, mostFollowed);
      return rows.map((row) => row.followed_id as AccountId);
    },
    async followsAmong(accountId, authorIds) {
      if (authorIds.length === 0) return new Set();
      const rows = await findFollowsAmong(database, accountId, authorIds);
      return new Set(rows.map((row) => row.followed_id as AccountId));
    },
    async likedAmong(accountId, videoIds) {
      if (videoIds.length === 0) return new Set();
      const rows = await findLikedAmong(database, accountId, videoIds);
      return new Set(rows.map((row) => row.video_id as VideoId));
    },
    async likeCounts(videoIds) {
      if (videoIds.length === 0) return new Map();
      const rows = await findLikeCounts(database, videoIds);
      return new Map(rows.map((row) => [row.video_id as VideoId, row.likes]));
    },
    async followCounts(accountId) {
      return (await findFollowCounts(db, accountId)) ?? { followers: 0, following: 0 };
    },
    followersSince: (accountId, since) => countFollowersSince(db, accountId, since),
    likesReceived: (authorId) => findLikesReceived(db, authorId),
  };

  hearSocial({ db, clock, outbox, unlike: verbs.unlike, unfollow: verbs.unfollow });
  return { ...verbs, http: socialHttp(verbs, { seeVideo, personByHandle }) };
}
