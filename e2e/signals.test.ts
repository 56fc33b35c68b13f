import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignalBatch, SignalReceipt } from '../contract/signals.ts';
import type { Video } from '../contract/videos.ts';
import { type ClipPlanes, lcg } from '../server/testing/clips.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { openChromium, openDevice, type Server, startServer } from './stage.ts';

/** What a browser tells about watching: honestly, once, also when the line or the page goes away. */
let server: Server;
let browser: Browser;
let creator: Person;
const videos: Video[] = [];

beforeAll(async () => {
  server = await startServer();
  creator = await openPerson(server, 'counted');
  // Grain that no encoder makes small: what is swiped away must still be on its way.
  const random = lcg(3);
  const grain = Uint8Array.from({ length: 1_100_000 }, () => 30 + random() * 180);
  const paint = ({ luma }: ClipPlanes, _width: number, _height: number, index: number) =>
    luma.set(grain.subarray((index * 7919) % 500_000).subarray(0, luma.length));
  for (const name of ['one', 'two', 'three', 'four'])
    videos.push(
      await creator.published(
        await clip({ width: 540, height: 960, fps: [24, 1], durationMs: 4000, paint }),
        {
          caption: `Counted ${name}`,
        },
      ),
    );
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const viewsOf = async (id: string) => (await creator.ask<Video>('get', `/api/videos/${id}`)).counts.views;
const allViews = async () =>
  (await Promise.all(videos.map(({ id }) => viewsOf(id)))).reduce((a, b) => a + b, 0);

/** The video on the stage, by the address of its file. */
async function onStage(page: Page): Promise<Video> {
  const caption = await page.getByRole('status').filter({ hasText: 'Counted' }).first().textContent();
  return videos.find((video) => caption!.endsWith(video.caption))!;
}
const watch = (page: Page, seconds: number) =>
  page.waitForFunction(
    (wanted) => {
      const playing = [...document.querySelectorAll('video')].find((video) => !video.paused);
      return playing && playing.currentTime > wanted;
    },
    seconds,
    { polling: 50 },
  );
const next = async (page: Page) => {
  const before = await onStage(page);
  await page.keyboard.press('ArrowDown');
  await until(async () => (await onStage(page))?.id !== before.id);
};
const sent = (page: Page) =>
  page.evaluate(() => !Object.keys(localStorage).some((key) => key.startsWith('kinora.signal.')));

test('watching is one view, and the same report again changes nothing', async () => {
  const { page, context, faults } = await openDevice(browser, server);
  const bodies: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/signals')) bodies.push(request.postData() ?? '');
  });
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  const watched = await onStage(page);
  const before = await viewsOf(watched.id);
  await watch(page, 2.6);
  await next(page);
  await page.keyboard.press('ArrowUp');
  await until(async () => (await onStage(page)).id === watched.id);
  await watch(page, 1);
  await next(page);
  await until(async () => (await viewsOf(watched.id)) === before + 1);
  await until(() => sent(page));
  const batch = JSON.parse(bodies[0]!) as SignalBatch;
  const again = await page.evaluate(
    async (body) =>
      (await (
        await fetch('/api/signals', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      ).json()) as SignalReceipt,
    JSON.stringify(batch),
  );
  expect(again).toMatchObject({ accepted: 0, duplicates: batch.signals.length, refused: [] });
  expect(await viewsOf(watched.id)).toBe(before + 1);
  expect(faults).toEqual([]);
  await context.close();
});

test('leaving the page sends what was watched', async () => {
  const { page, context } = await openDevice(browser, server);
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  const watched = await onStage(page);
  const before = await viewsOf(watched.id);
  await watch(page, 2.6);
  await page.close({ runBeforeUnload: true });
  await until(async () => (await viewsOf(watched.id)) === before + 1);
  await context.close();
});

test('without a line the signals wait on the device and arrive later, once', async () => {
  const { page, context } = await openDevice(browser, server);
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  const watched = await onStage(page);
  const before = await viewsOf(watched.id);
  await watch(page, 1);
  await context.setOffline(true);
  await watch(page, 2.6);
  await next(page);
  await until(async () => !(await sent(page)));
  expect(await viewsOf(watched.id)).toBe(before);
  await context.setOffline(false);
  await until(async () => (await viewsOf(watched.id)) === before + 1);
  await until(() => sent(page));
  const total = await allViews();
  await page.reload();
  await page.getByRole('feed').waitFor();
  await page.evaluate(() => fetch('/api/session'));
  expect(await allViews()).toBe(total);
  await context.close();
});

test('only the video on the stage plays; the ones made ready for it stand at their start', async () => {
  const { page, context, faults } = await openDevice(browser, server);
  await page.addInitScript(() => {
    const early: string[] = [];
    Object.assign(window, { early });
    setInterval(() => {
      const playing = [...document.querySelectorAll('video')].filter((video) => !video.paused);
      if (playing.length > 1) early.push(`${playing.length} play`);
    }, 30);
  });
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  for (let swipes = 0; swipes < 3; swipes++) {
    // The next one is ready when another element has a picture of its own.
    await until(() =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('video')].filter((video) => video.paused && video.readyState >= 2)
            .length > 0,
      ),
    );
    await watch(page, 1);
    await next(page);
  }
  await watch(page, 1);
  expect(await page.evaluate(() => (window as unknown as { early: string[] }).early)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('three video elements are enough for any number of swipes, and what was left stops loading', async () => {
  const { page, context, faults } = await openDevice(browser, server);
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  // Slow enough that a file is still on its way when the viewer swipes.
  await tools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: 120_000,
    uploadThroughput: 60_000,
  });
  const open = new Map<string, string>();
  tools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (/\/media\/.*\.mp4/.test(request.url)) open.set(requestId, new URL(request.url).pathname);
  });
  const over: ['loadingFinished', 'loadingFailed'] = ['loadingFinished', 'loadingFailed'];
  for (const how of over)
    tools.on(`Network.${how}`, ({ requestId }: { requestId: string }) => open.delete(requestId));
  await page.addInitScript(() => {
    let most = 0;
    const count = () => {
      most = Math.max(most, document.querySelectorAll('video').length);
      Object.assign(window, { mostVideos: most });
    };
    new MutationObserver(count).observe(document, { childList: true, subtree: true });
  });
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  for (let swipes = 0; swipes < 3; swipes++) {
    const left = await onStage(page);
    const folder = left.media!.posterUrl.split('/').slice(0, 3).join('/');
    await until(async () => [...open.values()].some((path) => path.startsWith(folder)));
    await next(page);
    await until(async () => ![...open.values()].some((path) => path.startsWith(folder)));
  }
  expect(
    await page.evaluate(() => (window as unknown as { mostVideos: number }).mostVideos),
  ).toBeLessThanOrEqual(3);
  expect(faults).toEqual([]);
  await context.close();
});
