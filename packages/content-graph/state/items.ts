/** What is known of items: what they are, how they did, and what goes together with them. One row per item. */
import { grown } from './columns.ts';
import {
  ALL,
  addPosting,
  CREATOR,
  type Features,
  featureFor,
  LANGUAGE,
  removePosting,
  SOUND,
  TAG,
} from './features.ts';
import { createIdTable, type IdTable, rowFor } from './id-table.ts';
import { append, clearList, createLists, type Lists, offsetOf, sizeOf } from './lists.ts';

export type Items = {
  table: IdTable;
  alive: Uint8Array;
  durationMs: Float64Array;
  publishedAtMs: Float64Array;
  /**
   * COUNTS of one item side by side: sums over viewers, each viewer at most once; `value` is the sum of view values, `opened`
   * the part of the views by users who came by themselves.
   */
  counts: Float32Array;
  /** log2 of the popularity, decayed forward: comparable between items at any time. */
  standing: Float64Array;
  /** Co-value mass, in the neighbours' forward scale. */
  mass: Float64Array;
  /** Place among the newcomers, or -1. */
  newcomerAt: Int32Array;
  newcomers: number[];
  /** Feature rows of an item. */
  features: Lists;
  /** Records of (item, co-value). */
  neighbours: Lists;
  dropped: number;
};

export const COUNTS = [
  'views',
  'value',
  'finishes',
  'skips',
  'likes',
  'shares',
  'follows',
  'hides',
  'opened',
] as const;
export type Count = (typeof COUNTS)[number];
export const COUNT_WIDTH = COUNTS.length;
/** Places within an item's counts. */
export const COUNT_AT = Object.fromEntries(COUNTS.map((name, at) => [name, at])) as Record<Count, number>;

export function viewsOf(items: Items, item: number): number {
  return items.counts[item * COUNT_WIDTH]!;
}

export function createItems(): Items {
  return {
    table: createIdTable(),
    alive: new Uint8Array(0),
    durationMs: new Float64Array(0),
    publishedAtMs: new Float64Array(0),
    counts: new Float32Array(0),
    standing: new Float64Array(0),
    mass: new Float64Array(0),
    newcomerAt: new Int32Array(0),
    newcomers: [],
    features: createLists(1),
    neighbours: createLists(2),
    dropped: 0,
  };
}

/** Gives every column room for `count` rows. */
export function makeItemRoom(items: Items, count: number): void {
  items.alive = grown(items.alive, count);
  items.durationMs = grown(items.durationMs, count);
  items.publishedAtMs = grown(items.publishedAtMs, count);
  items.counts = grown(items.counts, count * COUNT_WIDTH);
  items.standing = grown(items.standing, count, Number.NEGATIVE_INFINITY);
  items.mass = grown(items.mass, count);
  items.newcomerAt = grown(items.newcomerAt, count, -1);
}

export type ItemFacts = {
  id: string;
  creator: string | null;
  sound: string | null;
  tags: string[];
  language: string | null;
  durationMs: number;
  publishedAtMs: number;
};

export function writeItem(items: Items, features: Features, facts: ItemFacts, newcomerViews: number): number {
  const isNew = !items.table.rowOf.has(facts.id);
  const item = rowFor(items.table, facts.id);
  if (isNew) makeItemRoom(items, item + 1);
  else if (items.alive[item]) unlist(items, features, item);
  else items.dropped--;
  items.alive[item] = 1;
  items.durationMs[item] = facts.durationMs;
  items.publishedAtMs[item] = facts.publishedAtMs;
  clearList(items.features, item);
  for (const feature of featuresOfFacts(features, facts)) {
    const at = append(items.features, item);
    items.features.words[at] = feature;
    addPosting(features, feature, item, items.publishedAtMs);
  }
  if (viewsOf(items, item) < newcomerViews) enterNewcomers(items, item);
  return item;
}

export function removeItem(items: Items, features: Features, item: number): void {
  if (!items.alive[item]) return;
  unlist(items, features, item);
  items.alive[item] = 0;
  items.dropped++;
}

export function enterNewcomers(items: Items, item: number): void {
  if (items.newcomerAt[item]! >= 0) return;
  items.newcomerAt[item] = items.newcomers.length;
  items.newcomers.push(item);
}

export function leaveNewcomers(items: Items, item: number): void {
  const place = items.newcomerAt[item]!;
  if (place < 0) return;
  const last = items.newcomers.pop()!;
  if (last !== item) {
    items.newcomers[place] = last;
    items.newcomerAt[last] = place;
  }
  items.newcomerAt[item] = -1;
}

function unlist(items: Items, features: Features, item: number): void {
  const from = offsetOf(items.features, item);
  for (let at = from; at < from + sizeOf(items.features, item); at++)
    removePosting(features, items.features.words[at]!, item, items.publishedAtMs);
  leaveNewcomers(items, item);
}

function featuresOfFacts(features: Features, facts: ItemFacts): Set<number> {
  const rows = new Set<number>();
  for (const tag of facts.tags) rows.add(featureFor(features, TAG, tag));
  if (facts.creator) rows.add(featureFor(features, CREATOR, facts.creator));
  if (facts.sound) rows.add(featureFor(features, SOUND, facts.sound));
  rows.add(featureFor(features, LANGUAGE, facts.language ?? ''));
  rows.add(featureFor(features, ALL, ''));
  return rows;
}
