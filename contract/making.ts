import { z } from 'zod';
import { Allowed, Area, CreditKind } from './credits.ts';
import { EditList } from './edit-list.ts';
import { SoundId, VideoId } from './ids.ts';
import { route } from './route.ts';
import { ListQuery, VideoList } from './videos.ts';

/** Making videos with others: the chain of credit, what was made, what the studio needs, who allows what. */
const byId = z.object({ id: VideoId });

/** One video of a chain. Null: gone, deleted or not for this viewer. */
export const ChainEntry = z.object({
  /** How it was made with the one before; null: it is the origin. */
  kind: CreditKind.nullable(),
  /** 0: the origin. A step from one entry to the next greater than 1 stands for videos that are left out. */
  depth: z.number().int().min(0),
  video: z
    .object({
      id: VideoId,
      url: z.string(),
      handle: z.string(),
      displayName: z.string(),
      avatarUrl: z.string().nullable(),
      caption: z.string(),
      posterUrl: z.string().nullable(),
      publishedAt: z.iso.datetime().nullable(),
    })
    .nullable(),
});
export type ChainEntry = z.infer<typeof ChainEntry>;

export const videoCredits = route({
  name: 'videoCredits',
  method: 'get',
  path: '/api/videos/{id}/credits',
  access: 'viewer',
  summary:
    'The chain of credit, oldest first: from the origin to this video. Of very long ones the origin and the latest 100',
  params: byId,
  reply: z.object({ chain: z.array(ChainEntry) }),
});

export const madeWithVideo = route({
  name: 'madeWithVideo',
  method: 'get',
  path: '/api/videos/{id}/made-with',
  access: 'viewer',
  summary: 'Public videos made with this one, newest first; `kind` for those of one kind alone',
  params: byId,
  query: ListQuery.extend({ kind: CreditKind.optional() }),
  reply: VideoList,
});

/** A file the studio can read, and whose it is. */
export const MaterialSource = z.object({
  videoId: VideoId,
  handle: z.string(),
  /** MP4 with H.264 of at most 720 lines, or the nearest there is. Ends when its audience narrows: do not keep it. */
  url: z.string(),
  posterUrl: z.string(),
  durationMs: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  hasSound: z.boolean(),
});
export type MaterialSource = z.infer<typeof MaterialSource>;

/** A cell that is taken. One whose maker deleted or closed their video is empty again, and among the free ones. */
export const FramePart = z.object({
  cell: z.number().int(),
  source: MaterialSource,
  /** Where in that video's picture its maker's own cell lies. */
  area: Area,
});
export type FramePart = z.infer<typeof FramePart>;

export const Material = z
  .object({
    kind: CreditKind,
    /** The video that the credit will name, as a file. */
    source: MaterialSource,
    /** So much of it may be shown: a stitch begins with a piece. Null: all. */
    mostMs: z.number().int().nullable(),
    /** The sound of that video when this member may use it, for `soundId` at publishing. */
    soundId: SoundId.nullable(),
    /** Of kind `template`: the list, and the video that brought it, which may be one before this in the chain. */
    template: z.object({ videoId: VideoId, handle: z.string(), list: EditList }).nullable(),
    /** Of kind `frame`: who is in it already, each first-hand, and what is free. */
    frame: z
      .object({
        cells: z.number().int(),
        free: z.array(z.number().int()),
        parts: z.array(FramePart),
      })
      .nullable(),
  })
  .meta({ id: 'Material' });
export type Material = z.infer<typeof Material>;

export const videoMaterial = route({
  name: 'videoMaterial',
  method: 'get',
  path: '/api/videos/{id}/material',
  access: 'member',
  summary: 'What is needed to make something with a video; refused when its creators do not allow that kind',
  params: byId,
  query: z.object({ kind: CreditKind }),
  reply: Material,
  errors: ['making_not_allowed', 'video_not_ready'],
});

export const getMaking = route({
  name: 'getMaking',
  method: 'get',
  path: '/api/me/making',
  access: 'member',
  summary: 'What I let others make with my videos from the start',
  reply: Allowed,
});

export const setMaking = route({
  name: 'setMaking',
  method: 'put',
  path: '/api/me/making',
  access: 'member',
  summary:
    'What others may make with my videos: with those I publish from now on, or with the earlier ones too',
  body: z.strictObject({
    allowed: Allowed,
    earlierToo: z.boolean().default(false),
  }),
  reply: Allowed,
});

export const takeBack = route({
  name: 'takeBack',
  method: 'put',
  path: '/api/videos/{id}/take-back',
  access: 'owner',
  summary:
    'Nothing new is made with the video, and what shows its picture is from now on for those alone who made it',
  params: byId,
});

export const giveBack = route({
  name: 'giveBack',
  method: 'delete',
  path: '/api/videos/{id}/take-back',
  access: 'owner',
  summary: 'Undo that: what others made is open again; what may be made from now on stands at the video',
  params: byId,
});

export const makingRoutes = [
  videoCredits,
  madeWithVideo,
  videoMaterial,
  getMaking,
  setMaking,
  takeBack,
  giveBack,
] as const;
