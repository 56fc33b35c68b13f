import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { createEmailVerificationToken } from 'better-auth/api';
import type { Database } from '../../platform/database.ts';
import type { Log } from '../../platform/log.ts';
import { newId } from '../../platform/random.ts';
import type { AccountTables } from './accounts.tables.ts';
import { passwordLength } from './auth.rules.ts';

/**
 * better-auth, set up for this house: passwords, sessions, links. It sees one made-up origin for every request,
 * because the edge has already checked host and origin, and because no address it builds leaves the server.
 * It sends nothing: whoever writes a letter asks here for the token in it.
 */
export type Auth = ReturnType<typeof createAuth>;

export const authOrigin = 'http://kinora.internal';
export const addressHeader = 'x-kinora-address';
const daySeconds = 24 * 3600;
/** How long a session lives without being used; each day of use prolongs it. */
const sessionSeconds = 30 * daySeconds;
const verificationSeconds = daySeconds;

/** argon2id with 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet. It runs on threads of its own. */
const argon2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function createAuth(deps: { database: Database; serverSecret: Buffer; secure: boolean; log: Log }) {
  const { database, secure, log } = deps;
  const secret = createHmac('sha256', deps.serverSecret).update('better-auth').digest('hex');
  const resetTokens = new AsyncLocalStorage<{ token: string | null }>();
  const db = database.of<AccountTables>();

  const engine = betterAuth({
    baseURL: authOrigin,
    basePath: '/api/auth',
    secret,
    database: { db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    // Ours count per address and email together (auth.rules.ts).
    rateLimit: { enabled: false },
    advanced: {
      // Said outright, because better-auth leaves both checks out under a test runner.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      cookiePrefix: 'kinora',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => newId() },
    },
    user: {
      modelName: 'auth_users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        wishedHandle: { type: 'string', required: false, returned: false, fieldName: 'wished_handle' },
        language: { type: 'string', required: false, returned: false },
        guestViewerId: { type: 'string', required: false, returned: false, fieldName: 'guest_viewer_id' },
      },
    },
    session: {
      modelName: 'auth_sessions',
      expiresIn: sessionSeconds,
      updateAge: daySeconds,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    account: {
      modelName: 'auth_accounts',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'auth_verifications',
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      password: {
        hash: (password) => hash(password, argon2),
        verify: ({ hash: stored, password }) => verify(stored, password),
      },
      async sendResetPassword({ token }) {
        const waiting = resetTokens.getStore();
        if (waiting) waiting.token = token;
      },
      async onPasswordReset({ user }) {
        await db.deleteFrom('auth_verifications').where('value', '=', user.id).execute();
      },
    },
    logger: {
      level: 'error',
      // Only names and messages: the details of a database fault hold what people typed.
      log: (_level, message, ...rest) => log.error({ faults: rest.map(faultOf) }, `auth: ${message}`),
    },
  });

  return {
    engine,
    secret,
    handle: (request: Request) => engine.handler(request),
    cookieName: `${secure ? '__Secure-' : ''}kinora.session_token`,
    /** Prolongs the session of these headers when it is due; the cookie to set, or null. */
    async renew(headers: Headers): Promise<string | null> {
      const answer = await engine.api.getSession({ headers, returnHeaders: true });
      return answer.headers.getSetCookie().find((cookie) => cookie.includes('kinora.session_token=')) ?? null;
    },
    /** A token for a new password, kept hashed; null when nobody has this address. */
    async passwordToken(email: string): Promise<string | null> {
      const waiting = { token: null as string | null };
      await resetTokens.run(waiting, () => engine.api.requestPasswordReset({ body: { email } }));
      return waiting.token;
    },
    /** Whether this is the password of this account; false for who has none. */
    async isPassword(accountId: string, password: string): Promise<boolean> {
      const row = await db
        .selectFrom('auth_accounts')
        .select('password')
        .where('user_id', '=', accountId)
        .where('provider_id', '=', 'credential')
        .executeTakeFirst();
      return Boolean(row?.password) && verify(row!.password!, password);
    },
    verificationToken: (user: { id: string; email: string }) =>
      createEmailVerificationToken(secret, user.email, undefined, verificationSeconds, { userId: user.id }),
  };
}

function faultOf(value: unknown): unknown {
  if (!(value instanceof Error)) return typeof value === 'string' ? value.slice(0, 200) : typeof value;
  return { name: value.name, message: value.message, code: (value as { code?: string }).code };
}
