import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Executor } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import { deleteUnneeded, knownFolders } from './drafts.store.ts';
import type { DraftTables } from './drafts.tables.ts';
import type { Bytes } from './materials.ts';

/**
 * Bytes that are nobody's any more. What a removal leaves goes by a job of its own; once a day and at each start, what
 * a kill left goes too, and what a list has not needed for a day: undo may want it back until then.
 */
const removal = 'remove-draft-bytes';
const sweep = 'sweep-drafts';
const dayMs = 86_400_000;
/** A part lies on the disk before its line is written. */
const youngMs = 2 * 3_600_000;
const page = 500;

export function defineRemoval(jobs: Jobs, bytes: Bytes): void {
  jobs.define({
    name: removal,
    weight: 'light',
    run: async ({ folders }: { folders: string[] }) => {
      for (const folder of folders) await bytes.remove(folder);
    },
  });
}

/** A hundred at a time, so that no order is large and none takes long. */
export async function orderRemoval(
  jobs: Jobs,
  executor: Executor,
  folders: readonly string[],
): Promise<void> {
  for (let at = 0; at < folders.length; at += 100)
    await jobs.order(executor, removal, { folders: folders.slice(at, at + 100) }, { priority: 20 });
}

export type Sweeping = {
  db: Kysely<DraftTables>;
  jobs: Jobs;
  storage: Storage;
  bytes: Bytes;
  clock: Clock;
  log: Log;
};

export function defineSweep(sweeping: Sweeping): void {
  sweeping.jobs.define({
    name: sweep,
    weight: 'light',
    run: async () => {
      await orderSweep(sweeping.jobs, sweeping.db, new Date(Date.now() + dayMs));
      await removeUnneeded(sweeping);
      await removeUnknown(sweeping);
      await sweeping.bytes.sweepScratch(dayMs);
    },
  });
}

export function orderSweep(jobs: Jobs, executor: Executor, runAt?: Date): Promise<void> {
  return jobs.order(executor, sweep, {}, { key: sweep, priority: 30, ...(runAt && { runAt }) });
}

async function removeUnneeded({ db, jobs, clock }: Sweeping): Promise<void> {
  const before = new Date(clock.now() - dayMs);
  for (let count = page; count === page; )
    count = await db.transaction().execute(async (trx) => {
      const folders = await deleteUnneeded(trx, before, page);
      await orderRemoval(jobs, trx, folders);
      return folders.length;
    });
}

async function removeUnknown({ db, storage, bytes, log }: Sweeping): Promise<void> {
  let removed = 0;
  const end = async (folders: Set<string>) => {
    const known = await knownFolders(db, [...folders]);
    for (const folder of folders) {
      if (known.has(folder)) continue;
      await bytes.remove(folder);
      removed++;
    }
    folders.clear();
  };
  const old = new Set<string>();
  for await (const file of storage.list('drafts/')) {
    if (Date.now() - file.modifiedMs > youngMs) old.add(file.key.split('/')[1]!);
    if (old.size >= page) await end(old);
  }
  await end(old);
  if (removed > 0) log.warn({ removed }, 'drafts swept: bytes without a line');
}
