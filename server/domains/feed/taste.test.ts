import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { AccountId, SoundId, VideoId } from '../../../contract/ids.ts';
import type { Taste } from '../../../contract/taste.ts';
import type { Video } from '../../../contract/videos.ts';
import { newId } from '../../platform/random.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';
import { type WrittenVideo, writePeople, writeVideos } from './testing.community.ts';
import { everyPage, type Get, idsOf, live, pageOf, watchPage } from './viewers.fixture.ts';

/** What a viewer says about their feed holds from the next page on: each wish against the whole server. */
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
const rain = newId<SoundId>();
const creaking = newId<SoundId>();
let videos: WrittenVideo[] = [];

beforeAll(async () => {
  house = await openHouse();
  videos = topics.flatMap((tag, topic) =>
    Array.from(
      { length: perTopic },
      (_, at): WrittenVideo => ({
        id: newId<VideoId>(),
        authorId: authors[(at * 7 + topic) % authors.length]!,
        tags: [tag],
        caption: at % 12 === 0 ? `${tag} without a word` : `${tag} number ${at}`,
        audience: 'everyone',
        status: 'published',
        durationMs: 12_000,
        publishedAtMs: house.clock.now() - (at * topics.length + topic) * 600_000,
        aiMade: at % 4 === 1,
        ...(at % 6 === 2 && { soundId: at % 12 === 2 ? rain : creaking }),
        ...(at % 8 === 3 && { cues: [{ startMs: 0, endMs: 2000, text: 'This is the ENDING, friends' }] }),
        ...(at % 8 === 5 && { pictureTexts: ['Part 2', 'How it ended: the Ending'] }),
      }),
    ),
  );
  await writePeople(house.database, authors);
  await writeVideos(house.database, videos);
  await house.restart();
});
afterAll(() => house.close());

const byId = (id: string) => videos.find((one) => one.id === id)!;
const topicOf = (id: string) => byId(id)?.tags[0];
const is = (topic: string) => (id: string) => topicOf(id) === topic;
const shareOf = (ids: readonly string[], topic: string) => ids.filter(is(topic)).length / ids.length;
const idsWhere = (keep: (one: WrittenVideo) => boolean) => videos.filter(keep).map((one) => one.id as string);
const tasteOf = async (browser: Get) => (await browser.get('/api/taste')).json as Taste;
const say = async (browser: Get, change: object) =>
  expect((await browser.patch('/api/taste/settings', change)).status).toBe(200);
const lean = async (browser: Get, kind: string, key: string, level: number) =>
  expect((await browser.put(`/api/taste/leanings/${kind}/${key}`, { level })).status).toBe(200);

/** A graph that never saw a snapshot: all it knows is the log. */
async function restartFromLog() {
  await house.rooms.recommend.save();
  await house.database.pool.query(`update recommend_snapshot_parts set bytes = 'not a snapshot'`);
  await house.restart();
}

describe('never', () => {
  const kinds: [string, () => [string, string], (one: WrittenVideo) => boolean][] = [
    ['a topic', () => ['topic', 'Bread'], (one) => one.tags[0] === 'bread'],
    ['a creator', () => ['creator', authors[5]!], (one) => one.authorId === authors[5]],
    ['a sound', () => ['sound', rain], (one) => one.soundId === rain],
  ];
  test.each(kinds)(
    '%s at −2 is not shown, everything else is, in full pages',
    async (_, leaning, isHidden) => {
      const browser = house.browser();
      await pageOf(browser, 'limit=4');
      await lean(browser, ...leaning(), -2);
      const pages = await everyPage(browser);
      expect(pages.flat().toSorted()).toEqual(idsWhere((one) => !isHidden(one)).toSorted());
      expect(pages.slice(0, -1).every((page) => page.length === 40)).toBe(true);
      // Taken back, it is there again.
      await lean(browser, ...leaning(), 0);
      expect((await everyPage(browser)).flat()).toHaveLength(videos.length);
    },
  );

  test('a muted hashtag, a muted word in caption, captions or picture of the video, and what AI made are not shown', async () => {
    const browser = house.browser();
    const shown = async () => (await everyPage(browser)).flat().toSorted();
    await say(browser, { mutedTags: ['#Moss', 'ｋｉｔｅｓ'] });
    expect(await shown()).toEqual(idsWhere((one) => !/moss|kites/.test(one.tags[0]!)).toSorted());
    await say(browser, { mutedTags: [], mutedWords: ['the ending', 'CHESS', 'num'] });
    expect(await shown()).toEqual(
      idsWhere((one) => !one.cues && !one.pictureTexts && one.tags[0] !== 'chess').toSorted(),
    );
    await say(browser, { mutedWords: [], hideAiMade: true });
    expect(await shown()).toEqual(idsWhere((one) => !one.aiMade).toSorted());
    await say(browser, { hideAiMade: false });
    expect(await shown()).toHaveLength(videos.length);
  });

  test('with a word muted that nearly every video has, pages are still full', async () => {
    const browser = house.browser();
    await say(browser, { mutedWords: ['number'] });
    const first = await pageOf(browser, 'limit=8');
    expect(first.items).toHaveLength(8);
    const pages = await everyPage(browser, 8);
    expect(pages.flat().toSorted()).toEqual(idsWhere((one) => !one.caption.includes('number')).toSorted());
    expect(pages).toHaveLength(3);
  });

  test('it also holds for what is shown again after everything was seen', async () => {
    const browser = house.browser();
    await lean(browser, 'topic', 'bread', -2);
    for (let shown = await pageOf(browser, 'limit=40'); shown.items.length > 0; ) {
      await watchPage(house, browser, shown, is('maps'));
      house.clock.advance(3_600_000);
      shown = await pageOf(browser, 'limit=40');
    }
    const again = await pageOf(browser, 'limit=40&again=true');
    expect(again.items).toHaveLength(40);
    expect(idsOf(again).filter(is('bread'))).toEqual([]);
    expect(again.items.every(({ reason }) => reason.code === 'again')).toBe(true);
    const told = again.items.flatMap(({ because }) => because);
    expect(told).toContainEqual({ code: 'topic', value: 'maps' });
  }, 60_000);
});

/** Over several sessions, so that chance decides little. */
const shownTo = async (browser: Get) => {
  const shown: string[] = [];
  for (let session = 0; session < 6; session++) shown.push(...idsOf(await pageOf(browser, 'limit=20')));
  return shown;
};

test('more and less move the next page, and the page says that it was asked for', async () => {
  const [plain, keen, weary] = [house.browser(), house.browser(), house.browser()];
  const usual = shareOf(await shownTo(plain), 'clay');
  await lean(keen, 'topic', 'clay', 2);
  expect(shareOf(await shownTo(keen), 'clay')).toBeGreaterThan(usual * 2);
  const asked = (await pageOf(keen, 'limit=20')).items.filter(({ reason }) => reason.code === 'asked');
  expect(asked.length).toBeGreaterThan(0);
  for (const { reason, video } of asked) {
    expect(reason.value).toBe('clay');
    expect(topicOf(video.id)).toBe('clay');
  }
  await live(house, weary, is('clay'), 16);
  const before = shareOf(await shownTo(weary), 'clay');
  await lean(weary, 'topic', 'clay', -1);
  expect(shareOf(await shownTo(weary), 'clay')).toBeLessThan(before);
});

test('without profiling there is popular and fresh, nothing of the past but what was seen, and one tap leads back', async () => {
  const person = await house.person('plain');
  await person.put(`/api/people/h.${authors[2]!.toLowerCase()}/follow`);
  const seen = await live(house, person, is('trains'), 24);
  await say(person, { profiling: false });
  const shown: FeedPage['items'] = [];
  for (let session = 0; session < 4; session++) shown.push(...(await pageOf(person, 'limit=20')).items);
  const codes = new Set(shown.flatMap((item) => item.because.map((reason) => reason.code)));
  expect([...codes].filter((code) => !['popular', 'fresh'].includes(code))).toEqual([]);
  expect(shown.some((item) => item.exploration)).toBe(false);
  expect(shown.map((item) => item.video.id as string).filter((id) => seen.includes(id))).toEqual([]);
  const left = videos.filter((one) => is('trains')(one.id) && !seen.includes(one.id)).length;
  const usual = left / (videos.length - seen.length);
  expect(
    shareOf(
      shown.map((item) => item.video.id),
      'trains',
    ),
  ).toBeLessThan(usual * 2.5 + 0.05);
  const { creators } = (await person.get('/api/creators/suggested')).json as {
    creators: { reason: { code: string } }[];
  };
  expect(creators.length).toBeGreaterThan(5);
  expect(creators.filter(({ reason }) => !['popular', 'fresh'].includes(reason.code))).toEqual([]);
  await say(person, { profiling: true });
  const back = (await pageOf(person, 'limit=20')).items;
  expect(back.some(({ reason }) => reason.code === 'topic' && reason.value === 'trains')).toBe(true);
});

test('while learning is paused views count and do not come again, and nothing is learned, also after a replay', async () => {
  const browser = house.browser();
  const before = await pageOf(browser, 'limit=8');
  await say(browser, { learning: false });
  const seen = await live(house, browser, () => true, 24);
  const { counts } = (await browser.get(`/api/videos/${seen[0]}`)).json as Video;
  expect(counts.views).toBeGreaterThan(0);
  const check = async () => {
    expect(await tasteOf(browser)).toMatchObject({ beliefs: [], learnedFrom: 0 });
    const next = await everyPage(browser);
    expect(next.flat().filter((id) => seen.includes(id))).toEqual([]);
  };
  await check();
  await restartFromLog();
  await check();
  // Going on: what is watched from here on teaches.
  await say(browser, { learning: true });
  const shown = await pageOf(browser, `limit=8&cursor=${before.next}`);
  await watchPage(house, browser, shown, () => true);
  expect((await tasteOf(browser)).learnedFrom).toBeGreaterThan(5);
});

test('what was learned is told with names, strongest first, and a reset forgets it for good', async () => {
  const browser = house.browser();
  const seen = await live(house, browser, is('drums'), 40);
  await lean(browser, 'creator', authors[7]!, 1);
  await lean(browser, 'sound', rain, -1);
  await say(browser, { mutedWords: ['politics'] });
  const told = await tasteOf(browser);
  expect(told.learnedFrom).toBeGreaterThan(30);
  const topicsTold = told.beliefs.filter((one) => one.kind === 'topic');
  expect(topicsTold[0]).toMatchObject({ key: 'drums', label: 'drums' });
  expect(topicsTold[0]!.weight).toBeGreaterThan(0);
  expect(topicsTold.some((one) => one.weight < 0)).toBe(true);
  const creatorsTold = told.beliefs.filter((one) => one.kind === 'creator');
  expect(creatorsTold[0]!.label).toBe(`h.${creatorsTold[0]!.key.toLowerCase()}`);
  for (const one of told.beliefs.filter(({ kind }) => kind === 'sound'))
    expect(one.label).toBe(`sound ${one.key}`);
  expect(told.leanings).toEqual([
    { kind: 'creator', key: authors[7], label: `h.${authors[7]!.toLowerCase()}`, level: 1 },
    { kind: 'sound', key: rain, label: `sound ${rain}`, level: -1 },
  ]);

  expect((await browser.delete('/api/taste')).status).toBe(204);
  const check = async () => {
    const after = await tasteOf(browser);
    expect(after).toMatchObject({ beliefs: [], learnedFrom: 0, leanings: told.leanings });
    expect(after.settings.mutedWords).toEqual(['politics']);
    const shown = await pageOf(browser, 'limit=40');
    expect(idsOf(shown).filter((id) => seen.includes(id))).toEqual([]);
    expect(shown.items.map((item) => item.reason.code)).not.toContain('topic');
  };
  await check();
  await house.restart();
  await check();
  await restartFromLog();
  await check();
});

test('Following leaves out what is muted and unwanted topics, and keeps a followed creator', async () => {
  const fan = await house.person('fan');
  const author = authors[3]!;
  const other = authors[9]!;
  for (const one of [author, other]) await fan.put(`/api/people/h.${one.toLowerCase()}/follow`);
  await lean(fan, 'creator', author, -2);
  await lean(fan, 'topic', 'maps', -2);
  await say(fan, { mutedTags: ['moss'], mutedWords: ['the ending'], hideAiMade: true });
  const wanted = (one: WrittenVideo) =>
    [author, other].includes(one.authorId) &&
    !['maps', 'moss'].includes(one.tags[0]!) &&
    !one.cues &&
    !one.pictureTexts &&
    !one.aiMade;
  const found: string[] = [];
  for (let cursor = ''; ; ) {
    const reply = (await fan.get(`/api/feeds/following?limit=5${cursor}`)).json as FeedPage;
    found.push(...idsOf(reply));
    for (const item of reply.items) expect(item.because).toEqual([item.reason]);
    if (!reply.next) break;
    cursor = `&cursor=${encodeURIComponent(reply.next)}`;
  }
  expect(found.toSorted()).toEqual(idsWhere(wanted).toSorted());
  expect(found.some((id) => byId(id).authorId === author)).toBe(true);
  expect((await everyPage(fan)).flat().filter((id) => byId(id).authorId === author)).toEqual([]);
});

test('why a video is there is stored with it: at most three causes, the first its reason, the same when asked again', async () => {
  const browser = house.browser();
  await live(house, browser, is('maps'), 24);
  await lean(browser, 'topic', 'knots', 2);
  for (const author of authors.slice(0, 20)) await lean(browser, 'creator', author, 1);
  const first = await pageOf(browser, 'limit=20');
  const second = await pageOf(browser, `limit=20&cursor=${first.next}`);
  const items = [...first.items, ...second.items];
  for (const { because, reason } of items) {
    expect(because.length).toBeGreaterThanOrEqual(1);
    expect(because.length).toBeLessThanOrEqual(3);
    expect(because[0]).toEqual(reason);
  }
  expect(items.some((item) => item.because.length > 1)).toBe(true);
  await house.restart();
  const twice = await pageOf(browser, `limit=20&cursor=${first.next}`);
  const whys = (shown: FeedPage) => shown.items.map(({ because, exploration }) => ({ because, exploration }));
  expect(whys(twice)).toEqual(whys(second));
});

test('a cause is not told when its video can no longer be seen, or has a muted word in its caption', async () => {
  const browser = house.browser();
  const first = await pageOf(browser, 'limit=4');
  const next = `limit=4&cursor=${first.next}`;
  const second = await pageOf(browser, next);
  const secret = { ...videos[0]!, id: newId<VideoId>(), audience: 'me' as const, caption: 'a secret' };
  await writeVideos(house.database, [secret]);
  const number = (topic: string) =>
    videos.find((one) => one.tags[0] === topic && one.caption.includes('number'))!;
  const [moss, maps] = [number('moss'), number('maps')];
  // As if these had been watched before: what is stored with the page is what is told.
  await house.database.pool.query(
    `update feed_pages set choices = (
       select jsonb_agg(choice || $2::jsonb) from jsonb_array_elements(choices) as choice)
     where session_id = $1 and page = 1`,
    [
      first.next!.split('.')[0],
      { source: 'similar', exploration: false, causes: [secret.id, moss.id, maps.id] },
    ],
  );
  await house.restart();
  const told = async () =>
    (await pageOf(browser, next)).items.map(({ because }) => because.map((one) => one.value));
  expect(await told()).toEqual(second.items.map(() => [moss.caption, maps.caption]));
  await say(browser, { mutedWords: ['moss'] });
  expect(await told()).toEqual(second.items.map(() => [maps.caption]));
});

test('the wishes of a guest go with them when they sign up', async () => {
  const guest = house.browser();
  await lean(guest, 'topic', 'bread', -2);
  await say(guest, { hideAiMade: true });
  const name = newId(8).toLowerCase();
  const reply = await guest.post('/api/auth/sign-up/email', {
    email: `${name}@people.example`,
    password: 'a long enough passphrase',
    name: 'Somebody New',
    handle: name,
  });
  expect(reply.status).toBe(200);
  await house.settle();
  expect(await tasteOf(guest)).toMatchObject({
    settings: { hideAiMade: true },
    leanings: [{ kind: 'topic', key: 'bread', level: -2 }],
  });
  const shown = (await everyPage(guest)).flat();
  expect(shown.toSorted()).toEqual(idsWhere((one) => one.tags[0] !== 'bread' && !one.aiMade).toSorted());
});

test('what is gone has no name, and its wish can be taken back', async () => {
  const browser = house.browser();
  const gone = authors[23]!;
  await lean(browser, 'creator', gone, 1);
  await house.database.pool.query('delete from people where account_id = $1', [gone]);
  expect((await tasteOf(browser)).leanings).toEqual([{ kind: 'creator', key: gone, label: null, level: 1 }]);
  await lean(browser, 'creator', gone, 0);
  expect((await tasteOf(browser)).leanings).toEqual([]);
});

test('nonsense is refused in plain words, and changes nothing', async () => {
  const browser = house.browser();
  await say(browser, { mutedWords: ['one'] });
  const before = await tasteOf(browser);
  const bad: [string, string, unknown, number][] = [
    ['patch', '/api/taste/settings', { mutedWords: ['ok', '\u200b\u200d'] }, 400],
    ['patch', '/api/taste/settings', { mutedWords: ['   '] }, 400],
    ['patch', '/api/taste/settings', { mutedWords: Array(201).fill('a') }, 400],
    ['patch', '/api/taste/settings', { mutedTags: ['two words'] }, 400],
    ['patch', '/api/taste/settings', { mutedTags: ['#'], profiling: false }, 400],
    ['patch', '/api/taste/settings', { profiling: 'no' }, 400],
    ['patch', '/api/taste/settings', { unheardOf: true }, 400],
    ['put', '/api/taste/leanings/topic/bread', { level: 3 }, 400],
    ['put', '/api/taste/leanings/topic/bread', { level: 0.5 }, 400],
    ['put', '/api/taste/leanings/topic/%00', { level: 1 }, 400],
    ['put', '/api/taste/leanings/topic/two%20words', { level: 1 }, 400],
    ['put', '/api/taste/leanings/colour/red', { level: 1 }, 400],
    ['put', '/api/taste/leanings/creator/nobodyatall', { level: 1 }, 404],
    ['put', '/api/taste/leanings/sound/nosoundatall', { level: 1 }, 404],
    ['put', '/api/taste/leanings/creator/%00', { level: 0 }, 404],
  ];
  for (const [verb, path, body, status] of bad) {
    const reply = await browser[verb as 'put' | 'patch'](path, body);
    expect([path, body, reply.status]).toEqual([path, body, status]);
    expect(reply.problem?.code).toBe(status === 400 ? 'invalid_input' : 'not_found');
  }
  expect(await tasteOf(browser)).toEqual(before);
});

test('nobody says more in a minute than a person can', async () => {
  const limited = await openHouse({ limits: true });
  try {
    const browser = limited.browser();
    await browser.get('/api/session');
    const tries = (count: number, run: () => Promise<{ status: number }>) =>
      Promise.all(Array.from({ length: count }, async () => (await run()).status));
    const changes = await tries(70, () => browser.patch('/api/taste/settings', { hideAiMade: true }));
    expect(changes.filter((status) => status === 429)).toHaveLength(10);
    const resets = await tries(25, () => browser.delete('/api/taste'));
    expect(resets.filter((status) => status === 429)).toHaveLength(5);
    const leans = await tries(125, () => browser.put('/api/taste/leanings/topic/bread', { level: 1 }));
    expect(leans.filter((status) => status === 429)).toHaveLength(5);
  } finally {
    await limited.close();
  }
});

describe('beside For You', () => {
  test('what is suddenly watched rises, for those who have not muted it, also after a restart', async () => {
    const hot = videos.find((one) => one.tags[0] === 'clouds' && !one.aiMade)!.id as string;
    for (let viewer = 0; viewer < 30; viewer++) {
      const browser = house.browser();
      const pages: FeedPage[] = [await pageOf(browser, 'limit=40')];
      while (!idsOf(pages.at(-1)!).includes(hot) && pages.at(-1)!.next)
        pages.push(await pageOf(browser, `limit=40&cursor=${pages.at(-1)!.next}`));
      const { token } = pages.flatMap((one) => one.items).find((item) => item.video.id === hot)!;
      house.clock.advance(12_000);
      await browser.post('/api/signals', {
        signals: [{ id: randomUUID(), kind: 'view', watchedMs: 12_000, loops: 0, token }],
      });
    }
    const browser = house.browser();
    const rising = async () =>
      ((await browser.get('/api/feeds/rising')).json as { videos: Video[] }).videos.map((one) => one.id);
    expect((await rising())[0]).toBe(hot);
    await house.restart();
    expect((await rising())[0]).toBe(hot);
    await restartFromLog();
    expect((await rising())[0]).toBe(hot);
    await say(browser, { mutedWords: ['clouds'] });
    expect(await rising()).not.toContain(hot);
  });

  test('creators are suggested with a reason: not those one follows, never wants, or is', async () => {
    const person = await house.person('curious');
    await person.put(`/api/people/h.${authors[1]!.toLowerCase()}/follow`);
    await lean(person, 'creator', authors[2]!, -2);
    await live(house, person, (id) => byId(id).authorId === authors[4], 160);
    const { creators } = (await person.get('/api/creators/suggested?limit=20')).json as {
      creators: { person: { id: string; handle: string }; reason: { code: string; value: string | null } }[];
    };
    const ids = creators.map((one) => one.person.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(10);
    for (const not of [authors[1]!, authors[2]!, person.me.id as string]) expect(ids).not.toContain(not);
    expect(creators[0]!.person.id).toBe(authors[4]);
    expect(creators[0]!.reason).toEqual({ code: 'creator', value: creators[0]!.person.handle });
    const stranger = (await house.browser().get('/api/creators/suggested')).json as { creators: unknown[] };
    expect(stranger.creators.length).toBeGreaterThan(5);
  });

  test('more like this obeys what its viewer said, and brings what they have watched last', async () => {
    const seed = videos.find((one) => one.tags[0] === 'bread')!;
    const related = async (browser: Get) =>
      ((await browser.get(`/api/videos/${seed.id}/related`)).json as { videos: Video[] }).videos;
    const browser = house.browser();
    const [met, ...before] = await related(browser);
    expect(before.length).toBeGreaterThan(8);
    const tell = async (id: string, signal: object) => {
      const { opened } = (await browser.post('/api/impressions', { ids: [id], from: 'related' })).json as {
        opened: { token: string }[];
      };
      house.clock.advance(12_000);
      const signals = [{ id: randomUUID(), agoMs: 0, token: opened[0]!.token, ...signal }];
      expect((await browser.post('/api/signals', { signals })).json).toMatchObject({ accepted: 1 });
    };
    await tell(met!.id, { kind: 'view', watchedMs: 12_000 });
    const after = await related(browser);
    expect(after.slice(0, 6).map((one) => one.id)).not.toContain(met!.id);
    const unwanted = byId(after[0]!.id).authorId;
    await lean(browser, 'creator', unwanted, -2);
    await say(browser, { mutedWords: ['number 2'] });
    const left = await related(browser);
    expect(left.length).toBeGreaterThan(5);
    for (const { id } of left) {
      expect(byId(id).authorId).not.toBe(unwanted);
      expect(byId(id).caption).not.toMatch(/number 2$/);
    }
    await tell(left[0]!.id, { kind: 'not_interested' });
    expect((await related(browser)).map((one) => one.id)).not.toContain(left[0]!.id);
  });

  test('more like a sound are videos with other sounds, and a sound nobody may hear has none', async () => {
    const browser = house.browser();
    const { videos: related } = (await browser.get(`/api/sounds/${rain}/related`)).json as {
      videos: Video[];
    };
    expect(related.length).toBeGreaterThan(5);
    expect(related.every((one) => one.sound?.id !== rain)).toBe(true);
    expect(related.every((one) => topics.includes(topicOf(one.id)!))).toBe(true);
    expect((await browser.get('/api/sounds/nosoundatall/related')).status).toBe(404);
  });
});
