import { z } from 'zod';
import { Person } from './accounts.ts';
import { VideoId } from './ids.ts';
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
      'again',
      'following',
      'asked',
    ]),
    /** The tag, handle, sound's title or caption of the cause; null where the code says all. `asked`: one said "more of this". */
    value: z.string().nullable(),
  })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof Reason>;

export const FeedItem = z
  .object({
    video: Video,
    /** Signed proof that this video was served to this viewer; signals carry it back. */
    token: z.string(),
    /** The first of `because`. */
    reason: Reason,
    /** All causes that were stored when the video was chosen, strongest first; at most 3. */
    because: z.array(Reason).min(1).max(3),
    /** The place was given away to learn something about the video or the viewer. */
    exploration: z.boolean(),
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

export const rising = route({
  name: 'rising',
  method: 'get',
  path: '/api/feeds/rising',
  access: 'viewer',
  summary: 'Videos that are watched more now than in the days before, most first',
  query: z.object({ limit: z.coerce.number().int().min(1).max(48).default(24) }),
  reply: z.object({ videos: z.array(Video) }),
});

export const SuggestedCreator = z.object({ person: Person, reason: Reason }).meta({
  id: 'SuggestedCreator',
  description: 'Somebody this viewer does not follow and might like, and why',
});
export type SuggestedCreator = z.infer<typeof SuggestedCreator>;

export const suggestedCreators = route({
  name: 'suggestedCreators',
  method: 'get',
  path: '/api/creators/suggested',
  access: 'viewer',
  summary: 'Creators I might like and do not follow',
  query: z.object({ limit: z.coerce.number().int().min(1).max(30).default(12) }),
  reply: z.object({ creators: z.array(SuggestedCreator) }),
});

/** A weight or cap of For You as it stands now. An experiment may give a share of the viewers another value. */
export const FeedNumber = z
  .object({
    name: z.string(),
    value: z.number(),
    standard: z.number(),
    unit: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'FeedNumber' });
export type FeedNumber = z.infer<typeof FeedNumber>;

export const feedNumbers = route({
  name: 'feedNumbers',
  method: 'get',
  path: '/api/feeds/numbers',
  access: 'anyone',
  summary: 'The weights and caps For You is chosen by here, for everybody to read',
  reply: z.object({ numbers: z.array(FeedNumber) }),
});

/** Where a viewer opened a video by themselves: its own address, or a page that lists it. */
export const OpenedFrom = z.enum(['link', 'profile', 'tag', 'sound', 'playlist', 'related', 'discover']);
export type OpenedFrom = z.infer<typeof OpenedFrom>;

export const openVideos = route({
  name: 'openVideos',
  method: 'post',
  path: '/api/impressions',
  access: 'viewer',
  summary: 'I opened these videos myself: tokens for what I do with them. Those I may not see are absent',
  body: z.object({ ids: z.array(VideoId).min(1).max(48), from: OpenedFrom }).strict(),
  reply: z.object({ opened: z.array(z.object({ id: VideoId, token: z.string() })) }),
  limit: { points: 600, seconds: 60 },
});

export const feedRoutes = [forYou, following, rising, suggestedCreators, feedNumbers, openVideos] as const;
