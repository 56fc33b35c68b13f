/** What the graph knows of an item, as the ranker wants it. The one place where serving and learning describe a showing. */

import type { Showing } from '../models/ranker/showing.ts';
import { CREATOR, LANGUAGE, SOUND, TAG } from '../state/features.ts';
import type { GraphState } from '../state/graph-state.ts';
import { offsetOf, sizeOf } from '../state/lists.ts';

export function createShowing(): Showing & { tags: number[] } {
  return {
    user: -1,
    traits: [],
    item: -1,
    creator: -1,
    sound: -1,
    language: -1,
    tags: [],
    surface: 0,
    durationMs: 0,
    publishedAtMs: 0,
    atMs: 0,
  };
}

/** Writes everything that belongs to the item; user and moment are the caller's. */
export function describeShowing(state: GraphState, item: number, into: Showing & { tags: number[] }): void {
  const { items, features } = state;
  into.item = item;
  into.creator = -1;
  into.sound = -1;
  into.language = -1;
  into.tags.length = 0;
  into.durationMs = items.durationMs[item]!;
  into.publishedAtMs = items.publishedAtMs[item]!;
  const from = offsetOf(items.features, item);
  const end = from + sizeOf(items.features, item);
  for (let at = from; at < end; at++) {
    const feature = items.features.words[at]!;
    const kind = features.kind[feature];
    if (kind === TAG) into.tags.push(feature);
    else if (kind === CREATOR) into.creator = feature;
    else if (kind === SOUND) into.sound = feature;
    else if (kind === LANGUAGE) into.language = feature;
  }
}
