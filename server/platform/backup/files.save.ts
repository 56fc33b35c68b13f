import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { checkKey, type FoundFile, type Storage } from '../storage/storage.ts';
import { createMeter } from './manifest.ts';

/** Storage keys and where their copies lie in a backup. */
export const filePath = (key: string) => `files/${key}`;

export type SavedFile = { sha256: string; bytes: number; source: FoundFile };

/**
 * Copies every file of the storage that is new or changed since the last pass; `saved` (about 300 bytes a file) carries
 * what passes know of each other. A file that goes away meanwhile is left out, one that was copied stays: the sweep
 * of the rooms removes after a restore what no row names.
 */
export async function saveFiles(
  storage: Pick<Storage, 'list' | 'read'>,
  saved: Map<string, SavedFile>,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await eachOf(storage.list(''), 4, signal, async (source) => {
    const before = saved.get(source.key)?.source;
    if (before?.bytes === source.bytes && before.modifiedMs === source.modifiedMs) return;
    if (!isKey(source.key)) return;
    const found = await storage.read(source.key);
    if (!found) return;
    const path = join(folder, filePath(source.key));
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const meter = createMeter();
    const file = createWriteStream(path, { mode: 0o600, flush: true });
    await pipeline(Readable.fromWeb(found.stream as never), meter.stream, file, { signal });
    const { sha256, bytes } = meter.result();
    if (bytes !== found.bytes) throw new Error(`${source.key} ended after ${bytes} of ${found.bytes} bytes`);
    saved.set(source.key, { sha256, bytes, source });
  });
}

/** A bucket may hold what is not ours, under names that our storage cannot ask for. */
function isKey(key: string): boolean {
  try {
    checkKey(key);
    return true;
  } catch {
    return false;
  }
}

/** Works on up to `atOnce` items at a time; the first failure ends it, after those under way have ended. */
export async function eachOf<T>(
  items: AsyncIterable<T>,
  atOnce: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const under = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    if (failures.length > 0 || signal.aborted) break;
    const one: Promise<void> = work(item)
      .catch((error) => void failures.push(error))
      .finally(() => under.delete(one));
    under.add(one);
    if (under.size >= atOnce) await Promise.race(under);
  }
  await Promise.all(under);
  signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}
