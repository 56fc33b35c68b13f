/**
 * What a forecast is fitted on: the histories of many users, as plain columns that can be handed to another thread.
 * Bounded whatever the size of the graph, and gathered in steps of a few milliseconds.
 */
import type { GraphState } from '../state/graph-state.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';
import type { Steps } from '../state/snapshot-bytes.ts';
import type { Tunables } from '../tunables.ts';

export type Lessons = {
  /** Ids of the items, by the number that stands for them in `item`. */
  ids: string[];
  /** Events of user u are [start[u], start[u + 1]), oldest first. No user is named. */
  start: Int32Array;
  item: Int32Array;
  /** What a view was worth, 0 … 1. */
  value: Float32Array;
};

/** A request reads every item of a forecast: more would not leave the page in time. */
const MOST_ITEMS = 8000;
/** A fit on more takes longer and tells no more; of more, whole histories of evenly taken users. */
const MOST_EVENTS = 3_000_000;
const SAMPLE = 20_000;
const LEAST_EVENTS = 3;
const USERS_A_STEP = 2000;
const ITEMS_A_STEP = 50_000;

export function* gatherLessons(state: GraphState, tunables: Tunables): Steps<Lessons> {
  const { users, items } = state;
  const rows = yield* mostValued(state);
  yield;
  const numberOf = new Int32Array(items.table.ids.length).fill(-1);
  for (const [number, row] of rows.entries()) numberOf[row] = number;
  let events = 0;
  for (let user = 0; user < users.table.ids.length; user++) events += sizeOf(users.history, user);
  const every = Math.ceil(events / MOST_EVENTS);
  const start: number[] = [0];
  let item = new Int32Array(0);
  let value = new Float32Array(0);
  let filled = 0;
  for (let user = 0, turn = 1; user < users.table.ids.length; user += every, turn++) {
    if (turn % USERS_A_STEP === 0) yield;
    // As at an item: accounts that have met hardly anything were perhaps made for it.
    if (sizeOf(users.seen, user) < tunables.accountViews) continue;
    const size = sizeOf(users.history, user);
    if (size < LEAST_EVENTS) continue;
    if (filled + size > item.length) {
      item = widened(item, new Int32Array(Math.max(item.length * 2, filled + size)));
      value = widened(value, new Float32Array(item.length));
    }
    const from = offsetOf(users.history, user);
    for (let at = from; at < from + size * 3; at += 3) {
      // Items that came after the first step have no number.
      const number = numberOf[users.history.words[at]!] ?? -1;
      if (number < 0) continue;
      item[filled] = number;
      value[filled++] = users.history.floats[at + 1]!;
    }
    start.push(filled);
  }
  return {
    ids: rows.map((row) => items.table.ids[row]!),
    start: Int32Array.from(start),
    item: item.slice(0, filled),
    value: value.slice(0, filled),
  };
}

/** Rows of living items that somebody valued; of too many about those that most did. */
function* mostValued({ items }: GraphState): Steps<number[]> {
  const rows: number[] = [];
  for (let row = 0; row < items.table.ids.length; row++) {
    if (row % ITEMS_A_STEP === ITEMS_A_STEP - 1) yield;
    if (items.alive[row] && items.mass[row]! > 0) rows.push(row);
  }
  if (rows.length <= MOST_ITEMS) return rows;
  yield;
  // The bar is read off a sample: to sort a million would be a pause.
  const every = Math.ceil(rows.length / SAMPLE);
  const sample = Float64Array.from(
    { length: Math.ceil(rows.length / every) },
    (_, at) => items.mass[rows[at * every]!]!,
  );
  const bar = sample.sort()[Math.floor(sample.length * (1 - MOST_ITEMS / rows.length))]!;
  yield;
  const most: number[] = [];
  for (let at = 0; at < rows.length && most.length < MOST_ITEMS; at++) {
    if (at % ITEMS_A_STEP === ITEMS_A_STEP - 1) yield;
    if (items.mass[rows[at]!]! >= bar) most.push(rows[at]!);
  }
  return most;
}

function widened<Column extends Int32Array | Float32Array>(old: Column, wide: Column): Column {
  wide.set(old);
  return wide;
}
