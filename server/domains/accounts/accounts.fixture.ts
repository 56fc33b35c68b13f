import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DomainEvents } from '../../../contract/events.ts';
import { createBus } from '../../platform/bus.ts';
import { fakeClock } from '../../platform/clock.ts';
import { openHome } from '../../platform/home.ts';
import { createEdge } from '../../platform/http/edge.ts';
import { createLimiter } from '../../platform/http/limit.ts';
import { createJobs } from '../../platform/jobs.ts';
import { createLog } from '../../platform/log.ts';
import { createMail } from '../../platform/mail/mail.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createOutbox } from '../../platform/outbox.ts';
import { createSigner } from '../../platform/random.ts';
import { openFolderStorage } from '../../platform/storage/folder.storage.ts';
import { freshDatabase } from '../../testing/database.ts';
import { createAccounts } from './accounts.ts';

/** For tests: this room behind the real edge, on a real Postgres, with the news it tells and the letters it sends. */
export async function openAccounts(options: { limits?: boolean; publicUrl?: string } = {}) {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'kinora-accounts-'));
  const home = await openHome(folder);
  const log = createLog('silent');
  const jobs = createJobs({ database, log, heavyAtOnce: 1 });
  const outbox = createOutbox(jobs);
  const publicUrl = options.publicUrl ?? null;
  const limiter = createLimiter(options.limits ?? false);
  const news: { name: string; payload: unknown }[] = [];
  for (const name of ['account.created', 'viewer.joined', 'account.removed'] as const) {
    outbox.on(name, 'test.hear', async (payload: DomainEvents[typeof name]) => {
      news.push({ name, payload });
    });
  }
  /** The room as a process of its own would open it. */
  const open = () =>
    createAccounts({
      ...{ database, outbox, jobs, log, limiter, home, publicUrl },
      bus: createBus(database, log),
      clock: fakeClock(),
      signer: createSigner(home.secret),
      mail: createMail({
        jobs,
        clock: fakeClock(),
        home,
        config: { smtpUrl: null, mailFrom: 'Kinora <k@localhost>' },
      }),
      storage,
      name: 'Kinora',
    });
  const storage = await openFolderStorage(home.storage);
  const accounts = open();
  const edge = createEdge({
    ...{ log, limiter, publicUrl },
    metrics: createMetrics(),
    identify: accounts.identify,
    checkReplies: true,
  });
  edge.mount(accounts.http);
  edge.raw('/api/auth/*', ({ request, ip }) => accounts.auth(request, ip));

  const letters = async () => {
    await jobs.drain();
    const names = (await readdir(home.mail)).filter((name) => name.endsWith('.eml')).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(home.mail, name), 'utf8')));
    // Quoted-printable: soft line breaks, then bytes.
    return texts.map((text) => text.replaceAll('=\r\n', '').replaceAll('=3D', '='));
  };

  return {
    ...{ accounts, open, database, home, jobs, news, letters, storage },
    newDevice: (origin = publicUrl ?? 'http://localhost:3000') => newDevice(edge.fetch, origin),
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A browser: keeps cookies, sends its origin. */
function newDevice(fetch: (request: Request) => Response | Promise<Response>, origin: string) {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const bytes = body instanceof Uint8Array;
    const response = await fetch(
      new Request(origin + path, {
        method,
        headers: {
          host: new URL(origin).host,
          origin,
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body !== undefined && !bytes && { 'content-type': 'application/json' }),
          ...more,
        },
        body: body === undefined ? null : bytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      }),
    );
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '' || /max-age=0/i.test(cookie)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await response.text();
    const json = text.startsWith('{') || text.startsWith('[') || text === 'null' ? JSON.parse(text) : text;
    return { status: response.status, json, headers: response.headers };
  };
  return {
    ...{ cookies, send },
    get: (path: string) => send('GET', path),
    post: (path: string, body: unknown = {}) => send('POST', path, body),
    session: async () => (await send('GET', '/api/session')).json,
    signUp: (email: string, more: Record<string, unknown> = {}) =>
      send('POST', '/api/auth/sign-up/email', {
        email,
        password: 'correct horse',
        name: 'Ada Example',
        ...more,
      }),
    signIn: (email: string, password = 'correct horse') =>
      send('POST', '/api/auth/sign-in/email', { email, password }),
  };
}
