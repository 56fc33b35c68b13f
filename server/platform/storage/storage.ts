/**
 * Where files live for good: a folder, or an S3 bucket. It knows keys (`assets/abc/540.mp4`) and bytes; it does not
 * know what a file is, who may have it, or that a database exists.
 * A key is whole or absent: nobody ever reads half a file. Every verb may be repeated without harm.
 */
export type ByteRange = { start: number /** inclusive */; end: number };
export type FoundFile = { key: string; bytes: number; modifiedMs: number };
export type ReadFile = {
  /** Cancelling it closes the file. */
  stream: ReadableStream<Uint8Array>;
  /** Bytes this stream gives; `total` is the size of the file. */
  bytes: number;
  total: number;
};

export type Storage = {
  kind: 'folder' | 's3';
  /** Atomic and durable: when it returns, a power cut does not take the file back. Replaces what was there. */
  put(key: string, source: { path: string } | { bytes: Uint8Array }): Promise<void>;
  /** The same bytes under a second key (a hard link in a folder: no room, no time). False when `from` is not there. */
  copy(from: string, to: string): Promise<boolean>;
  /** Null when it is not there. A range beyond the end is cut; one that starts beyond it gives no bytes. */
  read(key: string, range?: ByteRange): Promise<ReadFile | null>;
  stat(key: string): Promise<{ bytes: number; modifiedMs: number } | null>;
  remove(key: string): Promise<void>;
  /** Removes every key that starts with `prefix`, which must end with a slash; returns how many. */
  removeAll(prefix: string): Promise<number>;
  /** Every key that starts with `prefix`, which ends with a slash; `''` is every key there is. */
  list(prefix: string): AsyncIterable<FoundFile>;
  /** A path that programs may read: the file itself, or a scratch copy that `release` removes. Null: not there. */
  localPath(key: string): Promise<{ path: string; release(): Promise<void> } | null>;
  /** Room left; null where it has no end that we could know. */
  freeBytes(): Promise<number | null>;
};

const part = /^(?!\.)[A-Za-z0-9._-]{1,100}$/;

/** Keys are names with slashes between: no `..`, nothing absolute, no NUL, nothing a shell or a disk reads differently. */
export function checkKey(key: string): string {
  if (key.length > 400 || !key.split('/').every((name) => part.test(name))) {
    throw new TypeError(`not a storage key: ${JSON.stringify(key.slice(0, 100))}`);
  }
  return key;
}

export function checkPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) throw new TypeError('a storage prefix ends with a slash');
  checkKey(prefix.slice(0, -1));
  return prefix;
}
