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
export const editListVersion = 1;

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

/** Where frames or samples come from: a take of the camera, a file of the creator, a sound of the library. */
export const EditSource = z.strictObject({
  kind: z.enum(['take', 'file', 'sound', 'picture']),
  /** Of a picture, which stands still: as long as it may be shown. */
  durationMs: ms,
  /** Pixels as shown, turned upright; 0 when there is no picture. */
  width: z.number().int().min(0).max(16_384),
  height: z.number().int().min(0).max(16_384),
  hasSound: z.boolean(),
});
export type EditSource = z.infer<typeof EditSource>;

export const EditLook = z.strictObject({ name: key, strength: share });
export type EditLook = z.infer<typeof EditLook>;

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
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  align: z.enum(['start', 'center', 'end']),
});
export type EditText = z.infer<typeof EditText>;

export const EditSticker = z.strictObject({ ...timed, ...placed, sticker: key });
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
});
export type EditSound = z.infer<typeof EditSound>;

export const EditEffect = z.strictObject({ ...timed, effect: key, strength: share });
export type EditEffect = z.infer<typeof EditEffect>;

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
    cues: z.array(Cue).max(editLimits.cues),
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
  cues: [],
  coverAtMs: 0,
};
