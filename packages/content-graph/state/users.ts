/** What is known of users: taste by feature, recent history, and exactly what they have seen. One row per user. */
import { grown } from './columns.ts';
import { createIdTable, type IdTable, releaseRow, rowFor } from './id-table.ts';
import { clearList, createLists, insertAt, type Lists, offsetOf, sizeOf } from './lists.ts';

/** What a user has already counted for at an item, beside having seen it: no one counts twice. */
export const VIEWED = 1;
export const LIKED = 2;
export const SHARED = 4;
export const FOLLOWED = 8;
export const HIDDEN = 16;
export const PAIRED = 32;
/** Stays when the like is taken back: liking in turns raises nothing. */
export const ONCE_LIKED = 64;
export const FINISHED = 128;
/** The user came to the item by themselves: what they do there says little about what showing it gives. */
export const OPENED = 256;
/** An item row and its nine flags share one word of the seen list: up to 4 million items. */
const FLAGS = 512;

export type Users = {
  table: IdTable;
  /** Decayed number and value of views. */
  views: Float64Array;
  value: Float64Array;
  /** Decayed sum of what views were worth beyond everybody's mean, the item and its features. */
  level: Float64Array;
  /** When the taste was last decayed, in seconds. */
  decayedAt: Float64Array;
  day: Int32Array;
  dayViews: Int32Array;
  /** Records of (feature, evidence, sum of what it was worth beyond everything else). */
  taste: Lists;
  /** Records of (item, value, seconds), oldest first, an item at most once. */
  history: Lists;
  /** item × 512 + flags, ascending. */
  seen: Lists;
};

export function createUsers(): Users {
  return {
    table: createIdTable(),
    views: new Float64Array(0),
    value: new Float64Array(0),
    level: new Float64Array(0),
    decayedAt: new Float64Array(0),
    day: new Int32Array(0),
    dayViews: new Int32Array(0),
    taste: createLists(3),
    history: createLists(3),
    seen: createLists(1),
  };
}

export function makeUserRoom(users: Users, count: number): void {
  users.views = grown(users.views, count);
  users.value = grown(users.value, count);
  users.level = grown(users.level, count);
  users.decayedAt = grown(users.decayedAt, count);
  users.day = grown(users.day, count);
  users.dayViews = grown(users.dayViews, count);
}

export function userFor(users: Users, id: string): number {
  const user = rowFor(users.table, id);
  makeUserRoom(users, user + 1);
  return user;
}

export function findUser(users: Users, id: string): number {
  return users.table.rowOf.get(id) ?? -1;
}

export function clearTaste(users: Users, user: number): void {
  users.views[user] = 0;
  users.value[user] = 0;
  users.level[user] = 0;
  users.decayedAt[user] = 0;
  clearList(users.taste, user);
  clearList(users.history, user);
}

export function removeUser(users: Users, user: number): void {
  clearTaste(users, user);
  clearList(users.seen, user);
  users.day[user] = 0;
  users.dayViews[user] = 0;
  releaseRow(users.table, user);
}

/** Word offset of the first seen entry that is not below `item`. */
function seenPlace(users: Users, user: number, item: number): number {
  const { seen } = users;
  const from = offsetOf(seen, user);
  let low = from;
  let high = from + sizeOf(seen, user);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seen.words[middle]! < item * FLAGS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Flags of the pair, 0 when the user has had nothing to do with the item. */
export function flagsOf(users: Users, user: number, item: number): number {
  const place = seenPlace(users, user, item);
  if (place >= offsetOf(users.seen, user) + sizeOf(users.seen, user)) return 0;
  const entry = users.seen.words[place]!;
  return Math.floor(entry / FLAGS) === item ? entry % FLAGS : 0;
}

export function setFlags(users: Users, user: number, item: number, flags: number): void {
  const place = seenPlace(users, user, item);
  const from = offsetOf(users.seen, user);
  const inList = place < from + sizeOf(users.seen, user);
  const at =
    inList && Math.floor(users.seen.words[place]! / FLAGS) === item
      ? place
      : insertAt(users.seen, user, place - from);
  users.seen.words[at] = item * FLAGS + flags;
}

/** Calls back for every entry of the seen list. */
export function eachSeen(users: Users, user: number, visit: (item: number, flags: number) => void): void {
  const from = offsetOf(users.seen, user);
  const entries = users.seen.words.slice(from, from + sizeOf(users.seen, user));
  for (const entry of entries) visit(Math.floor(entry / FLAGS), entry % FLAGS);
}
