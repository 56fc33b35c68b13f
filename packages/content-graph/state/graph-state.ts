/** Everything the graph remembers. Plain data: the stages are functions over it. */

import type { Forecast } from '../forecast/forecast.ts';
import { rankerColumns } from '../models/ranker/ranker.snapshot.ts';
import { createRankerState, type RankerState } from '../models/ranker/ranker.state.ts';
import { CREATOR, createFeatures, type Features, SOUND, TAG } from './features.ts';
import { COUNTS, type Count, createItems, type Items } from './items.ts';
import { bytesOf, offsetOf, sizeOf } from './lists.ts';
import { commonWorth } from './telling.ts';
import { createUsers, type Users } from './users.ts';
import { createWatchLabels, type WatchLabels } from './watch-labels.ts';

export type GraphState = {
  items: Items;
  users: Users;
  features: Features;
  labels: WatchLabels;
  ranker: RankerState;
  /** Fitted elsewhere and adopted; not in snapshots. */
  forecast: Forecast | null;
  /** Sums over all items, begun with a small belief so that rates exist before the first event. */
  totals: Record<Count, number>;
  /** Latest time taken over from an item or event, in seconds. */
  latestSeconds: number;
  /** Time at which the co-value scale is 1. */
  coLandmarkSeconds: number;
  events: { learned: number; unknownItem: number; refused: number };
};

/** Of more pairs than this, those with the least evidence give way: every snapshot copies them at one moment. */
const RANKER_SIZE = { mostCounts: 2 ** 19, mostVectors: 2 ** 18 };

/** Rates seen on short-video services, worth twenty views. */
const FIRST_BELIEF: Record<Count, number> = {
  views: 20,
  value: 9,
  finishes: 7,
  skips: 7,
  likes: 0.6,
  shares: 0.1,
  follows: 0.1,
  hides: 0.1,
  opened: 0,
};

export function createGraphState(): GraphState {
  return {
    items: createItems(),
    users: createUsers(),
    features: createFeatures(),
    labels: createWatchLabels(),
    // Its own draws are the first values of embeddings: which they are is of no interest to a caller.
    ranker: createRankerState(1, RANKER_SIZE),
    forecast: null,
    totals: { ...FIRST_BELIEF },
    latestSeconds: 0,
    coLandmarkSeconds: 0,
    events: { learned: 0, unknownItem: 0, refused: 0 },
  };
}

export function meanRate(state: GraphState, count: Count): number {
  return state.totals[count] / state.totals.views;
}

/**
 * What a view of an item is worth beyond everybody's mean before anybody has seen it: the sum of what its tags, creator and
 * sound were worth to everybody (empirical Bayes: an item's own rate is drawn to this, not to the mean of all).
 */
export function groundOf({ items, features }: GraphState, item: number, shrinkage: number): number {
  const { words } = items.features;
  const from = offsetOf(items.features, item);
  const end = from + sizeOf(items.features, item);
  let sum = 0;
  for (let at = from; at < end; at++) {
    const kind = features.kind[words[at]!];
    if (kind === TAG || kind === CREATOR || kind === SOUND)
      sum += commonWorth(features.telling, words[at]!, shrinkage);
  }
  return sum;
}

export function meanRates(state: GraphState): Record<Count, number> {
  return Object.fromEntries(COUNTS.map((name) => [name, meanRate(state, name)])) as Record<Count, number>;
}

/** A tag on more than half of everything is no topic: it says nothing, and is neither capped nor compared. */
const TOPIC_SHARE = 0.5;
const ALWAYS_TOPIC = 5;

export function isTopic({ items, features }: GraphState, tag: number): boolean {
  const alive = items.table.ids.length - items.dropped;
  return sizeOf(features.postings, tag) <= Math.max(ALWAYS_TOPIC, alive * TOPIC_SHARE);
}

export function stateBytes(state: GraphState): number {
  const { items, users, features, labels } = state;
  const columns = [
    items.alive,
    items.durationMs,
    items.publishedAtMs,
    items.counts,
    items.standing,
    items.mass,
    items.newcomerAt,
    users.views,
    users.value,
    users.level,
    users.decayedAt,
    users.day,
    users.dayViews,
    features.kind,
    features.floor,
    features.telling.kinds,
    features.telling.features,
    labels.bins,
    ...rankerColumns(state.ranker),
  ];
  const lists = [
    items.features,
    items.neighbours,
    users.taste,
    users.history,
    users.seen,
    features.postings,
    features.heads,
  ];
  return (
    columns.reduce((sum, column) => sum + column.byteLength, 0) +
    lists.reduce((sum, list) => sum + bytesOf(list), 0)
  );
}
