import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../testing/database.ts';
import { fakeClock } from '../clock.ts';
import type { Database } from '../database.ts';
import { openHome } from '../home.ts';
import { createJobs } from '../jobs.ts';
import { createLog } from '../log.ts';
import { createMail } from './mail.ts';

let database: Database;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'kinora-mail-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function openMail(smtpUrl: string | null, name: string) {
  const home = await openHome(join(folder, name));
  const jobs = createJobs({ database, log: createLog('silent'), heavyAtOnce: 1 });
  const mailFrom = 'Kinora <kinora@localhost>';
  const mail = createMail({ jobs, clock: fakeClock(), home, config: { smtpUrl, mailFrom } });
  return { home, jobs, mail, executor: database.of<Record<string, never>>() };
}

const letter = { to: 'ada@example.test', subject: 'Grüße', text: 'https://example.test/?a=b\nÄ\n' };

test('a letter is a file in the folder, whole, and nobody but the operator can read it', async () => {
  const { home, jobs, mail, executor } = await openMail(null, 'file');
  await mail.send(executor, letter);
  expect(await readdir(home.mail)).toEqual([]);
  await jobs.drain();
  const [name = '', ...others] = await readdir(home.mail);
  expect(others).toEqual([]);
  const eml = await readFile(join(home.mail, name), 'utf8');
  expect(eml).toMatch(/^To: ada@example\.test\r$/m);
  expect(eml).toMatch(/^Subject: =\?UTF-8\?/m);
  expect(eml).toMatch(/^Auto-Submitted: auto-generated\r$/m);
});

test('a letter is not sent when the transaction that wrote it is undone', async () => {
  const { home, jobs, mail, executor } = await openMail(null, 'undone');
  const undone = executor.transaction().execute(async (trx) => {
    await mail.send(trx, letter);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await jobs.drain();
  expect(await readdir(home.mail)).toEqual([]);
});

test('an address cannot smuggle in a second recipient or a header', async () => {
  const { home, jobs, mail, executor } = await openMail(null, 'hostile');
  await mail.send(executor, {
    ...letter,
    to: 'a@example.test, b@example.test\r\nBcc: c@example.test',
    subject: 'x\r\nBcc: d@example.test',
  });
  await jobs.drain();
  const [name = ''] = await readdir(home.mail);
  const head = (await readFile(join(home.mail, name), 'utf8')).split('\r\n\r\n')[0];
  expect(head).not.toMatch(/^Bcc:/im);
});

test('a mail server that refuses at first gets the letter later, with the same id', async () => {
  const refusals = [true, false];
  const server = mailServer(() => refusals.shift() ?? false);
  const { jobs, mail, executor } = await openMail(`smtp://127.0.0.1:${await server.port}`, 'smtp');
  await mail.send(executor, letter);
  await jobs.drain();
  expect(server.taken).toEqual([]);
  await database.pool.query(`update graphile_worker._private_jobs set run_at = now()`);
  await jobs.drain();
  expect(server.taken).toHaveLength(1);
  expect(server.taken[0]).toContain('RCPT TO:<ada@example.test>');
  expect(server.taken[0]).toMatch(/Message-ID: <\w{20}@localhost>/);
  mail.stop();
  server.server.close();
});

/** As much of SMTP (RFC 5321) as one delivery needs; `refuse` says whether the next letter is turned away. */
function mailServer(refuse: () => boolean): { server: Server; port: Promise<number>; taken: string[] } {
  const taken: string[] = [];
  const server = createServer((socket) => {
    let heard = '';
    let inData = false;
    socket.write('220 test\r\n');
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      const text = bytes.toString();
      heard += text;
      if (inData) {
        if (!heard.endsWith('\r\n.\r\n')) return;
        inData = false;
        const refused = refuse();
        if (!refused) taken.push(heard);
        socket.write(refused ? '451 later\r\n' : '250 taken\r\n');
      } else if (/^DATA/i.test(text)) {
        inData = true;
        socket.write('354 go on\r\n');
      } else if (/^QUIT/i.test(text)) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    });
  });
  const port = new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  return { server, port, taken };
}
