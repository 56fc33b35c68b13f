import { randomBytes } from 'node:crypto';
import { constants, type Dirent, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import {
  copyFile,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  statfs,
  unlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { checkKey, checkPrefix, type FoundFile, type Storage } from './storage.ts';

/** A folder as storage. Knows the file system; links are never followed, so that no key leads out of the folder. */
export type FolderStorage = Storage & { kind: 'folder'; folder: string };

/** Unfinished files wait here; no key can name it, since no part of a key starts with a dot. */
const partFolder = '.part';
const partKeptMs = 24 * 3_600_000;

export function openFolderStorage(folder: string): FolderStorage {
  mkdirSync(join(folder, partFolder), { recursive: true, mode: 0o700 });
  const root = realpathSync(folder);
  sweepParts(join(root, partFolder));
  const newPart = () => join(root, partFolder, randomBytes(12).toString('hex'));

  /** The path of a key, or null when its folder is not there. Throws when a link stands in the way. */
  const pathOf = async (key: string): Promise<string | null> => {
    const path = join(root, checkKey(key));
    const parent = await absentAsNull(realpath(dirname(path)));
    if (parent !== null && parent !== dirname(path)) throw new Error(`a link stands in the way of ${key}`);
    return parent === null ? null : path;
  };
  const openKey = async (key: string): Promise<FileHandle | null> => {
    const path = await pathOf(key);
    return path === null ? null : absentAsNull(open(path, constants.O_RDONLY | constants.O_NOFOLLOW));
  };
  /** Gives a finished part its key: the rename is the moment at which the file exists. */
  const publish = async (part: string, key: string) => {
    const path = join(root, checkKey(key));
    await refuseLinks(root, dirname(path));
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(part, path);
    for (let at = dirname(path); at.length >= root.length; at = dirname(at)) await syncFolder(at);
  };

  const storage: FolderStorage = {
    kind: 'folder',
    folder: root,
    async put(key, source) {
      checkKey(key);
      const part = newPart();
      try {
        if ('path' in source) await copyFile(source.path, part, constants.COPYFILE_FICLONE);
        const file = await open(part, 'path' in source ? 'r+' : 'wx', 0o600);
        try {
          if ('bytes' in source) await file.writeFile(source.bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await publish(part, key);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },
    async copy(from, to) {
      const path = await pathOf(from);
      if (path === null) return false;
      const part = newPart();
      try {
        if (!(await linkOrCopy(path, part))) return false;
        await publish(part, to);
        return true;
      } finally {
        // Renaming one of two links to the same file leaves both names.
        await rm(part, { force: true });
      }
    },
    async read(key, range) {
      const file = await openKey(key);
      if (!file) return null;
      const { size: total } = await file.stat();
      const start = Math.min(range?.start ?? 0, total);
      const end = Math.min(range?.end ?? total - 1, total - 1);
      if (end < start) {
        await file.close();
        return { stream: emptyStream(), bytes: 0, total };
      }
      const stream = file.createReadStream({ start, end, highWaterMark: 128 * 1024 });
      return {
        stream: Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>,
        bytes: end - start + 1,
        total,
      };
    },
    async stat(key) {
      const path = await pathOf(key);
      const found = path === null ? null : await absentAsNull(lstat(path));
      return found?.isFile() ? { bytes: found.size, modifiedMs: found.mtimeMs } : null;
    },
    async remove(key) {
      const path = await pathOf(key);
      if (path !== null) await absentAsNull(unlink(path));
    },
    async removeAll(prefix) {
      checkPrefix(prefix);
      const path = await pathOf(prefix.slice(0, -1));
      if (path === null) return 0;
      let count = 0;
      for await (const _file of storage.list(prefix)) count++;
      // All keys end at once; what a kill leaves of the folder is swept with the other parts.
      const part = newPart();
      if ((await absentAsNull(rename(path, part).then(() => true))) === null) return 0;
      await rm(part, { recursive: true, force: true });
      return count;
    },
    async *list(prefix) {
      if (prefix !== '') checkPrefix(prefix);
      yield* walk(root, prefix.slice(0, -1));
    },
    async localPath(key) {
      const path = await pathOf(key);
      if (path === null || !(await storage.stat(key))) return null;
      return { path, release: async () => {} };
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
  };
  return storage;
}

async function* walk(root: string, folder: string): AsyncIterable<FoundFile> {
  const entries: Dirent[] | null = await absentAsNull(readdir(join(root, folder), { withFileTypes: true }));
  for (const entry of entries ?? []) {
    // Unfinished files: no part of a key starts with a dot.
    if (entry.name.startsWith('.')) continue;
    const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(root, key);
    if (!entry.isFile()) continue;
    const found = await absentAsNull(lstat(join(root, key)));
    if (found) yield { key, bytes: found.size, modifiedMs: found.mtimeMs };
  }
}

async function linkOrCopy(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    // Some file systems have no hard links (exFAT, some network shares).
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK' && code !== 'EXDEV') throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    return true;
  }
}

/** Every folder on the way that is there already must be a folder itself. */
async function refuseLinks(root: string, folder: string): Promise<void> {
  for (let at = folder; at.length > root.length; at = dirname(at)) {
    const real = await absentAsNull(realpath(at));
    if (real !== null && real !== at) throw new Error(`a link stands in the way: ${at.slice(root.length)}`);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function sweepParts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
    // Another process of this instance may be writing the young ones.
    if (found && Date.now() - found.mtimeMs > partKeptMs)
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function absentAsNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

function emptyStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}
