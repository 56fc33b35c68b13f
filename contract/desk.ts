import { z } from 'zod';
import { route } from './route.ts';

export const DemoState = z.object({
  state: z.enum(['off', 'making', 'ready', 'removing', 'removed']),
  made: z.number().int(),
  total: z.number().int(),
});
export type DemoState = z.infer<typeof DemoState>;

/** What the web must know of this server before anybody signs in. */
export const Instance = z
  .object({
    name: z.string(),
    version: z.string(),
    demo: DemoState,
    limits: z.object({
      durationMs: z.number().int(),
      uploadBytes: z.number().int(),
      captionLength: z.number().int(),
    }),
    /** Whether captions are suggested by listening; if not, why. */
    speech: z.enum(['on', 'no_model', 'model_unreadable', 'no_vulkan_loader']),
  })
  .meta({ id: 'Instance' });
export type Instance = z.infer<typeof Instance>;

export const getInstance = route({
  name: 'getInstance',
  method: 'get',
  path: '/api/instance',
  access: 'anyone',
  summary: 'Name, limits and demo progress of this server',
  reply: Instance,
});

export const Tunable = z
  .object({
    name: z.string(),
    value: z.number(),
    standard: z.number(),
    min: z.number(),
    max: z.number(),
    unit: z.string(),
    reason: z.string(),
    changedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Tunable' });
export type Tunable = z.infer<typeof Tunable>;

export const listTunables = route({
  name: 'listTunables',
  method: 'get',
  path: '/api/desk/tunables',
  access: 'operator',
  summary: 'Every number an operator may turn, with range and reason',
  reply: z.object({ tunables: z.array(Tunable) }),
});

export const setTunable = route({
  name: 'setTunable',
  method: 'put',
  path: '/api/desk/tunables/{name}',
  access: 'operator',
  summary: 'Set one tunable; takes effect within seconds; the change is kept with who and when',
  params: z.object({ name: z.string().max(80) }),
  body: z.object({ value: z.number() }).strict(),
  reply: Tunable,
  errors: ['tunable_out_of_range'],
});

export const TunableChange = z
  .object({
    at: z.iso.datetime(),
    /** The handle of who changed it; null when that account is gone. */
    by: z.string().nullable(),
    from: z.number(),
    to: z.number(),
  })
  .meta({ id: 'TunableChange' });
export type TunableChange = z.infer<typeof TunableChange>;

export const listTunableChanges = route({
  name: 'listTunableChanges',
  method: 'get',
  path: '/api/desk/tunables/{name}/changes',
  access: 'operator',
  summary: 'Who set this tunable when, and from what to what: the newest hundred changes',
  params: z.object({ name: z.string().max(80) }),
  reply: z.object({ changes: z.array(TunableChange) }),
});

export const Overview = z
  .object({
    people: z.number().int(),
    videos: z.number().int(),
    viewsToday: z.number().int(),
    jobsWaiting: z.number().int(),
    jobsFailing: z.number().int(),
    storageFreeBytes: z.number().int().nullable(),
    demo: DemoState,
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof Overview>;

export const getOverview = route({
  name: 'getOverview',
  method: 'get',
  path: '/api/desk/overview',
  access: 'operator',
  summary: 'How the server is doing',
  reply: Overview,
});

export const removeDemo = route({
  name: 'removeDemo',
  method: 'delete',
  path: '/api/desk/demo',
  access: 'operator',
  summary: 'Remove the demo community whole: its people, videos and files',
  reply: DemoState,
  status: 202,
});

/** Sums of one stretch of time. Seen: the viewer's player reported some watching; a slot nobody reached is only served. */
const HealthFigures = z.object({
  pages: z.number().int(),
  served: z.number().int(),
  seen: z.number().int(),
  watchedMs: z.number(),
  /** Mean share of the duration that was watched, capped at 1; null when nothing was seen. The other rates likewise. */
  watchValue: z.number().nullable(),
  skipRate: z.number().nullable(),
  likeRate: z.number().nullable(),
  shareRate: z.number().nullable(),
  followRate: z.number().nullable(),
  hideRate: z.number().nullable(),
  /** Share of what was seen whose creator this viewer had not seen before. */
  novelty: z.number().nullable(),
  /** Share of what was seen that came from creators who had been seen less often than `newCreatorViews`. */
  newCreators: z.number().nullable(),
  /** Share of slots that were given away to learn. */
  exploration: z.number().nullable(),
  /** About: a sketch counts them (2 % off). */
  videos: z.number().int(),
  creators: z.number().int(),
});
export type HealthFigures = z.infer<typeof HealthFigures>;

const HealthStretch = z.object({
  name: z.string(),
  total: HealthFigures,
  series: z.array(HealthFigures.extend({ at: z.iso.datetime() })),
});

export const FeedHealth = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    stepHours: z.number().int(),
    newCreatorViews: z.number().int(),
    catalogue: z.number().int(),
    /** What was counted last; null before the first. */
    measuredAt: z.iso.datetime().nullable(),
    /** For You as a whole, or each variant of the experiment asked for. */
    slices: z.array(HealthStretch),
    sources: z.array(z.object({ source: z.string(), seen: z.number().int(), watchValue: z.number() })),
    /** Ten bins of the predicted watch head, and what was watched in each. */
    calibration: z.array(z.object({ predicted: z.number(), watched: z.number(), seen: z.number().int() })),
    exploring: z.object({
      seen: z.number().int(),
      watchValue: z.number().nullable(),
      restWatchValue: z.number().nullable(),
      /** How much less of an explored video is watched: the difference times its share of what was seen. */
      cost: z.number().nullable(),
    }),
  })
  .meta({ id: 'FeedHealth' });
export type FeedHealth = z.infer<typeof FeedHealth>;

export const getFeedHealth = route({
  name: 'getFeedHealth',
  method: 'get',
  path: '/api/desk/feed-health',
  access: 'operator',
  summary: 'How For You is doing, by hour or day, whole or by the variants of an experiment',
  query: z.object({
    hours: z.coerce.number().int().min(1).max(2160).default(48),
    experiment: z.string().max(40).optional(),
  }),
  reply: FeedHealth,
});

export const FeedLook = z
  .object({
    viewer: z.object({ id: z.string(), handle: z.string().nullable(), madeUp: z.boolean() }),
    /** `experiment:variant`, as this viewer would be served. */
    variants: z.array(z.string()),
    candidates: z.array(
      z.object({
        videoId: z.string(),
        /** Null unless the video is published and for everyone. */
        caption: z.string().nullable(),
        author: z.string().nullable(),
        score: z.number(),
        heads: z.record(z.string(), z.number()),
        source: z.string(),
        causes: z.array(z.object({ key: z.string(), caption: z.string().nullable() })),
        exploration: z.boolean(),
        propensity: z.number(),
        /** Why it would not be shown; null: it would be. */
        takenOut: z.enum(['visibility', 'taste', 'not_ready']).nullable(),
      }),
    ),
    exhausted: z.boolean(),
  })
  .meta({ id: 'FeedLook' });
export type FeedLook = z.infer<typeof FeedLook>;

export const lookAtFeed = route({
  name: 'lookAtFeed',
  method: 'get',
  path: '/api/desk/feed-look',
  access: 'operator',
  summary: 'What For You would give this viewer now, with scores and reasons; nothing is stored or counted',
  query: z.object({
    /** A viewer's id or a handle; without it a made-up viewer. */
    viewer: z.string().max(80).optional(),
    /** For a made-up viewer: languages and liked topics or hashtags, separated by commas. */
    languages: z.string().max(100).optional(),
    likes: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(60).default(20),
  }),
  reply: FeedLook,
});

export const deskRoutes = [
  getInstance,
  listTunables,
  setTunable,
  listTunableChanges,
  getOverview,
  removeDemo,
  getFeedHealth,
  lookAtFeed,
] as const;
