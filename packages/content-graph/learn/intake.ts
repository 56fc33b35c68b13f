/**
 * What may come in. Malformed input is refused, absurd input is bounded; nothing past this file sees a NaN.
 * Time: an event may move the graph's own latest time by a day at most, so that one wrong clock cannot age everything.
 */
import type { GraphState } from '../state/graph-state.ts';
import type { GraphEvent, GraphItem } from '../vocabulary.ts';

const LONGEST_ID = 512;
const MOST_TAGS = 16;
/** Seconds are kept in 32 bits: until the year 2106. */
const LATEST_MS = 4_294_967_295_000;
const LONGEST_ITEM_MS = 24 * 3_600_000;
const MOST_RUNS = 10;
const DAY_SECONDS = 86_400;

const KINDS = new Set(['view', 'like', 'unlike', 'share', 'follow', 'not-interested', 'report']);

export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_ID;
}

export function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LATEST_MS;
}

function isAmount(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY);
}

export function isEvent(event: GraphEvent): boolean {
  return (
    typeof event === 'object' &&
    event !== null &&
    isId(event.user) &&
    isId(event.item) &&
    isTime(event.atMs) &&
    KINDS.has(event.kind) &&
    isAmount(event.watchedMs) &&
    isAmount(event.loops) &&
    isAmount(event.durationMs)
  );
}

/** Throws TypeError when the item cannot be used; drops empty and surplus tags. */
export function readItem(item: GraphItem): GraphItem {
  if (!isId(item.id)) throw new TypeError('item.id must be a string of 1 … 512 characters');
  if (item.creator !== null && !isId(item.creator))
    throw new TypeError('item.creator must be null or a string of 1 … 512 characters');
  if (!isTime(item.publishedAtMs)) throw new TypeError('item.publishedAtMs must be Unix milliseconds');
  if (!(typeof item.durationMs === 'number' && item.durationMs >= 0))
    throw new TypeError('item.durationMs must be 0 or more');
  return {
    id: item.id,
    creator: item.creator,
    sound: isId(item.sound) ? item.sound : null,
    tags: [...new Set(item.tags.filter(isId))].slice(0, MOST_TAGS),
    language: isId(item.language) ? item.language : null,
    durationMs: Math.min(item.durationMs, LONGEST_ITEM_MS),
    publishedAtMs: item.publishedAtMs,
  };
}

/**
 * How much of the item was watched, 0 … 10 runs, and how long it is taken to be. The player's duration is believed within
 * a factor of two; where nobody knows, it is `usualMs`.
 */
export function readWatch(
  event: GraphEvent,
  itemDurationMs: number,
  usualMs: number,
): { watchedMs: number; share: number; durationMs: number } {
  const claimed = event.durationMs;
  const isNear =
    claimed && (itemDurationMs === 0 || (claimed <= itemDurationMs * 2 && claimed >= itemDurationMs / 2));
  const durationMs = Math.max(1000, Math.min(LONGEST_ITEM_MS, isNear ? claimed : itemDurationMs || usualMs));
  const watchedMs = Math.min(event.watchedMs ?? (event.loops ?? 0) * durationMs, durationMs * MOST_RUNS);
  return { watchedMs, share: watchedMs / durationMs, durationMs: itemDurationMs || durationMs };
}

/** The event's time in seconds, bounded by what the graph has seen so far. */
export function readSeconds(state: GraphState, atMs: number): number {
  const seconds = Math.floor(atMs / 1000);
  if (state.latestSeconds === 0) {
    state.latestSeconds = seconds;
    state.coLandmarkSeconds = seconds;
  }
  const bounded = Math.min(seconds, state.latestSeconds + DAY_SECONDS);
  state.latestSeconds = Math.max(state.latestSeconds, bounded);
  return bounded;
}
