import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import type { UploadId } from '../../../contract/ids.ts';
import type { S3Settings } from '../../platform/config.ts';
import { clientConfig } from '../../platform/storage/s3.storage.ts';
import { extensions, metadataOf, type TusStoreDeps } from './folder.tus.ts';

/** Bytes of unfinished uploads as a multipart upload in the bucket, under the key the finished source has. */
export async function s3TusStore(
  settings: S3Settings,
  deps: TusStoreDeps,
): Promise<DataStore & { abandon(id: string): Promise<void> }> {
  const { S3Store } = await import('@tus/s3-store');
  const bucket = new S3Store({
    partSize: 8 * 1024 * 1024,
    useTags: false,
    s3ClientConfig: { ...clientConfig(settings), bucket: settings.bucket },
  });
  const keyOf = (id: string) => `uploads/${id}`;
  const store = new DataStore();
  store.extensions = extensions;
  return Object.assign(store, {
    async create(upload: Upload) {
      await bucket.create(new Upload({ ...upload, id: keyOf(upload.id), metadata: undefined }));
      return upload;
    },
    async write(stream: Readable, id: string, offset: number) {
      const at = await bucket.write(stream, keyOf(id), offset);
      await deps.wrote(id as UploadId, at);
      return at;
    },
    async getUpload(id: string) {
      const row = await deps.find(id as UploadId);
      if (!row) throw ERRORS.FILE_NOT_FOUND;
      const { offset } = await bucket.getUpload(keyOf(id));
      return new Upload({
        id,
        size: row.bytes_total,
        offset,
        metadata: metadataOf(row),
        creation_date: deps.bornAt(row).toISOString(),
      });
    },
    remove: (id: string) => deps.removed(id as UploadId),
    getExpiration: () => deps.expirationMs(),
    /** Ends a multipart upload that was not finished; the bucket would keep its parts. */
    async abandon(id: string) {
      await bucket.remove(keyOf(id)).catch((error) => {
        // It was finished long ago: there is nothing to abandon.
        if (error !== ERRORS.FILE_NOT_FOUND) throw error;
      });
    },
  });
}
