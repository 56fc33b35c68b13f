import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedHealth, Instance } from '../contract/desk.ts';
import type { ExperimentResult } from '../contract/experiments.ts';
import { openPerson, type Person, until } from './community.ts';
import { desktop, openChromium, openDevice, type Server, startServer } from './stage.ts';

/** The person with the server: the printed link, the desk, and the demo community that comes and goes. */
let server: Server;
let browser: Browser;
let owner: Person;

beforeAll(async () => {
  server = await startServer({ KINORA_DEMO: 'on' });
  owner = await openPerson(server, 'server_owner');
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const demo = async () => (await owner.ask<Instance>('get', '/api/instance')).demo;

test('the feed tells how far the demo is, and its first videos play', async () => {
  const { page, context, faults } = await openDevice(browser, server);
  await page.goto('/');
  await page
    .getByText(/\d+ of \d+ demo videos made/)
    .first()
    .waitFor();
  const bar = page.getByRole('progressbar', { name: 'The demo community is being made' }).first();
  await bar.waitFor();
  // They appear by themselves: nobody reloads.
  await page.waitForFunction(
    () => [...document.querySelectorAll('video')].some((one) => one.currentTime > 0.2),
    null,
    { timeout: 110_000 },
  );
  const { made, total } = await demo();
  expect(made).toBeGreaterThan(0);
  expect(total).toBeGreaterThan(made - 1);
  expect(faults).toEqual([]);
  await context.close();
});

test('the printed link makes the signed-in person operator, once', async () => {
  const link = /become operator\s+(\S+)/.exec(server.said())![1]!;
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await page.goto(new URL(link).pathname);
  await page.getByRole('link', { name: 'Create account' }).waitFor();
  await owner.enter(context);
  await page.reload();
  await page.getByText('You are signed in as @server_owner').waitFor();
  await page.getByRole('button', { name: 'Become operator' }).click();
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  for (const name of ['People', 'Videos', 'Views today', 'Jobs waiting', 'Jobs failing', 'Storage free'])
    await page.getByRole('term').filter({ hasText: name }).waitFor();
  await page.goto('/');
  await page.getByRole('link', { name: 'Desk' }).click();
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  expect(faults).toEqual([]);
  await context.close();

  const second = await openPerson(server, 'late_comer');
  const reply = await second.post('/api/operator/claim', { token: link.split('/').pop() });
  expect(reply.status).toBeGreaterThanOrEqual(400);
  expect((await second.get('/api/desk/overview')).status).toBe(403);
});

test('a number is turned inside its range and refused outside', async () => {
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await owner.enter(context);
  await page.goto('/desk');
  const [tunable] = (
    await owner.ask<{ tunables: { name: string; value: number; min: number; max: number }[] }>(
      'get',
      '/api/desk/tunables',
    )
  ).tunables;
  const { name, min, max, value } = tunable!;
  const search = page.getByRole('searchbox', { name: 'Search by name or what it does' });
  await search.fill('no number is called this');
  await page.getByText('No number is called or described like that.').waitFor();
  await search.fill(name);
  const turn = async (to: number) => {
    await page.getByRole('button', { name: `Change ${name}` }).click();
    const dialog = page.getByRole('dialog', { name });
    await dialog.getByRole('textbox').fill(String(to));
    await dialog.getByRole('button', { name: 'Save' }).click();
    return dialog;
  };
  let dialog = await turn(max + 1);
  await dialog.getByText(/^Outside the range/).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect((await owner.put(`/api/desk/tunables/${name}`, { value: max + 1 })).status).toBeGreaterThanOrEqual(
    400,
  );
  const other = value === min ? max : min;
  dialog = await turn(other);
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Value changed').waitFor();
  const after = await owner.ask<{ tunables: { name: string; value: number }[] }>('get', '/api/desk/tunables');
  expect(after.tunables.find((one) => one.name === name)!.value).toBe(other);
  expect(faults).toEqual([]);
  await context.close();
});

test('who turned a number, from what to what, is told', async () => {
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await owner.enter(context);
  await page.goto('/desk');
  await page
    .getByRole('button', { name: /^History of/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: /^History of/ });
  await dialog
    .getByText(/^@server_owner, /)
    .first()
    .waitFor();
  await dialog.getByText(/ → /).first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

/** Somebody without an account who watches a little of everything on one page. */
async function watchOnce(): Promise<void> {
  const guest = await openPerson(server);
  const { items } = await guest.forYou(6);
  const signals = items.map(({ token }, at) => ({
    id: randomUUID(),
    kind: 'view',
    agoMs: 0,
    watchedMs: 500 + at * 300,
    loops: 0,
    token,
  }));
  if (signals.length > 0) await guest.ask('post', '/api/signals', { signals });
}

/** Fills the focused field, as somebody without a mouse does, and goes on to the next. */
async function typeInto(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true }).last();
  await field.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}

test('an experiment is written down, started, read and stopped, by keyboard', async () => {
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await owner.enter(context);
  await page.goto('/desk');
  await page.getByRole('link', { name: 'Experiments' }).press('Enter');
  await page.getByText('No experiment yet').waitFor();
  await page.getByRole('button', { name: 'New experiment' }).press('Enter');
  await page.getByRole('button', { name: 'Keep as draft' }).press('Enter');
  await page.getByText('Write the question in 3 to 300 characters.').waitFor();
  await typeInto(page, 'Question', 'Does a feed that strays further keep people longer?');
  await typeInto(page, 'Short name', 'stray');
  await typeInto(page, 'Name', 'wild');
  await page.getByLabel('Number to turn').selectOption('recommend.exploration');
  await typeInto(page, 'Its value', '0.7');
  await page.getByText(/^Type a number between 0 and 0.5/).waitFor();
  await typeInto(page, 'Its value', '0.4');
  await page.getByRole('button', { name: 'Keep as draft' }).press('Enter');
  await page.getByText('Draft kept').waitFor();
  await page.getByRole('link', { name: /^Does a feed/ }).press('Enter');
  await page.getByRole('heading', { name: 'Experiment stray' }).waitFor();
  await page.getByRole('button', { name: 'Start' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).press('Enter');
  await page.getByText('Running', { exact: true }).waitFor();
  await page.getByText(/^Nothing can be told yet: each group needs/).waitFor();
  for (let at = 0; at < 6; at++) await watchOnce();
  // Every viewer of one of the groups, counted by the server itself within moments.
  await until(async () => {
    const { groups } = await owner.ask<ExperimentResult>('get', '/api/desk/experiments/stray/result');
    return groups.reduce((sum, group) => sum + group.viewers, 0) >= 6;
  });
  await page.getByRole('button', { name: 'Stop' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).press('Enter');
  await page.getByText('Stopped', { exact: true }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('the feed’s health is drawn, and every chart is a table too', async () => {
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await owner.enter(context);
  await until(async () => {
    const { slices } = await owner.ask<FeedHealth>('get', '/api/desk/feed-health');
    return slices[0]!.total.seen > 0;
  });
  await page.goto('/desk/feed-health');
  await page.getByRole('img', { name: /^Watch value, last: Watch value: \d/ }).waitFor();
  const charts = await page.getByRole('figure').count();
  expect(charts).toBeGreaterThanOrEqual(7);
  expect(await page.getByText('Figures as a table').count()).toBe(charts);
  const first = page.getByRole('figure').first();
  await first.getByText('Figures as a table').press('Enter');
  expect(await first.getByRole('row').count()).toBe(49);
  await page.getByLabel('Look at').selectOption('stray');
  await page.getByRole('columnheader', { name: 'wild' }).first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('one looks at the page of a made-up viewer', async () => {
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await owner.enter(context);
  await page.goto('/desk/look');
  await page.getByRole('button', { name: 'Look', exact: true }).press('Enter');
  await page.getByRole('heading', { name: /^A made-up viewer: \d+ video/ }).waitFor();
  await page.getByText('chance of this slot').first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('one button removes the demo, also while it is being made', async () => {
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await owner.enter(context);
  await page.goto('/desk');
  await page.getByRole('button', { name: 'Remove the demo community' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('The demo community is gone, with all its files.').waitFor({ timeout: 60_000 });
  expect((await demo()).state).toBe('removed');
  expect((await (await openPerson(server)).forYou(40)).items).toEqual([]);
  await page.goto('/');
  await page.getByText('Nothing here yet').waitFor();
  await until(async () => (await owner.ask<{ videos: number }>('get', '/api/desk/overview')).videos === 0);
  expect(faults).toEqual([]);
  await context.close();
});
