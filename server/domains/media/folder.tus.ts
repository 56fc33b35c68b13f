import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { Refusal } from '../../../contract/errors.ts';
import type { UploadId } from '../../../contract/ids.ts';
import type { UploadRow } from './media.tables.ts';

/**
 * Bytes of unfinished uploads in a folder, one file each. The file's size is the offset: what counts as received is
 * what is on the disk, whatever was killed and when. Bytes are written in order and synced before they are
 * acknowledged, so every length of the file is a true beginning of what the client sends.
 */
export type TusStoreDeps = {
  find(id: UploadId): Promise<UploadRow | null>;
  /** Age-preserving: the tus server compares with the system's clock. */
  bornAt(row: UploadRow): Date;
  expirationMs(): number;
  removed(id: UploadId): Promise<void>;
  /** While bytes come; cheap. */
  noteBytes(id: UploadId, bytes: number): void;
  /** A request ended, well or not: so many bytes are here now. */
  wrote(id: UploadId, bytes: number): Promise<void>;
};

export const extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];

export function folderTusStore(folder: string, deps: TusStoreDeps): DataStore {
  const pathOf = (id: string) => {
    if (!/^[A-Za-z0-9_-]{8,40}$/.test(id)) throw ERRORS.FILE_NOT_FOUND;
    return join(folder, 'uploads', id);
  };
  const store = new DataStore();
  store.extensions = extensions;
  return Object.assign(store, {
    async create(upload: Upload) {
      await mkdir(join(folder, 'uploads'), { recursive: true, mode: 0o700 });
      const file = await open(pathOf(upload.id), 'wx', 0o600).catch(fullDisk);
      await file.close();
      return upload;
    },
    async write(stream: Readable, id: string, offset: number) {
      const file = await open(pathOf(id), constants.O_WRONLY | constants.O_NOFOLLOW);
      let at = offset;
      try {
        for await (const chunk of stream as AsyncIterable<Uint8Array>) {
          for (let done = 0; done < chunk.byteLength; ) {
            const { bytesWritten } = await file.write(chunk, done, chunk.byteLength - done, at);
            done += bytesWritten;
            at += bytesWritten;
          }
          deps.noteBytes(id as UploadId, at);
        }
        await file.datasync();
        return at;
      } catch (error) {
        return await fullDisk(error);
      } finally {
        await file.close();
        await deps.wrote(id as UploadId, at);
      }
    },
    async getUpload(id: string) {
      const row = await deps.find(id as UploadId);
      if (!row) throw ERRORS.FILE_NOT_FOUND;
      const file = await open(pathOf(id), constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => {
        throw ERRORS.FILE_NO_LONGER_EXISTS;
      });
      const { size } = await file.stat().finally(() => file.close());
      return new Upload({
        id,
        size: row.bytes_total,
        offset: size,
        metadata: metadataOf(row),
        creation_date: deps.bornAt(row).toISOString(),
      });
    },
    remove: (id: string) => deps.removed(id as UploadId),
    getExpiration: () => deps.expirationMs(),
  });
}

export function metadataOf(row: UploadRow): Record<string, string> | undefined {
  const metadata = {
    ...(row.file_name && { filename: row.file_name }),
    ...(row.file_type && { filetype: row.file_type }),
  };
  return Object.keys(metadata).length > 0 ? metadata : undefined;
}

function fullDisk(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') throw new Refusal('disk_full');
  throw error;
}
