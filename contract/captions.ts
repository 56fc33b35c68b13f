import { z } from 'zod';
import { VideoId } from './ids.ts';
import { route } from './route.ts';
import { Cue, Video } from './videos.ts';

/** Caption tracks of a published video, one for each language. */
export const captionLimits = { languages: 20, cues: 2000 } as const;

/** BCP 47: language, script and region where they tell tracks apart (zh-Hant, pt-BR); `und` when nobody knows. */
export const CaptionLanguage = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/);

const ofTrack = z.object({ id: VideoId, language: CaptionLanguage });

export const CaptionTrack = z.object({ language: CaptionLanguage, cues: z.array(Cue) });
export type CaptionTrack = z.infer<typeof CaptionTrack>;

export const getCaptionTrack = route({
  name: 'getCaptionTrack',
  method: 'get',
  path: '/api/videos/{id}/captions/{language}',
  access: 'viewer',
  summary: 'The captions of a video in one language',
  params: ofTrack,
  reply: CaptionTrack,
});

export const getCaptionFile = route({
  name: 'getCaptionFile',
  method: 'get',
  path: '/api/videos/{id}/captions.vtt',
  access: 'viewer',
  summary: 'The captions as a WebVTT file; without a language, those of the video itself',
  params: z.object({ id: VideoId }),
  query: z.object({ language: CaptionLanguage.optional() }),
  raw: 'bytes',
});

export const putCaptionTrack = route({
  name: 'putCaptionTrack',
  method: 'put',
  path: '/api/videos/{id}/captions/{language}',
  access: 'owner',
  summary: 'Add or replace the captions in one language; the first track is that of the video itself',
  params: ofTrack,
  body: z.object({ cues: z.array(Cue).min(1).max(captionLimits.cues) }).strict(),
  reply: Video,
  errors: ['captions_too_many'],
});

export const removeCaptionTrack = route({
  name: 'removeCaptionTrack',
  method: 'delete',
  path: '/api/videos/{id}/captions/{language}',
  access: 'owner',
  summary: 'Remove the captions in one language. Again: the same answer',
  params: ofTrack,
  reply: Video,
});

export const captionRoutes = [getCaptionTrack, getCaptionFile, putCaptionTrack, removeCaptionTrack] as const;
