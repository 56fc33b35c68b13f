import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
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
    const path = join(folder, filePath(source.key));
    const copy = await copyWhole(storage, source.key, path, signal);
    if (copy === 'gone') return;
    if (copy) saved.set(source.key, { ...copy, source });
    else {
      await rm(path, { force: true });
      saved.delete(source.key);
    }
  });
}

const tries = 5;

/**
 * One file as it is; 'gone' when there was none and nothing was written, null when it went away after a part of it
 * was. A file that is written anew while it is read ends early: it is read again, and one that never ends as it says
 * is a fault.
 */
async function copyWhole(
  storage: Pick<Storage, 'read'>,
  key: string,
  path: string,
  signal: AbortSignal,
): Promise<{ sha256: string; bytes: number } | 'gone' | null> {
  for (let attempt = 1; ; attempt++) {
    const found = await storage.read(key);
    if (!found) return attempt === 1 ? 'gone' : null;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const meter = createMeter();
    const file = createWriteStream(path, { mode: 0o600, flush: true });
    await pipeline(Readable.fromWeb(found.stream as never), meter.stream, file, { signal });
    const copy = meter.result();
    if (copy.bytes === found.bytes) return copy;
    if (attempt === tries) throw new Error(`${key} ended after ${copy.bytes} of ${found.bytes} bytes`);
  }
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
