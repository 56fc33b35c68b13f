/**
 * How long somebody waits for the studio on a line of 4 Mb/s with 40 ms, with nothing of it in any cache: from the tap
 * on “Create” to the page of uploads, from the tap on the studio's link to the room where a video begins, and from the
 * tap on the camera to its first picture with a record button that takes a press. Each tap follows at once, so that no
 * time is won while a person reads. Everything twice: with the processor as it is, and slowed down four times. The limit
 * is 1.5 s from the first tap to the beginning, and again from there to the camera (p95, the processor as it is).
 * node bench/studio-open.ts [--runs 20]; prints JSON. Fails when over the limit.
 */
import { parseArgs } from 'node:util';
import type { CDPSession, Locator } from 'playwright-core';
import { openPerson } from '../e2e/community.ts';
import { filming, openChromium, openDevice } from '../e2e/stage.ts';
import { circumstances, startCommunity, summary } from './watched-community.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '20' } } });
const runs = Number(values.runs);
const limitMs = 1500;
const line = { offline: false, latency: 40, downloadThroughput: 500_000, uploadThroughput: 500_000 };
const processors = { asItIs: 1, fourTimesSlower: 4 };

type Step = { ms: number; bytes: number; files: number };
type Run = { create: Step; begin: Step; camera: Step };

const before = circumstances();
const server = await startCommunity(1, 3000);
const person = await openPerson(server, 'bench_viewer');
const browser = await openChromium(filming);
try {
  const all: Record<string, Run[]> = { asItIs: [], fourTimesSlower: [] };
  // In turns, so that a busy minute of the machine falls on both.
  for (let run = 0; run < runs; run++)
    for (const [name, times] of Object.entries(processors)) all[name]!.push(await open(times));
  const told = Object.fromEntries(
    Object.entries(all).map(([name, each]) => [
      name,
      {
        create: figures(each.map(({ create }) => create)),
        begin: figures(each.map(({ begin }) => begin)),
        createAndBegin: summary(each.map(({ create, begin }) => create.ms + begin.ms)),
        camera: figures(each.map(({ camera }) => camera)),
      },
    ]),
  );
  const { createAndBegin, camera } = told.asItIs!;
  const faults = [
    ...(createAndBegin.p95 > limitMs ? [`the beginning takes ${createAndBegin.p95} ms`] : []),
    ...(camera.ms.p95 > limitMs ? [`the camera takes ${camera.ms.p95} ms`] : []),
  ];
  process.stdout.write(
    `${JSON.stringify({ figure: 'studio-open-ms', line: '4 Mb/s, 40 ms', limitMs, ...told, faults, before, after: circumstances() }, null, 2)}\n`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await server.close();
}

function figures(steps: Step[]) {
  return {
    ms: summary(steps.map(({ ms }) => ms)),
    bytes: summary(steps.map(({ bytes }) => bytes)).p50,
    files: summary(steps.map(({ files }) => files)).p50,
  };
}

async function open(slower: number): Promise<Run> {
  const { page, context, faults } = await openDevice(browser, server);
  await person.enter(context);
  const tools = await context.newCDPSession(page);
  const loaded = await watchLoads(tools);
  await page.goto('/', { waitUntil: 'load' });
  await page.getByRole('feed').waitFor();
  // The service worker keeps the first screen meanwhile; that is not the studio's.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await tools.send('Network.emulateNetworkConditions', line);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const tap = async (what: Locator, done: string, words = ''): Promise<Step> => {
    const from = loaded();
    const ms = await tapUntil(what, done, words);
    const to = loaded();
    return { ms, bytes: to.bytes - from.bytes, files: to.files - from.files };
  };
  const create = await tap(page.locator('a[href="/upload"]').first(), 'a[href="/studio"]');
  const begin = await tap(page.locator('a[href="/studio"]'), 'button', 'Open the camera');
  const camera = await tap(
    page.getByRole('button', { name: 'Open the camera' }),
    'button[aria-label="Record"]:not([aria-disabled])',
  );
  if (faults.length > 0) throw new Error(faults.join('\n'));
  await context.close();
  return { create, begin, camera };
}

async function watchLoads(tools: CDPSession) {
  const now = { bytes: 0, files: 0 };
  const own = new Set<string>();
  tools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.includes('/assets/')) own.add(requestId);
  });
  tools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!own.has(requestId)) return;
    now.bytes += encodedDataLength;
    now.files++;
  });
  await tools.send('Network.enable');
  return () => ({ ...now });
}

/** Taps on one thing; resolves to how long it took until another was there and its frame was drawn. */
async function tapUntil(what: Locator, done: string, words: string): Promise<number> {
  const page = what.page();
  await page.evaluate(
    ([wanted, text]) => {
      const isThere = () =>
        [...document.querySelectorAll(wanted!)].some((one) => one.textContent?.includes(text!)) &&
        [...document.querySelectorAll<HTMLVideoElement>('[data-room] video')].every(
          (one) => one.videoWidth > 0,
        );
      const begin = ({ timeStamp }: Event) => {
        const look = () => {
          if (!isThere()) return void requestAnimationFrame(look);
          // Its frame is on the screen, and the thread is free for a press.
          requestAnimationFrame(() =>
            setTimeout(() => Object.assign(window, { waitedMs: performance.now() - timeStamp })),
          );
        };
        look();
      };
      Object.assign(window, { waitedMs: 0 });
      addEventListener('pointerdown', begin, { once: true, capture: true });
    },
    [done, words],
  );
  await what.tap();
  const waited = await page.waitForFunction(() => (window as unknown as { waitedMs: number }).waitedMs);
  return waited.jsonValue();
}
