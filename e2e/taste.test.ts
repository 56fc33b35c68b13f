import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedItem } from '../contract/feeds.ts';
import type { Taste } from '../contract/taste.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { axe, inEveryLook, looks, overflow, speak, still } from './looks.ts';
import { desktop, openChromium, openDevice, phone, picture, type Server, startServer } from './stage.ts';

/**
 * The viewer decides: why a video came, more, less and never, muted words, nothing of the past at one press, what was
 * learned and forgetting it. What is said in the browser holds from the next videos on.
 */
let server: Server;
let browser: Browser;
const names = { food: 'Food', garden: 'Garden', music: 'Music', sport: 'Sport' } as const;
type Topic = keyof typeof names;
const topics = Object.keys(names) as Topic[];
const each = 14;
/** Steps at once, so that walking through a feed takes no longer than its videos need. */
const calmPhone = { ...phone, reducedMotion: 'reduce' };
const calmDesktop = { ...desktop, reducedMotion: 'reduce' };

beforeAll(async () => {
  server = await startServer();
  await Promise.all(
    ['maker_one', 'maker_two'].map(async (handle, maker) => {
      const person = await openPerson(server, handle);
      // The same file again is known, so only the first waits for the encoder.
      const bytes = await clip({ shade: maker * 5, durationMs: 2000 });
      for (let i = 0; i < (topics.length * each) / 2; i++) {
        const topic = topics[i % topics.length]!;
        const odd = Math.floor(i / topics.length) % 2 === 1;
        await (i === 0 ? person.published : person.publish)(bytes, {
          caption: `Clip ${maker}${i} of ${topic}${odd ? ', a Spoiler!' : ''} #${topic}`,
          topics: [topic],
          soundTitle: 'Evening hum',
        });
      }
    }),
  );
  await until(async () => {
    const guest = await openPerson(server);
    let seen = 0;
    let cursor: string | null = null;
    for (let page = 0; page < 2; page++) {
      const { items, next }: { items: FeedItem[]; next: string | null } = await guest.forYou(40, cursor);
      seen += items.length;
      cursor = next;
    }
    return seen === topics.length * each;
  });
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function openFeed(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('feed').waitFor();
}
/** What is on the stage, as those hear it who do not see it. */
async function onStage(page: Page): Promise<{ said: string; topic: Topic }> {
  const said = (await page.getByRole('status').filter({ hasText: ': Clip' }).first().textContent())!;
  return { said, topic: /#(\w+)/.exec(said)![1] as Topic };
}
async function next(page: Page): Promise<{ said: string; topic: Topic }> {
  const { said } = await onStage(page);
  await page.keyboard.press('ArrowDown');
  return until(async () => {
    const now = await onStage(page);
    return now.said !== said && now;
  });
}
async function walk(page: Page, count: number): Promise<{ said: string; topic: Topic }[]> {
  const seen: { said: string; topic: Topic }[] = [];
  for (let i = 0; i < count; i++) seen.push(await next(page));
  return seen;
}
const chip = (page: Page) => page.locator('[role=feed] article:not([inert]) [data-why]');
const sheet = (page: Page) => page.getByRole('dialog', { name: 'Why this video' });
const toasts = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });
const focusInside = (page: Page, selector: string) =>
  page.evaluate((wanted) => !!document.activeElement?.closest(wanted), selector);

/** A guest who has watched one topic to the end and beyond, and nothing else. */
async function whoLoves(topic: Topic): Promise<Person> {
  const viewer = await openPerson(server);
  const { items } = await viewer.forYou(24);
  await viewer.ask('post', '/api/signals', {
    signals: items.map(({ token, video }) => {
      const loved = video.topics.includes(topic);
      const watched = loved ? { watchedMs: 2400, loops: 1 } : { watchedMs: 250, loops: 0 };
      return { id: crypto.randomUUID(), token, kind: 'view', agoMs: 0, ...watched };
    }),
  });
  return viewer;
}
const tasteOf = (viewer: Person) => viewer.ask<Taste>('get', '/api/taste');

test('on a phone: why, less and taken back, never and taken back, and what follows obeys', async () => {
  const { page, context, faults } = await openDevice(browser, server, calmPhone);
  await openFeed(page);
  const first = await onStage(page);
  const name = names[first.topic];
  await chip(page).click();
  await sheet(page).waitFor();
  expect(
    await sheet(page).getByRole('list', { name: 'Reasons' }).getByRole('listitem').count(),
  ).toBeGreaterThan(0);

  // The menu leads to the same sheet, and the focus comes back to the menu's button.
  await page.keyboard.press('Escape');
  const more = page.getByRole('button', { name: 'More', exact: true }).filter({ visible: true }).first();
  await more.focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('dialog', { name: 'This video', exact: true });
  await menu.getByRole('button', { name: 'Why this video' }).click();
  await sheet(page).waitFor();
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('More');
  await chip(page).click();

  const less = sheet(page).getByRole('button', { name: `Less of ${name}` });
  await less.click();
  await sheet(page).getByText(`You will see less of ${name}.`).waitFor();
  expect(await less.getAttribute('aria-pressed')).toBe('true');
  await sheet(page).getByRole('button', { name: 'Undo' }).click();
  await sheet(page).getByText('Taken back.').waitFor();
  expect(await less.getAttribute('aria-pressed')).toBe('false');

  const never = async () => {
    await sheet(page)
      .getByRole('button', { name: `Never ${name}` })
      .click();
    await sheet(page).waitFor({ state: 'hidden' });
    await toasts(page, `${name} stays out of your feed`).waitFor();
    expect((await onStage(page)).said).not.toBe(first.said);
    // The focus did not get lost with the video it was on.
    await until(() => focusInside(page, '[role=feed]'));
  };
  await never();
  await page.getByRole('button', { name: 'Undo' }).click();
  await until(async () => (await onStage(page)).said === first.said);
  await chip(page).click();
  await never();
  const seen = [await onStage(page), ...(await walk(page, 14))];
  expect(seen.map(({ topic }) => topic)).not.toContain(first.topic);
  expect(faults).toEqual([]);
  await context.close();
});

test('by keys: not interested and taken back, the sheet opens and gives the focus back', async () => {
  const { page, context, faults } = await openDevice(browser, server, calmDesktop);
  await openFeed(page);
  const first = await onStage(page);
  await chip(page).focus();
  await page.keyboard.press('Enter');
  await sheet(page).waitFor();
  expect(await focusInside(page, 'dialog')).toBe(true);
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({ state: 'hidden' });
  expect(await focusInside(page, '[data-why]')).toBe(true);

  const dismiss = async () => {
    await page.keyboard.press('w');
    await sheet(page).waitFor();
    for (;;) {
      await page.keyboard.press('Tab');
      const now = await page.evaluate(() => document.activeElement?.textContent);
      if (now === 'Not interested in this video') break;
    }
    await page.keyboard.press('Enter');
    await sheet(page).waitFor({ state: 'hidden' });
    await until(async () => (await onStage(page)).said !== first.said);
    await until(() => focusInside(page, '[role=feed]'));
  };
  await dismiss();
  await page.keyboard.press('Control+z');
  await until(async () => (await onStage(page)).said === first.said);
  await dismiss();
  // Once nobody can take it back any more, it is told.
  const told = page.waitForRequest((request) => (request.postData() ?? '').includes('not_interested'));
  await page.getByRole('button', { name: 'Dismiss' }).focus();
  await page.keyboard.press('Enter');
  await told;
  expect((await walk(page, 10)).map(({ said }) => said)).not.toContain(first.said);
  expect(faults).toEqual([]);
  await context.close();
});

test('what is muted does not come, and comes again when it is not', async () => {
  const { page, context, faults } = await openDevice(browser, server, calmDesktop);
  await page.goto('/settings/feed');
  const field = page.getByLabel('Word, phrase or #hashtag');
  await field.fill('x'.repeat(61));
  await field.press('Enter');
  await page.getByText('This is too long').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await field.fill('spoiler, #sport');
  await field.press('Enter');
  const muted = page.getByRole('list', { name: 'Muted' }).getByRole('listitem');
  await toasts(page, 'Muted: spoiler, #sport').waitFor();
  await page.reload();
  await until(async () => (await muted.allTextContents()).join(' ') === 'spoiler #sport');
  await page.getByText('1 of 200 words, 1 of 200 hashtags').waitFor();

  await openFeed(page);
  for (const { said, topic } of [await onStage(page), ...(await walk(page, 14))]) {
    expect(said).not.toMatch(/spoiler/i);
    expect(topic).not.toBe('sport');
  }
  await page.goto('/settings/feed');
  await page.getByRole('button', { name: 'No longer mute #sport' }).click();
  await toasts(page, 'No longer muted: #sport').waitFor();
  await page.getByRole('button', { name: 'No longer mute spoiler' }).click();
  await toasts(page, 'No longer muted: spoiler').waitFor();
  await openFeed(page);
  const seen = [await onStage(page), ...(await walk(page, 14))];
  expect(seen.map(({ topic }) => topic)).toContain('sport');
  expect(faults).toEqual([]);
  await context.close();
});

test('at one press nothing of the past is used, and the server remembers it', async () => {
  const viewer = await whoLoves('garden');
  const { page, context, faults } = await openDevice(browser, server, calmPhone);
  await viewer.enter(context);
  await openFeed(page);
  const switches = page.getByRole('group', { name: 'How For you is chosen' });
  const pressed = () => switches.getByRole('button', { pressed: true }).textContent();
  expect(await pressed()).toBe('For me');
  const causes = async (count: number) => {
    const found: string[] = [];
    for (let i = 0; i < count; i++) {
      await next(page);
      found.push((await chip(page).textContent())!);
    }
    return found;
  };
  const personal = /Because you/;
  expect((await causes(5)).filter((one) => personal.test(one)).length).toBeGreaterThan(0);

  await switches.getByRole('button', { name: 'For everyone' }).click();
  await toasts(page, 'The same for everyone here now').waitFor();
  expect(await pressed()).toBe('For everyone');
  expect((await tasteOf(viewer)).settings.profiling).toBe(false);
  expect((await causes(6)).filter((one) => personal.test(one))).toEqual([]);

  await page.reload();
  await page.getByRole('feed').waitFor();
  expect(await pressed()).toBe('For everyone');
  expect((await chip(page).textContent())!).not.toMatch(personal);
  await chip(page).click();
  const history = sheet(page).getByRole('button', { name: 'Don’t use my history' });
  expect(await history.getAttribute('aria-pressed')).toBe('true');
  await history.click();
  await sheet(page).getByText('Chosen for you again').waitFor();
  await page.keyboard.press('Escape');
  await until(async () => (await pressed()) === 'For me');
  expect((await tasteOf(viewer)).settings.profiling).toBe(true);
  expect(faults).toEqual([]);
  await context.close();
});

test('what was learned can be seen, corrected by keys, and forgotten', async () => {
  const viewer = await whoLoves('garden');
  const { page, context, faults } = await openDevice(browser, server, calmDesktop);
  await viewer.enter(context);
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Open your feed' }).click();
  const garden = page.getByRole('group', { name: 'How much of Garden' });
  await garden.waitFor();
  const row = page.getByRole('listitem').filter({ has: garden });
  expect(await row.textContent()).toContain('You like it');
  await garden.getByRole('radio', { name: 'As learned' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await until(async () =>
    (await tasteOf(viewer)).leanings.some(({ key, level }) => key === 'garden' && level === -2),
  );
  await page.reload();
  await garden.waitFor();
  expect(await garden.getByRole('radio', { name: 'Never' }).isChecked()).toBe(true);

  await page.getByRole('button', { name: 'Forget what was learned' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget what was learned of you?' });
  await dialog.getByText('This is forgotten').waitFor();
  await dialog.getByText('This stays').waitFor();
  await page.keyboard.press('Escape');
  expect((await tasteOf(viewer)).beliefs.length).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Forget what was learned' }).click();
  await dialog.getByRole('button', { name: 'Forget it' }).click();
  await toasts(page, 'Forgotten.').waitFor();
  const after = await tasteOf(viewer);
  expect(after.beliefs).toEqual([]);
  expect(after.learnedFrom).toBe(0);
  // What was said, and not learned, stays.
  expect(await row.textContent()).toContain('Nothing learned');
  expect(await garden.getByRole('radio', { name: 'Never' }).isChecked()).toBe(true);
  expect(faults).toEqual([]);
  await context.close();
});

test('the numbers behind For you are there for everybody to read', async () => {
  const { page, context, faults } = await openDevice(browser, server, calmPhone);
  await page.goto('/settings/feed');
  await page.getByRole('button', { name: 'Show the numbers' }).tap();
  const numbers = page.getByRole('list', { name: 'Numbers', exact: true });
  const one = numbers.getByRole('listitem').filter({ hasText: 'creatorShare' });
  expect(await one.textContent()).toMatch(/Most of one page that one creator may take/);
  await one.scrollIntoViewIfNeeded();
  await still(page);
  await picture(page, 'your-feed-numbers');
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe('');
  expect(faults).toEqual([]);
  await context.close();
});

test('somebody new can name a topic at once', async () => {
  const { page, context, faults } = await openDevice(browser, server, calmPhone);
  await page.goto('/settings/feed');
  await page.getByRole('heading', { name: 'Nothing learned yet' }).waitFor();
  await page.getByLabel('Another topic').selectOption('Food');
  await page.getByRole('button', { name: 'More of it' }).click();
  await toasts(page, 'You will see more of Food.').waitFor();
  const food = page.getByRole('group', { name: 'How much of Food' });
  expect(await food.getByRole('radio', { name: 'More', exact: true }).isChecked()).toBe(true);
  expect(faults).toEqual([]);
  await context.close();
});

test('without a line a change is taken back and says so', async () => {
  const { page, context } = await openDevice(browser, server, calmPhone);
  await page.goto('/settings/feed');
  const hide = page.getByRole('switch', { name: 'Hide AI-made videos' });
  await hide.waitFor();
  await context.setOffline(true);
  await hide.click();
  await toasts(page, 'Nothing was changed. The server cannot be reached.').waitFor();
  expect(await hide.isChecked()).toBe(false);
  await context.setOffline(false);
  await hide.click();
  await page.reload();
  await until(async () => (await hide.count()) > 0 && (await hide.isChecked()));
  await context.close();
});

test('the sheet and the page in every look, and from right to left: axe finds nothing', {
  timeout: 240_000,
}, async () => {
  const viewer = await whoLoves('music');
  await viewer.ask('put', '/api/taste/leanings/topic/sport', { level: -2 });
  const found: string[] = [];
  const { page, context } = await openDevice(browser, server, { ...desktop, hasTouch: true });
  await viewer.enter(context);
  await openFeed(page);
  await page.keyboard.press('w');
  await sheet(page)
    .getByRole('button', { name: /^Less of/ })
    .first()
    .click();
  await sheet(page).getByRole('button', { name: 'Undo' }).waitFor();
  found.push(...(await inEveryLook(page, 'why')));
  await page.keyboard.press('Escape');
  await page.goto('/settings/feed');
  await page.getByRole('group', { name: 'How much of Music' }).waitFor();
  found.push(...(await inEveryLook(page, 'your-feed-learned')));
  await page.getByRole('button', { name: 'Forget what was learned' }).click();
  found.push(...(await inEveryLook(page, 'your-feed-forget')));
  await context.close();

  for (const { look, viewport, colorScheme } of looks) {
    const mirrored = await openDevice(browser, server, { viewport, colorScheme, reducedMotion: 'reduce' });
    await speak(mirrored.context, 'en-XB');
    await viewer.enter(mirrored.context);
    const check = async (name: string) => {
      await still(mirrored.page);
      expect(await mirrored.page.evaluate(() => document.documentElement.dir)).toBe('rtl');
      found.push(...(await axe(mirrored.page)).map((one) => `${name} mirrored, ${look}: ${one}`));
      const wide = await overflow(mirrored.page);
      if (wide) found.push(`${name} mirrored, ${look}: ${wide}`);
      await picture(mirrored.page, `${name}-mirrored-${look}`);
    };
    await openFeed(mirrored.page);
    await mirrored.page.keyboard.press('w');
    await mirrored.page.getByRole('dialog').waitFor();
    await check('why');
    await mirrored.page.goto('/settings/feed');
    await mirrored.page.getByRole('radio').first().waitFor();
    await check('your-feed');
    await mirrored.context.close();
  }
  expect(found).toEqual([]);
});
