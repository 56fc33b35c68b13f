import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { AccountTables } from './accounts.tables.ts';
import type { Auth } from './auth.ts';
import type { Avatars } from './avatars.ts';

/**
 * Leaving for good. What this room knows goes in one transaction, and with it the news by which every other room
 * lets go of the rest. The news is told once more some minutes later, for what a request that had begun before wrote
 * after it.
 */
export type Leaving = {
  /** Throws password_wrong, operator_stays. Nothing happens for who has left already. */
  leave(accountId: AccountId, password: string): Promise<void>;
};

const onceMoreMs = 15 * 60_000;
const onceMore = 'tell-account-left';

export function createLeaving(deps: {
  db: Kysely<AccountTables>;
  clock: Clock;
  jobs: Jobs;
  outbox: Outbox;
  avatars: Avatars;
  auth: Pick<Auth, 'isPassword'>;
  /** What sessions mean has changed. */
  forget(): Promise<void>;
}): Leaving {
  const { db, clock, jobs, outbox, avatars, auth } = deps;
  type Gone = { accountId: string; viewerId: string };

  jobs.define<Gone>({
    name: onceMore,
    weight: 'light',
    run: (gone) => db.transaction().execute((trx) => outbox.emit(trx, 'account.removed', gone)),
  });

  return {
    async leave(accountId, password) {
      if (!(await auth.isPassword(accountId, password))) throw new Refusal('password_wrong');
      await db.transaction().execute(async (trx) => {
        const person = await trx
          .deleteFrom('people')
          .where('account_id', '=', accountId)
          .returning(['viewer_id', 'skeleton', 'role', 'avatar_version'])
          .executeTakeFirst();
        if (!person) return;
        if (person.role === 'operator') throw new Refusal('operator_stays');
        await trx
          .insertInto('left_handles')
          .values({ skeleton_hash: hashOf(person.skeleton) })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await trx.deleteFrom('viewer_joins').where('to_viewer_id', '=', person.viewer_id).execute();
        await trx.deleteFrom('auth_verifications').where('value', '=', accountId).execute();
        // Sessions and passwords go with the user.
        await trx.deleteFrom('auth_users').where('id', '=', accountId).execute();
        const gone: Gone = { accountId, viewerId: person.viewer_id };
        await outbox.emit(trx, 'account.removed', gone);
        await jobs.order(trx, onceMore, gone, { runAt: new Date(clock.now() + onceMoreMs) });
        if (person.avatar_version) await avatars.sweep(trx, accountId, person.avatar_version);
      });
      await deps.forget();
    },
  };
}

const hashOf = (skeleton: string) => createHash('sha256').update(skeleton).digest();

/** Whether somebody who left was called so, or nearly so. */
export const wasLeft = async (db: Kysely<AccountTables>, skeleton: string): Promise<boolean> =>
  Boolean(
    await db
      .selectFrom('left_handles')
      .select('skeleton_hash')
      .where('skeleton_hash', '=', hashOf(skeleton))
      .executeTakeFirst(),
  );
