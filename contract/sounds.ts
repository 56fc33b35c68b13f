import { z } from 'zod';
import { SoundId, UploadId } from './ids.ts';
import { route } from './route.ts';

/** How a sound feels; what the library is browsed by. */
export const soundMoods = [
  'calm',
  'bright',
  'driving',
  'dreamy',
  'playful',
  'tense',
  'warm',
  'street',
  'acoustic',
  'electronic',
] as const;
export const SoundMood = z.enum(soundMoods);
export type SoundMood = z.infer<typeof SoundMood>;

/**
 * What others may do with a sound. here: use it in videos on this server · mine: nothing, it is for its owner alone ·
 * the others are the licences of that name (SPDX), which hold anywhere.
 */
export const SoundLicence = z.enum(['here', 'mine', 'CC0-1.0', 'CC-BY-4.0']);
export type SoundLicence = z.infer<typeof SoundLicence>;

/** Who took a sound back, and why: its owner, or an operator because of somebody's rights or the rules. */
export const WithdrawalReason = z.enum(['owner', 'rights', 'rules']);
export type WithdrawalReason = z.infer<typeof WithdrawalReason>;

/** What a video says of its sound. */
export const SoundCard = z
  .object({
    id: SoundId,
    /** Null: it was given no name, and is called "original sound". */
    title: z.string().nullable(),
    /** The account it belongs to; null: the library's. */
    ownerHandle: z.string().nullable(),
    /** It came with a video; false: it is of the library. */
    original: z.boolean(),
    /** It may not be heard any more: videos that use it are shown without sound. */
    withdrawn: z.boolean(),
  })
  .meta({ id: 'SoundCard' });
export type SoundCard = z.infer<typeof SoundCard>;

export const Sound = SoundCard.extend({
  /** Who is named with it where no account owns it. */
  artist: z.string().nullable(),
  mood: SoundMood.nullable(),
  licence: SoundLicence,
  /** ISO 3166 codes of the countries where it may be used; null: everywhere. */
  markets: z.array(z.string()).nullable(),
  durationMs: z.number().int(),
  /** Beats a minute; null: nothing beats in it, or it has not been listened to yet. */
  tempo: z.number().nullable(),
  /** The waveform: the loudest of each of at most 96 equal parts, 0 … 255; empty until it was listened to. */
  peaks: z.array(z.number().int()),
  /** An AAC file (audio/mp4) of the sound alone; null while it is being made, and when the caller may not hear it. */
  audioUrl: z.string().nullable(),
  /** Public videos that use it. */
  videos: z.number().int(),
  favourite: z.boolean(),
  mine: z.boolean(),
  /** The caller may publish a video with it. */
  usable: z.boolean(),
  createdAt: z.iso.datetime(),
}).meta({ id: 'Sound' });
export type Sound = z.infer<typeof Sound>;

export const SoundDetail = Sound.extend({
  /** When it beats, in milliseconds from its start. */
  beatsMs: z.array(z.number().int()),
  /** To its owner: it was recognised as a known sound that was withdrawn, or may not be used here. */
  resembles: z
    .object({ id: SoundId, title: z.string().nullable(), reason: z.enum(['withdrawn', 'market', 'licence']) })
    .nullable(),
  /** An operator said where it may be used: its owner does not change that. */
  marketsByDesk: z.boolean(),
  withdrawal: z.object({ at: z.iso.datetime(), reason: WithdrawalReason }).nullable(),
}).meta({ id: 'SoundDetail' });
export type SoundDetail = z.infer<typeof SoundDetail>;

/**
 * Which known sound is heard in an upload of one's own, and what that means once it is out. linked: it goes out under that
 * sound, whose owner is named · silent: that sound was withdrawn for everybody, so it is shown without sound · the others:
 * its owner withdrew or restricted it; it goes out as it is.
 */
export const KnownInUpload = z
  .object({
    id: SoundId,
    title: z.string().nullable(),
    ownerHandle: z.string().nullable(),
    outcome: z.enum(['linked', 'silent', 'withdrawn', 'market', 'licence']),
  })
  .meta({ id: 'KnownInUpload' });
export type KnownInUpload = z.infer<typeof KnownInUpload>;

export const UploadSound = z
  .object({
    state: z.enum(['listening', 'done']),
    /** Null: none that is known, or not listened to yet. */
    known: KnownInUpload.nullable(),
  })
  .meta({ id: 'UploadSound' });
export type UploadSound = z.infer<typeof UploadSound>;

const byId = z.object({ id: SoundId });
const Favourite = z.object({ favourite: z.boolean() });

export const listSounds = route({
  name: 'listSounds',
  method: 'get',
  path: '/api/sounds',
  access: 'viewer',
  summary: 'The library: sounds that may be used, searched, by mood, or my favourites',
  query: z.object({
    /** Beginnings of words of title, artist or handle, in any script; all of them must be there. */
    search: z.string().max(100).default(''),
    mood: SoundMood.optional(),
    /** trending: most used in the last days first. */
    sort: z.enum(['trending', 'newest']).default('trending'),
    /** Only what I marked, newest mark first; guests have none. */
    favourites: z.stringbool().default(false),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(48).default(24),
  }),
  reply: z.object({ sounds: z.array(Sound), next: z.string().nullable() }),
  errors: ['cursor_invalid'],
});

export const getSound = route({
  name: 'getSound',
  method: 'get',
  path: '/api/sounds/{id}',
  access: 'viewer',
  summary: 'A sound: whose it is, where it may be used, how it beats, how many public videos use it',
  params: byId,
  reply: SoundDetail,
});

export const favouriteSound = route({
  name: 'favouriteSound',
  method: 'put',
  path: '/api/sounds/{id}/favourite',
  access: 'member',
  summary: 'Keep a sound among my favourites. Again: the same answer',
  params: byId,
  reply: Favourite,
});

export const unfavouriteSound = route({
  name: 'unfavouriteSound',
  method: 'delete',
  path: '/api/sounds/{id}/favourite',
  access: 'member',
  summary: 'Take it out of my favourites. Again: the same answer',
  params: byId,
  reply: Favourite,
});

const Markets = z
  .array(z.string().regex(/^[A-Z]{2}$/))
  .min(1)
  .max(250)
  .nullable();

export const SoundChange = z
  .object({
    /** An empty one takes the name away. */
    title: z.string().max(100),
    mood: SoundMood.nullable(),
    licence: SoundLicence,
    markets: Markets,
  })
  .partial()
  .strict();
export type SoundChange = z.infer<typeof SoundChange>;

export const changeSound = route({
  name: 'changeSound',
  method: 'patch',
  path: '/api/sounds/{id}',
  access: 'owner',
  summary: 'Name a sound of my own, and say what others may do with it and where',
  params: byId,
  body: SoundChange,
  reply: SoundDetail,
  errors: ['gone', 'not_allowed'],
});

export const withdrawSound = route({
  name: 'withdrawSound',
  method: 'put',
  path: '/api/sounds/{id}/withdrawal',
  access: 'owner',
  summary: 'Take a sound of my own back, for good: it falls silent in every video. Again: the same answer',
  params: byId,
  reply: SoundDetail,
});

export const withdrawSoundForRights = route({
  name: 'withdrawSoundForRights',
  method: 'put',
  path: '/api/desk/sounds/{id}/withdrawal',
  access: 'operator',
  summary: 'Withdraw anybody’s sound, for good, with a reason. Again: the same answer',
  params: byId,
  body: z.object({ reason: z.enum(['rights', 'rules']) }).strict(),
  reply: SoundDetail,
});

export const setSoundMarkets = route({
  name: 'setSoundMarkets',
  method: 'put',
  path: '/api/desk/sounds/{id}/markets',
  access: 'operator',
  summary:
    'Say where anybody’s sound may be used; its owner cannot widen that. null: everywhere, and up to its owner',
  params: byId,
  body: z.object({ markets: Markets }).strict(),
  reply: SoundDetail,
});

export const askUploadSound = route({
  name: 'askUploadSound',
  method: 'put',
  path: '/api/uploads/{id}/sound',
  access: 'owner',
  summary:
    'Listen whether a known sound is heard in my upload, before it is published. Again: what is known by now',
  params: z.object({ id: UploadId }),
  reply: UploadSound,
  errors: ['upload_not_finished'],
});

export const soundRoutes = [
  listSounds,
  getSound,
  favouriteSound,
  unfavouriteSound,
  changeSound,
  withdrawSound,
  withdrawSoundForRights,
  setSoundMarkets,
  askUploadSound,
] as const;
