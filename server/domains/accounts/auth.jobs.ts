import type { Kysely } from 'kysely';
import type { Executor } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import type { AccountTables } from './accounts.tables.ts';
import type { Auth } from './auth.ts';
import { lettersIn } from './mail.messages.ts';
import { findUserByEmail } from './sessions.store.ts';

/**
 * Letters with links, written by a job: whoever asks learns nothing from the answer or its time, and a request never
 * waits for a mail server.
 */
export type LetterOrder = {
  kind: 'reset' | 'verify';
  email: string;
  /** Origin of the links: where the person reached this server. */
  origin: string;
  /** What the browser asked for; the member's own language goes before. */
  languages: string[];
};
export type Letters = { order(executor: Executor, order: LetterOrder): Promise<void> };

export function createLetters(deps: {
  db: Kysely<AccountTables>;
  jobs: Jobs;
  mail: Mail;
  auth: Auth;
  serverName: string;
}): Letters {
  const { db, jobs, mail, auth, serverName: server } = deps;
  const linkFor = async (kind: LetterOrder['kind'], user: { id: string; email: string }) => {
    const token =
      kind === 'reset' ? await auth.passwordToken(user.email) : await auth.verificationToken(user);
    if (!token) throw new Error('no token was made for a letter');
    return `${kind === 'reset' ? '/reset-password' : '/verify-email'}?token=${encodeURIComponent(token)}`;
  };

  jobs.define<LetterOrder>({
    name: 'write-account-letter',
    weight: 'light',
    async run({ kind, email, origin, languages }) {
      const user = await findUserByEmail(db, email);
      if (!user || (kind === 'verify' && user.email_verified)) return;
      const link = origin + (await linkFor(kind, user));
      const letter = lettersIn([user.language, ...languages])[kind]({ server, link });
      await mail.send(db, { to: user.email, ...letter });
    },
  });

  return { order: (executor, order) => jobs.order(executor, 'write-account-letter', order) };
}
