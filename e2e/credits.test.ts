import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, type Person } from './community.ts';
import { honest, inEveryLook, still } from './looks.ts';
import { desktop, openChromium, openDevice, phone, type Server, startServer } from './stage.ts';

/**
 * Videos made with others, from the watching side: what may be made, whose it was up to the origin, and what happens
 * when a creator changes their mind.
 */
let server: Server;
let browser: Browser;
let anna: Person;
let ben: Person;
let cleo: Person;
let original: Video;
let duet: Video;
let stitch: Video;
let orphan: Video;

const picture = (shade: number) => clip({ shade, width: 360, height: 640, durationMs: 2400 });
beforeAll(async () => {
  server = await startServer();
  [anna, ben, cleo] = [
    await openPerson(server, 'anna_lights'),
    await openPerson(server, 'ben_boats'),
    await openPerson(server, 'cleo_clouds'),
  ];
  const bytes = await Promise.all([1, 4, 7, 10].map(picture));
  original = await anna.published(bytes[0]!, { caption: 'A lamp that is switched on slowly #lamp' });
  const withOriginal = { kind: 'duet' as const, videoId: original.id };
  duet = await ben.published(bytes[1]!, { caption: 'My boat beside her lamp #boat', credit: withOriginal });
  stitch = await cleo.published(bytes[2]!, {
    caption: 'And then the clouds came #clouds',
    credit: { kind: 'stitch', videoId: duet.id },
  });
  const lost = await cleo.published(bytes[3]!, { caption: 'Not for long' });
  orphan = await ben.published(await picture(2), {
    caption: 'An answer to something that is gone',
    credit: { kind: 'duet', videoId: lost.id },
    allowed: { download: true },
  });
  await cleo.delete(`/api/videos/${lost.id}`);
  browser = await openChromium();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function open(kind: object, as: Person | null) {
  const device = await openDevice(browser, server, kind);
  await as?.enter(device.context);
  return device;
}
async function watch(page: Page, video: Video): Promise<void> {
  await page.goto(video.url);
  await page.getByRole('feed').waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((one) => one.currentTime > 0),
  );
  await still(page);
}
/** The video that is watched now, not its neighbours. */
const shown = (page: Page) => page.getByRole('article').filter({ visible: true }).first();
async function share(page: Page) {
  await page.keyboard.press('s');
  const window = page.getByRole('dialog');
  await window.waitFor();
  return window;
}

test('a guest sees with whom a video was made, goes to them, and finds the whole chain', {
  timeout: 240_000,
}, async () => {
  const { page, context, faults } = await open(phone, null);
  await watch(page, duet);
  await shown(page)
    .getByRole('link', { name: /^Duet with .?@anna_lights/ })
    .click();
  await page.waitForURL(`**${original.url}`);
  await watch(page, stitch);
  await shown(page)
    .getByRole('link', { name: /^Stitch of .?@ben_boats/ })
    .waitFor();
  await shown(page).getByRole('link', { name: 'Whole chain, 3 videos' }).click();
  const chain = page.getByRole('list').filter({ hasText: 'The original' });
  await chain.waitFor();
  expect(await chain.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/^The original\n+A lamp[\s\S]*@anna_lights/),
    expect.stringMatching(/^Duet\n+My boat[\s\S]*@ben_boats/),
    expect.stringMatching(/^Stitch · This video\n+And then[\s\S]*@cleo_clouds/),
  ]);
  await page.goto(`/credits/${original.id}`);
  await page.getByRole('link', { name: /My boat beside her lamp/ }).waitFor();
  await page.getByLabel('Kind').selectOption({ label: 'Stitches' });
  await page.getByText('Nothing yet').waitFor();
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('an original that was deleted leaves its mark', { timeout: 120_000 }, async () => {
  const { page, context } = await open(desktop, null);
  await watch(page, orphan);
  await shown(page).getByRole('link', { name: 'Duet: the original is gone' }).click();
  await page.getByText('This video is gone').waitFor();
  const steps = page.getByRole('list').filter({ hasText: 'The original' }).getByRole('listitem');
  expect(await steps.count()).toBe(2);
  expect(await steps.first().getByRole('link').count()).toBe(0);
  await context.close();
});

test('behind Share stands what may be made, and nothing else', { timeout: 240_000 }, async () => {
  const { page, context } = await open(phone, cleo);
  await watch(page, original);
  let window = await share(page);
  const making = window.getByRole('region', { name: 'Make something with it' });
  expect(await making.getByRole('link').allInnerTexts()).toEqual(['Duet', 'Stitch']);
  await anna.patch(`/api/videos/${original.id}`, { allowed: { duet: false, download: true } });
  await watch(page, original);
  window = await share(page);
  expect(await making.getByRole('link').allInnerTexts()).toEqual(['Stitch', 'Download']);
  const coming = page.waitForEvent('download');
  await making.getByRole('link', { name: 'Download' }).click();
  expect((await coming).suggestedFilename()).toBe(`anna_lights-${original.id}.mp4`);
  await anna.patch(`/api/videos/${original.id}`, { allowed: { duet: true, download: false } });
  await watch(page, original);
  await share(page);
  await making.getByRole('link', { name: 'Duet' }).click();
  await page.waitForURL(`**/studio?with=duet&video=${original.id}`);
  await anna.patch(`/api/videos/${original.id}`, { allowed: { duet: false, stitch: false } });
  await watch(page, original);
  await share(page);
  expect(await making.count()).toBe(0);
  await anna.patch(`/api/videos/${original.id}`, { allowed: { duet: true, stitch: true } });
  await context.close();
});

test('a creator says what others may make: for all videos, for one, and takes back', {
  timeout: 240_000,
}, async () => {
  const { page, context, faults } = await open(phone, anna);
  await page.goto('/settings');
  const stitches = page.getByRole('switch', { name: /Stitches/ });
  await stitches.uncheck();
  await page.getByText('Saved for new videos').waitFor();
  await page.getByRole('button', { name: 'Use this for my earlier videos too' }).click();
  await page.getByRole('button', { name: 'Change all' }).click();
  await page.getByText('Saved for all your videos').waitFor();
  const seen = async (who: Person, video: Video) => who.ask<Video>('get', `/api/videos/${video.id}`);
  expect((await seen(cleo, original)).permissions).toMatchObject({ duet: true, stitch: false });

  await page.goto('/me/videos');
  await page.getByRole('button', { name: /Edit or delete: A lamp/ }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('switch', { name: /Stitches/ }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Changes saved').waitFor();
  expect((await seen(cleo, original)).permissions.stitch).toBe(true);

  await page.getByRole('button', { name: /Edit or delete: A lamp/ }).click();
  await page.getByRole('menuitem', { name: 'Take back what others made' }).click();
  await page.getByRole('button', { name: 'Take back', exact: true }).click();
  await page.getByText('You took back what others made with it.').waitFor();
  expect(honest(faults)).toEqual([]);
  await context.close();

  const guest = await open(phone, null);
  await expect
    .poll(async () => (await cleo.get(`/api/videos/${duet.id}`)).status, { timeout: 20_000 })
    .toBe(404);
  await guest.page.goto(duet.url);
  await guest.page
    .getByText('This video is not here')
    .or(guest.page.getByText(/not here|gone/i))
    .first()
    .waitFor();
  await guest.context.close();
  const maker = await open(phone, ben);
  await maker.page.goto('/me/videos');
  await maker.page.getByText('only you can see this video').waitFor();
  expect(await inEveryLook(maker.page, 'credits-taken-back')).toEqual([]);
  await maker.context.close();
  await anna.delete(`/api/videos/${original.id}/take-back`);
  await expect
    .poll(async () => (await cleo.get(`/api/videos/${duet.id}`)).status, { timeout: 20_000 })
    .toBe(200);
});

test('an upload keeps its credit over a reload, and publishes it', { timeout: 240_000 }, async () => {
  const { page, context, faults } = await open(phone, ben);
  await page.goto('/upload');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'beside.mp4',
      mimeType: 'video/mp4',
      buffer: await picture(5),
    });
  await page.getByRole('textbox', { name: /Caption/ }).fill('Beside her once more');
  // The studio says with whom it was made; it is kept with the words.
  await page.waitForFunction(
    (credit) => {
      const kept = JSON.parse(localStorage.getItem('kinora.drafts') ?? '[]');
      if (!kept[0]?.[1].caption) return false;
      kept[0][1].credit = credit;
      localStorage.setItem('kinora.drafts', JSON.stringify(kept));
      return true;
    },
    { kind: 'duet', videoId: original.id },
  );
  await page.getByRole('button', { name: 'Publish' }).waitFor();
  await expect
    .poll(
      async () =>
        (await ben.ask<{ uploads: { state: string }[] }>('get', '/api/me/uploads')).uploads[0]?.state,
      {
        timeout: 60_000,
      },
    )
    .toBe('ready');
  await page.reload();
  await page
    .getByRole('button', { name: /Go on|Continue/ })
    .first()
    .click();
  await page.getByRole('link', { name: /^A duet with .?@anna_lights/ }).waitFor();
  await page.getByRole('switch', { name: /Duets and frames/ }).uncheck();
  await still(page);
  expect(await inEveryLook(page, 'credits-publish')).toEqual([]);
  await page.setViewportSize(phone.viewport);
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect
    .poll(async () => (await ben.ask<{ videos: Video[] }>('get', '/api/me/videos')).videos[0], {
      timeout: 30_000,
    })
    .toMatchObject({
      caption: 'Beside her once more',
      credit: { kind: 'duet', video: { id: original.id } },
      making: { allowed: { duet: false, stitch: true } },
    });
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('axe finds nothing on any of it, on a phone and a desktop', { timeout: 360_000 }, async () => {
  const found: string[] = [];
  const guest = await open({ hasTouch: true }, null);
  await guest.page.setViewportSize(phone.viewport);
  await watch(guest.page, stitch);
  found.push(...(await inEveryLook(guest.page, 'credits-slide')));
  await guest.page.setViewportSize(phone.viewport);
  await share(guest.page);
  found.push(...(await inEveryLook(guest.page, 'credits-share')));
  for (const [name, video] of Object.entries({ chain: stitch, gone: orphan, origin: original })) {
    await guest.page.goto(`/credits/${video.id}`);
    await guest.page.getByRole('list').filter({ hasText: 'The original' }).waitFor();
    await still(guest.page);
    found.push(...(await inEveryLook(guest.page, `credits-${name}`)));
  }
  await guest.context.close();
  const creator = await open({ hasTouch: true }, anna);
  await creator.page.goto('/settings');
  await creator.page.getByRole('switch', { name: /Stitches/ }).waitFor();
  found.push(...(await inEveryLook(creator.page, 'credits-settings')));
  await creator.page.goto('/me/videos');
  await creator.page.getByRole('button', { name: /Edit or delete: A lamp/ }).click();
  await creator.page.getByRole('menuitem', { name: 'Edit' }).click();
  found.push(...(await inEveryLook(creator.page, 'credits-edit')));
  await creator.context.close();
  expect(found).toEqual([]);
});
