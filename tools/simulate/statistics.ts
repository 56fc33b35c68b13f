/**
 * What viewers and videos of a simulated world are like: measured on KuaiRand-Pure where it is there, and a set of plain
 * numbers of the same size where it is not. Only sums and quantiles leave the data, never a row.
 *
 * Measured: topics (share of the videos, share of long views), durations, watch shares of long and short views, likes and
 * shares given a long view, how far videos of one topic and how far viewers differ. NOT measured but set: how strongly a
 * viewer loves their topics. The log was personalised already, so what it shows of taste (beyond viewer and video, two
 * views of one topic have a covariance of .004) is what was left over, and would be too little to see a feed learn by.
 */
import { hasKuairand, readImpressions, readVideos } from '../evaluate/kuairand.reader.ts';

export type WorldStatistics = {
  source: 'kuairand' | 'synthetic';
  /** `share` of the videos, and how often a view by somebody who neither loves nor dislikes it is a long one. */
  topics: { tag: string; share: number; longRate: number }[];
  /** At even steps from the least to the most. */
  durationsMs: number[];
  /** Played ÷ duration of long views and of the others, at even steps. */
  longShares: number[];
  shortShares: number[];
  /** Per long view; `hide` per short view of a topic that the viewer dislikes. */
  rates: { like: number; share: number; follow: number; hide: number };
  /** Standard deviations in log odds of a long view: between videos of one topic, and between viewers. */
  qualitySpread: number;
  moodSpread: number;
};

const SYNTHETIC_TOPICS = [
  ...['animals', 'art', 'books', 'dance', 'food', 'games'],
  ...['garden', 'music', 'sport', 'style', 'travel', 'work'],
];

export const syntheticStatistics: WorldStatistics = {
  source: 'synthetic',
  topics: SYNTHETIC_TOPICS.map((tag, at) => ({ tag, share: 1 / 12, longRate: 0.26 + 0.01 * (at % 5) })),
  durationsMs: [6000, 9000, 12_000, 15_000, 20_000, 28_000, 40_000, 60_000],
  longShares: [0.5, 0.75, 0.95, 1, 1.03, 1.1, 1.6],
  shortShares: [0, 0.01, 0.03, 0.06, 0.12, 0.3, 0.45],
  rates: { like: 0.12, share: 0.01, follow: 0.01, hide: 0.02 },
  qualitySpread: 0.6,
  moodSpread: 0.55,
};

const STEPS = 20;
/** Of longer videos a phone's viewer sees a part: they would make every simulated visit last an hour. */
const LONGEST_MS = 60_000;
const SHORTEST_MS = 5000;
/** Smaller topics are too small to be anybody's main taste in a catalogue of hundreds. */
const LEAST_TOPIC_SHARE = 0.02;

export async function readStatistics(folder?: string): Promise<WorldStatistics> {
  if (!hasKuairand(folder)) return syntheticStatistics;
  const log = await readImpressions(folder);
  const videos = readVideos(folder);
  const topicOf = (video: number) => videos[video]?.tags[0] ?? null;
  const shown = new Map<string, { views: number; long: number; videos: Set<number> }>();
  const durations: number[] = [];
  const long: number[] = [];
  const short: number[] = [];
  const deeds = { long: 0, like: 0, share: 0, follow: 0 };
  for (let at = 0; at < log.count; at++) {
    const durationMs = log.durationMs[at]!;
    const topic = topicOf(log.video[at]!);
    if (topic === null || durationMs < SHORTEST_MS || durationMs > LONGEST_MS) continue;
    const one = shown.get(topic) ?? { views: 0, long: 0, videos: new Set() };
    shown.set(topic, one);
    one.views++;
    one.long += log.long[at]!;
    one.videos.add(log.video[at]!);
    durations.push(durationMs);
    // Played in the background, some views have hundreds of runs; a meter of ours stops at ten.
    (log.long[at] ? long : short).push(Math.min(10, log.playedMs[at]! / durationMs));
    if (!log.long[at]) continue;
    deeds.long++;
    deeds.like += log.liked[at]!;
    deeds.share += log.shared[at]!;
    deeds.follow += log.followed[at]!;
  }
  const all = [...shown.values()].reduce((sum, one) => sum + one.videos.size, 0);
  const large = [...shown].filter(([, one]) => one.videos.size / all >= LEAST_TOPIC_SHARE);
  const kept = large.reduce((sum, [, one]) => sum + one.videos.size, 0);
  return {
    source: 'kuairand',
    topics: large.map(([tag, one]) => ({
      tag: `topic${tag}`,
      share: one.videos.size / kept,
      longRate: one.long / one.views,
    })),
    durationsMs: quantiles(durations),
    longShares: quantiles(long),
    shortShares: quantiles(short),
    rates: {
      like: deeds.like / deeds.long,
      share: deeds.share / deeds.long,
      follow: deeds.follow / deeds.long,
      hide: syntheticStatistics.rates.hide,
    },
    ...spreads(log, topicOf),
  };
}

function quantiles(values: number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return Array.from(
    { length: STEPS + 1 },
    (_, at) => sorted[Math.round((at / STEPS) * (sorted.length - 1))]!,
  );
}

const LEAST_VIEWS = 20;

/** Variance of rates beyond what counting few views gives, brought from probabilities to log odds. */
function spreads(
  log: Awaited<ReturnType<typeof readImpressions>>,
  topicOf: (video: number) => string | null,
): Pick<WorldStatistics, 'qualitySpread' | 'moodSpread'> {
  const mean = log.long.reduce((sum, one) => sum + one, 0) / log.count;
  const spreadOf = (keyOf: (at: number) => number, baseOf: (key: number) => number) => {
    const counts = new Map<number, [views: number, long: number]>();
    for (let at = 0; at < log.count; at++) {
      const count = counts.get(keyOf(at)) ?? [0, 0];
      counts.set(keyOf(at), [count[0] + 1, count[1] + log.long[at]!]);
    }
    let sum = 0;
    let known = 0;
    for (const [key, [views, long]] of counts) {
      if (views < LEAST_VIEWS) continue;
      const base = baseOf(key);
      sum += (long / views - base) ** 2 - (base * (1 - base)) / views;
      known++;
    }
    return Math.sqrt(Math.max(0, sum / Math.max(1, known))) / (mean * (1 - mean));
  };
  const byTopic = new Map<string | null, [views: number, long: number]>();
  for (let at = 0; at < log.count; at++) {
    const topic = topicOf(log.video[at]!);
    const count = byTopic.get(topic) ?? [0, 0];
    byTopic.set(topic, [count[0] + 1, count[1] + log.long[at]!]);
  }
  return {
    qualitySpread: spreadOf(
      (at) => log.video[at]!,
      (video) => {
        const [views, long] = byTopic.get(topicOf(video))!;
        return long / views;
      },
    ),
    moodSpread: spreadOf(
      (at) => log.user[at]!,
      () => mean,
    ),
  };
}
