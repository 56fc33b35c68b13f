import { z } from 'zod';
import { Person } from './accounts.ts';
import { Allowed, Credit, Frame, Making, NewCredit, Permissions } from './credits.ts';
import { SoundId, UploadId, VideoId } from './ids.ts';
import { route } from './route.ts';
import { SoundCard } from './sounds.ts';
import { topics } from './topics.ts';

export const Audience = z.enum(['everyone', 'followers', 'me']);
export type Audience = z.infer<typeof Audience>;

/**
 * draft: its author keeps it back · scheduled: it waits for its time · processing: it goes out when its media is ready
 * published: it can be watched · refused: the media cannot be published. Others see only what is published.
 */
export const VideoStatus = z.enum(['draft', 'scheduled', 'processing', 'published', 'refused']);
export type VideoStatus = z.infer<typeof VideoStatus>;

/** Who may write comments under a video; its creator always may. */
export const CommentsFrom = z.enum(['everyone', 'followers', 'nobody']);
export type CommentsFrom = z.infer<typeof CommentsFrom>;

export const Disclosure = z.object({ advertising: z.boolean(), aiMade: z.boolean() });

/** A hashtag or mention inside a caption; start and end are UTF-16 offsets, end exclusive. */
export const CaptionEntity = z.object({
  kind: z.enum(['hashtag', 'mention']),
  start: z.number().int(),
  end: z.number().int(),
  /** The canonical tag without #, or the handle without @. */
  value: z.string(),
});
export type CaptionEntity = z.infer<typeof CaptionEntity>;

/** One line of the caption track: what is said, from when to when. */
export const Cue = z.object({
  startMs: z.number().int().min(0),
  endMs: z.number().int().min(1),
  text: z.string().min(1).max(500),
});
export type Cue = z.infer<typeof Cue>;

export const Rendition = z
  .object({
    rung: z.number().int().meta({ description: 'Short side in pixels the rung is named by: 540, 720, 1080' }),
    codec: z.enum(['h264', 'av1']),
    width: z.number().int(),
    height: z.number().int(),
    bytes: z.number().int(),
    url: z.string(),
  })
  .meta({ id: 'Rendition' });
export type Rendition = z.infer<typeof Rendition>;

export const Media = z
  .object({
    durationMs: z.number().int(),
    width: z.number().int(),
    height: z.number().int(),
    hasSound: z.boolean(),
    posterUrl: z.string(),
    /** A JPEG for link previews elsewhere. */
    previewUrl: z.string(),
    thumbhash: z.string().nullable(),
    renditions: z.array(Rendition),
    hlsUrl: z.string().nullable(),
  })
  .meta({ id: 'Media' });
export type Media = z.infer<typeof Media>;

export const Video = z
  .object({
    id: VideoId,
    url: z.string().meta({ description: 'Path of the public page' }),
    status: VideoStatus,
    refusal: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
    author: Person.extend({ followed: z.boolean() }),
    caption: z.string(),
    entities: z.array(CaptionEntity),
    language: z.string().nullable(),
    topics: z.array(z.string()),
    audience: Audience,
    commentsFrom: CommentsFrom,
    disclosure: Disclosure,
    demo: z.boolean(),
    cues: z.array(Cue).nullable(),
    captionLanguages: z.array(z.string()).meta({
      description:
        'In which languages there are captions; the first is that of `cues`, `und` when nobody knows',
    }),
    sound: SoundCard.nullable(),
    media: Media.nullable(),
    counts: z.object({
      views: z.number().int(),
      likes: z.number().int(),
      shares: z.number().int(),
      comments: z.number().int(),
      madeWith: z.number().int().meta({ description: 'Public videos made with this one' }),
    }),
    permissions: Permissions,
    credit: Credit.nullable(),
    frame: Frame.nullable(),
    making: Making.nullable(),
    liked: z.boolean(),
    mine: z.boolean(),
    edited: z.boolean(),
    createdAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().nullable(),
    publishAt: z.iso.datetime().nullable().meta({ description: 'When it goes out, while it is scheduled' }),
  })
  .meta({ id: 'Video' });
export type Video = z.infer<typeof Video>;

const byId = z.object({ id: VideoId });
const topic = z.enum(topics);

export const NewVideo = z
  .object({
    uploadId: UploadId,
    // 2,200 characters as people count them; the room counts, here only what no caption can need is cut off.
    caption: z.string().max(8800),
    topics: z.array(topic).max(5).default([]),
    audience: Audience.default('everyone'),
    commentsFrom: CommentsFrom.nullable()
      .default(null)
      .meta({ description: 'Who may comment; null: as the account says' }),
    disclosure: Disclosure.default({ advertising: false, aiMade: false }),
    /** Language of the caption when the author knows better than the detection. */
    language: z
      .string()
      .regex(/^[a-z]{2,3}$/)
      .nullable()
      .default(null),
    soundId: SoundId.nullable().default(null).meta({ description: 'A sound this video uses; null: its own' }),
    replaceSound: z.boolean().default(false).meta({
      description: 'What is heard in the file goes: soundId is laid under the whole video, or it is silent',
    }),
    soundTitle: z.string().max(100).nullable().default(null),
    cues: z.array(Cue).max(2000).nullable().default(null),
    pictureTexts: z.array(z.string().max(10_000)).max(200).default([]).meta({
      description: 'Words drawn into the picture: kept from viewers who have muted one of them',
    }),
    credit: NewCredit.nullable().default(null).meta({ description: 'What it is made with' }),
    allowed: Allowed.partial().strict().default({}).meta({
      description:
        'What others may make with it. What is missing comes from the account; for less than everyone it is off',
    }),
    template: z
      .record(z.string(), z.unknown())
      .nullable()
      .default(null)
      .meta({ description: 'An EditList whose sources are slots and sounds, for others to fill' }),
    publishAt: z.iso
      .datetime({ offset: true })
      .nullish()
      .meta({ description: 'Goes out at this time, within 60 days; else as soon as it is ready' }),
  })
  .strict();
export type NewVideo = z.infer<typeof NewVideo>;

export const publishVideo = route({
  name: 'publishVideo',
  method: 'post',
  path: '/api/videos',
  access: 'member',
  summary:
    'Make an upload a video; it is shown as soon as its media is ready. Again with the same upload: the same video',
  body: NewVideo,
  reply: Video,
  status: 201,
  errors: [
    'caption_too_long',
    'upload_already_used',
    'sound_not_usable',
    'making_not_allowed',
    'origin_gone',
    'video_not_ready',
    'audience_too_wide',
    'cell_taken',
    'template_invalid',
    'schedule_out_of_range',
  ],
  limit: { points: 60, seconds: 3600 },
});

export const getVideo = route({
  name: 'getVideo',
  method: 'get',
  path: '/api/videos/{id}',
  access: 'viewer',
  summary: 'One video as this viewer may see it',
  params: byId,
  reply: Video,
});

export const VideoChange = z
  .object({
    // 2,200 characters as people count them; the room counts, here only what no caption can need is cut off.
    caption: z.string().max(8800),
    topics: z.array(topic).max(5),
    audience: Audience,
    commentsFrom: CommentsFrom,
    disclosure: Disclosure,
    language: z
      .string()
      .regex(/^[a-z]{2,3}$/)
      .nullable(),
    cues: z.array(Cue).max(2000).nullable(),
    /** A narrower audience turns all of it off, unless it is given too. */
    allowed: Allowed.partial().strict(),
  })
  .partial()
  .strict();
export type VideoChange = z.infer<typeof VideoChange>;

export const changeVideo = route({
  name: 'changeVideo',
  method: 'patch',
  path: '/api/videos/{id}',
  access: 'owner',
  summary: 'Change caption, audience and the like; every earlier wording is kept in the history',
  params: byId,
  body: VideoChange,
  reply: Video,
  errors: ['caption_too_long', 'audience_too_wide', 'taken_back'],
});

export const scheduleVideo = route({
  name: 'scheduleVideo',
  method: 'put',
  path: '/api/videos/{id}/schedule',
  access: 'owner',
  summary: 'Let a video that is not out yet go out at another time; null: keep it back as a draft',
  params: byId,
  body: z.object({ publishAt: z.iso.datetime({ offset: true }).nullable() }).strict(),
  reply: Video,
  errors: ['schedule_out_of_range', 'already_published', 'conflict', 'sound_not_usable'],
});

export const publishNow = route({
  name: 'publishNow',
  method: 'post',
  path: '/api/videos/{id}/publish',
  access: 'owner',
  summary: 'Let a draft or a scheduled video go out now, or when its media is ready. Again: the same answer',
  params: byId,
  reply: Video,
  errors: ['sound_not_usable', 'making_not_allowed', 'origin_gone', 'audience_too_wide'],
});

export const replaceSound = route({
  name: 'replaceSound',
  method: 'put',
  path: '/api/videos/{id}/sound',
  access: 'owner',
  summary:
    'Lay another sound under a video whose own cannot be used any more, or that has none. Again: the same answer',
  params: byId,
  body: z.object({ soundId: SoundId }).strict(),
  reply: Video,
  errors: ['sound_not_usable', 'conflict'],
});

export const deleteVideo = route({
  name: 'deleteVideo',
  method: 'delete',
  path: '/api/videos/{id}',
  access: 'owner',
  summary: 'Delete the video and all its files. Again: the same answer',
  params: byId,
});

export const videoHistory = route({
  name: 'videoHistory',
  method: 'get',
  path: '/api/videos/{id}/history',
  access: 'owner',
  summary: 'Earlier wordings, newest first',
  params: byId,
  reply: z.object({
    edits: z.array(z.object({ at: z.iso.datetime(), before: VideoChange })),
  }),
});

export const followVideo = route({
  name: 'followVideo',
  method: 'get',
  path: '/api/videos/{id}/events',
  access: 'owner',
  summary:
    'Server-sent events named `video`, data a Video, each time its state changes; ends when it is no longer processing',
  params: byId,
  raw: 'sse',
});

/** A page of videos in a grid or list; `next` is handed back as `cursor`. */
export const VideoList = z.object({ videos: z.array(Video), next: z.string().nullable() });
export type VideoList = z.infer<typeof VideoList>;
export const ListQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(48).default(24),
});

export const myVideos = route({
  name: 'myVideos',
  method: 'get',
  path: '/api/me/videos',
  access: 'member',
  summary: 'My videos in every state or in one, with these words in their captions, newest first',
  query: ListQuery.extend({
    status: VideoStatus.optional(),
    words: z.string().max(100).optional(),
  }),
  reply: VideoList,
});

export const Profile = Person.extend({
  bio: z.string(),
  mine: z.boolean(),
  followed: z.boolean(),
  counts: z.object({
    videos: z.number().int(),
    followers: z.number().int(),
    following: z.number().int(),
    likes: z.number().int(),
  }),
}).meta({ id: 'Profile' });
export type Profile = z.infer<typeof Profile>;

const byHandle = z.object({ handle: z.string().min(1).max(80) });

export const getProfile = route({
  name: 'getProfile',
  method: 'get',
  path: '/api/people/{handle}',
  access: 'viewer',
  summary: 'A person and their numbers',
  params: byHandle,
  reply: Profile,
});

export const profileVideos = route({
  name: 'profileVideos',
  method: 'get',
  path: '/api/people/{handle}/videos',
  access: 'viewer',
  summary: 'The videos of a person that this viewer may see, newest first',
  params: byHandle,
  query: ListQuery,
  reply: VideoList,
});

export const tagVideos = route({
  name: 'tagVideos',
  method: 'get',
  path: '/api/tags/{tag}/videos',
  access: 'viewer',
  summary: 'Public videos with a hashtag, newest first',
  params: z.object({ tag: z.string().min(1).max(100) }),
  query: ListQuery,
  reply: VideoList,
});

export const soundVideos = route({
  name: 'soundVideos',
  method: 'get',
  path: '/api/sounds/{id}/videos',
  access: 'viewer',
  summary: 'Public videos with this sound, newest first',
  params: z.object({ id: SoundId }),
  query: ListQuery,
  reply: VideoList,
});

export const relatedToSound = route({
  name: 'relatedToSound',
  method: 'get',
  path: '/api/sounds/{id}/related',
  access: 'viewer',
  summary: 'More like this sound: videos with other sounds that go with those that use it',
  params: z.object({ id: SoundId }),
  reply: z.object({ videos: z.array(Video) }),
});

export const relatedVideos = route({
  name: 'relatedVideos',
  method: 'get',
  path: '/api/videos/{id}/related',
  access: 'viewer',
  summary: 'More like this',
  params: byId,
  reply: z.object({ videos: z.array(Video) }),
});

export const likeVideo = route({
  name: 'likeVideo',
  method: 'put',
  path: '/api/videos/{id}/like',
  access: 'member',
  summary: 'Like a video. Again: the same answer',
  params: byId,
  reply: z.object({ liked: z.boolean(), likes: z.number().int() }),
});
export const unlikeVideo = route({
  name: 'unlikeVideo',
  method: 'delete',
  path: '/api/videos/{id}/like',
  access: 'member',
  summary: 'Take a like back',
  params: byId,
  reply: z.object({ liked: z.boolean(), likes: z.number().int() }),
});
export const followPerson = route({
  name: 'followPerson',
  method: 'put',
  path: '/api/people/{handle}/follow',
  access: 'member',
  summary: 'Follow a person. Again: the same answer',
  params: byHandle,
  reply: z.object({ followed: z.boolean(), followers: z.number().int() }),
});
export const unfollowPerson = route({
  name: 'unfollowPerson',
  method: 'delete',
  path: '/api/people/{handle}/follow',
  access: 'member',
  summary: 'Stop following a person',
  params: byHandle,
  reply: z.object({ followed: z.boolean(), followers: z.number().int() }),
});

export const videoRoutes = [
  publishVideo,
  getVideo,
  changeVideo,
  scheduleVideo,
  publishNow,
  replaceSound,
  deleteVideo,
  videoHistory,
  followVideo,
  myVideos,
  getProfile,
  profileVideos,
  tagVideos,
  soundVideos,
  relatedToSound,
  relatedVideos,
  likeVideo,
  unlikeVideo,
  followPerson,
  unfollowPerson,
] as const;
