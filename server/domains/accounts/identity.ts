import type { Caller } from '../../platform/http/handle.ts';
import type { Signer } from '../../platform/random.ts';
import { linkFacts } from './auth.http.ts';
import type { Auth } from './auth.ts';
import { newGuest, readGuest } from './guests.rules.ts';
import type { Members } from './members.ts';
import type { Sessions } from './sessions.ts';

/** A session used after this long is prolonged, and its cookie with it. */
const renewAfterMs = 24 * 3600_000;

/** Who is calling, for every request of the house: a member by session, a guest by device, or somebody new. */
export function createIdentity(deps: {
  sessions: Sessions;
  members: Members;
  auth: Auth;
  signer: Signer;
  publicUrl: string | null;
  secure: boolean;
}): (request: Request) => Promise<Caller> {
  const { sessions, members, auth, signer, publicUrl, secure } = deps;
  return async (request) => {
    const session = await sessions.of(request);
    const viewerId =
      session &&
      (session.viewerId ?? (await members.ensure(session.accountId, linkFacts(request, publicUrl))));
    if (session && viewerId) {
      const caller: Caller = { viewerId, accountId: session.accountId, role: session.role };
      if (Date.now() - session.updatedAtMs < renewAfterMs) return caller;
      const cookie = await auth.renew(request.headers);
      sessions.renewed(session);
      return cookie ? { ...caller, setCookie: cookie } : caller;
    }
    const guest = readGuest(request, signer);
    if (guest) return { viewerId: guest, accountId: null, role: 'guest' };
    return { ...newGuest(signer, secure), accountId: null, role: 'guest' };
  };
}
