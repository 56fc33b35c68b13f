/** The bytes of a text file, a block at a time: plain, gzipped, or UTF-16. Says what else it was given instead. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const BLOCK = 1 << 22;
/** How files begin that are no text. */
const KINDS: readonly [kind: string, bytes: readonly number[]][] = [
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a ZIP archive', [0x50, 0x4b, 3, 4]],
  ['packed with zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['packed with bzip2', [0x42, 0x5a, 0x68]],
  ['packed with xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['UTF-16 with the large byte first', [0xfe, 0xff]],
];
const begins = (bytes: Uint8Array, start: readonly number[]) => start.every((one, at) => bytes[at] === one);

/** A block is used again for the next. Without the byte order mark. */
export function* blocksOf(path: string): Generator<Uint8Array> {
  const block = new Uint8Array(BLOCK);
  const file = openSync(path, 'r');
  try {
    for (let isFirst = true; ; isFirst = false) {
      const size = readSync(file, block, 0, BLOCK, null);
      if (size === 0) return;
      const bytes = block.subarray(0, size);
      if (!isFirst) {
        yield bytes;
        continue;
      }
      if (begins(bytes, [0x1f, 0x8b]) || begins(bytes, [0xff, 0xfe])) {
        yield* slicesOf(begins(bytes, [0x1f, 0x8b]) ? unzipped(path) : fromUtf16(path));
        return;
      }
      for (const [kind, start] of KINDS)
        if (begins(bytes, start))
          throw new Error(`${path} is ${kind}: it has to be text (CSV, TSV or JSON lines)`);
      yield withoutMark(bytes);
    }
  } finally {
    closeSync(file);
  }
}

const withoutMark = (bytes: Uint8Array) => (begins(bytes, [0xef, 0xbb, 0xbf]) ? bytes.subarray(3) : bytes);

function* slicesOf(bytes: Uint8Array): Generator<Uint8Array> {
  const text = withoutMark(bytes);
  for (let from = 0; from < text.length; from += BLOCK) yield text.subarray(from, from + BLOCK);
}

function unzipped(path: string): Uint8Array {
  try {
    return gunzipSync(readFileSync(path));
  } catch (error) {
    throw new Error(`${path} cannot be unzipped: ${error instanceof Error ? error.message : error}`);
  }
}

const fromUtf16 = (path: string) => Buffer.from(readFileSync(path).subarray(2).toString('utf16le'));
