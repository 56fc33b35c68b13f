import { z } from 'zod';
import { UploadId, VideoId } from './ids.ts';
import { route } from './route.ts';

/** What the engine found in a file, in numbers a creator would recognise. */
export const MediaFacts = z
  .object({
    durationMs: z.number().int(),
    width: z.number().int(),
    height: z.number().int(),
    frameRate: z.number(),
    hasSound: z.boolean(),
    bytes: z.number().int(),
  })
  .meta({ id: 'MediaFacts' });
export type MediaFacts = z.infer<typeof MediaFacts>;

/**
 * What is known about a file before it is published. blocking: it cannot be published · advice: it can, and people may
 * like it less. Codes of refusals are those of `errors.ts`.
 */
export const UploadCheck = z
  .object({
    code: z.enum([
      'refused',
      'no_sound',
      'silent',
      'partly_silent',
      'quiet',
      'black',
      'partly_black',
      'still',
      'bars',
      'wide',
      'low_resolution',
    ]),
    level: z.enum(['blocking', 'advice']),
  })
  .meta({ id: 'UploadCheck' });
export type UploadCheck = z.infer<typeof UploadCheck>;

/**
 * receiving → received (all bytes here) → reading (probe, decode check) → making (rungs) → ready, or refused.
 * `ready` means stage A is done: it can be published and played.
 */
export const UploadState = z.enum(['receiving', 'received', 'reading', 'making', 'ready', 'refused']);
export type UploadState = z.infer<typeof UploadState>;

export const Upload = z
  .object({
    id: UploadId,
    state: UploadState,
    fileName: z.string().nullable(),
    bytesReceived: z.number().int(),
    bytesTotal: z.number().int(),
    /** 0 to 1 within the present state; true progress, never a guess. */
    progress: z.number(),
    facts: MediaFacts.nullable(),
    /** Complete once it is ready or refused. */
    checks: z.array(UploadCheck),
    refusal: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
    /** Small frames for the choice of a cover, evenly spread; one picture with `count` columns. */
    storyboard: z.object({ url: z.string(), count: z.number().int() }).nullable(),
    posterUrl: z.string().nullable(),
    coverAtMs: z.number().int().nullable().meta({ description: 'The moment the poster is taken from' }),
    videoId: VideoId.nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof Upload>;

const byId = z.object({ id: UploadId });

export const listUploads = route({
  name: 'listUploads',
  method: 'get',
  path: '/api/me/uploads',
  access: 'member',
  summary: 'My uploads that are not a video yet, newest first (at most 50)',
  reply: z.object({ uploads: z.array(Upload) }),
});

export const getUpload = route({
  name: 'getUpload',
  method: 'get',
  path: '/api/uploads/{id}',
  access: 'owner',
  summary: 'State, facts or refusal of one upload',
  params: byId,
  reply: Upload,
});

export const followUpload = route({
  name: 'followUpload',
  method: 'get',
  path: '/api/uploads/{id}/events',
  access: 'owner',
  summary:
    'The same as it changes: server-sent events named `upload`, data an Upload; ends when ready or refused',
  params: byId,
  raw: 'sse',
});

export const chooseCover = route({
  name: 'chooseCover',
  method: 'put',
  path: '/api/uploads/{id}/cover',
  access: 'owner',
  summary: 'Take the poster from this moment of the video',
  params: byId,
  body: z.object({ atMs: z.number().int().min(0).max(3_600_000) }).strict(),
  reply: Upload,
  errors: ['upload_not_finished'],
});

export const discardUpload = route({
  name: 'discardUpload',
  method: 'delete',
  path: '/api/me/uploads/{id}',
  access: 'owner',
  summary: 'Give up an upload that is not a video; its files go too',
  params: byId,
  errors: ['upload_already_used'],
});

/** tus 1.0 (creation, termination, expiration): POST creates, HEAD asks, PATCH sends. Handled by the tus server. */
export const tusCreate = route({
  name: 'tusCreate',
  method: 'post',
  path: '/api/uploads',
  access: 'member',
  summary: 'Begin a resumable upload (tus 1.0.0); Upload-Metadata may carry filename and filetype',
  raw: 'tus',
  errors: ['too_large', 'disk_full'],
  limit: { points: 60, seconds: 3600 },
});
export const tusPatch = route({
  name: 'tusPatch',
  method: 'patch',
  path: '/api/uploads/{id}',
  access: 'owner',
  summary: 'Send the next bytes of a resumable upload (tus 1.0.0)',
  params: byId,
  raw: 'tus',
  errors: ['conflict', 'disk_full'],
});

export const uploadRoutes = [
  listUploads,
  getUpload,
  followUpload,
  chooseCover,
  discardUpload,
  tusCreate,
  tusPatch,
] as const;
