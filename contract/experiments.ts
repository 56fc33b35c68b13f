import { z } from 'zod';
import { route } from './route.ts';

/** What an experiment, and each of its variants, is called: part of what is stored, so it never changes. */
const Key = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);

export const Variant = z
  .object({
    name: Key,
    /** Of all viewers, 0 to 1. What the shares leave over takes no part. */
    share: z.number().min(0.001).max(1),
    /** Tunables that hold for this variant alone, by their whole name. The first variant is the control: none. */
    overrides: z.record(z.string().max(80), z.number()),
  })
  .strict();
export type Variant = z.infer<typeof Variant>;

export const Experiment = z
  .object({
    key: Key,
    question: z.string(),
    state: z.enum(['draft', 'running', 'stopped']),
    variants: z.array(Variant),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    stoppedAt: z.iso.datetime().nullable(),
    /** Handles; null when it has not happened or that account is gone. */
    createdBy: z.string().nullable(),
    startedBy: z.string().nullable(),
    stoppedBy: z.string().nullable(),
  })
  .meta({ id: 'Experiment' });
export type Experiment = z.infer<typeof Experiment>;

export const NewExperiment = z
  .object({
    key: Key,
    question: z.string().trim().min(3).max(300),
    variants: z.array(Variant).min(2).max(5),
  })
  .strict();
export type NewExperiment = z.infer<typeof NewExperiment>;

const params = z.object({ key: z.string().max(40) });

export const listExperiments = route({
  name: 'listExperiments',
  method: 'get',
  path: '/api/desk/experiments',
  access: 'operator',
  summary: 'Every experiment, the newest first',
  reply: z.object({ experiments: z.array(Experiment) }),
});

export const createExperiment = route({
  name: 'createExperiment',
  method: 'post',
  path: '/api/desk/experiments',
  access: 'operator',
  summary: 'Write down an experiment; nothing changes until it is started',
  body: NewExperiment,
  reply: Experiment,
  status: 201,
  errors: ['experiment_key_taken', 'experiment_invalid', 'tunable_out_of_range'],
});

export const startExperiment = route({
  name: 'startExperiment',
  method: 'post',
  path: '/api/desk/experiments/{key}/start',
  access: 'operator',
  summary: 'Start a draft; at most one running experiment turns a tunable',
  params,
  reply: Experiment,
  errors: ['experiment_overlaps', 'conflict'],
});

export const stopExperiment = route({
  name: 'stopExperiment',
  method: 'post',
  path: '/api/desk/experiments/{key}/stop',
  access: 'operator',
  summary: 'Stop a running experiment: everybody is served by the tunables again; it cannot be started anew',
  params,
  reply: Experiment,
  errors: ['conflict'],
});

export const discardExperiment = route({
  name: 'discardExperiment',
  method: 'delete',
  path: '/api/desk/experiments/{key}',
  access: 'operator',
  summary: 'Throw away a draft',
  params,
  errors: ['conflict'],
});

const Estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof Estimate>;

export const Comparison = z.object({
  /** Against the control, as a share of it: 0.031 is 3.1 % more. Null for the control, and while nothing is known. */
  change: Estimate.nullable(),
  verdict: z.enum(['control', 'unknown', 'none', 'better', 'worse']),
});
export type Comparison = z.infer<typeof Comparison>;

export const ExperimentResult = z
  .object({
    experiment: Experiment,
    /** Fewer viewers than this in either group say nothing. */
    leastViewers: z.number().int(),
    confidence: z.number(),
    /** The groups are not as large as asked for, beyond what chance does: something is wrong with the counting. */
    unevenGroups: z.boolean(),
    groups: z.array(
      z.object({ variant: z.string(), share: z.number(), viewers: z.number().int(), seen: z.number().int() }),
    ),
    metrics: z.array(
      z.object({
        name: z.enum(['watchValue', 'watchedMs', 'seen', 'likeRate', 'skipRate', 'hideRate']),
        /** What it is decided by, what explains it, or what must not get worse. */
        role: z.enum(['goal', 'other', 'guard']),
        better: z.enum(['more', 'less']),
        variants: z.array(Comparison.extend({ variant: z.string(), estimate: Estimate.nullable() })),
      }),
    ),
  })
  .meta({ id: 'ExperimentResult' });
export type ExperimentResult = z.infer<typeof ExperimentResult>;

export const experimentResult = route({
  name: 'experimentResult',
  method: 'get',
  path: '/api/desk/experiments/{key}/result',
  access: 'operator',
  summary: 'What each variant did to viewers, with 95 % intervals against the control',
  params,
  reply: ExperimentResult,
});

export const experimentRoutes = [
  listExperiments,
  createExperiment,
  startExperiment,
  stopExperiment,
  discardExperiment,
  experimentResult,
] as const;
