import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, type Person } from './community.ts';
import { honest, inEveryLook } from './looks.ts';
import { desktop, openChromium, openDevice, phone, type Server, startServer } from './stage.ts';

/** A creator among their own videos: finding, choosing several, playlists and pins. */
let server: Server;
let browser: Browser;
let creator: Person;
const videos: Video[] = [];

beforeAll(async () => {
  server = await startServer();
  creator = await openPerson(server, 'boat_folder');
  for (const [index, caption] of ['Fold one', 'Fold two', 'A walk in the rain', 'Fold three'].entries())
    videos.push(await creator.published(await clip({ shade: index * 4 + 1, durationMs: 3000 }), { caption }));
  browser = await openChromium();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const enter = async (kind: object) => {
  const device = await openDevice(browser, server, kind);
  await creator.enter(device.context);
  return device;
};
/** A row has lists of its own in it. */
const rows = (page: Page) => page.getByRole('list', { name: 'My videos' }).locator('> li');

test('several videos are found, put into a playlist, ordered, and watched one after the other', async () => {
  const { page, context, faults } = await enter(desktop);
  await page.goto('/me/videos');
  await rows(page).nth(3).waitFor();
  await page.getByRole('searchbox', { name: 'Search my captions' }).fill('fold');
  await rows(page).nth(3).waitFor({ state: 'detached' });
  expect(await rows(page).count()).toBe(3);
  await page.getByRole('button', { name: 'Choose several' }).click();
  await page.getByRole('button', { name: 'Choose all 3 shown' }).click();
  await page.getByText('3 chosen').waitFor();
  const bar = page.getByRole('region', { name: 'What to do with the chosen videos' });
  await bar.getByRole('button', { name: 'Add to playlist' }).click();
  await page.getByRole('textbox', { name: 'A new playlist' }).fill('Paper boats');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('3 videos are in Paper boats').waitFor();
  await page.goto('/@boat_folder');
  await page.getByRole('link', { name: /Paper boats/ }).click();
  const order = page.getByRole('list', { name: 'Paper boats' }).getByRole('listitem');
  await order.nth(2).waitFor();
  const firstBefore = (await order.first().innerText()).match(/Fold \w+/)![0];
  await page.getByRole('button', { name: `Move down: ${firstBefore}` }).click();
  await page.getByText('Now number 2 of 3').waitFor({ state: 'attached' });
  await page.reload();
  await order.nth(2).waitFor();
  expect(await order.nth(1).innerText()).toContain(firstBefore);
  await page.getByRole('link', { name: 'Play', exact: true }).click();
  await page.getByRole('link', { name: '1 of 3 · Paper boats' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('link', { name: '2 of 3 · Paper boats' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('link', { name: '1 of 3 · Paper boats' }).waitFor();
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('a video is pinned to the profile, and a fourth pin is refused in words', async () => {
  for (const video of videos.slice(0, 2)) await creator.ask('put', `/api/videos/${video.id}/pin`);
  const { page, context } = await enter(phone);
  await page.goto('/me/videos');
  const menu = async (caption: string, deed: string) => {
    await page.getByRole('button', { name: `Edit or delete: ${caption}` }).click();
    await page.getByRole('menuitem', { name: deed }).click();
  };
  await menu('A walk in the rain', 'Pin to profile');
  await page.getByText('Pinned to the top of your profile').waitFor();
  await menu('Fold three', 'Pin to profile');
  await page.getByText('Three videos are pinned already').waitFor();
  await page.goto('/@boat_folder');
  const pinned = page.getByRole('region', { name: 'Pinned' }).getByRole('listitem');
  await pinned.nth(2).waitFor();
  expect(await pinned.count()).toBe(3);
  await context.close();
});

test('the pages of a creator are legible in every look', async () => {
  const { page, context, faults } = await enter({ hasTouch: true });
  await page.setViewportSize(phone.viewport);
  const found: string[] = [];
  await page.goto('/me/videos');
  await rows(page).first().waitFor();
  await page.getByRole('button', { name: 'Choose several' }).click();
  await page.getByRole('checkbox').first().check();
  found.push(...(await inEveryLook(page, 'my-videos-choosing')));
  await page.goto('/@boat_folder');
  await page.getByRole('link', { name: /Paper boats/ }).waitFor();
  found.push(...(await inEveryLook(page, 'profile-shelf')));
  await page.getByRole('link', { name: /Paper boats/ }).click();
  await page.getByRole('list', { name: 'Paper boats' }).waitFor();
  found.push(...(await inEveryLook(page, 'playlist')));
  expect(found).toEqual([]);
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('what is hidden leaves the playlist for others, and many are deleted after one question', async () => {
  const { page, context } = await enter(desktop);
  const guest = await openDevice(browser, server, phone);
  await page.goto('/me/videos');
  await page.getByRole('button', { name: 'Choose several' }).click();
  await page.getByRole('checkbox', { name: 'Choose: Fold one' }).check();
  const bar = page.getByRole('region', { name: 'What to do with the chosen videos' });
  await bar.getByRole('button', { name: 'Who can watch' }).click();
  await page.getByRole('radio', { name: /Only me/ }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('1 video changed').waitFor();
  await guest.page.goto('/@boat_folder');
  await guest.page.getByRole('link', { name: /Paper boats/ }).click();
  const seen = guest.page.getByRole('list', { name: 'Paper boats' }).getByRole('listitem');
  await seen.nth(1).waitFor();
  expect(await guest.page.getByText('Fold one').count()).toBe(0);
  await page.getByRole('button', { name: 'Choose several' }).click();
  for (const name of ['Fold two', 'Fold three'])
    await page.getByRole('checkbox', { name: `Choose: ${name}` }).check();
  await bar.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Delete 2 videos?' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('2 videos deleted').waitFor();
  await rows(page).nth(2).waitFor({ state: 'detached' });
  await guest.page.reload();
  await guest.page.getByRole('heading', { name: 'This playlist is not here', level: 1 }).waitFor();
  await Promise.all([context.close(), guest.context.close()]);
});
