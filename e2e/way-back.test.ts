import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, type Person } from './community.ts';
import { honest } from './looks.ts';
import { drawing, filming, openChromium, openDevice, type Server, startServer } from './stage.ts';

/** A phone's own way back: it closes what lies on top, then leaves the room, then the page; one press each. */
let server: Server;
let browser: Browser;
let maker: Person;
let video: Video;

beforeAll(async () => {
  server = await startServer();
  [maker, browser] = await Promise.all([
    openPerson(server, 'way_finder'),
    openChromium([...drawing, ...filming]),
  ]);
  video = await maker.published(await clip({ shade: 2, durationMs: 4000 }), { caption: 'There and back' });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const patience = { timeout: 30_000 };
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const clips = (page: Page) => page.getByRole('list', { name: 'Clips' }).getByRole('button');
const start = (page: Page) => button(page, 'Open the camera').waitFor(patience);
/** What was closed by its own button has left the history, too. */
const entries = (page: Page, over: number) =>
  expect.poll(() => page.evaluate(() => history.state?.over ?? 0), patience).toBe(over);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

async function film(page: Page): Promise<void> {
  const ready = page.locator('button[aria-label="Record"]:not([aria-disabled])');
  await ready.waitFor(patience);
  await ready.press('Enter');
  await button(page, 'Stop recording').waitFor(patience);
  await page.waitForTimeout(1200);
}

test('in the studio: sheet, recording, camera, tool, room, page', { timeout: 180_000 }, async () => {
  const { page, context, faults } = await openDevice(browser, server);
  await page.goto('/discover');
  await page.goto('/studio');
  await start(page);
  await button(page, 'Open the camera').click();
  await film(page);
  // What is recorded is ended and kept; nobody is sent away.
  await page.goBack();
  await expect.poll(() => button(page, 'Next').isEnabled(), patience).toBe(true);
  await film(page);
  await button(page, 'Stop recording').click();
  await expect.poll(() => button(page, 'Next').isEnabled(), patience).toBe(true);
  await button(page, /^Countdown/).click();
  const sheet = page.getByRole('dialog');
  await sheet.waitFor();
  await page.goBack();
  await sheet.waitFor({ state: 'detached' });
  await button(page, 'Record').waitFor();
  await page.goBack();
  await expect.poll(() => clips(page).count(), patience).toBe(2);

  await button(page, 'Text').click();
  await button(page, 'Add a text').waitFor();
  await page.goBack();
  await button(page, 'Add a text').waitFor({ state: 'detached' });
  expect([await clips(page).count(), await focused(page)]).toEqual([2, 'Text']);
  await button(page, 'Sound').click();
  await button(page, 'Add a sound').click();
  await sheet.waitFor();
  await page.goBack();
  await sheet.waitFor({ state: 'detached' });
  await button(page, 'Add a sound').waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Add a sound').waitFor({ state: 'detached' });
  await entries(page, 1);
  await page.goBack();
  await start(page);
  expect(new URL(page.url()).search).toBe('');

  // Forward comes to the draft again; its own button, too, takes its place in the history along.
  await page.goForward();
  await expect.poll(() => clips(page).count(), patience).toBe(2);
  await button(page, 'Text').click();
  await entries(page, 2);
  await page.reload();
  await expect.poll(() => clips(page).count(), patience).toBe(2);
  await entries(page, 1);
  expect(await button(page, 'Add a text').count()).toBe(0);
  const address = page.url();
  await button(page, 'Text').click();
  await entries(page, 2);
  // Two presses at once.
  await page.evaluate(() => history.go(-2));
  await start(page);
  await page.goForward();
  await expect.poll(() => clips(page).count(), patience).toBe(2);
  await button(page, 'Close; the draft is kept').click();
  await start(page);
  await entries(page, 0);
  await page.goBack();
  await page.waitForURL('**/discover');

  // Whoever begins with the draft finds the studio behind it.
  const other = await context.newPage();
  await other.goto(address);
  await expect.poll(() => clips(other).count(), patience).toBe(2);
  await entries(other, 1);
  await other.goBack();
  await start(other);
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('over a video: what is opened closes, and leaves nothing in the history', async () => {
  const { page, context, faults } = await openDevice(browser, server);
  await page.goto('/discover');
  await page.goto(video.url);
  const at = (name: string) => page.locator('article:not([inert])').getByRole('button', { name });
  const sheet = page.getByRole('dialog');
  await at('Comments, 0').tap();
  await sheet.getByText('No comments yet').waitFor();
  await page.goBack();
  await sheet.waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe(new URL(video.url, server.origin).pathname);
  // Forward finds nothing to open, and stands where it was.
  await page.evaluate(() => history.forward());
  await entries(page, 0);
  expect(await sheet.count()).toBe(0);
  const before = await page.evaluate(() => history.length);
  for (let turn = 0; turn < 3; turn++) {
    await at('Comments, 0').tap();
    await sheet.waitFor();
    await entries(page, 1);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await entries(page, 0);
  }
  expect(await page.evaluate(() => history.length)).toBe(before);

  // One window in the place of another, and a page in the place of that.
  await page.keyboard.press('?');
  await sheet.waitFor();
  await entries(page, 1);
  await page.reload();
  await at('Comments, 0').waitFor();
  await entries(page, 0);
  await at('Comments, 0').tap();
  await sheet.getByRole('link', { name: 'Sign in to comment' }).click();
  await page.getByRole('textbox', { name: 'Password' }).waitFor();
  await page.goBack();
  await at('Comments, 0').waitFor();
  await entries(page, 0);
  expect(await sheet.count()).toBe(0);
  await page.goBack();
  await page.waitForURL('**/discover');
  expect(honest(faults)).toEqual([]);
  await context.close();
});
