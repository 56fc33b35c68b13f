/** The graph's state to bytes and back. Both functions name the sections in the same order. */

import { copyRanker, rankerColumns, readRankerColumns } from '../models/ranker/ranker.snapshot.ts';
import type { NumberArray } from './columns.ts';
import { createGraphState, type GraphState } from './graph-state.ts';
import type { IdTable } from './id-table.ts';
import { COUNT_WIDTH, COUNTS } from './items.ts';
import type { Lists } from './lists.ts';
import {
  closeSnapshot,
  openSnapshot,
  readColumn,
  readLists,
  readTable,
  SnapshotError,
  type SnapshotWriter,
  type Steps,
  writeColumn,
  writeLists,
  writeTable,
} from './snapshot-bytes.ts';
import { FEATURE_WIDTH as TELLING_WIDTH } from './telling.ts';

/**
 * What `writeSnapshot` reads, copied at one moment (memory to memory, nothing is encoded): the graph may go on
 * learning while the bytes are written.
 */
export function copyForSnapshot(state: GraphState): GraphState {
  const columns = <Part extends object>(part: Part): Part =>
    Object.fromEntries(Object.entries(part).map(([name, value]) => [name, copiedColumn(value)])) as Part;
  const { labels, totals, events } = state;
  const { telling, ...features } = state.features;
  return {
    ...state,
    totals: { ...totals },
    events: { ...events },
    labels: columns(labels),
    ranker: copyRanker(state.ranker),
    items: columns(state.items),
    users: columns(state.users),
    features: { ...columns(features), telling: columns(telling) },
  };
}

/** A typed array, a list of rows, an id table or lists; of the last two only what is written. */
function copiedColumn(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return (value as NumberArray).slice();
  if (Array.isArray(value)) return value.slice();
  if (typeof value !== 'object' || value === null) return value;
  if ('rowOf' in value) return { ...value, ids: (value as IdTable).ids.slice() };
  const { words, used, start, size } = value as Lists;
  return { ...value, words: words.slice(0, used), start: start.slice(), size: size.slice() };
}

export function* writeSnapshot(state: GraphState): Steps<Uint8Array> {
  const { items, users, features, labels, totals, events } = state;
  const writer: SnapshotWriter = { sections: [] };
  const numbers = [
    state.latestSeconds,
    state.coLandmarkSeconds,
    items.dropped,
    events.learned,
    events.unknownItem,
    events.refused,
    ...COUNTS.map((name) => totals[name]),
  ];
  writeColumn(writer, Float64Array.from(numbers), numbers.length);
  writeColumn(writer, labels.bins, labels.bins.length);
  writeColumn(writer, labels.totals, labels.totals.length);

  const featureCount = features.table.ids.length;
  yield* writeTable(writer, features.table);
  writeColumn(writer, features.kind, featureCount);
  writeColumn(writer, features.floor, featureCount);
  writeColumn(writer, features.telling.kinds, features.telling.kinds.length);
  writeColumn(writer, features.telling.features, featureCount * TELLING_WIDTH);
  yield* writeLists(writer, features.postings, featureCount);
  yield* writeLists(writer, features.heads, featureCount);
  writeColumn(writer, Int32Array.from(features.largestTags), features.largestTags.length);

  const itemCount = items.table.ids.length;
  yield* writeTable(writer, items.table);
  writeColumn(writer, items.alive, itemCount);
  writeColumn(writer, items.durationMs, itemCount);
  writeColumn(writer, items.publishedAtMs, itemCount);
  writeColumn(writer, items.counts, itemCount * COUNT_WIDTH);
  writeColumn(writer, items.standing, itemCount);
  writeColumn(writer, items.mass, itemCount);
  writeColumn(writer, items.newcomerAt, itemCount);
  writeColumn(writer, Int32Array.from(items.newcomers), items.newcomers.length);
  yield* writeLists(writer, items.features, itemCount);
  yield* writeLists(writer, items.neighbours, itemCount);

  const userCount = users.table.ids.length;
  yield* writeTable(writer, users.table);
  writeColumn(writer, users.views, userCount);
  writeColumn(writer, users.value, userCount);
  writeColumn(writer, users.level, userCount);
  writeColumn(writer, users.decayedAt, userCount);
  writeColumn(writer, users.day, userCount);
  writeColumn(writer, users.dayViews, userCount);
  yield* writeLists(writer, users.taste, userCount);
  yield* writeLists(writer, users.history, userCount);
  yield* writeLists(writer, users.seen, userCount);

  for (const column of rankerColumns(state.ranker)) writeColumn(writer, column, column.length);
  return yield* closeSnapshot(writer);
}

/** Throws SnapshotError. */
export function readSnapshot(bytes: Uint8Array): GraphState {
  const reader = openSnapshot(bytes);
  const state = createGraphState();
  const { items, users, features, labels, totals, events } = state;
  const [latest, landmark, dropped, learned, unknownItem, refused, ...sums] = readColumn(
    reader,
    Float64Array,
  );
  if (sums.length !== COUNTS.length) throw new SnapshotError('corrupt', 'the sums do not fit this version');
  state.latestSeconds = latest!;
  state.coLandmarkSeconds = landmark!;
  items.dropped = dropped!;
  Object.assign(events, { learned, unknownItem, refused });
  for (const [at, name] of COUNTS.entries()) totals[name] = sums[at]!;
  labels.bins = readColumn(reader, Float64Array);
  labels.totals = readColumn(reader, Float64Array);

  features.table = readTable(reader);
  features.kind = readColumn(reader, Uint8Array);
  features.floor = readColumn(reader, Float64Array);
  features.telling = { kinds: readColumn(reader, Float64Array), features: readColumn(reader, Float64Array) };
  features.postings = readLists(reader, 1);
  features.heads = readLists(reader, 1);
  features.largestTags = Array.from(readColumn(reader, Int32Array));

  items.table = readTable(reader);
  items.alive = readColumn(reader, Uint8Array);
  items.durationMs = readColumn(reader, Float64Array);
  items.publishedAtMs = readColumn(reader, Float64Array);
  items.counts = readColumn(reader, Float32Array);
  items.standing = readColumn(reader, Float64Array);
  items.mass = readColumn(reader, Float64Array);
  items.newcomerAt = readColumn(reader, Int32Array);
  items.newcomers = Array.from(readColumn(reader, Int32Array));
  items.features = readLists(reader, 1);
  items.neighbours = readLists(reader, 2);

  users.table = readTable(reader);
  users.views = readColumn(reader, Float64Array);
  users.value = readColumn(reader, Float64Array);
  users.level = readColumn(reader, Float64Array);
  users.decayedAt = readColumn(reader, Float64Array);
  users.day = readColumn(reader, Int32Array);
  users.dayViews = readColumn(reader, Int32Array);
  users.taste = readLists(reader, 3);
  users.history = readLists(reader, 3);
  users.seen = readLists(reader, 1);

  state.ranker = readRankerColumns((like) =>
    readColumn(reader, like.constructor as new (buffer: ArrayBuffer) => typeof like),
  );
  return state;
}
