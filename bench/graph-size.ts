/**
 * The content graph at one size, in this process: time of a page of 20, memory, events a second.
 * `node --expose-gc bench/graph-size.ts [--items 1000000] [--viewers 100000] [--pages 4000]` prints JSON; targets: p99 under
 * 10 ms and 1.5 GB at a million items, 10,000 events a second on one core. tools/evaluate/serving.protocol.ts draws the curve.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createContentGraph } from '../packages/content-graph/content-graph.ts';
import { below, createChance } from '../tools/simulate/chance.ts';

export type GraphSize = { setup: Record<string, unknown>; metrics: Record<string, number> };

const TOPICS = 400;
const START_MS = 1_800_000_000_000;
const DAY_MS = 86_400_000;
const FEW_VIEWS = 10;
const MANY_VIEWS = 40;
const MANY_EVERY = 10;

export function measureGraphSize(items: number, viewers: number, pages: number): GraphSize {
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

  const tastes = Int32Array.from({ length: viewers * 3 }, () => skewed(TOPICS));
  const learnStarted = performance.now();
  const learnCpu = cpuMs();
  let events = 0;
  for (let round = 0; round < MANY_VIEWS; round++)
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
  const learnSeconds = (performance.now() - learnStarted) / 1000;
  const learnCpuSeconds = (cpuMs() - learnCpu) / 1000;

  const times: number[] = [];
  const cpuTimes: number[] = [];
  let shown = 0;
  for (let request = 0; request < pages; request++) {
    const user = request % 10 === 0 ? `new-${request}` : idOf('viewer', below(chance, viewers));
    const follows = Array.from({ length: 20 }, () => idOf('maker', skewed(items / 10)));
    const asked = { user, atMs: START_MS + 3_600_000 + request, limit: 20, languages: ['en'], follows };
    const from = performance.now();
    const cpuFrom = cpuMs();
    const page = graph.rank(asked);
    // The first ones find functions that nobody has called yet.
    if (request < 200) continue;
    times.push(performance.now() - from);
    cpuTimes.push(cpuMs() - cpuFrom);
    shown += page.length;
  }
  times.sort((a, b) => a - b);
  cpuTimes.sort((a, b) => a - b);
  const quantile = (sorted: readonly number[], share: number) =>
    rounded(sorted[Math.floor(share * sorted.length)]!);

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
  globalThis.gc?.();
  const memory = process.memoryUsage();
  const { bytes } = graph.stats();
  return {
    setup: {
      events,
      viewsOfOneInTen: MANY_VIEWS,
      viewsOfTheOthers: FEW_VIEWS,
      pages: times.length,
      newViewersAmongThem: 0.1,
      load: loadavg()[0],
      collected: globalThis.gc !== undefined,
    },
    metrics: {
      pageP50Ms: quantile(times, 0.5),
      pageP99Ms: quantile(times, 0.99),
      pageCpuP50Ms: quantile(cpuTimes, 0.5),
      pageCpuP99Ms: quantile(cpuTimes, 0.99),
      pageWorstMs: rounded(times.at(-1)!),
      itemsPerPage: rounded(shown / times.length),
      eventsPerSecond: Math.round(events / learnSeconds),
      eventsPerCpuSecond: Math.round(events / learnCpuSeconds),
      eventsPerCpuSecondWhenFull: Math.round(late / lateSeconds),
      itemsPutPerCpuSecond: Math.round(items / putSeconds),
      residentMegabytes: Math.round(memory.rss / 1e6),
      heapMegabytes: Math.round(memory.heapUsed / 1e6),
      arraysMegabytes: Math.round(bytes / 1e6),
    },
  };
}

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
    },
  });
  console.log(
    JSON.stringify(
      measureGraphSize(Number(values.items), Number(values.viewers), Number(values.pages)),
      null,
      2,
    ),
  );
}
