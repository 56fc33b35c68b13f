import type { KnownInUpload, Sound } from '../../../contract/sounds.ts';
import type { UploadCheck } from '../../../contract/uploads.ts';
import type { CurrentUpload } from './current-upload.ts';
import { faultOf } from './when.rules.ts';

/**
 * Everything that is known before publishing, the gravest first: what the server says of the file, and what the words
 * and choices mean. blocking: it would be refused · limited: fewer people see it · advice: people may like it less.
 */
export type Check = {
  code:
    | Exclude<UploadCheck['code'], 'refused'>
    | SoundFault
    | `known_${KnownInUpload['outcome']}`
    | 'caption_too_long'
    | 'wrong_time'
    | 'only_followers'
    | 'only_me';
  level: 'blocking' | 'limited' | 'advice';
};

export type SoundFault = 'sound_withdrawn' | 'sound_market' | 'sound_licence' | 'sound_gone';

/** Why a sound cannot be published with; null: it can. */
export function soundFault({
  usable,
  withdrawn,
  licence,
}: Pick<Sound, 'usable' | 'withdrawn' | 'licence'>): SoundFault | null {
  if (usable) return null;
  if (withdrawn) return 'sound_withdrawn';
  return licence === 'mine' ? 'sound_licence' : 'sound_market';
}

export function checksBefore(
  { draft, upload }: Pick<CurrentUpload, 'draft' | 'upload'>,
  captionMost: number,
  now: number,
  sound: SoundFault | null = null,
  known: KnownInUpload | null = null,
): Check[] {
  const found = (code: Check['code'], level: Check['level'], is: boolean): Check[] =>
    is ? [{ code, level }] : [];
  return [
    ...found('caption_too_long', 'blocking', draft.caption.length > captionMost),
    ...found('wrong_time', 'blocking', draft.publishAt !== null && faultOf(draft.publishAt, now) !== null),
    ...(sound ? found(sound, 'blocking', true) : []),
    ...found('only_me', 'limited', draft.audience === 'me'),
    ...found('only_followers', 'limited', draft.audience === 'followers'),
    ...(known
      ? found(`known_${known.outcome}`, known.outcome === 'silent' ? 'limited' : 'advice', true)
      : []),
    // A refused file has a notice of its own, in the place of the whole form.
    ...(upload?.checks ?? []).flatMap(({ code, level }) => (code === 'refused' ? [] : [{ code, level }])),
  ];
}
