/**
 * How long a viewer waits for the first picture, on a line of 4 Mb/s with 100 ms: cold (nothing in any cache, from the
 * request of the page to the first frame on the screen) and after a swipe (from the video being wanted, when it is half
 * on the screen, to its first frame; the meter's figure, as browsers send it). A viewer of fresh cache swipes ten
 * times and looks 2.5 s at each video.
 * node bench/first-frame.ts [--loads 12] [--swipes 50]; prints JSON.
 */
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import type { SignalBatch } from '../contract/signals.ts';
import { openChromium, openDevice, type Server } from '../e2e/stage.ts';
import { circumstances, startCommunity, summary } from './watched-community.ts';

const { values } = parseArgs({
  options: { loads: { type: 'string', default: '12' }, swipes: { type: 'string', default: '50' } },
});
const line = { offline: false, latency: 100, downloadThroughput: 500_000, uploadThroughput: 500_000 };
const swipesEach = 10;
const lookMs = 2500;

const before = circumstances();
const server = await startCommunity(swipesEach + 3);
const browser = await openChromium();
try {
  const cold: number[] = [];
  for (let load = 0; load < Number(values.loads); load++) cold.push(await coldLoad(browser, server));
  const preloaded: number[] = [];
  while (preloaded.length < Number(values.swipes)) preloaded.push(...(await swipe(browser, server)));
  console.log(
    JSON.stringify(
      {
        figure: 'first-frame-ms',
        line: '4 Mb/s, 100 ms',
        cold: summary(cold),
        preloaded: summary(preloaded.slice(0, Number(values.swipes))),
        before,
        after: circumstances(),
      },
      null,
      2,
    ),
  );
} finally {
  await browser.close();
  await server.close();
}

async function openSlowly(browser: Browser, server: Server) {
  const device = await openDevice(browser, server);
  const tools = await device.context.newCDPSession(device.page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', line);
  return device;
}

async function coldLoad(browser: Browser, server: Server): Promise<number> {
  const { page, context } = await openSlowly(browser, server);
  await page.addInitScript(() => {
    new MutationObserver((_, watch) => {
      const video = document.querySelector('video');
      if (!video) return;
      watch.disconnect();
      video.requestVideoFrameCallback((now) => Object.assign(window, { firstFrameMs: now }));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto('/', { waitUntil: 'commit' });
  const waited = await page.waitForFunction(
    () => (window as unknown as { firstFrameMs?: number }).firstFrameMs,
  );
  const ms = (await waited.jsonValue())!;
  await context.close();
  return ms;
}

async function swipe(browser: Browser, server: Server): Promise<number[]> {
  const { page, context } = await openSlowly(browser, server);
  const waits = new Map<string, number>();
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/signals')) return;
    for (const { kind, token, firstFrameMs } of (JSON.parse(request.postData() ?? '{}') as SignalBatch)
      .signals)
      if (kind === 'view' && firstFrameMs !== undefined) waits.set(token, firstFrameMs);
  });
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  await page.waitForTimeout(lookMs);
  for (let swipes = 0; swipes <= swipesEach; swipes++) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(lookMs);
  }
  await context.close();
  // The first of them came with the page.
  return [...waits.values()].slice(1);
}
