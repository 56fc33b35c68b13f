import { z } from 'zod';
import type { EditList } from './edit-list.ts';

/**
 * What the server and the page that renders for it say to each other: one order in, reports out. The page lies under an
 * address that only this one order has.
 */
export type RenderJob =
  /** Says only whether this browser could. */
  | { kind: 'look' }
  | {
      kind: 'render';
      list: EditList;
      /** Each is read in ranges from `material/<id>`. */
      materials: readonly { id: string; bytes: number }[];
      /** Drawings of packs that the list uses. */
      stickers: readonly { key: string; svg: string }[];
    };

/** Words of the page, posted to `report`; the file itself goes to `made`. It is judged like any stranger's. */
export const RenderReport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('able'), codec: z.string().max(40).nullable() }),
  z.strictObject({ kind: z.literal('progress'), share: z.number().min(0).max(1) }),
  z.strictObject({
    kind: z.literal('failed'),
    code: z.enum(['bad_material', 'no_encoder', 'failed']),
    /** The material that is meant. */
    id: z.string().max(40).nullable(),
    said: z.string().max(500),
  }),
]);
export type RenderReport = z.infer<typeof RenderReport>;
