import type { AccountId } from '../../../contract/ids.ts';
import type { FoundSound } from './library.store.ts';
import { isAudible, isUsable } from './sounds.rules.ts';

/** Pure: when is a sound a known one, and what follows. */

/** Less is not enough to tell a piece by: about four seconds. */
const leastLandmarks = 60;
/**
 * Of 24 synthesised pieces, ten seconds each, no other piece shares more than .053 of the landmarks; the piece itself
 * shares .2 and more when clean, .085 under noise, .054 under talk half as loud (packages/sound-analysis/README.md).
 */
const leastShared = 12;
const leastShare = 0.08;

export const isKnown = (shared: number, landmarks: number) =>
  landmarks >= leastLandmarks && shared >= Math.max(leastShared, landmarks * leastShare);

type Verdict = 'link' | 'tell' | 'nothing';

/**
 * link: the video has that sound from now on; its owner is named, and where it was withdrawn for rights or rules it falls
 * silent. tell: the author alone learns of it. What only an owner says of their sound silences nobody who does not name
 * it: whoever uploads another's music first could else silence its maker.
 */
export function verdictOn(
  known: FoundSoundRights,
  authorId: AccountId | null,
  market: string | null,
): Verdict {
  if (known.withdrawn_at && known.withdrawn_reason !== 'owner') return 'link';
  // Nobody learns that a sound of theirs is known from a video they may not see.
  if (!isAudible(known, authorId)) return 'nothing';
  return isUsable(known, authorId, market) ? 'link' : 'tell';
}

type FoundSoundRights = Pick<
  FoundSound,
  | 'owner_id'
  | 'original'
  | 'uses'
  | 'licence'
  | 'markets'
  | 'markets_by_desk'
  | 'withdrawn_at'
  | 'withdrawn_reason'
>;
