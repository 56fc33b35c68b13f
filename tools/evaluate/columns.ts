/**
 * Which column of a table is what: by the names that public data sets use, and where there are no names by what stands
 * in the columns. Pure: the first rows in, places out.
 */
export type Column = 'user' | 'item' | 'at' | 'value';
/** Place of each column, -1 for none. */
export type Places = Record<Column, number>;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
/** Small letters, without underscores and without the type that some put behind a colon; of several the first counts. */
const NAMES: Record<Column, readonly string[]> = {
  user: words(`
    user userid uid username viewer viewerid reviewerid customer customerid client clientid visitor
    visitorid member memberid account accountid session sessionid
  `),
  item: words(`
    item itemid iid video videoid vid photoid movie movieid product productid parentasin asin sku track
    trackid song songid article articleid news newsid book bookid isbn game gameid anime animeid
    business businessid post postid trackname artist artistid artistname
  `),
  at: words('timestamp timems unixreviewtime unixtime ts time datetime at date'),
  value: words('value rating stars overall score weight strength watchratio playcount plays count'),
};
export const COLUMNS = Object.keys(NAMES) as Column[];
const plainOf = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/:\w+$/, '')
    .replaceAll(/[_\s-]/g, '');

/**
 * Null when the names name fewer than two columns. A user or item that they call something else is the first column
 * that nothing is said of.
 */
export function placesByName(names: readonly string[]): Places | null {
  const plain = names.map(plainOf);
  const placeOf = (column: Column) =>
    plain.indexOf(NAMES[column].find((name) => plain.includes(name)) ?? 'no such column');
  const places = Object.fromEntries(COLUMNS.map((column) => [column, placeOf(column)])) as Places;
  if (COLUMNS.filter((column) => places[column] >= 0).length < 2) return null;
  const isUnnamed = (name: string) => COLUMNS.every((column) => !NAMES[column].includes(name));
  const unnamed = [...plain.keys()].filter((at) => isUnnamed(plain[at]!));
  for (const column of ['user', 'item'] as const)
    if (places[column] < 0) places[column] = unnamed.shift() ?? -1;
  return places;
}

const isDate = (text: string) => /^\d{4}-\d\d-\d\d/.test(text) && Number.isFinite(Date.parse(text));
/** Seconds since 1973 and finer units; smaller numbers may be anything. */
const isMoment = (text: string) => isDate(text) || Math.abs(Number(text)) >= 1e8;
const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
const mostly = (texts: readonly string[], is: (text: string) => boolean) => {
  const given = texts.filter((text) => text !== '');
  return given.length > 0 && given.filter(is).length > given.length * 0.9;
};
/** Grades: few different, and they fall from one row of a user to the next, which time does not. */
const areGrades = (rows: readonly (readonly string[])[]) =>
  rows.length >= 20 &&
  mostly(
    rows.map((row) => row[2] ?? ''),
    (text) => isNumber(text) && Math.abs(Number(text)) <= 100,
  ) &&
  new Set(rows.map((row) => row[2])).size <= 20 &&
  rows.some((row, at) => at > 0 && row[0] === rows[at - 1]![0] && Number(row[2]) < Number(rows[at - 1]![2]));

/** Where no column has a name: user, item, time, value in this order unless what stands there says otherwise. */
export function placesByContent(rows: readonly (readonly string[])[]): { places: Places; isHeader: boolean } {
  const [first = [], ...rest] = rows;
  const column = (at: number) => rest.map((row) => row[at] ?? '');
  const places = { user: 0, item: 1, at: 2, value: 3 };
  if (mostly(column(1), isDate)) {
    if (first.length !== 3)
      throw new Error(
        'its second column is a time and nothing says which is the item: name the columns in a first line',
      );
    places.item = 2;
    places.at = 1;
    places.value = -1;
  } else if (mostly(column(3), isMoment) && !mostly(column(2), isMoment)) {
    places.at = 3;
    places.value = 2;
  } else if (first.length === 3 && areGrades(rest)) {
    places.at = -1;
    places.value = 2;
  }
  // Names that nobody knows stand over numbers and times.
  const isHeader = [places.at, places.value].some(
    (at) =>
      at >= 0 &&
      first[at] &&
      !isNumber(first[at]) &&
      !isDate(first[at]) &&
      mostly(column(at), (text) => isNumber(text) || isDate(text)),
  );
  return { places, isHeader };
}
