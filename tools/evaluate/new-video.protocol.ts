/**
 * A new video (protocol 7): new videos arrive in a running feed; how many impressions pass until the best tenth of them is
 * found, what it costs, and how many of them are seen at all. A replay: each impression is a draw from the video's own
 * rate (KuaiRand's, smoothed; invented ones of the same spread where the data is absent), the same for every policy.
 * `node tools/evaluate/new-video.protocol.ts [folder]` prints JSON. Tunes nothing.
 */
import { createContentGraph, type Tunables } from '../../packages/content-graph/content-graph.ts';
import { below, type Chance, createChance, normal } from '../simulate/chance.ts';
import { syntheticStatistics } from '../simulate/statistics.ts';
import { hasKuairand, readImpressions } from './kuairand.reader.ts';
import type { ProtocolResult } from './protocol.ts';

const OLD = 400;
const NEW = 400;
const OLD_VIEWS = 100;
const USERS = 2000;
const PAGE = 10;
const PAGES = 8000;
/** New videos arrive over the first part; the rest shows what became of them. */
const ARRIVING = 0.6;
const FOUND = 50;
const REACH = [1, 10, 50, 200];
const DURATION_MS = 15_000;

type Stage = {
  /** Rates of all videos, old ones first. */
  rates: Float64Array;
  /** Page from which a video is there. */
  since: Int32Array;
  /** What happened when this user met this video. */
  isLong(user: number, video: number): boolean;
};

type Policy = {
  name: string;
  arrive(video: number, page: number): void;
  /** Different videos that are there and that the user has not seen. */
  page(user: number, page: number): number[];
  learn(user: number, video: number, isLong: boolean, page: number): void;
};

async function readRates(folder: string | undefined): Promise<number[] | null> {
  if (!hasKuairand(folder)) return null;
  const log = await readImpressions(folder);
  const counts = new Map<number, [views: number, long: number]>();
  let all = 0;
  for (let at = 0; at < log.count; at++) {
    const [views, long] = counts.get(log.video[at]!) ?? [0, 0];
    counts.set(log.video[at]!, [views + 1, long + log.long[at]!]);
    all += log.long[at]!;
  }
  const mean = all / log.count;
  return [...counts.values()]
    .filter(([views]) => views >= 20)
    .map(([views, long]) => (long + 10 * mean) / (views + 10));
}

function openStage(seed: number, known: readonly number[] | null): Stage {
  const chance = createChance(seed);
  const draw = known
    ? () => known[below(chance, known.length)]!
    : () => 1 / (1 + Math.exp(0.8 - normal(chance) * syntheticStatistics.qualitySpread));
  const rates = Float64Array.from({ length: OLD + NEW }, draw);
  const since = Int32Array.from({ length: OLD + NEW }, (_, video) =>
    video < OLD ? 0 : Math.floor(((video - OLD) / NEW) * PAGES * ARRIVING),
  );
  const isLong = (user: number, video: number) =>
    createChance(seed * 31 + user * 7919 + video * 104_729)() < rates[video]!;
  return { rates, since, isLong };
}

/** Counts, and which videos a user may still be shown. */
function createTable() {
  const views = new Float64Array(OLD + NEW);
  const long = new Float64Array(OLD + NEW);
  const seen = Array.from({ length: USERS }, () => new Uint8Array(OLD + NEW));
  const here: number[] = [];
  let mean = 0.3;
  return {
    views,
    here,
    arrive: (video: number) => void here.push(video),
    learn(user: number, video: number, isLong: boolean) {
      views[video]!++;
      if (isLong) long[video]!++;
      mean += ((isLong ? 1 : 0) - mean) * 0.001;
      if (user >= 0) seen[user]![video] = 1;
    },
    rate: (video: number) => (long[video]! + 8 * mean) / (views[video]! + 8),
    plain: (video: number) => long[video]! / views[video]!,
    open: (user: number) => here.filter((video) => seen[user]![video] === 0),
  };
}

function top(videos: readonly number[], count: number, scoreOf: (video: number) => number): number[] {
  return videos
    .map((video) => ({ video, score: scoreOf(video) }))
    .sort((a, b) => b.score - a.score || a.video - b.video)
    .slice(0, count)
    .map((one) => one.video);
}

function uniform(chance: Chance): Policy {
  const table = createTable();
  return {
    ...table,
    name: 'uniform',
    page: (user) => top(table.open(user), PAGE, () => chance()),
  };
}

function epsilonGreedy(chance: Chance, epsilon: number): Policy {
  const table = createTable();
  return {
    ...table,
    name: `ε-greedy (ε ${epsilon})`,
    page(user) {
      const open = top(table.open(user), OLD + NEW, table.rate);
      const page: number[] = [];
      while (page.length < PAGE && open.length > 0)
        page.push(...open.splice(chance() < epsilon ? below(chance, open.length) : 0, 1));
      return page;
    },
  };
}

/** Auer, Cesa-Bianchi and Fischer, 2002: what was never shown comes first. */
function ucb1(): Policy {
  const table = createTable();
  let shown = 1;
  return {
    ...table,
    name: 'UCB1',
    learn(user, video, isLong) {
      table.learn(user, video, isLong);
      shown++;
    },
    page: (user) =>
      top(table.open(user), PAGE, (video) => {
        const views = table.views[video]!;
        if (views === 0) return Number.POSITIVE_INFINITY;
        return table.plain(video) + Math.sqrt((2 * Math.log(shown)) / views);
      }),
  };
}

function contentGraph(name: string, seed: number, tunables: Partial<Tunables>): Policy {
  const graph = createContentGraph({ seed, tunables });
  const atMs = (page: number) => START_MS + page * PAGE_MS;
  return {
    name,
    arrive(video, page) {
      // No tags and a creator of its own: what is measured here is finding out, not guessing from likeness.
      graph.putItem({
        id: `${video}`,
        creator: `creator-${video}`,
        sound: null,
        tags: [],
        language: 'en',
        durationMs: DURATION_MS,
        publishedAtMs: video < OLD ? START_MS - DAY_MS * 40 : atMs(page),
      });
    },
    page: (user, page) =>
      graph
        .rank({ user: `user-${user}`, atMs: atMs(page), limit: PAGE, languages: ['en'] })
        .map((one) => Number(one.id)),
    learn(user, video, isLong, page) {
      graph.learn({
        user: user < 0 ? `before-${-user}` : `user-${user}`,
        item: `${video}`,
        atMs: atMs(page),
        kind: 'view',
        watchedMs: isLong ? DURATION_MS : 1000,
      });
    },
  };
}

const START_MS = 1_800_000_000_000;
const DAY_MS = 86_400_000;
/** The run lasts two weeks: newness is worth something for a few days, as in service. */
const PAGE_MS = (14 * DAY_MS) / PAGES;

/** Earlier views are by others, twenty each: below 0, and nobody's page. */
const strangerOf = (video: number, view: number) =>
  -1 - ((video * 17 + view * 131) % ((OLD * OLD_VIEWS) / 20));

function live(stage: Stage, policy: Policy, seed: number): Record<string, number> {
  const { rates, since, isLong } = stage;
  const chance = createChance(seed + 5);
  for (let video = 0; video < OLD; video++) {
    policy.arrive(video, 0);
    for (let view = 0; view < OLD_VIEWS; view++)
      policy.learn(strangerOf(video, view), video, chance() < rates[video]!, 0);
  }
  const impressions = new Int32Array(OLD + NEW);
  const foundAfter = new Map<number, number>();
  const seen = Array.from({ length: USERS }, () => new Uint8Array(OLD + NEW));
  const byRate = Array.from(rates.keys()).sort((a, b) => rates[b]! - rates[a]!);
  let arrived = OLD;
  let regret = 0;
  let shown = 0;
  let shownNew = 0;
  for (let page = 0; page < PAGES; page++) {
    for (; arrived < OLD + NEW && since[arrived]! <= page; arrived++) policy.arrive(arrived, page);
    const user = below(chance, USERS);
    const ideal: number[] = [];
    for (const video of byRate) {
      if (ideal.length === PAGE) break;
      if (video < arrived && seen[user]![video] === 0) ideal.push(rates[video]!);
    }
    for (const [slot, video] of policy.page(user, page).entries()) {
      regret += ideal[slot]! - rates[video]!;
      shown++;
      seen[user]![video] = 1;
      impressions[video]!++;
      if (video >= OLD) shownNew++;
      if (impressions[video] === FOUND) foundAfter.set(video, shown - since[video]! * PAGE);
      policy.learn(user, video, isLong(user, video), page);
    }
  }
  const fresh = Array.from({ length: NEW }, (_, at) => OLD + at);
  const best = new Set(byRate.filter((video) => video >= OLD).slice(0, NEW / 10));
  const rest = fresh.filter((video) => !best.has(video));
  const reached = (videos: readonly number[], most: number) =>
    videos.filter((video) => impressions[video]! >= most).length / videos.length;
  const waits = [...best]
    .map((video) => foundAfter.get(video) ?? Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
  const median = waits[Math.floor(waits.length / 2)]!;
  return {
    regretPer1000: (1000 * regret) / shown,
    bestTenthFound: reached([...best], FOUND),
    othersFound: reached(rest, FOUND),
    // Never: the length of the run stands for it, which is too little.
    impressionsUntilFoundMedian: Math.min(median, PAGES * PAGE),
    bestTenthMean: mean([...best].map((video) => impressions[video]!)),
    othersMean: mean(rest.map((video) => impressions[video]!)),
    shareOfNew: shownNew / shown,
    ...Object.fromEntries(REACH.map((most) => [`reach${most}`, reached(fresh, most)])),
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
const deviation = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((one) => (one - middle) ** 2)));
};
const rounded = (value: number) => Math.round(value * 1000) / 1000;

export async function measureNewVideo(
  options: { folder?: string; seeds?: number[]; tunables?: Partial<Tunables> } = {},
): Promise<ProtocolResult> {
  const { folder, seeds = [1, 2, 3, 4, 5], tunables = {} } = options;
  const known = await readRates(folder);
  const policies: ((seed: number) => Policy)[] = [
    (seed) => contentGraph('content graph', seed, { newViewerViews: 0, ...tunables }),
    (seed) =>
      contentGraph('content graph without exploration', seed, {
        newViewerViews: 0,
        exploration: 0,
        thompson: 0,
      }),
    (seed) => epsilonGreedy(createChance(seed), 0.1),
    () => ucb1(),
    (seed) => uniform(createChance(seed)),
  ];
  const rows = policies.map((make) => {
    const started = performance.now();
    let name = '';
    const runs = seeds.map((seed) => {
      const policy = make(seed);
      name = policy.name;
      return live(openStage(seed, known), policy, seed);
    });
    const keys = Object.keys(runs[0]!);
    const over = (sum: (values: number[]) => number) =>
      Object.fromEntries(keys.map((key) => [key, rounded(sum(runs.map((run) => run[key]!)))]));
    return {
      name,
      metrics: over(mean),
      spread: over(deviation),
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
  });
  return {
    protocol: '7 new video',
    data: known
      ? `rates of ${known.length} videos of KuaiRand-Pure with 20 impressions or more, smoothed`
      : 'invented rates',
    setup: {
      oldVideos: OLD,
      newVideos: NEW,
      viewsOfOldOnesBefore: OLD_VIEWS,
      viewers: USERS,
      impressions: PAGES * PAGE,
      page: PAGE,
      found: `${FOUND} impressions`,
      seeds,
      spread: 'standard deviation over seeds',
    },
    rows,
    differs: [
      'A replay, not a service: a rate is the same for every viewer, and taste plays no part; viewers see a video once.',
      'Rates were measured on impressions that another service had chosen, so a poor video looks better than it is.',
      'Regret is against the ten best videos the viewer has not seen, known in advance; newness earns the graph nothing here although its tunables give it weight.',
      'Spanning the topics for new viewers is off: videos have no topics here.',
    ],
  };
}

if (import.meta.main)
  console.log(JSON.stringify(await measureNewVideo({ folder: process.argv[2] }), null, 2));
