import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import { createContentGraph } from '../../../packages/content-graph/content-graph.ts';
import { createLog } from '../../platform/log.ts';
import { newId } from '../../platform/random.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';
import { writePeople, writeVideos } from '../feed/testing.community.ts';
import { createForecasts } from './forecasts.ts';
import type { Wish } from './recommend.ts';

const tastes = 6;
const each = 20;
const people = 120;
const authors = Array.from({ length: tastes * each }, () => newId<AccountId>());
const ids = authors.map(() => newId<VideoId>());
const tasteOf = (id: string) => Math.floor(ids.indexOf(id as VideoId) / each);
const ada = newId<ViewerId>();
let house: OpenHouse;

/** One viewer's evening: what they watch to the end, and what they leave after half a second. */
async function watch(viewerId: ViewerId, videos: readonly { at: number; watchedMs: number }[]) {
  const { signals } = house.rooms;
  const servedAtMs = house.clock.now();
  house.clock.advance(videos.length * 12_000);
  const batch = videos.map(({ at, watchedMs }, position) => ({
    id: randomUUID(),
    kind: 'view',
    agoMs: (videos.length - position) * 11_000,
    watchedMs,
    loops: 0,
    token: signals.issue({
      ...{ viewerId, videoId: ids[at]!, authorId: authors[at]!, servedAtMs, pageId: newId(), position },
      ...{ source: 'popular', exploration: false, durationMs: 10_000 },
    }),
  }));
  const receipt = await signals.record({ viewerId, accountId: null, role: 'guest' }, batch);
  expect(receipt.refused).toEqual([]);
}

let state = 7;
const below = (count: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  return Math.floor(((state >>> 0) / 2 ** 32) * count);
};
const any = () => below(ids.length);

beforeAll(async () => {
  house = await openHouse();
  await writePeople(house.database, authors);
  // Nothing tells the videos apart but who watches them: no tags, and an author of its own each.
  await writeVideos(
    house.database,
    ids.map((id, at) => ({
      ...{ id, authorId: authors[at]!, tags: [], caption: `video ${at}`, durationMs: 10_000 },
      ...{ audience: 'everyone', status: 'published', publishedAtMs: house.clock.now() - 864_000_000 - at },
    })),
  );
  await house.restart();
  for (let person = 0; person < people; person++) {
    const own = Array.from({ length: 8 }, () => (person % tastes) * each + below(each));
    await watch(
      newId<ViewerId>(),
      own.flatMap((at) => [
        { at, watchedMs: 10_000 },
        { at: any(), watchedMs: 500 },
      ]),
    );
  }
  await watch(ada, [
    ...[0, 1, 2, 3].map((at) => ({ at, watchedMs: 10_000 })),
    ...Array.from({ length: 12 }, (_, at) => ({ at: 30 + at * 6, watchedMs: 500 })),
  ]);
});
afterAll(() => house.close());

const wish: Wish = {
  ...{ viewerId: ada, accountId: null, limit: 20, follows: [], languages: [], again: false, seed: 1 },
};
const pageOf = async () => (await house.rooms.recommend.forYou(wish)).ranked;

test('a page goes on while a forecast is fitted, and then holds what only the forecast brings', async () => {
  const before = await pageOf();
  let isFitted = false;
  const fitting = house.rooms.recommend.renewForecast().then(() => {
    isFitted = true;
  });
  // Copied and on its way to the worker, or there already: pages come from the graph as it was.
  for (let look = 0; look < 3; look++)
    expect((await pageOf()).map(({ videoId }) => videoId)).toHaveLength(20);
  expect(isFitted).toBe(false);
  await fitting;
  const brought = (await pageOf()).filter((one) => !before.some(({ videoId }) => videoId === one.videoId));
  const close = brought.filter(({ videoId, source }) => tasteOf(videoId) === 0 && source === 'similar');
  expect(close.length).toBeGreaterThanOrEqual(2);
  for (const { causes } of close)
    expect(causes.every((id) => ids.slice(0, 4).includes(id as VideoId))).toBe(true);
});

test('a restart serves without one until the first fit, and a stop ends a fit that is under way', async () => {
  const { recommend } = house.rooms;
  await recommend.renewForecast();
  const fitted = await pageOf();
  await house.restart();
  const plain = await pageOf();
  expect(plain).not.toEqual(fitted);
  const fitting = house.rooms.recommend.renewForecast();
  await house.restart();
  await fitting;
  await house.rooms.recommend.renewForecast();
  const closeOf = (page: typeof plain) => page.filter(({ videoId }) => tasteOf(videoId) === 0).length;
  expect(closeOf(await pageOf())).toBeGreaterThan(closeOf(plain));
});

test('a fit that fails leaves the forecast that was there, and nothing is fitted when nothing is new', async () => {
  const graph = createContentGraph({ seed: 1 });
  const adopted: unknown[] = [];
  let learned = 1;
  let isBroken = true;
  const forecasts = createForecasts({
    log: createLog('silent'),
    seed: 1,
    every: () => ({ minutes: 1, events: 1 }),
    graph: () => ({
      ...graph,
      adopt: (forecast) => void adopted.push(forecast),
      stats: () => ({ ...graph.stats(), events: { learned, unknownItem: 0, refused: 0 } }),
      *lessonsInSteps() {
        yield;
        const item = Int32Array.of(isBroken ? 9 : 0);
        return { ids: ['a'], start: Int32Array.of(0, 1), item, value: Float32Array.of(1) };
      },
    }),
  });
  await forecasts.renew();
  expect(adopted).toEqual([]);
  isBroken = false;
  await forecasts.renew();
  // One view teaches nothing: there is no forecast.
  expect(adopted).toEqual([null]);
  await forecasts.renew();
  learned = 5;
  await forecasts.keepUp();
  expect(adopted).toEqual([null]);
  await forecasts.stop();
});
