import { randomBytes } from 'node:crypto';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { S3 } from '@aws-sdk/client-s3';
import { ERRORS, Upload } from '@tus/server';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { S3Settings } from '../../platform/config.ts';
import { newId } from '../../platform/random.ts';
import { clientConfig, openS3Storage } from '../../platform/storage/s3.storage.ts';
import type { UploadRow } from './media.tables.ts';
import { s3TusStore } from './s3.tus.ts';

const { S3_TEST_ENDPOINT, S3_TEST_BUCKET, S3_TEST_ACCESS_KEY_ID, S3_TEST_SECRET_ACCESS_KEY } = process.env;
const settings: S3Settings = {
  endpoint: S3_TEST_ENDPOINT ?? null,
  region: process.env.S3_TEST_REGION ?? 'us-east-1',
  bucket: S3_TEST_BUCKET ?? 'kinora-test',
  accessKeyId: S3_TEST_ACCESS_KEY_ID ?? '',
  secretAccessKey: S3_TEST_SECRET_ACCESS_KEY ?? '',
  pathStyle: true,
};
const partBytes = 5 * 1024 * 1024;

/** One upload, known by its row; `open` is what a start of the program sees of it. */
async function begin(bytes: number, through = settings) {
  const id = newId();
  const noted: number[] = [];
  const open = () =>
    s3TusStore(through, {
      find: async () => ({ id, bytes_total: bytes, file_name: null, file_type: null }) as UploadRow,
      bornAt: () => new Date(),
      expirationMs: () => 0,
      removed: async () => {},
      noteBytes: (_id, at) => void noted.push(at),
      wrote: async () => {},
    });
  const store = await open();
  await store.create(new Upload({ id, size: bytes, offset: 0 }));
  const storage = openS3Storage(settings, '/nowhere');
  const s3 = new S3(clientConfig(settings));
  const Bucket = settings.bucket;
  const openMultiparts = async () =>
    (await s3.listMultipartUploads({ Bucket, Prefix: `uploads/${id}` })).Uploads ?? [];
  onTestFinished(async () => {
    await store.abandon(id);
    for (const ending of ['', '.info', '.part']) await storage.remove(`uploads/${id}${ending}`);
    s3.destroy();
  });
  return {
    ...{ id, noted, open, store, s3, openMultiparts },
    /** As the network brings it. */
    write: (to: typeof store, all: Buffer, from: number, end: number) =>
      to.write(Readable.from(chunksOf(all.subarray(from, end))), id, from),
    source: async () => {
      const read = await storage.read(`uploads/${id}`);
      return read && Buffer.from(await new Response(read.stream).arrayBuffer());
    },
  };
}

function* chunksOf(bytes: Buffer) {
  for (let at = 0; at < bytes.byteLength; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

describe.skipIf(!S3_TEST_ENDPOINT)(
  S3_TEST_ENDPOINT
    ? 'uploads to S3'
    : 'uploads to S3 (S3_TEST_ENDPOINT is not set, so there is no S3 to test against)',
  () => {
    test('pieces of any size, each sent to a program that just started, make the same file', async () => {
      const all = randomBytes(13_000_000);
      const upload = await begin(all.byteLength);
      let at = 0;
      for (const end of [10, 700_000, 700_001, 6_500_000, 12_999_999, all.byteLength]) {
        const store = await upload.open();
        expect((await store.getUpload(upload.id)).offset).toBe(at);
        at = await upload.write(store, all, at, end);
        expect(at).toBe(end);
      }
      expect((await upload.source())?.equals(all)).toBe(true);
      expect((await (await upload.open()).getUpload(upload.id)).offset).toBe(all.byteLength);
      expect(await upload.openMultiparts()).toEqual([]);
      expect(upload.noted.at(-1)).toBe(all.byteLength);
    });

    test('a line that breaks keeps what came', async () => {
      const all = randomBytes(partBytes + 900_000);
      const upload = await begin(all.byteLength);
      const breaking = (from: number, end: number) =>
        Readable.from(
          (function* () {
            yield* chunksOf(all.subarray(from, end));
            throw new Error('the train entered a tunnel');
          })(),
        );
      await expect(upload.store.write(breaking(0, 400_000), upload.id, 0)).rejects.toThrow('tunnel');
      expect((await upload.store.getUpload(upload.id)).offset).toBe(400_000);
      // All had come when it broke: that is a whole upload.
      expect(await upload.store.write(breaking(400_000, all.byteLength), upload.id, 400_000)).toBe(
        all.byteLength,
      );
      expect((await upload.source())?.equals(all)).toBe(true);
    });

    test('one part is sent after the other, so that a kill leaves no hole', async () => {
      const all = randomBytes(3 * partBytes + 1);
      const counter = await openCounter();
      const upload = await begin(all.byteLength, { ...settings, endpoint: counter.endpoint });
      await upload.write(upload.store, all, 0, all.byteLength);
      expect(counter.parts).toEqual([1, 2, 3, 4]);
      expect(counter.most).toBe(1);
      expect((await upload.source())?.equals(all)).toBe(true);
    });

    test('a kill between the last part and the order to join them is mended by whoever looks', async () => {
      const all = randomBytes(partBytes + 5);
      const upload = await begin(all.byteLength);
      await upload.write(upload.store, all, 0, partBytes);
      const [multipart] = await upload.openMultiparts();
      const Key = `uploads/${upload.id}`;
      const lastPart = { PartNumber: 2, Body: all.subarray(partBytes) };
      await upload.s3.uploadPart({
        Bucket: settings.bucket,
        Key,
        UploadId: multipart!.UploadId,
        ...lastPart,
      });
      expect(await upload.source()).toBeNull();
      expect((await (await upload.open()).getUpload(upload.id)).offset).toBe(all.byteLength);
      expect((await upload.source())?.equals(all)).toBe(true);
    });

    test('an upload whose parts the bucket threw away is not taken for a whole one', async () => {
      const upload = await begin(1000);
      const [multipart] = await upload.openMultiparts();
      const Key = `uploads/${upload.id}`;
      await upload.s3.abortMultipartUpload({ Bucket: settings.bucket, Key, UploadId: multipart!.UploadId });
      await expect((await upload.open()).getUpload(upload.id)).rejects.toBe(ERRORS.FILE_NO_LONGER_EXISTS);
    });

    test('abandoning ends the multipart upload, whether it was whole or not, once or twice', async () => {
      const all = randomBytes(1000);
      const half = await begin(all.byteLength);
      await half.write(half.store, all, 0, 500);
      expect(await half.openMultiparts()).toHaveLength(1);
      await half.store.abandon(half.id);
      await half.store.abandon(half.id);
      expect(await half.openMultiparts()).toEqual([]);
      const whole = await begin(all.byteLength);
      await whole.write(whole.store, all, 0, all.byteLength);
      await whole.store.abandon(whole.id);
      await (await whole.open()).abandon('never-begun');
    });
  },
);

/** Passes everything on, and counts how many parts are under way at once. */
async function openCounter() {
  const { hostname, port } = new URL(settings.endpoint!);
  const seen = { parts: [] as number[], most: 0, endpoint: '' };
  let underWay = 0;
  const server = createServer((incoming, reply) => {
    const part = new URL(incoming.url!, 'http://bucket').searchParams.get('partNumber');
    if (part) seen.parts.push(Number(part));
    if (part) seen.most = Math.max(seen.most, ++underWay);
    const outgoing = send(
      { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => {
        if (part) underWay--;
        reply.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(reply);
      },
    );
    outgoing.on('error', (error) => reply.destroy(error));
    incoming.pipe(outgoing);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  seen.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return seen;
}
