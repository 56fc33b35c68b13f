import type { Kysely } from 'kysely';
import type { AccountId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { AccountTables } from './accounts.tables.ts';
import type { Avatars } from './avatars.ts';
import { canonicalHandle } from './handles.rules.ts';
import { insertWithHandle } from './members.ts';
import { deleteDemoPeople, findDemoPerson } from './people.store.ts';

/** People of the demonstration: a row like any other, but no email and no password, so that nobody signs in as one. */
export type DemoPeople = {
  ensure(person: DemoPerson): Promise<AccountId>;
  removeAll(): Promise<AccountId[]>;
};
export type DemoPerson = {
  handle: string;
  displayName: string;
  bio: string;
  language: string | null;
  /** A JPEG, PNG, WebP or AVIF. */
  avatar?: Uint8Array;
};

export function createDemoPeople(deps: {
  db: Kysely<AccountTables>;
  clock: Clock;
  outbox: Outbox;
  avatars: Avatars;
}): DemoPeople {
  const { db, clock, outbox, avatars } = deps;
  const find = async (demoHandle: string) => findDemoPerson(db, demoHandle);
  return {
    async ensure({ handle, displayName, bio, language, avatar }) {
      const demoHandle = canonicalHandle(handle);
      if (!(await find(demoHandle))) {
        const person = {
          account_id: newId(),
          viewer_id: newId(),
          display_name: displayName,
          bio,
          language,
          demo_handle: demoHandle,
          created_at: new Date(clock.now()),
        };
        await insertWithHandle(db, person, demoHandle, demoHandle);
      }
      const made = await find(demoHandle);
      if (!made) throw new Error(`no handle was free for the demo person ${demoHandle}`);
      if (avatar && !made.avatar_version) await avatars.set(made.account_id, avatar);
      return made.account_id as AccountId;
    },
    async removeAll() {
      const removed = await db.transaction().execute(async (trx) => {
        const people = await deleteDemoPeople(trx);
        for (const { account_id: accountId, viewer_id: viewerId, avatar_version: version } of people) {
          await outbox.emit(trx, 'account.removed', { accountId, viewerId });
          if (version) await avatars.sweep(trx, accountId, version);
        }
        return people;
      });
      return removed.map((person) => person.account_id as AccountId);
    },
  };
}
