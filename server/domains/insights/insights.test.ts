import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import type { Insights, VideoInsights } from '../../../contract/insights.ts';
import { newId } from '../../platform/random.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { type WrittenVideo, writeVideos } from '../feed/testing.community.ts';
import type { Impression } from '../signals/signals.ts';

let house: OpenHouse;
let creator: Browser & { me: { id: AccountId; handle: string } };
let stranger: Browser;
const hour = 3_600_000;
const day = 24 * hour;

beforeAll(async () => {
  house = await openHouse();
  creator = await house.person('creator');
  stranger = await house.person('stranger');
});
afterAll(() => house.close());

const videosOf = async (more: Partial<WrittenVideo>[], authorId = creator.me.id) => {
  const videos = more.map(
    (one): WrittenVideo => ({
      id: newId<VideoId>(),
      authorId,
      tags: [],
      caption: 'a synthetic video',
      audience: 'everyone',
      status: 'published',
      durationMs: 20_000,
      publishedAtMs: house.clock.now() - hour,
      ...one,
    }),
  );
  await writeVideos(house.database, videos);
  return videos;
};
const rowsOf = async () =>
  (
    await house.database.pool.query(
      'select subject, day::text, views, sums, hours, crowds, viewers from insight_days order by 1, 2',
    )
  ).rows;
const insightsOf = async (id: VideoId, days = 7) =>
  (await creator.get(`/api/videos/${id}/insights?days=${days}`)).json as VideoInsights;
const inAll = async (browser: Browser = creator, days = 7) =>
  (await browser.get(`/api/me/insights?days=${days}`)).json as Insights;

type Watch = {
  viewer: string;
  watchedMs: number;
  kinds?: string[];
  source?: Impression['source'];
  locale?: string | null;
  seeks?: number;
  accountId?: AccountId | null;
};
/** As a phone tells it: served, watched, told. */
async function watch(video: WrittenVideo, one: Watch): Promise<void> {
  const viewerId = one.viewer as ViewerId;
  const token = house.rooms.signals.issue({
    viewerId,
    videoId: video.id,
    authorId: video.authorId,
    servedAtMs: house.clock.now() - one.watchedMs,
    pageId: newId(12),
    position: 0,
    source: one.source ?? 'interest',
    exploration: false,
    durationMs: video.durationMs,
  });
  const view = { kind: 'view', watchedMs: one.watchedMs, loops: 0, seeks: one.seeks ?? 0 };
  const signals = [view, ...(one.kinds ?? []).map((kind) => ({ kind }))].map((signal) => ({
    id: randomUUID(),
    token,
    agoMs: 0,
    ...signal,
  }));
  const caller = { viewerId, accountId: one.accountId ?? null, role: 'guest' as const };
  const receipt = await house.rooms.signals.record(caller, signals, one.locale ?? null);
  expect(receipt).toMatchObject({ accepted: signals.length, refused: [] });
}

test('a day whose truth is known is told truly', async () => {
  const [video] = await videosOf([{ durationMs: 20_000, caption: 'Known to the second' }]);
  const people = 400;
  const watched: number[] = [];
  let finishes = 0;
  for (let index = 0; index < people; index++) {
    // Everybody watches another length, up to a run and a half; one in ten comes back once more the same day.
    const watchedMs = 100 + Math.round((index / people) * 30_000);
    const source = index % 4 === 0 ? 'following' : index % 4 === 1 ? 'at-profile' : 'interest';
    await watch(video!, {
      viewer: `viewer-${index}`,
      watchedMs,
      source,
      locale: index % 2 === 0 ? 'de-AT' : index % 100 === 1 ? 'fr' : 'en-US',
      kinds: index % 8 === 0 ? ['like', 'share'] : [],
    });
    watched.push(watchedMs);
    if (index % 10 === 0) {
      await watch(video!, { viewer: `viewer-${index}`, watchedMs });
      watched.push(watchedMs);
    }
  }
  finishes = watched.filter((ms) => ms >= 19_000).length;
  // The author looks at their own work all day.
  await watch(video!, {
    viewer: 'the-author-01',
    watchedMs: 9000,
    accountId: creator.me.id,
    kinds: ['share'],
  });
  await house.rooms.insights.count();

  const { life, retention, sources, languages, regions, series } = await insightsOf(video!.id);
  const views = new Set(
    Array.from({ length: people }, (_, index) => index).filter(
      (index) => 100 + (index / people) * 30_000 >= 2000,
    ),
  ).size;
  const total = watched.reduce((sum, ms) => sum + ms, 0);
  expect(life).toMatchObject({ plays: watched.length, views, watchedMs: total, likes: 50, shares: 50 });
  expect(life.averageWatchMs).toBeCloseTo(total / watched.length, 6);
  const middle = watched.toSorted((a, b) => a - b)[Math.floor(watched.length / 2)]!;
  expect(Math.abs(life.medianWatchMs! - middle) / middle).toBeLessThan(0.025);
  expect(Math.abs(life.viewers - views) / views).toBeLessThan(0.07);
  expect(life.finishRate).toBeCloseTo(finishes / watched.length, 9);
  expect(life.replayRate).toBeCloseTo(watched.filter((ms) => ms >= 30_000).length / watched.length, 9);
  expect(retention.plays).toBe(watched.length);
  expect(retention.shares).toEqual(
    Array.from(
      { length: 20 },
      (_, second) => watched.filter((ms) => Math.min(ms, 20_000) >= second * 1000).length / watched.length,
    ),
  );
  expect(
    Object.fromEntries(sources.map((one) => [one.name, Math.round(one.share * watched.length)])),
  ).toEqual({
    'for-you': 200 + 40,
    following: 100,
    'at-profile': 100,
  });
  // Four people read French: not told apart.
  expect(languages.map((one) => one.name)).toEqual(['de', 'other']);
  expect(regions.map((one) => one.name).sort()).toEqual(['AT', 'US']);
  expect(series.at(-1)).toMatchObject({ plays: watched.length, views });
  expect((await inAll()).total).toMatchObject({ plays: watched.length, views });
});

test('counted once, whoever counts, however often, and in whatever batches; counted again it is the same', async () => {
  const [video] = await videosOf([{}]);
  for (let index = 0; index < 30; index++)
    await watch(video!, { viewer: `again-${index}`, watchedMs: 1000 * index + 200, locale: 'de' });
  await Promise.all([house.rooms.insights.count(), house.rooms.insights.count()]);
  await house.restart();
  await house.rooms.insights.count();
  const before = await rowsOf();
  expect((await insightsOf(video!.id)).life.plays).toBe(30);
  await house.rooms.insights.rebuild();
  expect(await rowsOf()).toEqual(before);
});

test('a count that breaks off leaves nothing half', async () => {
  const [video] = await videosOf([{}]);
  await watch(video!, { viewer: 'broken-off', watchedMs: 5000 });
  const before = await rowsOf();
  const { pool } = house.database;
  await pool.query('alter table insight_cursor add constraint stuck check (counted_at is null) not valid');
  await expect(house.rooms.insights.count()).rejects.toThrow();
  expect(await rowsOf()).toEqual(before);
  await pool.query('alter table insight_cursor drop constraint stuck');
  await house.rooms.insights.count();
  expect((await insightsOf(video!.id)).life).toMatchObject({ plays: 1, views: 1 });
});

test('nobody but the author sees the numbers, and a stranger does not learn that there are any', async () => {
  const [video] = await videosOf([{}]);
  for (const path of [`/api/videos/${video!.id}/insights`, `/api/videos/${video!.id}/insights.csv`])
    expect((await stranger.get(path)).status).toBe(404);
  expect((await inAll(stranger)).total.plays).toBe(0);
});

test('a deleted video takes its numbers with it, and a late signal brings none back', async () => {
  const [video] = await videosOf([{}]);
  await watch(video!, { viewer: 'before-it-went', watchedMs: 5000 });
  await house.rooms.insights.count();
  await house.rooms.posts.remove(creator.me.id, video!.id);
  await house.settle();
  await watch(video!, { viewer: 'after-it-went', watchedMs: 5000 });
  await house.rooms.insights.count();
  expect((await rowsOf()).filter((row) => row.subject === video!.id)).toEqual([]);
  expect((await creator.get(`/api/videos/${video!.id}/insights`)).status).toBe(404);
});

test('a video is compared with the middle of one’s others at the same age', async () => {
  const maker = await house.person('maker');
  const publishedAtMs = house.clock.now();
  const videos = await videosOf(
    Array.from({ length: 5 }, () => ({ publishedAtMs })),
    maker.me.id,
  );
  for (const [index, video] of videos.entries())
    for (let viewer = 0; viewer < index * 2; viewer++)
      await watch(video, { viewer: `early-${viewer}`, watchedMs: 10_000 });
  const ask = async (id: VideoId) =>
    ((await maker.get(`/api/videos/${id}/insights`)).json as VideoInsights).usual;
  await house.rooms.insights.count();
  expect(await ask(videos[4]!.id)).toBeNull();
  house.clock.advance(3 * hour);
  // What comes later changes nothing about the first hours.
  for (let viewer = 0; viewer < 9; viewer++)
    await watch(videos[1]!, { viewer: `late-${viewer}`, watchedMs: 10_000 });
  await house.rooms.insights.count();
  expect(await ask(videos[4]!.id)).toMatchObject({
    ageHours: 3,
    videos: 4,
    views: { own: 8, usual: 3 },
    averageShare: { own: 0.5, usual: 0.5 },
  });
});

test('followers are written down by day, and the news heard twice counts once', async () => {
  const star = await house.person('star');
  const fans = [await house.person('fan'), await house.person('fan'), await house.person('fan')];
  const follow = (fan: Browser) => fan.put(`/api/people/${star.me.handle}/follow`);
  await follow(fans[0]!);
  await follow(fans[1]!);
  await house.settle();
  house.clock.advance(day);
  await follow(fans[2]!);
  await fans[0]!.delete(`/api/people/${star.me.handle}/follow`);
  await house.settle();
  const news = { followerId: 'somebody', followedId: star.me.id, following: true };
  await house.rooms.jobs.order(house.database.of(), 'follow.changed → insights.note-followers', news);
  await house.settle();
  const { followers } = await inAll(star);
  expect(followers).toMatchObject({ now: 2, gained: 2 });
  expect(followers.series.slice(-2).map((one) => one.gained)).toEqual([2, 0]);
});

test('a month old, a day gives its hours away and keeps its sums; a year old it goes and the life stays', async () => {
  const [video] = await videosOf([{}]);
  await watch(video!, { viewer: 'long-ago', watchedMs: 8000 });
  await house.rooms.insights.count();
  house.clock.advance(40 * day);
  await house.rooms.insights.tidy();
  const shown = await insightsOf(video!.id, 90);
  expect(shown.total.plays).toBe(1);
  expect(shown.hours.every((views) => views === 0)).toBe(true);
  house.clock.advance(400 * day);
  await house.rooms.insights.tidy();
  const rows = (await rowsOf()).filter((row) => row.subject === video!.id);
  expect(rows.map((row) => row.day)).toEqual(['0001-01-01']);
  expect((await insightsOf(video!.id)).life.plays).toBe(1);
});

test('the table is a file that spreadsheets open and no formula hides in', async () => {
  const [video] = await videosOf([{ caption: '=1+1, "so"' }]);
  await watch(video!, { viewer: 'exported-1', watchedMs: 8000 });
  await house.rooms.insights.count();
  const reply = await creator.raw('GET', `/api/videos/${video!.id}/insights.csv?days=7`);
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(reply.headers.get('content-disposition')).toContain('attachment');
  const bytes = new Uint8Array(await reply.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).trim().split('\r\n');
  expect(lines).toHaveLength(8);
  expect(lines.at(-1)).toContain('"\'=1+1, ""so"""');
  expect(lines.at(-1)).toContain(',1,1,1,8,8,');
});
