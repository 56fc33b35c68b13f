import {
  changeProfile,
  checkHandle,
  claimOperator,
  deleteAccount,
  getSession,
  type Me,
  removeAvatar,
  type Session,
  setAvatar,
  setBirthDate,
} from '../../../contract/accounts.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId } from '../../../contract/ids.ts';
import { readBytes } from '../../platform/http/body.ts';
import { accountOf, type Caller, type Handled, handle } from '../../platform/http/handle.ts';
import type { Avatars } from './avatars.ts';
import type { Leaving } from './leaving.ts';
import type { Operators } from './operators.ts';
import type { Profiles } from './profiles.ts';

const pictureBytes = 8_000_000;

/** The contract's routes of this room, each bound to its verb. */
export function accountsHttp(deps: {
  profiles: Profiles;
  avatars: Avatars;
  operators: Operators;
  leaving: Leaving;
  me(accountId: AccountId): Promise<Me>;
  session(caller: Caller): Promise<Session>;
  /** What sessions mean has changed. */
  forget(): Promise<void>;
}): Handled[] {
  const { profiles, avatars, operators, leaving, me, session } = deps;
  return [
    handle(getSession, ({ caller }) => session(caller)),
    handle(changeProfile, async (call) => {
      await profiles.change(accountOf(call), call.body);
      return me(accountOf(call));
    }),
    handle(setBirthDate, async (call) => {
      await profiles.setBirthDate(accountOf(call), call.body.birthDate);
      return me(accountOf(call));
    }),
    handle(setAvatar, async (call) => {
      const bytes = await readBytes(call.request, pictureBytes);
      if (bytes.byteLength === 0) throw new Refusal('picture_invalid');
      await avatars.set(accountOf(call), bytes);
      return me(accountOf(call));
    }),
    handle(removeAvatar, async (call) => {
      await avatars.remove(accountOf(call));
      return me(accountOf(call));
    }),
    handle(checkHandle, ({ params, caller }) => profiles.checkHandle(params.handle, caller.accountId)),
    handle(deleteAccount, async (call) => {
      await leaving.leave(accountOf(call), call.body.password);
      return { left: true as const };
    }),
    handle(claimOperator, async (call) => {
      await operators.become(accountOf(call), call.body.token);
      await deps.forget();
      return me(accountOf(call));
    }),
  ];
}
