/**
 * Retrieval (protocol 3): KuaiRand-Pure, histories before 2022-04-25, positives from 05-01 that were not in the history,
 * the whole catalogue. People: the first 4,000 ids with a history and a positive, of whom 3,982 have a new positive.
 * Weights are learned on the last fifth of the histories; nothing after 04-25 is looked at before the test.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { HeldOut } from '../../packages/content-graph/models/retrieval/blend.ts';
import type { ItemContent } from '../../packages/content-graph/models/retrieval/content.ts';
import {
  type Interactions,
  interactionsOf,
} from '../../packages/content-graph/models/retrieval/interactions.ts';
import type { PartName } from '../../packages/content-graph/models/retrieval/parts.ts';
import { trainRetrieval } from '../../packages/content-graph/models/retrieval/retrieval.ts';
import { ease, itemKnn, popularity } from './baselines.ts';
import { byRetrieval, byScorer, type Case, type Contender, judge, timed } from './full-ranking.ts';
import { KUAIRAND_FOLDER, readVideos } from './kuairand.reader.ts';
import type { ProtocolResult } from './protocol.ts';

const PEOPLE = 4000;
/** The sequences have one time per person, of the last watch; the steps between are not known. */
const STEP_MS = 30_000;

export const hasSequences = (folder: string = KUAIRAND_FOLDER) =>
  existsSync(`${folder}/user_sequences.parquet`) && existsSync(`${folder}/test.parquet`);

type Sequence = { user: number; lastMs: number; watched: number[]; long: number[] };

async function readRows(folder: string, name: string, columns: string[]): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(`${folder}/${name}.parquet`);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return parquetReadObjects({ file, compressors, columns });
}
const numbers = (value: unknown) => (value as (bigint | number)[]).map(Number);

async function readSequences(folder: string): Promise<Sequence[]> {
  const columns = ['user_id', 'last_time_ms', 'watch_seq', 'long_watch_seq'];
  return (await readRows(folder, 'user_sequences', columns)).map((row) => ({
    user: Number(row.user_id),
    lastMs: Number(row.last_time_ms),
    watched: numbers(row.watch_seq),
    long: numbers(row.long_watch_seq),
  }));
}

async function readPositives(folder: string): Promise<Map<number, Set<number>>> {
  const wanted = new Map<number, Set<number>>();
  for (const row of await readRows(folder, 'test', ['user_id', 'video_id', 'is_positive'])) {
    if (Number(row.is_positive) !== 1) continue;
    const user = Number(row.user_id);
    const mine = wanted.get(user) ?? new Set();
    wanted.set(user, mine.add(Number(row.video_id)));
  }
  return wanted;
}

/** Long watches that have fallen out of the last fifty come before them. */
function orderOf({ watched, long }: Sequence): Int32Array {
  const inWatched = new Set(watched);
  return Int32Array.from([...long.filter((item) => !inWatched.has(item)), ...watched]);
}

function logOf(
  rows: readonly Int32Array[],
  sequences: readonly Sequence[],
  items: number,
  onlyLong: boolean,
): Interactions {
  const user: number[] = [];
  const item: number[] = [];
  const at: number[] = [];
  for (const [one, row] of rows.entries()) {
    const { lastMs, long } = sequences[one]!;
    const isLong = new Set(long);
    for (const [place, video] of row.entries()) {
      if (onlyLong && !isLong.has(video)) continue;
      user.push(one);
      item.push(video);
      at.push(lastMs - (row.length - place) * STEP_MS);
    }
  }
  return interactionsOf({
    users: rows.length,
    items,
    user: Int32Array.from(user),
    item: Int32Array.from(item),
    at: Float64Array.from(at),
  });
}

/** Creator, sound and tags as words. */
function contentOf(folder: string): { items: number; content: ItemContent } {
  const videos = readVideos(folder);
  const words = videos.map((video) =>
    video ? [`by:${video.creator}`, `sound:${video.sound}`, ...video.tags.map((tag) => `tag:${tag}`)] : [],
  );
  return { items: videos.length, content: { words: (item) => words[item] ?? [] } };
}

export async function measureRetrieval(
  options: { folder?: string; seeds?: number[]; head?: number; without?: readonly PartName[] } = {},
): Promise<ProtocolResult> {
  const { folder = KUAIRAND_FOLDER, seeds = [1], head = 2000, without } = options;
  const sequences = await readSequences(folder);
  const { items, content } = contentOf(folder);
  const rows = sequences.map(orderOf);
  const early = rows.map((row) =>
    row.subarray(0, row.length < 10 ? row.length : Math.ceil(row.length * 0.8)),
  );
  const heldOut: HeldOut[] = rows.flatMap((row, one) => {
    const history = early[one]!.slice();
    const known = new Set(history);
    const isLong = new Set(sequences[one]!.long);
    const late = row.subarray(history.length).filter((item) => isLong.has(item) && !known.has(item));
    const wanted = Int32Array.from(new Set(late));
    return wanted.length > 0 ? [{ history, value: null, at: null, wanted }] : [];
  });
  const positives = await readPositives(folder);
  const asked = sequences
    .map((sequence, one) => ({ user: sequence.user, one }))
    .filter(({ user }) => positives.has(user))
    .sort((a, b) => a.user - b.user)
    .slice(0, PEOPLE);
  const cases: Case[] = asked.flatMap(({ user, one }) => {
    const known = new Set(rows[one]);
    const wanted = new Set([...positives.get(user)!].filter((item) => !known.has(item)));
    return wanted.size > 0 ? [{ history: rows[one]!, value: null, at: null, wanted }] : [];
  });
  const judging = { items, ks: [10, 20] };
  const whole = logOf(rows, sequences, items, false);
  const long = logOf(rows, sequences, items, true);
  const longCases = new Map(cases.map((one, at) => [one, at]));
  const isLongOf = asked.flatMap(({ user, one }) =>
    [...positives.get(user)!].some((item) => !rows[one]!.includes(item))
      ? [new Set(sequences[one]!.long)]
      : [],
  );
  const onLong = (contender: Contender): Contender => ({
    ...contender,
    fill: (one, out) =>
      contender.fill(
        { ...one, history: one.history.filter((item) => isLongOf[longCases.get(one)!]!.has(item)) },
        out,
      ),
  });
  const fits = [
    timed(() => byScorer('popularity', popularity(whole))),
    timed(() => byScorer('item-kNN', itemKnn(whole))),
    timed(() => byScorer('popularity, long watches only', popularity(long))),
    timed(() => onLong(byScorer('item-kNN, long watches only', itemKnn(long)))),
    ...(head > 0 ? [timed(() => byScorer(`EASE, head of ${head}`, ease(whole, head)))] : []),
  ];
  const contenders: Contender[] = fits.map(({ made, seconds }) => ({ ...made, seconds }));
  const setup: Record<string, unknown> = { people: cases.length, items, events: whole.item.length };
  for (const seed of seeds) {
    const log = logOf(early, sequences, items, false);
    const { made, seconds } = timed(() =>
      trainRetrieval(log, { seed, ablate: true, heldOut, whole, content, without }),
    );
    contenders.push(
      byRetrieval(seeds.length > 1 ? `content-graph, seed ${seed}` : 'content-graph', made, seconds),
    );
    setup[`learned.seed${seed}`] = made.learned;
  }
  return {
    protocol: '3 retrieval',
    data: 'KuaiRand-Pure',
    setup,
    rows: contenders.map((contender) => judge(contender, cases, judging)),
    differs: [
      'which 3,982 people the anchor asked is not written down; the first 4,000 ids with a history and a positive give 3,982 with a positive that is new',
      "the anchor's item-kNN is nearest to the one on long watches only; all watches make a stronger baseline, and that is the one to beat",
    ],
  };
}
