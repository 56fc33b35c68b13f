import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { axe, honest } from './looks.ts';
import { drawing, openChromium, openDevice, phone, picture, type Server, startServer } from './stage.ts';

/** A creator whose browser writes no video: the server makes it. */
let server: Server;
let browser: Browser;
let creator: Person;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-no-encoder-'));
  file = join(folder, 'kettle.mp4');
  await writeFile(file, await clip({ width: 360, height: 640, durationMs: 1500, shade: 5 }));
  server = await startServer({ KINORA_CHROMIUM: process.env.CHROMIUM ?? '/usr/bin/chromium' });
  creator = await openPerson(server, 'no_encoder');
  browser = await openChromium(drawing);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const patience = { timeout: 90_000 };
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function device(at: Server = server) {
  const opened = await openDevice(browser, at, phone);
  await opened.context.addInitScript(() => {
    delete (globalThis as { VideoEncoder?: unknown }).VideoEncoder;
  });
  return opened;
}

/** A draft of the file, as far as its export, which this browser cannot do. */
async function begin(page: Page): Promise<void> {
  await page.goto('/studio');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('list', { name: 'Clips' }).waitFor(patience);
  await button(page, 'Next').click();
}
const published = (caption: string) =>
  until(async () => {
    const { videos } = await creator.ask<{ videos: Video[] }>('get', '/api/people/no_encoder/videos');
    const video = videos.find((one) => one.caption.startsWith(caption));
    return video?.status === 'published' && video;
  });

test('a browser that writes no video publishes one that the server made', { timeout: 300_000 }, async () => {
  const { page, context, faults } = await device();
  await creator.enter(context);
  await begin(page);
  await page.getByText('This browser can’t make the finished video. The server can.').waitFor(patience);
  await picture(page, 'rendering-offer');
  const found = await axe(page);
  await button(page, 'Make it on the server').click();
  await page.getByText('You can close this page').waitFor(patience);
  const caption = page.getByRole('textbox', { name: /caption/i }).first();
  await caption.waitFor({ timeout: 200_000 });
  expect(new URL(page.url()).pathname).toBe('/upload');
  await caption.fill('By the server #kettle');
  await button(page, 'Publish').click();
  const video = await published('By the server');
  expect(video.media!.durationMs).toBeGreaterThan(1400);
  expect(video.media!.height / video.media!.width).toBeCloseTo(16 / 9, 2);
  expect(found).toEqual([]);
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('it goes on when the page is closed, and the draft says when it is ready', {
  timeout: 300_000,
}, async () => {
  const { page, context, faults } = await device();
  await creator.enter(context);
  await begin(page);
  await button(page, 'Make it on the server').click();
  await page.getByText('You can close this page').waitFor(patience);
  await page.close();
  // Another device, which has nothing of the draft, says it too, and when it is ready publishes it as well.
  const other = await device();
  await creator.enter(other.context);
  await other.page.goto('/studio');
  const there = other.page.getByRole('listitem').filter({ hasText: 'Only on your account' });
  await there
    .getByText(/^(Being made by the server|The server makes it next|.* ready to publish)/)
    .waitFor(patience);
  await there.getByText('It is ready to publish.').waitFor({ timeout: 200_000 });
  await picture(other.page, 'rendering-only-there');
  await there.getByRole('button', { name: 'Publish', exact: true }).click();
  await other.page
    .getByRole('textbox', { name: /caption/i })
    .first()
    .waitFor();
  await other.context.close();
  const again = await context.newPage();
  await again.goto('/studio');
  await again.getByText('It is ready to publish.').waitFor({ timeout: 200_000 });
  await picture(again, 'rendering-ready');
  await button(again, 'Publish').click();
  await again
    .getByRole('textbox', { name: /caption/i })
    .first()
    .fill('Came back later');
  await button(again, 'Publish').click();
  await published('Came back later');
  await again.goto('/studio');
  await again.getByText(/^Published /).waitFor();
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('where the server cannot either, both is said', { timeout: 200_000 }, async () => {
  const other = await startServer({ KINORA_CHROMIUM: 'off' });
  try {
    const { page, context } = await device(other);
    await begin(page);
    await page.getByText('This browser cannot make a video file.').waitFor(patience);
    await page.getByText('This server does not make videos either').waitFor();
    expect(await button(page, 'Make it on the server').count()).toBe(0);
    await context.close();
  } finally {
    await other.close();
  }
});
