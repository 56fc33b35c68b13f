/**
 * Viewers with hidden tastes live on a server for some days: they open For You, watch or leave each video by their taste,
 * hand in signals, go on to the next page, and come back. While they do, new creators publish videos of known quality.
 * Knows the public API alone; what it hands back is the list of everything that was shown, for others to judge.
 */
import type { FeedItem, FeedPage } from '../../contract/feeds.ts';
import type { Signal, SignalReceipt } from '../../contract/signals.ts';
import { type Chance, createChance } from './chance.ts';
import type { Stage } from './stage.ts';
import { openStage } from './stage.ts';
import type { WorldStatistics } from './statistics.ts';
import {
  drawVideo,
  drawVideos,
  drawViewer,
  longChance,
  type WorldVideo,
  type WorldViewer,
  watch,
} from './world.ts';

export type LifePlan = {
  statistics: WorldStatistics;
  seed: number;
  viewers: number;
  /** One in so many has an account; the others are guests. */
  memberEvery: number;
  videos: number;
  creators: number;
  days: number;
  pagesPerVisit: number;
  page: number;
  /** How likely a viewer comes on a day. */
  returning: number;
  /** New creators of a good and of a poor video each, and the day in whose morning they publish. */
  arrivals: { pairs: number; day: number };
};

export type Shown = {
  viewer: number;
  day: number;
  /** Place in the viewer's life, and of the page it was on. */
  place: number;
  page: number;
  video: WorldVideo;
  isLong: boolean;
  /** What it was worth to this viewer, known only here. */
  worth: number;
  reason: string;
};

export type Life = {
  plan: LifePlan;
  videos: WorldVideo[];
  viewers: WorldViewer[];
  arrivals: Arrival[];
  shown: Shown[];
};
export type Arrival = { video: WorldVideo; isGood: boolean };

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 5, 1, 8);
/** So many requests at once: a phone each, but one machine. */
const AT_ONCE = 6;
/** Log odds beside the topic's: from three in ten to seven in ten, and to one in ten. */
const GOOD = 1.7;
const POOR = -1.4;

type Person = {
  at: number;
  taste: WorldViewer;
  chance: Chance;
  browser: Awaited<ReturnType<Stage['member']>>;
  place: number;
  page: number;
};

export async function live(plan: LifePlan): Promise<Life> {
  const { statistics } = plan;
  const chance = createChance(plan.seed);
  const videos = drawVideos(statistics, chance, {
    count: plan.videos,
    creators: plan.creators,
    atMs: START_MS,
  });
  const viewers = Array.from({ length: plan.viewers }, () => drawViewer(statistics, chance));
  const arrivals = drawArrivals(plan, chance);
  const stage = await openStage(videos, START_MS);
  try {
    const people: Person[] = [];
    for (const [at, taste] of viewers.entries())
      people.push({
        at,
        taste,
        chance: createChance(plan.seed * 1009 + at),
        browser: at % plan.memberEvery === 0 ? await stage.member() : stage.guest(),
        place: 0,
        page: 0,
      });
    const shown: Shown[] = [];
    for (let day = 0; day < plan.days; day++) {
      stage.clock.advance(START_MS + day * DAY_MS - stage.clock.now());
      if (day === plan.arrivals.day) {
        for (const arrival of arrivals) arrival.video.publishedAtMs = stage.clock.now();
        await stage.publish(arrivals.map((one) => one.video));
      }
      const coming = people.filter(() => day === 0 || chance() < plan.returning);
      await visit(stage, plan, coming, day, shown);
    }
    return { plan, videos, viewers, arrivals, shown };
  } finally {
    await stage.close();
  }
}

/** A good and a poor video of the same topic, length and moment, each by somebody whom nobody knows. */
function drawArrivals({ statistics, arrivals, videos, creators }: LifePlan, chance: Chance): Arrival[] {
  return Array.from({ length: arrivals.pairs * 2 }, (_, at) => {
    const pair = Math.floor(at / 2);
    const isGood = at % 2 === 0;
    const video = drawVideo(statistics, chance, {
      at: videos + at,
      creator: creators + at,
      topic: pair % statistics.topics.length,
      atMs: START_MS,
      quality: isGood ? GOOD : POOR,
    });
    return { video: { ...video, durationMs: 15_000 }, isGood };
  });
}

/** Everybody's pages of one visit: all ask, time passes for all, all hand in what they watched. */
async function visit(stage: Stage, plan: LifePlan, people: readonly Person[], day: number, shown: Shown[]) {
  const cursors = new Map<Person, string | null>();
  for (let turn = 0; turn < plan.pagesPerVisit; turn++) {
    const told: { person: Person; signals: (passedMs: number) => Signal[] }[] = [];
    let longestMs = 0;
    await forEachOf(people, async (person) => {
      const cursor = cursors.get(person);
      // The end of the catalogue: this viewer has seen it all for today.
      if (cursor === null) return;
      const { items, next } = await ask<FeedPage>(
        person,
        'get',
        `/api/feeds/for-you?limit=${plan.page}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      cursors.set(person, next);
      let spentMs = 0;
      const ends: { item: FeedItem; watched: ReturnType<typeof watch>; endMs: number }[] = [];
      for (const item of items) {
        const video = stage.videoOf(item.video.id);
        const watched = watch(plan.statistics, person.chance, person.taste, video);
        spentMs += watched.watchedMs + 500;
        ends.push({ item, watched, endMs: spentMs });
        shown.push({
          viewer: person.at,
          day,
          place: person.place++,
          page: person.page,
          video,
          isLong: watched.isLong,
          worth: longChance(plan.statistics, person.taste, video),
          reason: item.reason.code,
        });
      }
      person.page++;
      longestMs = Math.max(longestMs, spentMs);
      if (items.length > 0)
        told.push({
          person,
          signals: (passedMs) =>
            ends.flatMap(({ item, watched, endMs }) => signalsOf(item, watched, passedMs - endMs)),
        });
    });
    stage.clock.advance(longestMs + 1000);
    await forEachOf(told, async ({ person, signals }) => {
      const sent = signals(longestMs + 1000);
      const receipt = await ask<SignalReceipt>(person, 'post', '/api/signals', { signals: sent });
      if (receipt.accepted !== sent.length)
        throw new Error(`of ${sent.length} signals only these were taken: ${JSON.stringify(receipt)}`);
    });
  }
}

function signalsOf({ token }: FeedItem, watched: ReturnType<typeof watch>, agoMs: number): Signal[] {
  const about = { token, agoMs: Math.round(agoMs) };
  const { watchedMs, loops, deeds } = watched;
  return [
    { ...about, id: crypto.randomUUID(), kind: 'view', watchedMs, loops },
    ...deeds.map((kind): Signal => ({ ...about, id: crypto.randomUUID(), kind })),
  ];
}

async function ask<Reply>(
  { browser }: Person,
  method: 'get' | 'post',
  path: string,
  body?: object,
): Promise<Reply> {
  const reply = method === 'get' ? await browser.get(path) : await browser.post(path, body);
  if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
  return reply.json as Reply;
}

async function forEachOf<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item);
    }),
  );
}
