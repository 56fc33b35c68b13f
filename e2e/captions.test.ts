import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { axe, honest, overflow, still } from './looks.ts';
import {
  desktop,
  drawing,
  openChromium,
  openDevice,
  phone,
  picture,
  type Server,
  startServer,
} from './stage.ts';

/** Captions from the first word typed to what a viewer reads, by keyboard, in scripts of both directions. */
let server: Server;
let browser: Browser;
let creator: Person;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-captions-'));
  server = await startServer();
  creator = await openPerson(server, 'caption_writer');
  browser = await openChromium(drawing);
  await writeFile(
    join(folder, 'plain.mp4'),
    await clip({ width: 360, height: 640, durationMs: 3000, shade: 3 }),
  );
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const bars = (page: Page) =>
  page.getByRole('list', { name: 'Captions' }).getByRole('button', { name: /^Caption \d/ });
const words = (page: Page) => page.getByRole('textbox', { name: /^Caption \d/ });
const written = (page: Page) =>
  words(page).evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value));
const arabic = 'ضع الغطاء وانتظر قليلا';
const thai = 'ปิดฝาแล้วรอสักครู่';

/** The studio with one clip in it, and its captions tool. */
async function openCaptions(page: Page): Promise<void> {
  await page.goto('/studio');
  await page.locator('input[type=file]').setInputFiles(join(folder, 'plain.mp4'));
  await page.getByRole('list', { name: 'Clips' }).getByRole('button').first().waitFor({ timeout: 30_000 });
  await button(page, 'Captions').focus();
  await page.keyboard.press('Enter');
}

test('captions are written, timed, split, joined and brought in by keyboard alone', {
  timeout: 120_000,
}, async () => {
  const device = await openDevice(browser, server, desktop);
  const { page } = device;
  await openCaptions(page);
  await page.getByText('No captions yet.').waitFor();
  await button(page, 'Add a caption here').press('Enter');
  // The words have the focus and can be written at once.
  await expect
    .poll(() => words(page).evaluateAll((all) => all.indexOf(document.activeElement as HTMLElement)))
    .toBe(0);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Put the lid on and wait');
  const ends = page.getByRole('spinbutton', { name: 'Ends' });
  await ends.focus();
  await page.keyboard.press('ArrowDown');
  expect(await ends.getAttribute('aria-valuenow')).toBe('1900');
  await page.keyboard.press('Shift+ArrowDown');
  expect(await ends.getAttribute('aria-valuenow')).toBe('1867');
  await ends.fill('1.5');
  await page.keyboard.press('Enter');
  expect(await ends.getAttribute('aria-valuetext')).toBe('0:01.5');
  await page.getByRole('slider', { name: 'Position' }).focus();
  for (let press = 0; press < 9; press++) await page.keyboard.press('ArrowRight');
  await button(page, 'Begins here').press('Enter');
  await expect
    .poll(() => page.getByRole('spinbutton', { name: 'Begins' }).getAttribute('aria-valuenow'))
    .toBe('297');

  await button(page, 'Split').press('Enter');
  await expect.poll(() => words(page).count()).toBe(2);
  expect(await written(page)).toEqual(['Put the lid', 'on and wait']);
  await words(page).first().focus();
  await button(page, 'Join with the next').press('Enter');
  await expect.poll(() => words(page).count()).toBe(1);
  await button(page, 'Undo').press('Enter');
  await expect.poll(() => words(page).count()).toBe(2);

  // On the timeline: a bar is moved and its ends too.
  await bars(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => bars(page).nth(1).getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => bars(page).nth(1).getAttribute('aria-label')).toContain('0:01.0 to 0:01.6');
  const end = page.getByRole('slider', { name: 'Ends' });
  await end.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => end.getAttribute('aria-valuetext')).toBe('0:01.7');
  await bars(page).nth(1).focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => bars(page).count()).toBe(1);
  expect(await axe(page)).toEqual([]);

  const saved = page.waitForEvent('download');
  await button(page, 'Save as SRT').press('Enter');
  expect(await readFile(await (await saved).path(), 'utf8')).toMatch(
    /^1\n00:00:00,297 --> 00:00:0\d,\d{3}\nPut the lid\n$/,
  );
  await page.getByLabel('Bring in a file').setInputFiles({
    name: 'captions.srt',
    mimeType: 'application/x-subrip',
    buffer: Buffer.from(
      `\ufeff1\r\n00:00:00,200 --> 00:00:01,200\r\n<i>${arabic}</i>\r\n\r\n2\r\n00:00:01,200 --> 00:00:02,800\r\n${thai}\r\n\r\n3\r\n00:00:03 --> oh\r\nlost\r\n`,
    ),
  });
  await page.getByText('2 captions were read.').waitFor();
  await page.getByText('Line 10: the times cannot be read').waitFor();
  expect(await written(page)).toEqual([arabic, thai]);
  expect(
    await words(page)
      .first()
      .evaluate((one) => getComputedStyle(one).direction),
  ).toBe('rtl');
  await page.getByText('Saved on this device').waitFor();
  expect(honest(device.faults)).toEqual([]);
  await device.context.close();
});

test('as a track they go along with the video, and a viewer reads them', { timeout: 240_000 }, async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await creator.enter(device.context);
  await openCaptions(page);
  await page.getByLabel('Bring in a file').setInputFiles({
    name: 'captions.vtt',
    mimeType: 'text/vtt',
    buffer: Buffer.from(
      `WEBVTT\nLanguage: ar\n\n00:00.000 --> 00:01.500\n${arabic}\n\n00:01.500 --> 00:09.000\n${thai}\n\n01:00.000 --> 01:01.000\nafter the end\n`,
    ),
  });
  await expect.poll(() => words(page).count()).toBe(3);
  await words(page).first().focus();
  await still(page);
  await picture(page, 'captions-studio-phone');
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe('');
  for (const style of ['Card', 'Plain', 'Track']) {
    await page.getByLabel('How they are shown').selectOption({ label: style });
    await still(page);
    await picture(page, `captions-studio-phone-${style.toLowerCase()}`);
  }
  await page.setViewportSize(desktop.viewport);
  await still(page);
  await picture(page, 'captions-studio-desktop');
  await page.setViewportSize(phone.viewport);

  await button(page, 'Next').click();
  await page.waitForURL('**/upload', { timeout: 180_000 });
  const along = page.getByRole('region', { name: 'Captions' });
  await along.getByText('2 captions go along with the video.').waitFor();
  await along.getByText(/^Captions are not suggested here/).waitFor();
  await along.getByRole('button', { name: 'Edit captions' }).press('Enter');
  await words(page).first().waitFor();
  await still(page);
  await picture(page, 'captions-upload-review');
  expect(await axe(page)).toEqual([]);
  await words(page).first().press('End');
  await page.keyboard.type('!');
  await button(page, 'Use these captions').press('Enter');
  await along.scrollIntoViewIfNeeded();
  await still(page);
  await picture(page, 'captions-upload');
  await page
    .getByRole('textbox', { name: /caption/i })
    .first()
    .fill('With a track');
  await button(page, 'Publish').click();
  const video = await published('With a track');
  expect(video.cues).toEqual([
    { startMs: 0, endMs: 1500, text: `${arabic}!` },
    { startMs: 1500, endMs: 3000, text: thai },
  ]);
  const viewer = await openDevice(browser, server, phone);
  await viewer.page.goto(video.url);
  await reads(viewer.page, `${arabic}!`, 'rtl');
  await picture(viewer.page, 'captions-viewer-phone');
  await viewer.context.close();
  expect(honest(device.faults)).toEqual([]);
  await device.context.close();
});

async function published(caption: string): Promise<Video> {
  return until(async () => {
    const mine = await creator.ask<{ videos: Video[] }>('get', '/api/people/caption_writer/videos');
    return mine.videos.find((one) => one.status === 'published' && one.caption === caption);
  });
}

/** What is said now, and which way it is read; both at once, since the video goes on. */
async function reads(page: Page, text: string, direction: 'ltr' | 'rtl'): Promise<void> {
  await page.waitForFunction(
    ([wanted, way]) =>
      [...document.querySelectorAll('p[dir=auto] > span')].some(
        (one) => one.textContent === wanted && getComputedStyle(one.parentElement!).direction === way,
      ),
    [text, direction],
  );
}

test('drawn into the picture they are in the file that everybody gets, and no track goes along', {
  timeout: 240_000,
}, async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await creator.enter(device.context);
  await openCaptions(page);
  await page.getByLabel('Bring in a file').setInputFiles({
    name: 'captions.srt',
    mimeType: 'application/x-subrip',
    buffer: Buffer.from(
      `1\n00:00:00,000 --> 00:00:01,500\n${arabic}\n\n2\n00:00:01,500 --> 00:00:03,000\n${thai}\n`,
    ),
  });
  await page.getByLabel('How they are shown').selectOption({ label: 'Card' });
  await button(page, 'Next').click();
  await page.waitForURL('**/upload', { timeout: 180_000 });
  await page.getByText('No captions go along yet.').waitFor();
  await page
    .getByRole('textbox', { name: /caption/i })
    .first()
    .fill('With drawn captions');
  await button(page, 'Publish').click();
  const video = await published('With drawn captions');
  expect([video.cues, video.captionLanguages]).toEqual([null, []]);
  await page.goto(video.url);
  // The card is black, the picture is not; it stands where the captions do and nowhere above.
  const dark = (atS: number) =>
    page.evaluate(
      async ([url, at]) => {
        const video = document.createElement('video');
        Object.assign(video, { src: url, muted: true, preload: 'auto' });
        await new Promise((done) => video.addEventListener('loadeddata', done, { once: true }));
        video.currentTime = at as number;
        await new Promise((done) => video.addEventListener('seeked', done, { once: true }));
        const canvas = new OffscreenCanvas(270, 480);
        const pen = canvas.getContext('2d')!;
        pen.drawImage(video, 0, 0, 270, 480);
        const shareOf = (y: number, height: number) => {
          const { data } = pen.getImageData(80, y, 110, height);
          let count = 0;
          for (let i = 0; i < data.length; i += 4)
            if (data[i]! < 60 && data[i + 1]! < 60 && data[i + 2]! < 60) count++;
          return count / (data.length / 4);
        };
        return { captions: shareOf(330, 25), above: shareOf(60, 200) };
      },
      [video.media!.renditions[0]!.url, atS] as const,
    );
  for (const atS of [0.7, 2.2]) {
    const found = await dark(atS);
    expect(found.captions).toBeGreaterThan(0.3);
    expect(found.above).toBe(0);
  }
  expect(honest(device.faults)).toEqual([]);
  await device.context.close();
});

test('a published video gets a second language from a file, and each viewer reads their own', {
  timeout: 180_000,
}, async () => {
  const { id } = await creator.published(await readFile(join(folder, 'plain.mp4')), {
    caption: 'In two languages',
    cues: [{ startMs: 0, endMs: 3000, text: 'Put the lid on and wait for a while' }],
  });
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await creator.enter(device.context);
  await page.goto('/me/videos');
  await page
    .getByRole('button', { name: /In two languages/ })
    .last()
    .click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const part = page.getByRole('region', { name: 'Captions' });
  await part.getByText('There: English').waitFor();
  await part.getByLabel('Bring in a file').setInputFiles({
    name: 'arabic.vtt',
    mimeType: 'text/vtt',
    buffer: Buffer.from(`WEBVTT\nLanguage: ar\n\n00:00.000 --> 00:03.000\n${arabic}\n`),
  });
  await part.getByText('One caption was read.').waitFor();
  await words(page).first().focus();
  await still(page);
  await picture(page, 'captions-edit-phone');
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe('');
  await part.getByRole('button', { name: 'Save captions: Arabic' }).press('Enter');
  await part.getByText('There: English · Arabic').waitFor();
  await page.setViewportSize(desktop.viewport);
  await still(page);
  await picture(page, 'captions-edit-desktop');
  await device.context.close();

  const reader = await openDevice(browser, server, { ...phone, locale: 'ar-EG' });
  await reader.page.goto(`/@caption_writer/video/${id}`);
  await reads(reader.page, arabic, 'rtl');
  await picture(reader.page, 'captions-viewer-arabic');
  await reader.context.close();

  const viewer = await openDevice(browser, server, desktop);
  const looked = viewer.page;
  await looked.goto(`/@caption_writer/video/${id}`);
  await reads(looked, 'Put the lid on and wait for a while', 'ltr');
  await looked.keyboard.press('t');
  await expect.poll(() => looked.getByText('Put the lid on').count()).toBe(0);
  await looked.keyboard.press('t');
  await looked.getByRole('button', { name: /^More/ }).first().press('Enter');
  await looked.getByRole('button', { name: 'How captions look' }).press('Enter');
  await looked.getByRole('radio', { name: 'Arabic' }).press('Space');
  await looked.getByRole('radio', { name: 'Huge' }).press('Space');
  await looked.getByRole('radio', { name: 'Light' }).press('Space');
  expect(await axe(looked)).toEqual([]);
  await picture(looked, 'captions-look-desktop');
  await looked.keyboard.press('Escape');
  await reads(looked, arabic, 'rtl');
  await picture(looked, 'captions-viewer-desktop');
  await looked.reload();
  await reads(looked, arabic, 'rtl');
  expect(await looked.locator('p[data-size=huge][data-back=light]').count()).toBe(1);
  expect(honest(viewer.faults)).toEqual([]);
  // Elsewhere: the browser's own controls, with the same tracks.
  await looked.goto(`/embed/${id}`);
  const tracks = await looked.evaluate(async () => {
    const all = [...document.querySelectorAll('track')];
    for (const one of all) {
      one.track.mode = 'hidden';
      if (one.readyState !== 2)
        await new Promise((done) => one.addEventListener('load', done, { once: true }));
    }
    return all.map(({ srclang, track }) => [srclang, (track.cues![0] as VTTCue).text]);
  });
  expect(tracks).toEqual([
    ['en', 'Put the lid on and wait for a while'],
    ['ar', arabic],
  ]);
  await viewer.context.close();
});
