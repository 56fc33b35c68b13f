import { randomBytes } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Executor } from '../database.ts';
import type { Home } from '../home.ts';
import type { Jobs } from '../jobs.ts';
import { newId } from '../random.ts';

/**
 * Letters to people. `send` writes an order in the caller's transaction; a job delivers it, again and again until it
 * is taken: into the folder `mail` of the home as an .eml file, or to an SMTP server when one is set.
 * Knows nothing of why somebody gets a letter, nor in which language.
 */
export type Mail = {
  send(executor: Executor, letter: Letter): Promise<void>;
  stop(): void;
};
export type Letter = { to: string; subject: string; text: string };

export type MailDeps = {
  jobs: Jobs;
  clock: Clock;
  home: Pick<Home, 'mail'>;
  config: Pick<Config, 'smtpUrl' | 'mailFrom'>;
};

/** A letter as it waits: `id` names its file and its Message-ID, so that a delivery that runs twice is one letter. */
type Waiting = Letter & { id: string; writtenAt: string };

export function createMail({ jobs, clock, home, config }: MailDeps): Mail {
  const smtp = config.smtpUrl ? openSmtp(config.smtpUrl) : null;
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  const domain = /@([\w.-]+)/.exec(config.mailFrom)?.[1] ?? 'localhost';

  const message = ({ id, writtenAt, to, subject, text }: Waiting) => ({
    from: config.mailFrom,
    // An object: as plain text the address would be parsed again, and a comma in it would be two letters.
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${id}@${domain}>`,
    date: new Date(writtenAt),
    // Nobody's holiday notice shall answer it (RFC 3834).
    headers: { 'auto-submitted': 'auto-generated' },
  });

  jobs.define<Waiting>({
    name: 'deliver-mail',
    weight: 'light',
    async run(waiting) {
      if (smtp) {
        await smtp.sendMail(message(waiting));
        return;
      }
      const { message: eml } = await composer.sendMail(message(waiting));
      const name = `${waiting.writtenAt.replaceAll(/[:.]/g, '-')}-${waiting.id}.eml`;
      await writeWhole(join(home.mail, name), eml as Buffer);
    },
  });

  return {
    async send(executor, letter) {
      const waiting: Waiting = { ...letter, id: newId(), writtenAt: new Date(clock.now()).toISOString() };
      // 30 attempts, the later ones six hours apart, are about five days: as long as mail servers try (RFC 5321, 4.5.4.1).
      await jobs.order(executor, 'deliver-mail', waiting, { maxAttempts: 30 });
    },
    stop: () => smtp?.close(),
  };
}

function openSmtp(url: string) {
  const parsed = new URL(url);
  return createTransport({
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port) || (parsed.protocol === 'smtps:' ? 465 : 587),
    secure: parsed.protocol === 'smtps:',
    ...(parsed.username && {
      auth: { user: decodeURIComponent(parsed.username), pass: decodeURIComponent(parsed.password) },
    }),
    // Minutes, as the standard transport waits, would hold a worker; the job tries again by itself.
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
  });
}

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.part`;
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
