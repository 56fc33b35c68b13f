import { z } from 'zod';
import { UploadId } from './ids.ts';
import { route } from './route.ts';
import { Cue } from './videos.ts';

/** Captions that the server suggests for an upload by listening to it, where its operator has given it a model. */
export const HeardSpeech = z
  .object({
    /** none: nobody asked · failed: asking again tries once more */
    state: z.enum(['none', 'waiting', 'hearing', 'done', 'failed']),
    progress: z.number().min(0).max(1),
    /** Set when done; empty when nothing was said. */
    cues: z.array(Cue).nullable(),
  })
  .meta({ id: 'HeardSpeech' });
export type HeardSpeech = z.infer<typeof HeardSpeech>;

const byId = z.object({ id: UploadId });

export const askForCaptions = route({
  name: 'askForCaptions',
  method: 'post',
  path: '/api/uploads/{id}/captions',
  access: 'owner',
  summary: 'Listen to my upload and suggest captions. Again: the same answer',
  params: byId,
  reply: HeardSpeech,
  status: 202,
  errors: ['speech_off', 'upload_not_finished'],
  limit: { points: 30, seconds: 3600 },
});

export const suggestedCaptions = route({
  name: 'suggestedCaptions',
  method: 'get',
  path: '/api/uploads/{id}/captions',
  access: 'owner',
  summary: 'The captions suggested for my upload, as far as they are',
  params: byId,
  reply: HeardSpeech,
});

export const followSuggestedCaptions = route({
  name: 'followSuggestedCaptions',
  method: 'get',
  path: '/api/uploads/{id}/captions/events',
  access: 'owner',
  summary:
    'The same as it changes: server-sent events named `captions`, data a HeardSpeech; ends when done or failed',
  params: byId,
  raw: 'sse',
});

export const speechRoutes = [askForCaptions, suggestedCaptions, followSuggestedCaptions] as const;
