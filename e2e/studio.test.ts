import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { readMedia } from '../server/testing/media-reading.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { axe, honest, still } from './looks.ts';
import {
  drawing,
  filming,
  openChromium,
  openDevice,
  phone,
  picture,
  type Server,
  startServer,
} from './stage.ts';

/** From the first tap of the record button to playing in somebody else’s feed; and what a killed tab leaves. */
let server: Server;
let browser: Browser;
let creator: Person;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-studio-'));
  server = await startServer();
  creator = await openPerson(server, 'film_maker');
  browser = await openChromium([...drawing, ...filming]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** One segment, by the keyboard; ended when enough of it is on the disk. */
async function film(page: Page, bytes: number): Promise<void> {
  await ready(page);
  const before = await bytesOfTakes(page);
  await button(page, 'Record').focus();
  await page.keyboard.press('Enter');
  await button(page, 'Stop recording').waitFor();
  await expect.poll(() => bytesOfTakes(page), patience).toBeGreaterThan(before + bytes);
  await page.keyboard.press('Enter');
  await ready(page);
}
/** The camera runs in real time, whatever else the machine does. */
const patience = { timeout: 30_000 };
const ready = (page: Page) =>
  page.locator('button[aria-label="Record"]:not([aria-disabled])').waitFor({ timeout: 10_000 });
const clips = (page: Page) => page.getByRole('list', { name: 'Clips' }).getByRole('button');

// Drawing and coding without a graphics card take a quarter of a second a picture.
test('filmed, cut, dressed up and published from the studio, by keyboard', { timeout: 300_000 }, async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await creator.enter(device.context);
  await page.goto('/upload');
  await page.getByRole('link', { name: 'Film and edit in the studio' }).click();
  await button(page, 'Open the camera').click();
  await page.waitForFunction(() => [...document.querySelectorAll('video')].some((one) => one.videoWidth > 0));
  await film(page, 25_000);
  await film(page, 25_000);
  await picture(page, 'studio-camera');
  expect(await axe(page)).toEqual([]);
  await button(page, 'Undo').click();
  await film(page, 25_000);
  await button(page, 'Next').click();

  await expect.poll(() => clips(page).count(), patience).toBe(2);
  await button(page, 'Text').click();
  await button(page, 'Add a text').click();
  await page.getByRole('textbox', { name: 'Words' }).fill('Fourteen minutes, one pan');
  await page.getByRole('radio', { name: 'Card' }).check();
  const handle = button(page, 'Move Fourteen minutes, one pan');
  await handle.focus();
  await page.keyboard.press('ArrowDown');
  await picture(page, 'studio-text');
  await button(page, 'Looks').click();
  await button(page, 'Ember').click();
  expect(await button(page, 'Ember').getAttribute('aria-pressed')).toBe('true');
  await picture(page, 'studio-looks');
  await button(page, 'Stickers').click();
  await page.getByRole('group', { name: 'Stickers' }).getByRole('button').first().click();
  await button(page, 'Clip').click();
  await clips(page).nth(1).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Comes in by').selectOption('fade');
  await page.getByText('Saved on this device').waitFor();
  await picture(page, 'studio-clip');
  expect(await axe(page)).toEqual([]);

  await button(page, 'Next').click();
  await page.waitForURL('**/upload', { timeout: 180_000 });
  await page.getByRole('textbox', { name: /caption/i }).fill('From the studio #studio');
  await button(page, 'Publish').click();
  const video = await until(async () => {
    const mine = await creator.ask<{ videos: Video[] }>('get', '/api/people/film_maker/videos');
    return mine.videos.find((one) => one.status === 'published');
  });
  expect(video.caption).toBe('From the studio #studio');
  expect([video.media!.width, video.media!.height, video.media!.hasSound]).toEqual([720, 1280, true]);

  const file = join(folder, 'made.mp4');
  await writeFile(file, Buffer.from(await (await page.request.get(video.media!.renditions[0]!.url)).body()));
  const made = await readMedia(file);
  expect(Math.abs(made.seconds * 1000 - video.media!.durationMs)).toBeLessThan(40);
  // No frame is left out: a picture every 30th of a second, to the end.
  expect(Math.abs(made.frames - Math.round(made.seconds * 30))).toBeLessThanOrEqual(1);

  const viewer = await openDevice(browser, server, phone);
  await viewer.page.goto(video.url);
  await viewer.page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((one) => one.currentTime > 0.2),
  );
  expect(honest(device.faults)).toEqual([]);
  await device.context.close();
  await viewer.context.close();
});

test('a tab that is killed while recording and while editing loses nothing that was there', async () => {
  const device = await openDevice(browser, server, phone);
  await creator.enter(device.context);
  let page = device.page;
  await page.goto('/studio');
  await button(page, 'Open the camera').click();
  await film(page, 25_000);
  await button(page, 'Record').click();
  await button(page, 'Stop recording').waitFor();
  const before = await bytesOfTakes(page);
  await expect.poll(() => bytesOfTakes(page), patience).toBeGreaterThan(before + 60_000);
  // The renderer dies at once, with no chance to tidy up.
  await kill(page);

  page = await device.context.newPage();
  await page.goto('/studio');
  await page.getByRole('heading', { name: 'Drafts' }).waitFor();
  await page.getByRole('button', { name: /1 clip/ }).click();
  await page.getByText('A take that was cut off is back, at the end.').waitFor();
  await expect.poll(() => clips(page).count(), patience).toBe(2);
  const rescuedMs = await lengthOf(page, 1);
  expect(rescuedMs).toBeGreaterThan(500);

  await button(page, 'Text').click();
  await button(page, 'Add a text').click();
  await page.getByRole('textbox', { name: 'Words' }).fill('Still here');
  await page.getByText('Saved on this device').waitFor();
  await kill(page);
  page = await device.context.newPage();
  await page.goto('/studio');
  await page.getByRole('button', { name: /2 clips/ }).click();
  await page.getByRole('list', { name: /Texts/ }).getByRole('button', { name: 'Still here' }).waitFor();
  expect(await lengthOf(page, 1)).toBe(rescuedMs);

  await button(page, 'Close; the draft is kept').click();
  await page.getByRole('button', { name: /Discard the draft/ }).click();
  await button(page, 'Discard').click();
  await expect.poll(() => page.getByRole('heading', { name: 'Drafts' }).count(), patience).toBe(0);
  expect(
    await page.evaluate(async () => {
      const takes = await (await navigator.storage.getDirectory()).getDirectoryHandle('takes');
      let count = 0;
      for await (const _ of (takes as unknown as { keys(): AsyncIterable<string> }).keys()) count++;
      return count;
    }),
  ).toBe(0);
  await device.context.close();
});

test('a file of one’s own is edited; one that this browser cannot read is refused in words', async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await page.goto('/studio');
  const file = join(folder, 'wide.mp4');
  await writeFile(file, await clip({ width: 640, height: 360, durationMs: 2000, shade: 3 }));
  await page.locator('input[type=file]').setInputFiles(file);
  await expect.poll(() => clips(page).count(), patience).toBe(1);
  await still(page);
  await picture(page, 'studio-wide');
  await page.getByLabel('Add a video').setInputFiles(file);
  await expect.poll(() => clips(page).count(), patience).toBe(2);
  // What is added in the middle is seen at once, though it will come softly.
  await clips(page).nth(1).click();
  await button(page, 'Text').click();
  await button(page, 'Add a text').click();
  const seenMs = async () =>
    Number(await page.getByRole('slider', { name: 'Position' }).inputValue()) -
    Number(await page.getByLabel('Seen from').inputValue());
  await expect.poll(seenMs, patience).toBeGreaterThan(100);
  await still(page);
  await picture(page, 'studio-added-text');
  await button(page, 'Close; the draft is kept').click();
  const broken = join(folder, 'broken.mp4');
  await writeFile(broken, 'not a video at all');
  await page.locator('input[type=file]').setInputFiles(broken);
  const refusal = page.getByText('This browser cannot read the file.');
  await refusal.waitFor();
  expect(await refusal.evaluate((said) => said.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
  await device.context.close();
});

test('a reload comes back to the draft that was open, and so does signing in', async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await page.goto('/studio');
  const file = join(folder, 'open.mp4');
  await writeFile(file, await clip({ durationMs: 2000, shade: 6 }));
  await page.locator('input[type=file]').setInputFiles(file);
  await expect.poll(() => clips(page).count(), patience).toBe(1);
  await button(page, 'Text').click();
  await button(page, 'Add a text').click();
  await page.getByRole('textbox', { name: 'Words' }).fill('Still here');
  await page.getByText('Saved on this device').waitFor({ state: 'attached' });
  await page.reload();
  await expect.poll(() => clips(page).count(), patience).toBe(1);
  await button(page, 'Next').click();
  await page.getByRole('dialog').getByRole('link', { name: 'Sign in' }).click({ timeout: 120_000 });
  await creator.enter(device.context);
  await page.reload();
  await button(page, 'Still here').waitFor(patience);
  // On its side the phone keeps everything within reach, and the picture in sight.
  const [tall, wide] = [phone.viewport, { width: phone.viewport.height, height: phone.viewport.width }];
  await page.setViewportSize(wide);
  await button(page, 'Text').click();
  await still(page);
  await picture(page, 'studio-on-its-side');
  const preview = await page.getByRole('img', { name: 'Preview' }).boundingBox();
  expect(preview!.height).toBeGreaterThan(wide.height / 2);
  await page.setViewportSize(tall);
  // Whoever closes it is in the studio; the address is of nothing that is open.
  await button(page, 'Close; the draft is kept').click();
  await button(page, 'Open the camera').waitFor();
  await page.waitForURL('**/studio');
  await page.reload();
  await button(page, 'Open the camera').waitFor();
  await device.context.close();
});

test('a file that is too long to publish is made shorter in the studio, before anything is made', async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await creator.enter(device.context);
  await page.goto('/upload');
  const file = join(folder, 'long.mp4');
  await writeFile(file, await clip({ width: 90, height: 160, fps: [5, 1], durationMs: 64_000, shade: 7 }));
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('This video is longer than 1 minute.').waitFor();
  await picture(page, 'upload-too-long');
  await button(page, 'Shorten it in the studio').click();
  await page.getByText('It is 1:04 long; 1 minute is the most here.').waitFor(patience);
  expect(await button(page, 'Next').isDisabled()).toBe(true);
  await still(page);
  await picture(page, 'studio-too-long');
  expect(await axe(page)).toEqual([]);
  await button(page, 'Leave the end away').click();
  await page.getByText('1:00.0', { exact: false }).first().waitFor();
  expect(await button(page, 'Next').isDisabled()).toBe(false);
  await button(page, 'Undo').click();
  await button(page, 'Leave the end away').waitFor();
  await device.context.close();
});

test('a draft of another version is left as it is, and the page says so', async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await page.goto('/studio');
  await page.getByRole('heading', { name: 'Studio' }).waitFor();
  const lists = (foreign: object | null) =>
    page.evaluate(async (list) => {
      const opened = indexedDB.open('kinora-studio', 1);
      await new Promise((done) => opened.addEventListener('success', done));
      const drafts = opened.result.transaction('drafts', 'readwrite').objectStore('drafts');
      if (list) drafts.put({ id: 'later', list, madeAt: 1, changedAt: 1 });
      const all = drafts.getAll();
      await new Promise((done) => all.addEventListener('success', done));
      opened.result.close();
      return all.result.map((draft) => draft.list);
    }, foreign);
  await lists({ version: 3, scenes: ['something new'] });
  await page.reload();
  await page.getByRole('button', { name: /Nothing filmed yet/ }).click();
  await page.getByText('This version cannot read the draft.').waitFor();
  expect(await lists(null)).toEqual([{ version: 3, scenes: ['something new'] }]);
  await device.context.close();
});

test('without a camera the studio says why, and what else there is', async () => {
  const device = await openDevice(browser, server, phone);
  await device.context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await device.page.goto('/studio');
  await button(device.page, 'Open the camera').click();
  await device.page.getByText('The camera is not allowed').waitFor();
  expect(await device.page.getByRole('link', { name: 'Upload a file as it is' }).count()).toBe(1);
  await picture(device.page, 'studio-no-camera');
  await device.context.close();
});

/** On the disk, of all takes. */
const bytesOfTakes = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const takes = await root.getDirectoryHandle('takes', { create: true });
    let bytes = 0;
    for await (const file of (takes as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values())
      bytes += (await file.getFile()).size;
    return bytes;
  });

async function kill(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await Promise.race([session.send('Page.crash').catch(() => {}), page.waitForEvent('crash')]);
  await page.close().catch(() => {});
}

async function lengthOf(page: Page, index: number): Promise<number> {
  await clips(page).nth(index).click();
  const from = Number(await page.getByLabel('Begins at').inputValue());
  return Number(await page.getByLabel('Ends at').inputValue()) - from;
}

test('the first screen brings nothing of the studio, and where a video begins nothing that edits one', async () => {
  const manifest = JSON.parse(
    await readFile(resolve(import.meta.dirname, '../build/web/.vite/manifest.json'), 'utf8'),
  ) as Record<string, { file: string; src?: string; imports?: string[] }>;
  const filesOf = (key: string, known = new Set<string>()): Set<string> => {
    const { file, imports = [] } = manifest[key]!;
    if (known.has(file)) return known;
    known.add(file);
    for (const imported of imports) filesOf(imported, known);
    return known;
  };
  const begin = filesOf('surfaces/studio/studio.tsx');
  const camera = filesOf('surfaces/studio/camera-room.tsx');
  const ofStudio = new Set(
    Object.values(manifest).flatMap(({ src, file }) =>
      /^(surfaces\/)?studio\//.test(src ?? '') ? [file] : [],
    ),
  );
  const ofEditing = filesOf('surfaces/studio/edit-room.tsx').difference(begin).difference(camera);
  expect([ofStudio.size > 4, ofEditing.size > 0]).toEqual([true, true]);

  const { page, context } = await openDevice(browser, server, phone);
  const loaded = new Set<string>();
  page.on('request', (request) => loaded.add(new URL(request.url()).pathname.slice(1)));
  await page.goto('/', { waitUntil: 'networkidle' });
  expect([...loaded.intersection(ofStudio.union(ofEditing))]).toEqual([]);
  await page.goto('/studio', { waitUntil: 'networkidle' });
  await button(page, 'Open the camera').waitFor();
  expect([...begin.difference(loaded)]).toEqual([]);
  expect([...loaded.intersection(ofEditing)]).toEqual([]);
  await context.close();
});
