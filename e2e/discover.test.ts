import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedItem } from '../contract/feeds.ts';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { inEveryLook, speak, still } from './looks.ts';
import { desktop, openChromium, openDevice, picture, type Server, startServer } from './stage.ts';

/** Ways to something new beside For You: people to follow, what rises, more like a video, more like a sound. */
let server: Server;
let browser: Browser;
const names = ['kite_maker', 'boat_folder', 'lamp_maker'];
const videos: Video[] = [];
let fan: Person;

/** Watched to the end, as somebody does who likes it. */
const watch = (viewer: Person, items: readonly Pick<FeedItem, 'token'>[]) =>
  viewer.ask('post', '/api/signals', {
    signals: items.map(({ token }) => ({
      ...{ id: crypto.randomUUID(), token, kind: 'view', agoMs: 0 },
      ...{ watchedMs: 2400, loops: 1 },
    })),
  });

beforeAll(async () => {
  server = await startServer();
  for (const [at, handle] of names.entries()) {
    const person = await openPerson(server, handle);
    const bytes = await clip({ shade: at * 3, durationMs: 2000, sound: { kind: 'sine', levelDb: -30 } });
    videos.push(
      await person.published(bytes, {
        caption: `By ${handle} #paper`,
        topics: ['crafts'],
        soundTitle: `Hum of ${handle}`,
      }),
    );
  }
  fan = await openPerson(server, 'paper_fan');
  for (let guest = 0; guest < 8; guest++) {
    const viewer = guest === 0 ? fan : await openPerson(server);
    const { items } = await viewer.forYou(8);
    await watch(
      viewer,
      items.filter(({ video }) => video.id === videos[0]!.id),
    );
  }
  await until(async () => (await fan.ask<{ videos: Video[] }>('get', '/api/feeds/rising')).videos.length > 0);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('a member follows somebody from there, and Following has their videos', async () => {
  const { page, context, faults } = await openDevice(browser, server);
  await fan.enter(context);
  await page.goto('/following');
  await page.getByRole('link', { name: 'Find people to follow' }).click();
  await page.getByRole('heading', { name: 'Discover' }).waitFor();
  const people = page.getByRole('list', { name: 'People to follow' });
  const follow = people.getByRole('button', { name: 'Follow kite_maker' });
  await follow.tap();
  await until(async () => (await follow.getAttribute('aria-pressed')) === 'true');
  // It stays in the list, to be taken back.
  expect(await people.getByRole('listitem').count()).toBe(names.length);
  const rising = page.getByRole('list', { name: 'Rising' });
  await rising.getByRole('link', { name: /By kite_maker/ }).waitFor();
  await page.getByRole('link', { name: 'For you' }).first().tap();
  await page.getByRole('feed').waitFor();
  await page.getByRole('navigation', { name: 'Feeds' }).getByRole('link', { name: 'Following' }).tap();
  await page
    .getByRole('status')
    .filter({ hasText: /By kite_maker/ })
    .first()
    .waitFor({ state: 'attached' });
  await page.goto('/discover');
  await people.getByRole('listitem').first().waitFor();
  expect(await people.getByRole('button', { name: 'Follow kite_maker' }).count()).toBe(0);
  await rising.getByRole('link', { name: /By kite_maker/ }).tap();
  await page.waitForURL(new URL(videos[0]!.url, server.origin).href);
  expect(faults).toEqual([]);
  await context.close();
});

test('on a phone, more like a video is in its menu, and more like a sound on its page', async () => {
  const { page, context, faults } = await openDevice(browser, server);
  await page.goto(videos[1]!.url);
  await page.getByRole('button', { name: 'More', exact: true }).filter({ visible: true }).first().tap();
  await page.getByRole('dialog').getByRole('button', { name: 'More like this' }).tap();
  const sheet = page.getByRole('dialog', { name: 'More like this' });
  await sheet.getByRole('link', { name: /By lamp_maker/ }).waitFor();
  await still(page);
  await picture(page, 'discover-related-phone');
  await sheet.getByRole('link', { name: /By lamp_maker/ }).tap();
  await page.waitForURL(new URL(videos[2]!.url, server.origin).href);
  await page.goto(`/sound/${videos[1]!.sound!.id}`);
  const like = page.getByRole('list', { name: 'More like this sound' });
  await like.getByRole('link', { name: /By lamp_maker/ }).waitFor();
  // Videos with the sound itself stand above it.
  expect(await like.getByRole('link', { name: /By boat_folder/ }).count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});

test('in every look, and from right to left: axe finds nothing', async () => {
  const found: string[] = [];
  for (const language of ['en', 'en-XB']) {
    const { page, context, faults } = await openDevice(browser, server, { ...desktop, hasTouch: true });
    await speak(context, language);
    await page.goto('/discover');
    await page.getByRole('main').getByRole('listitem').first().waitFor();
    found.push(...(await inEveryLook(page, language === 'en' ? 'discover' : 'discover-mirrored')));
    expect(faults).toEqual([]);
    await context.close();
  }
  expect(found).toEqual([]);
});
