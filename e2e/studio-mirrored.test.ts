import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clip, openPerson, type Person, until } from './community.ts';
import { axe, honest, overflow, speak, still } from './looks.ts';
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

/**
 * The studio for people who read from right to left, on a phone and on the narrowest one: every room and tool, then
 * publishing, drafts, and the pages of those who make videos.
 */
let server: Server;
let browser: Browser;
let creator: Person;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-mirrored-'));
  server = await startServer();
  creator = await openPerson(server, 'film_maker');
  browser = await openChromium([...drawing, ...filming]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const patience = { timeout: 30_000 };
const narrow = { width: 320, height: 640 };

/** Both widths: a picture, what axe finds, what sticks out. */
async function looked(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const [width, viewport] of Object.entries({ phone: phone.viewport, narrow })) {
    await page.setViewportSize(viewport);
    await still(page);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    await picture(page, `mirrored-${name}-${width}`);
    const wide = await overflow(page);
    if (wide) found.push(`${name}, ${width}: ${wide}`);
    found.push(...(await axe(page)).map((one) => `${name}, ${width}: ${one}`));
  }
  await page.setViewportSize(phone.viewport);
  return found;
}

/** Figures without letters stand as they are written: what comes first is further left. */
const figuresTurned = (page: Page) =>
  page.evaluate(() => {
    const turned: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const whole = node.textContent ?? '';
      // A dot at the end belongs to what follows.
      const text = whole.replace(/[^\d]+$/, '');
      if (!/\d/.test(text) || /\p{L}/u.test(whole) || text.trim().length < 2) continue;
      const places = [...text].flatMap((letter, at) => {
        if (letter.trim() === '') return [];
        const range = document.createRange();
        range.setStart(node!, at);
        range.setEnd(node!, at + 1);
        const { left, width } = range.getBoundingClientRect();
        return width > 0 ? [left] : [];
      });
      if (places.some((left, at) => at > 0 && left < places[at - 1]! - 0.5)) turned.push(text);
    }
    return turned;
  });

test('every room of the studio is mirrored, and its figures are not', { timeout: 300_000 }, async () => {
  const { page, context, faults } = await openDevice(browser, server, { ...phone, reducedMotion: 'reduce' });
  await speak(context, 'en-XB');
  await creator.enter(context);
  const found: string[] = [];
  const check = async (name: string) => {
    found.push(...(await looked(page, name)));
    found.push(...(await figuresTurned(page)).map((text) => `${name}: “${text}” is turned`));
  };
  await page.goto('/studio');
  await page.locator('main button').first().waitFor(patience);
  await check('start');
  await page.locator('main button').first().click();
  await page.waitForFunction(() => [...document.querySelectorAll('video')].some((one) => one.videoWidth > 0));
  await check('camera');
  await page.locator('[data-room] header button').click();

  const file = join(folder, 'wide.mp4');
  const bytes = await clip({
    width: 320,
    height: 180,
    durationMs: 3000,
    shade: 3,
    sound: { kind: 'beat', levelDb: -12 },
  });
  await writeFile(file, bytes);
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.locator('[role=toolbar]').waitFor(patience);
  const tabs = page.locator('[role=toolbar] button');
  const tool = (at: number) => tabs.nth(at).click();
  const panel = page.locator('section[aria-label][tabindex="-1"]');
  await check('edit');
  // Undo and redo come first; then the tools as the room has them.
  await tool(2);
  await panel.waitFor();
  await panel.getByRole('button').first().click();
  await check('clip');
  await tool(3);
  await panel.getByRole('button').first().click();
  await page.keyboard.type('Fourteen minutes');
  await check('text');
  await tool(4);
  await panel.getByRole('button').first().click();
  await check('captions');
  await tool(5);
  await check('sound');
  await panel.getByRole('button').first().click();
  await page.getByRole('dialog').waitFor();
  await check('sound-library');
  await page.keyboard.press('Escape');
  await tool(6);
  await panel.getByRole('button').nth(3).click();
  await check('looks');
  await tool(7);
  await check('stickers');
  await panel.locator('fieldset button').first().click();
  await check('sticker');
  await tool(8);
  await panel.getByRole('listitem').first().waitFor();
  await check('effects');
  await panel.getByRole('listitem').first().getByRole('button').first().click();
  await check('effect');
  await page.locator('[data-room] header button').first().click();
  await page.locator('main li button').first().waitFor();
  await check('drafts');
  expect(found).toEqual([]);
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('publishing and the pages of creators are mirrored too', { timeout: 300_000 }, async () => {
  const bytes = await clip({
    width: 320,
    height: 180,
    durationMs: 3000,
    shade: 5,
    sound: { kind: 'beat', levelDb: -12 },
  });
  const video = await creator.published(bytes, { caption: 'A wide one', soundTitle: 'Evening hum' });
  const { page, context, faults } = await openDevice(browser, server, { ...phone, reducedMotion: 'reduce' });
  await speak(context, 'en-XB');
  await creator.enter(context);
  const found: string[] = [];
  const check = async (name: string) => {
    found.push(...(await looked(page, name)));
    found.push(...(await figuresTurned(page)).map((text) => `${name}: “${text}” is turned`));
  };
  await page.goto('/upload');
  const file = join(folder, 'tall.mp4');
  await writeFile(file, await clip({ width: 180, height: 320, durationMs: 3000, shade: 8 }));
  await page.locator('input[type=file]').first().setInputFiles(file);
  const frames = page.locator('fieldset input[type=radio][name]').filter({ visible: true });
  await page.locator('fieldset output').waitFor({ timeout: 60_000 });
  await frames.first().waitFor();
  await check('publish');
  // The frame that is chosen is the one that is seen.
  await page.setViewportSize(narrow);
  const cover = page.locator('fieldset', { has: page.locator('output') });
  await cover.locator('input[type=radio]').nth(8).focus();
  await page.keyboard.press('Space');
  await until(() =>
    cover.evaluate((whole) => {
      const frame = whole.querySelector('input:checked')!.getBoundingClientRect();
      const list = whole
        .querySelector('input:checked')!
        .parentElement!.parentElement!.getBoundingClientRect();
      return frame.left >= list.left - 1 && frame.right <= list.right + 1;
    }),
  );
  await picture(page, 'mirrored-cover');
  await page.setViewportSize(phone.viewport);

  const sound = `/sound/${video.sound!.id}`;
  await until(async () => (await creator.get(`/api/sounds/${video.sound!.id}`)).status === 200);
  const { id } = await creator.ask<{ id: string }>('post', '/api/playlists', {
    key: crypto.randomUUID(),
    title: 'A row of evenings',
    ids: [video.id],
  });
  for (const [name, address] of [
    ['insights', '/studio/insights'],
    ['video-insights', `/studio/insights/${video.id}`],
    ['my-videos', '/me/videos'],
    ['sounds', '/sounds'],
    ['sound', sound],
    ['credits', `/credits/${video.id}`],
    ['playlist', `/playlist/${id}`],
  ] as const) {
    await page.goto(address);
    await page.locator('main h1').first().waitFor(patience);
    await page.waitForLoadState('networkidle');
    await check(name);
  }
  expect(found).toEqual([]);
  expect(honest(faults)).toEqual([]);
  await context.close();
});
