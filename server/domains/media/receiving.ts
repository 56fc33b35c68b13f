import type { UploadId } from '../../../contract/ids.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Caller } from '../../platform/http/handle.ts';
import type { FolderStorage } from '../../platform/storage/folder.storage.ts';
import type { S3Storage } from '../../platform/storage/s3.storage.ts';
import { folderTusStore, type TusStoreDeps } from './folder.tus.ts';
import type { Making } from './making.ts';
import type { MediaTunables } from './media.tunables.ts';
import { orderRead } from './read-upload.jobs.ts';
import { createTus } from './tus.http.ts';
import { createUploadLocker } from './upload.locker.ts';

/** Bytes coming in: the tus server on the right store, and the step from the last byte to the order to read it. */
export type ReceivingDeps = Pick<Making, 'uploads' | 'jobs' | 'outbox' | 'progress' | 'now' | 'log'> & {
  database: Database;
  bus: Bus;
  clock: Clock;
  storage: FolderStorage | S3Storage;
  tunables: MediaTunables;
  removeNow(id: UploadId): Promise<void>;
};

const dayMs = 86_400_000;

export function createReceiving(deps: ReceivingDeps) {
  const { uploads, jobs, outbox, progress, storage, clock, tunables } = deps;
  const locker = createUploadLocker(deps);

  /** Once per upload, however often it is called: the row decides. */
  const finish = async (id: UploadId): Promise<void> => {
    const first = await uploads.db.transaction().execute(async (trx) => {
      if (!(await uploads.received(trx, id, deps.now()))) return false;
      await outbox.emit(trx, 'upload.completed', { uploadId: id });
      await orderRead(jobs, trx, id);
      return true;
    });
    if (first) await progress.changed(id);
  };

  const storeDeps: TusStoreDeps = {
    find: async (id) => (await uploads.one(id)) ?? null,
    bornAt: (row) => new Date(Date.now() - (clock.now() - row.created_at.getTime())),
    expirationMs: () => tunables.get('media.keepUnfinishedDays') * dayMs,
    removed: deps.removeNow,
    noteBytes: (id, bytesReceived) => progress.note(id, { bytesReceived }),
    async wrote(id, bytes) {
      await uploads.noteReceived(id, bytes, deps.now());
      await progress.changed(id);
    },
  };
  // S3's store is loaded by the first request, so that a folder instance never loads the SDK.
  const open = async () => {
    const bytes =
      storage.kind === 'folder'
        ? Object.assign(folderTusStore(storage.folder, storeDeps), { abandon: async () => {} })
        : await (await import('./s3.tus.ts')).s3TusStore(storage.settings, storeDeps);
    return { bytes, tus: createTus({ ...deps, store: uploads, bytes, locker, finish }) };
  };
  let opening: ReturnType<typeof open> | null = null;
  const opened = () => {
    opening ??= open();
    return opening;
  };

  return {
    tus: async (request: Request, caller: Caller) => (await opened()).tus(request, caller),
    alone: locker.alone,
    /** The source, or what there is of it. */
    async abandon(id: UploadId) {
      await (await opened()).bytes.abandon(id);
      for (const ending of storage.kind === 's3' ? ['', '.info', '.part'] : ['']) {
        await storage.remove(`uploads/${id}${ending}`);
      }
    },
    /** Uploads whose last byte came, but whose process was killed before it could say so. */
    async finishWhole() {
      const { bytes } = await opened();
      for (let after = ''; ; ) {
        const rows = await uploads.unfinishedAfter(after, 200);
        if (rows.length === 0) return;
        for (const row of rows) {
          const offset = await bytes.getUpload(row.id).then(
            (upload) => upload.offset,
            // No file (yet): its client will begin again, or the sweep takes the row.
            () => null,
          );
          if (offset === row.bytes_total) await finish(row.id);
        }
        after = rows.at(-1)!.id;
      }
    },
    stop: () => locker.stop(),
  };
}
