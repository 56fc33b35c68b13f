/**
 * The content graph by itself, on one core: events learned a second, time of a page, bytes, snapshot and restore.
 * `node bench/content-graph.ts [items] [users] [eventsPerUser]` prints JSON; targets stand beside the figures.
 */
import { loadavg } from 'node:os';
import { createContentGraph, restoreContentGraph } from '../packages/content-graph/content-graph.ts';

const [itemCount = 100_000, userCount = 10_000, eventsPerUser = 60] = process.argv.slice(2).map(Number);
const TOPICS = 200;
const START_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;

let state = 7;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  return (state >>> 0) / 4_294_967_296;
};
/** Skewed: a tenth of the rows gets about half of the draws. */
const skewed = (count: number) => Math.floor(count * random() ** 3);

const graph = createContentGraph({ seed: 1 });
const topicOf = new Int32Array(itemCount);
const byTopic: number[][] = Array.from({ length: TOPICS }, () => []);
const putStart = performance.now();
for (let at = 0; at < itemCount; at++) {
  const topic = skewed(TOPICS);
  topicOf[at] = topic;
  byTopic[topic]!.push(at);
  graph.putItem({
    id: `item-${at}`,
    creator: `creator-${skewed(itemCount / 10)}`,
    sound: random() < 0.7 ? `sound-${skewed(itemCount / 20)}` : null,
    tags: [`topic-${topic}`, `tag-${skewed(5000)}`, `tag-${skewed(5000)}`],
    language: random() < 0.6 ? 'en' : 'de',
    durationMs: 5000 + Math.floor(random() * 60_000),
    publishedAtMs: START_MS - Math.floor(random() * 90 * 24 * 60) * MINUTE_MS,
  });
}
const putSeconds = (performance.now() - putStart) / 1000;

const tastes = Array.from({ length: userCount }, () => [skewed(TOPICS), skewed(TOPICS), skewed(TOPICS)]);
const learnStart = performance.now();
const cpuSeconds = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};
const learnCpuStart = cpuSeconds();
let events = 0;
for (let round = 0; round < eventsPerUser; round++)
  for (let user = 0; user < userCount; user++) {
    const taste = tastes[user]!;
    const topic = byTopic[taste[round % 3]!]!;
    const item = random() < 0.5 && topic.length > 0 ? topic[skewed(topic.length)]! : skewed(itemCount);
    const isEnjoyed = taste.includes(topicOf[item]!);
    const atMs = START_MS + round * MINUTE_MS;
    const about = { user: `user-${user}`, item: `item-${item}`, atMs };
    graph.learn({ ...about, kind: 'view', watchedMs: isEnjoyed ? 60_000 : random() * 4000 });
    events++;
    if (!isEnjoyed || random() > 0.2) continue;
    graph.learn({ ...about, kind: 'like' });
    events++;
  }
const learnSeconds = (performance.now() - learnStart) / 1000;
const learnCpuSeconds = cpuSeconds() - learnCpuStart;

const times: number[] = [];
for (let request = 0; request < 3000; request++) {
  const user = `user-${request % 10 === 0 ? `new-${request}` : Math.floor(random() * userCount)}`;
  const follows = Array.from({ length: 20 }, () => `creator-${skewed(itemCount / 10)}`);
  const from = performance.now();
  graph.rank({ user, atMs: START_MS + 3_600_000 + request, limit: 20, languages: ['en'], follows });
  if (request >= 200) times.push(performance.now() - from);
}
times.sort((a, b) => a - b);
const quantile = (share: number) => Number(times[Math.floor(share * times.length)]!.toFixed(3));

const snapshotStart = performance.now();
const bytes = graph.snapshot();
const copyStart = performance.now();
const steps = graph.snapshotInSteps();
const copyMs = performance.now() - copyStart;
let longestStepMs = 0;
for (let isDone: boolean | undefined = false; !isDone; ) {
  const from = performance.now();
  isDone = steps.next().done;
  longestStepMs = Math.max(longestStepMs, performance.now() - from);
}
const restoreStart = performance.now();
restoreContentGraph(bytes, { seed: 1 });
const restoreEnd = performance.now();
const { bytes: stateBytes } = graph.stats();

console.log(
  JSON.stringify({
    items: itemCount,
    users: userCount,
    events,
    itemsPerSecond: Math.round(itemCount / putSeconds),
    eventsPerSecond: Math.round(events / learnSeconds),
    // Of this thread alone: on a machine that others use as well, time passes in which nothing of ours is done.
    eventsPerCpuSecond: Math.round(events / learnCpuSeconds),
    eventsPerSecondTarget: 10_000,
    rankMs: { p50: quantile(0.5), p99: quantile(0.99), target: 5 },
    megabytes: {
      state: Math.round(stateBytes / 1e6),
      snapshot: Math.round(bytes.length / 1e6),
      resident: Math.round(process.memoryUsage().rss / 1e6),
    },
    snapshotMs: Math.round(copyStart - snapshotStart),
    snapshotInSteps: { copyMs: Math.round(copyMs), longestStepMs: Math.round(longestStepMs), targetMs: 50 },
    restoreMs: Math.round(restoreEnd - restoreStart),
    load: loadavg()[0],
  }),
);
