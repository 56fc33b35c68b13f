import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Settings } from '../config.ts';
import { checkKey, checkPrefix, type Storage } from './storage.ts';

/**
 * A bucket as storage. S3 itself makes objects whole or absent. The SDK is loaded here and only here, since an
 * instance that keeps its files in a folder should not pay for it.
 */
export type S3Storage = Storage & { kind: 's3'; settings: S3Settings };

const openReads = 2000;

/** The settings as the SDK wants them; the upload server uses the same. */
export function clientConfig(settings: S3Settings) {
  return {
    region: settings.region,
    ...(settings.endpoint && { endpoint: settings.endpoint }),
    forcePathStyle: settings.pathStyle,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    // Newer checksum trailers are unknown to several servers that speak S3.
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
    responseChecksumValidation: 'WHEN_REQUIRED' as const,
    // Every viewer in the middle of a file holds a connection; the SDK's limit of 50 would let the next one wait.
    requestHandler: {
      connectionTimeout: 5000,
      httpAgent: { maxSockets: openReads },
      httpsAgent: { maxSockets: openReads },
    },
  };
}

export function openS3Storage(settings: S3Settings, scratch: string): S3Storage {
  const load = async () => {
    const sdk = await import('@aws-sdk/client-s3');
    return { sdk, client: new sdk.S3Client(clientConfig(settings)) };
  };
  let loading: ReturnType<typeof load> | null = null;
  const loaded = () => {
    loading ??= load();
    return loading;
  };
  const Bucket = settings.bucket;

  const storage: S3Storage = {
    kind: 's3',
    settings,
    async put(key, source) {
      checkKey(key);
      const { client } = await loaded();
      const { Upload } = await import('@aws-sdk/lib-storage');
      const Body = 'path' in source ? createReadStream(source.path) : source.bytes;
      await new Upload({ client, params: { Bucket, Key: key, Body } }).done();
    },
    async copy(from, to) {
      const { sdk, client } = await loaded();
      const CopySource = `${Bucket}/${checkKey(from)}`;
      const done = client.send(new sdk.CopyObjectCommand({ Bucket, CopySource, Key: checkKey(to) }));
      return (await absentAsNull(done)) !== null;
    },
    async read(key, range) {
      const { sdk, client } = await loaded();
      const Range = range && `bytes=${range.start}-${range.end}`;
      try {
        const got = await absentAsNull(
          client.send(new sdk.GetObjectCommand({ Bucket, Key: checkKey(key), Range })),
        );
        if (!got?.Body) return null;
        const bytes = got.ContentLength ?? 0;
        const total = Number(got.ContentRange?.split('/')[1] ?? bytes);
        const body = got.Body as Readable;
        return { stream: Readable.toWeb(body) as unknown as ReadableStream<Uint8Array>, bytes, total };
      } catch (error) {
        if ((error as { name?: string }).name !== 'InvalidRange') throw error;
        const found = await storage.stat(key);
        const stream = new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });
        return found && { stream, bytes: 0, total: found.bytes };
      }
    },
    async stat(key) {
      const { sdk, client } = await loaded();
      const found = await absentAsNull(
        client.send(new sdk.HeadObjectCommand({ Bucket, Key: checkKey(key) })),
      );
      return found && { bytes: found.ContentLength ?? 0, modifiedMs: found.LastModified?.getTime() ?? 0 };
    },
    async remove(key) {
      const { sdk, client } = await loaded();
      await absentAsNull(client.send(new sdk.DeleteObjectCommand({ Bucket, Key: checkKey(key) })));
    },
    async removeAll(prefix) {
      let count = 0;
      let batch: Promise<void>[] = [];
      // One request an object: the batch call needs checksums that not every server knows.
      for await (const { key } of storage.list(prefix)) {
        batch.push(storage.remove(key));
        count++;
        if (batch.length < 16) continue;
        await Promise.all(batch);
        batch = [];
      }
      await Promise.all(batch);
      return count;
    },
    async *list(prefix) {
      const { sdk, client } = await loaded();
      const Prefix = prefix === '' ? undefined : checkPrefix(prefix);
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
        for (const item of page.Contents ?? []) {
          const modifiedMs = item.LastModified?.getTime() ?? 0;
          yield { key: item.Key!, bytes: item.Size ?? 0, modifiedMs };
        }
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (ContinuationToken);
    },
    async localPath(key) {
      const got = await storage.read(key);
      if (!got) return null;
      const folder = await mkdtemp(join(scratch, 's3-'));
      const release = () => rm(folder, { recursive: true, force: true });
      const path = join(folder, checkKey(key).split('/').at(-1)!);
      try {
        await pipeline(Readable.fromWeb(got.stream as never), createWriteStream(path));
        return { path, release };
      } catch (error) {
        await release();
        throw error;
      }
    },
    freeBytes: async () => null,
  };
  return storage;
}

async function absentAsNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    if (name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404) return null;
    throw error;
  }
}
