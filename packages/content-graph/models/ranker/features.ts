/**
 * The one feature function: serving and learning read a showing through it and through nothing else.
 * Dense features are smoothed, fading counts as log-odds against everybody's rate; what crosses the user with something
 * is centred on that user's own rate, so that it says "more than usual for them" and nothing about them alone.
 * Embedding rows stand on two sides: the user's, and the item's with where it is shown.
 */
import { findSlot, type KeyedTable } from './keyed-table.ts';
import type { RankerState } from './ranker.state.ts';
import type { Showing } from './showing.ts';
import { LATEST, SESSION_GAP_SECONDS } from './viewers.ts';

/** What is counted; with the half-life in days and the number of views before it is believed. */
export const COUNTED = [
  { name: 'user', days: 30, doubt: 6 },
  { name: 'item', days: 21, doubt: 10 },
  { name: 'itemSurface', days: 21, doubt: 10 },
  { name: 'creator', days: 21, doubt: 10 },
  { name: 'sound', days: 21, doubt: 10 },
  { name: 'tag', days: 21, doubt: 20 },
  { name: 'surface', days: 21, doubt: 20 },
  { name: 'length', days: 21, doubt: 20 },
  { name: 'lengthSurface', days: 21, doubt: 20 },
  { name: 'tagSurface', days: 21, doubt: 20 },
  { name: 'creatorSurface', days: 21, doubt: 10 },
  { name: 'tagLength', days: 21, doubt: 20 },
  { name: 'userLength', days: 30, doubt: 6 },
  { name: 'userCreator', days: 30, doubt: 6 },
  { name: 'userTag', days: 30, doubt: 6 },
  { name: 'itemLiked', days: 21, doubt: 50 },
] as const;
type CountName = (typeof COUNTED)[number]['name'];
const COUNT_KIND = Object.fromEntries(COUNTED.map(({ name }, at) => [name, at])) as Record<CountName, number>;
const HALF_LIFE_SECONDS = COUNTED.map(({ days }) => days * 86_400);

/** Of a user alone: it moves probabilities, and never the order of one page. `begin` is the weight before any event. */
export const USER_FEATURES = [
  { name: 'user', begin: 0.6 },
  { name: 'userEvidence', begin: 0 },
  { name: 'mood', begin: 0.2 },
  { name: 'moodEvidence', begin: 0 },
  { name: 'before', begin: 0.1 },
  { name: 'shown', begin: 0 },
] as const;
/** Of the moment: the same for a whole page. */
export const MOMENT_FEATURES = [
  { name: 'gap', begin: 0 },
  { name: 'gapShort', begin: 0 },
  { name: 'gapMiddle', begin: 0 },
  { name: 'gapLong', begin: 0 },
  { name: 'session', begin: 0 },
  { name: 'sameSecond', begin: 0 },
] as const;
export const ITEM_FEATURES = [
  { name: 'item', begin: 0.3 },
  { name: 'itemEvidence', begin: 0 },
  { name: 'itemSurface', begin: 0.15 },
  { name: 'itemSurfaceEvidence', begin: 0 },
  { name: 'creator', begin: 0.15 },
  { name: 'sound', begin: 0.1 },
  { name: 'tag', begin: 0.1 },
  { name: 'surface', begin: 0.3 },
  { name: 'length', begin: 0.1 },
  { name: 'lengthSurface', begin: 0.05 },
  { name: 'tagSurface', begin: 0.05 },
  { name: 'creatorSurface', begin: 0.05 },
  { name: 'tagLength', begin: 0 },
  { name: 'itemLiked', begin: 0.05 },
  { name: 'userLength', begin: 0.1 },
  { name: 'userCreator', begin: 0.3 },
  { name: 'userTag', begin: 0.2 },
  { name: 'againYes', begin: 0.3 },
  { name: 'againNo', begin: -0.3 },
  { name: 'age', begin: 0 },
  { name: 'lengthLog', begin: 0 },
  { name: 'lengthUnknown', begin: 0 },
  { name: 'surfaceUnknown', begin: 0 },
] as const;
export const FEATURES = [...USER_FEATURES, ...MOMENT_FEATURES, ...ITEM_FEATURES];
export const FEATURE_COUNT = FEATURES.length;
export const USER_END = USER_FEATURES.length;
export const MOMENT_END = USER_END + MOMENT_FEATURES.length;

const VECTOR = {
  user: 0,
  trait: 1,
  item: 2,
  creator: 3,
  sound: 4,
  language: 5,
  tag: 6,
  surface: 7,
  length: 8,
} as const;
const MOST_TAGS = 4;
const MOST_TRAITS = 16;
/** What `readUser` and `readItem` look at: twelve of the showing and four of each tag. */
const MOST_COUNTS = 12 + 4 * MOST_TAGS;
const MOST_VECTORS = 7 + MOST_TRAITS + MOST_TAGS;
const KIND_SHIFT = 26;
const LAST_ROW = 2 ** KIND_SHIFT - 2;
const HOUR = 3600;
const DAY = 86_400;

/** One showing as the model sees it; reused from showing to showing. */
export type Features = {
  dense: Float32Array;
  user: number;
  seconds: number;
  /** Keys of the counts that this showing adds to, in pairs; the user's last. */
  countKeys: Int32Array;
  counts: number;
  /** Keys of the embedding rows, in pairs, with their share; those of the user's side first. */
  vectorKeys: Int32Array;
  vectorShare: Float32Array;
  vectors: number;
  userVectors: number;
  /** Of those of the user's side, how many belong to the user alone: they come first. */
  ownVectors: number;
};

export function createFeatures(): Features {
  return {
    dense: new Float32Array(FEATURE_COUNT),
    user: -1,
    seconds: 0,
    countKeys: new Int32Array(MOST_COUNTS * 2),
    counts: 0,
    vectorKeys: new Int32Array(MOST_VECTORS * 2),
    vectorShare: new Float32Array(MOST_VECTORS),
    vectors: 0,
    userVectors: 0,
    ownVectors: 0,
  };
}

/** Whole half-octaves of length from three seconds on; 0 when unknown. */
export function lengthBucket(durationMs: number): number {
  if (!(durationMs > 0)) return 0;
  return 1 + Math.min(22, Math.floor(Math.log2(durationMs / 3000 + 1) * 4));
}

export function keyFor(kind: number, row: number): number {
  return (kind << KIND_SHIFT) | Math.min(LAST_ROW, row);
}

export function fadedBy(seconds: number, kind: number): number {
  // Within an hour of weeks nothing has faded.
  return seconds < HOUR ? 1 : 2 ** (-seconds / HALF_LIFE_SECONDS[kind]!);
}

let count = 0;
let sum = 0;

/** Fading number and sum of one pair into `count` and `sum`; notes the pair as one that this showing adds to. */
function look(state: RankerState, features: Features, kind: number, row: number, other: number): void {
  count = 0;
  sum = 0;
  if (row < 0) return;
  const { counts } = state;
  const key = keyFor(kind, row);
  features.countKeys[features.counts * 2] = key;
  features.countKeys[features.counts++ * 2 + 1] = other;
  const slot = findSlot(counts, key, other);
  if (slot < 0) return;
  const faded = fadedBy(features.seconds - counts.seconds[slot]!, kind);
  count = counts.values[slot * 2]! * faded;
  sum = counts.values[slot * 2 + 1]! * faded;
}

function logOdds(rate: number): number {
  return Math.log(rate / (1 - rate));
}

export function readShowing(state: RankerState, showing: Showing, features: Features): void {
  readUser(state, showing, features);
  readItem(state, showing, features);
}

let ownRate = 0;
let usual = 0;
let usualOdds = 0;

/** Everything that is the same for all items of one request; `readItem` then adds an item, again and again. */
export function readUser(state: RankerState, showing: Showing, features: Features): void {
  const { dense } = features;
  const { viewers } = state;
  const { user } = showing;
  features.counts = 0;
  features.vectors = 0;
  features.user = user;
  features.seconds = Math.floor(showing.atMs / 1000);
  usual = state.totals[1]! / state.totals[0]!;
  usualOdds = logOdds(usual);
  look(state, features, COUNT_KIND.user, user, 0);
  const { doubt } = COUNTED[COUNT_KIND.user]!;
  // A user of whom nothing is known has everybody's rate.
  ownRate = count > 0 ? sum / count : usual;
  dense[0] = logOdds((sum + doubt * usual) / (count + doubt)) - usualOdds;
  dense[1] = Math.log1p(count) * 0.3;
  const isKnown = user >= 0 && user < viewers.shown.length && viewers.shown[user]! > 0;
  const gap = isKnown ? Math.max(0, features.seconds - viewers.lastSeconds[user]!) : 30 * DAY;
  const isSession = gap < SESSION_GAP_SECONDS;
  dense[2] = isKnown ? viewers.moodSum[user]! / (viewers.moodCount[user]! + 0.5) - usual : 0;
  dense[3] = isKnown ? viewers.moodCount[user]! : 0;
  dense[4] = isSession ? viewers.lastOutcome[user]! - usual : 0;
  dense[5] = isKnown ? Math.log1p(viewers.shown[user]!) * 0.2 : 0;
  dense[6] = Math.min(12, Math.log1p(gap)) / 8 - 1;
  dense[7] = gap < 60 ? 1 : 0;
  dense[8] = gap >= 60 && gap < 1000 ? 1 : 0;
  dense[9] = gap > 10_000 ? 1 : 0;
  dense[10] = isSession ? Math.log1p(viewers.sessionShown[user]!) * 0.4 : 0;
  dense[11] = isKnown && gap < 1 ? 1 : 0;
  addVector(features, VECTOR.user, user, 1);
  features.ownVectors = features.vectors;
  const traits = Math.min(MOST_TRAITS, showing.traits.length);
  for (let at = 0; at < traits; at++) addVector(features, VECTOR.trait, showing.traits[at]!, 1);
  features.userVectors = features.vectors;
}

/** May follow one `readUser` many times: what an earlier item left is overwritten. */
export function readItem(state: RankerState, showing: Showing, features: Features): void {
  const { dense } = features;
  const { user, item, creator, surface } = showing;
  features.counts = user >= 0 ? 1 : 0;
  features.vectors = features.userVectors;
  const length = lengthBucket(showing.durationMs);
  const tags = Math.min(MOST_TAGS, showing.tags.length);
  let at = MOMENT_END;
  const odds = (kind: number, row: number, other: number): number => {
    look(state, features, kind, row, other);
    const { doubt } = COUNTED[kind]!;
    return logOdds((sum + doubt * usual) / (count + doubt)) - usualOdds;
  };
  const centred = (kind: number, other: number): number => {
    look(state, features, kind, user, other);
    return (4 * (sum - count * ownRate)) / (count + COUNTED[kind]!.doubt);
  };
  dense[at++] = odds(COUNT_KIND.item, item, 0);
  dense[at++] = Math.log1p(count) * 0.3;
  dense[at++] = odds(COUNT_KIND.itemSurface, item, surface);
  dense[at++] = Math.log1p(count) * 0.3;
  dense[at++] = odds(COUNT_KIND.creator, creator, 0);
  dense[at++] = odds(COUNT_KIND.sound, showing.sound, 0);
  let [tag, tagSurface, tagLength, userTag] = [0, 0, 0, 0];
  for (let next = 0; next < tags; next++) {
    const row = showing.tags[next]!;
    tag += odds(COUNT_KIND.tag, row, 0) / tags;
    tagSurface += odds(COUNT_KIND.tagSurface, row, surface) / tags;
    tagLength += odds(COUNT_KIND.tagLength, row, length >> 2) / tags;
    userTag += centred(COUNT_KIND.userTag, row) / tags;
  }
  dense[at++] = tag;
  dense[at++] = odds(COUNT_KIND.surface, surface + 1, 0);
  dense[at++] = odds(COUNT_KIND.length, length, 0);
  dense[at++] = odds(COUNT_KIND.lengthSurface, length, surface);
  dense[at++] = tagSurface;
  dense[at++] = odds(COUNT_KIND.creatorSurface, creator, surface);
  dense[at++] = tagLength;
  look(state, features, COUNT_KIND.itemLiked, item, 0);
  // Counted by another outcome than the rest.
  if (item >= 0) features.counts--;
  const likes = state.totals[3]! / state.totals[2]!;
  dense[at++] = logOdds((sum + 50 * likes) / (count + 50)) - logOdds(likes);
  dense[at++] = centred(COUNT_KIND.userLength, length >> 2);
  dense[at++] = creator >= 0 ? centred(COUNT_KIND.userCreator, creator) : 0;
  dense[at++] = userTag;
  again(state, features, user, item, at);
  at += 2;
  dense[at++] = Math.log1p(Math.max(0, showing.atMs - showing.publishedAtMs) / 86_400_000) * 0.3 - 1;
  dense[at++] = Math.log1p(showing.durationMs / 1000) / 3 - 1;
  dense[at++] = length === 0 ? 1 : 0;
  dense[at] = surface < 0 ? 1 : 0;
  addVector(features, VECTOR.item, item, 1);
  addVector(features, VECTOR.creator, creator, 1);
  addVector(features, VECTOR.sound, showing.sound, 1);
  addVector(features, VECTOR.language, showing.language, 1);
  for (let next = 0; next < tags; next++) addVector(features, VECTOR.tag, showing.tags[next]!, 1);
  addVector(features, VECTOR.surface, surface + 1, 1);
  addVector(features, VECTOR.length, length, 1);
}

/** Shown again, an hour halves what the last time says. */
const AGAIN = 10;
function again(state: RankerState, features: Features, user: number, item: number, at: number): void {
  const { viewers } = state;
  features.dense[at] = 0;
  features.dense[at + 1] = 0;
  if (user < 0 || user >= viewers.shown.length) return;
  let latest = -1;
  for (let row = user * LATEST; row < (user + 1) * LATEST; row++)
    if (viewers.latestItem[row] === item) latest = Math.max(latest, viewers.latestSeconds[row]!);
  if (latest < 0) return;
  for (let row = user * LATEST; row < (user + 1) * LATEST; row++) {
    if (viewers.latestItem[row] !== item || viewers.latestSeconds[row] !== latest) continue;
    const weight = AGAIN * 2 ** (-Math.max(0, features.seconds - latest) / HOUR);
    features.dense[at] = weight * viewers.latestOutcome[row]!;
    features.dense[at + 1] = weight * (1 - viewers.latestOutcome[row]!);
  }
}

function addVector(features: Features, kind: number, row: number, share: number): void {
  if (row < 0) return;
  features.vectorKeys[features.vectors * 2] = keyFor(kind, row);
  features.vectorKeys[features.vectors * 2 + 1] = 0;
  features.vectorShare[features.vectors++] = share;
}

const USER_COUNTS = new Set<number>([
  COUNT_KIND.user,
  COUNT_KIND.userLength,
  COUNT_KIND.userCreator,
  COUNT_KIND.userTag,
]);

export const LIKED_KIND = COUNT_KIND.itemLiked;

/** Calls back for every row of counts that belongs to the user, with its kind. */
export function eachCountOf(
  counts: KeyedTable,
  user: number,
  visit: (slot: number, kind: number) => void,
): void {
  for (let slot = 0; slot < counts.capacity; slot++) {
    const key = counts.first[slot]!;
    if (key === -1 || (key & (2 ** KIND_SHIFT - 1)) !== user) continue;
    const kind = key >>> KIND_SHIFT;
    if (isOfUser(key)) visit(slot, kind);
  }
}

/** Whether a key of counts is about one user alone. */
export function isOfUser(key: number): boolean {
  return USER_COUNTS.has(key >>> KIND_SHIFT);
}

export function userVectorKey(user: number): number {
  return keyFor(VECTOR.user, user);
}

export function kindOfCount(key: number): number {
  return key >>> KIND_SHIFT;
}
