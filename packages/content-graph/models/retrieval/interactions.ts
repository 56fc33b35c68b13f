/**
 * Who met what, in order: rows of users over dense item numbers. Knows nothing of ids, files or clocks; whoever calls
 * turns ids into 0 … users-1 and 0 … items-1. Rows are oldest first; without times the given order is the order.
 */

export type Interactions = {
  readonly users: number;
  readonly items: number;
  /** Row of user u is [start[u], start[u + 1]). */
  readonly start: Int32Array;
  readonly item: Int32Array;
  /** Strength of each event, 1 by default, at least 0. Null means 1 everywhere. */
  readonly value: Float32Array | null;
  /** Unix ms or any growing number; null when nothing is known. */
  readonly at: Float64Array | null;
};

export type Columns = {
  users: number;
  items: number;
  user: Int32Array;
  item: Int32Array;
  value?: Float32Array | null;
  at?: Float64Array | null;
};

/** Groups rows by user, oldest first; equal times keep their order. RangeError when a number is outside. */
export function interactionsOf(columns: Columns): Interactions {
  const { users, items, user, item, value = null, at = null } = columns;
  const count = item.length;
  if (user.length !== count || (value && value.length !== count) || (at && at.length !== count))
    throw new RangeError('columns differ in length');
  const start = new Int32Array(users + 1);
  for (let row = 0; row < count; row++) {
    const one = user[row]!;
    const thing = item[row]!;
    if (!(one >= 0 && one < users && thing >= 0 && thing < items))
      throw new RangeError(`row ${row} is outside of ${users} users and ${items} items`);
    start[one + 1]!++;
  }
  for (let one = 0; one < users; one++) start[one + 1]! += start[one]!;
  const next = start.slice(0, users);
  const order = new Int32Array(count);
  for (let row = 0; row < count; row++) order[next[user[row]!]!++] = row;
  if (at) sortRows(start, order, at);
  const sorted: Interactions = {
    users,
    items,
    start,
    item: new Int32Array(count),
    value: value ? new Float32Array(count) : null,
    at: at ? new Float64Array(count) : null,
  };
  for (let place = 0; place < count; place++) {
    const row = order[place]!;
    sorted.item[place] = item[row]!;
    if (value && sorted.value) sorted.value[place] = bounded(value[row]!);
    if (at && sorted.at) sorted.at[place] = Number.isFinite(at[row]!) ? at[row]! : 0;
  }
  return sorted;
}

/** NaN, infinite and negative strengths come from broken logs: they count as nothing, huge ones as a hundred. */
const bounded = (value: number) => (value > 0 ? Math.min(value, 100) : 0);

function sortRows(start: Int32Array, order: Int32Array, at: Float64Array) {
  const timeOf = (row: number) => (Number.isFinite(at[row]!) ? at[row]! : 0);
  for (let user = 0; user + 1 < start.length; user++) {
    const row = order.subarray(start[user]!, start[user + 1]!);
    let inOrder = true;
    for (let at1 = 1; at1 < row.length && inOrder; at1++)
      inOrder = timeOf(row[at1 - 1]!) <= timeOf(row[at1]!);
    // Ties keep the order of the rows.
    if (!inOrder) row.sort((a, b) => timeOf(a) - timeOf(b) || a - b);
  }
}

/** The places of each item within `item`, and the user of each place. */
export function placesByItem(log: Interactions): {
  start: Int32Array;
  place: Int32Array;
  userOf: Int32Array;
} {
  const start = new Int32Array(log.items + 1);
  for (const item of log.item) start[item + 1]!++;
  for (let item = 0; item < log.items; item++) start[item + 1]! += start[item]!;
  const next = start.slice(0, log.items);
  const place = new Int32Array(log.item.length);
  for (let at = 0; at < log.item.length; at++) place[next[log.item[at]!]!++] = at;
  const userOf = new Int32Array(log.item.length);
  for (let user = 0; user < log.users; user++) userOf.fill(user, log.start[user]!, log.start[user + 1]!);
  return { start, place, userOf };
}
