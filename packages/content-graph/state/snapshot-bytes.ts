/**
 * Bytes of a snapshot: a header (magic, version, length, CRC-32 of the rest), then sections in a fixed order.
 * Little-endian, as every machine this runs on. Strings are UTF-16 units, so that any id survives, even a broken one.
 */
import type { NumberArray } from './columns.ts';
import { createIdTable, type IdTable } from './id-table.ts';
import { createLists, type Lists } from './lists.ts';

const MAGIC = 0x48_50_52_47;
const HEADER_BYTES = 16;
/** Raised whenever a section or the meaning of a number changes. */
export const SNAPSHOT_VERSION = 5;

export class SnapshotError extends Error {
  readonly code: 'truncated' | 'corrupt' | 'version';
  constructor(code: 'truncated' | 'corrupt' | 'version', message: string) {
    super(message);
    this.name = 'SnapshotError';
    this.code = code;
  }
}

export type SnapshotWriter = { sections: Uint8Array[] };

export function writeColumn(writer: SnapshotWriter, column: NumberArray | Uint16Array, length: number): void {
  const part = column.subarray(0, length);
  writer.sections.push(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
}

/** Writing stops here and there, so that whoever has other work to do can do it in between. */
export type Steps<Result = void> = Generator<void, Result>;
const ROWS_A_STEP = 10_000;
const BYTES_A_STEP = 1_000_000;

export function* writeTable(writer: SnapshotWriter, table: IdTable): Steps {
  const lengths = Uint32Array.from(table.ids, (id) => id?.length ?? 0);
  const units = new Uint16Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (let row = 0; row < table.ids.length; row++) {
    if (row % ROWS_A_STEP === 0) yield;
    const id = table.ids[row] ?? '';
    for (let unit = 0; unit < id.length; unit++) units[at++] = id.charCodeAt(unit);
  }
  writeColumn(writer, lengths, lengths.length);
  writeColumn(writer, units, units.length);
}

export function* writeLists(writer: SnapshotWriter, lists: Lists, count: number): Steps {
  const sizes = new Int32Array(count);
  sizes.set(lists.size.subarray(0, Math.min(count, lists.size.length)));
  const words = new Int32Array(sizes.reduce((sum, size) => sum + size, 0) * lists.width);
  let at = 0;
  for (let list = 0; list < count; list++) {
    if (list % ROWS_A_STEP === 0) yield;
    const length = sizes[list]! * lists.width;
    if (length === 0) continue;
    words.set(lists.words.subarray(lists.start[list]!, lists.start[list]! + length), at);
    at += length;
  }
  writeColumn(writer, sizes, count);
  writeColumn(writer, words, words.length);
}

export function* closeSnapshot(writer: SnapshotWriter): Steps<Uint8Array> {
  const payload = writer.sections.reduce((sum, section) => sum + 4 + section.byteLength, 0);
  const bytes = new Uint8Array(HEADER_BYTES + payload);
  const view = new DataView(bytes.buffer);
  let at = HEADER_BYTES;
  for (const section of writer.sections) {
    yield;
    view.setUint32(at, section.byteLength, true);
    bytes.set(section, at + 4);
    at += 4 + section.byteLength;
  }
  let remainder = CRC_START;
  for (let from = HEADER_BYTES; from < bytes.byteLength; from += BYTES_A_STEP) {
    yield;
    remainder = crc32(bytes.subarray(from, from + BYTES_A_STEP), remainder);
  }
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, SNAPSHOT_VERSION, true);
  view.setUint32(8, payload, true);
  view.setUint32(12, (remainder ^ CRC_START) >>> 0, true);
  return bytes;
}

export type SnapshotReader = { bytes: Uint8Array; view: DataView; at: number };

export function openSnapshot(given: Uint8Array): SnapshotReader {
  // A Buffer's `slice` is a view where ours must be a copy.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.byteLength < HEADER_BYTES) throw new SnapshotError('truncated', 'shorter than a header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new SnapshotError('corrupt', 'not a snapshot of this library');
  const version = view.getUint32(4, true);
  if (version !== SNAPSHOT_VERSION)
    throw new SnapshotError('version', `version ${version}, this library reads ${SNAPSHOT_VERSION}`);
  const payload = view.getUint32(8, true);
  if (bytes.byteLength < HEADER_BYTES + payload) throw new SnapshotError('truncated', 'cut short');
  if (bytes.byteLength > HEADER_BYTES + payload) throw new SnapshotError('corrupt', 'longer than it says');
  if ((crc32(bytes.subarray(HEADER_BYTES), CRC_START) ^ CRC_START) >>> 0 !== view.getUint32(12, true))
    throw new SnapshotError('corrupt', 'checksum differs');
  return { bytes, view, at: HEADER_BYTES };
}

export function readColumn<Column extends NumberArray | Uint16Array>(
  reader: SnapshotReader,
  kind: new (buffer: ArrayBuffer) => Column,
): Column {
  const end = reader.at + 4;
  const length = end <= reader.bytes.byteLength ? reader.view.getUint32(reader.at, true) : Number.NaN;
  if (!(end + length <= reader.bytes.byteLength)) throw new SnapshotError('corrupt', 'a section is missing');
  reader.at = end + length;
  return new kind(reader.bytes.slice(end, end + length).buffer);
}

export function readTable(reader: SnapshotReader): IdTable {
  const lengths = readColumn(reader, Uint32Array);
  const units = readColumn(reader, Uint16Array);
  const table = createIdTable();
  let at = 0;
  for (let row = 0; row < lengths.length; row++) {
    const length = lengths[row]!;
    if (length === 0) {
      table.ids[row] = undefined;
      table.free.push(row);
      continue;
    }
    const id = String.fromCharCode(...units.subarray(at, at + length));
    table.ids[row] = id;
    table.rowOf.set(id, row);
    at += length;
  }
  return table;
}

export function readLists(reader: SnapshotReader, width: number): Lists {
  const sizes = readColumn(reader, Int32Array);
  const words = readColumn(reader, Int32Array);
  const lists = createLists(width);
  lists.size = sizes;
  lists.start = new Int32Array(sizes.length);
  lists.room = new Int32Array(sizes.length);
  for (let list = 0; list < sizes.length; list++) {
    if (sizes[list] === 0) continue;
    let room = 2;
    while (room < sizes[list]!) room *= 2;
    lists.room[list] = room;
    lists.start[list] = lists.used;
    lists.used += room * width;
  }
  lists.words = new Int32Array(Math.max(64, lists.used));
  lists.floats = new Float32Array(lists.words.buffer);
  let at = 0;
  for (let list = 0; list < sizes.length; list++) {
    const length = sizes[list]! * width;
    lists.words.set(words.subarray(at, at + length), lists.start[list]!);
    at += length;
  }
  return lists;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

const CRC_START = -1;

/** CRC-32 as in ISO 3309 and zlib, a stretch at a time; begins with CRC_START, and its complement is the sum. */
function crc32(bytes: Uint8Array, before: number): number {
  let remainder = before;
  for (let at = 0; at < bytes.length; at++)
    remainder = CRC_TABLE[(remainder ^ bytes[at]!) & 0xff]! ^ (remainder >>> 8);
  return remainder;
}
