/**
 * Retrieval on KuaiRand-Pure (Gao et al., CIKM 2022): histories before 2022-04-25, positives from 05-01 that were not
 * in the history, whole catalogue, every fourth user. Popularity and item-kNN are computed on the same users here.
 * `node bench/content-graph-kuairand.ts [folder]`; says so and ends well when the data is absent. Nothing is tuned here.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { createContentGraph, type Tunables } from '../packages/content-graph/content-graph.ts';
import { usualWatchMs } from '../tools/evaluate/kuairand.reader.ts';

const folder = process.argv[2] ?? new URL('../../shared/data/kuairand', import.meta.url).pathname;
const TOP = 20;
const RANK_AT_MS = Date.UTC(2022, 4, 1);
/** Ranks by expected value alone, as a retrieval is judged. */
const BARE: Partial<Tunables> = {
  exploration: 0,
  thompson: 0,
  similarity: 0,
  newViewerViews: 0,
  tagShareEarly: 1,
  tagShareLate: 1,
  creatorShare: 1,
  soundShare: 1,
};

type Sequence = { user: number; lastMs: number; watched: number[]; long: number[]; liked: number[] };

async function readParquet(name: string, columns: string[]): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(`${folder}/${name}.parquet`);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return parquetReadObjects({ file, compressors, columns });
}

const numbers = (value: unknown) => (value as (bigint | number)[]).map(Number);

async function readSequences(): Promise<Sequence[]> {
  const columns = ['user_id', 'last_time_ms', 'watch_seq', 'long_watch_seq', 'like_seq'];
  return (await readParquet('user_sequences', columns)).map((row) => ({
    user: Number(row.user_id),
    lastMs: Number(row.last_time_ms),
    watched: numbers(row.watch_seq),
    long: numbers(row.long_watch_seq),
    liked: numbers(row.like_seq),
  }));
}

function readVideos() {
  const [, ...lines] = readFileSync(`${folder}/videos.csv`, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [id, creator, , uploaded, , , durationMs, , , sound, , tags] = line.split(',');
    return {
      id: id!,
      creator: creator || 'unknown',
      sound: sound ? sound : null,
      tags: tags ? tags.replaceAll('"', '').split(',').filter(Boolean) : [],
      language: null,
      durationMs: Number(durationMs) || 0,
      publishedAtMs: Date.parse(uploaded ?? '') || 0,
    };
  });
}

function fill(sequences: Sequence[], tunables: Partial<Tunables>) {
  const graph = createContentGraph({ seed: 1, tunables });
  const durations = new Map<number, number>();
  for (const video of readVideos()) {
    graph.putItem(video);
    durations.set(Number(video.id), video.durationMs);
  }
  const events: { user: string; item: number; atMs: number; isLong: boolean; isLiked: boolean }[] = [];
  for (const { user, lastMs, watched, long, liked } of sequences) {
    const isLong = new Set(long);
    const isLiked = new Set(liked);
    const inWatched = new Set(watched);
    const order = [...long.filter((item) => !inWatched.has(item)), ...watched];
    for (const [at, item] of order.entries())
      events.push({
        user: `${user}`,
        item,
        atMs: lastMs - (order.length - at) * 30_000,
        isLong: isLong.has(item),
        isLiked: isLiked.has(item),
      });
  }
  events.sort((a, b) => a.atMs - b.atMs);
  const from = performance.now();
  for (const { user, item, atMs, isLong, isLiked } of events) {
    const watchedMs = usualWatchMs(durations.get(item) ?? 0, isLong);
    graph.learn({ user, item: `${item}`, atMs, kind: 'view', watchedMs });
    if (isLiked) graph.learn({ user, item: `${item}`, atMs, kind: 'like' });
  }
  return { graph, eventsPerSecond: Math.round(events.length / ((performance.now() - from) / 1000)) };
}

type Judge = { users: number; recall: number; ndcg: number };

function judge(users: Map<number, Set<number>>, top: (user: number) => number[]): Judge {
  let recall = 0;
  let ndcg = 0;
  for (const [user, positives] of users) {
    let hits = 0;
    let gain = 0;
    for (const [at, item] of top(user).entries()) {
      if (!positives.has(item)) continue;
      hits++;
      gain += 1 / Math.log2(at + 2);
    }
    let ideal = 0;
    for (let at = 0; at < Math.min(TOP, positives.size); at++) ideal += 1 / Math.log2(at + 2);
    recall += hits / positives.size;
    ndcg += gain / ideal;
  }
  const rounded = (sum: number) => Number((sum / users.size).toFixed(4));
  return { users: users.size, recall: rounded(recall), ndcg: rounded(ndcg) };
}

function best(scores: Map<number, number>, seen: Set<number>): number[] {
  return [...scores]
    .filter(([item]) => !seen.has(item))
    .sort((a, b) => b[1] - a[1])
    .slice(0, TOP)
    .map(([item]) => item);
}

/** Cosine over all watches, unshrunk, all neighbours. */
function itemKnn(sequences: Sequence[]) {
  const together = new Map<number, Map<number, number>>();
  const counts = new Map<number, number>();
  for (const { watched } of sequences) {
    const items = [...new Set(watched)];
    for (const a of items) {
      counts.set(a, (counts.get(a) ?? 0) + 1);
      let row = together.get(a);
      if (row === undefined) {
        row = new Map();
        together.set(a, row);
      }
      for (const b of items) if (a !== b) row.set(b, (row.get(b) ?? 0) + 1);
    }
  }
  return (history: Set<number>) => {
    const scores = new Map<number, number>();
    for (const a of history)
      for (const [b, count] of together.get(a) ?? [])
        scores.set(b, (scores.get(b) ?? 0) + count / Math.sqrt(counts.get(a)! * counts.get(b)!));
    return scores;
  };
}

async function main() {
  if (!existsSync(`${folder}/user_sequences.parquet`)) {
    console.log(JSON.stringify({ skipped: 'KuaiRand-Pure is not there' }));
    return;
  }
  const sequences = await readSequences();
  const seenBy = new Map(sequences.map((one) => [one.user, new Set([...one.watched, ...one.long])]));
  const users = new Map<number, Set<number>>();
  for (const row of await readParquet('test', ['user_id', 'video_id', 'is_positive'])) {
    const user = Number(row.user_id);
    const item = Number(row.video_id);
    if (user % 4 !== 0 || Number(row.is_positive) !== 1 || !seenBy.has(user) || seenBy.get(user)!.has(item))
      continue;
    const positives = users.get(user) ?? new Set();
    users.set(user, positives.add(item));
  }
  const popularity = new Map<number, number>();
  for (const { watched } of sequences)
    for (const item of watched) popularity.set(item, (popularity.get(item) ?? 0) + 1);
  const neighbours = itemKnn(sequences);
  const rankWith = (tunables: Partial<Tunables>) => {
    const { graph, eventsPerSecond } = fill(sequences, tunables);
    const judged = judge(users, (user) =>
      graph.rank({ user: `${user}`, atMs: RANK_AT_MS, limit: TOP }).map(({ id }) => Number(id)),
    );
    return { ...judged, eventsPerSecond };
  };
  console.log(
    JSON.stringify({
      protocol: 'recall@20 and ndcg@20, whole catalogue, every fourth user, seen items left out',
      popularity: judge(users, (user) => best(popularity, seenBy.get(user)!)),
      itemKnn: judge(users, (user) => best(neighbours(seenBy.get(user)!), seenBy.get(user)!)),
      contentGraphBare: rankWith(BARE),
      contentGraphPage: rankWith({}),
    }),
  );
}

await main();
