import { z } from 'zod';

/** Every id is opaque text of at least 93 random bits: nobody can guess the address of a private thing. */
const opaqueId = z.string().regex(/^[A-Za-z0-9_-]{8,40}$/);

export const AccountId = opaqueId.brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;
/** Somebody who watches: a guest's device, or a member on all their devices. Taste belongs to a viewer. */
export const ViewerId = opaqueId.brand<'ViewerId'>();
export type ViewerId = z.infer<typeof ViewerId>;
export const VideoId = opaqueId.brand<'VideoId'>();
export type VideoId = z.infer<typeof VideoId>;
export const UploadId = opaqueId.brand<'UploadId'>();
export type UploadId = z.infer<typeof UploadId>;
/** The media of one upload after the engine has read it: renditions, poster, sound track. */
export const AssetId = opaqueId.brand<'AssetId'>();
export type AssetId = z.infer<typeof AssetId>;
export const PlaylistId = opaqueId.brand<'PlaylistId'>();
export type PlaylistId = z.infer<typeof PlaylistId>;
export const CommentId = opaqueId.brand<'CommentId'>();
export type CommentId = z.infer<typeof CommentId>;
export const SoundId = opaqueId.brand<'SoundId'>();
export type SoundId = z.infer<typeof SoundId>;
/** Given by the device that made it; an account's own among those of one account. */
export const DraftId = opaqueId.brand<'DraftId'>();
export type DraftId = z.infer<typeof DraftId>;
/** What was recorded or brought into a draft; also the name of its source in the edit list. */
export const TakeId = opaqueId.brand<'TakeId'>();
export type TakeId = z.infer<typeof TakeId>;
