import { z } from 'zod';
import { route } from './route.ts';

export const SignalKind = z.enum(['view', 'like', 'unlike', 'share', 'follow', 'not_interested']);
export type SignalKind = z.infer<typeof SignalKind>;

/**
 * What a viewer did with one impression. `id` is made once in the browser: the same signal sent twice counts once.
 * A `view` is sent when the viewer leaves the video (and when they leave the page); a later view of the same
 * impression carries the totals so far, and only what is new counts.
 */
export const Signal = z
  .object({
    id: z.uuid(),
    token: z.string().min(10).max(600),
    kind: SignalKind,
    /** Milliseconds before the batch was sent that this happened, so that no two clocks must agree. */
    agoMs: z
      .number()
      .int()
      .min(0)
      .max(7 * 86_400_000)
      .default(0),
    watchedMs: z.number().int().min(0).max(86_400_000).optional(),
    loops: z.number().int().min(0).max(10_000).optional(),
    pauses: z.number().int().min(0).max(10_000).optional(),
    seeks: z.number().int().min(0).max(10_000).optional(),
    muted: z.boolean().optional(),
    /** Time from wanting the video to its first frame, and time stalled after it: how we know that playing is smooth. */
    firstFrameMs: z.number().int().min(0).max(600_000).optional(),
    stalledMs: z.number().int().min(0).max(600_000).optional(),
  })
  .strict()
  .meta({ id: 'Signal' });
export type Signal = z.infer<typeof Signal>;

export const SignalBatch = z.object({ signals: z.array(Signal).min(1).max(200) }).strict();
export type SignalBatch = z.infer<typeof SignalBatch>;

export const SignalReceipt = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  refused: z.array(z.object({ id: z.string(), code: z.enum(['token', 'implausible', 'too_old', 'form']) })),
});
export type SignalReceipt = z.infer<typeof SignalReceipt>;

export const sendSignals = route({
  name: 'sendSignals',
  method: 'post',
  path: '/api/signals',
  access: 'viewer',
  summary:
    'Hand in what was watched, in batches; answered once it is durable. A faulty signal refuses itself, not its batch',
  body: SignalBatch,
  reply: SignalReceipt,
  status: 202,
  limit: { points: 600, seconds: 60 },
});

export const signalRoutes = [sendSignals] as const;
