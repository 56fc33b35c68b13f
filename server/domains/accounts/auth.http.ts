import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '../../../contract/errors.ts';
import { readJson } from '../../platform/http/body.ts';
import type { Limiter } from '../../platform/http/limit.ts';
import { invalidInput } from '../../platform/http/problem.ts';
import type { Signer } from '../../platform/random.ts';
import type { AccountTables } from './accounts.tables.ts';
import type { Letters } from './auth.jobs.ts';
import { type Operation, operations } from './auth.rules.ts';
import { type Auth, addressHeader, authOrigin } from './auth.ts';
import { newGuest, readGuest } from './guests.rules.ts';
import { acceptedLanguages } from './mail.messages.ts';
import type { Members } from './members.ts';
import { tidyName } from './people.rules.ts';
import { deleteExpiredSessions, deletePasswordLinks, findUserByEmail } from './sessions.store.ts';
import type { Sessions } from './sessions.ts';

/**
 * Everything under /api/auth: checks and counts what comes in, passes on to better-auth only what the table of
 * operations has, and draws the consequences for people, viewers and remembered sessions.
 */
export function createAuthHttp(deps: {
  db: Kysely<AccountTables>;
  auth: Auth;
  members: Members;
  sessions: Sessions;
  letters: Letters;
  limiter: Limiter;
  signer: Signer;
  publicUrl: string | null;
  secure: boolean;
}) {
  const { db, auth, members, sessions, letters, limiter, signer, secure } = deps;

  const limit = async (name: string, { limits }: Operation, ip: string, email: string) => {
    for (const { by, points, seconds } of limits) {
      const key = { address: ip, email, both: `${ip} ${email}` }[by];
      if (by === 'email' && !email) continue;
      await limiter.take(`auth ${name} ${by}`, key, points, seconds);
    }
  };

  /** What follows for the rest of the house from an operation that succeeded. Returns cookies to set. */
  const conclude = async (
    operation: Operation,
    request: Request,
    answer: { user?: { id: string } } | null,
  ): Promise<string[]> => {
    const from = linkFacts(request, deps.publicUrl);
    switch (operation.means) {
      case 'signed-up':
      case 'signed-in': {
        const guest = readGuest(request, signer);
        const viewerId = answer?.user ? await members.ensure(answer.user.id, from) : null;
        if (guest && viewerId) await members.join(guest, viewerId);
        if (answer?.user) await deleteExpiredSessions(db, answer.user.id);
        // The device's guest has become the member; whoever uses it after them is somebody else.
        return [newGuest(signer, secure).setCookie];
      }
      case 'signed-out':
        return [newGuest(signer, secure).setCookie];
      case 'password-changed':
        if (answer?.user) await deletePasswordLinks(db, answer.user.id);
        return [];
      default:
        return [];
    }
  };

  return async (request: Request, ip: string): Promise<Response> => {
    const url = new URL(request.url);
    const name = `${request.method} ${url.pathname.replace(/^\/api\/auth/, '')}`;
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) throw new Refusal('not_found');
    const query = parse('query', operation.query, Object.fromEntries(url.searchParams));
    const body = operation.body ? parse('body', operation.body, await readJson(request)) : {};
    const email = typeof body.email === 'string' ? body.email : '';
    await limit(name, operation, ip, email);

    if (operation.letter) {
      const order = { kind: operation.letter, email, ...linkFacts(request, deps.publicUrl) };
      await letters.order(db, order);
      return json({ status: true }, 200, []);
    }
    const passed = operation.means === 'signed-up' ? signUpBody(body, readGuest(request, signer)) : body;
    const response = await auth.handle(passOn(request, name, query, passed, ip));
    // Whatever the answer: a session may have ended before something after it failed.
    if (operation.endsSessions) await sessions.forget();
    // Its own faults carry no request id: the edge logs and answers them.
    if (response.status >= 500) throw new Error(`better-auth answered ${name} with ${response.status}`);
    const answer = await readAnswer(response);
    const cookies = response.headers.getSetCookie();
    if (!response.ok) {
      if (answer?.code === 'FAILED_TO_CREATE_USER' && (await findUserByEmail(db, email))) {
        // Two sign-ups with one address at the same moment: the later one gets the same answer as any other.
        return json(emailTaken, 422, cookies);
      }
      return json(answer, response.status, cookies);
    }
    return json(answer, response.status, [...cookies, ...(await conclude(operation, request, answer))]);
  };
}

const emailTaken = {
  code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL',
  message: 'User already exists. Use another email.',
};

function signUpBody(body: Record<string, unknown>, guest: string | null): Record<string, unknown> {
  const name = tidyName(String(body.name));
  if (!name) {
    const faults = [{ path: 'name', message: 'is empty' }];
    throw new Refusal('invalid_input', { where: 'body', faults });
  }
  return {
    email: body.email,
    password: body.password,
    name,
    wishedHandle: body.handle ?? undefined,
    language: body.language ?? undefined,
    guestViewerId: guest ?? undefined,
  };
}

/** The request as better-auth sees it: only what it needs, from the one origin it trusts. */
function passOn(
  request: Request,
  name: string,
  query: Record<string, unknown>,
  body: Record<string, unknown>,
  ip: string,
): Request {
  const [method = '', path = ''] = name.split(' ');
  const { callbackURL: _, ...kept } = query as Record<string, string>;
  const { callbackURL: __, ...sent } = body;
  const search = new URLSearchParams(kept).toString();
  const headers = new Headers({ origin: authOrigin, [addressHeader]: ip });
  for (const header of ['cookie', 'user-agent']) {
    const value = request.headers.get(header);
    if (value) headers.set(header, value.slice(0, header === 'cookie' ? 8000 : 300));
  }
  if (method === 'POST') headers.set('content-type', 'application/json');
  return new Request(`${authOrigin}/api/auth${path}${search && `?${search}`}`, {
    method,
    headers,
    ...(method === 'POST' && { body: JSON.stringify(sent) }),
  });
}

export function linkFacts(request: Request, publicUrl: string | null) {
  return {
    // The edge answers only for names of this server, so that a link never leads elsewhere.
    origin: publicUrl ?? new URL(request.url).origin,
    languages: acceptedLanguages(request.headers.get('accept-language')).slice(0, 5),
  };
}

type Answer = { code?: string; user?: { id: string } } | null;
async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return text === '' ? null : (JSON.parse(text) as Answer);
}

function json(value: unknown, status: number, cookies: readonly string[]): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(JSON.stringify(value), { status, headers });
}

function parse(
  where: 'query' | 'body',
  schema: z.ZodType<Record<string, unknown>> | undefined,
  value: unknown,
): Record<string, unknown> {
  if (!schema) return {};
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(where, parsed.error);
  return parsed.data;
}
