import type { Audience } from './videos.ts';

/**
 * News: facts that are past, written to the outbox in the transaction that made them true, and delivered to every
 * listener at least once. Listeners must bear hearing the same news twice.
 */
export type DomainEvents = {
  'account.created': { accountId: string; viewerId: string };
  /** A guest signed up or in for the first time: from now on the taste of `fromViewerId` belongs to `toViewerId`. */
  'viewer.joined': { fromViewerId: string; toViewerId: string };
  'account.removed': { accountId: string; viewerId: string };
  'upload.completed': { uploadId: string };
  /** Stage A is done: publishable. */
  'media.ready': { uploadId: string; assetId: string };
  'media.refused': { uploadId: string; code: string; details: Record<string, unknown> };
  /** More renditions of an asset exist. */
  'media.improved': { assetId: string };
  'post.published': PostFacts;
  'post.changed': PostFacts;
  'post.deleted': { videoId: string; authorId: string; assetId: string | null; soundId: string | null };
  /** The author wants what shows its picture out of sight, or does not any more. */
  'post.took-back': { videoId: string };
  'follow.changed': { followerId: string; followedId: string; following: boolean };
  /** Views counted for the first time in this batch, by video. */
  'views.recorded': { counts: { videoId: string; views: number }[] };
};

export type PostFacts = {
  videoId: string;
  authorId: string;
  assetId: string;
  soundId: string | null;
  ownsSound: boolean;
  soundTitle: string | null;
  tags: string[];
  topics: string[];
  language: string | null;
  audience: Audience;
  durationMs: number;
  publishedAt: string;
  demo: boolean;
};

export type DomainEventName = keyof DomainEvents;
