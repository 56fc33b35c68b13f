import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { AccountId } from '../../../contract/ids.ts';
import type { Database } from '../../platform/database.ts';
import { rememberRows } from '../../platform/remembered.ts';
import type { AccountTables } from './accounts.tables.ts';
import { keepWords } from './people-words.store.ts';

/** The SQL of people: one row for each account, demo people included. */
const columns = ['account_id', 'viewer_id', 'handle', 'display_name', 'bio', 'language', 'role'] as const;
const more = ['avatar_version', 'demo_handle'] as const;
type Db = Kysely<AccountTables>;

export type NewPerson = {
  account_id: string;
  viewer_id: string;
  handle: string;
  skeleton: string;
  display_name: string;
  bio?: string;
  language: string | null;
  demo_handle: string | null;
  created_at: Date;
};

/** True when the person is there now because of this call; false when the account, handle or viewer is taken. */
export async function insertPerson(db: Db, person: NewPerson): Promise<boolean> {
  return within(db, async (trx) => {
    const result = await trx
      .insertInto('people')
      .values({ ...person, birth_date: null, avatar_version: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    const made = Number(result.numInsertedOrUpdatedRows) === 1;
    if (made) await keepWords(trx, person);
    return made;
  });
}

/** In the transaction that is there already, or in one of its own. */
const within = <Result>(db: Db, work: (trx: Db) => Promise<Result>) =>
  db.isTransaction ? work(db) : db.transaction().execute(work);

export const findPerson = (db: Db, accountId: string) =>
  db
    .selectFrom('people')
    .select([...columns, ...more])
    .where('account_id', '=', accountId)
    .executeTakeFirst();

type PersonRow = Pick<
  Selectable<AccountTables['people']>,
  'account_id' | 'handle' | 'display_name' | 'avatar_version' | 'demo_handle'
>;

export const rememberPeople = <Value>(database: Database, make: (row: PersonRow) => Value) =>
  rememberRows<AccountId, PersonRow, Value>(database, {
    name: 'accounts.people',
    text: `select p.account_id as id, p.xmin::text as version,
        case when p.xmin::text is distinct from asked.version then json_build_object('account_id', p.account_id,
          'handle', p.handle, 'display_name', p.display_name, 'avatar_version', p.avatar_version,
          'demo_handle', p.demo_handle) end as row
      from unnest($1::text[], $2::text[]) as asked(id, version) join people p on p.account_id = asked.id`,
    make,
    most: 20_000,
  });

export const findByHandle = (db: Db, handle: string) =>
  db
    .selectFrom('people')
    .select([...columns, ...more])
    .where('handle', '=', handle)
    .executeTakeFirst();

export const findIdsByHandle = (db: Db, handles: readonly string[]) =>
  db
    .selectFrom('people')
    .select(['account_id', 'handle'])
    .where('handle', '=', sql<string>`any(${[...handles]}::text[])`)
    .execute();

export const findBySkeleton = (db: Db, skeleton: string) =>
  db.selectFrom('people').select('account_id').where('skeleton', '=', skeleton).executeTakeFirst();

export const findDemoPerson = (db: Db, demoHandle: string) =>
  db
    .selectFrom('people')
    .select(['account_id', 'avatar_version'])
    .where('demo_handle', '=', demoHandle)
    .executeTakeFirst();

export const viewerIsTaken = async (db: Db, viewerId: string) =>
  Boolean(
    await db.selectFrom('people').select('account_id').where('viewer_id', '=', viewerId).executeTakeFirst(),
  );

/** A member with what only they may know. */
export const findMe = (db: Db, accountId: string) =>
  db
    .selectFrom('people')
    .innerJoin('auth_users', 'auth_users.id', 'people.account_id')
    .select(['account_id', 'viewer_id', 'handle', 'display_name', 'bio', 'people.language', 'role', ...more])
    .select(['email', 'email_verified'])
    .select(sql<string | null>`birth_date::text`.as('birth_date'))
    .where('account_id', '=', accountId)
    .executeTakeFirst();

export type PersonChange = {
  display_name?: string;
  bio?: string;
  language?: string | null;
  handle?: string;
  skeleton?: string;
};
/** Throws Postgres' unique_violation (23505) when the handle is taken. */
export const updatePerson = (db: Db, accountId: string, change: PersonChange) =>
  within(db, async (trx) => {
    const changed = await trx
      .updateTable('people')
      .set(change)
      .where('account_id', '=', accountId)
      .returning(['account_id', 'handle', 'display_name'])
      .executeTakeFirst();
    if (changed && (change.handle || change.display_name)) await keepWords(trx, changed);
  });

/** True when the date of birth was not set before. */
export async function setBirthDateOnce(db: Db, accountId: string, birthDate: string): Promise<boolean> {
  const result = await db
    .updateTable('people')
    .set({ birth_date: birthDate })
    .where('account_id', '=', accountId)
    .where('birth_date', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** Sets the picture's version, and returns the one before. */
export async function swapAvatar(
  trx: Transaction<AccountTables>,
  accountId: string,
  version: string | null,
): Promise<string | null> {
  const before = await trx
    .selectFrom('people')
    .select('avatar_version')
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst();
  await trx
    .updateTable('people')
    .set({ avatar_version: version })
    .where('account_id', '=', accountId)
    .execute();
  return before?.avatar_version ?? null;
}

export const countMembers = (db: Db) =>
  db
    .selectFrom('people')
    .select((eb) => eb.fn.countAll<number>().as('members'))
    .where('demo_handle', 'is', null)
    .executeTakeFirstOrThrow();

export const deleteDemoPeople = (db: Db) =>
  db
    .deleteFrom('people')
    .where('demo_handle', 'is not', null)
    .returning(['account_id', 'viewer_id', 'avatar_version'])
    .execute();
