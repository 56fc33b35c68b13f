import { z } from 'zod';
import { VideoId } from './ids.ts';

/**
 * Videos made with others, and whose they are. `duet`: beside, above or over the other · `stitch`: begins with a piece of
 * it · `frame`: one more cell of a grid that people fill one after the other · `template`: the other's edit list, filled
 * with one's own takes. A credit names the video before; the videos before that one are its chain, up to the origin.
 */
export const creditKinds = ['duet', 'stitch', 'frame', 'template'] as const;
export const CreditKind = z.enum(creditKinds);
export type CreditKind = z.infer<typeof CreditKind>;

/** So much of another video may stand in front of a stitch. */
export const stitchMs = 5000;
/** People in a frame. */
export const frameCells = { fewest: 3, most: 9 } as const;
/** How many cells the rows of a grid have, by the number of its cells: in a portrait each is near to a square. */
const rowsOf: Record<number, readonly number[]> = {
  3: [1, 1, 1],
  4: [2, 2],
  5: [2, 1, 2],
  6: [2, 2, 2],
  7: [2, 3, 2],
  8: [2, 2, 2, 2],
  9: [3, 3, 3],
};

/** A part of a picture in shares of it, 0 … 1 from its top left corner. */
export const Area = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Area = z.infer<typeof Area>;

/** Where the cells of a frame lie, row by row. The studio draws them so, and so they are found in what it drew. */
export function frameGrid(cells: number): Area[] {
  const rows = rowsOf[cells] ?? [];
  return rows.flatMap((count, row) =>
    Array.from({ length: count }, (_, column) => ({
      x: column / count,
      y: row / rows.length,
      width: 1 / count,
      height: 1 / rows.length,
    })),
  );
}

const cells = z.number().int().min(frameCells.fewest).max(frameCells.most);
const cell = z
  .number()
  .int()
  .min(0)
  .max(frameCells.most - 1);

/** What a new video is made with. A frame without a video begins one; who joins takes a free cell of the same grid. */
export const NewCredit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['duet', 'stitch', 'template']), videoId: VideoId }),
  z.strictObject({
    kind: z.literal('frame'),
    videoId: VideoId.nullable(),
    cells,
    cell,
    /** The videos whose cells are seen in it, of those that the material named. */
    shows: z
      .array(VideoId)
      .max(frameCells.most - 1)
      .default([]),
  }),
]);
export type NewCredit = z.infer<typeof NewCredit>;

/** What a creator lets others make with a video. Frames go with duets: both show all of its picture. */
export const Allowed = z
  .object({
    duet: z.boolean(),
    stitch: z.boolean(),
    template: z.boolean(),
    download: z.boolean(),
  })
  .meta({ id: 'Allowed' });
export type Allowed = z.infer<typeof Allowed>;
/**
 * Until a creator says otherwise. A download is a copy without its credit, out of reach of anybody who takes it back,
 * so it has to be allowed.
 */
export const allowedAtFirst: Allowed = { duet: true, stitch: true, template: true, download: false };

/** What this viewer may do with the video now. A guest may as well; they sign in on the way. */
export const Permissions = z.object({ ...Allowed.shape, frame: z.boolean() }).meta({ id: 'Permissions' });
export type Permissions = z.infer<typeof Permissions>;

export const CreditedVideo = z.object({
  id: VideoId,
  url: z.string(),
  handle: z.string(),
  displayName: z.string(),
});

export const Credit = z
  .object({
    kind: CreditKind,
    /** How many videos come before, to the origin; 1: the video named is the origin. */
    depth: z.number().int().min(1),
    /** The video before. Null: it is gone, deleted or not for this viewer; which of them, nobody is told. */
    video: CreditedVideo.nullable(),
  })
  .meta({ id: 'Credit' });
export type Credit = z.infer<typeof Credit>;

/** To a video's author alone. */
export const Making = z
  .object({
    allowed: Allowed,
    /** It brought an edit for others to fill. */
    template: z.boolean(),
    /** The author took back what others made with it. */
    tookBack: z.boolean(),
    /** The creator of what it shows took that back: the video is for its author alone, and its audience stays so. */
    takenBack: z.boolean(),
  })
  .meta({ id: 'Making' });
export type Making = z.infer<typeof Making>;

/** A grid of `cells`, this video's maker in `cell`; the next person may take one of `free`. */
export const Frame = z.object({ cells, cell, free: z.array(cell) }).meta({ id: 'Frame' });
export type Frame = z.infer<typeof Frame>;
