import { z } from 'zod';
import { DraftId, UploadId } from './ids.ts';
import { route } from './route.ts';

/**
 * Whether this server makes videos for browsers that cannot. turned_off: its operator does not want it · no_browser:
 * there is no Chromium · no_sandbox: it would run without its own walls · browser_unusable: it does not start, draw or
 * write · no_web: the web is not built
 */
export const RenderingState = z.enum([
  'on',
  'turned_off',
  'no_browser',
  'no_sandbox',
  'browser_unusable',
  'no_web',
]);
export type RenderingState = z.infer<typeof RenderingState>;

/** The video of a draft on the account, made by the server. */
export const DraftRendering = z
  .object({
    draftId: DraftId,
    /** none: nobody asked, or what was made is published or gone · failed: asking again tries once more */
    state: z.enum(['none', 'waiting', 'making', 'ready', 'failed']),
    /** Of the draft that is made; 0 where there is none. */
    revision: z.number().int().min(0),
    progress: z.number().min(0).max(1),
    /** Others that come first. */
    ahead: z.number().int().min(0),
    /** Set when ready: published like any other upload. */
    uploadId: UploadId.nullable(),
    fault: z
      .enum([
        'rendering_off',
        'draft_moved_on',
        'bad_material',
        'no_encoder',
        'too_large',
        'timed_out',
        'out_of_memory',
        'crashed',
        'internal',
      ])
      .nullable(),
  })
  .meta({ id: 'DraftRendering' });
export type DraftRendering = z.infer<typeof DraftRendering>;

const byId = z.object({ id: DraftId });
const path = '/api/drafts/{id}/render';

export const getRendering = route({
  name: 'getRendering',
  method: 'get',
  path: '/api/rendering',
  access: 'anyone',
  summary: 'Whether this server makes videos of drafts; if not, why',
  reply: z.object({ state: RenderingState }),
  limit: { points: 60, seconds: 60 },
});

export const myRenderings = route({
  name: 'myRenderings',
  method: 'get',
  path: '/api/me/renderings',
  access: 'member',
  summary: 'The videos of my drafts that are being made, wait to be published, or failed; newest first',
  reply: z.object({ renderings: z.array(DraftRendering) }),
});

export const renderDraft = route({
  name: 'renderDraft',
  method: 'post',
  path,
  access: 'owner',
  summary: 'Make the video of my draft, as it is in this revision. Again: the same answer',
  params: byId,
  body: z.strictObject({ revision: z.number().int().min(1).max(2_000_000_000) }),
  reply: DraftRendering,
  status: 202,
  errors: ['rendering_off', 'rendering_full', 'draft_incomplete', 'draft_moved_on', 'too_long'],
  limit: { points: 60, seconds: 3600 },
});

export const draftRendering = route({
  name: 'draftRendering',
  method: 'get',
  path,
  access: 'owner',
  summary: 'The video of my draft, as far as it is',
  params: byId,
  reply: DraftRendering,
});

export const followRendering = route({
  name: 'followRendering',
  method: 'get',
  path: `${path}/events`,
  access: 'owner',
  summary:
    'The same as it changes: server-sent events named `rendering`, data a DraftRendering; ends when nothing is under way',
  params: byId,
  raw: 'sse',
});

export const stopRendering = route({
  name: 'stopRendering',
  method: 'delete',
  path,
  access: 'member',
  summary: 'Make it no more; what is ready already stays an upload. Again: the same answer',
  params: byId,
});

export const renderingRoutes = [
  getRendering,
  myRenderings,
  renderDraft,
  draftRendering,
  followRendering,
  stopRendering,
] as const;
