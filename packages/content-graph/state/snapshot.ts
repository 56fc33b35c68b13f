/** The graph's state to bytes and back. Both functions name the sections in the same order. */
import { createGraphState, type GraphState } from './graph-state.ts';
import { COUNTS } from './items.ts';
import {
  closeSnapshot,
  openSnapshot,
  readColumn,
  readLists,
  readTable,
  SnapshotError,
  type SnapshotWriter,
  writeColumn,
  writeLists,
  writeTable,
} from './snapshot-bytes.ts';

export function writeSnapshot(state: GraphState): Uint8Array {
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
  writeTable(writer, features.table);
  writeColumn(writer, features.kind, featureCount);
  writeColumn(writer, features.floor, featureCount);
  writeLists(writer, features.postings, featureCount);
  writeLists(writer, features.heads, featureCount);
  writeColumn(writer, Int32Array.from(features.largestTags), features.largestTags.length);

  const itemCount = items.table.ids.length;
  writeTable(writer, items.table);
  writeColumn(writer, items.alive, itemCount);
  writeColumn(writer, items.durationMs, itemCount);
  writeColumn(writer, items.publishedAtMs, itemCount);
  for (const name of COUNTS) writeColumn(writer, items[name], itemCount);
  writeColumn(writer, items.standing, itemCount);
  writeColumn(writer, items.mass, itemCount);
  writeColumn(writer, items.newcomerAt, itemCount);
  writeColumn(writer, Int32Array.from(items.newcomers), items.newcomers.length);
  writeLists(writer, items.features, itemCount);
  writeLists(writer, items.neighbours, itemCount);

  const userCount = users.table.ids.length;
  writeTable(writer, users.table);
  writeColumn(writer, users.views, userCount);
  writeColumn(writer, users.value, userCount);
  writeColumn(writer, users.decayedAt, userCount);
  writeColumn(writer, users.day, userCount);
  writeColumn(writer, users.dayViews, userCount);
  writeLists(writer, users.taste, userCount);
  writeLists(writer, users.history, userCount);
  writeLists(writer, users.seen, userCount);
  return closeSnapshot(writer);
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
  features.postings = readLists(reader, 1);
  features.heads = readLists(reader, 1);
  features.largestTags = Array.from(readColumn(reader, Int32Array));

  items.table = readTable(reader);
  items.alive = readColumn(reader, Uint8Array);
  items.durationMs = readColumn(reader, Float64Array);
  items.publishedAtMs = readColumn(reader, Float64Array);
  for (const name of COUNTS) items[name] = readColumn(reader, Float32Array);
  items.standing = readColumn(reader, Float64Array);
  items.mass = readColumn(reader, Float64Array);
  items.newcomerAt = readColumn(reader, Int32Array);
  items.newcomers = Array.from(readColumn(reader, Int32Array));
  items.features = readLists(reader, 1);
  items.neighbours = readLists(reader, 2);

  users.table = readTable(reader);
  users.views = readColumn(reader, Float64Array);
  users.value = readColumn(reader, Float64Array);
  users.decayedAt = readColumn(reader, Float64Array);
  users.day = readColumn(reader, Int32Array);
  users.dayViews = readColumn(reader, Int32Array);
  users.taste = readLists(reader, 3);
  users.history = readLists(reader, 3);
  users.seen = readLists(reader, 1);
  return state;
}
