import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SoundDetail } from '../contract/sounds.ts';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { honest, inEveryLook } from './looks.ts';
import { openChromium, openDevice, phone, type Server, startServer } from './stage.ts';

/**
 * Sounds: found in the library, listened to where they stand, kept, taken to the studio, named by their owner, and
 * withdrawn: then the video is silent and says so.
 */
let server: Server;
let browser: Browser;
let maker: Person;
let fan: Person;
let hum: Video;

/** Known a moment after its video; its file comes a moment later. */
const fileOf = async (video: Video) => {
  const { status, json } = await fan.get(`/api/sounds/${video.sound!.id}`);
  return status === 200 && (json as SoundDetail).audioUrl;
};

beforeAll(async () => {
  server = await startServer();
  [maker, fan] = [await openPerson(server, 'maker'), await openPerson(server, 'fan')];
  const make = async (kind: 'clap' | 'beat', soundTitle: string) =>
    maker.published(await clip({ durationMs: 6000, sound: { kind, levelDb: -12 } }), { soundTitle });
  hum = await make('clap', 'Evening claps');
  const noise = await make('beat', 'Morning noise');
  for (const video of [hum, noise]) await until(() => fileOf(video));
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('a sound is found, heard, kept and taken to the studio', async () => {
  const { context, page, faults } = await openDevice(browser, server, phone);
  await fan.enter(context);
  await page.goto('/sounds');
  const rows = page.getByRole('list', { name: 'Sounds' }).getByRole('listitem');
  await rows.nth(1).waitFor();
  await page.getByRole('searchbox', { name: 'Search by title, artist or @handle' }).fill('eve');
  await page.getByText('Morning noise').waitFor({ state: 'detached' });
  expect(await rows.count()).toBe(1);
  const play = page.getByRole('button', { name: 'Play Evening claps' });
  await play.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Pause Evening claps' }).waitFor();
  await page.keyboard.press('Enter');
  await play.waitFor();
  const favourite = page.getByRole('button', { name: 'Favourite: Evening claps' });
  await favourite.click();
  await page.getByRole('button', { name: 'Favourite: Evening claps', pressed: true }).waitFor();
  await page.getByRole('tab', { name: 'Favourites' }).click();
  await page.getByRole('tabpanel', { name: 'Favourites' }).getByText('Evening claps').waitFor();
  const use = page.getByRole('link', { name: 'Use this sound: Evening claps' });
  expect(await use.getAttribute('href')).toBe(`/studio?sound=${hum.sound!.id}`);
  await page.getByRole('link', { name: 'Evening claps', exact: true }).click();
  await page.getByRole('heading', { name: 'Evening claps' }).waitFor({ state: 'attached' });
  await page.getByText('120 beats a minute').waitFor();
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('both pages are for everybody: in every look, at every width', async () => {
  const { context, page } = await openDevice(browser, server, phone);
  await maker.enter(context);
  const found: string[] = [];
  await page.goto('/sounds');
  await page.getByRole('list', { name: 'Sounds' }).getByRole('listitem').first().waitFor();
  found.push(...(await inEveryLook(page, 'sounds')));
  await page.goto(`/sound/${hum.sound!.id}`);
  await page.getByRole('button', { name: 'Play Evening claps' }).waitFor();
  found.push(...(await inEveryLook(page, 'sound-own')));
  expect(found).toEqual([]);
  await context.close();
});

test('its owner names a sound and withdraws it, and the video falls silent and says so', async () => {
  const { context, page } = await openDevice(browser, server, phone);
  await maker.enter(context);
  await page.goto(`/sound/${hum.sound!.id}`);
  await page.getByLabel('Name', { exact: true }).fill('Late claps');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Play Late claps' }).waitFor();
  await page.getByRole('button', { name: 'Withdraw the sound' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw the sound' }).click();
  await page.getByText('Its owner withdrew this sound').waitFor();
  const silent = await until(async () => {
    const video = await fan.ask<Video>('get', `/api/videos/${hum.id}`);
    const [rendition] = video.media!.renditions;
    return /-s\d+\.mp4$/.test(rendition!.url) && video;
  });
  expect(silent.media!.hasSound).toBe(false);
  await page.goto(hum.url);
  await page.getByRole('link', { name: 'The sound of this video was withdrawn' }).waitFor();
  await context.close();
});
