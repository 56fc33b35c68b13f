import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Upload } from '../contract/uploads.ts';
import type { VideoList } from '../contract/videos.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { desktop, openChromium, openDevice, picture, type Server, startServer } from './stage.ts';

/** From a file to a published video with everything that helps on the way. */
let server: Server;
let browser: Browser;
let creator: Person;
let friend: Person;
let file: { name: string; mimeType: string; buffer: Buffer };

beforeAll(async () => {
  server = await startServer();
  browser = await openChromium();
  [creator, friend] = [await openPerson(server, 'anna.writes'), await openPerson(server, 'ben.follows')];
  await openPerson(server, 'bella.stranger');
  await creator.ask('put', '/api/people/ben.follows/follow');
  file = { name: 'evening.mp4', mimeType: 'video/mp4', buffer: await clip({ shade: 3, durationMs: 4000 }) };
  const words = await clip({ shade: 1 });
  await friend.published(words, { caption: '#sunset over the roofs #sunday' });
  await friend.published(await clip({ shade: 2 }), { caption: '#sunset again' });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('hashtags and mentions are completed by keys, and by touch', async () => {
  const { context, page, faults } = await openDevice(browser, server, desktop);
  await creator.enter(context);
  await page.goto('/upload');
  await page.getByLabel('Choose a video').setInputFiles(file);
  const caption = page.getByRole('textbox', { name: 'Caption' });
  await caption.click();
  await page.keyboard.type('Tonight #sun');
  const tags = page.getByRole('listbox', { name: 'Hashtags' });
  await tags.waitFor();
  expect(await tags.getByRole('option').allInnerTexts()).toEqual([
    expect.stringMatching(/^sunset\s+2 videos$/),
    expect.stringMatching(/^sunday\s+1 video$/),
  ]);
  // Enter is a new line for who has chosen nothing.
  await page.keyboard.press('ArrowDown');
  const marked = await caption.getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${marked}"]`).getAttribute('aria-selected')).toBe('true');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await picture(page, 'publish-completion-desktop');
  await page.keyboard.press('Enter');
  expect(await caption.inputValue()).toBe('Tonight #sunset ');
  await page.keyboard.press('Control+z');
  expect(await caption.inputValue()).toBe('Tonight #sun');
  await page.keyboard.press('End');
  await tags.waitFor();
  await page.keyboard.press('Escape');
  await tags.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  expect(await caption.inputValue()).toBe('Tonight #sun\n');
  await page.keyboard.type('with @b');
  const people = page.getByRole('listbox', { name: 'People' });
  await people.waitFor();
  expect(await people.getByRole('option').allInnerTexts()).toEqual([
    expect.stringContaining('@ben.follows'),
    expect.stringContaining('@bella.stranger'),
  ]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  expect(await caption.inputValue()).toBe('Tonight #sun\nwith @ben.follows ');
  expect(faults).toEqual([]);
  await context.close();

  const phone = await openDevice(browser, server);
  await creator.enter(phone.context);
  await phone.page.goto('/upload?lang=en-XB');
  await phone.page.locator('input[type=file]').setInputFiles(file);
  const text = phone.page.locator('textarea');
  await text.tap();
  await phone.page.keyboard.type('#sund');
  const option = phone.page.getByRole('option').first();
  await option.waitFor();
  expect((await option.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await picture(phone.page, 'publish-completion-phone');
  await option.tap();
  expect(await text.inputValue()).toBe('#sunday ');
  expect(await text.evaluate((field) => field === document.activeElement)).toBe(true);
  await phone.context.close();
});

test('what has the focus is not pushed under the bar by what comes meanwhile', async () => {
  const { context, page, faults } = await openDevice(browser, server);
  await creator.enter(context);
  await page.goto('/upload');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('group', { name: 'Cover' }).waitFor();
  const topic = page.getByRole('checkbox', { name: 'Garden' });
  await topic.focus();
  const underWhat = await topic.evaluate(async (chip: HTMLElement) => {
    const end = () => chip.parentElement!.getBoundingClientRect();
    const bar = document.querySelector('[type=submit]')!.parentElement!.getBoundingClientRect();
    scrollBy({ top: end().bottom - bar.top + 4, behavior: 'instant' });
    await new Promise((scrolled) => setTimeout(scrolled, 200));
    const notice = document.createElement('div');
    notice.style.blockSize = '90px';
    chip.closest('fieldset')!.before(notice);
    await new Promise((drawn) => setTimeout(drawn, 200));
    const { left, top, width, height } = end();
    const above = document.elementFromPoint(left + width / 2, top + height / 2);
    return chip.parentElement!.contains(above) ? '' : (above?.outerHTML ?? 'the edge of the screen');
  });
  expect(underWhat).toBe('');
  expect(faults).toEqual([]);
  await context.close();
});

test('who writes fast publishes before the upload has begun, and may think better of it', async () => {
  const { context, page, faults } = await openDevice(browser, server);
  await creator.enter(context);
  let begin = Promise.withResolvers<void>();
  await page.route('**/api/uploads', async (route) => {
    if (route.request().method() === 'POST') await begin.promise;
    await route.continue();
  });
  const caption = page.getByRole('textbox', { name: 'Caption' });
  const publish = page.getByRole('button', { name: 'Publish', exact: true });
  const wished = page.getByRole('button', { name: 'Will publish as soon as the upload begins' });
  const captions = async () =>
    (await creator.ask<VideoList>('get', '/api/me/videos')).videos.map((one) => one.caption);
  await page.goto('/upload');
  await page.locator('input[type=file]').setInputFiles({ ...file, buffer: await clip({ shade: 9 }) });
  await caption.fill('Quick');
  await publish.tap();
  await wished.waitFor();
  await picture(page, 'publish-wished');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('button', { name: 'Not yet' }).press('Enter');
  await publish.waitFor();
  expect(await publish.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await wished.waitFor();
  // What is written meanwhile goes along.
  await caption.fill('Quick as a lamp');
  begin.resolve();
  await page.getByText('It’s out').first().waitFor();
  expect(await captions()).toContain('Quick as a lamp');

  begin = Promise.withResolvers<void>();
  await page.getByRole('button', { name: 'Another video' }).tap();
  await page.locator('input[type=file]').setInputFiles({ ...file, buffer: await clip({ shade: 10 }) });
  await publish.tap();
  await wished.waitFor();
  await caption.fill('x'.repeat(2201));
  begin.resolve();
  await page.getByText('Ready to publish').first().waitFor();
  await publish.tap();
  expect(await caption.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByText('1 character too many').first().waitFor();
  expect((await captions()).filter((one) => one.startsWith('xx'))).toEqual([]);
  await caption.fill('Shorter');
  await publish.tap();
  await page.getByText('It’s out').first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('a video is planned for later, moved, kept back and let go', async () => {
  const { context, page, faults } = await openDevice(browser, server, {
    ...desktop,
    timezoneId: 'Europe/Berlin',
  });
  await creator.enter(context);
  await page.goto('/upload');
  await page.getByLabel('Choose a video').setInputFiles({ ...file, buffer: await clip({ shade: 6 }) });
  await page.getByRole('textbox', { name: 'Caption' }).fill('For another day');
  await page.getByRole('radio', { name: /^Later/ }).check();
  const time = page.getByLabel('Day and time');
  await time.fill('2020-01-01T10:00');
  await page.getByText('This time has passed.').waitFor();
  const day = new Date(Date.now() + 3 * 86_400_000);
  const wall = `${day.toISOString().slice(0, 10)}T18:30`;
  await time.fill(wall);
  await page
    .getByText(/6:30.PM \(Central European/)
    .first()
    .waitFor();
  await time.scrollIntoViewIfNeeded();
  await picture(page, 'publish-when');
  await page.getByRole('button', { name: 'Schedule' }).click();
  await page.getByText('It’s scheduled').first().waitFor();
  await picture(page, 'publish-scheduled');
  const [video] = (await creator.ask<VideoList>('get', '/api/me/videos')).videos;
  const berlin = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
  expect(berlin.format(new Date(video!.publishAt!))).toBe('18:30');
  expect((await friend.get(`/api/videos/${video!.id}`)).status).toBe(404);

  await page.getByRole('link', { name: 'My videos' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'For another day' });
  await row.getByText(/^Goes out .*6:30.PM/).waitFor();
  await row.getByRole('button', { name: /For another day/ }).click();
  await page.getByRole('menuitem', { name: 'Change the time' }).click();
  await page.getByRole('dialog').getByLabel('Day and time').fill(wall.replace('18:30', '07:05'));
  await picture(page, 'publish-reschedule');
  await page.getByRole('dialog').getByRole('button', { name: 'Schedule' }).click();
  await row.getByText(/^Goes out .*7:05.AM/).waitFor();
  await row.getByRole('button', { name: /For another day/ }).click();
  await page.getByRole('menuitem', { name: 'Keep back as a draft' }).click();
  await row.getByText(/^Draft/).waitFor();
  await picture(page, 'publish-kept-back');
  await row.getByRole('button', { name: /For another day/ }).click();
  await page.getByRole('menuitem', { name: 'Publish now' }).click();
  await until(async () => (await friend.get(`/api/videos/${video!.id}`)).status === 200);
  expect(faults).toEqual([]);
  await context.close();
});

test('the cover is found to a tenth of a second, and what is out can be taken along as it was sent', async () => {
  const { context, page, faults } = await openDevice(browser, server);
  await creator.enter(context);
  await context.addInitScript(() => {
    // This browser has no sheet to share with.
    const shared: { name: string; size: number }[] = [];
    Object.assign(window, { shared });
    navigator.canShare = () => true;
    navigator.share = async ({ files = [] }: ShareData = {}) => {
      for (const { name, size } of files) shared.push({ name, size });
    };
  });
  const bytes = await clip({ shade: 8, durationMs: 4000 });
  await page.goto('/upload');
  await page
    .getByLabel('Choose a video')
    .setInputFiles({ name: 'walk.mp4', mimeType: 'video/mp4', buffer: bytes });
  await page.getByRole('textbox', { name: 'Caption' }).fill('A walk with our dog through the forest');
  await page.getByRole('button', { name: 'Add the topic Animals' }).click();
  expect(await page.getByRole('checkbox', { name: 'Animals' }).isChecked()).toBe(true);
  await page.getByRole('textbox', { name: 'Caption' }).fill('A walk');
  const cover = page.getByRole('group', { name: 'Cover' });
  await cover.getByRole('img', { name: /^The cover now/ }).waitFor();
  expect(await cover.getByRole('radio', { checked: true }).count()).toBe(1);
  const moment = cover.getByRole('slider', { name: 'Exact moment' });
  await moment.focus();
  await moment.fill('2300');
  await page.keyboard.press('ArrowRight');
  await page.getByText('This frame is the cover now.').waitFor();
  const [upload] = (await creator.ask<{ uploads: Upload[] }>('get', '/api/me/uploads')).uploads;
  expect(upload!.coverAtMs).toBe(2400);
  await cover.scrollIntoViewIfNeeded();
  await picture(page, 'publish-cover');
  await page.getByText('Before you publish').scrollIntoViewIfNeeded();
  await picture(page, 'publish-checks');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('It’s out').first().waitFor();
  await page.getByRole('button', { name: 'Share the video itself' }).click();
  await until(() => page.evaluate(() => (window as never as { shared: unknown[] }).shared.length > 0));
  expect(await page.evaluate(() => (window as never as { shared: unknown }).shared)).toEqual([
    { name: 'walk.mp4', size: bytes.length },
  ]);
  await page.getByRole('link', { name: 'Save the file you sent' }).scrollIntoViewIfNeeded();
  await picture(page, 'publish-out');
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save the file you sent' }).click();
  expect((await readFile(await (await saved).path())).equals(bytes)).toBe(true);

  await page.getByRole('link', { name: 'My videos' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'A walk' });
  await row.getByRole('button', { name: /A walk/ }).click();
  const along = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save to this device' }).click();
  expect((await along).suggestedFilename()).toBe('anna.writes-A-walk.mp4');
  const [video] = (await creator.ask<VideoList>('get', '/api/me/videos')).videos;
  expect((await readFile(await (await along).path())).length).toBe(video!.media!.renditions[0]!.bytes);
  expect(faults).toEqual([]);
  await context.close();
});
