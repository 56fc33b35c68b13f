import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Insights } from '../contract/insights.ts';
import type { Video } from '../contract/videos.ts';
import { openClient } from './client.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { honest, inEveryLook, speak } from './looks.ts';
import { desktop, openChromium, openDevice, phone, picture, type Server, startServer } from './stage.ts';

/** What a creator learns of how their videos are watched, and how they find it. */
let server: Server;
let browser: Browser;
let creator: Person;
const videos: Video[] = [];
const captions = [
  'A lamp is lit',
  'A boat is folded',
  'Rain on the window, for as long as it lasts',
  'A quiet one',
];
const people = 24;

beforeAll(async () => {
  server = await startServer();
  creator = await openPerson(server, 'lamp_maker');
  for (const [index, caption] of captions.entries())
    videos.push(
      await creator.published(await clip({ shade: index * 4 + 1, durationMs: 3000, fps: [24, 1] }), {
        caption,
      }),
    );
  for (let index = 0; index < people; index++) await watchAs(index);
  // All of them: a page that was opened earlier would show what was counted by then for a minute.
  await until(async () => (await creator.ask<Insights>('get', '/api/me/insights')).total.plays >= people * 2);
  browser = await openChromium();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A guest opens the first video, and every second one the second and third too. */
async function watchAs(index: number): Promise<void> {
  const guest = openClient(server);
  const seen = index % 2 === 0 ? videos.slice(0, 3) : videos.slice(0, 1);
  const from = (['link', 'profile', 'related'] as const)[index % 3]!;
  const { opened } = (await guest.post('/api/impressions', { ids: seen.map((one) => one.id), from }))
    .json as {
    opened: { id: string; token: string }[];
  };
  const signals = opened.map(({ token }) => ({
    id: randomUUID(),
    token,
    kind: 'view',
    agoMs: 0,
    // A round trip and its slack allow three seconds.
    watchedMs: 500 + Math.floor((2400 * index) / people),
    loops: 0,
  }));
  const reply = await guest.raw('POST', '/api/signals', JSON.stringify({ signals }), {
    'content-type': 'application/json',
    'accept-language': index % 3 === 0 ? 'en-GB' : 'de-AT,de;q=0.8',
  });
  expect(reply.status).toBe(202);
}

const enter = async (kind: object) => {
  const device = await openDevice(browser, server, kind);
  await creator.enter(device.context);
  return device;
};
const figure = (page: Page) => page.getByRole('figure').first().waitFor();

test('a creator finds from their profile how they are watched, and reads the curve by the keyboard', async () => {
  const { page, context, faults } = await enter(desktop);
  await page.goto('/@lamp_maker');
  await page.getByRole('link', { name: 'Insights' }).click();
  await page.getByRole('heading', { name: 'Insights', level: 1 }).waitFor();
  await page.getByText('14 views').first().waitFor();
  await page.getByRole('link', { name: /A lamp is lit/ }).click();
  await page.getByRole('heading', { name: 'Second by second' }).waitFor();
  const reader = page.getByRole('slider', { name: /Half had left|More than half/ });
  await reader.focus();
  await page.keyboard.press('Home');
  expect(await reader.getAttribute('aria-valuetext')).toBe('0:00: 100%');
  await page.keyboard.press('ArrowRight');
  expect(await reader.getAttribute('aria-valuetext')).toMatch(/^0:01: 7\d%$/);
  const table = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as CSV' }).click();
  expect((await table).suggestedFilename()).toBe(`insights-${videos[0]!.id}.csv`);
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('somebody else gets nothing to see', async () => {
  const other = await openPerson(server, 'passer_by');
  const { page, context } = await openDevice(browser, server);
  await other.enter(context);
  await page.goto(`/studio/insights/${videos[0]!.id}`);
  await page.getByRole('heading', { name: 'These insights are not here', level: 1 }).waitFor();
  await page.goto('/studio/insights');
  await page.getByRole('heading', { name: /Nobody has watched yet/ }).waitFor();
  await picture(page, 'insights-empty');
  await context.close();
});

test('a page of numbers is legible in every look, and mirrored', async () => {
  const { page, context, faults } = await enter({ hasTouch: true });
  const found: string[] = [];
  for (const [name, path] of [
    ['insights', '/studio/insights'],
    ['insights-video', `/studio/insights/${videos[0]!.id}`],
  ] as const) {
    await page.setViewportSize(phone.viewport);
    await page.goto(path);
    await figure(page);
    found.push(...(await inEveryLook(page, name)));
  }
  expect(found).toEqual([]);
  expect(honest(faults)).toEqual([]);
  await context.close();
  const mirrored = await enter(phone);
  await speak(mirrored.context, 'en-XB');
  await mirrored.page.goto(`/studio/insights/${videos[0]!.id}`);
  await figure(mirrored.page);
  await picture(mirrored.page, 'insights-video-mirrored');
  await mirrored.context.close();
});
