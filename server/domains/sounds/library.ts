import type { z } from 'zod';
import type { Person } from '../../../contract/accounts.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, SoundId } from '../../../contract/ids.ts';
import type {
  listSounds,
  Sound,
  SoundChange,
  SoundDetail,
  WithdrawalReason,
} from '../../../contract/sounds.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Media } from '../media/media.ts';
import type { FoundSound, libraryStore } from './library.store.ts';
import { termsOf, wantedTerms } from './search.rules.ts';
import { isAudible, placeOf, presentDetail, presentSound } from './sounds.rules.ts';

type Search = z.output<NonNullable<(typeof listSounds)['query']>>;

/** The library as people use it: looking for sounds, marking them, and what owners say of theirs. */
export type Library = {
  list(accountId: AccountId | null, search: Search): Promise<{ sounds: Sound[]; next: string | null }>;
  /** Throws not_found: there is none, or the caller may not hear it. */
  show(accountId: AccountId | null, id: SoundId): Promise<SoundDetail>;
  mark(accountId: AccountId, id: SoundId): Promise<void>;
  unmark(accountId: AccountId, id: SoundId): Promise<void>;
  /** Throws not_found to others, gone when it was withdrawn, not_allowed where an operator said where it may be used. */
  change(accountId: AccountId, id: SoundId, change: SoundChange): Promise<SoundDetail>;
  /** By an operator: its owner does not widen it. Throws not_found. */
  setMarkets(accountId: AccountId, id: SoundId, markets: string[] | null): Promise<SoundDetail>;
  /** By its owner, or for another reason by an operator. Throws not_found. */
  withdraw(accountId: AccountId, id: SoundId, reason: WithdrawalReason): Promise<SoundDetail>;
};

export function createLibrary(deps: {
  store: ReturnType<typeof libraryStore>;
  accounts: Pick<Accounts, 'people' | 'personByHandle'>;
  media: Pick<Media, 'tracks'>;
  market: string | null;
  now(): Date;
}): Library {
  const { store, accounts, media, market, now } = deps;

  const shownTo = async (accountId: AccountId | null, rows: readonly FoundSound[]) => {
    const owners = [...new Set(rows.flatMap((row) => row.owner_id ?? []))];
    const [people, urls] = await Promise.all([
      owners.length > 0 ? accounts.people(owners) : new Map<AccountId, Person>(),
      media.tracks.urls(rows.map((row) => row.id)),
    ]);
    return (row: FoundSound) => ({ accountId, market, people, audioUrl: urls.get(row.id) ?? null });
  };
  const detailed = async (accountId: AccountId | null, row: FoundSound): Promise<SoundDetail> => {
    const isOwners = accountId !== null && row.owner_id === accountId;
    const known = isOwners && row.resembles ? await store.known(row.resembles) : undefined;
    return presentDetail(row, (await shownTo(accountId, [row]))(row), known ?? null);
  };
  const audible = async (accountId: AccountId | null, id: SoundId): Promise<FoundSound> => {
    const row = await store.find(id, accountId);
    if (!row || !isAudible(row, accountId)) throw new Refusal('not_found');
    return row;
  };
  const own = async (accountId: AccountId, id: SoundId): Promise<FoundSound> => {
    const row = await store.find(id, accountId);
    if (row?.owner_id !== accountId) throw new Refusal('not_found');
    return row;
  };
  const show: Library['show'] = async (accountId, id) => {
    return detailed(accountId, await audible(accountId, id));
  };

  return {
    show,
    async list(accountId, search) {
      const place = placeOf(search.cursor);
      if (search.favourites && !accountId) return { sounds: [], next: null };
      const found = search.favourites
        ? await store.favourites(accountId!, place, search.limit)
        : await store.list(
            {
              terms: wantedTerms(search.search),
              ownerId: await ownerOf(accounts, search.search),
              mood: search.mood ?? null,
              sort: search.sort,
              place,
              limit: search.limit,
            },
            accountId,
          );
      const shown = await shownTo(accountId, found.sounds);
      return { sounds: found.sounds.map((row) => presentSound(row, shown(row))), next: found.next };
    },
    async mark(accountId, id) {
      await audible(accountId, id);
      await store.mark(accountId, id, now());
    },
    unmark: store.unmark,
    async change(accountId, id, { title, ...change }) {
      const row = await own(accountId, id);
      if (row.withdrawn_at) throw new Refusal('gone');
      if (change.markets !== undefined && row.markets_by_desk) throw new Refusal('not_allowed');
      const named = title === undefined ? row.title : title.normalize('NFC').trim() || null;
      await store.change(id, { ...change, title: named, terms: termsOf([named, row.artist]) });
      return show(accountId, id);
    },
    async setMarkets(accountId, id, markets) {
      await store.change(id, { markets, markets_by_desk: markets !== null });
      const row = await store.find(id, accountId);
      if (!row) throw new Refusal('not_found');
      return detailed(accountId, row);
    },
    async withdraw(accountId, id, reason) {
      const row = reason === 'owner' ? await own(accountId, id) : await store.find(id, accountId);
      if (!row) throw new Refusal('not_found');
      await store.withdraw(id, reason, now());
      return detailed(accountId, (await store.find(id, accountId))!);
    },
  };
}

/** Who is meant when somebody types a handle. */
async function ownerOf(
  accounts: Pick<Accounts, 'personByHandle'>,
  search: string,
): Promise<AccountId | null> {
  const [, handle] = /^\s*@?([\p{L}\p{N}\p{M}_.]{2,40})\s*$/u.exec(search) ?? [];
  return (handle && (await accounts.personByHandle(handle))?.id) || null;
}
