import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedNumber, FeedPage } from '../../../contract/feeds.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Taste } from '../../../contract/taste.ts';
import type { Video, VideoList } from '../../../contract/videos.ts';
import { newId } from '../../platform/random.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { type WrittenVideo, writePeople, writeVideos } from './testing.community.ts';

const topics = [
  'bread',
  'trains',
  'knots',
  'clouds',
  'chess',
  'moss',
  'kites',
  'drums',
  'maps',
  'bees',
  'clay',
  'ferries',
];
const perTopic = 24;
let house: OpenHouse;
const authors = Array.from({ length: 24 }, () => newId<AccountId>());
let videos: WrittenVideo[] = [];

const video = (more: Partial<WrittenVideo>): WrittenVideo => ({
  id: newId<VideoId>(),
  authorId: authors[0]!,
  tags: [],
  caption: 'a synthetic video',
  audience: 'everyone',
  status: 'published',
  durationMs: 12_000,
  publishedAtMs: house.clock.now() - 3_600_000,
  ...more,
});

beforeAll(async () => {
  house = await openHouse();
  videos = topics.flatMap((tag, topic) =>
    Array.from({ length: perTopic }, (_, at) =>
      video({
        tags: [tag],
        caption: `${tag} number ${at}`,
        authorId: authors[(at * 7 + topic) % authors.length]!,
        publishedAtMs: house.clock.now() - (at * topics.length + topic) * 600_000,
      }),
    ),
  );
  await writePeople(house.database, authors);
  await writeVideos(house.database, videos);
  await house.restart();
});
afterAll(() => house.close());

type Get = Pick<Browser, 'get' | 'post'>;
const page = async (browser: Get, query = '') =>
  (await browser.get(`/api/feeds/for-you?${query}`)).json as FeedPage;
const idsOf = (shown: FeedPage) => shown.items.map((item) => item.video.id as string);
const tagOf = new Map<string, string>();
const topicOf = (id: string) => {
  if (tagOf.size === 0) for (const one of videos) tagOf.set(one.id, one.tags[0]!);
  return tagOf.get(id);
};

/** Watches a page: what is liked to its end, the rest for a second. */
async function watch(browser: Get, shown: FeedPage, likes: (id: string) => boolean) {
  const signals = shown.items.map(({ video: { id }, token }, at) => {
    const watchedMs = likes(id) ? 12_000 : 1000;
    house.clock.advance(watchedMs);
    return { at, watchedMs, token };
  });
  const total = signals.reduce((sum, one) => sum + one.watchedMs, 0);
  let passed = 0;
  const reply = await browser.post('/api/signals', {
    signals: signals.map(({ watchedMs, token }) => {
      passed += watchedMs;
      return { id: randomUUID(), kind: 'view', agoMs: total - passed, watchedMs, loops: 0, token };
    }),
  });
  expect(reply.json).toMatchObject({ refused: [] });
}

/** A viewer with one taste opens the feed and watches until they have seen `count` videos. */
async function live(browser: Get, taste: string, count: number) {
  const seen: string[] = [];
  let cursor = '';
  while (seen.length < count) {
    const shown = await page(browser, `limit=8${cursor}`);
    await watch(browser, shown, (id) => topicOf(id) === taste);
    seen.push(...idsOf(shown));
    cursor = `&cursor=${encodeURIComponent(shown.next!)}`;
  }
  return seen;
}
const shareOf = (ids: readonly string[], taste: string) =>
  ids.filter((id) => topicOf(id) === taste).length / ids.length;

test('two guests with different tastes are shown what they like within forty videos, and a restart keeps it', async () => {
  const [bakes, rides] = [house.browser(), house.browser()];
  const bread = await live(bakes, 'bread', 40);
  const trains = await live(rides, 'trains', 40);
  const base = 1 / topics.length;
  expect(shareOf(bread.slice(8), 'bread') / base).toBeGreaterThanOrEqual(4);
  expect(shareOf(trains.slice(8), 'trains') / base).toBeGreaterThanOrEqual(4);
  expect(shareOf(bread, 'trains')).toBeLessThan(shareOf(trains, 'trains') / 2);
  await house.restart();
  const { users, lastSeq } = house.rooms.recommend.status();
  expect({ users, lastSeq }).toEqual({ users: 2, lastSeq: await house.rooms.signals.latest() });
  const after = await page(bakes, 'limit=24');
  expect(idsOf(after).filter((id) => bread.includes(id))).toEqual([]);
  const left = videos.filter((one) => one.tags[0] === 'bread' && !bread.includes(one.id)).length;
  // Few of the topic are left by now: nearly all of them come, among what others liked.
  expect(shareOf(idsOf(after), 'bread') * 24).toBeGreaterThanOrEqual(Math.min(left - 1, 4));
});

test('no video twice in a session, also across a restart, and a page asked for twice is the same page', async () => {
  const browser = house.browser();
  const first = await page(browser, 'limit=10');
  const second = await page(browser, `limit=10&cursor=${first.next}`);
  const twice = await page(browser, `limit=10&cursor=${first.next}`);
  expect(idsOf(twice)).toEqual(idsOf(second));
  expect(twice.items.map((item) => item.token)).toEqual(second.items.map((item) => item.token));
  await house.restart();
  const third = await page(browser, `limit=10&cursor=${second.next}`);
  const all = [first, second, third].flatMap(idsOf);
  expect(new Set(all).size).toBe(30);
});

test('the same cursor from two tabs at once gives one page', async () => {
  const browser = house.browser();
  const first = await page(browser, 'limit=10');
  const both = await Promise.all([0, 1, 2].map(() => page(browser, `limit=10&cursor=${first.next}`)));
  expect(new Set(both.map((one) => idsOf(one).join())).size).toBe(1);
});

test('a cursor that is not ours is refused', async () => {
  const reply = await house.browser().get('/api/feeds/for-you?cursor=abcdefghij.1.aaaaaaaaaaaaaaaaaaaaaa');
  expect(reply.problem?.code).toBe('cursor_invalid');
});

test('what is watched changes the next page, and does not come back until it is asked for', async () => {
  const browser = house.browser();
  const seen = await live(browser, 'chess', 24);
  const next = await page(browser, 'limit=20');
  expect(idsOf(next).filter((id) => seen.includes(id))).toEqual([]);
  expect(shareOf(idsOf(next), 'chess')).toBeGreaterThan(1 / topics.length);
  const hidden = next.items.find((item) => topicOf(item.video.id) === 'chess')!;
  await browser.post('/api/signals', {
    signals: [{ id: randomUUID(), kind: 'not_interested', token: hidden.token }],
  });
  expect(idsOf(await page(browser, 'limit=40'))).not.toContain(hidden.video.id);
});

test('a viewer who has seen everything is told so, and may watch it again', async () => {
  const browser = house.browser();
  let shown = await page(browser, 'limit=40');
  const seen: string[] = [];
  for (; !shown.exhausted; shown = await page(browser, `limit=40&cursor=${shown.next}`)) {
    await watch(browser, shown, () => true);
    seen.push(...idsOf(shown));
    house.clock.advance(3_600_000);
  }
  await watch(browser, shown, () => true);
  seen.push(...idsOf(shown));
  expect(new Set(seen).size).toBe(videos.length);
  expect(seen.length).toBe(videos.length);
  expect(await page(browser, 'limit=8')).toMatchObject({ items: [], next: null, exhausted: true });
  const again = await page(browser, 'limit=8&again=true');
  expect(again.items.length).toBe(8);
  const more = await page(browser, `limit=8&again=true&cursor=${again.next}`);
  expect(idsOf(more).filter((id) => idsOf(again).includes(id))).toEqual([]);
});

test('every item says why it is there and comes complete', async () => {
  const browser = house.browser();
  await live(browser, 'moss', 24);
  const shown = await page(browser, 'limit=8');
  for (const { video: one, token } of shown.items) {
    expect(one.media?.renditions.length).toBeGreaterThan(0);
    expect(one.author.handle).toMatch(/^h\./);
    expect(token.length).toBeLessThanOrEqual(300);
  }
  const reasons = shown.items.map((item) => item.reason);
  expect(
    reasons.some(({ code, value }) => ['topic', 'similar'].includes(code) && value?.startsWith('moss')),
  ).toBe(true);
});

test("a private video is in nobody's feed, list or page, and a followers-only one is seen by followers", async () => {
  const author = await house.person('author');
  const follower = await house.person('follower');
  const guest = house.browser();
  const mine = video({ authorId: author.me.id, audience: 'me', tags: ['kites'] });
  const close = video({ authorId: author.me.id, audience: 'followers', tags: ['kites'] });
  const half = video({ authorId: author.me.id, status: 'processing' });
  await writeVideos(house.database, [mine, close, half]);
  await house.restart();
  const hidden = [mine.id, close.id, half.id] as string[];
  const shownTo = async (browser: Get) => {
    const paths = [`/api/people/${author.me.handle}/videos`, '/api/tags/kites/videos?limit=48'];
    const lists = await Promise.all(paths.map(async (path) => (await browser.get(path)).json as VideoList));
    const feed: string[] = [];
    for (
      let shown = await page(browser, 'limit=40');
      ;
      shown = await page(browser, `limit=40&cursor=${shown.next}`)
    ) {
      feed.push(...idsOf(shown));
      if (!shown.next) break;
    }
    const pages = await Promise.all(
      hidden.map(async (id) => (await browser.get(`/api/videos/${id}`)).status),
    );
    const related = (await browser.get(`/api/videos/${videos[0]!.id}/related`)).json as { videos: Video[] };
    const all = [
      ...lists.flatMap((list) => list.videos.map((one) => one.id)),
      ...feed,
      ...related.videos.map((one) => one.id),
    ];
    return { listed: hidden.filter((id) => (all as string[]).includes(id)), pages };
  };
  expect(await shownTo(guest)).toEqual({ listed: [], pages: [404, 404, 404] });
  expect(await shownTo(follower)).toEqual({ listed: [], pages: [404, 404, 404] });
  await follower.put(`/api/people/${author.me.handle}/follow`);
  expect(await shownTo(follower)).toEqual({ listed: [close.id], pages: [404, 200, 404] });
  const following = (await follower.get('/api/feeds/following')).json as FeedPage;
  expect(idsOf(following)).toEqual([close.id]);
  expect(following.items[0]!.video.author.followed).toBe(true);
  const own = (await author.get('/api/me/videos')).json as VideoList;
  expect(new Set(own.videos.map((one) => one.id as string))).toEqual(new Set(hidden));
  expect(own.videos.every((one) => one.mine)).toBe(true);
  await follower.delete(`/api/people/${author.me.handle}/follow`);
  expect(await shownTo(follower)).toEqual({ listed: [], pages: [404, 404, 404] });
});

test('what a viewer opens by themselves counts as watched, and what they may not see gives no token', async () => {
  const reader = house.browser();
  const hidden = video({ audience: 'me' });
  const open = video({ caption: 'found on a profile' });
  await writeVideos(house.database, [hidden, open]);
  const ask = (ids: string[], from = 'profile') => reader.post('/api/impressions', { ids, from });
  const { opened } = (await ask([open.id, hidden.id, open.id])).json as {
    opened: { id: string; token: string }[];
  };
  expect(opened.map((one) => one.id)).toEqual([open.id]);
  house.clock.advance(5000);
  const signal = { id: randomUUID(), kind: 'view', agoMs: 0, watchedMs: 5000, token: opened[0]!.token };
  expect((await reader.post('/api/signals', { signals: [signal] })).json).toMatchObject({ accepted: 1 });
  expect(((await reader.get(`/api/videos/${open.id}`)).json as Video).counts.views).toBe(1);
  const [stored] = (await house.rooms.signals.after(0, 100_000)).filter(
    (entry) => 'videoId' in entry && entry.videoId === open.id,
  );
  expect(stored).toMatchObject({ source: 'at-profile', chosen: false });
  expect((await ask([open.id], 'elsewhere')).status).toBe(400);
});

test('following is newest first, to its end', async () => {
  const follower = await house.person('fan');
  const author = authors[3]!;
  await follower.put(`/api/people/h.${author.toLowerCase()}/follow`);
  const expected = videos
    .filter((one) => one.authorId === author)
    .sort((a, b) => b.publishedAtMs - a.publishedAtMs)
    .map((one) => one.id as string);
  const found: string[] = [];
  let cursor = '';
  for (;;) {
    const reply = (await follower.get(`/api/feeds/following?limit=5${cursor}`)).json as FeedPage;
    found.push(...idsOf(reply));
    if (!reply.next) break;
    cursor = `&cursor=${encodeURIComponent(reply.next)}`;
  }
  expect(found).toEqual(expected);
});

test('the taste of a guest goes with them when they sign up', async () => {
  const person = await house.person('guest');
  const guest = house.browser();
  const seen = await live(guest, 'drums', 32);
  const guestId = ((await guest.get('/api/session')).json as { viewerId: string }).viewerId;
  const memberId = await house.rooms.accounts.viewerOf(person.me.id);
  await house.rooms.signals.join(guestId, memberId);
  const shown = await page(person, 'limit=20');
  expect(idsOf(shown).filter((id) => seen.includes(id))).toEqual([]);
  const { beliefs, learnedFrom } = (await person.get('/api/taste')).json as Taste;
  expect(beliefs[0]).toMatchObject({ kind: 'topic', key: 'drums' });
  expect(learnedFrom).toBeGreaterThan(seen.length * 0.9);
});

test('a lost or foreign snapshot costs nothing: the graph is learned again from the log', async () => {
  const browser = house.browser();
  const seen = await live(browser, 'maps', 32);
  // This page waits until all was learned; what is saved now is all there is, and stopping saves nothing more.
  await page(browser, 'limit=1');
  await house.rooms.recommend.save();
  await house.database.pool.query(`update recommend_snapshot_parts set bytes = 'not a snapshot'`);
  await house.restart();
  expect(house.rooms.recommend.status().lastSeq).toBe(await house.rooms.signals.latest());
  const shown = await page(browser, 'limit=10');
  expect(idsOf(shown).filter((id) => seen.includes(id))).toEqual([]);
});

test('my videos are found by their state and by words of their captions, whatever stands in them', async () => {
  const person = await house.person('finder');
  await writeVideos(
    house.database,
    [
      { caption: 'Bread at 100% hydration' },
      { caption: 'BREAD again' },
      { caption: 'a_b', status: 'processing' },
    ].map((one) => video({ status: 'published', ...one, authorId: person.me.id } as Partial<WrittenVideo>)),
  );
  const find = async (query: string) =>
    ((await person.get(`/api/me/videos?${query}`)).json as { videos: Video[] }).videos
      .map((one) => one.caption)
      .sort();
  expect(await find('words=bread')).toEqual(['BREAD again', 'Bread at 100% hydration']);
  expect(await find('words=100%25')).toEqual(['Bread at 100% hydration']);
  expect(await find('words=_b')).toEqual(['a_b']);
  expect(await find('status=processing')).toEqual(['a_b']);
  expect(await find('status=refused')).toEqual([]);
});

test('everybody may read by which numbers For You is chosen, as an operator has set them', async () => {
  const operator = await house.operator();
  const read = async () =>
    ((await house.browser().get('/api/feeds/numbers')).json as { numbers: FeedNumber[] }).numbers;
  const numbers = await read();
  expect(numbers.every(({ name }) => name.startsWith('recommend.'))).toBe(true);
  const one = numbers.find(({ name }) => name === 'recommend.creatorShare')!;
  expect(one.reason).toBeTruthy();
  const value = one.standard / 2;
  await operator.put('/api/desk/tunables/recommend.creatorShare', { value });
  expect((await read()).find(({ name }) => name === one.name)).toEqual({ ...one, value });
});
