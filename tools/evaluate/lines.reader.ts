/**
 * Lines of separated fields, a block at a time, one buffer for all of them. Knows commas, tabs, semicolons, bars, double
 * colons and blanks, quotes, and every kind of line end; does NOT know what the fields are.
 */
import { blocksOf } from './blocks.reader.ts';
import { copied, type Ids } from './ids.ts';

export type Fields = {
  count: number;
  length: (at: number) => number;
  text: (at: number) => string;
  idIn: (at: number, ids: Ids) => number;
};

/** A line's fields as stretches of one buffer, quotes taken away; the buffer is used again for the next line. */
export function eachLine(path: string, take: (fields: Fields) => boolean): void {
  const { separator, isDouble, hasQuotes } = formOf(path);
  const quote = hasQuotes ? 34 : -1;
  // Of a doubled separator the field between is nothing.
  const stride = isDouble ? 2 : 1;
  let line = new Uint8Array(1 << 10);
  let length = 0;
  let ends = new Int32Array(64);
  let count = 0;
  const startOf = (at: number) => (at === 0 ? 0 : ends[at - 1]!);
  const has = (at: number) => at >= 0 && at < fields.count;
  const fields: Fields = {
    get count() {
      return Math.ceil(count / stride);
    },
    length: (at) => (has(at) ? ends[at * stride]! - startOf(at * stride) : 0),
    text: (at) => (has(at) ? latin(line, startOf(at * stride), ends[at * stride]!) : ''),
    idIn: (at, ids) => ids.numberOf(line, startOf(at * stride), ends[at * stride]!),
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
  const endRow = (): boolean => {
    endField();
    const isMore = take(fields);
    length = 0;
    count = 0;
    return isMore;
  };
  let isQuoted = false;
  let wasQuote = false;
  let isStart = true;
  const put = (byte: number) => {
    if (length === line.length) line = copied(line, new Uint8Array(length * 2));
    line[length++] = byte;
  };
  for (const block of blocksOf(path))
    for (let at = 0; at < block.length; at++) {
      const byte = block[at]!;
      if (isQuoted) {
        if (byte === quote) isQuoted = false;
        else put(byte);
        wasQuote = byte === quote;
        continue;
      }
      if (byte === quote && (isStart || wasQuote)) {
        // A doubled quote within quotes is one quote.
        if (wasQuote) put(quote);
        isQuoted = true;
        isStart = false;
        wasQuote = false;
        continue;
      }
      wasQuote = false;
      if (byte === separator) {
        endField();
        isStart = true;
        // Of CR LF the second ends a line of nothing.
      } else if (byte === 10 || byte === 13) {
        if (!endRow()) return;
        isStart = true;
      } else {
        put(byte);
        if (byte > 32) isStart = false;
      }
    }
  if (length > 0 || count > 0) endRow();
}

/** Longer than this no field within quotes is: the quote was a letter. */
const LONGEST_QUOTED = 1 << 16;

/** Looks through the file once for quotes: inches and titles that begin with one would swallow the lines after them. */
function formOf(path: string): { separator: number; isDouble: boolean; hasQuotes: boolean } {
  let separator = 0;
  let isDouble = false;
  let closed = 0;
  let open = 0;
  let length = 0;
  let state: 'start' | 'within' | 'quoted' | 'after' = 'start';
  for (const block of blocksOf(path)) {
    if (separator === 0) ({ separator, isDouble } = separatorOf(block));
    if (state !== 'quoted' && state !== 'after' && !block.includes(34)) {
      const last = block.at(-1);
      state = last === separator || last === 10 || last === 13 ? 'start' : 'within';
      continue;
    }
    for (const byte of block) {
      const isEnd = byte === separator || byte === 10 || byte === 13;
      if (state === 'quoted') {
        if (byte === 34) state = 'after';
        else if (++length > LONGEST_QUOTED) return { separator, isDouble, hasQuotes: false };
        continue;
      }
      if (state === 'after') {
        if (byte === 34) {
          state = 'quoted';
          continue;
        }
        if (isEnd || byte <= 32) closed++;
        else open++;
      }
      if (isEnd) state = 'start';
      else if (byte === 34 && state === 'start') [state, length] = ['quoted', 0];
      else if (byte > 32 || state === 'after') state = 'within';
    }
  }
  return { separator, isDouble, hasQuotes: state !== 'quoted' && closed >= open };
}

/** Whichever of comma, tab, semicolon and bar the first line has most of; two colons, or blanks, where it has none. */
function separatorOf(bytes: Uint8Array): { separator: number; isDouble: boolean } {
  const end = bytes.findIndex((byte) => byte === 10 || byte === 13);
  const line = bytes.subarray(0, end < 0 ? bytes.length : end);
  const many = [44, 9, 59, 124].map((byte) => line.reduce((sum, one) => sum + (one === byte ? 1 : 0), 0));
  const most = Math.max(...many);
  if (most > 0) return { separator: [44, 9, 59, 124][many.indexOf(most)]!, isDouble: false };
  if (line.some((byte, at) => byte === 58 && line[at + 1] === 58)) return { separator: 58, isDouble: true };
  return { separator: line.includes(32) ? 32 : 44, isDouble: false };
}

/** Numbers and names of columns are ASCII; anything else is no number anyway. */
function latin(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}
