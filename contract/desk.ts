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

export const deskRoutes = [getInstance, listTunables, setTunable, getOverview, removeDemo] as const;
