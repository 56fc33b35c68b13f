import { type Kysely, sql } from 'kysely';
import type { AccountId } from '../../../contract/ids.ts';
import { endOfPrefix } from '../../platform/casefold.ts';
import type { AccountTables } from './accounts.tables.ts';
import { wordsOf } from './people.rules.ts';

/** The index by which people are found while somebody writes a mention. */
type Db = Kysely<AccountTables>;

/** In the transaction that writes the person. */
export async function keepWords(
  trx: Db,
  person: { account_id: string; handle: string; display_name: string },
): Promise<void> {
  await trx.deleteFrom('people_words').where('account_id', '=', person.account_id).execute();
  await trx
    .insertInto('people_words')
    .values(wordsOf(person).map((word) => ({ word, account_id: person.account_id })))
    .execute();
}

/** Read for a page of suggestions: people are found by several words, and each counts once. */
const wordsRead = 64;

export async function findBeginning(
  db: Db,
  key: string,
  first: readonly AccountId[],
  limit: number,
): Promise<AccountId[]> {
  const near = sql<{ account_id: AccountId }>`
    select f.account_id from unnest(${[...first]}::text[]) with ordinality as f(account_id, place)
    where exists (select 1 from people_words w
      where w.account_id = f.account_id and w.word >= ${key} and w.word < ${endOfPrefix(key)})
    order by f.place limit ${limit}`.execute(db);
  const all =
    key === ''
      ? []
      : db
          .selectFrom('people_words')
          .select('account_id')
          .where('word', '>=', key)
          .where('word', '<', endOfPrefix(key))
          .orderBy('word')
          .limit(wordsRead)
          .execute();
  const found = [...(await near).rows, ...(await all)];
  return [...new Set(found.map((row) => row.account_id as AccountId))].slice(0, limit);
}
