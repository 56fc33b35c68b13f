/**
 * Protocol 1, ranking on KuaiRand: order each user's impressions from 2022-04-29 on by `long_view`.
 * Frozen at 04-28, and prequential (predict, then learn) with the learning delayed. Reference points in the same run.
 * `node tools/evaluate/ranking.protocol.ts [--folder f] [--seeds 5] [--validate] [--without part,part] [--scores f.csv]`
 */
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { copyRanker } from '../../packages/content-graph/models/ranker/ranker.snapshot.ts';
import {
  createRankerState,
  type RankerState,
} from '../../packages/content-graph/models/ranker/ranker.state.ts';
import {
  createPrediction,
  openRanker,
  type RankerOptions,
} from '../../packages/content-graph/models/ranker/ranker.ts';
import { HEAD_AT, type Showing } from '../../packages/content-graph/models/ranker/showing.ts';
import { hasKuairand, KUAIRAND_FOLDER } from './kuairand.reader.ts';
import { type KuairandShowings, readShowings } from './kuairand.showings.ts';
import type { ProtocolResult } from './protocol.ts';
import { calibrationError, meanAndSpread, orderWithinUsers } from './ranking.metrics.ts';

export type RankingOptions = {
  folder?: string;
  seeds?: number;
  /** Learn until 04-26 and measure on 04-27 and 04-28: what may be tuned on. */
  validate?: boolean;
  ranker?: Partial<RankerOptions>;
  /** Hides a part of a showing from the ranker, for an ablation. */
  change?: (showing: Showing) => void;
  withoutPast?: boolean;
  /** Called with the scores of the first seed, in log order. */
  onScores?: (name: string, scores: Float64Array, rows: Int32Array, data: KuairandShowings) => void;
  modes?: string[];
};

/** Counts on what is judged, and lets it shape the vectors; the other heads learn from them. */
export const RANKING_OPTIONS: Partial<RankerOptions> = { counted: 'long', shaping: { long: 1 } };

type Mode = { name: string; availableAt: (row: number) => number; isStrict: boolean };
type Span = { from: number; to: number; learnBefore: number };
const TEST: Span = { from: 20220429, to: 20220508, learnBefore: 20220429 };
const VALIDATION: Span = { from: 20220427, to: 20220428, learnBefore: 20220427 };
const SECOND = 1000;
/** Nothing gives way for want of room. */
const SIZE = { mostCounts: 2 ** 22, mostVectors: 2 ** 18 };

export async function measureRanking(options: RankingOptions = {}): Promise<ProtocolResult> {
  const { folder = KUAIRAND_FOLDER, seeds = 5, validate = false } = options;
  const data = await readShowings(folder);
  const { impressions } = data;
  const { atMs, date, playedMs } = impressions;
  const span = validate ? VALIDATION : TEST;
  const rows = Int32Array.from(
    Array.from({ length: impressions.count }, (_, row) => row).filter(
      (row) => date[row]! >= span.from && date[row]! <= span.to,
    ),
  );
  const delayed = (name: string, delayMs: number): Mode => ({
    name: `prequential, learned ${name}`,
    availableAt: (row: number) => atMs[row]! + delayMs,
    isStrict: false,
  });
  const modes: Mode[] = [
    { name: 'frozen', availableAt: (_row: number) => Number.POSITIVE_INFINITY, isStrict: true },
    delayed('at once', 0),
    {
      name: 'prequential, learned when the watch has ended',
      availableAt: (row: number) => atMs[row]! + playedMs[row]!,
      isStrict: true,
    },
    delayed('after 1 min', 60 * SECOND),
    delayed('after 1 h', 3600 * SECOND),
    delayed('after 24 h', 86_400 * SECOND),
  ].filter(({ name }) => options.modes === undefined || options.modes.some((one) => name.endsWith(one)));
  const measured = new Map<string, { metrics: Record<string, number>[]; seconds: number }>();
  const note = (name: string, scores: Float64Array, promised: Float64Array | null, seconds: number) => {
    const { gauc, ndcg5, primary } = orderWithinUsers(
      at(impressions.user, rows),
      at(impressions.long, rows),
      scores,
    );
    const metrics: Record<string, number> = { primary, gauc, ndcg5 };
    if (promised) metrics.calibrationError = calibrationError(at(impressions.long, rows), promised);
    const entry = measured.get(name) ?? { metrics: [], seconds: 0 };
    entry.metrics.push(metrics);
    entry.seconds += seconds;
    measured.set(name, entry);
  };
  for (const [name, scores] of references(data, rows, span)) note(name, scores, null, 0);
  for (let seed = 1; seed <= seeds; seed++) {
    const begun = performance.now();
    const state = learnBefore(data, span, seed, options);
    const learnedSeconds = (performance.now() - begun) / 1000;
    for (const mode of modes) {
      const from = performance.now();
      const { scores, promised } = replay(data, rows, span, copyRanker(state), mode, options);
      note(mode.name, scores, promised, (performance.now() - from) / 1000 + learnedSeconds);
      if (seed === 1) options.onScores?.(mode.name, scores, rows, data);
    }
  }
  return {
    protocol: validate ? 'ranking, validation' : 'ranking',
    data: 'KuaiRand-Pure',
    setup: {
      rows: rows.length,
      seeds,
      learnedBefore: span.learnBefore,
      past: options.withoutPast ? 0 : data.past.length,
    },
    rows: [...measured].map(([name, { metrics, seconds }]) => summary(name, metrics, seconds)),
    differs: [
      'the challenge’s FM (.5946) learned a larger log from before 04-25; here that is the last fifty watches of each user, without tab and time, and the fresher rows 04-25 … 04-28',
      'the log holds some impressions twice within the same millisecond with the same outcome: learning at once knows the second of them, learning when the watch has ended does not',
      'scores order one user’s items: what is the same for everything shown to a user at that moment by their own past outcomes is left out, as it is on a page',
    ],
  };
}

function at(column: ArrayLike<number>, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => column[row]!);
}

function summary(name: string, metrics: Record<string, number>[], seconds: number) {
  const names = Object.keys(metrics[0]!);
  const of = (pick: 'mean' | 'spread') =>
    Object.fromEntries(
      names.map((metric) => [
        metric,
        Number(meanAndSpread(metrics.map((one) => one[metric]!))[pick].toFixed(5)),
      ]),
    );
  return {
    name,
    metrics: of('mean'),
    ...(metrics.length > 1 ? { spread: of('spread') } : {}),
    seconds: Number((seconds / metrics.length).toFixed(1)),
  };
}

/** Random, the item's smoothed rate, and that with the tab's: two counts anything learned must beat. */
function references(data: KuairandShowings, rows: Int32Array, span: Span): [string, Float64Array][] {
  const { video, tab, long, date, count } = data.impressions;
  const ofItem = createRates();
  const ofTab = createRates();
  for (const watch of data.past) ofItem.add(watch.video, watch.long);
  for (let row = 0; row < count; row++) {
    if (date[row]! >= span.learnBefore) continue;
    ofItem.add(video[row]!, long[row]!);
    ofTab.add(tab[row]!, long[row]!);
  }
  let draw = 20_220_429;
  const random = () => {
    draw = (Math.imul(draw, 1_664_525) + 1_013_904_223) | 0;
    return (draw >>> 0) / 4_294_967_296;
  };
  return [
    ['random', Float64Array.from(rows, random)],
    ['item rate', Float64Array.from(rows, (row) => ofItem.odds(video[row]!))],
    ['item rate + tab', Float64Array.from(rows, (row) => ofItem.odds(video[row]!) + ofTab.odds(tab[row]!))],
  ];
}

function createRates() {
  const counts = new Map<number, [number, number]>();
  let [all, positive] = [10, 3];
  const DOUBT = 10;
  return {
    add(key: number, label: number): void {
      const entry = counts.get(key);
      if (entry) {
        entry[0]++;
        entry[1] += label;
      } else counts.set(key, [1, label]);
      all++;
      positive += label;
    },
    odds(key: number): number {
      const [n, sum] = counts.get(key) ?? [0, 0];
      const rate = (sum + (DOUBT * positive) / all) / (n + DOUBT);
      return Math.log(rate / (1 - rate));
    },
  };
}

function learnBefore(data: KuairandShowings, span: Span, seed: number, options: RankingOptions): RankerState {
  const state = createRankerState(seed, SIZE);
  const ranker = openRanker(state, { ...RANKING_OPTIONS, ...options.ranker });
  const { date, count } = data.impressions;
  if (!options.withoutPast)
    for (const watch of data.past) {
      const showing = data.pastShowing(watch);
      options.change?.(showing);
      ranker.learn(showing, { long: watch.long });
    }
  for (let row = 0; row < count; row++) {
    if (date[row]! >= span.learnBefore) continue;
    const showing = data.showing(row);
    options.change?.(showing);
    ranker.learn(showing, data.outcome(row));
  }
  return state;
}

function replay(
  data: KuairandShowings,
  rows: Int32Array,
  span: Span,
  state: RankerState,
  mode: Mode,
  options: RankingOptions,
): { scores: Float64Array; promised: Float64Array } {
  const ranker = openRanker(state, { ...RANKING_OPTIONS, ...options.ranker });
  const prediction = createPrediction();
  const { atMs, date } = data.impressions;
  const open = rows.filter((row) => date[row]! >= span.learnBefore && Number.isFinite(mode.availableAt(row)));
  const waiting = open.sort((a, b) => mode.availableAt(a) - mode.availableAt(b) || a - b);
  const scores = new Float64Array(rows.length);
  const promised = new Float64Array(rows.length);
  let next = 0;
  rows.forEach((row, place) => {
    for (; next < waiting.length; next++) {
      const learned = waiting[next]!;
      const since = atMs[row]! - mode.availableAt(learned);
      if (since < 0 || (mode.isStrict && since === 0) || (since === 0 && learned >= row)) break;
      const showing = data.showing(learned);
      options.change?.(showing);
      ranker.learn(showing, data.outcome(learned));
    }
    const showing = data.showing(row);
    options.change?.(showing);
    ranker.predict(showing, prediction);
    scores[place] = prediction.order[HEAD_AT.long]!;
    promised[place] = prediction.heads[HEAD_AT.long]!;
  });
  return { scores, promised };
}

/** Parts of a showing that an ablation can hide. */
const HIDE: Record<string, (showing: Showing) => void> = {
  traits: (showing) => {
    showing.traits = [];
  },
  sound: (showing) => {
    showing.sound = -1;
  },
  creator: (showing) => {
    showing.creator = -1;
  },
  tags: (showing) => {
    showing.tags = [];
  },
  user: (showing) => {
    showing.user = -1;
    showing.traits = [];
  },
  surface: (showing) => {
    showing.surface = -1;
  },
};

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', default: KUAIRAND_FOLDER },
      seeds: { type: 'string', default: '5' },
      validate: { type: 'boolean', default: false },
      without: { type: 'string', default: '' },
      modes: { type: 'string' },
      scores: { type: 'string' },
      set: { type: 'string', default: '{}' },
    },
  });
  if (!existsSync(values.folder) || !hasKuairand(values.folder)) {
    console.log(JSON.stringify({ protocol: 'ranking', skipped: `no KuaiRand in ${values.folder}` }));
  } else {
    const without = values.without.split(',').filter(Boolean);
    const result = await measureRanking({
      folder: values.folder,
      seeds: Number(values.seeds),
      validate: values.validate,
      modes: values.modes?.split(';'),
      withoutPast: without.includes('past'),
      ranker: JSON.parse(values.set) as Partial<RankerOptions>,
      change: (showing) => {
        for (const part of without) HIDE[part]?.(showing);
      },
      onScores: (name, scores, rows, { impressions }) => {
        if (!values.scores || name !== (values.modes ? name : 'prequential, learned at once')) return;
        const lines = Array.from(rows, (row, place) => [impressions.logRow[row]!, row, place] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, row, place]) => `${impressions.user[row]},${impressions.long[row]},${scores[place]}`);
        writeFileSync(values.scores, `user_id,long_view,score\n${lines.join('\n')}\n`);
      },
    });
    console.log(JSON.stringify(result, null, 1));
  }
}
