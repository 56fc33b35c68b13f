import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { axe, honest, overflow, still } from './looks.ts';
import { desktop, openChromium, openDevice, picture, type Server, startServer } from './stage.ts';

/** People talk under a video: two who write, and a guest who reads. */
let server: Server;
let browser: Browser;
let maker: Person;
let fan: Person;
let video: Video;

beforeAll(async () => {
  server = await startServer();
  [maker, fan, browser] = await Promise.all([
    openPerson(server, 'lamp_maker'),
    openPerson(server, 'paper_fan'),
    openChromium(),
  ]);
  video = await maker.published(await clip({ shade: 3, durationMs: 4000 }), {
    caption: 'A paper lamp, from the first fold #lamps',
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const button = (page: Page) =>
  page.locator('article:not([inert])').getByRole('button', { name: /^Comments, / });
const list = (page: Page) => page.getByRole('list', { name: 'Comments, newest first' });
const field = (page: Page) => page.getByRole('textbox', { name: 'Write a comment' });
const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );
const from = (commentsFrom: string) =>
  maker.patch(`/api/videos/${video.id}`, { commentsFrom }).then((reply) => expect(reply.status).toBe(200));

test('what one says the other reads, answers and deletes; a guest reads along', async () => {
  const small = await openDevice(browser, server);
  await fan.enter(small.context);
  const { page } = small;
  await page.goto(video.url);
  expect(await button(page).getAttribute('aria-label')).toBe('Comments, 0');
  await button(page).tap();
  const sheet = page.getByRole('dialog', { name: /comments?$/i });
  await sheet.getByText('No comments yet').waitFor();
  await still(page);
  await picture(page, 'comments-phone-empty');
  // The video is seen above it.
  expect((await sheet.boundingBox())!.y).toBeGreaterThan(844 / 3);
  await field(page).fill('x'.repeat(501));
  await sheet.getByText('1 character too many.').waitFor();
  await field(page).fill('How did you fold the <b>rim</b>? #lamps');
  await page.getByRole('button', { name: 'Send' }).tap();
  await list(page).getByText('How did you fold the <b>rim</b>? #lamps').waitFor();
  expect(await field(page).inputValue()).toBe('');
  expect(await list(page).locator('b').count()).toBe(0);
  await list(page).getByRole('link', { name: '#lamps' }).waitFor();
  // A line that is gone loses no word.
  await small.context.setOffline(true);
  await field(page).fill('And where is the paper from?');
  await page.getByRole('button', { name: 'Send' }).tap();
  await sheet.getByRole('alert').waitFor();
  expect(await field(page).inputValue()).toBe('And where is the paper from?');
  await small.context.setOffline(false);
  await page.getByRole('button', { name: 'Send' }).tap();
  await list(page).getByText('And where is the paper from?').waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  expect(await focused(page)).toBe('Comments, 2');

  const wide = await openDevice(browser, server, desktop);
  await maker.enter(wide.context);
  const desk = wide.page;
  await desk.goto(video.url);
  await button(desk).waitFor();
  await desk.keyboard.press('c');
  const beside = desk.getByRole('complementary', { name: /comments$/ });
  await beside.waitFor();
  expect(await focused(desk)).toBe('2 comments');
  await beside.getByRole('button', { name: 'Reply to paper_fan' }).last().click();
  await desk.keyboard.type('In eight parts, then @paper_fan turned it round.');
  await desk.keyboard.press('Control+Enter');
  const answers = beside.getByRole('list', { name: 'Replies to paper_fan' });
  await answers.getByText('In eight parts').waitFor();
  await answers.getByText('Creator').waitFor();
  await answers.getByRole('link', { name: '@paper_fan' }).waitFor();
  await still(desk);
  await picture(desk, 'comments-desktop');
  expect(await axe(desk)).toEqual([]);
  await beside.getByRole('button', { name: 'Delete the comment by paper_fan' }).first().click();
  const sure = desk.getByRole('dialog', { name: 'Delete this comment?' });
  await sure.getByText('And where is the paper from?').waitFor();
  await sure.getByRole('button', { name: 'Delete' }).click();
  await desk.getByRole('complementary', { name: '2 comments' }).waitFor();
  expect(await beside.getByText('And where is the paper from?').count()).toBe(0);
  // The panel went nowhere; Escape closes it, and the focus is back on the stage.
  await desk.keyboard.press('Escape');
  await desk.getByRole('complementary', { name: 'About this video' }).waitFor();
  await until(() => desk.evaluate(() => document.activeElement !== document.body));

  const visitor = await openDevice(browser, server);
  await visitor.page.goto(video.url);
  await button(visitor.page).tap();
  await visitor.page.getByRole('button', { name: 'Show 1 reply' }).tap();
  await visitor.page.getByText('In eight parts').waitFor();
  await visitor.page.getByRole('link', { name: 'Sign in to comment' }).waitFor();
  expect(await field(visitor.page).count()).toBe(0);
  await still(visitor.page);
  await picture(visitor.page, 'comments-phone-guest');
  expect(await axe(visitor.page)).toEqual([]);
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  await still(visitor.page);
  await picture(visitor.page, 'comments-narrow');
  expect(await overflow(visitor.page)).toBe('');
  for (const one of [small, wide, visitor]) {
    expect(honest(one.faults).filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault))).toEqual([]);
    await one.context.close();
  }
});

test('people and hashtags are offered while one writes, by finger and by keys', async () => {
  const small = await openDevice(browser, server);
  await fan.enter(small.context);
  await small.page.goto(video.url);
  await button(small.page).tap();
  await field(small.page).pressSequentially('Lovely #lam');
  await small.page.getByRole('option', { name: 'lamps' }).waitFor();
  await still(small.page);
  await picture(small.page, 'comments-offered-phone');
  expect(await axe(small.page)).toEqual([]);
  await small.page.getByRole('option', { name: 'lamps' }).tap();
  expect(await field(small.page).inputValue()).toBe('Lovely #lamps ');
  expect(await focused(small.page)).toBe('Write a comment');

  const wide = await openDevice(browser, server, desktop);
  await fan.enter(wide.context);
  const { page } = wide;
  await page.goto(video.url);
  await button(page).waitFor();
  await page.keyboard.press('c');
  const beside = page.getByRole('complementary', { name: /comments?$/i });
  await field(page).focus();
  await page.keyboard.type('@lamp');
  const people = beside.getByRole('listbox', { name: 'People' });
  await people.waitFor();
  // The list goes before the panel does.
  await page.keyboard.press('Escape');
  await people.waitFor({ state: 'detached' });
  expect(await field(page).inputValue()).toBe('@lamp');
  await page.keyboard.type(' and @lamp');
  await people.waitFor();
  await page.keyboard.press('ArrowDown');
  await still(page);
  await picture(page, 'comments-offered-desktop');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
  expect(await field(page).inputValue()).toBe('@lamp and @lamp_maker ');
  await page.keyboard.press('Escape');
  await beside.waitFor({ state: 'detached' });
  for (const one of [small, wide]) {
    expect(honest(one.faults)).toEqual([]);
    await one.context.close();
  }
});

test('an operator finds what was written at the desk, and removes it there', async () => {
  const operator = await openPerson(server, 'the_operator');
  const link = /become operator\s+\S+\/claim\/(\S+)/.exec(server.said())![1]!;
  await operator.ask('post', '/api/operator/claim', { token: link });
  await fan.ask('post', `/api/videos/${video.id}/comments`, { key: crypto.randomUUID(), text: 'Buy now!' });
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await operator.enter(context);
  await page.goto('/desk');
  await page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name: 'Comments' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Buy now!' });
  expect(await row.getByRole('link', { name: video.caption }).getAttribute('href')).toBe(video.url);
  await still(page);
  await picture(page, 'comments-desk');
  await row.getByRole('button', { name: 'Delete the comment by paper_fan' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await row.waitFor({ state: 'detached' });
  expect((await fan.ask<Video>('get', `/api/videos/${video.id}`)).counts.comments).toBe(2);
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('who may comment is chosen where one publishes and changed later, and holds for everybody', async () => {
  const wide = await openDevice(browser, server, desktop);
  await maker.enter(wide.context);
  const { page } = wide;
  await page.goto('/upload');
  await page
    .getByLabel('Choose a video')
    .setInputFiles({ name: 'quiet.mp4', mimeType: 'video/mp4', buffer: await clip({ shade: 6 }) });
  await page.getByRole('textbox', { name: 'Caption' }).fill('A quiet one');
  const choice = page.getByRole('group', { name: 'Who may comment' });
  expect(await choice.getByRole('radio', { name: 'Everyone' }).isChecked()).toBe(true);
  await choice.getByRole('radio', { name: 'No one' }).check();
  await choice.scrollIntoViewIfNeeded();
  await picture(page, 'comments-publish-desktop');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const quiet = await until(
    async () =>
      (await maker.ask<{ videos: Video[] }>('get', '/api/me/videos')).videos.find(
        (one) => one.caption === 'A quiet one',
      ) ?? null,
  );
  expect(quiet.commentsFrom).toBe('nobody');
  await page.goto('/me/videos');
  await page.getByRole('button', { name: /^Edit or delete: A paper lamp/ }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit video' });
  await edit.getByRole('radio', { name: 'People who follow me' }).check();
  await picture(page, 'comments-edit-desktop');
  await edit.getByRole('button', { name: 'Save', exact: true }).click();
  await edit.waitFor({ state: 'detached' });
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'Who may comment on my videos' }).scrollIntoViewIfNeeded();
  await page.getByRole('radio', { name: 'People who follow me' }).check();
  await page.getByText('Saved for new videos').waitFor();
  await picture(page, 'comments-settings-desktop');
  expect((await maker.ask<object>('get', '/api/me/commenting')).valueOf()).toEqual({
    commentsFrom: 'followers',
  });

  const small = await openDevice(browser, server);
  await fan.enter(small.context);
  await small.page.goto(video.url);
  await button(small.page).tap();
  await small.page.getByText('Only people who follow lamp_maker can comment here.').waitFor();
  await still(small.page);
  await picture(small.page, 'comments-phone-followers');
  await small.page.getByRole('button', { name: 'Follow lamp_maker' }).last().tap();
  await field(small.page).fill('Now I follow you');
  // The creator closes it at this moment: what was typed stays, and the reason is said.
  await from('nobody');
  await small.page.getByRole('button', { name: 'Send' }).tap();
  await small.page.getByText('lamp_maker does not take comments on this video.').waitFor();
  await from('everyone');
  await small.page.reload();
  await button(small.page).tap();
  await field(small.page).fill('Now I follow you');
  await small.page.getByRole('button', { name: 'Send' }).tap();
  await list(small.page).getByText('Now I follow you').waitFor();
  for (const one of [wide, small]) {
    expect(honest(one.faults)).toEqual([]);
    await one.context.close();
  }
});
