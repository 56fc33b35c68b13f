import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clip, openPerson, type Person, password } from './community.ts';
import { axe, honest, overflow, still } from './looks.ts';
import { openChromium, openDevice, picture, type Server, startServer } from './stage.ts';

/** Somebody deletes their account; what they made is gone for everybody. */
let server: Server;
let browser: Browser;
let person: Person;

beforeAll(async () => {
  server = await startServer();
  [person, browser] = await Promise.all([openPerson(server, 'short_stay'), openChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('an account is deleted by its password, and its videos and its name are gone', async () => {
  const video = await person.published(await clip({ shade: 5, durationMs: 3000 }), {
    caption: 'For a while',
  });
  const { page, context, faults } = await openDevice(browser, server);
  await person.enter(context);
  await page.goto(`${server.origin}/settings`);
  const open = page.getByRole('button', { name: 'Delete my account …' });
  await open.tap();
  const dialog = page.getByRole('dialog', { name: 'Delete @short_stay?' });
  await dialog.getByLabel('Present password').fill('not what it is');
  await still(page);
  expect([await axe(page), await overflow(page)]).toEqual([[], '']);
  await picture(page, 'settings-leave-phone');
  await dialog.getByRole('button', { name: 'Delete for good' }).tap();
  await dialog.getByText('This is not your password.').waitFor();
  // Changed one's mind.
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await open.tap();
  await dialog.getByLabel('Present password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByText('Your account is deleted').waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  await page.goto(`${server.origin}/settings`);
  await page.getByRole('heading', { name: 'Make it yours' }).waitFor();
  for (const gone of [video.url, `${server.origin}/@short_stay`])
    expect((await page.goto(gone))?.status()).toBe(404);
  expect(honest(faults)).toEqual([]);
});
