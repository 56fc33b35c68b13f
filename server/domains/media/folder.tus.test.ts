import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Upload } from '@tus/server';
import { afterAll, expect, test } from 'vitest';
import { folderTusStore } from './folder.tus.ts';

/** A real disk of 64 kB; making one needs a right that not every machine gives. */
const disk = mkdtempSync(join(tmpdir(), 'kinora-full-disk-'));
let mounted = false;
try {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
  mounted = true;
} catch {
  // Skipped below, with the reason in its name.
}
afterAll(() => {
  if (mounted) execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

test.skipIf(!mounted)(
  mounted
    ? 'a disk that gets full in the middle keeps a true beginning, and says disk_full'
    : 'a disk that gets full (mounting a small one is not allowed here)',
  async () => {
    const wrote: number[] = [];
    const store = folderTusStore(disk, {
      find: async () => null,
      bornAt: () => new Date(),
      expirationMs: () => 0,
      removed: async () => {},
      noteBytes: () => {},
      wrote: async (_id, bytes) => void wrote.push(bytes),
    });
    const id = 'upload-on-a-full-disk';
    await store.create(new Upload({ id, size: 200_000, offset: 0 }));
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251));
    const chunks = Array.from({ length: 20 }, (_, at) => bytes.subarray(at * 10_000, (at + 1) * 10_000));
    await expect(store.write(Readable.from(chunks), id, 0)).rejects.toMatchObject({ code: 'disk_full' });
    const kept = readFileSync(join(disk, 'uploads', id));
    expect(kept.length).toBeGreaterThan(10_000);
    expect(kept.equals(bytes.subarray(0, kept.length))).toBe(true);
    expect(wrote).toEqual([kept.length]);
  },
);
