import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decoder, Demuxer } from 'node-av/api';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { readFrameNumber } from '../server/testing/clips.ts';
import { countingCamera } from './camera.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { axe, honest } from './looks.ts';
import {
  desktop,
  drawing,
  filming,
  openChromium,
  openDevice,
  phone,
  picture,
  type Server,
  startServer,
} from './stage.ts';

/** Videos that people make with each other’s, from the link beside a video to the credit under the new one. */
let server: Server;
let browser: Browser;
let ada: Person;
let bo: Person;
let folder: string;
let original: Video;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-together-'));
  server = await startServer();
  ada = await openPerson(server, 'ada_dances');
  bo = await openPerson(server, 'bo_dances');
  browser = await openChromium(drawing);
  const bytes = await clip({
    ...{ width: 360, height: 640, fps: [30, 1], durationMs: 3000 },
    sound: { kind: 'clap', levelDb: -20 },
  });
  original = await ada.published(bytes, { caption: 'Dance with me' });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const patience = { timeout: 60_000 };
const ready = (page: Page) =>
  page.locator('button[aria-label="Record"]:not([aria-disabled])').waitFor({ timeout: 20_000 });

/** A camera that looks at the screen: it sees the other video as the person in front of it does. */
async function filmTheScreen(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [360, 640];
      // Opaque, as cameras are.
      const pen = canvas.getContext('2d', { alpha: false })!;
      pen.fillStyle = '#404040';
      const look = () => {
        const other = document.querySelector<HTMLVideoElement>('video[src^="blob:"]');
        if (other && other.readyState >= 2) pen.drawImage(other, 0, 0, 360, 640);
        else pen.fillRect(0, 0, 360, 640);
        requestAnimationFrame(look);
      };
      look();
      return canvas.captureStream(30);
    };
  });
}

/** From the edit room to a video that others see. */
async function publishFrom(page: Page, who: Person, caption: string): Promise<Video> {
  await button(page, 'Next').click();
  await page.waitForURL('**/upload', { timeout: 240_000 });
  await page.getByRole('textbox', { name: /caption/i }).fill(caption);
  await button(page, 'Publish').click();
  return until(async () => {
    const mine = await who.ask<{ videos: Video[] }>('get', `/api/people/${who.handle}/videos`);
    return mine.videos.find((one) => one.status === 'published' && one.caption === caption);
  });
}

/** One segment that ends after so much of the result, or by itself. */
async function film(page: Page, forMs: number | null): Promise<void> {
  await ready(page);
  await button(page, 'Record').focus();
  await page.keyboard.press('Enter');
  await button(page, 'Stop recording').waitFor();
  if (forMs === null) return;
  const taken = () => page.locator('output').first().textContent();
  await expect
    .poll(async () => Number(/\d:(\d+\.\d)/.exec((await taken()) ?? '')?.[1]) * 1000, patience)
    .toBeGreaterThan(forMs);
  await page.keyboard.press('Enter');
  await ready(page);
}

/** The numbers that each cell of a stacked layout shows, picture by picture. */
async function numbersIn(file: string): Promise<[upper: number, lower: number][]> {
  const numbers: [number, number][] = [];
  await using input = await Demuxer.open(file);
  const stream = input.video()!;
  using decoder = await Decoder.create(stream);
  for await (const frame of decoder.frames(input.packets(stream.index))) {
    if (!frame) continue;
    const [luma] = frame.data!;
    const [stride, half] = [frame.linesize[0]!, frame.height >> 1];
    numbers.push([
      readFrameNumber(luma!, stride, frame.width, half),
      readFrameNumber(luma!.subarray(stride * half), stride, frame.width, half),
    ]);
    frame.free();
  }
  return numbers;
}

test('a duet is filmed beside the other video, in time with it, and its credit is there', {
  timeout: 400_000,
}, async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await bo.enter(device.context);
  await filmTheScreen(device.context);
  await page.goto(`/studio?with=duet&video=${original.id}`);
  await ready(page);
  expect(new URL(page.url()).searchParams.has('with')).toBe(false);
  await picture(page, 'together-duet-side');
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize(desktop.viewport);
  await picture(page, 'together-duet-desktop');
  await page.setViewportSize({ width: 320, height: 640 });
  await picture(page, 'together-duet-narrow');
  await page.setViewportSize(phone.viewport);
  await button(page, 'Layout: Side by side').click();
  await button(page, 'Layout: Above and below').waitFor();
  await picture(page, 'together-duet-stacked');

  // Two segments; the first is taken back once, and the other video with it.
  const other = page.getByLabel('The video in cell 2');
  const place = () => other.evaluate((video: HTMLVideoElement) => video.currentTime);
  const film = async (untilS: number) => {
    await ready(page);
    await button(page, 'Record').focus();
    await page.keyboard.press('Enter');
    await expect.poll(place, { ...patience, interval: 20 }).toBeGreaterThan(untilS);
    await page.keyboard.press('Enter');
    await ready(page);
  };
  await film(0.8);
  expect(await place()).toBeGreaterThan(0.5);
  await button(page, 'Undo').click();
  await expect.poll(place, patience).toBe(0);
  await film(1.2);
  const paused = await place();
  // The second goes on where the first ended, and ends with the other video.
  await button(page, 'Record').click();
  await button(page, 'Stop recording').waitFor();
  expect(await place()).toBeGreaterThanOrEqual(paused - 0.1);
  await ready(page);
  await picture(page, 'together-duet-full');
  await button(page, 'Next').click();
  await expect
    .poll(() => page.getByRole('list', { name: 'Clips' }).getByRole('button').count(), patience)
    .toBe(2);
  await button(page, 'Layout').click();
  await page.getByRole('slider', { name: 'Volume of the other video' }).fill('0.5');
  await picture(page, 'together-duet-edit');
  expect(await axe(page)).toEqual([]);

  const video = await publishFrom(page, bo, 'We dance');
  expect(video.credit).toMatchObject({ kind: 'duet', depth: 1, video: { id: original.id } });
  const file = join(folder, 'duet.mp4');
  await writeFile(file, Buffer.from(await (await page.request.get(video.media!.renditions[0]!.url)).body()));
  const numbers = await numbersIn(file);
  expect(Math.abs(numbers.length - 90)).toBeLessThanOrEqual(4);
  // What the camera saw, in the upper cell, was seen when the lower one showed it: at most a picture apart.
  const apart = numbers.map(([mine, theirs]) => mine - theirs).sort((a, b) => a - b);
  expect(Math.abs(apart[Math.floor(apart.length / 2)]!)).toBeLessThanOrEqual(1);
  expect(honest(device.faults)).toEqual([]);
  await device.context.close();
});

type Seen = { camera: [number, number][]; other: [number, number][] };

/** Notes what the page shows: of the camera when each picture was taken, of the other video when it was seen. */
function watchScreen(): void {
  const seen: Seen = { camera: [], other: [] };
  Object.assign(globalThis, { seen });
  const numberOf = (video: HTMLVideoElement) => {
    const pen = new OffscreenCanvas(video.videoWidth, 1).getContext('2d', { willReadFrequently: true })!;
    const { videoWidth: width, videoHeight: height } = video;
    pen.drawImage(video, 0, height / 2, width, 1, 0, 0, width, 1);
    const row = pen.getImageData(0, 0, width, 1).data;
    let number = 0;
    for (let bit = 0; bit < 12; bit++)
      if (row[Math.floor((width * (bit + 2.5)) / 16) * 4]! > 125) number |= 1 << bit;
    return number;
  };
  for (const video of document.querySelectorAll('video')) {
    const isOther = video.src.startsWith('blob:');
    const next = () =>
      video.requestVideoFrameCallback((_, facts) => {
        const at = isOther ? facts.expectedDisplayTime : (facts as { captureTime?: number }).captureTime!;
        if (isOther ? !video.paused : true) seen[isOther ? 'other' : 'camera'].push([numberOf(video), at]);
        next();
      });
    next();
  }
}

test('beside a camera of its own clock, pictures that were seen and taken together stay together', {
  timeout: 400_000,
}, async () => {
  const camera = join(folder, 'camera.y4m');
  await countingCamera(camera);
  const withCamera = await openChromium([
    ...drawing,
    ...filming,
    `--use-file-for-fake-video-capture=${camera}`,
  ]);
  try {
    const { page, context } = await openDevice(withCamera, server, phone);
    await bo.enter(context);
    await page.goto(`/studio?with=duet&video=${original.id}`);
    await ready(page);
    await page.getByText('Use headphones').waitFor();
    await button(page, 'Layout: Side by side').click();
    await page.evaluate(watchScreen);
    await film(page, null);
    await ready(page);
    await picture(page, 'together-camera');
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
    await button(page, 'Next').click();
    const video = await publishFrom(page, bo, 'With a camera');
    const file = join(folder, 'camera.mp4');
    await writeFile(
      file,
      Buffer.from(await (await page.request.get(video.media!.renditions[0]!.url)).body()),
    );
    const apartMs = (await numbersIn(file)).flatMap(([mine, theirs]) => {
      const shown = seen.other.find(([number]) => number === theirs)?.[1];
      const taken = seen.camera.filter(([number]) => number === mine).map(([, at]) => at - (shown ?? 0));
      // Its pictures come round again after four seconds: the nearest is meant, where the page noted that one.
      const nearest = taken.sort((one, other) => Math.abs(one) - Math.abs(other))[0];
      return shown === undefined || nearest === undefined || Math.abs(nearest) > 2000 ? [] : [nearest];
    });
    expect(apartMs.length).toBeGreaterThan(30);
    const sorted = apartMs.toSorted((one, other) => one - other);
    const frameMs = 1000 / 30;
    const [far, median] = [apartMs.filter((ms) => Math.abs(ms) > frameMs), sorted[sorted.length >> 1]!];
    const ends = [sorted[0]!, sorted.at(-1)!].map(Math.round).join(' … ');
    process.stdout.write(
      `a duet's pictures: median ${Math.round(median)} ms apart, ${ends}, ${far.length} of ${apartMs.length} over a frame\n`,
    );
    expect(Math.abs(median)).toBeLessThanOrEqual(frameMs);
  } finally {
    await withCamera.close();
  }
});

test('a stitch begins with a piece of the other video, chosen by keyboard', {
  timeout: 400_000,
}, async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await bo.enter(device.context);
  await filmTheScreen(device.context);
  await page.goto(`/studio?with=stitch&video=${original.id}`);
  const length = page.getByRole('slider', { name: 'Length' });
  await length.waitFor({ timeout: 20_000 });
  await length.focus();
  await page.keyboard.press('Home');
  await picture(page, 'together-stitch');
  expect(await axe(page)).toEqual([]);
  await button(page, 'Use this piece').click();
  await film(page, 1300);
  await button(page, 'Next').click();
  await expect
    .poll(() => page.getByRole('list', { name: 'Clips' }).getByRole('button').count(), patience)
    .toBe(2);
  const video = await publishFrom(page, bo, 'And then I');
  expect(video.credit).toMatchObject({ kind: 'stitch', depth: 1, video: { id: original.id } });
  expect(honest(device.faults)).toEqual([]);
  await device.context.close();
});

test('a frame of nine is begun by one and joined by another, each in the cell they took', {
  timeout: 500_000,
}, async () => {
  const first = await openDevice(browser, server, phone);
  await ada.enter(first.context);
  await filmTheScreen(first.context);
  await first.page.goto('/studio');
  await first.page.getByLabel('People in one frame').selectOption('9');
  await picture(first.page, 'together-start');
  await button(first.page, 'Begin a frame').click();
  await button(first.page, 'Take cell 3').click();
  await film(first.page, 900);
  await button(first.page, 'Next').click();
  const begun = await publishFrom(first.page, ada, 'Nine of us');
  expect(begun.frame).toMatchObject({ cells: 9, cell: 2, free: [0, 1, 3, 4, 5, 6, 7, 8] });
  expect(begun.credit).toBeNull();
  await first.context.close();

  const second = await openDevice(browser, server, phone);
  const { page } = second;
  await bo.enter(second.context);
  await filmTheScreen(second.context);
  await page.goto(`/studio?with=frame&video=${begun.id}`);
  await page.getByLabel('The video in cell 3').waitFor({ timeout: 20_000 });
  await button(page, 'Take cell 5').click();
  await button(page, 'Take cell 1').waitFor();
  await picture(page, 'together-frame');
  expect(await axe(page)).toEqual([]);
  // It ends by itself, with the one who was there before.
  await film(page, null);
  await ready(page);
  await button(page, 'Next').click();
  const joined = await publishFrom(page, bo, 'I am in');
  expect(joined.frame).toMatchObject({ cells: 9, cell: 4, free: [0, 1, 3, 5, 6, 7, 8] });
  expect(joined.credit).toMatchObject({ kind: 'frame', video: { id: begun.id } });
  expect(honest(second.faults)).toEqual([]);
  await second.context.close();
});

test('a template is filled place by place and names whose it is', { timeout: 500_000 }, async () => {
  const maker = await openDevice(browser, server, phone);
  await ada.enter(maker.context);
  await maker.page.goto('/studio');
  const file = join(folder, 'own.mp4');
  await writeFile(file, await clip({ width: 360, height: 640, durationMs: 1000, shade: 3 }));
  await maker.page.locator('input[type=file]').setInputFiles(file);
  await button(maker.page, 'Text').click();
  await button(maker.page, 'Add a text').click();
  await maker.page.getByRole('textbox', { name: 'Words' }).fill('Your turn');
  await button(maker.page, 'Template').click();
  await maker.page.getByRole('switch', { name: 'Publish as a template' }).check();
  await picture(maker.page, 'together-template');
  // Its only clip is to be filled; the wish is kept with the draft.
  expect(await maker.page.getByRole('switch', { name: /^1 · / }).isDisabled()).toBe(true);
  await button(maker.page, 'Close; the draft is kept').click();
  await maker.page.getByRole('button', { name: /^1 clip/ }).click();
  await button(maker.page, 'Template').click();
  expect(await maker.page.getByRole('switch', { name: 'Publish as a template' }).isChecked()).toBe(true);
  expect(await axe(maker.page)).toEqual([]);
  const made = await publishFrom(maker.page, ada, 'Fill it');
  expect(made.permissions.template).toBe(true);
  await maker.context.close();

  const user = await openDevice(browser, server, phone);
  const { page } = user;
  await bo.enter(user.context);
  await filmTheScreen(user.context);
  await page.goto(`/studio?with=template&video=${made.id}`);
  const film1 = page.getByRole('button', { name: /^Film place 1/ });
  await film1.waitFor({ timeout: 20_000 });
  await picture(page, 'together-slots');
  expect(await axe(page)).toEqual([]);
  expect(await button(page, 'Next').isDisabled()).toBe(true);
  expect(await page.getByText('cannot be read any more').count()).toBe(0);
  await film1.click();
  // As long as the place, and then back.
  await film(page, null);
  await expect.poll(() => button(page, 'Next').isEnabled(), patience).toBe(true);
  expect(await film1.count()).toBe(0);
  await page.getByRole('list', { name: /Texts/ }).getByRole('button', { name: 'Your turn' }).waitFor();
  const video = await publishFrom(page, bo, 'My turn');
  expect(video.credit).toMatchObject({ kind: 'template', video: { id: made.id } });
  expect(honest(user.faults)).toEqual([]);
  await user.context.close();
});

test('what is gone or not allowed is said in words, and the studio is open without it', async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await page.goto(`/studio?with=duet&video=${original.id}`);
  await page.getByText('Sign in to make a video with this one.').waitFor();
  await bo.enter(device.context);
  await page.goto('/studio?with=duet&video=NoSuchVideoAnywhere1');
  await page.getByText('The video is not here any more').waitFor();
  await picture(page, 'together-gone');
  await button(page, 'Go to the studio').click();
  await button(page, 'Open the camera').waitFor();
  await device.context.close();
});
