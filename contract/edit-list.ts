import { z } from 'zod';
import { Cue } from './videos.ts';

/**
 * The document of the studio: which parts of which takes follow each other, and what is laid over them. Preview, export
 * and server draw from it alone, so it holds no address, no code and no bytes: a source is a name, a look, a sticker
 * and an effect are keys of modules that the studio ships.
 *
 * Times are milliseconds: `atMs`, `forMs` on the timeline of the result, `fromMs`, `toMs` inside a source. Places are
 * shares of the frame, 0 … 1 from its top left corner; sizes are shares of its width.
 */
export const editListVersion = 2;

/** Far above what anybody makes by hand; beyond it a list is not worked on but refused. */
export const editLimits = {
  durationMs: 600_000,
  sourceMs: 4 * 3_600_000,
  sources: 200,
  clips: 200,
  texts: 100,
  stickers: 100,
  sounds: 30,
  effects: 50,
  cues: 1000,
  textLength: 300,
  /** Of one source: eight minutes at 120 beats a minute. */
  beats: 1000,
  /** Places of a sticker that follows something: ten seconds, frame by frame. */
  places: 300,
  /** A frame of several people has no more. */
  cells: 9,
} as const;

/** Shorter is not seen as one; longer is a scene of its own. */
export const transitionMs = { shortest: 100, longest: 2000 } as const;

/** `__proto__` is not the name of a member of a record, but its prototype. */
const id = z.string().regex(/^(?!__proto__$)[A-Za-z0-9_-]{1,40}$/);
const key = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);
const ms = z.number().int().min(0).max(editLimits.sourceMs);
const share = z.number().min(0).max(1);
/** A thing may stand half outside the frame. */
const place = z.number().min(-0.5).max(1.5);
const volume = z.number().min(0).max(2);

/**
 * Where frames or samples come from: a take of the camera, a file of the creator, a sound of the library, a published
 * video of somebody (of a duet or stitch); `slot` is the empty place of a template, which the one who uses it fills.
 */
export const EditSource = z.strictObject({
  kind: z.enum(['take', 'file', 'sound', 'picture', 'video', 'slot']),
  /** The id that the sound or the video has on the server; null of what lies on this device alone. */
  of: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .nullable(),
  /** Of a picture, which stands still: as long as it may be shown. */
  durationMs: ms,
  /** Pixels as shown, turned upright; 0 when there is no picture. */
  width: z.number().int().min(0).max(16_384),
  height: z.number().int().min(0).max(16_384),
  hasSound: z.boolean(),
  /** Times of its beats, ascending: cuts catch at them and effects move with them. */
  beatsMs: z.array(ms).max(editLimits.beats),
});
export type EditSource = z.infer<typeof EditSource>;

export const EditLook = z.strictObject({ name: key, strength: share });
export type EditLook = z.infer<typeof EditLook>;

const colour = z.string().regex(/^#[0-9a-f]{6}$/);
/** What is seen behind a person instead of what was there: one colour, the place itself out of focus, or a source. */
export const EditBackdrop = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('colour'), colour }),
  z.strictObject({ kind: z.literal('blur') }),
  z.strictObject({ kind: z.literal('source'), source: id, fromMs: ms }),
]);
export type EditBackdrop = z.infer<typeof EditBackdrop>;

export const EditClip = z.strictObject({
  id,
  source: id,
  fromMs: ms,
  toMs: ms,
  /** 2 shows the source in half of its time. */
  speed: z.number().min(0.3).max(3),
  reversed: z.boolean(),
  /** Of the clip's own sound; 1 leaves it as it is. */
  volume,
  /** Over this clip instead of the look of the whole list. */
  look: EditLook.nullable(),
  /** How it comes in over the end of the clip before; null is a cut, as always at the first clip. */
  transition: z
    .strictObject({ name: key, ms: z.number().int().min(transitionMs.shortest).max(transitionMs.longest) })
    .nullable(),
  backdrop: EditBackdrop.nullable(),
});
export type EditClip = z.infer<typeof EditClip>;

const timed = { id, atMs: ms, forMs: ms.min(1) };
const placed = {
  x: place,
  y: place,
  size: z.number().min(0.02).max(2),
  turnDeg: z.number().min(-180).max(180),
};

export const textStyles = ['plain', 'outline', 'card', 'lamp', 'type'] as const;
export const EditText = z.strictObject({
  ...timed,
  ...placed,
  text: z.string().min(1).max(editLimits.textLength),
  style: z.enum(textStyles),
  colour,
  align: z.enum(['start', 'center', 'end']),
});
export type EditText = z.infer<typeof EditText>;

/**
 * What a sticker follows: a point of the first face, as numbered by MediaPipe's mesh, or places it was seen at. Its own
 * place is then how far it stands from there.
 */
export const EditPin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('face'), point: z.number().int().min(0).max(467) }),
  z.strictObject({
    kind: z.literal('track'),
    places: z
      .array(z.strictObject({ atMs: ms, x: place, y: place }))
      .min(1)
      .max(editLimits.places),
  }),
]);
export type EditPin = z.infer<typeof EditPin>;

export const EditSticker = z.strictObject({ ...timed, ...placed, sticker: key, pin: EditPin.nullable() });
export type EditSticker = z.infer<typeof EditSticker>;

export const EditSound = z.strictObject({
  ...timed,
  source: id,
  /** Where in the source it begins. */
  fromMs: ms,
  volume,
  fadeInMs: z.number().int().min(0).max(10_000),
  fadeOutMs: z.number().int().min(0).max(10_000),
  /** Steps back while a voice is heard. */
  ducks: z.boolean(),
  /** Spoken over the video afterwards: sounds that duck step back for it. */
  voice: z.boolean(),
});
export type EditSound = z.infer<typeof EditSound>;

export const EditEffect = z.strictObject({ ...timed, effect: key, strength: share });
export type EditEffect = z.infer<typeof EditEffect>;

/**
 * Several videos in one frame. The clips of the list are seen in the cell `mine`; each other cell shows a part of a
 * source from the beginning to the end of the video. Cells of a `grid` are counted along the lines from the top left;
 * 0 of `side`, `stacked` and `inset` is the left, the upper and the large one. A cell that nobody fills stays free.
 */
export const EditLayout = z.strictObject({
  name: z.enum(['side', 'stacked', 'inset', 'grid']),
  cells: z.number().int().min(2).max(editLimits.cells),
  mine: z
    .number()
    .int()
    .min(0)
    .max(editLimits.cells - 1),
  others: z
    .array(
      z.strictObject({
        cell: z
          .number()
          .int()
          .min(0)
          .max(editLimits.cells - 1),
        source: id,
        fromMs: ms,
        volume,
        /** Shares of the source's picture that are seen: all of it is 0, 0, 1, 1. */
        crop: z.strictObject({ x: share, y: share, width: share, height: share }),
      }),
    )
    .max(editLimits.cells - 1),
});
export type EditLayout = z.infer<typeof EditLayout>;

/** With whose video this one was made. */
export const EditCredit = z.strictObject({
  kind: z.enum(['duet', 'stitch', 'frame', 'template']),
  video: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
});
export type EditCredit = z.infer<typeof EditCredit>;

export const EditList = z
  .strictObject({
    version: z.literal(editListVersion),
    /** Pixels of the result; even, as its coding wants them. */
    width: z.number().int().min(16).max(3840).multipleOf(2),
    height: z.number().int().min(16).max(3840).multipleOf(2),
    fps: z.number().int().min(1).max(60),
    sources: z.record(id, EditSource),
    /** In the order they are seen, without gaps. */
    clips: z.array(EditClip).max(editLimits.clips),
    texts: z.array(EditText).max(editLimits.texts),
    stickers: z.array(EditSticker).max(editLimits.stickers),
    sounds: z.array(EditSound).max(editLimits.sounds),
    effects: z.array(EditEffect).max(editLimits.effects),
    look: EditLook.nullable(),
    layout: EditLayout.nullable(),
    credit: EditCredit.nullable(),
    cues: z.array(Cue).max(editLimits.cues),
    /** Null: a track that a viewer turns on and off. Otherwise drawn into the picture, in this style. */
    cueStyle: z.enum(textStyles).nullable(),
    /** May lie behind the end, when clips went; the last frame is the cover then. */
    coverAtMs: ms,
  })
  .meta({ id: 'EditList' });
export type EditList = z.infer<typeof EditList>;

export const emptyEditList: EditList = {
  version: editListVersion,
  width: 720,
  height: 1280,
  fps: 30,
  sources: {},
  clips: [],
  texts: [],
  stickers: [],
  sounds: [],
  effects: [],
  look: null,
  layout: null,
  credit: null,
  cues: [],
  cueStyle: null,
  coverAtMs: 0,
};
