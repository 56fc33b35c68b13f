import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountDraft } from '../contract/drafts.ts';
import { type ClipPlanes, lcg } from '../server/testing/clips.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { axe, honest, inEveryLook, overflow } from './looks.ts';
import { drawing, openChromium, openDevice, phone, picture, type Server, startServer } from './stage.ts';

/** A draft that is begun on one device and finished on another; and what becomes of two that were both changed. */
let server: Server;
let browser: Browser;
let creator: Person;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-drafts-'));
  file = join(folder, 'lamp.mp4');
  await writeFile(file, await largeClip());
  server = await startServer();
  creator = await openPerson(server, 'two_devices');
  browser = await openChromium(drawing);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** So large that it takes several parts. */
function largeClip() {
  const random = lcg(7);
  const grain = Uint8Array.from({ length: 900_000 }, () => 20 + random() * 200);
  const paint = ({ luma }: ClipPlanes, _width: number, _height: number, index: number) =>
    luma.set(grain.subarray((index * 7919) % 350_000).subarray(0, luma.length));
  return clip({ width: 540, height: 960, fps: [24, 1], durationMs: 1800, paint, bitrate: 40_000_000 });
}

const patience = { timeout: 60_000 };
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const clips = (page: Page) => page.getByRole('list', { name: 'Clips' }).getByRole('button');
const drafts = (page: Page) => page.getByRole('listitem', { name: /^Draft from/ });
const onAccount = async () => (await creator.ask<{ drafts: AccountDraft[] }>('get', '/api/drafts')).drafts;
const settled = (count: number) =>
  until(async () => {
    const all = await onAccount();
    return all.length === count && all.every(({ complete }) => complete) && all;
  });

async function device() {
  const opened = await openDevice(browser, server, phone);
  await creator.enter(opened.context);
  return opened;
}

/** A new draft of the file, closed again. */
async function begin(page: Page): Promise<void> {
  await page.goto('/studio');
  await page.locator('input[type=file]').setInputFiles(file);
  await expect.poll(() => clips(page).count(), patience).toBe(1);
  await close(page);
}
const close = async (page: Page) => {
  await page.getByText('Saved on this device').waitFor(patience);
  await button(page, 'Close; the draft is kept').click();
};

async function write(page: Page, words: string): Promise<void> {
  await button(page, 'Text').click();
  await button(page, 'Add a text').click();
  await page.getByRole('textbox', { name: 'Words' }).fill(words);
}
const texts = (page: Page) =>
  page
    .getByRole('list', { name: /Texts/ })
    .getByRole('button')
    .allTextContents()
    .then((all) => all.map((one) => one.trim()));

/** The takes on this device by what is in them. */
const takes = (page: Page) =>
  page.evaluate(async () => {
    const home = await (await navigator.storage.getDirectory()).getDirectoryHandle('takes');
    const found: string[] = [];
    for await (const one of (home as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values()) {
      const digest = await crypto.subtle.digest('SHA-256', await (await one.getFile()).arrayBuffer());
      found.push(Array.from(new Uint8Array(digest), (byte) => byte.toString(16)).join(''));
    }
    return found;
  });

test('begun on one device, finished on another; two versions are both kept', {
  timeout: 300_000,
}, async () => {
  const [a, b] = [await device(), await device()];
  await begin(a.page);
  await a.page.getByText('On this device', { exact: true }).waitFor();
  expect(await onAccount()).toEqual([]);
  await a.page.getByRole('switch', { name: 'Keep on my account' }).check();
  await a.page.getByText('On your account too').waitFor(patience);
  // What it looks like, drawn a moment after the room.
  await drafts(a.page).locator('img').first().waitFor(patience);
  await picture(a.page, 'drafts-kept');
  expect(await axe(a.page)).toEqual([]);
  expect(await settled(1)).toMatchObject([{ revision: 1, clips: 1 }]);

  await b.page.goto('/studio');
  await b.page.getByText(/^Only on your account/).waitFor(patience);
  await b.page.getByRole('button', { name: /1 clip/ }).click();
  await expect.poll(() => clips(b.page).count(), patience).toBe(1);
  expect(await takes(b.page)).toEqual(await takes(a.page));
  await write(b.page, 'Written on B');
  await close(b.page);
  await b.page.getByText('On your account too').waitFor(patience);
  await until(async () => (await onAccount())[0]!.revision > 1);

  // A has not changed it: what it opens is what B wrote.
  await a.page.reload();
  await a.page.getByText('A newer version is on your account').waitFor(patience);
  await a.page.getByRole('button', { name: /1 clip/ }).click();
  await expect.poll(() => clips(a.page).count(), patience).toBe(1);
  await button(a.page, 'Text').click();
  expect(await texts(a.page)).toContain('Written on B');
  await close(a.page);

  // Both change it, B while A is off the line.
  await a.context.setOffline(true);
  await a.page.getByRole('button', { name: /1 clip/ }).click();
  await write(a.page, 'Offline on A');
  await close(a.page);
  await b.page.getByRole('button', { name: /1 clip/ }).click();
  await write(b.page, 'Meanwhile on B');
  const before = (await onAccount())[0]!.revision;
  await close(b.page);
  await until(async () => (await onAccount())[0]!.revision > before);
  await b.page.getByText('On your account too').waitFor(patience);
  await a.context.setOffline(false);
  await a.page.getByText('Changed here and on your account').waitFor(patience);
  await button(a.page, 'Choose a version').click();
  const seenThere = (await onAccount())[0]!.revision;
  const dialog = a.page.getByRole('dialog', { name: 'Two versions of this draft' });
  await dialog.getByText(/^On Chrome/).waitFor(patience);
  await dialog.getByText('Only here: Offline on A').waitFor();
  await dialog.getByText('Only here: Meanwhile on B').waitFor();
  // Both as they would look; before one is given up it is asked for once more.
  await expect.poll(() => dialog.locator('img').count(), patience).toBe(2);
  expect(await inEveryLook(a.page, 'drafts-differ')).toEqual([]);
  await a.page.setViewportSize(phone.viewport);
  await dialog.getByRole('radio', { name: /^This device’s/ }).check();
  await button(a.page, 'Keep this device’s …').click();
  const sure = a.page.getByRole('dialog', { name: 'Remove the account’s version?' });
  await sure.waitFor();
  await picture(a.page, 'drafts-differ-sure');
  await sure.getByRole('button', { name: 'Cancel' }).click();
  expect((await onAccount())[0]!.revision).toBe(seenThere);
  await dialog.getByRole('radio', { name: /^Both/ }).check();
  await button(a.page, 'Keep both').click();
  await expect.poll(() => drafts(a.page).count(), patience).toBe(2);
  await settled(2);
  const seen = new Set<string>();
  for (const index of [0, 1]) {
    await drafts(a.page)
      .nth(index)
      .getByRole('button', { name: /1 clip/ })
      .click();
    await expect.poll(() => clips(a.page).count(), patience).toBe(1);
    await button(a.page, 'Text').click();
    for (const text of await texts(a.page)) seen.add(text);
    await close(a.page);
  }
  expect([...seen].filter((text) => /on [AB]$/.test(text)).sort()).toEqual([
    'Meanwhile on B',
    'Offline on A',
    'Written on B',
  ]);

  // Discarded everywhere, it is nowhere; the other stays.
  await drafts(a.page)
    .first()
    .getByRole('button', { name: /Discard/ })
    .click();
  await button(a.page, 'Everywhere').click();
  await expect.poll(() => drafts(a.page).count(), patience).toBe(1);
  expect(await settled(1)).toHaveLength(1);
  expect(honest(a.faults).filter((fault) => !/ERR_INTERNET_DISCONNECTED|409/.test(fault))).toEqual([]);
  expect(honest(b.faults)).toEqual([]);
  await a.context.close();
  await b.context.close();
});

async function clear(): Promise<void> {
  for (const { id } of await onAccount()) await creator.delete(`/api/drafts/${id}`);
}

test('a page that is closed in the middle goes on when any page is opened', {
  timeout: 200_000,
}, async () => {
  await clear();
  const { page, context } = await device();
  await begin(page);
  let count = 0;
  // The line stands still after the first part.
  await context.route('**/parts/*', async (route) => {
    if (count++ === 0) await route.continue();
  });
  await page.getByRole('switch', { name: 'Keep on my account' }).check();
  await until(async () => ((await onAccount())[0]?.bytesHere ?? 0) > 0 && count > 1);
  await page.getByRole('progressbar').waitFor();
  // Sending stops nobody from working.
  await page.getByRole('button', { name: /1 clip/ }).click();
  await expect.poll(() => clips(page).count(), patience).toBe(1);
  await write(page, 'While it travels');
  await page.getByText('Saved on this device').waitFor(patience);
  await page.close();
  const [before] = await onAccount();
  expect(before!.complete).toBe(false);

  await context.unrouteAll({ behavior: 'ignoreErrors' });
  const sent: string[] = [];
  const again = await context.newPage();
  again.on('request', (request) => {
    if (request.url().includes('/parts/')) sent.push(request.url());
  });
  await again.goto('/settings');
  const [after] = await settled(1);
  expect(after!.revision).toBeGreaterThan(before!.revision);
  // The part that was there was not sent again.
  expect(sent.some((url) => url.endsWith('/parts/0'))).toBe(false);
  await again.goto('/studio');
  await again.getByText('On your account too').waitFor(patience);

  // The way back: stopped in the middle, it goes on behind what is here.
  const b = await device();
  const line = await b.context.newCDPSession(b.page);
  const speed = (downloadThroughput: number) =>
    line.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, uploadThroughput: -1, downloadThroughput },
    });
  await b.page.goto('/studio');
  await speed(600_000);
  await b.page.getByRole('button', { name: /1 clip/ }).click();
  await b.page.getByRole('progressbar').waitFor();
  await expect
    .poll(async () => Number(await b.page.getByRole('progressbar').getAttribute('aria-valuenow')), patience)
    .toBeGreaterThan(10);
  await button(b.page, 'Stop').click();
  await speed(-1);
  const asked = b.page.waitForRequest((request) => /materials\/[^/]+$/.test(request.url()));
  await b.page.getByRole('button', { name: /1 clip/ }).click();
  expect((await (await asked).allHeaders()).range).toMatch(/^bytes=[1-9]\d*-$/);
  await expect.poll(() => clips(b.page).count(), patience).toBe(1);
  expect(await takes(b.page)).toEqual(await takes(again));
  await b.context.close();
  await context.close();
});

test('over a line that costs, bytes wait to be asked for; taken off elsewhere, it stays here', {
  timeout: 200_000,
}, async () => {
  await clear();
  const { page, context } = await device();
  await context.addInitScript(() => localStorage.setItem('kinora.settings', '{"dataSaver":true}'));
  await begin(page);
  const toggle = page.getByRole('switch', { name: 'Keep on my account' });
  await toggle.focus();
  await page.keyboard.press('Space');
  await page.getByText('Waits for a connection that costs nothing').waitFor(patience);
  expect(await onAccount()).toMatchObject([{ clips: 1, complete: false, bytesHere: 0 }]);
  expect(await inEveryLook(page, 'drafts-paused')).toEqual([]);
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  await picture(page, 'drafts-paused-mirrored');
  expect(await overflow(page)).toBe('');
  await button(page, 'Send it now').click();
  await settled(1);
  await page.getByText('On your account too').waitFor(patience);

  await clear();
  await page.getByRole('button', { name: /1 clip/ }).click();
  await write(page, 'Here alone again');
  await close(page);
  await page.getByText('On this device', { exact: true }).waitFor(patience);
  expect(await toggle.isChecked()).toBe(false);
  expect(await onAccount()).toEqual([]);

  await toggle.check();
  await page.getByText('Waits for a connection that costs nothing').waitFor(patience);
  // Another tab says that data need not be saved any more.
  await page.evaluate(() => {
    const [key, newValue] = ['kinora.settings', '{"dataSaver":false}'];
    localStorage.setItem(key, newValue);
    dispatchEvent(new StorageEvent('storage', { key, newValue, storageArea: localStorage }));
  });
  await page.getByText('On your account too').waitFor(patience);
  expect(await settled(1)).toHaveLength(1);
  await context.close();
});

test('a guest is told what an account would do for a draft', async () => {
  const { page, context } = await openDevice(browser, server, phone);
  await begin(page);
  await page.getByText(/^Sign in, and a draft can be kept/).waitFor();
  expect(await page.getByRole('switch', { name: 'Keep on my account' }).count()).toBe(0);
  await context.close();
});
