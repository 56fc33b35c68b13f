import type { Kysely } from 'kysely';
import type { ProfileChange } from '../../../contract/accounts.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { AccountTables } from './accounts.tables.ts';
import { canonicalHandle, handleIsValid, isReserved, skeletonOf } from './handles.rules.ts';
import { wasLeft } from './leaving.ts';
import { birthDateIsPossible, tidyBio, tidyName } from './people.rules.ts';
import { findBySkeleton, findMe, type PersonChange, setBirthDateOnce, updatePerson } from './people.store.ts';

/** What members say about themselves. */
export type Profiles = {
  /** Throws handle_invalid, handle_taken, invalid_input. */
  change(accountId: AccountId, change: ProfileChange): Promise<void>;
  /** Throws birth_date_invalid, birth_date_already_set. */
  setBirthDate(accountId: AccountId, birthDate: string): Promise<void>;
  /** Free for this asker: one's own handle is. */
  checkHandle(handle: string, asker: AccountId | null): Promise<HandleCheck>;
};
export type HandleCheck = { handle: string; free: boolean; code: 'handle_taken' | 'handle_invalid' | null };

export function createProfiles({ db, clock }: { db: Kysely<AccountTables>; clock: Clock }): Profiles {
  const checkHandle: Profiles['checkHandle'] = async (text, asker) => {
    const handle = canonicalHandle(text);
    if (!handleIsValid(handle)) return { handle, free: false, code: 'handle_invalid' };
    const skeleton = skeletonOf(handle);
    const owner = await findBySkeleton(db, skeleton);
    const free = owner ? owner.account_id === asker : !isReserved(handle) && !(await wasLeft(db, skeleton));
    return { handle, free, code: free ? null : 'handle_taken' };
  };

  return {
    checkHandle,
    async change(accountId, { displayName, bio, language, handle }) {
      const change: PersonChange = {};
      if (displayName !== undefined) {
        const name = tidyName(displayName);
        if (!name) {
          const faults = [{ path: 'displayName', message: 'is empty' }];
          throw new Refusal('invalid_input', { where: 'body', faults });
        }
        change.display_name = name;
      }
      if (bio !== undefined) change.bio = tidyBio(bio);
      if (language !== undefined) change.language = language;
      if (handle !== undefined) {
        const checked = await checkHandle(handle, accountId);
        if (checked.code) throw new Refusal(checked.code, { handle: checked.handle });
        change.handle = checked.handle;
        change.skeleton = skeletonOf(checked.handle);
      }
      if (Object.keys(change).length === 0) return;
      await updatePerson(db, accountId, change).catch((error: { code?: string }) => {
        // unique_violation: somebody took it since the check.
        if (error.code === '23505') throw new Refusal('handle_taken', { handle: change.handle });
        throw error;
      });
    },
    async setBirthDate(accountId, birthDate) {
      if (!birthDateIsPossible(birthDate, clock.now())) throw new Refusal('birth_date_invalid');
      if (await setBirthDateOnce(db, accountId, birthDate)) return;
      // The same request twice is one; another date is not.
      const same = await findMe(db, accountId);
      if (!same || same.birth_date !== birthDate) throw new Refusal('birth_date_already_set');
    },
  };
}
