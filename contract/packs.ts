import { z } from 'zod';
import { route } from './route.ts';

/**
 * Sticker packs: drawings that an operator publishes for some markets and some days of the year. A sticker is known by
 * `<pack>-<name>`, which is what an edit list keeps; its drawing never changes.
 */
export const packLimits = {
  packs: 200,
  stickers: 24,
  svgBytes: 65_536,
  spans: 30,
  markets: 250,
} as const;

const part = z.string().regex(/^[a-z][a-z0-9]{0,19}$/);
export const PackKey = part;
export const StickerName = part;
export const StickerKey = z.string().regex(/^[a-z][a-z0-9]{0,19}-[a-z][a-z0-9]{0,19}$/);
/** ISO 3166-1 alpha-2. */
export const Market = z.string().regex(/^[A-Z]{2}$/);

/** In each language that somebody wrote; who reads another gets English, or the first. */
export const Names = z
  .record(z.string().regex(/^[a-z]{2,3}$/), z.string().trim().min(1).max(40))
  .refine((names) => Object.keys(names).length >= 1 && Object.keys(names).length <= 20);
export type Names = z.infer<typeof Names>;

const day = z.iso.date();
const dayOfYear = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const days = z.number().int().min(-200).max(200);

/** When a pack is there, in days of its market: both ends count. */
export const PackSeason = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  /** Each year; an end before the beginning lies in the next one. */
  z.strictObject({ kind: z.literal('yearly'), from: dayOfYear, to: dayOfYear }),
  /** Days from Easter Sunday of the western churches. */
  z.strictObject({ kind: z.literal('easter'), from: days, to: days }),
  /** Days from one day of another calendar. */
  z.strictObject({
    kind: z.literal('calendar'),
    calendar: z.enum(['chinese', 'islamic-umalqura', 'hebrew']),
    month: z.number().int().min(1).max(13),
    day: z.number().int().min(1).max(30),
    from: days,
    to: days,
  }),
  z.strictObject({
    kind: z.literal('dates'),
    spans: z
      .array(z.strictObject({ from: day, to: day }))
      .min(1)
      .max(packLimits.spans),
  }),
]);
export type PackSeason = z.infer<typeof PackSeason>;

export const PackFacts = z.strictObject({
  names: Names,
  /** Empty: everywhere. */
  markets: z.array(Market).max(packLimits.markets),
  season: PackSeason,
  /** Lower comes first. */
  position: z.number().int().min(0).max(1000),
});
export type PackFacts = z.infer<typeof PackFacts>;

const Span = z.object({ from: day, to: day });

export const TodaysPacks = z
  .object({
    /** The market these packs are for; null when nobody knows it. */
    market: Market.nullable(),
    /** Who says so: this server's setting, or the region of the browser's language, which is only a hint. */
    marketFrom: z.enum(['server', 'language', 'nobody']),
    packs: z.array(
      z.object({
        key: PackKey,
        names: Names,
        /** The last day; null when it stays. */
        until: day.nullable(),
        stickers: z.array(z.object({ key: StickerKey, names: Names })),
      }),
    ),
  })
  .meta({ id: 'TodaysPacks' });
export type TodaysPacks = z.infer<typeof TodaysPacks>;

export const todaysPacks = route({
  name: 'todaysPacks',
  method: 'get',
  path: '/api/packs/today',
  access: 'anyone',
  summary: 'The sticker packs of today in the market of whoever asks',
  reply: TodaysPacks,
});

export const PackSticker = z
  .object({ key: StickerKey, names: Names, svg: z.string() })
  .meta({ id: 'PackSticker' });
export type PackSticker = z.infer<typeof PackSticker>;

export const getPackSticker = route({
  name: 'getPackSticker',
  method: 'get',
  path: '/api/packs/stickers/{key}',
  access: 'anyone',
  summary: 'One sticker of a published pack, in its season or not: drafts keep what they use',
  params: z.object({ key: z.string().max(41) }),
  reply: PackSticker,
});

export const DeskPack = z
  .object({
    key: PackKey,
    ...PackFacts.shape,
    state: z.enum(['draft', 'published', 'withdrawn']),
    /** It came with the program. */
    isStarter: z.boolean(),
    /** Now, or the next time: in days of its first market. */
    next: Span.nullable(),
    isToday: z.boolean(),
    stickers: z.array(z.object({ key: StickerKey, name: StickerName, names: Names })),
  })
  .meta({ id: 'DeskPack' });
export type DeskPack = z.infer<typeof DeskPack>;

const params = z.object({ key: z.string().max(20) });
const stickerParams = z.object({ key: z.string().max(20), name: z.string().max(20) });

export const listPacks = route({
  name: 'listPacks',
  method: 'get',
  path: '/api/desk/packs',
  access: 'operator',
  summary: 'Every sticker pack, and the market of this server',
  reply: z.object({ market: Market.nullable(), packs: z.array(DeskPack) }),
});

export const setPackMarket = route({
  name: 'setPackMarket',
  method: 'put',
  path: '/api/desk/pack-market',
  access: 'operator',
  summary: 'Which market this server is for; null leaves it to the language of each browser',
  body: z.strictObject({ market: Market.nullable() }),
  reply: z.object({ market: Market.nullable() }),
});

export const putPack = route({
  name: 'putPack',
  method: 'put',
  path: '/api/desk/packs/{key}',
  access: 'operator',
  summary: 'Make a pack, as a draft, or change what is known of it',
  params,
  body: PackFacts,
  reply: DeskPack,
  errors: ['pack_invalid', 'pack_full'],
});

export const discardPack = route({
  name: 'discardPack',
  method: 'delete',
  path: '/api/desk/packs/{key}',
  access: 'operator',
  summary: 'Throw away a draft; what was once published is withdrawn instead',
  params,
  errors: ['conflict'],
});

export const putPackSticker = route({
  name: 'putPackSticker',
  method: 'put',
  path: '/api/desk/packs/{key}/stickers/{name}',
  access: 'operator',
  summary: 'Add a drawing; only what is known to be harmless of it is kept',
  params: stickerParams,
  body: z.strictObject({ names: Names, svg: z.string().max(packLimits.svgBytes) }),
  reply: z.object({
    pack: DeskPack,
    /** Elements and attributes that were left out of the drawing. */
    dropped: z.array(z.string()),
  }),
  errors: ['svg_invalid', 'sticker_key_taken', 'pack_full', 'pack_invalid'],
});

export const removePackSticker = route({
  name: 'removePackSticker',
  method: 'delete',
  path: '/api/desk/packs/{key}/stickers/{name}',
  access: 'operator',
  summary: 'Take a sticker out of its pack; drafts that use it keep it',
  params: stickerParams,
});

export const publishPack = route({
  name: 'publishPack',
  method: 'post',
  path: '/api/desk/packs/{key}/publish',
  access: 'operator',
  summary: 'From now on it comes and goes with its season',
  params,
  reply: DeskPack,
  errors: ['pack_empty'],
});

export const withdrawPack = route({
  name: 'withdrawPack',
  method: 'post',
  path: '/api/desk/packs/{key}/withdraw',
  access: 'operator',
  summary: 'Nobody is offered it any more, and its drawings are no longer given out',
  params,
  reply: DeskPack,
  errors: ['conflict'],
});

export const PackDeed = z
  .object({
    at: z.iso.datetime(),
    /** A handle; null when that account is gone, or when the program did it. */
    by: z.string().nullable(),
    what: z.enum(['made', 'changed', 'sticker_added', 'sticker_removed', 'published', 'withdrawn']),
    sticker: z.string().nullable(),
  })
  .meta({ id: 'PackDeed' });
export type PackDeed = z.infer<typeof PackDeed>;

export const listPackDeeds = route({
  name: 'listPackDeeds',
  method: 'get',
  path: '/api/desk/packs/{key}/deeds',
  access: 'operator',
  summary: 'Who did what with a pack: the newest hundred',
  params,
  reply: z.object({ deeds: z.array(PackDeed) }),
});

export const packRoutes = [
  todaysPacks,
  getPackSticker,
  listPacks,
  setPackMarket,
  putPack,
  discardPack,
  putPackSticker,
  removePackSticker,
  publishPack,
  withdrawPack,
  listPackDeeds,
] as const;
