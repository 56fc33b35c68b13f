import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { newId } from '../random.ts';
import { openFolderStorage } from './folder.storage.ts';
import { openS3Storage } from './s3.storage.ts';
import { checkKey, type Storage } from './storage.ts';

const scratch = await mkdtemp(join(tmpdir(), 'kinora-storage-'));
afterAll(() => rm(scratch, { recursive: true, force: true }));

const bytesOf = (text: string) => ({ bytes: new TextEncoder().encode(text) });
const textOf = async (storage: Storage, key: string, range?: { start: number; end: number }) => {
  const read = await storage.read(key, range);
  return read && { text: await new Response(read.stream).text(), bytes: read.bytes, total: read.total };
};

const { S3_TEST_ENDPOINT, S3_TEST_BUCKET, S3_TEST_ACCESS_KEY_ID, S3_TEST_SECRET_ACCESS_KEY } = process.env;
const kinds: { name: string; open: (() => Storage) | null }[] = [
  { name: 'a folder', open: () => openFolderStorage(join(scratch, 'folder')) },
  S3_TEST_ENDPOINT
    ? {
        name: 'S3',
        open: () =>
          openS3Storage(
            {
              endpoint: S3_TEST_ENDPOINT,
              region: process.env.S3_TEST_REGION ?? 'us-east-1',
              bucket: S3_TEST_BUCKET ?? 'kinora-test',
              accessKeyId: S3_TEST_ACCESS_KEY_ID ?? '',
              secretAccessKey: S3_TEST_SECRET_ACCESS_KEY ?? '',
              pathStyle: true,
            },
            scratch,
          ),
      }
    : { name: 'S3 (S3_TEST_ENDPOINT is not set, so there is no S3 to test against)', open: null },
];

for (const { name, open } of kinds) {
  describe.skipIf(!open)(`storage in ${name}`, () => {
    const storage = open ? open() : (null as never);
    const at = (key: string) => `test-${process.pid}-${newId(6)}/${key}`;

    test('what was put can be read, whole and in ranges', async () => {
      const key = at('a.txt');
      await storage.put(key, bytesOf('0123456789'));
      expect(await textOf(storage, key)).toEqual({ text: '0123456789', bytes: 10, total: 10 });
      expect(await textOf(storage, key, { start: 2, end: 4 })).toEqual({ text: '234', bytes: 3, total: 10 });
      expect(await textOf(storage, key, { start: 8, end: 99 })).toEqual({ text: '89', bytes: 2, total: 10 });
      expect(await textOf(storage, key, { start: 20, end: 30 })).toEqual({ text: '', bytes: 0, total: 10 });
      expect((await storage.stat(key))?.bytes).toBe(10);
    });

    test('a file is put from a path, and replaces what was there', async () => {
      const key = at('b.bin');
      const path = join(scratch, newId());
      await writeFile(path, 'from a path');
      await storage.put(key, bytesOf('before'));
      await storage.put(key, { path });
      expect((await textOf(storage, key))?.text).toBe('from a path');
    });

    test('a copy outlives its original', async () => {
      const [from, to] = [at('c'), at('d')];
      await storage.put(from, bytesOf('twice'));
      expect(await storage.copy(from, to)).toBe(true);
      expect(await storage.copy(from, to)).toBe(true);
      await storage.remove(from);
      expect((await textOf(storage, to))?.text).toBe('twice');
      expect(await storage.copy(from, to)).toBe(false);
    });

    test('a file of many megabytes is whole, and so is its copy', async () => {
      const [from, to] = [at('large'), at('large-copy')];
      const path = join(scratch, newId());
      const bytes = randomBytes(12_000_001);
      await writeFile(path, bytes);
      await storage.put(from, { path });
      await storage.put(from, { path });
      expect(await storage.copy(from, to)).toBe(true);
      await storage.remove(from);
      const read = (await storage.read(to))!;
      expect(bytes.equals(Buffer.from(await new Response(read.stream).arrayBuffer()))).toBe(true);
    });

    test('a path that leads nowhere puts nothing', async () => {
      await expect(storage.put(at('g'), { path: join(scratch, 'not-there') })).rejects.toThrow('ENOENT');
    });

    test('sixty viewers in the middle of a file keep nobody else waiting', async () => {
      const key = at('h');
      await storage.put(key, { bytes: new Uint8Array(1_000_000) });
      const viewers = await Promise.all(Array.from({ length: 60 }, () => storage.read(key)));
      expect((await storage.stat(key))?.bytes).toBe(1_000_000);
      await Promise.all(viewers.map((viewer) => viewer?.stream.cancel()));
      for (let again = 0; again < 60; again++) await (await storage.read(key))?.stream.cancel();
      expect((await textOf(storage, key, { start: 0, end: 9 }))?.bytes).toBe(10);
    });

    test('what is not there is null, and removing it again is fine', async () => {
      const key = at('nothing');
      expect(await storage.read(key)).toBeNull();
      expect(await storage.stat(key)).toBeNull();
      expect(await storage.localPath(key)).toBeNull();
      await storage.remove(key);
      expect(await storage.removeAll(at('none/'))).toBe(0);
    });

    test('a prefix is listed and removed without its neighbours', async () => {
      const root = at('x').slice(0, -1);
      for (const key of ['one/a', 'one/b/c', 'one-more/d']) await storage.put(`${root}${key}`, bytesOf(key));
      const found: string[] = [];
      for await (const file of storage.list(`${root}one/`)) found.push(file.key);
      expect(found.sort()).toEqual([`${root}one/a`, `${root}one/b/c`]);
      expect(await storage.removeAll(`${root}one/`)).toBe(2);
      expect((await textOf(storage, `${root}one-more/d`))?.text).toBe('one-more/d');
    });

    test('a local path holds the same bytes', async () => {
      const key = at('e.mp4');
      await storage.put(key, bytesOf('picture'));
      const local = (await storage.localPath(key))!;
      expect(await (await import('node:fs/promises')).readFile(local.path, 'utf8')).toBe('picture');
      await local.release();
      expect((await textOf(storage, key))?.text).toBe('picture');
    });

    test('cancelling a stream half way does no harm', async () => {
      const key = at('f');
      await storage.put(key, { bytes: new Uint8Array(1_000_000) });
      const { stream } = (await storage.read(key))!;
      const reader = stream.getReader();
      await reader.read();
      await reader.cancel();
      expect((await storage.stat(key))?.bytes).toBe(1_000_000);
    });
  });
}

test.each(['', '/etc/passwd', '../a', 'a/../b', 'a//b', 'a/', '.part/x', 'a/.hidden', 'a\0b', 'a\\b', 'ä'])(
  'the key %j is refused',
  (key) => expect(() => checkKey(key)).toThrow('not a storage key'),
);

test('a link inside the folder leads nowhere', async () => {
  const folder = join(scratch, 'linked');
  const outside = join(scratch, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'secret'), 'secret');
  const storage = openFolderStorage(folder);
  await symlink(outside, join(folder, 'out'));
  await symlink(join(outside, 'secret'), join(folder, 'link'));
  await expect(storage.read('out/secret')).rejects.toThrow('link');
  await expect(storage.put('out/new', bytesOf('x'))).rejects.toThrow('link');
  await expect(storage.put('out/deeper/new', bytesOf('x'))).rejects.toThrow('link');
  await expect(storage.read('link')).rejects.toThrow();
  expect(await storage.stat('link')).toBeNull();
  expect(await readdir(outside)).toEqual(['secret']);
});

test('a put that fails leaves neither a file nor a part', async () => {
  const folder = join(scratch, 'failing');
  const storage = openFolderStorage(folder);
  await expect(storage.put('a/b', { path: join(scratch, 'not-there') })).rejects.toThrow('ENOENT');
  expect(await storage.stat('a/b')).toBeNull();
  expect(await readdir(join(folder, '.part'))).toEqual([]);
});
