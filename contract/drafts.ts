import { z } from 'zod';
import { EditList } from './edit-list.ts';
import { DraftId, TakeId } from './ids.ts';
import { route } from './route.ts';

/**
 * Drafts of the studio that their maker keeps on the account too. A draft has the id that its device gave it; another
 * account may have one of the same id, and neither learns of the other. Its materials (takes, files, sounds) come in
 * parts of one size, each known by its digest before it comes, so that a part sent twice is the same part.
 */
export const draftPartBytes = 4 * 1024 * 1024;
/** 20 GB: what an account may hold is smaller. */
const mostParts = 5000;

const when = z.iso.datetime();
/** Words of a device or a file, as they are shown: one line. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*$/u);

/** The account's copy of a draft, without its list. */
export const AccountDraft = z
  .object({
    id: DraftId,
    /** Counts the changes of the list; one who changes it says which one they saw. */
    revision: z.number().int().min(1),
    madeAt: when,
    changedAt: when,
    /** Where it was changed last, in its own words, such as "Firefox". */
    device: z.string().nullable(),
    durationMs: z.number().int().min(0),
    clips: z.number().int().min(0),
    /** Of the materials that the list needs, as far as they are announced. */
    bytes: z.number().int().min(0),
    bytesHere: z.number().int().min(0),
    /** All that the list needs is here. */
    complete: z.boolean(),
  })
  .meta({ id: 'AccountDraft' });
export type AccountDraft = z.infer<typeof AccountDraft>;

/** What a device knows of a take, as it says it to the account. */
export const MaterialFacts = z.strictObject({
  kind: z.enum(['take', 'file', 'sound', 'voice', 'video']),
  speed: z.number().min(0.3).max(3),
  madeAt: when,
  name: line(200).nullable(),
  leadMs: z.number().min(0).max(14_400_000).nullable(),
  atMs: z.number().min(0).max(14_400_000).nullable(),
  quiet: z.boolean(),
});
export type MaterialFacts = z.infer<typeof MaterialFacts>;

const material = {
  ...MaterialFacts.shape,
  bytes: z
    .number()
    .int()
    .min(1)
    .max(draftPartBytes * mostParts),
  mime: z.string().regex(/^[a-z]{1,20}\/[a-z0-9][a-z0-9.+-]{0,60}$/),
  /** SHA-256 of each part, as hexadecimal digits; all but the last have `draftPartBytes`. */
  parts: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(mostParts),
};
export const NewMaterial = z
  .strictObject(material)
  .refine(({ bytes, parts }) => parts.length === Math.ceil(bytes / draftPartBytes), {
    path: ['parts'],
    message: 'as many as the bytes need',
  });
export type NewMaterial = z.infer<typeof NewMaterial>;
export const DraftMaterial = z
  .object({ ...material, id: TakeId, here: z.array(z.number().int().min(0)) })
  .meta({ id: 'DraftMaterial' });
export type DraftMaterial = z.infer<typeof DraftMaterial>;

const byId = z.object({ id: DraftId });
const byTake = z.object({ id: DraftId, take: TakeId });

export const listDrafts = route({
  name: 'listDrafts',
  method: 'get',
  path: '/api/drafts',
  access: 'member',
  summary: 'My drafts on the account, changed last first',
  query: z.object({
    limit: z.coerce.number().int().min(1).max(100).default(50),
    before: z
      .string()
      .regex(/^\d{1,15}\.[A-Za-z0-9_-]{8,40}$/)
      .optional(),
  }),
  reply: z.object({ drafts: z.array(AccountDraft), next: z.string().nullable() }),
});

export const getDraft = route({
  name: 'getDraft',
  method: 'get',
  path: '/api/drafts/{id}',
  access: 'owner',
  summary: 'One of my drafts: its list, and its materials with the parts that are here',
  params: byId,
  reply: z.object({ draft: AccountDraft, list: EditList, materials: z.array(DraftMaterial) }),
});

export const putDraft = route({
  name: 'putDraft',
  method: 'put',
  path: '/api/drafts/{id}',
  access: 'member',
  summary:
    'Keep a list, made from the revision that was seen (0: a new draft). The same again: the same answer',
  params: byId,
  body: z.strictObject({
    from: z.number().int().min(0).max(2_000_000_000),
    /** An EditList; its rules are looked at with it. */
    list: z.unknown(),
    madeAt: when,
    changedAt: when,
    device: line(60).nullable(),
  }),
  /** `lacking`: what the list needs and is not here, or not whole. */
  reply: z.object({ draft: AccountDraft, lacking: z.array(z.string()) }),
  errors: ['draft_invalid', 'draft_moved_on', 'drafts_full', 'not_found'],
  limit: { points: 2000, seconds: 3600 },
});

export const removeDraft = route({
  name: 'removeDraft',
  method: 'delete',
  path: '/api/drafts/{id}',
  access: 'member',
  summary: 'Remove a draft from the account, if its revision is still this one. Again: the same answer',
  params: byId,
  query: z.object({ revision: z.coerce.number().int().min(1).max(2_000_000_000).optional() }),
  errors: ['draft_moved_on'],
});

export const putMaterial = route({
  name: 'putMaterial',
  method: 'put',
  path: '/api/drafts/{id}/materials/{take}',
  access: 'owner',
  summary: 'Announce a material of a draft; the answer says which of its parts are here. Again: the same',
  params: byTake,
  body: NewMaterial,
  reply: DraftMaterial,
  errors: ['material_differs', 'drafts_no_room', 'disk_full'],
  limit: { points: 4000, seconds: 3600 },
});

export const putPart = route({
  name: 'putPart',
  method: 'put',
  path: '/api/drafts/{id}/materials/{take}/parts/{part}',
  access: 'owner',
  summary: 'Send a part of a material, counted from 0, as bytes. The same part again: the same answer',
  params: z.object({ ...byTake.shape, part: z.coerce.number().int().min(0).max(mostParts) }),
  raw: 'bytes',
  errors: ['part_wrong', 'too_large', 'disk_full'],
  limit: { points: 10_000, seconds: 3600 },
});

export const readMaterial = route({
  name: 'readMaterial',
  method: 'get',
  path: '/api/drafts/{id}/materials/{take}',
  access: 'owner',
  summary: 'The bytes of a material, or a range of them (RFC 9110)',
  params: byTake,
  raw: 'bytes',
  errors: ['upload_not_finished'],
});

export const draftRoutes = [
  listDrafts,
  getDraft,
  putDraft,
  removeDraft,
  putMaterial,
  putPart,
  readMaterial,
] as const;
