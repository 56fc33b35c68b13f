/**
 * Three hundred swipes by one impatient viewer: how many video elements there ever are, what the page's heap and the
 * browser's processes grow by, and how much of what was fetched nobody saw (videos never on the stage; bytes behind the
 * place where the viewer left). A phone has memory for one tab and pays for bytes.
 * node bench/swipes.ts [--swipes 300]; prints JSON. Fails over three elements, over 50 MB, at any fault of the page.
 */
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as later } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CDPSession } from 'playwright-core';
import { openChromium, phone } from '../e2e/stage.ts';
import { circumstances, startCommunity } from './watched-community.ts';

const { values } = parseArgs({ options: { swipes: { type: 'string', default: '300' } } });
const swipes = Number(values.swipes);
/** What is loaded once (words, surfaces, decoders) is there by then. */
const settledAfter = 30;
const mayGrowMb = 50;
const tenths = (value: number) => Math.round(value * 10) / 10;

type Shown = Record<string, { seconds: number; duration: number }>;
type Tools = Pick<CDPSession, 'send' | 'on'>;

const before = circumstances();
const server = await startCommunity(16, 6000);
const browser = await openChromium();
try {
  const whole = await browser.newBrowserCDPSession();
  const tools = await openUnwatched(whole);
  const faults: string[] = [];
  tools.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    faults.push(exceptionDetails.exception?.description ?? exceptionDetails.text);
  });
  tools.on('Log.entryAdded', ({ entry }) => {
    if (entry.level === 'error') faults.push(`${entry.text} ${entry.url ?? ''}`.trim());
  });
  tools.on('Runtime.consoleAPICalled', ({ type, args }) => {
    if (type === 'error') faults.push(args.map(({ value, description }) => value ?? description).join(' '));
  });
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
  // With no room for bodies: a listener to the network is given up to 200 MB for them, in the page's process.
  await tools.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
  await tools.send('Runtime.enable');
  await tools.send('Log.enable');
  await tools.send('Performance.enable');
  await tools.send('Page.enable');

  /** Asks the page; the question travels as text and knows nothing of this file. */
  async function ask<Answer>(question: () => Answer): Promise<Answer> {
    const { result, exceptionDetails } = await tools.send('Runtime.evaluate', {
      expression: `(${question})()`,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Answer;
  }

  function watchVideos(): void {
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
  }

  /**
   * MB by kind of process, without what is only mapped from a file (the program, shared with other browsers). Of the
   * processes for pages it is the largest: the browser keeps idle ones ready.
   */
  async function processes(): Promise<Record<string, number>> {
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    const mb: Record<string, number> = { page: 0 };
    for (const { id, type } of processInfo) {
      // A process may end between the list and this.
      const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
      const parts = [...text.matchAll(/^(?:Pss_Anon|Pss_Shmem|SwapPss):\s+(\d+)/gm)];
      const own = parts.reduce((sum, [, kilobytes]) => sum + Number(kilobytes) / 1024, 0);
      if (type === 'renderer') mb.page = Math.max(mb.page!, tenths(own));
      else mb[type] = tenths((mb[type] ?? 0) + own);
    }
    return mb;
  }

  /** `there` is with all that lies about; `held` is left when the browser was asked for the room (decoded pictures). */
  async function memory() {
    const there = await processes();
    await tools.send('Memory.simulatePressureNotification', { level: 'critical' });
    await tools.send('HeapProfiler.collectGarbage');
    await later(2000);
    const { metrics } = await tools.send('Performance.getMetrics');
    const figure = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    return {
      heapMb: tenths(figure('JSHeapUsedSize') / 1e6),
      nodes: figure('Nodes'),
      listeners: figure('JSEventListeners'),
      there,
      held: await processes(),
    };
  }

  await tools.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${watchVideos})()` });
  await tools.send('Page.navigate', { url: server.origin });
  while (!(await ask(() => document.querySelector('[role=feed]') !== null))) await later(100);
  let start = await memory();
  let half = start.there;
  for (let done = -settledAfter; done < swipes; done++) {
    if (done === 0) start = await memory();
    if (done === swipes >> 1) half = await processes();
    for (const type of ['rawKeyDown', 'keyUp'] as const)
      await tools.send('Input.dispatchKeyEvent', { type, key: 'ArrowDown', windowsVirtualKeyCode: 40 });
    await later(done % 5 === 0 ? 1500 : 450);
    const again = await ask(() => {
      const button = [...document.querySelectorAll('button')].find((one) =>
        one.textContent.includes('Watch again'),
      );
      // It stands ready behind the last video, out of reach until the viewer is there.
      if (!button || button.closest('[inert]')) return false;
      button.click();
      return true;
    });
    if (again) await later(800);
  }
  const end = await memory();
  const { seen, most } = await ask(() => {
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
  const growth = (of: 'there' | 'held') => {
    const sum = (mb: Record<string, number>) => Object.values(mb).reduce((all, one) => all + one, 0);
    return {
      page: tenths(end[of].page! - start[of].page!),
      browser: tenths(sum(end[of]) - sum(start[of])),
    };
  };
  const growthMb = { there: growth('there'), held: growth('held') };
  console.log(
    JSON.stringify(
      {
        figure: 'swipes',
        swipes,
        mostVideoElements: most,
        start,
        half: { there: half },
        end,
        growthMb,
        fetchedMb: tenths(total / 1e6),
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
  if (most > 3 || growthMb.held.page > mayGrowMb || faults.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}

/**
 * A phone's page that only this file listens to. Playwright listens to the network of each page it opens, and the
 * browser keeps the bodies for it in the page's process: 0.4 MB a swipe that no viewer's browser holds.
 */
async function openUnwatched(browserTools: CDPSession): Promise<Tools> {
  const { browserContextId } = await browserTools.send('Target.createBrowserContext');
  const { targetId } = await browserTools.send('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
  });
  const { sessionId } = await browserTools.send('Target.attachToTarget', { targetId });
  const heard = new EventEmitter();
  let last = 0;
  browserTools.on('Target.receivedMessageFromTarget', (letter) => {
    if (letter.sessionId !== sessionId) return;
    const { id, method, params, result, error } = JSON.parse(letter.message);
    if (method) heard.emit(method, params);
    else heard.emit(`${id}`, error, result);
  });
  const send = async (method: string, params: object = {}) => {
    last += 1;
    const id = last;
    const answered = new Promise((done, fail) =>
      heard.once(`${id}`, (error, result) => (error ? fail(new Error(error.message)) : done(result))),
    );
    const message = JSON.stringify({ id, method, params });
    await browserTools.send('Target.sendMessageToTarget', { sessionId, message });
    return answered;
  };
  const on = (name: string, listener: (params: object) => void) => heard.on(name, listener);
  const { width, height } = phone.viewport;
  const { deviceScaleFactor, isMobile: mobile, hasTouch: enabled } = phone;
  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile });
  await send('Emulation.setTouchEmulationEnabled', { enabled });
  await send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return { send, on } as unknown as Tools;
}
