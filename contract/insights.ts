import { z } from 'zod';
import { VideoId } from './ids.ts';
import { route } from './route.ts';
import { VideoStatus } from './videos.ts';

const count = z.number().int().min(0);
/** Of 0 to 1; null while nothing was played. */
const rate = z.number().min(0).max(1).nullable();

/** Sums over some days, and what follows from them. The author's own watching is in none of them. */
export const InsightFigures = z
  .object({
    /** Times it was started, also when it was left at once. */
    plays: count,
    /** Two seconds, or half of a clip shorter than four; one for each viewer and day. */
    views: count,
    viewers: count.meta({ description: 'Different people among the views; 2.3 % off when they are many' }),
    watchedMs: count,
    averageWatchMs: z.number().min(0).nullable(),
    medianWatchMs: z.number().min(0).nullable().meta({ description: 'From a histogram; at most 2.5 % off' }),
    finishRate: rate,
    replayRate: rate,
    skipRate: rate,
    likes: z.number().int(),
    shares: count,
    follows: count,
    hides: count,
  })
  .meta({ id: 'InsightFigures' });
export type InsightFigures = z.infer<typeof InsightFigures>;

/** A part of the whole. `other` holds what is too small to be told. */
export const InsightShare = z.object({ name: z.string(), share: z.number().min(0).max(1) }).meta({
  id: 'InsightShare',
});
export type InsightShare = z.infer<typeof InsightShare>;

/** Rounded to twentieths, and nothing of which fewer than five people are part. Empty: too few to tell. */
const crowd = z.array(InsightShare);

export const InsightDay = z
  .object({ day: z.iso.date(), plays: count, views: count, viewers: count, watchedMs: count })
  .meta({ id: 'InsightDay' });
export type InsightDay = z.infer<typeof InsightDay>;

const shared = {
  from: z.iso.date(),
  to: z.iso.date(),
  countedAt: z.iso.datetime().nullable().meta({ description: 'How far the log is counted; null: not yet' }),
  total: InsightFigures,
  series: z.array(InsightDay),
  /** By 24 hours of UTC, of the days not older than a month. */
  hours: z.array(count).length(24),
  sources: z.array(InsightShare),
  languages: crowd,
  regions: crowd.meta({ description: 'What viewers set in their browsers, not where they are' }),
};

export const Insights = z
  .object({
    ...shared,
    /** As many days before these. */
    before: InsightFigures,
    followers: z.object({
      now: count,
      gained: z.number().int(),
      series: z.array(z.object({ day: z.iso.date(), gained: z.number().int() })),
    }),
    /** Most watched in these days. */
    videos: z.array(
      z.object({
        id: VideoId,
        url: z.string(),
        caption: z.string(),
        posterUrl: z.string().nullable(),
        views: count,
      }),
    ),
  })
  .meta({ id: 'Insights' });
export type Insights = z.infer<typeof Insights>;

/** One figure of this video beside the middle of one's own other videos. */
const compared = z.object({ own: z.number().nullable(), usual: z.number().nullable() });

export const VideoInsights = z
  .object({
    ...shared,
    video: z.object({
      id: VideoId,
      url: z.string(),
      caption: z.string(),
      posterUrl: z.string().nullable(),
      durationMs: count,
      status: VideoStatus,
      publishedAt: z.iso.datetime().nullable(),
    }),
    /** Since it was published. */
    life: InsightFigures,
    /** The share of those who did not jump about that was still watching when each step began. Empty: nobody yet. */
    retention: z.object({
      stepMs: count,
      plays: count,
      shares: z.array(z.number().min(0).max(1)),
    }),
    /** Null while there are fewer than three others of that age. */
    usual: z
      .object({
        ageHours: count,
        videos: count,
        views: compared,
        averageShare: compared,
        finishRate: compared,
        followsPerView: compared,
      })
      .nullable(),
  })
  .meta({ id: 'VideoInsights' });
export type VideoInsights = z.infer<typeof VideoInsights>;

export const InsightQuery = z.object({
  days: z.enum(['7', '28', '90']).default('28').transform(Number),
});
const byId = z.object({ id: VideoId });

export const getInsights = route({
  name: 'getInsights',
  method: 'get',
  path: '/api/me/insights',
  access: 'member',
  summary: 'How my videos are watched, all together, over the last 7, 28 or 90 days',
  query: InsightQuery,
  reply: Insights,
});

export const getVideoInsights = route({
  name: 'getVideoInsights',
  method: 'get',
  path: '/api/videos/{id}/insights',
  access: 'owner',
  summary: 'How one of my videos is watched: second by second, by whom, and beside my usual',
  params: byId,
  query: InsightQuery,
  reply: VideoInsights,
});

export const exportInsights = route({
  name: 'exportInsights',
  method: 'get',
  path: '/api/me/insights.csv',
  access: 'member',
  summary: 'The days of all my videos as a table (CSV, RFC 4180, UTF-8)',
  query: InsightQuery,
  raw: 'bytes',
});

export const exportVideoInsights = route({
  name: 'exportVideoInsights',
  method: 'get',
  path: '/api/videos/{id}/insights.csv',
  access: 'owner',
  summary: 'The days of one of my videos as a table (CSV, RFC 4180, UTF-8)',
  params: byId,
  query: InsightQuery,
  raw: 'bytes',
});

export const insightRoutes = [getInsights, getVideoInsights, exportInsights, exportVideoInsights] as const;
