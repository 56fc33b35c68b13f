import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SoundDetail } from '../contract/sounds.ts';
import type { Video } from '../contract/videos.ts';
import { idOf } from './client.ts';
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
let noise: Video;
/** A video of the fan's with the maker's sound. */
let used: Video;

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
  noise = await make('beat', 'Morning noise');
  for (const video of [hum, noise]) await until(() => fileOf(video));
  const sounding = await clip({ shade: 3, sound: { kind: 'sine', levelDb: -12 } });
  used = await fan.published(sounding, { soundId: hum.sound!.id });
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
  await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('Evening claps')]);
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
  await page.getByLabel('Where it may be used').first().selectOption('some');
  for (const code of ['VC', 'DE', 'BR']) await page.getByLabel('Add a country').selectOption(code);
  expect(await page.getByRole('button', { name: /^Remove / }).allInnerTexts()).toEqual([
    ...['Brazil', 'Germany', 'St. Vincent & Grenadines'],
  ]);
  found.push(...(await inEveryLook(page, 'sound-countries')));
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
  // Of what follows, more may have fallen silent by now.
  await page.getByRole('link', { name: 'The sound of this video was withdrawn' }).first().waitFor();
  await context.close();
});

test('a video that fell silent gets another sound where it is listed, without the studio', async () => {
  const { context, page, faults } = await openDevice(browser, server, phone);
  await fan.enter(context);
  await until(async () => !(await fan.ask<Video>('get', `/api/videos/${used.id}`)).media!.hasSound);
  await page.goto('/me/videos');
  await page.getByText('Its sound was withdrawn, so it is shown without sound.').waitFor();
  await page.getByRole('button', { name: 'Choose another sound' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Take it: Morning noise' }).waitFor();
  expect(await inEveryLook(page, 'another-sound')).toEqual([]);
  await dialog.getByRole('button', { name: 'Take it: Morning noise' }).click();
  await page.getByText('Your video has its new sound').waitFor();
  await page.getByText('Its sound was withdrawn').waitFor({ state: 'detached' });
  await page.goto(`/sound/${noise.sound!.id}`);
  await page.getByRole('list', { name: 'Videos with this sound' }).getByRole('listitem').nth(1).waitFor();
  const after = await fan.ask<Video>('get', `/api/videos/${used.id}`);
  expect(after).toMatchObject({ sound: { title: 'Morning noise' }, media: { hasSound: true } });
  expect(honest(faults)).toEqual([]);
  await context.close();
});

test('before publishing one is told that a sound was withdrawn, and publishes without it', async () => {
  const { context, page } = await openDevice(browser, server, phone);
  await fan.enter(context);
  const bytes = await clip({ shade: 7, sound: { kind: 'sine', levelDb: -12 } });
  const uploadId = idOf(await fan.upload('late.mp4', bytes, bytes.length));
  await page.goto('/upload');
  const draft = { caption: 'Made before it was withdrawn', soundId: hum.sound!.id };
  await page.evaluate(([id, kept]) => localStorage.setItem('kinora.drafts', JSON.stringify([[id, kept]])), [
    uploadId,
    draft,
  ] as const);
  await page.reload();
  await page.getByRole('button', { name: 'Go on with Made before it was withdrawn' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Its sound was withdrawn.' }).waitFor();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('This sound cannot be used.').waitFor();
  await page.getByRole('button', { name: 'Publish without sound' }).click();
  await page.getByText('It goes out without sound.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Caption', exact: true }).inputValue()).toBe(draft.caption);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const link = page.getByRole('link', { name: 'Watch it' });
  await link.waitFor();
  const id = (await link.getAttribute('href'))!.split('/').at(-1)!;
  const video = await fan.ask<Video>('get', `/api/videos/${id}`);
  expect(video).toMatchObject({ caption: draft.caption, sound: null, media: { hasSound: false } });
  await context.close();
});

test('before publishing one is told that a known sound is in the file, and chooses', async () => {
  const { context, page, faults } = await openDevice(browser, server, phone);
  await fan.enter(context);
  const { status } = await maker.patch(`/api/sounds/${noise.sound!.id}`, { licence: 'mine' });
  expect(status).toBe(200);
  await page.goto('/upload');
  const buffer = await clip({ durationMs: 6000, shade: 9, sound: { kind: 'beat', levelDb: -14 } });
  await page.locator('input[type=file]').setInputFiles({ name: 'mine.mp4', mimeType: 'video/mp4', buffer });
  const said = page.getByText('This sounds like “Morning noise” by @maker, which its owner keeps');
  // It is listened to when the server has nothing more urgent.
  await said.waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Look at it' }).click();
  expect(await inEveryLook(page, 'upload-known-sound')).toEqual([]);
  await page.getByRole('button', { name: 'Publish without sound' }).click();
  await said.waitFor({ state: 'detached' });
  await page.getByText('It goes out without sound.').waitFor();
  expect(await page.getByLabel('Name of the sound').count()).toBe(0);
  // Another day it can still be thought over.
  await page.reload();
  await page.getByRole('button', { name: /^Go on with mine/ }).click();
  await page.getByText('It goes out without sound.').waitFor();
  await page.getByRole('button', { name: 'Keep the sound of the file' }).click();
  await said.waitFor();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('link', { name: 'Watch it' }).waitFor();
  expect(honest(faults)).toEqual([]);
  await context.close();
});
