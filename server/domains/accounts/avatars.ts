import type { Kysely } from 'kysely';
import { Refusal } from '../../../contract/errors.ts';
import type { Jobs } from '../../platform/jobs.ts';
import { newId } from '../../platform/random.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { AccountTables } from './accounts.tables.ts';
import { makeAvatar } from './avatars.rules.ts';
import { findPerson, swapAvatar } from './people.store.ts';

/**
 * Pictures of people. Each has a version of its own in its address, so that it may be kept for ever by browsers;
 * a file without a row is swept away by a job that was ordered before the file was written.
 */
export type Avatars = {
  /** Throws picture_invalid. */
  set(accountId: string, picture: Uint8Array): Promise<void>;
  remove(accountId: string): Promise<void>;
  /** The same as `remove`, for a person whose row is gone already. */
  sweep(executor: Kysely<AccountTables>, accountId: string, version: string): Promise<void>;
  /** Throws not_found. */
  serve(request: Request, accountId: string, version: string): Promise<Response>;
};

/** Longer than any upload and transaction: until then a file may wait for its row. */
const unclaimedMs = 10 * 60_000;

export function createAvatars(deps: {
  db: Kysely<AccountTables>;
  jobs: Jobs;
  storage: Pick<Storage, 'put' | 'read' | 'remove'>;
}): Avatars {
  const { db, jobs, storage } = deps;
  const keyOf = (accountId: string, version: string) => `avatars/${accountId}-${version}.webp`;
  type Sweep = { accountId: string; version: string };

  jobs.define<Sweep>({
    name: 'sweep-avatar',
    weight: 'light',
    async run({ accountId, version }) {
      const person = await findPerson(db, accountId);
      if (person?.avatar_version !== version) await storage.remove(keyOf(accountId, version));
    },
  });
  const sweep = (executor: Kysely<AccountTables>, order: Sweep, runAt?: Date) =>
    jobs.order(executor, 'sweep-avatar', order, { runAt });
  const swap = (accountId: string, version: string | null) =>
    db.transaction().execute(async (trx) => {
      const before = await swapAvatar(trx, accountId, version);
      if (before) await sweep(trx, { accountId, version: before });
    });

  // One picture at a time: a large one takes a few hundred megabytes while it is read.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(make: () => Promise<T>): Promise<T> => {
    const mine = turn.then(make, make);
    turn = mine;
    return mine;
  };

  return {
    async set(accountId, picture) {
      const webp = await inTurn(() => makeAvatar(picture));
      const version = newId(10);
      await sweep(db, { accountId, version }, new Date(Date.now() + unclaimedMs));
      await storage.put(keyOf(accountId, version), { bytes: webp });
      await swap(accountId, version);
    },
    remove: (accountId) => swap(accountId, null),
    sweep: (executor, accountId, version) => sweep(executor, { accountId, version }),
    async serve(request, accountId, version) {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal('method_not_allowed');
      if (!/^[A-Za-z0-9]{8,40}$/.test(accountId) || !/^[A-Za-z0-9]{10}$/.test(version))
        throw new Refusal('not_found');
      const file = await storage.read(keyOf(accountId, version));
      if (!file) throw new Refusal('not_found');
      const headers = {
        'content-type': 'image/webp',
        'content-length': String(file.bytes),
        'cache-control': 'public, max-age=31536000, immutable',
        etag: `"${version}"`,
      };
      if (request.method === 'GET' && request.headers.get('if-none-match') !== headers.etag)
        return new Response(file.stream, { headers });
      await file.stream.cancel();
      const { 'content-length': _, ...rest } = headers;
      return request.method === 'HEAD'
        ? new Response(null, { headers })
        : new Response(null, { status: 304, headers: rest });
    },
  };
}
