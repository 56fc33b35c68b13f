/**
 * Rows of floats by an exact pair of keys, in a bounded table of eight-slot buckets: no two pairs share a row.
 * It doubles while it may; then the row with the least evidence in the bucket gives way. Deterministic.
 * Invariant: the first float of a row is its evidence. A row's place changes when the table grows: read it anew.
 */
export type KeyedTable = {
  width: number;
  /** A power of two. */
  capacity: number;
  most: number;
  used: number;
  /** -1 is an empty slot. */
  first: Int32Array;
  second: Int32Array;
  values: Float32Array;
  seconds: Uint32Array;
};

const BUCKET = 8;
export const LEAST_CAPACITY = 1024;

export function createKeyedTable(width: number, most: number, capacity: number = LEAST_CAPACITY): KeyedTable {
  return {
    width,
    capacity,
    most,
    used: 0,
    first: new Int32Array(capacity).fill(-1),
    second: new Int32Array(capacity),
    values: new Float32Array(capacity * width),
    seconds: new Uint32Array(capacity),
  };
}

function bucketOf(capacity: number, first: number, second: number): number {
  let h = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 0x7f4a7c15, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35);
  h ^= h >>> 15;
  return (h & (capacity / BUCKET - 1)) * BUCKET;
}

/** The row's slot, or -1. */
export function findSlot(table: KeyedTable, first: number, second: number): number {
  const from = bucketOf(table.capacity, first, second);
  for (let slot = from; slot < from + BUCKET; slot++)
    if (table.first[slot] === first && table.second[slot] === second) return slot;
  return -1;
}

/** A zeroed row for a pair that is not there yet. */
export function addSlot(table: KeyedTable, first: number, second: number): number {
  let slot = emptySlot(table, first, second);
  while (slot < 0 && table.capacity < table.most) {
    double(table);
    slot = emptySlot(table, first, second);
  }
  if (slot < 0) slot = weakestSlot(table, first, second);
  else table.used++;
  table.first[slot] = first;
  table.second[slot] = second;
  table.values.fill(0, slot * table.width, (slot + 1) * table.width);
  table.seconds[slot] = 0;
  return slot;
}

export function clearSlot(table: KeyedTable, slot: number): void {
  if (table.first[slot] === -1) return;
  table.first[slot] = -1;
  table.second[slot] = 0;
  table.values.fill(0, slot * table.width, (slot + 1) * table.width);
  table.seconds[slot] = 0;
  table.used--;
}

function emptySlot(table: KeyedTable, first: number, second: number): number {
  const from = bucketOf(table.capacity, first, second);
  for (let slot = from; slot < from + BUCKET; slot++) if (table.first[slot] === -1) return slot;
  return -1;
}

function weakestSlot(table: KeyedTable, first: number, second: number): number {
  const from = bucketOf(table.capacity, first, second);
  let weakest = from;
  for (let slot = from + 1; slot < from + BUCKET; slot++)
    if (table.values[slot * table.width]! < table.values[weakest * table.width]!) weakest = slot;
  return weakest;
}

function double(table: KeyedTable): void {
  const { first, second, values, seconds, width } = table;
  const larger = createKeyedTable(width, table.most, table.capacity * 2);
  for (let slot = 0; slot < first.length; slot++) {
    if (first[slot] === -1) continue;
    // A bucket's rows part between two buckets of the larger table: there is room for all.
    const at = emptySlot(larger, first[slot]!, second[slot]!);
    // Only a damaged snapshot has a row in a bucket that is not its own.
    if (at < 0) continue;
    larger.first[at] = first[slot]!;
    larger.second[at] = second[slot]!;
    larger.seconds[at] = seconds[slot]!;
    larger.values.set(values.subarray(slot * width, (slot + 1) * width), at * width);
  }
  table.capacity = larger.capacity;
  table.first = larger.first;
  table.second = larger.second;
  table.values = larger.values;
  table.seconds = larger.seconds;
}
