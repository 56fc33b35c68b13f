/** Objects of a JSON array, or one a line, as rows of fields by key; nested values are left out. */
import { blocksOf } from './blocks.reader.ts';
import type { Fields } from './lines.reader.ts';

/** True when a file begins as an object, or as an array of them. */
export function isJson(path: string): boolean {
  for (const block of blocksOf(path))
    return /^\s*(\[\s*)?\{\s*"/.test(Buffer.from(block.subarray(0, 4096)).toString());
  return false;
}

/** `take` gets the keys of the first object once, then every object's fields in the order of those keys. */
export function eachObject(path: string, take: (fields: Fields) => boolean): number {
  let keys: string[] | null = null;
  let broken = 0;
  for (const line of objectsOf(path)) {
    const found = parsed(line);
    if (!found) {
      broken++;
      continue;
    }
    if (!keys) {
      keys = Object.keys(found);
      if (!take(fieldsOf(keys))) break;
    }
    if (!take(fieldsOf(keys.map((key) => wordOf(found[key]))))) break;
  }
  return broken;
}

const wordOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? `${value}`.trim()
    : '';

const fieldsOf = (words: readonly string[]): Fields => ({
  count: words.length,
  length: (at) => words[at]?.length ?? 0,
  text: (at) => words[at] ?? '',
  idIn: (at, ids) => ids.numberOfText(words[at]!),
});

type Source = { source?: string };
/** Numbers of more digits than a double holds stay the digits they are: ids would be taken for each other. */
const asWritten = (_: string, value: unknown, context?: Source) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
    ? context!.source
    : value;

function parsed(line: string): Record<string, unknown> | null {
  try {
    const found = /\d{16}/.test(line)
      ? JSON.parse(line, asWritten as (key: string, value: unknown) => unknown)
      : JSON.parse(line);
    return found !== null && typeof found === 'object' && !Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}

/** By the first line; objects of a list may stand on several. */
function isObjectALine(path: string): boolean {
  for (const block of blocksOf(path))
    return parsed(Buffer.from(block).toString().split('\n', 1)[0]!) !== null;
  return false;
}

/** The text of each object: of braces outside of strings the first opens it and the last closes it. */
function* objectsOf(path: string): Generator<string> {
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let rest: Buffer = Buffer.alloc(0);
  const isByLine = isObjectALine(path);
  for (const block of blocksOf(path)) {
    let from = 0;
    for (let at = 0; at < block.length; at++) {
      const byte = block[at]!;
      // Where objects or strings go on over the end of a line, it is broken, and the next one begins anew.
      if (byte === 10 && (inString || (depth > 0 && isByLine))) {
        [depth, inString, isEscaped, from, rest] = [0, false, false, at + 1, Buffer.alloc(0)];
        yield '';
      } else if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === 92) isEscaped = true;
        else if (byte === 34) inString = false;
      } else if (byte === 34) inString = depth > 0;
      else if (byte === 123 && depth++ === 0) from = at;
      else if (byte === 125 && depth > 0 && --depth === 0) {
        yield Buffer.concat([rest, block.subarray(from, at + 1)]).toString();
        rest = Buffer.alloc(0);
      }
    }
    if (depth > 0) rest = Buffer.concat([rest, block.subarray(from)]);
  }
  if (depth > 0) yield '';
}
