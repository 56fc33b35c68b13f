import { z } from 'zod';
import { route } from './route.ts';
import { Video } from './videos.ts';

/** Why a video is in the feed, from causes stored when it was chosen; the web makes the sentence. */
export const Reason = z
  .object({
    code: z.enum([
      'topic',
      'similar',
      'creator',
      'sound',
      'followed',
      'popular',
      'fresh',
      'explore',
      'following',
    ]),
    /** The tag, handle, or caption of the cause; null where the code says all. */
    value: z.string().nullable(),
  })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof Reason>;

export const FeedItem = z
  .object({
    video: Video,
    /** Signed proof that this video was served to this viewer; signals carry it back. */
    token: z.string(),
    reason: Reason,
  })
  .meta({ id: 'FeedItem' });
export type FeedItem = z.infer<typeof FeedItem>;

export const FeedPage = z
  .object({
    items: z.array(FeedItem),
    next: z.string().nullable(),
    /** The viewer has seen everything they may see; ask again with `again=true` to watch it once more. */
    exhausted: z.boolean(),
  })
  .meta({ id: 'FeedPage' });
export type FeedPage = z.infer<typeof FeedPage>;

export const FeedQuery = z.object({
  limit: z.coerce.number().int().min(1).max(40).default(8),
  /** From the page before: what one feed session has served is never served twice in it. */
  cursor: z.string().max(400).optional(),
  again: z.stringbool().default(false),
});

export const forYou = route({
  name: 'forYou',
  method: 'get',
  path: '/api/feeds/for-you',
  access: 'viewer',
  summary: 'The next page of For You',
  query: FeedQuery,
  reply: FeedPage,
});

export const following = route({
  name: 'following',
  method: 'get',
  path: '/api/feeds/following',
  access: 'member',
  summary: 'Videos of the people I follow, newest first',
  query: FeedQuery,
  reply: FeedPage,
});

export const feedRoutes = [forYou, following] as const;
