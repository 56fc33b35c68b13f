import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { AccountId, ViewerId } from '../../../contract/ids.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Log } from '../../platform/log.ts';
import type { AccountTables } from './accounts.tables.ts';
import { readCookie } from './guests.rules.ts';
import { findSession } from './sessions.store.ts';

/**
 * Whose session a request carries. Remembers what it read for five seconds, so that a page of requests costs one
 * query; `forget` makes this process ask again at once, and by a note the others too.
 * Does not make, renew or end sessions.
 */
export type Sessions = {
  of(request: Request): Promise<OpenSession | null>;
  /** Call after anything that ends sessions or changes what a session means. */
  forget(): Promise<void>;
  /** This one was prolonged: the next request reads it again. */
  renewed(session: OpenSession): void;
};
export type OpenSession = {
  token: string;
  accountId: AccountId;
  /** Null: the person of this account has not been made yet. */
  viewerId: ViewerId | null;
  role: 'member' | 'operator';
  expiresAtMs: number;
  updatedAtMs: number;
};

/** The most a session that was ended in another process lives on when the note about it is lost. */
const rememberMs = 5000;

export function createSessions(deps: {
  db: Kysely<AccountTables>;
  bus: Bus;
  log: Log;
  cookieName: string;
  secret: string;
}): Sessions {
  const { db, bus, log, cookieName, secret } = deps;
  const known = new LRUCache<string, OpenSession>({ max: 10_000, ttl: rememberMs });
  let epoch = 0;
  const clear = () => {
    epoch++;
    known.clear();
  };
  bus.subscribe('sessions', clear);

  return {
    async of(request) {
      const token = readToken(readCookie(request, cookieName), secret);
      if (!token) return null;
      const remembered = known.get(token);
      if (remembered) return remembered.expiresAtMs > Date.now() ? remembered : null;
      const startedIn = epoch;
      const row = await findSession(db, token);
      // The system's clock and not ours: better-auth wrote the moment by it.
      if (!row || row.expires_at.getTime() <= Date.now()) return null;
      const session: OpenSession = {
        token,
        accountId: row.user_id as AccountId,
        viewerId: row.viewer_id as ViewerId | null,
        role: row.role ?? 'member',
        expiresAtMs: row.expires_at.getTime(),
        updatedAtMs: row.updated_at.getTime(),
      };
      // What was read before a session ended must not be remembered after it.
      if (startedIn === epoch && session.viewerId) known.set(token, session);
      return session;
    },
    async forget() {
      clear();
      await bus.publish('sessions', null).catch((error) => {
        // The others go on with what they remember for five seconds; the session itself has ended.
        log.warn({ err: error }, 'other processes could not be told about ended sessions');
      });
    },
    renewed: (session) => {
      known.delete(session.token);
    },
  };
}

/** better-auth signs its cookie as `<token>.<base64 HMAC-SHA-256>`, percent-encoded; null when it is not ours. */
export function readToken(cookie: string | null, secret: string): string | null {
  if (!cookie || cookie.length > 500) return null;
  const dot = cookie.lastIndexOf('.');
  if (dot < 1) return null;
  const encoded = cookie
    .slice(dot + 1)
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const token = cookie.slice(0, dot);
  const given = Buffer.from(encoded);
  const expected = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'));
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}
