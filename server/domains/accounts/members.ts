import type { Kysely } from 'kysely';
import type { ViewerId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { AccountTables } from './accounts.tables.ts';
import type { Letters } from './auth.jobs.ts';
import { canonicalHandle, handleIsValid, handlesFor, isReserved, skeletonOf } from './handles.rules.ts';
import { wasLeft } from './leaving.ts';
import { tidyName } from './people.rules.ts';
import { findPerson, insertPerson, type NewPerson, viewerIsTaken } from './people.store.ts';
import { findUser, insertJoin } from './sessions.store.ts';

/**
 * Turns a sign-up into a person, whenever that is found missing: at sign-up, or at the next request after a kill in
 * between. Joins the taste of a guest to a member. Knows nothing of cookies and passwords.
 */
export type Members = {
  /** The viewer of this account; makes the person first when there is none. Null when there is no such account. */
  ensure(accountId: string, from: { origin: string; languages: string[] }): Promise<ViewerId | null>;
  /** From now on the guest's taste is the member's; heard of once. */
  join(guest: ViewerId, member: ViewerId): Promise<void>;
};

export function createMembers(deps: {
  db: Kysely<AccountTables>;
  outbox: Outbox;
  clock: Clock;
  letters: Letters;
}): Members {
  const { db, outbox, clock, letters } = deps;
  const ensure: Members['ensure'] = async (accountId, from) => {
    const user = await findUser(db, accountId);
    if (!user) return null;
    return db.transaction().execute(async (trx) => {
      const made = await findPerson(trx, accountId);
      if (made) return made.viewer_id as ViewerId;
      const name = tidyName(user.name);
      const guest = user.guest_viewer_id;
      const person = {
        account_id: accountId,
        viewer_id: guest && !(await viewerIsTaken(trx, guest)) ? guest : newId(),
        display_name: name ?? '',
        language: user.language,
        demo_handle: null,
        created_at: new Date(clock.now()),
      };
      const inserted = await insertWithHandle(trx, person, user.wished_handle, user.name);
      if (!inserted) {
        // Another request made this person at the same moment, or signed up from the same device.
        const other = await findPerson(trx, accountId);
        if (other) return other.viewer_id as ViewerId;
        throw new Error('no handle was free for a new person');
      }
      await outbox.emit(trx, 'account.created', { accountId, viewerId: inserted.viewer_id });
      await letters.order(trx, { kind: 'verify', email: user.email, ...from });
      return inserted.viewer_id as ViewerId;
    });
  };
  return {
    ensure,
    async join(guest, member) {
      if (guest === member) return;
      await db.transaction().execute(async (trx) => {
        const row = { from_viewer_id: guest, to_viewer_id: member, joined_at: new Date(clock.now()) };
        if (!(await insertJoin(trx, row))) return;
        await outbox.emit(trx, 'viewer.joined', { fromViewerId: guest, toViewerId: member });
      });
    },
  };
}

type Nameless = Omit<NewPerson, 'handle' | 'skeleton'>;

/** Gives the person the handle they wish, or the nicest free one for their name; null when the account has one already. */
export async function insertWithHandle(
  trx: Kysely<AccountTables>,
  person: Nameless,
  wish: string | null,
  name: string,
): Promise<NewPerson | null> {
  const wished = canonicalHandle(wish ?? '');
  const tries = [
    ...(handleIsValid(wished) && !isReserved(wished) ? [wished] : []),
    ...handlesFor(name, Math.random),
    ...handlesFor('', Math.random),
  ];
  let viewerId = person.viewer_id;
  for (const handle of tries) {
    const row: NewPerson = {
      ...person,
      viewer_id: viewerId,
      handle,
      skeleton: skeletonOf(handle),
      display_name: person.display_name || handle,
    };
    if (await wasLeft(trx, row.skeleton)) continue;
    if (await insertPerson(trx, row)) return row;
    if (await findPerson(trx, person.account_id)) return null;
    // Two sign-ups from one device at the same moment: the second is a new viewer.
    if (await viewerIsTaken(trx, viewerId)) {
      viewerId = newId();
      if (await insertPerson(trx, { ...row, viewer_id: viewerId })) return { ...row, viewer_id: viewerId };
    }
  }
  return null;
}
