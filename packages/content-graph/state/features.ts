/**
 * Features are what items share: a tag, a creator, a sound, a language, and `all`.
 * Each keeps its items in order of publication (postings) and its most popular ones (heads),
 * so that a request reads a bounded stretch and never the catalogue.
 */
import { grown } from './columns.ts';
import { createIdTable, type IdTable, rowFor } from './id-table.ts';
import { createLists, findIn, insertAt, type Lists, offsetOf, removeAt, sizeOf } from './lists.ts';
import { createTelling, makeTellingRoom, type Telling } from './telling.ts';

export const TAG = 0;
export const CREATOR = 1;
export const SOUND = 2;
export const LANGUAGE = 3;
export const ALL = 4;
export type FeatureKind = 0 | 1 | 2 | 3 | 4;
export const KIND_NAMES = ['tag', 'creator', 'sound', 'language', 'all'] as const;

/** Heads: 48 of a tag is more than a page ever takes; languages and `all` feed the popular source. */
const HEAD_ROOM = [48, 24, 24, 160, 160] as const;
const LARGEST_TAGS = 64;

export type Features = {
  table: IdTable;
  kind: Uint8Array;
  postings: Lists;
  heads: Lists;
  /** Lower bound of the standings in a full head: below it, an item need not ask. */
  floor: Float64Array;
  /** The tags with the longest postings: the clusters shown to a new viewer. */
  largestTags: number[];
  telling: Telling;
};

export function createFeatures(): Features {
  return {
    table: createIdTable(),
    kind: new Uint8Array(0),
    postings: createLists(1),
    heads: createLists(1),
    floor: new Float64Array(0),
    largestTags: [],
    telling: createTelling(),
  };
}

export function featureFor(features: Features, kind: FeatureKind, key: string): number {
  const row = rowFor(features.table, `${kind}${key}`);
  if (row >= features.kind.length) {
    features.kind = grown(features.kind, row + 1);
    makeTellingRoom(features.telling, features.kind.length);
    features.floor = grown(features.floor, row + 1, Number.NEGATIVE_INFINITY);
  }
  features.kind[row] = kind;
  return row;
}

export function findFeature(features: Features, kind: FeatureKind, key: string): number {
  return features.table.rowOf.get(`${kind}${key}`) ?? -1;
}

/** The key without its kind; '' is the language nobody named, or `all`. */
export function keyOf(features: Features, feature: number): string {
  return features.table.ids[feature]!.slice(1);
}

export function causeOf(features: Features, feature: number): string {
  return `${KIND_NAMES[features.kind[feature]!]}:${keyOf(features, feature)}`;
}

/** Keeps postings ordered by (publishedAtMs, row); arrivals in order cost nothing. */
export function addPosting(
  features: Features,
  feature: number,
  item: number,
  publishedAtMs: Float64Array,
): void {
  const { postings } = features;
  const at = insertAt(postings, feature, placeOf(features, feature, item, publishedAtMs));
  postings.words[at] = item;
  if (features.kind[feature] === TAG) noteSize(features, feature);
}

/** Needs `publishedAtMs` as it was when the posting was added. */
export function removePosting(
  features: Features,
  feature: number,
  item: number,
  publishedAtMs: Float64Array,
): void {
  const { postings, heads } = features;
  const place = placeOf(features, feature, item, publishedAtMs);
  if (place < sizeOf(postings, feature) && postings.words[offsetOf(postings, feature) + place] === item)
    removeAt(postings, feature, place);
  const inHead = findIn(heads, feature, item);
  if (inHead >= 0) removeAt(heads, feature, inHead);
  features.floor[feature] = Number.NEGATIVE_INFINITY;
}

/** The item's standing has changed: it may enter the head in the place of the weakest. */
export function offerToHead(features: Features, feature: number, item: number, standing: Float64Array): void {
  if (!(standing[item]! > features.floor[feature]!)) return;
  const { heads } = features;
  const size = sizeOf(heads, feature);
  const from = offsetOf(heads, feature);
  let weakest = from;
  for (let at = from; at < from + size; at++) {
    const other = heads.words[at]!;
    if (other === item) return;
    if (standing[other]! < standing[heads.words[weakest]!]!) weakest = at;
  }
  if (size < HEAD_ROOM[features.kind[feature]!]!) {
    const at = insertAt(heads, feature, size);
    heads.words[at] = item;
    return;
  }
  const lowest = standing[heads.words[weakest]!]!;
  features.floor[feature] = lowest;
  if (standing[item]! > lowest) heads.words[weakest] = item;
}

/** Index of the first posting that is not before (publishedAtMs, row) of `item`. */
function placeOf(features: Features, feature: number, item: number, publishedAtMs: Float64Array): number {
  const { postings } = features;
  const from = offsetOf(postings, feature);
  const time = publishedAtMs[item]!;
  let low = 0;
  let high = sizeOf(postings, feature);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = postings.words[from + middle]!;
    const otherTime = publishedAtMs[other]!;
    if (otherTime < time || (otherTime === time && other < item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the feature's items were published at or before `atMs`: the fresh ones end there. */
export function publishedBy(
  features: Features,
  feature: number,
  atMs: number,
  publishedAtMs: Float64Array,
): number {
  const { postings } = features;
  const from = offsetOf(postings, feature);
  let low = 0;
  let high = sizeOf(postings, feature);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (publishedAtMs[postings.words[from + middle]!]! <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function noteSize(features: Features, feature: number): void {
  const { largestTags, postings } = features;
  if (largestTags.includes(feature)) return;
  if (largestTags.length < LARGEST_TAGS) {
    largestTags.push(feature);
    return;
  }
  let smallest = 0;
  for (let at = 1; at < largestTags.length; at++)
    if (sizeOf(postings, largestTags[at]!) < sizeOf(postings, largestTags[smallest]!)) smallest = at;
  if (sizeOf(postings, feature) > sizeOf(postings, largestTags[smallest]!)) largestTags[smallest] = feature;
}
