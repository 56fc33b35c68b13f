import type { Kysely } from 'kysely';
import type { AccountTables } from './accounts.tables.ts';

/** The SQL of sessions: better-auth writes them, this room reads the one a request comes with. */
type Db = Kysely<AccountTables>;

/** The session with its member in one query; the member is null after a kill between signing up and becoming a person. */
export const findSession = (db: Db, token: string) =>
  db
    .selectFrom('auth_sessions')
    .leftJoin('people', 'people.account_id', 'auth_sessions.user_id')
    .select(['auth_sessions.user_id', 'auth_sessions.expires_at', 'auth_sessions.updated_at'])
    .select(['people.viewer_id', 'people.role'])
    .where('auth_sessions.token', '=', token)
    .executeTakeFirst();

export const findUser = (db: Db, id: string) =>
  db
    .selectFrom('auth_users')
    .select(['id', 'name', 'email', 'wished_handle', 'language', 'guest_viewer_id', 'created_at'])
    .where('id', '=', id)
    .executeTakeFirst();

export const findUserByEmail = (db: Db, email: string) =>
  db
    .selectFrom('auth_users')
    .leftJoin('people', 'people.account_id', 'auth_users.id')
    .select(['auth_users.id', 'auth_users.email', 'email_verified', 'people.language'])
    .where('email', '=', email)
    .executeTakeFirst();

/** Nobody signs out of a device they lost: what ran out goes when its owner signs in. */
export const deleteExpiredSessions = (db: Db, accountId: string) =>
  db
    .deleteFrom('auth_sessions')
    .where('user_id', '=', accountId)
    .where('expires_at', '<', new Date())
    .execute();

/** Password links that were sent and not used yet end here; the value of such a row is the account. */
export const deletePasswordLinks = (db: Db, accountId: string) =>
  db.deleteFrom('auth_verifications').where('value', '=', accountId).execute();

/** True when this guest was not joined to anybody before, and is nobody's own viewer. */
export async function insertJoin(
  db: Db,
  join: { from_viewer_id: string; to_viewer_id: string; joined_at: Date },
): Promise<boolean> {
  const member = await db
    .selectFrom('people')
    .select('account_id')
    .where('viewer_id', '=', join.from_viewer_id)
    .executeTakeFirst();
  if (member) return false;
  const result = await db
    .insertInto('viewer_joins')
    .values(join)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}
