import type { Person } from '../../../contract/accounts.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId } from '../../../contract/ids.ts';
import type { Sound, SoundDetail } from '../../../contract/sounds.ts';
import { fewerPeaks } from '../../../packages/sound-analysis/peaks.ts';
import type { FoundSound } from './library.store.ts';
import type { SoundsTables } from './sounds.tables.ts';

/** Pure: who may hear and use a sound, how it is shown, and places in a list. */
const mostPeaks = 96;

type Rights = Pick<
  FoundSound,
  'owner_id' | 'original' | 'uses' | 'licence' | 'markets' | 'markets_by_desk' | 'withdrawn_at'
>;

/** One that is heard only in videos for few is its owner's alone. */
export const isAudible = ({ owner_id, original, uses }: Rights, accountId: AccountId | null) =>
  !original || uses > 0 || (accountId !== null && owner_id === accountId);

/** `market`: the country this server is run for; null where it is run for all. */
export function isUsable(sound: Rights, accountId: AccountId | null, market: string | null): boolean {
  if (sound.withdrawn_at || !isAudible(sound, accountId)) return false;
  const isOwners = accountId !== null && sound.owner_id === accountId;
  // What its owner said binds others; what an operator said binds all.
  if (isOwners && !sound.markets_by_desk) return true;
  if (!isOwners && sound.licence === 'mine') return false;
  return sound.markets === null || (market !== null && sound.markets.includes(market));
}

export type Shown = {
  accountId: AccountId | null;
  market: string | null;
  people: ReadonlyMap<AccountId, Person>;
  audioUrl: string | null;
};

export function presentSound(row: FoundSound, shown: Shown): Sound {
  const { accountId, people } = shown;
  return {
    id: row.id,
    title: row.title,
    ownerHandle: (row.owner_id && people.get(row.owner_id)?.handle) || null,
    original: row.original,
    withdrawn: row.withdrawn_at !== null,
    artist: row.artist,
    mood: row.mood,
    licence: row.licence,
    markets: row.markets,
    durationMs: row.duration_ms,
    tempo: row.tempo,
    peaks: row.peaks.length > mostPeaks ? [...fewerPeaks(row.peaks, mostPeaks)] : [...row.peaks],
    audioUrl: row.withdrawn_at === null && isAudible(row, accountId) ? shown.audioUrl : null,
    videos: row.uses,
    favourite: row.favourite,
    mine: accountId !== null && row.owner_id === accountId,
    usable: isUsable(row, accountId, shown.market),
    createdAt: row.created_at.toISOString(),
  };
}

export function presentDetail(row: FoundSound, shown: Shown, known: FoundSound | null): SoundDetail {
  const { withdrawn_at: at, withdrawn_reason: reason } = row;
  return {
    ...presentSound(row, shown),
    beatsMs: row.beats_ms,
    marketsByDesk: row.markets_by_desk,
    resembles: known && { id: known.id, title: known.title, reason: whyNot(known) },
    withdrawal: at && reason && { at: at.toISOString(), reason },
  };
}

/** Why a known sound that may be heard may not be used. */
export const whyNot = (known: Pick<FoundSound, 'withdrawn_at' | 'licence'>) =>
  known.withdrawn_at ? 'withdrawn' : known.licence === 'mine' ? 'licence' : 'market';

/** A place in a list: what it is ordered by, and the id. Opaque to clients; a faulty one is refused. */
export type Place = { by: number; id: SoundsTables['sounds']['id'] };

export const cursorOf = ({ by, id }: Place) => Buffer.from(`${by} ${id}`).toString('base64url');

export function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [, by, id] =
    /^(\d+(?:\.\d+)?(?:e[-+]\d+)?) ([A-Za-z0-9_-]{8,40})$/.exec(
      Buffer.from(cursor, 'base64url').toString('latin1'),
    ) ?? [];
  if (!by || !id || !(Number(by) < 1e15)) throw new Refusal('cursor_invalid');
  return { by: Number(by), id: id as Place['id'] };
}
