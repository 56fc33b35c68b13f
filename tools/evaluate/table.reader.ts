/**
 * Rows of user, item, and perhaps time and value from a file, as typed columns: no object per row. Knows separated lines
 * and JSON, a header by name in any order or none, broken lines, and times of several units; does NOT know what the rows
 * are for.
 */
import { COLUMNS, type Column, type Places, placesByContent, placesByName } from './columns.ts';
import { copied, type Ids } from './ids.ts';
import { eachObject, isJson } from './json-lines.reader.ts';
import { eachLine, type Fields } from './lines.reader.ts';

export type Table = {
  rows: number;
  user: Int32Array;
  item: Int32Array;
  /** Unix ms, or any growing number as it was; null when no row has one. */
  at: Float64Array | null;
  value: Float32Array | null;
  /** Lines without a user or an item. */
  broken: number;
  /** What was read as what: names, or places from 1. */
  columns: Partial<Record<Column, string>>;
};

/** Rows looked at to tell what is in columns without names. */
const SAMPLE = 200;

/** Reads a file; `users` and `items` are shared between files, so the same id is the same number everywhere. */
export function readTable(path: string, users: Ids, items: Ids): Table {
  let brokenObjects = 0;
  const eachRow = isJson(path)
    ? (take: (fields: Fields) => boolean) => {
        brokenObjects = eachObject(path, take);
      }
    : (take: (fields: Fields) => boolean) => eachLine(path, take);
  const { places, isHeader, columns } = formOf(path, eachRow);
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

  eachRow((fields) => {
    if (isBlank(fields)) return true;
    if (isFirst) {
      isFirst = false;
      if (isHeader) return true;
    }
    if (fields.length(places.user) === 0 || fields.length(places.item) === 0) {
      broken++;
      return true;
    }
    if (rows === user.length) {
      user = copied(user, new Int32Array(rows * 2));
      item = copied(item, new Int32Array(rows * 2));
      time = copied(time, new Float64Array(rows * 2));
      value = copied(value, new Float32Array(rows * 2));
    }
    user[rows] = fields.idIn(places.user, users);
    item[rows] = fields.idIn(places.item, items);
    const at = timeOf(fields.text(places.at));
    if (Number.isFinite(at)) {
      timed++;
      lastTime = at;
    }
    // A row without a time happened when its neighbour in the file did.
    time[rows] = lastTime;
    const given = fields.length(places.value) > 0 ? Number(fields.text(places.value)) : Number.NaN;
    if (Number.isFinite(given)) {
      valued++;
      valueSum += given;
    }
    value[rows++] = given;
    return true;
  });
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
    broken: broken + brokenObjects,
    columns,
  };
}

const isBlank = (fields: Fields) => fields.count === 0 || (fields.count === 1 && fields.length(0) === 0);

type Form = { places: Places; isHeader: boolean; columns: Table['columns'] };

function formOf(path: string, eachRow: (take: (fields: Fields) => boolean) => void): Form {
  const rows: string[][] = [];
  eachRow((fields) => {
    if (!isBlank(fields)) rows.push(Array.from({ length: fields.count }, (_, at) => fields.text(at)));
    return rows.length < SAMPLE;
  });
  const names = rows[0] ?? [];
  const named = placesByName(names);
  if (named && (named.user < 0 || named.item < 0))
    throw new Error(
      `${path} has the columns ${names.join(', ')}: none of them is the user, or none the item`,
    );
  const { places, isHeader } = named ? { places: named, isHeader: true } : unnamed(path, rows);
  const columns = Object.fromEntries(
    COLUMNS.filter((column) => places[column] >= 0 && places[column] < names.length).map((column) => [
      column,
      isHeader ? names[places[column]]! : `column ${places[column] + 1}`,
    ]),
  );
  return { places, isHeader, columns };
}

function unnamed(path: string, rows: string[][]) {
  if (isJson(path))
    throw new Error(`${path} has the keys ${rows[0]?.join(', ')}: call them user, item, timestamp, value`);
  try {
    return placesByContent(rows);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Seconds, micro- and nanoseconds become milliseconds; what is smaller than any of them stays a count. */
function timeOf(text: string): number {
  if (text === '') return Number.NaN;
  const number = Number(text);
  if (Number.isNaN(number)) return Date.parse(text);
  const size = Math.abs(number);
  if (size >= 1e17) return number / 1e6;
  if (size >= 1e14) return number / 1e3;
  return size >= 1e8 && size < 1e11 ? number * 1e3 : number;
}
