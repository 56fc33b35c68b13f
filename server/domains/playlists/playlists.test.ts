import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '../../../contract/ids.ts';
import type { Playlist } from '../../../contract/playlists.ts';
import type { Video } from '../../../contract/videos.ts';
import { newId } from '../../platform/random.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { type WrittenVideo, writeVideos } from '../feed/testing.community.ts';

let house: OpenHouse;
let maker: Awaited<ReturnType<OpenHouse['person']>>;
let follower: Awaited<ReturnType<OpenHouse['person']>>;
let guest: Browser;

beforeAll(async () => {
  house = await openHouse();
  [maker, follower] = [await house.person('maker'), await house.person('follower')];
  guest = house.browser();
  await follower.put(`/api/people/${maker.me.handle}/follow`);
});
afterAll(() => house.close());

const made = async (more: Partial<WrittenVideo>[], author = maker) => {
  const videos = more.map(
    (one): WrittenVideo => ({
      id: newId<VideoId>(),
      authorId: author.me.id,
      tags: [],
      caption: 'a synthetic video',
      audience: 'everyone',
      status: 'published',
      durationMs: 4000,
      publishedAtMs: house.clock.now(),
      ...one,
    }),
  );
  await writeVideos(house.database, videos);
  return videos.map((one) => one.id);
};
type Whole = { playlist: Playlist; videos: Video[] };
const create = async (title: string, ids: readonly string[], key: string = randomUUID()) =>
  maker.post('/api/playlists', { key, title, ids: [...ids] });
const open = async (browser: Browser, id: string) => {
  const reply = await browser.get(`/api/playlists/${id}`);
  return reply.status === 200 ? (reply.json as Whole) : reply.status;
};
const listed = async (browser: Browser) =>
  (
    (await browser.get(`/api/people/${maker.me.handle}/playlists`)).json as { playlists: Playlist[] }
  ).playlists.map((one) => [one.title, one.videos]);

test('everybody finds in a playlist what they may see, in its order, and no sign of the rest', async () => {
  const [all, few, mine, last] = (await made([{}, { audience: 'followers' }, { audience: 'me' }, {}])) as [
    VideoId,
    VideoId,
    VideoId,
    VideoId,
  ];
  const { id } = (await create('How a lamp is made', [last, mine, few, all])).json as Playlist;
  const seenBy = async (browser: Browser) => {
    const found = (await open(browser, id)) as Whole;
    expect(found.playlist.videos).toBe(found.videos.length);
    return found.videos.map((one) => one.id);
  };
  expect(await seenBy(maker)).toEqual([last, mine, few, all]);
  expect(await seenBy(follower)).toEqual([last, few, all]);
  expect(await seenBy(guest)).toEqual([last, all]);
  expect(JSON.stringify(await open(guest, id))).not.toContain(mine);
  expect(await listed(guest)).toEqual([['How a lamp is made', 2]]);

  const hidden = (await create('For nobody yet', [mine])).json as Playlist;
  expect(await open(follower, hidden.id)).toBe(404);
  expect(await listed(follower)).toEqual([['How a lamp is made', 3]]);
  expect(await listed(maker)).toHaveLength(2);
});

test('made twice with one key it is one, and only of one’s own videos', async () => {
  const [first, second] = (await made([{}, {}])) as [VideoId, VideoId];
  const [foreign] = await made([{}], follower);
  const key = randomUUID();
  const twins = await Promise.all([create('Once', [first], key), create('Once', [first], key)]);
  const [one, other] = twins.map((reply) => (reply.json as Playlist).id);
  expect(one).toBe(other);
  expect((await create('Not mine', [first, foreign!])).status).toBe(404);
  const add = (ids: string[], browser: Browser = maker) =>
    browser.post(`/api/playlists/${one}/videos`, { ids });
  expect((await add([second, first])).json).toMatchObject({ videos: 2 });
  expect((await add([second])).json).toMatchObject({ videos: 2 });
  expect((await add([foreign!])).status).toBe(404);
  expect((await add([first], follower)).status).toBe(404);
  const turned = await maker.patch(`/api/playlists/${one}`, { ids: [second, first], title: 'Turned' });
  expect((turned.json as Whole).videos.map((video) => video.id)).toEqual([second, first]);
  expect((turned.json as Whole).playlist.title).toBe('Turned');
  expect((await maker.patch(`/api/playlists/${one}`, { ids: [first, first] })).status).toBe(400);
});

test('deleting a playlist twice answers the same and leaves the videos; a deleted video leaves the playlist', async () => {
  const [first, second] = (await made([{}, {}])) as [VideoId, VideoId];
  const { id } = (await create('Short-lived', [first, second])).json as Playlist;
  await maker.delete(`/api/videos/${first}`);
  await house.settle();
  expect(((await open(guest, id)) as Whole).videos.map((one) => one.id)).toEqual([second]);
  expect((await follower.delete(`/api/playlists/${id}`)).status).toBe(404);
  expect((await maker.delete(`/api/playlists/${id}`)).status).toBe(204);
  expect((await maker.delete(`/api/playlists/${id}`)).status).toBe(204);
  expect(await open(maker, id)).toBe(404);
  expect((await guest.get(`/api/videos/${second}`)).status).toBe(200);
});

test('the limits hold for two tabs at once', async () => {
  const ids = await made(Array.from({ length: 5 }, () => ({})));
  const pins = await Promise.all(ids.map((id) => maker.put(`/api/videos/${id}/pin`)));
  expect(pins.map((reply) => reply.status).sort()).toEqual([200, 200, 200, 409, 409]);
  const pinned = ids.filter((_, at) => pins[at]!.status === 200);
  expect((await maker.put(`/api/videos/${pinned[0]}/pin`)).status).toBe(200);
  expect((await follower.put(`/api/videos/${pinned[0]}/pin`)).status).toBe(404);
  await maker.patch(`/api/videos/${pinned[1]}`, { audience: 'me' });
  const seen = async (browser: Browser) =>
    ((await browser.get(`/api/people/${maker.me.handle}/pins`)).json as { videos: Video[] }).videos.length;
  expect([await seen(maker), await seen(guest)]).toEqual([3, 2]);
  await maker.delete(`/api/videos/${pinned[0]}/pin`);
  await maker.delete(`/api/videos/${pinned[0]}/pin`);
  expect(await seen(maker)).toBe(2);

  const more = await Promise.all(Array.from({ length: 26 }, (_, at) => create(`Number ${at}`, [])));
  const full = more.filter((reply) => reply.problem?.code === 'playlists_full');
  expect(await listed(maker)).toHaveLength(24);
  expect(full.length).toBeGreaterThan(0);
});
