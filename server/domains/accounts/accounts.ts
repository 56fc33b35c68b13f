import type { Me, Person, Session } from '../../../contract/accounts.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, ViewerId } from '../../../contract/ids.ts';
import type { Bus } from '../../platform/bus.ts';
import { searchKey } from '../../platform/casefold.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Home } from '../../platform/home.ts';
import type { Caller, Handled } from '../../platform/http/handle.ts';
import type { Limiter } from '../../platform/http/limit.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Signer } from '../../platform/random.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { AccountTables } from './accounts.tables.ts';
import { createAuthHttp } from './auth.http.ts';
import { createLetters } from './auth.jobs.ts';
import { createAuth } from './auth.ts';
import { createAvatars } from './avatars.ts';
import { createDemoPeople, type DemoPerson } from './demo-people.ts';
import { canonicalHandle } from './handles.rules.ts';
import { createIdentity } from './identity.ts';
import { createLeaving } from './leaving.ts';
import { createMembers } from './members.ts';
import { createOperators } from './operators.ts';
import { accountsHttp } from './people.http.ts';
import { meOf, personOf } from './people.rules.ts';
import {
  countMembers,
  findByHandle,
  findIdsByHandle,
  findMe,
  findPerson,
  rememberPeople,
} from './people.store.ts';
import { findBeginning } from './people-words.store.ts';
import { createProfiles } from './profiles.ts';
import { createSessions } from './sessions.ts';

/**
 * People: who is calling, how they sign in, what they are called, and who operates this server.
 * Knows email addresses, passwords, sessions, handles, pictures. Does not know videos, follows or taste: taste
 * belongs to a viewer id, which this room hands out and joins, and never looks into.
 */
export type Accounts = {
  /** Session cookie: a member; else a signed guest cookie: its viewer; else a new viewer with `setCookie`. Never throws for a bad cookie. */
  identify(request: Request): Promise<Caller>;
  /** Everything under /api/auth. Throws not_found, invalid_input, too_large, too_many_requests; else answers with better-auth's JSON. */
  auth(request: Request, ip: string): Promise<Response>;
  /** /avatars/<accountId>-<version>.webp: immutable. Throws not_found. */
  avatar(request: Request, accountId: string, version: string): Promise<Response>;
  session(caller: Caller): Promise<Session>;
  /** Throws not_found for who is not a member. */
  me(accountId: AccountId): Promise<Me>;
  people(ids: readonly AccountId[]): Promise<Map<AccountId, Person>>;
  /** In any case of letters, but exactly this handle: a look-alike spelling finds nobody. */
  personByHandle(handle: string): Promise<(Person & { bio: string }) | null>;
  /** Keys are the handles as asked; unknown ones are absent. */
  accountIdsByHandle(handles: readonly string[]): Promise<Map<string, AccountId>>;
  /**
   * Whose handle or a word of whose name begins so: of `first`, in its order, then of all, in the order of
   * those words. Ids, each once; the text is what somebody has typed so far.
   */
  beginning(text: string, first: readonly AccountId[], limit: number): Promise<AccountId[]>;
  /** Throws not_found. */
  viewerOf(accountId: AccountId): Promise<ViewerId>;
  /** A plainly fictional person who cannot sign in; asked again with the same handle: the same person. */
  ensureDemoPerson(person: DemoPerson): Promise<AccountId>;
  removeDemoPeople(): Promise<AccountId[]>;
  /** The one-time token while no operator exists, the same after a restart; null once there is one. */
  operatorClaim(): Promise<string | null>;
  /** Members, demo people not counted. */
  count(): Promise<number>;
  http: Handled[];
};

export type AccountsDeps = {
  database: Database;
  outbox: Outbox;
  jobs: Jobs;
  bus: Bus;
  clock: Clock;
  log: Log;
  signer: Signer;
  limiter: Limiter;
  mail: Mail;
  storage: Pick<Storage, 'put' | 'read' | 'remove'>;
  home: Pick<Home, 'folder' | 'secret'>;
  publicUrl: string | null;
  /** The server's name, as letters say it. */
  name: string;
};

export function createAccounts(deps: AccountsDeps): Accounts {
  const { database, outbox, jobs, bus, clock, log, signer, limiter, mail, storage, home, publicUrl } = deps;
  const db = database.of<AccountTables>();
  const secure = publicUrl?.startsWith('https:') ?? false;
  const auth = createAuth({ database, serverSecret: home.secret, secure, log });
  const sessions = createSessions({ db, bus, log, cookieName: auth.cookieName, secret: auth.secret });
  const letters = createLetters({ db, jobs, mail, auth, serverName: deps.name });
  const members = createMembers({ db, outbox, clock, letters });
  const avatars = createAvatars({ db, jobs, storage });
  const operators = createOperators({ db, clock, home });
  const profiles = createProfiles({ db, clock });
  const demoPeople = createDemoPeople({ db, clock, outbox, avatars });
  const leaving = createLeaving({ db, clock, jobs, outbox, avatars, auth, forget: sessions.forget });
  const rules = { db, auth, members, sessions, letters, limiter, signer, publicUrl, secure };

  const me = async (accountId: AccountId): Promise<Me> => {
    const row = await findMe(db, accountId);
    if (!row) throw new Refusal('not_found');
    return meOf(row);
  };
  const session = async ({ viewerId, accountId }: Caller): Promise<Session> => ({
    viewerId,
    me: accountId ? await me(accountId) : null,
  });

  return {
    identify: createIdentity(rules),
    auth: createAuthHttp(rules),
    avatar: avatars.serve,
    session,
    me,
    people: rememberPeople(database, personOf),
    async personByHandle(handle) {
      const row = await findByHandle(db, canonicalHandle(handle));
      return row ? { ...personOf(row), bio: row.bio } : null;
    },
    async accountIdsByHandle(handles) {
      if (handles.length === 0) return new Map();
      const rows = await findIdsByHandle(db, [...new Set(handles.map(canonicalHandle))]);
      const ids = new Map(rows.map((row) => [row.handle, row.account_id as AccountId]));
      return new Map(
        handles.flatMap((handle) => {
          const id = ids.get(canonicalHandle(handle));
          return id ? [[handle, id] as const] : [];
        }),
      );
    },
    beginning: (text, first, limit) => findBeginning(db, searchKey(text), first, limit),
    async viewerOf(accountId) {
      const row = await findPerson(db, accountId);
      if (!row) throw new Refusal('not_found');
      return row.viewer_id as ViewerId;
    },
    ensureDemoPerson: demoPeople.ensure,
    removeDemoPeople: demoPeople.removeAll,
    operatorClaim: operators.claim,
    count: async () => (await countMembers(db)).members,
    http: accountsHttp({ profiles, avatars, operators, leaving, me, session, forget: sessions.forget }),
  };
}
