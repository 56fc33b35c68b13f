/**
 * From an event to a page that knows of it, over HTTP: a guest opens For You, watches a page, hands in what was watched,
 * and asks anew. Time runs from sending the signals to the last byte of the next page; the page must come from a graph that
 * has learned all of them and must not show them again. Target: within a second.
 * `node bench/event-to-page.ts [--videos 5000] [--rounds 300] [--crowd 0]` prints JSON; `crowd` more guests do the same
 * meanwhile. Server, Postgres and guests share this machine's cores.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { FeedItem, FeedPage } from '../contract/feeds.ts';
import type { AccountId, VideoId } from '../contract/ids.ts';
import type { Signal, SignalReceipt } from '../contract/signals.ts';
import { writePeople, writeVideos } from '../server/domains/feed/testing.community.ts';
import type { Database } from '../server/platform/database.ts';
import { createBrowser } from '../server/testing/browser.ts';
import { startWholeServer } from './whole-server.ts';

const { values } = parseArgs({
  options: {
    videos: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '300' },
    crowd: { type: 'string', default: '0' },
  },
});
const size = { videos: Number(values.videos), rounds: Number(values.rounds), crowd: Number(values.crowd) };
const limit = 8;
const topics = 20;
const dayMs = 86_400_000;
const topicOf = (item: FeedItem) => /topic \d+/.exec(item.video.caption)![0];

const { house, port, close } = await startWholeServer(writeCommunity);
const origin = `http://127.0.0.1:${port}`;

let isOver = false;
const crowd = Array.from({ length: size.crowd }, async () => {
  while (!isOver) {
    const guest = openGuest();
    await guest.tell(watched((await guest.open()).items, null));
  }
});
for (let warm = 0; warm < 20; warm++) await round();
const rounds: Awaited<ReturnType<typeof round>>[] = [];
for (let at = 0; at < size.rounds; at++) rounds.push(await round());
isOver = true;
await Promise.all(crowd);

const times = (pick: (one: (typeof rounds)[number]) => number) => {
  const sorted = rounds.map(pick).sort((a, b) => a - b);
  const at = (share: number) => Math.round(10 * sorted[Math.floor(share * sorted.length)]!) / 10;
  return { median: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(0.99999) };
};
const share = (pick: (one: (typeof rounds)[number]) => number) =>
  Math.round((1000 * rounds.reduce((sum, one) => sum + pick(one), 0)) / rounds.length) / 1000;
console.log(
  JSON.stringify(
    {
      bench: 'event-to-page',
      machine: { cores: cpus().length, cpu: cpus()[0]?.model, load: loadavg()[0] },
      setup: { ...size, limit },
      eventToPageMs: times((one) => one.tellMs + one.pageMs),
      signalsMs: times((one) => one.tellMs),
      pageMs: times((one) => one.pageMs),
      learnedBeforeThePage: share((one) => (one.isLearned ? 1 : 0)),
      shownAgain: share((one) => one.again),
      ofTheWatchedTopic: { before: share((one) => one.before), after: share((one) => one.after) },
      targetMs: 1000,
    },
    null,
    2,
  ),
);
await close();
process.exit(0);

function openGuest() {
  const guest = createBrowser((request) => fetch(request), origin);
  return {
    async open(): Promise<FeedPage> {
      const reply = await guest.get(`/api/feeds/for-you?limit=${limit}`);
      if (reply.status !== 200) throw new Error(`for-you: ${reply.status} ${reply.text}`);
      return reply.json as FeedPage;
    },
    async tell(signals: Signal[]): Promise<void> {
      const reply = await guest.post('/api/signals', { signals });
      const receipt = reply.json as SignalReceipt;
      if (reply.status !== 202 || receipt.accepted !== signals.length)
        throw new Error(`signals: ${reply.status} ${reply.text}`);
    },
  };
}

/** Likes what is of this topic, leaves the rest. A round trip's slack is all the time there was to watch. */
function watched(items: FeedItem[], loved: string | null): Signal[] {
  return items.flatMap((item): Signal[] => {
    const isLoved = topicOf(item) === loved;
    const about = { token: item.token, agoMs: 0 };
    const view: Signal = { ...about, id: crypto.randomUUID(), kind: 'view', watchedMs: isLoved ? 2900 : 200 };
    return isLoved ? [view, { ...about, id: crypto.randomUUID(), kind: 'like' }] : [view];
  });
}

async function round() {
  const guest = openGuest();
  const { items } = await guest.open();
  const loved = topicOf(items[0]!);
  const shareOf = (page: FeedItem[]) => page.filter((item) => topicOf(item) === loved).length / page.length;
  const signals = watched(items, loved);
  const learned = house.recommend.status().learned;
  const started = performance.now();
  await guest.tell(signals);
  const told = performance.now();
  const next = await guest.open();
  const ended = performance.now();
  const seen = new Set(items.map((item) => item.video.id));
  return {
    tellMs: told - started,
    pageMs: ended - told,
    isLearned: house.recommend.status().learned >= learned + signals.length,
    again: next.items.filter((item) => seen.has(item.video.id)).length,
    before: shareOf(items),
    after: shareOf(next.items),
  };
}

async function writeCommunity(into: Database) {
  const authors = Array.from(
    { length: Math.max(10, size.videos / 50) },
    (_, at) => `author${String(at).padStart(12, '0')}` as AccountId,
  );
  await writePeople(into, authors);
  const nowMs = Date.now();
  for (let from = 0; from < size.videos; from += 5000)
    await writeVideos(
      into,
      Array.from({ length: Math.min(5000, size.videos - from) }, (_, step) => {
        const at = from + step;
        return {
          id: `video${String(at).padStart(12, '0')}` as VideoId,
          authorId: authors[(at * 31) % authors.length]!,
          tags: [`topic${at % topics}`],
          caption: `A synthetic video about topic ${at % topics}, number ${at}`,
          audience: 'everyone' as const,
          status: 'published' as const,
          durationMs: 8000,
          publishedAtMs: nowMs - 60_000 - ((at * 7919) % size.videos) * (30 * (dayMs / size.videos)),
        };
      }),
    );
  await into.pool.query('vacuum analyze');
}
