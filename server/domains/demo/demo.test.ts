import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { Video } from '../../../contract/videos.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';
import { clips as catalogue } from './catalogue.ts';
import { createDemo, type Demo } from './demo.ts';

/** Two opening clips and one of the others, by three people. */
const clips = ['illusions-straight-lines', 'balcony-sunflower', 'illusions-same-grey'].map(
  (id) => catalogue.find((clip) => clip.id === id)!,
);

let house: OpenHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const build = async () => {
  const demo = createDemo({ ...house.rooms, home: { scratch: join(house.folder, 'scratch') }, clips });
  await demo.listen();
  return demo;
};

/** Resolves at the first news of the demo after which `holds`. */
const until = (holds: () => boolean) =>
  new Promise<void>((resolve) => {
    const stop = house.rooms.bus.subscribe('demo', () => {
      if (!holds()) return;
      stop();
      resolve();
    });
  });

const making = async (demo: Demo, holds: () => boolean) => {
  const reached = until(holds);
  await demo.start(true);
  await reached;
};

const forYou = async (): Promise<Video[]> => {
  await house.settle();
  const page = (await house.browser().get('/api/feeds/for-you?limit=20')).json as FeedPage;
  return page.items.map((item) => item.video);
};

const stored = async () => {
  const keys: string[] = [];
  for await (const file of house.rooms.storage.list('')) keys.push(file.key);
  return keys.sort();
};

test('a demo stopped in the middle shows what it has, and goes on after a restart without making any twice', async () => {
  const first = await build();
  expect(first.state()).toEqual({ state: 'off', made: 0, total: 3 });
  await making(first, () => first.state().made > 0);
  await first.stop();
  const { state, made } = first.state();
  expect([state, made < 3]).toEqual(['making', true]);
  const early = await forYou();
  expect(early).toHaveLength(made);
  expect(early.every((video) => video.demo)).toBe(true);

  await house.restart();
  const second = await build();
  const onlyServing = await build();
  expect(onlyServing.state()).toEqual({ state: 'making', made, total: 3 });
  await making(second, () => second.state().state === 'ready');
  expect(second.state()).toEqual({ state: 'ready', made: 3, total: 3 });
  await expect.poll(() => onlyServing.state()).toEqual(second.state());
  await Promise.all([second.stop(), onlyServing.stop()]);
  const whole = await forYou();
  expect(whole.map((video) => video.caption).sort()).toEqual(clips.map((clip) => clip.caption).sort());
  expect(whole.map((video) => video.id)).toEqual(expect.arrayContaining(early.map((video) => video.id)));
  expect(new Set(whole.map((video) => video.author.handle))).toEqual(
    new Set(clips.map((clip) => clip.creator)),
  );
  for (const video of whole) {
    expect(video.demo).toBe(true);
    const avatar = await house.browser().get(video.author.avatarUrl!);
    expect([avatar.status, avatar.headers.get('content-type')]).toEqual([200, 'image/webp']);
    const { bytes } = (
      await house.database.pool.query(
        'select (facts->>$$bytes$$)::int as bytes from uploads where asset_id = $1',
        [(await house.rooms.posts.posts([video.id])).get(video.id)!.assetId],
      )
    ).rows[0];
    expect(bytes).toBeGreaterThan(50_000);
  }
});

test('a clip whose publishing was killed before it was noted is the same video afterwards', async () => {
  const before = (await forYou()).map((video) => video.id).sort();
  await house.database.pool.query('delete from demo_clips where clip_id = $1', [clips[1]!.id]);
  await house.database.pool.query('update demo_state set state = $1', ['making']);
  const demo = await build();
  await making(demo, () => demo.state().state === 'ready');
  await demo.stop();
  expect(demo.state().made).toBe(3);
  expect((await forYou()).map((video) => video.id).sort()).toEqual(before);
});

test('removal takes people, videos and files, leaves everybody else, and no restart makes them again', async () => {
  const own = await house.person('mira');
  expect((await stored()).length).toBeGreaterThan(3 * 3);
  const demo = await build();
  await demo.start(true);
  expect(await demo.remove()).toEqual({ state: 'removing', made: 3, total: 3 });
  await house.settle();
  expect(demo.state()).toEqual({ state: 'removed', made: 0, total: 3 });
  await demo.stop();
  expect(await forYou()).toEqual([]);
  expect(await stored()).toEqual([]);
  const found = (handle: string) => house.rooms.accounts.personByHandle(handle).catch(() => null);
  for (const clip of clips) expect(await found(clip.creator)).toBeNull();
  expect(await found(own.me.handle)).not.toBeNull();

  await house.restart();
  const again = await build();
  await again.start(true);
  await again.stop();
  expect(again.state().state).toBe('removed');
  expect(await forYou()).toEqual([]);
});

test('an operator who orders the removal while clips are being made waits for none of them', async () => {
  await house.database.pool.query('delete from demo_state');
  const demo = await build();
  await making(demo, () => demo.state().state === 'making');
  await demo.removeNow();
  await demo.stop();
  expect(demo.state()).toEqual({ state: 'removed', made: 0, total: 3 });
  expect(await forYou()).toEqual([]);
  expect(await stored()).toEqual([]);
});
