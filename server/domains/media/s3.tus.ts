import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { S3Store } from '@tus/s3-store';
import { DataStore, ERRORS, Upload } from '@tus/server';
import type { UploadId } from '../../../contract/ids.ts';
import type { S3Settings } from '../../platform/config.ts';
import { clientConfig } from '../../platform/storage/s3.storage.ts';
import { extensions, metadataOf, type TusStoreDeps } from './folder.tus.ts';

/** The least that S3 takes as a part, and what our own client sends at a time: then nothing has to wait beside. */
const partBytes = 5 * 1024 * 1024;

/**
 * Bytes of unfinished uploads as a multipart upload in the bucket, under the key the finished source has; beside it
 * `<key>.info` knows the multipart upload and `<key>.part` holds what is too little for a part. What counts as
 * received is what the bucket has, and that is always a true beginning of what the client sends.
 */
export async function s3TusStore(
  settings: S3Settings,
  deps: TusStoreDeps,
): Promise<DataStore & { abandon(id: string): Promise<void> }> {
  const bucket = new PartsInOrder({
    partSize: partBytes,
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
      const at = await bucket.write(stream, keyOf(id), offset, (seen) =>
        deps.noteBytes(id as UploadId, seen),
      );
      await deps.wrote(id as UploadId, at);
      return at;
    },
    async getUpload(id: string) {
      const row = await deps.find(id as UploadId);
      if (!row) throw ERRORS.FILE_NOT_FOUND;
      const { offset } = await bucket.getUpload(keyOf(id));
      // A kill may have come between the last part and the order to join them.
      if (offset === row.bytes_total) await bucket.join(keyOf(id));
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
    abandon: (id: string) => bucket.abort(keyOf(id)),
  });
}

/**
 * The package's store sends parts side by side, so that a kill can leave a later part without an earlier one: a hole
 * nobody sees. Here one part follows the other, and all but the last have one size (Cloudflare R2 insists), so a part
 * that is sent again is the same part.
 */
class PartsInOrder extends S3Store {
  override async write(
    stream: Readable,
    id: string,
    offset: number,
    note: (at: number) => void = () => {},
  ): Promise<number> {
    const metadata = await this.getMetadata(id);
    const size = metadata.file.size ?? 0;
    const fullBytes = this.calcOptimalPartSize(size);
    let number = ((await this.retrieveParts(id)).at(-1)?.PartNumber ?? 0) + 1;
    const kept = await this.getIncompletePart(id);
    let held: Buffer[] = kept ? [await buffer(kept)] : [];
    let isKept = held.length > 0;
    let at = offset;
    const heldBytes = () => held.reduce((sum, piece) => sum + piece.byteLength, 0);
    const sendPart = async () => {
      const part = Buffer.concat(held);
      held = [];
      // First, since bytes that count twice would shift all that follow; a kill in between only sets the offset back.
      if (isKept) await this.deleteIncompletePart(id);
      isKept = false;
      await this.uploadPart(metadata, part, number++);
    };
    /** What is too little for a part waits beside it. */
    const keep = () =>
      this.client.putObject({ Bucket: this.bucket, Key: this.partKey(id, true), Body: Buffer.concat(held) });

    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        for (let taken = 0; taken < chunk.byteLength; ) {
          const piece = chunk.subarray(taken, taken + fullBytes - heldBytes());
          held.push(piece);
          taken += piece.byteLength;
          at += piece.byteLength;
          if (heldBytes() === fullBytes) await sendPart();
        }
        note(at);
      }
    } catch (error) {
      // Nothing is held when it was the bucket that failed. When the line broke, what came is kept, unless it is all.
      if (held.length === 0) throw error;
      if (at < size) {
        if (at > offset) await keep();
        throw error;
      }
    }
    if (at < size) {
      if (at > offset && held.length > 0) await keep();
      return at;
    }
    if (held.length > 0) await sendPart();
    await this.join(id);
    return at;
  }

  /** Makes the source of the parts; again, when it is there: nothing. */
  async join(id: string): Promise<void> {
    try {
      await this.finishMultipartUpload(await this.getMetadata(id), await this.retrieveParts(id));
    } catch (error) {
      if (!isAbsent(error)) throw error;
      await this.client.headObject({ Bucket: this.bucket, Key: id }).catch((reason) => {
        throw isAbsent(reason) ? ERRORS.FILE_NO_LONGER_EXISTS : reason;
      });
    }
    await this.clearCache(id);
  }

  /** The objects themselves are removed by whoever owns the key. */
  async abort(id: string): Promise<void> {
    try {
      const { 'upload-id': UploadId } = await this.getMetadata(id);
      await this.client.abortMultipartUpload({ Bucket: this.bucket, Key: id, UploadId });
    } catch (error) {
      // It was finished or ended long ago, or never began.
      if (!isAbsent(error)) throw error;
    }
    await this.clearCache(id);
  }
}

function isAbsent(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NoSuchUpload' || name === 'NoSuchKey' || $metadata?.httpStatusCode === 404;
}
