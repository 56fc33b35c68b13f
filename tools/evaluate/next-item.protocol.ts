/**
 * Next item, full ranking (protocol 4): Toys as cut by the authors of S3-Rec; the last item of everyone is wanted, all
 * items not met before are ranked. Weights are learned on the last but one. The data has no content and no times.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { HeldOut } from '../../packages/content-graph/models/retrieval/blend.ts';
import { interactionsOf } from '../../packages/content-graph/models/retrieval/interactions.ts';
import type { PartName } from '../../packages/content-graph/models/retrieval/parts.ts';
import { trainRetrieval } from '../../packages/content-graph/models/retrieval/retrieval.ts';
import { ease, itemKnn, popularity } from './baselines.ts';
import { byRetrieval, byScorer, type Case, judge, timed } from './full-ranking.ts';
import type { ProtocolResult } from './protocol.ts';

export const TOYS_FILE = new URL('../../../shared/data/toys/sequences.txt', import.meta.url).pathname;
export const hasToys = (file: string = TOYS_FILE) => existsSync(file);

export function readToys(file: string = TOYS_FILE): Int32Array[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Int32Array.from(line.trim().split(/\s+/).slice(1), Number));
}

export function logOf(rows: readonly Int32Array[], items: number) {
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  const user = new Int32Array(count);
  const item = new Int32Array(count);
  let at = 0;
  for (const [one, row] of rows.entries()) {
    user.fill(one, at, at + row.length);
    item.set(row, at);
    at += row.length;
  }
  return interactionsOf({ users: rows.length, items, user, item });
}

const plain = { value: null, at: null };

export async function measureNextItem(
  options: { file?: string; seeds?: number[]; head?: number; without?: readonly PartName[] } = {},
): Promise<ProtocolResult> {
  const { file, seeds = [1], head = 2000, without } = options;
  const rows = readToys(file);
  const items = rows.reduce((most, row) => row.reduce((own, item) => Math.max(own, item), most), 0) + 1;
  const before = (back: number) => rows.map((row) => row.subarray(0, row.length - back));
  const log = logOf(before(2), items);
  const whole = logOf(before(1), items);
  const heldOut: HeldOut[] = rows.map((row) => ({
    ...plain,
    history: row.slice(0, -2),
    wanted: row.slice(-2, -1),
  }));
  const cases: Case[] = rows.map((row) => ({
    ...plain,
    history: row.slice(0, -1),
    wanted: new Set(row.slice(-1)),
  }));
  const judging = { items, ks: [10, 20] };
  const contenders = [
    timed(() => ({ name: 'popularity', scorer: popularity(whole) })),
    timed(() => ({ name: 'item-kNN', scorer: itemKnn(whole) })),
    ...(head > 0 ? [timed(() => ({ name: `EASE, head of ${head}`, scorer: ease(whole, head) }))] : []),
  ].map(({ made, seconds }) => byScorer(made.name, made.scorer, seconds));
  const setup: Record<string, unknown> = { people: rows.length, items: items - 1, events: whole.item.length };
  for (const seed of seeds) {
    const { made, seconds } = timed(() =>
      trainRetrieval(log, { seed, ablate: true, heldOut, whole, without }),
    );
    contenders.push(
      byRetrieval(seeds.length > 1 ? `content-graph, seed ${seed}` : 'content-graph', made, seconds),
    );
    setup[`learned.seed${seed}`] = made.learned;
  }
  return {
    protocol: '4 next item, full ranking',
    data: 'Amazon Toys & Games as cut by the authors of S3-Rec',
    setup,
    rows: contenders.map((contender) => judge(contender, cases, judging)),
    differs: [
      'weights and fades are learned on the last but one item, then parts are fitted again with it; the anchor reads it as input at the test and does not train on it as a target',
      'the anchor is a network trained by its authors; no part here is one, and its figures are taken from the paper, not run again',
    ],
  };
}
