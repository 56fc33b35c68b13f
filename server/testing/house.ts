import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Me } from '../../contract/accounts.ts';
import { type ComposeInput, compose, type House } from '../compose.ts';
import { fakeClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { openHome } from '../platform/home.ts';
import { createLog } from '../platform/log.ts';
import { newId } from '../platform/random.ts';
import { createBrowser } from './browser.ts';
import { freshDatabase } from './database.ts';

/**
 * The whole server in this process: a real Postgres of its own, real files in a folder of its own, a clock moved by
 * hand. `settle()` runs jobs and news until nothing is due, so that no test waits.
 */
export async function openHouse(
  options: {
    speech?: ComposeInput['speech'];
    rendering?: ComposeInput['rendering'];
    env?: Record<string, string>;
    limits?: boolean;
    webFolder?: string;
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-house-'));
  const database = await freshDatabase();
  const clock = fakeClock();
  let house = await build();

  async function build(): Promise<House> {
    const made = compose({
      config: readConfig(
        {
          KINORA_HOME: folder,
          KINORA_DEMO: 'off',
          KINORA_CHROMIUM: 'off',
          LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
          ...options.env,
        },
        folder,
      ),
      home: await openHome(folder),
      database: { ...database, close: async () => {} },
      clock,
      log: createLog(process.env.TEST_LOG ?? 'silent'),
      webFolder: options.webFolder ?? join(folder, 'no-web'),
      version: '0.0.0-test',
      freshDatabase: false,
      speech: options.speech,
      rendering: options.rendering,
      checkReplies: true,
      limits: options.limits ?? false,
    });
    // As `serve`: jobs run in settle() alone, one after the other, when the test says so.
    await made.start('serve');
    return made;
  }

  const opened = {
    get rooms() {
      return house;
    },
    database,
    clock,
    folder,
    settle: () => house.jobs.drain(),
    /** A browser: keeps its cookies, calls the server, reads JSON. */
    browser: () => createBrowser((request) => house.edge.fetch(request)),
    /** Somebody with an account, signed in. */
    async person(name = `person${newId(6)}`) {
      const browser = createBrowser((request) => house.edge.fetch(request));
      const handle = `${name.replace(/[^a-z0-9]/gi, '').toLowerCase()}${newId(6).toLowerCase()}`;
      const reply = await browser.post('/api/auth/sign-up/email', {
        email: `${handle}@people.example`,
        password: 'a long enough passphrase',
        name,
        handle,
      });
      if (reply.status !== 200)
        throw new Error(`sign-up failed: ${reply.status} ${JSON.stringify(reply.json)}`);
      const { me } = (await browser.get('/api/session')).json as { me: Me };
      return { ...browser, me };
    },
    async operator() {
      const person = await opened.person('operator');
      const token = await house.accounts.operatorClaim();
      const reply = await person.post('/api/operator/claim', { token });
      if (reply.status !== 200) throw new Error(`claim failed: ${reply.status}`);
      return person;
    },
    /** Stops everything but the database and the files, and builds it again: what a restart is. */
    async restart() {
      await house.stop();
      house = await build();
    },
    async close() {
      await house.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return opened;
}
export type OpenHouse = Awaited<ReturnType<typeof openHouse>>;
export type Browser = ReturnType<typeof createBrowser>;
