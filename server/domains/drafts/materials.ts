import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '../../../contract/errors.ts';
import { newId } from '../../platform/random.ts';
import type { ByteRange, Storage } from '../../platform/storage/storage.ts';
import { partLength, partsOf } from './drafts.rules.ts';

/**
 * The bytes of materials: parts on their way in, and read again as one. Knows folders and digests, no account and no
 * row. A part waits in a scratch file until it is whole and right, so that slow lines cost no memory.
 */
export type Bytes = {
  /** Throws too_large, part_wrong, disk_full. When it resolves, the part is on the disk. */
  receive(body: ReadableStream<Uint8Array> | null, folder: string, part: Part): Promise<void>;
  /** One part after the other; `lost` is told of one that the disk does not have, and the stream fails. */
  read(folder: string, range: ByteRange, lost: (part: number) => Promise<void>): ReadableStream<Uint8Array>;
  remove(folder: string, part?: number): Promise<void>;
  /** What a kill left on its way in. */
  sweepScratch(olderThanMs: number): Promise<void>;
};
export type Part = { number: number; bytes: number; digest: string };

export function createBytes(deps: { storage: Storage; scratch: string; reserveBytes(): number }): Bytes {
  const { storage } = deps;
  const scratch = join(deps.scratch, 'drafts');
  const keyOf = (folder: string, part: number) => `drafts/${folder}/${part}`;

  return {
    async receive(body, folder, { number, bytes, digest }) {
      const free = await storage.freeBytes();
      if (free !== null && free < bytes + deps.reserveBytes()) throw new Refusal('disk_full');
      await mkdir(scratch, { recursive: true, mode: 0o700 });
      const path = join(scratch, newId());
      const hash = createHash('sha256');
      let seen = 0;
      const measure = new Transform({
        transform(chunk: Uint8Array, _encoding, done) {
          seen += chunk.byteLength;
          hash.update(chunk);
          done(seen > bytes ? new Refusal('too_large', { maxBytes: bytes }) : null, chunk);
        },
      });
      try {
        const source = body ? Readable.fromWeb(body as never) : Readable.from([]);
        await pipeline(source, measure, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
        if (seen !== bytes || hash.digest('hex') !== digest) throw new Refusal('part_wrong', { bytes });
        await storage.put(keyOf(folder, number), { path });
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw code === 'ENOSPC' || code === 'EDQUOT' ? new Refusal('disk_full') : error;
      } finally {
        await rm(path, { force: true });
      }
    },
    read(folder, range, lost) {
      const joined = async function* () {
        for (const { part, range: asked } of partsOf(range)) {
          const found = await storage.read(keyOf(folder, part), asked);
          if (found?.bytes !== asked.end - asked.start + 1) {
            await found?.stream.cancel();
            await lost(part);
            throw new Error(`part ${part} of ${folder} is not in storage`);
          }
          yield* Readable.fromWeb(found.stream as never);
        }
      };
      return Readable.toWeb(
        Readable.from(joined(), { objectMode: false }),
      ) as unknown as ReadableStream<Uint8Array>;
    },
    async remove(folder, part) {
      if (part === undefined) await storage.removeAll(`drafts/${folder}/`);
      else await storage.remove(keyOf(folder, part));
    },
    async sweepScratch(olderThanMs) {
      await mkdir(scratch, { recursive: true, mode: 0o700 });
      for (const name of await readdir(scratch)) {
        const found = await stat(join(scratch, name)).catch(() => null);
        if (found && Date.now() - found.mtimeMs > olderThanMs) await rm(join(scratch, name), { force: true });
      }
    },
  };
}

export const partAt = (
  material: { bytes: number; parts: readonly string[] },
  number: number,
): Part | null => {
  const digest = material.parts[number];
  return digest === undefined ? null : { number, digest, bytes: partLength(material.bytes, number) };
};
