import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql, type Transaction } from 'kysely';
import { Refusal } from '../../../contract/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { AccountTables } from './accounts.tables.ts';

/**
 * The first operator. While there is none, one token exists: its hash in the database, its text in a file that only
 * the server's user can read, so that every start prints the same link. Whoever is signed in and has it becomes
 * operator; then both are gone.
 */
export type Operators = {
  claim(): Promise<string | null>;
  /** Throws claim_invalid. An operator who asks again is one already. */
  become(accountId: string, token: string): Promise<void>;
};

export function createOperators(deps: {
  db: Kysely<AccountTables>;
  clock: Clock;
  home: { folder: string };
}): Operators {
  const { db, clock } = deps;
  const path = join(deps.home.folder, 'operator-claim');
  const removeFile = () => rm(path, { force: true });

  return {
    async claim() {
      const token = await db.transaction().execute(async (trx) => {
        await takeTurn(trx);
        if (await operatorExists(trx)) return null;
        const kept = await readToken(path);
        const row = await trx
          .selectFrom('operator_claims')
          .select('token_hash')
          .where('id', '=', 1)
          .executeTakeFirst();
        if (kept && row && row.token_hash === hashOf(kept)) return kept;
        // First start, or one of the two was lost: a new token ends the old one.
        const made = randomBytes(32).toString('base64url');
        await writeToken(path, made);
        const values = { id: 1, token_hash: hashOf(made), created_at: new Date(clock.now()) };
        await trx
          .insertInto('operator_claims')
          .values(values)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute();
        return made;
      });
      if (!token) await removeFile();
      return token;
    },

    async become(accountId, token) {
      await db.transaction().execute(async (trx) => {
        await takeTurn(trx);
        const person = await trx
          .selectFrom('people')
          .select('role')
          .where('account_id', '=', accountId)
          .executeTakeFirst();
        if (person?.role === 'operator') return;
        const row = await trx
          .selectFrom('operator_claims')
          .select('token_hash')
          .where('id', '=', 1)
          .executeTakeFirst();
        if (!person || !row || !equal(row.token_hash, hashOf(token)) || (await operatorExists(trx)))
          throw new Refusal('claim_invalid');
        await trx
          .updateTable('people')
          .set({ role: 'operator' })
          .where('account_id', '=', accountId)
          .execute();
        await trx.deleteFrom('operator_claims').execute();
      });
      // After a kill right here the next start removes the file: its token opens nothing any more.
      await removeFile();
    },
  };
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const equal = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Claims are looked at one after the other, across all processes. */
const takeTurn = (trx: Transaction<AccountTables>) => sql`select pg_advisory_xact_lock(4711010)`.execute(trx);

const operatorExists = async (trx: Transaction<AccountTables>) =>
  Boolean(
    await trx.selectFrom('people').select('account_id').where('role', '=', 'operator').executeTakeFirst(),
  );

async function readToken(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text?.trim() || null;
}

async function writeToken(path: string, token: string): Promise<void> {
  await writeFile(`${path}.part`, `${token}\n`, { mode: 0o600 });
  await rename(`${path}.part`, path);
}
