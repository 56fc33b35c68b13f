/**
 * Many growing lists of fixed-width records in one buffer of 32-bit words: no object per list.
 * A record is read through `words` (integers) or `floats` (the same bytes) at `offsetOf(list) + index × width`.
 * Invariant: a list's room is a power of two; outgrown places are kept by size and used again.
 * `words` and `floats` are replaced when the buffer grows: read them anew after any insert.
 */
import { grown } from './columns.ts';

export type Lists = {
  width: number;
  words: Int32Array;
  floats: Float32Array;
  start: Int32Array;
  size: Int32Array;
  room: Int32Array;
  used: number;
  freeByRoom: Map<number, number[]>;
};

export function createLists(width: number): Lists {
  const words = new Int32Array(64);
  return {
    width,
    words,
    floats: new Float32Array(words.buffer),
    start: new Int32Array(0),
    size: new Int32Array(0),
    room: new Int32Array(0),
    used: 0,
    freeByRoom: new Map(),
  };
}

export function sizeOf(lists: Lists, list: number): number {
  return list < lists.size.length ? lists.size[list]! : 0;
}

export function offsetOf(lists: Lists, list: number): number {
  return list < lists.start.length ? lists.start[list]! : 0;
}

/** Makes a zeroed record at `index` and returns its word offset. */
export function insertAt(lists: Lists, list: number, index: number): number {
  makeRoom(lists, list);
  const { width, words } = lists;
  const from = lists.start[list]! + index * width;
  words.copyWithin(from + width, from, lists.start[list]! + lists.size[list]! * width);
  words.fill(0, from, from + width);
  lists.size[list]!++;
  return from;
}

export function append(lists: Lists, list: number): number {
  return insertAt(lists, list, sizeOf(lists, list));
}

export function removeAt(lists: Lists, list: number, index: number): void {
  const { width } = lists;
  const from = lists.start[list]! + index * width;
  lists.words.copyWithin(from, from + width, lists.start[list]! + lists.size[list]! * width);
  lists.size[list]!--;
}

export function clearList(lists: Lists, list: number): void {
  if (list >= lists.size.length || lists.room[list] === 0) return;
  release(lists, lists.start[list]!, lists.room[list]!);
  lists.size[list] = 0;
  lists.room[list] = 0;
}

/** Where `value` stands in the first word of a record, or -1. */
export function findIn(lists: Lists, list: number, value: number): number {
  const { width, words } = lists;
  const from = offsetOf(lists, list);
  const end = from + sizeOf(lists, list) * width;
  for (let at = from; at < end; at += width) if (words[at] === value) return (at - from) / width;
  return -1;
}

export function bytesOf(lists: Lists): number {
  return lists.words.byteLength + lists.start.byteLength * 3;
}

function makeRoom(lists: Lists, list: number): void {
  if (list >= lists.size.length) {
    lists.start = grown(lists.start, list + 1);
    lists.size = grown(lists.size, list + 1);
    lists.room = grown(lists.room, list + 1);
  }
  const size = lists.size[list]!;
  if (size < lists.room[list]!) return;
  const room = Math.max(2, lists.room[list]! * 2);
  const start = reserve(lists, room);
  const from = lists.start[list]!;
  lists.words.copyWithin(start, from, from + size * lists.width);
  if (lists.room[list]! > 0) release(lists, from, lists.room[list]!);
  lists.start[list] = start;
  lists.room[list] = room;
}

function reserve(lists: Lists, room: number): number {
  const free = lists.freeByRoom.get(room)?.pop();
  if (free !== undefined) return free;
  const start = lists.used;
  lists.used += room * lists.width;
  if (lists.used > lists.words.length) {
    lists.words = grown(lists.words, lists.used);
    lists.floats = new Float32Array(lists.words.buffer);
  }
  return start;
}

function release(lists: Lists, start: number, room: number): void {
  const free = lists.freeByRoom.get(room);
  if (free) free.push(start);
  else lists.freeByRoom.set(room, [start]);
}
