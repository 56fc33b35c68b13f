import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, type Person } from './community.ts';
import { honest, inEveryLook, overflow, speak, still } from './looks.ts';
import { desktop, openChromium, openDevice, phone, picture, type Server, startServer } from './stage.ts';

/**
 * Every surface as it looks: on a phone and a desktop, dark and light. Pictures for people to look at; axe finds
 * nothing; nothing sticks out of the narrowest phone; every language is complete, and the other direction mirrored.
 */
let server: Server;
let browser: Browser;
let creator: Person;
let operator: Person;
let video: Video;
let surfaces: Surface[];

type Surface = {
  name: string;
  path: () => string;
  as: 'guest' | 'creator' | 'operator';
  ready: (page: Page) => Promise<void>;
};

const heading = (page: Page) =>
  page.getByRole('main').getByRole('heading').first().waitFor({ state: 'attached' });
const figure = (page: Page) => page.getByRole('figure').first().waitFor();
const listed = (page: Page) => page.getByRole('main').getByRole('listitem').first().waitFor();
const stage = async (page: Page) => {
  await page.getByRole('feed').waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((one) => one.currentTime > 0),
  );
};

beforeAll(async () => {
  server = await startServer();
  operator = await openPerson(server, 'the_operator');
  const link = /become operator\s+\S+\/claim\/(\S+)/.exec(server.said())![1]!;
  await operator.ask('post', '/api/operator/claim', { token: link });
  creator = await openPerson(server, 'lamp_maker');
  const captions = [
    'A lamp that is switched on slowly #lamp #evening',
    'How to fold a paper boat that really swims, in twelve steps, with a very long caption that does not fit on two lines of a phone, so that somebody has to open it to read how it ends #paper #boat',
    'Nothing but rain #rain',
  ];
  for (const [index, caption] of captions.entries()) {
    const wide = index === 1 ? { width: 640, height: 360 } : { width: 360, height: 640 };
    video = await creator.published(
      await clip({ shade: index * 4 + 1, ...wide, sound: { kind: 'sine', levelDb: -30 } }),
      {
        caption,
        topics: ['crafts'],
        soundTitle: 'Evening hum',
        cues: [{ startMs: 0, endMs: 1600, text: 'And now the light comes.' }],
        disclosure: { advertising: index === 2, aiMade: index === 2 },
      },
    );
  }
  browser = await openChromium();
  surfaces = [
    // Before anything was watched.
    { name: 'your-feed-new', path: () => '/settings/feed', as: 'guest', ready: heading },
    { name: 'for-you', path: () => '/', as: 'guest', ready: stage },
    { name: 'following-guest', path: () => '/following', as: 'guest', ready: heading },
    { name: 'following', path: () => '/following', as: 'operator', ready: stage },
    { name: 'video', path: () => video.url, as: 'guest', ready: stage },
    { name: 'profile', path: () => '/@lamp_maker', as: 'guest', ready: heading },
    { name: 'profile-mine', path: () => '/@lamp_maker', as: 'creator', ready: heading },
    { name: 'profile-empty', path: () => '/@the_operator', as: 'guest', ready: heading },
    { name: 'tag', path: () => '/tag/lamp', as: 'guest', ready: heading },
    { name: 'tag-empty', path: () => '/tag/nothing', as: 'guest', ready: heading },
    { name: 'sound', path: () => `/sound/${video.sound!.id}`, as: 'guest', ready: heading },
    { name: 'upload-guest', path: () => '/upload', as: 'guest', ready: heading },
    { name: 'upload', path: () => '/upload', as: 'creator', ready: heading },
    { name: 'studio', path: () => '/studio', as: 'guest', ready: heading },
    { name: 'my-videos', path: () => '/me/videos', as: 'creator', ready: heading },
    { name: 'settings-guest', path: () => '/settings', as: 'guest', ready: heading },
    { name: 'settings', path: () => '/settings', as: 'creator', ready: heading },
    { name: 'your-feed', path: () => '/settings/feed', as: 'creator', ready: heading },
    { name: 'sign-in', path: () => '/sign-in', as: 'guest', ready: heading },
    { name: 'sign-up', path: () => '/sign-up', as: 'guest', ready: heading },
    { name: 'reset-password', path: () => '/reset-password', as: 'guest', ready: heading },
    { name: 'verify-email', path: () => '/verify-email?error=invalid_token', as: 'guest', ready: heading },
    { name: 'claim', path: () => '/claim/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', as: 'creator', ready: heading },
    { name: 'desk', path: () => '/desk', as: 'operator', ready: heading },
    { name: 'desk-health', path: () => '/desk/feed-health', as: 'operator', ready: figure },
    { name: 'desk-experiments', path: () => '/desk/experiments', as: 'operator', ready: listed },
    { name: 'desk-experiment', path: () => '/desk/experiments/stray', as: 'operator', ready: figure },
    { name: 'desk-look', path: () => '/desk/look', as: 'operator', ready: heading },
    { name: 'desk-comments', path: () => '/desk/comments', as: 'operator', ready: listed },
    { name: 'desk-packs', path: () => '/desk/packs', as: 'operator', ready: listed },
    { name: 'not-found', path: () => '/nowhere/at/all', as: 'guest', ready: heading },
  ];
  await operator.ask('post', `/api/videos/${video.id}/comments`, {
    key: crypto.randomUUID(),
    text: 'Nothing but rain, and I could watch it for hours #rain',
  });
  await operator.ask('put', '/api/people/lamp_maker/follow');
  await operator.ask('post', '/api/desk/experiments', {
    key: 'stray',
    question: 'Does a feed that strays further keep people longer?',
    variants: [
      { name: 'control', share: 0.5, overrides: {} },
      { name: 'wild', share: 0.5, overrides: { 'recommend.exploration': 0.4 } },
    ],
  });
  await operator.ask('post', '/api/desk/experiments/stray/start');
  for (const [topic, level] of [
    ['food', 2],
    ['news', -2],
  ])
    await creator.ask('put', `/api/taste/leanings/topic/${topic}`, { level });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function open(kind: object, as: Surface['as']) {
  const device = await openDevice(browser, server, kind);
  if (as === 'creator') await creator.enter(device.context);
  if (as === 'operator') await operator.enter(device.context);
  return device;
}
async function settled(page: Page, surface: Surface): Promise<void> {
  await page.goto(surface.path());
  await surface.ready(page);
  await still(page);
}
test.each(['guest', 'creator', 'operator'] as const)(
  'as %s: axe finds nothing, nothing sticks out, no error is logged',
  { timeout: 360_000 },
  async (as) => {
    const { page, context, faults } = await open({ hasTouch: true }, as);
    const found: string[] = [];
    for (const surface of surfaces.filter((one) => one.as === as)) {
      await page.setViewportSize(phone.viewport);
      await settled(page, surface);
      found.push(...(await inEveryLook(page, surface.name)));
    }
    if (as === 'guest') found.push(...(await windows(page)));
    expect(found).toEqual([]);
    expect(honest(faults)).toEqual([]);
    await context.close();
  },
);

/** The windows over the stage. */
async function windows(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.setViewportSize(phone.viewport);
  await page.goto('/');
  await stage(page);
  for (const [key, name] of [
    ['s', 'share'],
    ['l', 'sign-in-first'],
    ['?', 'keys'],
    ['w', 'why'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    found.push(...(await inEveryLook(page, `window-${name}`)));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await page.getByRole('button', { name: 'More', exact: true }).filter({ visible: true }).first().click();
  await page.getByRole('dialog').waitFor();
  found.push(...(await inEveryLook(page, 'window-more')));
  return found;
}

test('a language from right to left mirrors the page', async () => {
  const { page, context } = await open({ ...desktop, colorScheme: 'dark' }, 'creator');
  await speak(context, 'en-XB');
  for (const surface of surfaces.filter(({ name }) =>
    ['upload', 'settings', 'your-feed', 'my-videos', 'profile-mine'].includes(name),
  )) {
    await settled(page, surface);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    // The rail stands on the other side.
    const rail = await page.getByRole('navigation').first().boundingBox();
    expect(rail!.x, surface.name).toBeGreaterThan(700);
    expect(await overflow(page)).toBe('');
    await picture(page, `${surface.name}-mirrored`);
  }
  await page.goto('/');
  await stage(page);
  await picture(page, 'for-you-mirrored');
  await context.close();
  const small = await open({ ...phone, colorScheme: 'dark' }, 'guest');
  await speak(small.context, 'en-XB');
  await small.page.goto('/');
  await stage(small.page);
  const like = await small.page
    .getByRole('feed')
    .locator('button[aria-pressed]')
    .filter({ visible: true })
    .first()
    .boundingBox();
  expect(like!.x).toBeLessThan(100);
  await picture(small.page, 'for-you-phone-mirrored');
  await small.context.close();
});

test('the desk is mirrored too, and its charts run the way people read', async () => {
  const { page, context } = await open({ ...desktop, colorScheme: 'dark' }, 'operator');
  await speak(context, 'en-XB');
  for (const surface of surfaces.filter(({ name }) => name.startsWith('desk'))) {
    await settled(page, surface);
    expect(await overflow(page)).toBe('');
    await picture(page, `${surface.name}-mirrored`);
  }
  await page.goto('/desk/feed-health');
  await figure(page);
  const turned = await page
    .locator('figure svg[role=img]')
    .first()
    .evaluate((chart) => new DOMMatrix(getComputedStyle(chart).transform).a);
  expect(turned).toBe(-1);
  await context.close();
});

test('German is complete on the screen', async () => {
  const found: string[] = [];
  const english =
    /\b(the|you|your|and|with|video is|sign in|settings|follow|share|more|save|cancel|loading|without|everyone)\b/i;
  for (const as of ['guest', 'creator', 'operator'] as const) {
    const { page, context } = await open({ ...phone, locale: 'de-DE', colorScheme: 'dark' }, as);
    for (const surface of surfaces.filter((one) => one.as === as)) {
      await settled(page, surface);
      expect(await page.evaluate(() => document.documentElement.lang), surface.name).toBe('de');
      const words = await page.evaluate(() => {
        const texts: string[] = [];
        for (const element of document.querySelectorAll('main *, header *, nav *')) {
          if (element.closest('[lang=en]')) continue;
          for (const name of ['aria-label', 'placeholder', 'title'])
            texts.push(element.getAttribute(name) ?? '');
          for (const node of element.childNodes) if (node.nodeType === 3) texts.push(node.textContent ?? '');
        }
        return texts.map((text) => text.trim()).filter(Boolean);
      });
      // What people wrote themselves stays as they wrote it.
      const theirs =
        /lamp that is|paper boat|Nothing but|Evening hum|Does a feed that strays|light comes|\.mp4|Kinora/;
      found.push(
        ...words
          .filter((text) => english.test(text) && !theirs.test(text))
          .map((text) => `${surface.name}: ${text}`),
      );
    }
    await context.close();
  }
  expect(found).toEqual([]);
});
