import type { Selectable } from 'kysely';
import type { AccountId, SoundId } from '../../../contract/ids.ts';
import type { SoundMood } from '../../../contract/sounds.ts';
import { type Database, type Executor, sql } from '../../platform/database.ts';
import { cursorOf, type Place } from './sounds.rules.ts';
import type { SoundsTables } from './sounds.tables.ts';

export type FoundSound = Selectable<SoundsTables['sounds']> & { favourite: boolean };
export type Wanted = {
  terms: readonly string[];
  /** Whose sounds are found too, because what was searched for is their handle. */
  ownerId: AccountId | null;
  mood: SoundMood | null;
  sort: 'trending' | 'newest';
  place: Place | null;
  limit: number;
};

/** The SQL of looking for sounds, of favourites, and of what owners say of their sounds. */
export function libraryStore(
  database: Database,
  orderSilencing: (executor: Executor, id: SoundId) => Promise<void>,
) {
  const db = database.of<SoundsTables>();

  const marked = (accountId: AccountId | null) =>
    accountId === null
      ? sql<boolean>`false`
      : sql<boolean>`exists (select 1 from sound_favourites f where f.account_id = ${accountId} and f.sound_id = sounds.id)`;
  /** One more than asked, to know whether there is a next page. */
  const paged = (rows: (FoundSound & { by: number })[], limit: number) => {
    const sounds = rows.slice(0, limit);
    const last = sounds.at(-1);
    return { sounds, next: last && rows.length > limit ? cursorOf({ by: last.by, id: last.id }) : null };
  };

  return {
    async find(id: SoundId, accountId: AccountId | null): Promise<FoundSound | undefined> {
      return db
        .selectFrom('sounds')
        .selectAll()
        .select(marked(accountId).as('favourite'))
        .where('id', '=', id)
        .where((e) => e.or([e('videos', '>', 0), e('original', '=', false)]))
        .executeTakeFirst();
    },
    /** Whether or not it is heard in any video. */
    known: (id: SoundId): Promise<FoundSound | undefined> =>
      db
        .selectFrom('sounds')
        .selectAll()
        .select(marked(null).as('favourite'))
        .where('id', '=', id)
        .executeTakeFirst(),
    async list(wanted: Wanted, accountId: AccountId | null) {
      const { terms, ownerId, mood, place, limit } = wanted;
      const byTime = wanted.sort === 'newest';
      const rows = await db
        .selectFrom('sounds')
        .selectAll()
        .select(marked(accountId).as('favourite'))
        .select(byTime ? sql<number>`extract(epoch from created_at) * 1000`.as('by') : 'trend as by')
        .where('listed', '=', true)
        .$if(terms.length > 0, (q) =>
          q.where((e) =>
            e.or([
              sql<boolean>`terms @> ${[...terms]}::text[]`,
              ...(ownerId ? [e('owner_id', '=', ownerId)] : []),
            ]),
          ),
        )
        .$if(mood !== null, (q) => q.where('mood', '=', mood))
        .$if(place !== null && byTime, (q) =>
          q.where((e) => e(e.refTuple('created_at', 'id'), '<', e.tuple(new Date(place!.by), place!.id))),
        )
        .$if(place !== null && !byTime, (q) =>
          q.where((e) => e(e.refTuple('trend', 'id'), '<', e.tuple(place!.by, place!.id))),
        )
        .orderBy(byTime ? 'created_at' : 'trend', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      return paged(rows, limit);
    },
    /** Newest mark first; also those that cannot be used any more, so that nobody wonders where they went. */
    async favourites(accountId: AccountId, place: Place | null, limit: number) {
      const rows = await db
        .selectFrom('sound_favourites as f')
        .innerJoin('sounds', 'sounds.id', 'f.sound_id')
        .selectAll('sounds')
        .select([
          sql<boolean>`true`.as('favourite'),
          sql<number>`extract(epoch from f.marked_at) * 1000`.as('by'),
        ])
        .where('f.account_id', '=', accountId)
        .where((e) =>
          e.or([
            e('sounds.uses', '>', 0),
            e('sounds.original', '=', false),
            e.and([e('sounds.owner_id', '=', accountId), e('sounds.videos', '>', 0)]),
          ]),
        )
        .$if(place !== null, (q) =>
          q.where((e) =>
            e(e.refTuple('f.marked_at', 'f.sound_id'), '<', e.tuple(new Date(place!.by), place!.id)),
          ),
        )
        .orderBy('f.marked_at', 'desc')
        .orderBy('f.sound_id', 'desc')
        .limit(limit + 1)
        .execute();
      return paged(rows, limit);
    },
    async mark(accountId: AccountId, soundId: SoundId, at: Date): Promise<void> {
      await db
        .insertInto('sound_favourites')
        .values({ account_id: accountId, sound_id: soundId, marked_at: at })
        .onConflict((c) => c.doNothing())
        .execute();
    },
    async unmark(accountId: AccountId, soundId: SoundId): Promise<void> {
      await db
        .deleteFrom('sound_favourites')
        .where('account_id', '=', accountId)
        .where('sound_id', '=', soundId)
        .execute();
    },
    async forgetAccount(accountId: AccountId): Promise<void> {
      await db.deleteFrom('sound_favourites').where('account_id', '=', accountId).execute();
      await db.deleteFrom('sound_users').where('account_id', '=', accountId).execute();
    },
    async change(
      id: SoundId,
      change: Partial<
        Pick<FoundSound, 'title' | 'mood' | 'licence' | 'markets' | 'markets_by_desk' | 'terms'>
      >,
    ): Promise<void> {
      await db
        .updateTable('sounds')
        .set(change)
        .where('id', '=', id)
        .where('withdrawn_at', 'is', null)
        .execute();
    },
    async withdraw(id: SoundId, reason: 'owner' | 'rights' | 'rules', at: Date): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await trx
          .updateTable('sounds')
          .set({ withdrawn_at: at, withdrawn_reason: reason })
          .where('id', '=', id)
          .where('withdrawn_at', 'is', null)
          .execute();
        await orderSilencing(trx, id);
      });
    },
  };
}
