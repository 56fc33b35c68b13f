import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clip, openPerson, password, until } from './community.ts';
import { desktop, openChromium, openDevice, type Server, startServer } from './stage.ts';

/** The first minutes: a guest watches, becomes a creator, and somebody else watches them. */
let server: Server;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-first-light-'));
  server = await startServer();
  const early = await openPerson(server, 'early_bird');
  await early.published(await clip({ shade: 1 }), { caption: 'The light before the others #early' });
  await writeFile(
    join(folder, 'harbour.mp4'),
    await clip({
      width: 1080,
      height: 1920,
      fps: [30, 1],
      durationMs: 4000,
      shade: 5,
      sound: { kind: 'sine', levelDb: -20 },
    }),
  );
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const moves = (page: Page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((video) => !video.paused && video.currentTime > 0.3),
  );
const stage = (page: Page) => page.getByRole('feed').getByRole('article').filter({ visible: true });

test('a guest watches at once, signs up, publishes; another sees it until the creator takes it back', async () => {
  const phone = await openDevice(browser, server);
  const desk = await openDevice(browser, server, desktop);
  const { page } = phone;

  // Whichever video element the HTML brought is remembered before any script of ours runs.
  await page.addInitScript(() => {
    new MutationObserver((_, watch) => {
      const first = document.querySelector('video');
      if (!first) return;
      (window as unknown as { fromServer: Element }).fromServer = first;
      watch.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  const html = await (await page.request.get('/')).text();
  expect(html).toMatch(/<video[^>]*id="?first-video/);
  await page.goto('/');
  await moves(page);
  await page.getByRole('feed').waitFor();
  expect(
    await page.evaluate(() => {
      const { fromServer } = window as unknown as { fromServer: HTMLVideoElement };
      return fromServer.isConnected && fromServer.currentTime > 0 && fromServer.readyState > 1;
    }),
  ).toBe(true);

  // Liking asks who one is, and says why.
  await page.getByRole('button', { name: /^Like/ }).first().click();
  const why = page.getByRole('dialog');
  await why.getByRole('link', { name: 'Sign in' }).waitFor();
  expect(await why.textContent()).toMatch(/like/i);
  await why.getByRole('link', { name: /create/i }).click();

  await page.getByLabel('Handle').fill('harbour_light');
  await page.getByText('@harbour_light is free').waitFor();
  await page.getByLabel('Display name').fill('Harbour Light');
  await page.getByLabel('Email').fill('harbour@people.example');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/');

  await page.getByRole('link', { name: 'Create' }).click();
  await page.getByLabel('Choose a video').setInputFiles(join(folder, 'harbour.mp4'));
  await page.getByRole('textbox', { name: 'Caption' }).fill('First light in the harbour #firstlight');
  await page.getByRole('checkbox', { name: 'Travel' }).check();
  const frames = page.getByRole('group', { name: 'Cover' }).getByRole('radio');
  await frames.first().waitFor();
  expect(await frames.count()).toBeGreaterThan(3);
  await frames.nth(2).check();
  await page.getByText('This frame is the cover now.').waitFor();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('It’s out').first().waitFor();
  await page.getByText('Everyone can watch it now.').waitFor();

  // Somebody else, on a desktop, without an account.
  const published = performance.now();
  await desk.page.goto('/');
  await moves(desk.page);
  const caption = stage(desk.page).getByText('First light in the harbour');
  for (let tries = 0; tries < 4 && !(await caption.first().isVisible()); tries++) {
    await desk.page.keyboard.press('ArrowDown');
    await caption
      .first()
      .waitFor({ timeout: 3000 })
      .catch(() => {});
  }
  await caption.first().waitFor({ timeout: 5000 });
  await moves(desk.page);
  expect(performance.now() - published).toBeLessThan(30_000);

  await page.getByRole('link', { name: 'Profile' }).click();
  await page.getByRole('heading', { name: 'Harbour Light' }).waitFor();
  await page.getByRole('link', { name: /First light in the harbour/ }).waitFor();

  // The owner changes the words, and then who may watch.
  await page.getByRole('link', { name: 'My videos' }).click();
  const deeds = async (deed: string) => {
    await page.getByRole('button', { name: /^Edit or delete/ }).click();
    await page.getByRole('menuitem', { name: deed }).click();
    return page.getByRole('dialog');
  };
  let dialog = await deeds('Edit');
  await dialog
    .getByRole('textbox', { name: 'Caption' })
    .fill('Second thoughts about the harbour #firstlight');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Second thoughts about the harbour').first().waitFor();
  const address = (await page.getByRole('link', { name: /^Watch: Second thoughts/ }).getAttribute('href'))!;
  await desk.page.goto(address);
  await desk.page.getByText('Second thoughts about the harbour').first().waitFor();

  dialog = await deeds('Edit');
  await dialog.getByRole('radio', { name: 'Only me' }).check();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect((await desk.page.request.get(address)).status()).toBe(404);
  const guest = await openPerson(server);
  expect((await guest.forYou(40)).items.map(({ video }) => video.author.handle)).not.toContain(
    'harbour_light',
  );
  expect((await page.request.get(address)).status()).toBe(200);

  await deeds('Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await until(async () => (await page.request.get(address)).status() === 404);
  await page.goto('/@harbour_light');
  await page.getByText('Your first video goes here').waitFor();

  expect(phone.faults).toEqual([]);
  // The desktop asked for what was taken away: 404 is the answer it should get.
  expect(desk.faults.filter((fault) => !/404/.test(fault))).toEqual([]);
});
