import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clip, openPerson, type Person, password, until } from './community.ts';
import { desktop, openChromium, openDevice, type Server, startServer } from './stage.ts';

/** The main path without a mouse and without a finger. Nothing in here clicks. */
let server: Server;
let browser: Browser;
let folder: string;
let creator: Person;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-keyboard-'));
  await writeFile(join(folder, 'typed.mp4'), await clip({ shade: 7, durationMs: 3000 }));
  server = await startServer();
  creator = await openPerson(server, 'key_maker');
  for (const name of ['one', 'two', 'three', 'four', 'five'])
    await creator.published(await clip({ shade: name.length, durationMs: 3000 }), {
      caption: `Key video ${name}`,
      cues: [{ startMs: 0, endMs: 3000, text: `spoken ${name}` }],
    });
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What has the focus: role or tag, and name. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'body';
    const label =
      element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent;
    return `${element.tagName.toLowerCase()} ${(label ?? element.textContent ?? '').trim()}`;
  });
/** Whether the focus can be seen: an outline or a shadow that the same thing lacks without it. */
const focusShows = (page: Page) =>
  page.evaluate(() => {
    const shown = (element: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    };
    let element = document.activeElement;
    const next = element?.nextElementSibling;
    if (element && next && element.matches('input') && shown(next)) return true;
    for (let up = 0; element && up < 3; up++, element = element.parentElement)
      if (shown(element)) return true;
    return false;
  });
/** Tab until this has the focus; every stop on the way must show where it is. */
async function tabTo(page: Page, wanted: RegExp, most = 60): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    seen.push(now);
    if (now !== 'body' && !(await focusShows(page))) throw new Error(`no focus to be seen on “${now}”`);
    if (wanted.test(now)) return;
  }
  throw new Error(`Tab never came to ${wanted}; it came to ${seen.join(' | ')}`);
}
const announced = (page: Page) =>
  page.getByRole('status').filter({ hasText: 'Key video' }).first().textContent();
const playing = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('video')].some((one) => !one.paused));

test('the stage obeys its keys and says what it shows', async () => {
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  await until(() => playing(page));

  const said = [await announced(page)];
  for (const key of ['ArrowDown', 'j']) {
    await page.keyboard.press(key);
    await until(async () => (await announced(page)) !== said.at(-1));
    said.push(await announced(page));
  }
  expect(new Set(said).size).toBe(3);
  for (const one of said) expect(one).toMatch(/^key_maker: Key video (one|two|three|four|five)$/);
  await page.keyboard.press('ArrowUp');
  await until(async () => (await announced(page)) === said[1]);
  await page.keyboard.press('k');
  await until(async () => (await announced(page)) === said[0]);

  await page.keyboard.press(' ');
  await until(async () => !(await playing(page)));
  await page.keyboard.press(' ');
  await until(() => playing(page));

  const sound = () => page.getByRole('button', { name: /^Sound (on|off)$/ }).getAttribute('aria-label');
  const before = await sound();
  await page.keyboard.press('m');
  await until(async () => (await sound()) !== before);
  const captions = () => page.getByRole('button', { name: /captions$/ }).getAttribute('aria-label');
  const shown = await captions();
  await page.keyboard.press('t');
  await until(async () => (await captions()) !== shown);

  for (const [key, name] of [
    ['s', 'Share this video'],
    ['l', 'Sign in to like videos'],
    ['?', 'Keys'],
    ['w', 'Why this video'],
  ] as const) {
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog', { name });
    await dialog.waitFor();
    // The focus stays inside however often it goes round, apart from the browser's own bar.
    for (let i = 0; i < 14; i++) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(
        () => document.activeElement === document.body || !!document.activeElement?.closest('dialog'),
      );
      expect(inside, `${name}: ${await focused(page)}`).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }
  expect(await announced(page)).toBe(said[0]);

  // A dialog opened from a button gives the focus back to it.
  await tabTo(page, /^button Share/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await focused(page)).toMatch(/^button Share/);
  expect(faults).toEqual([]);
  await context.close();
});

test('the first Tab offers the content, and the order follows the page', async () => {
  const { page, context } = await openDevice(browser, server, desktop);
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toMatch(/^a Skip to the content/);
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  await page.reload();
  await page.getByRole('feed').waitFor();
  const order = [/Skip/, /Kinora/, /For you/, /Following/, /Discover/, /Create/, /Sign in/, /Settings/];
  for (const one of order) {
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(one);
    expect(await focusShows(page), await focused(page)).toBe(true);
  }
  await context.close();
});

test('where a page is zoomed to the width of a phone, nothing that gets the focus lies under its bar', async () => {
  const { page, context, faults } = await openDevice(browser, server);
  await creator.enter(context);
  const hidden: string[] = [];
  for (const path of ['/settings', '/settings/feed', '/me/videos']) {
    await page.goto(path);
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    if (path === '/me/videos') await page.getByRole('button', { name: 'Choose several' }).press('Enter');
    for (let stop = 0; stop < 45; stop++) {
      await page.keyboard.press('Tab');
      const under = await page.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body || at.closest('nav')) return '';
        const seen = at.closest('label') ?? at;
        const { left, top, width, height } = seen.getBoundingClientRect();
        const above = document.elementFromPoint(left + width / 2, top + height / 2);
        if (above && (seen.contains(above) || above.contains(seen))) return '';
        return above?.outerHTML ?? 'the edge of the screen';
      });
      if (under) hidden.push(`${path}: ${await focused(page)} under ${under.slice(0, 90)}`);
    }
  }
  expect(hidden).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('an account, an upload with its cover, and its end, all by keys', async () => {
  const { page, context, faults } = await openDevice(browser, server, desktop);
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  await tabTo(page, /^a Sign in/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await tabTo(page, /^a Create account/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Create account' }).waitFor();
  const type = async (label: RegExp, text: string) => {
    await tabTo(page, label);
    await page.keyboard.type(text);
  };
  await type(/^input .*Handle/, 'only_keys');
  await type(/^input Display name/, 'Only Keys');
  await type(/^input Email/, 'keys@people.example');
  await type(/^input Password/, password);
  await page.keyboard.press('Enter');
  await until(async () => !/sign-up/.test(page.url()));

  await page.goto('/upload');
  await page.getByRole('heading', { name: 'New video' }).waitFor();
  const picker = page.waitForEvent('filechooser');
  let isOpen = false;
  void picker.then(() => {
    isOpen = true;
  });
  // The page may still be arriving when the first Enter comes: a person presses again.
  for (let press = 0; press < 4 && !isOpen; press++) {
    await tabTo(page, /^input .*Choose a video/);
    await page.keyboard.press('Enter');
    await Promise.race([picker, page.waitForTimeout(3000)]);
  }
  await (await picker).setFiles(join(folder, 'typed.mp4'));
  // The words can be written at once.
  await until(async () => /^textarea/.test(await focused(page)));
  await page.keyboard.type('Typed by hand #keys');
  await page.getByRole('group', { name: 'Cover' }).waitFor();
  await tabTo(page, /^input Frame/);
  await page.keyboard.press('ArrowRight');
  await page.getByText('This frame is the cover now.').waitFor();
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toMatch(/^input Frame/);
  await tabTo(page, /^input Animals/);
  await page.keyboard.press(' ');
  await tabTo(page, /^button Publish/);
  await page.keyboard.press('Enter');
  await page.getByText('It’s out').first().waitFor();

  await tabTo(page, /^a My videos/);
  await page.keyboard.press('Enter');
  // A page that was gone to takes the focus to its heading.
  await until(async () => /^h1 My videos/.test(await focused(page)));
  await tabTo(page, /^button Edit or delete/);
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menuitem');
  await menu.first().waitFor();
  const walked: string[] = [];
  for (let entry = 0; entry < (await menu.count()); entry++) {
    walked.push(await focused(page));
    await page.keyboard.press('ArrowDown');
  }
  expect(walked).toContain('button Edit');
  await page.keyboard.press('End');
  expect(await focused(page)).toMatch(/^button Delete$/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Delete this video?' }).waitFor();
  // The harmless answer comes first.
  expect(await focused(page)).toMatch(/^button Keep it/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await focused(page)).toMatch(/^button Edit or delete/);
  expect(faults).toEqual([]);
  await context.close();
});
