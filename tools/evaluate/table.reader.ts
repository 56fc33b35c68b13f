/**
 * Rows of user, item, and perhaps time and value from a file, a block at a time, into typed columns: no object per row,
 * ids as bytes in one arena. Knows commas, tabs and semicolons, quotes, CR LF, a byte order mark, blank and broken
 * lines, a header by name in any order or none; does NOT know what the rows are for.
 */
import { closeSync, openSync, readSync } from 'node:fs';

export type Ids = {
  readonly count: number;
  /** The number of an id, given now if it is new. */
  numberOf: (bytes: Uint8Array, from: number, to: number) => number;
  numberOfText: (text: string) => number;
  /** -1 when it was never met. */
  find: (text: string) => number;
  textOf: (id: number) => string;
};

export type Table = {
  rows: number;
  user: Int32Array;
  item: Int32Array;
  /** Null when no row has one. */
  at: Float64Array | null;
  value: Float32Array | null;
  /** Lines without a user or an item. */
  broken: number;
};

const BLOCK = 1 << 22;
type Column = 'user' | 'item' | 'at' | 'value';
/** What public data sets call them; small letters, without underscores and without the type that some put behind a colon. */
const NAMES: Record<Column, readonly string[]> = {
  user: ['user', 'userid', 'uid', 'viewer', 'viewerid', 'reviewerid', 'sessionid', 'customerid', 'visitorid'],
  item: [
    ...['item', 'itemid', 'iid', 'video', 'videoid', 'movie', 'movieid', 'product', 'productid', 'asin'],
    ...['track', 'trackid', 'song', 'songid', 'article', 'articleid', 'news', 'newsid', 'book', 'bookid'],
  ],
  at: ['timestamp', 'time', 'ts', 'timems', 'at', 'date', 'datetime', 'unixreviewtime', 'unixtime'],
  value: ['value', 'rating', 'weight', 'score', 'count', 'overall', 'strength', 'watchratio', 'playcount'],
};
const COLUMNS = Object.keys(NAMES) as Column[];

function columnOf(name: string): Column | undefined {
  const plain = name
    .toLowerCase()
    .replace(/:\w+$/, '')
    .replaceAll(/[_\s-]/g, '');
  return COLUMNS.find((column) => NAMES[column].includes(plain));
}

/** Open addressing over FNV-1a; ids are compared by their bytes, so no two are ever taken for one. */
export function createIds(): Ids {
  let arena = new Uint8Array(1 << 16);
  let used = 0;
  let from = new Float64Array(1 << 12);
  let count = 0;
  let slots = new Int32Array(1 << 13).fill(-1);
  let hashes = new Uint32Array(1 << 12);

  const slotOf = (bytes: Uint8Array, start: number, end: number, hash: number) => {
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; ; slot = (slot + 1) & mask) {
      const id = slots[slot]!;
      if (id < 0) return slot;
      if (hashes[id] !== hash || from[id + 1]! - from[id]! !== end - start) continue;
      let same = true;
      for (let at = start, own = from[id]!; same && at < end; at++, own++) same = bytes[at] === arena[own];
      if (same) return slot;
    }
  };
  const grow = (length: number) => {
    while (used + length > arena.length) arena = copied(arena, new Uint8Array(arena.length * 2));
    if (count + 2 > from.length) from = copied(from, new Float64Array(from.length * 2));
    if (count + 1 > hashes.length) hashes = copied(hashes, new Uint32Array(hashes.length * 2));
    if (count * 2 < slots.length) return;
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let id = 0; id < count; id++) {
      let slot = hashes[id]! & (slots.length - 1);
      while (slots[slot]! >= 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = id;
    }
  };
  const numberOf = (bytes: Uint8Array, start: number, end: number) => {
    const hash = fnv(bytes, start, end);
    const known = slots[slotOf(bytes, start, end, hash)]!;
    if (known >= 0) return known;
    grow(end - start);
    slots[slotOf(bytes, start, end, hash)] = count;
    arena.set(bytes.subarray(start, end), used);
    hashes[count] = hash;
    from[count] = used;
    used += end - start;
    from[count + 1] = used;
    return count++;
  };
  return {
    get count() {
      return count;
    },
    numberOf,
    numberOfText: (text) => {
      const bytes = Buffer.from(text);
      return numberOf(bytes, 0, bytes.length);
    },
    find: (text) => {
      const bytes = Buffer.from(text);
      return slots[slotOf(bytes, 0, bytes.length, fnv(bytes, 0, bytes.length))]!;
    },
    textOf: (id) => Buffer.from(arena.subarray(from[id], from[id + 1])).toString(),
  };
}

function fnv(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

type AnyArray = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;
function copied<T extends AnyArray>(old: AnyArray, wide: T): T {
  wide.set(old);
  return wide;
}

/** Reads a file; `users` and `items` are shared between files, so the same id is the same number everywhere. */
export function readTable(path: string, users: Ids, items: Ids): Table {
  const place = { user: 0, item: 1, at: 2, value: 3 };
  let user = new Int32Array(1 << 14);
  let item = new Int32Array(1 << 14);
  let time = new Float64Array(1 << 14);
  let value = new Float32Array(1 << 14);
  let rows = 0;
  let broken = 0;
  let timed = 0;
  let valued = 0;
  let valueSum = 0;
  let lastTime = Number.NaN;
  let isFirst = true;

  const take = (fields: Fields) => {
    if (fields.count === 0 || (fields.count === 1 && fields.length(0) === 0)) return;
    if (isFirst) {
      isFirst = false;
      const named = Array.from({ length: fields.count }, (_, at) => columnOf(fields.text(at)));
      if (readHeader(named, place)) return;
    }
    if (fields.length(place.user) === 0 || fields.length(place.item) === 0) {
      broken++;
      return;
    }
    if (rows === user.length) {
      user = copied(user, new Int32Array(rows * 2));
      item = copied(item, new Int32Array(rows * 2));
      time = copied(time, new Float64Array(rows * 2));
      value = copied(value, new Float32Array(rows * 2));
    }
    user[rows] = fields.idIn(place.user, users);
    item[rows] = fields.idIn(place.item, items);
    const at = timeOf(fields.text(place.at));
    if (Number.isFinite(at)) {
      timed++;
      lastTime = at;
    }
    // A row without a time happened when its neighbour in the file did.
    time[rows] = lastTime;
    const given = fields.length(place.value) > 0 ? Number(fields.text(place.value)) : Number.NaN;
    if (Number.isFinite(given)) {
      valued++;
      valueSum += given;
    }
    value[rows++] = given;
  };
  eachRow(path, take);
  // A row without a value says as much as others do.
  for (let row = 0; row < rows; row++) if (!Number.isFinite(value[row]!)) value[row] = valueSum / valued;
  if (timed > 0) {
    const first = time.findIndex((at) => Number.isFinite(at));
    time.fill(time[first]!, 0, first);
  }
  return {
    rows,
    user: user.slice(0, rows),
    item: item.slice(0, rows),
    at: timed > 0 ? time.slice(0, rows) : null,
    value: valued > 0 ? value.slice(0, rows) : null,
    broken,
  };
}

/**
 * True for a header: a line that names two columns, whichever. A user or item that it calls something else is the first
 * column that nothing is said of.
 */
function readHeader(named: (Column | undefined)[], place: Record<Column, number>): boolean {
  if (COLUMNS.filter((column) => named.includes(column)).length < 2) return false;
  for (const column of ['user', 'item'] as const)
    if (!named.includes(column) && named.includes(undefined)) named[named.indexOf(undefined)] = column;
  for (const column of COLUMNS) place[column] = named.indexOf(column);
  return true;
}

function timeOf(text: string): number {
  if (text === '') return Number.NaN;
  const number = Number(text);
  return Number.isNaN(number) ? Date.parse(text) : number;
}

type Fields = {
  count: number;
  length: (at: number) => number;
  text: (at: number) => string;
  idIn: (at: number, ids: Ids) => number;
};

/** A line's fields as stretches of one buffer, quotes taken away; the buffer is used again for the next line. */
function eachRow(path: string, take: (fields: Fields) => void): void {
  let line = new Uint8Array(1 << 10);
  let length = 0;
  let ends = new Int32Array(64);
  let count = 0;
  const startOf = (at: number) => (at === 0 ? 0 : ends[at - 1]!);
  const has = (at: number) => at >= 0 && at < count;
  const fields: Fields = {
    get count() {
      return count;
    },
    length: (at) => (has(at) ? ends[at]! - startOf(at) : 0),
    text: (at) => (has(at) ? latin(line, startOf(at), ends[at]!) : ''),
    idIn: (at, ids) => ids.numberOf(line, startOf(at), ends[at]!),
  };
  const endField = () => {
    let from = startOf(count);
    let to = length;
    while (from < to && line[from]! <= 32) from++;
    while (to > from && line[to - 1]! <= 32) to--;
    line.copyWithin(startOf(count), from, to);
    length = startOf(count) + to - from;
    if (count === ends.length) ends = copied(ends, new Int32Array(count * 2));
    ends[count++] = length;
  };
  const endRow = () => {
    endField();
    take(fields);
    length = 0;
    count = 0;
  };
  const block = new Uint8Array(BLOCK);
  const file = openSync(path, 'r');
  try {
    let comma = 0;
    let isQuoted = false;
    let wasQuote = false;
    let isStart = true;
    for (;;) {
      const size = readSync(file, block, 0, BLOCK, null);
      if (size === 0) break;
      let at = 0;
      if (comma === 0) {
        if (block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf) at = 3;
        comma = separatorOf(block.subarray(at, size));
      }
      for (; at < size; at++) {
        const byte = block[at]!;
        if (isQuoted) {
          if (byte === 34) isQuoted = false;
          else {
            if (length === line.length) line = copied(line, new Uint8Array(length * 2));
            line[length++] = byte;
          }
          wasQuote = byte === 34;
          continue;
        }
        if (byte === 34 && (isStart || wasQuote)) {
          // A doubled quote within quotes is one quote.
          if (wasQuote) {
            if (length === line.length) line = copied(line, new Uint8Array(length * 2));
            line[length++] = 34;
          }
          isQuoted = true;
          isStart = false;
          wasQuote = false;
          continue;
        }
        wasQuote = false;
        if (byte === comma) {
          endField();
          isStart = true;
        } else if (byte === 10) {
          endRow();
          isStart = true;
        } else if (byte !== 13) {
          if (length === line.length) line = copied(line, new Uint8Array(length * 2));
          line[length++] = byte;
          if (byte > 32) isStart = false;
        }
      }
    }
    if (length > 0 || count > 0) endRow();
  } finally {
    closeSync(file);
  }
}

/** Whichever of comma, tab and semicolon the first line has most of. */
function separatorOf(bytes: Uint8Array): number {
  const line = bytes.subarray(0, bytes.includes(10) ? bytes.indexOf(10) : bytes.length);
  const many = [44, 9, 59].map((byte) => line.reduce((sum, one) => sum + (one === byte ? 1 : 0), 0));
  return [44, 9, 59][many.indexOf(Math.max(...many))]!;
}

/** Numbers and names of columns are ASCII; anything else is no number anyway. */
function latin(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}
