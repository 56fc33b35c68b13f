/**
 * The content graph at one size, as it serves: time of a page of 20, memory, events a second, with the ranker and a forecast
 * that a worker thread fits on what was learned. `node --expose-gc bench/graph-size.ts [--items 1000000] [--viewers 100000]
 * [--pages 4000] [--no-forecast]` prints JSON, and on the way where it is; targets: p99 under 10 ms and 1.5 GB at a million
 * items, 10,000 events a second on one core. tools/evaluate/serving.protocol.ts draws the curve.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import {
  type ContentGraph,
  createContentGraph,
  type FittedForecast,
  type Lessons,
  type RankRequest,
} from '../packages/content-graph/content-graph.ts';
import { buffersOf } from '../server/domains/recommend/buffers.rules.ts';
import { below, createChance } from '../tools/simulate/chance.ts';

export type GraphSize = { setup: Record<string, unknown>; metrics: Record<string, number> };

const TOPICS = 400;
const START_MS = 1_800_000_000_000;
const DAY_MS = 86_400_000;
const FEW_VIEWS = 10;
const MANY_VIEWS = 40;
const MANY_EVERY = 10;
const WARM_PAGES = 200;
const AGAIN = 5;

type Wish = { items: number; viewers: number; pages: number; forecast: boolean };

export async function measureGraphSize({ items, viewers, pages, forecast }: Wish): Promise<GraphSize> {
  const chance = createChance(7);
  /** A tenth of the rows gets about half of the draws. */
  const skewed = (count: number) => Math.floor(count * chance() ** 3);
  const graph = createContentGraph({ seed: 1 });
  const topicOf = new Int32Array(items);
  const byTopic: number[][] = Array.from({ length: TOPICS }, () => []);
  const putStarted = cpuMs();
  for (let at = 0; at < items; at++) {
    const topic = skewed(TOPICS);
    topicOf[at] = topic;
    byTopic[topic]!.push(at);
    graph.putItem({
      id: idOf('video', at),
      creator: idOf('maker', skewed(items / 10)),
      sound: chance() < 0.7 ? idOf('sound', skewed(items / 20)) : null,
      tags: [`topic-${topic}`, `tag-${skewed(20_000)}`, `tag-${skewed(20_000)}`],
      language: chance() < 0.6 ? 'en' : 'de',
      durationMs: 5000 + below(chance, 55_000),
      // As a catalogue is read: oldest first.
      publishedAtMs: START_MS - Math.floor((1 - at / items) * 90 * DAY_MS),
    });
  }
  const putSeconds = (cpuMs() - putStarted) / 1000;
  tell(`${items} items put`);

  const tastes = Int32Array.from({ length: viewers * 3 }, () => skewed(TOPICS));
  const learnStarted = performance.now();
  const learnCpu = cpuMs();
  let events = 0;
  for (let round = 0; round < MANY_VIEWS; round++) {
    for (let viewer = 0; viewer < viewers; viewer++) {
      if (round >= FEW_VIEWS && viewer % MANY_EVERY !== 0) continue;
      const own = byTopic[tastes[viewer * 3 + (round % 3)]!]!;
      const item = chance() < 0.5 && own.length > 0 ? own[skewed(own.length)]! : skewed(items);
      const isEnjoyed = tastes.subarray(viewer * 3, viewer * 3 + 3).includes(topicOf[item]!);
      const about = {
        user: idOf('viewer', viewer),
        item: idOf('video', item),
        atMs: START_MS + round * 60_000,
      };
      graph.learn({ ...about, kind: 'view', watchedMs: isEnjoyed ? 60_000 : chance() * 4000 });
      events++;
      if (!isEnjoyed || chance() > 0.2) continue;
      graph.learn({ ...about, kind: 'like' });
      events++;
    }
    if ((round + 1) % FEW_VIEWS === 0) tell(`${events} events learned`);
  }
  const learnSeconds = (performance.now() - learnStarted) / 1000;
  const learnCpuSeconds = (cpuMs() - learnCpu) / 1000;

  const fit = forecast ? await fitAndAdopt(graph) : null;
  const page = measurePages(graph, { chance, skewed, viewers, items, pages });
  tell(`${pages} pages ranked`);

  // A viewer watches while pages are served: what one page's events cost.
  const lateStarted = cpuMs();
  const late = Math.min(20_000, events);
  for (let event = 0; event < late; event++)
    graph.learn({
      user: idOf('viewer', below(chance, viewers)),
      item: idOf('video', skewed(items)),
      atMs: START_MS + 7_200_000,
      kind: 'view',
      watchedMs: chance() * 30_000,
    });
  const lateSeconds = (cpuMs() - lateStarted) / 1000;
  const peakMegabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
  globalThis.gc?.();
  const memory = process.memoryUsage();
  const { bytes } = graph.stats();
  return {
    setup: {
      events,
      viewsOfOneInTen: MANY_VIEWS,
      viewsOfTheOthers: FEW_VIEWS,
      pages: page.count,
      newViewersAmongThem: 0.1,
      collected: globalThis.gc !== undefined,
    },
    metrics: {
      ...page.metrics,
      ...fit,
      eventsPerSecond: Math.round(events / learnSeconds),
      eventsPerCpuSecond: Math.round(events / learnCpuSeconds),
      eventsPerCpuSecondWhenFull: Math.round(late / lateSeconds),
      itemsPutPerCpuSecond: Math.round(items / putSeconds),
      residentMegabytes: Math.round(memory.rss / 1e6),
      residentMegabytesAtMost: Math.round(peakMegabytes),
      heapMegabytes: Math.round(memory.heapUsed / 1e6),
      arraysMegabytes: Math.round(bytes / 1e6),
    },
  };
}

type Asking = {
  chance: () => number;
  skewed: (count: number) => number;
  viewers: number;
  items: number;
  pages: number;
};

function measurePages(graph: ContentGraph, { chance, skewed, viewers, items, pages }: Asking) {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  let shown = 0;
  let foretold = 0;
  const asks: RankRequest[] = [];
  for (let request = 0; request < pages; request++) {
    const user = request % 10 === 0 ? `new-${request}` : idOf('viewer', below(chance, viewers));
    const follows = Array.from({ length: 20 }, () => idOf('maker', skewed(items / 10)));
    const asked = { user, atMs: START_MS + 3_600_000 + request, limit: 20, languages: ['en'], follows };
    const from = performance.now();
    const cpuFrom = cpuMs();
    const page = graph.rank(asked);
    // The first ones find functions that nobody has called yet.
    if (request < WARM_PAGES) continue;
    times.push(performance.now() - from);
    cpuTimes.push(cpuMs() - cpuFrom);
    shown += page.length;
    foretold += page.filter(({ source }) => source === 'similar').length;
    asks.push(asked);
  }
  // Ranking writes nothing, so the same pages come again; the least time of each is nearest to having a core to itself.
  const least = asks.map(() => Number.POSITIVE_INFINITY);
  for (let again = 0; again < AGAIN; again++)
    for (const [at, asked] of asks.entries()) {
      const from = performance.now();
      graph.rank(asked);
      least[at] = Math.min(least[at]!, performance.now() - from);
    }
  least.sort((a, b) => a - b);
  times.sort((a, b) => a - b);
  cpuTimes.sort((a, b) => a - b);
  const quantile = (sorted: readonly number[], share: number) =>
    rounded(sorted[Math.floor(share * sorted.length)]!);
  return {
    count: times.length,
    metrics: {
      pageP50Ms: quantile(times, 0.5),
      pageP99Ms: quantile(times, 0.99),
      pageCpuP50Ms: quantile(cpuTimes, 0.5),
      pageCpuP99Ms: quantile(cpuTimes, 0.99),
      pageAloneP50Ms: quantile(least, 0.5),
      pageAloneP99Ms: quantile(least, 0.99),
      pageWorstMs: rounded(times.at(-1)!),
      itemsPerPage: rounded(shown / times.length),
      load: rounded(loadavg()[0]!),
      similarPerPage: rounded(foretold / times.length),
    },
  };
}

/** As server/domains/recommend/forecasts.ts does it: lessons in steps, the fit in a thread of its own. */
async function fitAndAdopt(graph: ContentGraph) {
  const steps = graph.lessonsInSteps();
  let longestStepMs = 0;
  let lessons: Lessons | null = null;
  while (!lessons) {
    const from = performance.now();
    const step = steps.next();
    longestStepMs = Math.max(longestStepMs, performance.now() - from);
    if (step.done) lessons = step.value;
  }
  const taught = { people: lessons.start.length - 1, events: lessons.item.length, items: lessons.ids.length };
  tell(`a forecast is fitted on ${JSON.stringify(taught)}`);
  const started = performance.now();
  const fitted = await fitInWorker(lessons);
  if (fitted === null) throw new Error('there is too little to fit a forecast on');
  const seconds = Math.round((performance.now() - started) / 1000);
  const adopted = performance.now();
  graph.adopt(fitted);
  const adoptMs = rounded(performance.now() - adopted);
  tell(`a forecast was fitted in ${seconds} s`);
  return {
    forecastItems: taught.items,
    forecastEvents: taught.events,
    forecastTrust: rounded(fitted.trust.slope),
    fitSeconds: seconds,
    lessonsLongestStepMs: rounded(longestStepMs),
    adoptMs,
  };
}

function fitInWorker(lessons: Lessons): Promise<FittedForecast | null> {
  const file = new URL('../server/domains/recommend/forecast.worker.ts', import.meta.url);
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: { lessons, seed: 1 }, transferList: buffersOf(lessons) });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

const tell = (what: string) =>
  process.stderr.write(
    `${Math.round(performance.now() / 1000)} s: ${what}, ${Math.round(process.memoryUsage.rss() / 1e6)} MB\n`,
  );

/** Of this thread alone: on a machine that others use as well, time passes in which nothing of ours is done. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Ids as long as the program's own. */
const idOf = (kind: string, at: number) => `${kind}${String(at).padStart(20 - kind.length, '0')}`;
const rounded = (value: number) => Math.round(value * 1000) / 1000;

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      items: { type: 'string', default: '1000000' },
      viewers: { type: 'string', default: '100000' },
      pages: { type: 'string', default: '4000' },
      'no-forecast': { type: 'boolean', default: false },
    },
  });
  const measured = await measureGraphSize({
    items: Number(values.items),
    viewers: Number(values.viewers),
    pages: Number(values.pages),
    forecast: !values['no-forecast'],
  });
  console.log(JSON.stringify(measured, null, 2));
}
