/**
 * Three hundred swipes by one impatient viewer: how many video elements there ever are, what the page's heap and the
 * browser's processes grow by, and how much of what was fetched nobody saw (videos never on the stage; bytes behind the
 * place where the viewer left). A phone has memory for one tab and pays for bytes.
 * node bench/swipes.ts [--swipes 300]; prints JSON.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openChromium, openDevice } from '../e2e/stage.ts';
import { circumstances, startCommunity } from './watched-community.ts';

const { values } = parseArgs({ options: { swipes: { type: 'string', default: '300' } } });
const swipes = Number(values.swipes);
/** What is loaded once (words, surfaces, decoders) is there by then. */
const settledAfter = 30;

type Shown = Record<string, { seconds: number; duration: number }>;

const before = circumstances();
const server = await startCommunity(16, 6000);
const browser = await openChromium();
try {
  const { page, context, faults } = await openDevice(browser, server);
  const tools = await context.newCDPSession(page);
  const whole = await browser.newBrowserCDPSession();
  await tools.send('Network.enable');
  await tools.send('Performance.enable');
  const addresses = new Map<string, string>();
  const bytes = new Map<string, number>();
  tools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const file = /\/media\/[^?]+\.mp4/.exec(request.url)?.[0];
    if (file) addresses.set(requestId, file);
  });
  tools.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.fromDiskCache) addresses.delete(requestId);
  });
  // The encoded length is not told of ranges as they stream; a video is its own encoding.
  tools.on('Network.dataReceived', ({ requestId, dataLength }) => {
    const file = addresses.get(requestId);
    if (file) bytes.set(file, (bytes.get(file) ?? 0) + dataLength);
  });
  await page.addInitScript(() => {
    const seen: Shown = {};
    let most = 0;
    Object.assign(window, { seen, mostVideos: () => most });
    setInterval(() => {
      const videos = [...document.querySelectorAll('video')];
      most = Math.max(most, videos.length);
      for (const video of videos) {
        if (video.paused || !video.currentSrc) continue;
        const file = new URL(video.currentSrc).pathname;
        const known = seen[file] ?? { seconds: 0, duration: 0 };
        seen[file] = { seconds: Math.max(known.seconds, video.currentTime), duration: video.duration || 0 };
      }
    }, 50);
  });

  /** What is held, not what lies about: the browser keeps decoded pictures until it is asked for the room. */
  async function memory() {
    await tools.send('Memory.simulatePressureNotification', { level: 'critical' });
    await tools.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(2000);
    const { metrics } = await tools.send('Performance.getMetrics');
    const figure = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    const processesMb: Record<string, number> = {};
    for (const { id, type } of processInfo) {
      // A process may end between the list and this.
      const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
      const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
      processesMb[type] = (processesMb[type] ?? 0) + Math.round(kilobytes / 1024);
    }
    return {
      heapMb: Math.round(figure('JSHeapUsedSize') / 1e5) / 10,
      nodes: figure('Nodes'),
      listeners: figure('JSEventListeners'),
      processesMb,
    };
  }

  await page.goto('/');
  await page.getByRole('feed').waitFor();
  const again = page.getByRole('button', { name: 'Watch again' });
  let start = await memory();
  let half = start;
  for (let done = 0; done < swipes; done++) {
    if (done === settledAfter) start = await memory();
    if (done === swipes >> 1) half = await memory();
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(done % 5 === 0 ? 1500 : 450);
    // It stands ready behind the last video, out of reach until the viewer is there.
    const there = (await again.count()) > 0 && (await again.evaluate((button) => !button.closest('[inert]')));
    if (there) {
      await again.click();
      await page.waitForTimeout(800);
    }
  }
  const end = await memory();
  const { seen, most } = await page.evaluate(() => {
    const { seen, mostVideos } = window as unknown as { seen: Shown; mostVideos: () => number };
    return { seen, most: mostVideos() };
  });
  const total = [...bytes.values()].reduce((sum, one) => sum + one, 0);
  let neverShown = 0;
  let unwatched = 0;
  for (const [file, got] of bytes) {
    const shown = seen[file];
    if (!shown) neverShown += got;
    const watchedShare = shown && shown.duration > 0 ? Math.min(1, shown.seconds / shown.duration) : 0;
    unwatched += got * (1 - watchedShare);
  }
  const share = (part: number) => Math.round((1000 * part) / Math.max(1, total)) / 1000;
  console.log(
    JSON.stringify(
      {
        figure: 'swipes',
        swipes,
        mostVideoElements: most,
        start,
        half,
        end,
        fetchedMb: Math.round(total / 1e5) / 10,
        neverShownShare: share(neverShown),
        unwatchedShare: share(unwatched),
        faults,
        before,
        after: circumstances(),
      },
      null,
      2,
    ),
  );
  if (most > 3 || faults.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}
