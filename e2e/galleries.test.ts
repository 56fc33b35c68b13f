import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decoder, Demuxer } from 'node-av/api';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawnPerson } from '../web/studio/seeing/face.fixture.ts';
import { clip, openPerson, type Person } from './community.ts';
import { keepMade, madeFile } from './flashes.ts';
import { axe, honest, overflow } from './looks.ts';
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

/** What a creator chooses from in the studio. */
let server: Server;
let browser: Browser;
let folder: string;
let file: string;
let operator: Person;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-galleries-'));
  file = join(folder, 'own.mp4');
  await writeFile(file, await clip({ width: 360, height: 640, durationMs: 3000, shade: 5 }));
  server = await startServer();
  operator = await openPerson(server, 'the_operator');
  const link = /become operator\s+\S+\/claim\/(\S+)/.exec(server.said())![1]!;
  await operator.ask('post', '/api/operator/claim', { token: link });
  browser = await openChromium(drawing);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** Drawing without a graphics card takes its time. */
const patience = { timeout: 30_000 };

/** The studio with one clip. */
async function openDraft(page: Page, filmed = file): Promise<void> {
  await page.goto('/studio');
  await page.locator('input[type=file]').setInputFiles(filmed);
  await page.getByRole('list', { name: 'Clips' }).getByRole('button').waitFor({ timeout: 30_000 });
}

test('an effect is found by shelf, by word and by its star, with the keyboard alone', async () => {
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await openDraft(page);
  await button(page, 'Effects').click();
  const gallery = page.getByRole('list', { name: 'Effects' });
  await gallery.getByRole('button', { name: 'Favourite: Transform' }).focus();
  await page.keyboard.press('Enter');
  expect(
    await gallery.getByRole('button', { name: 'Favourite: Transform' }).getAttribute('aria-pressed'),
  ).toBe('true');
  await page.getByRole('radio', { name: 'All' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => gallery.getByRole('listitem').count(), patience).toBe(1);
  await page.getByRole('radio', { name: 'With the beat' }).check();
  await gallery.getByRole('button', { name: /^Punch/ }).waitFor();
  expect(await gallery.getByRole('button', { name: 'Glow', exact: true }).count()).toBe(0);
  // The samples are drawn: no canvas is one colour.
  await expect.poll(() => page.evaluate(drawnSamples), patience).toBeGreaterThan(2);
  await picture(page, 'studio-effects-phone');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('searchbox', { name: 'Search effects' }).fill('frée');
  await gallery.getByRole('button', { name: /^Freeze/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('slider', { name: 'Strength' }).waitFor();
  await page
    .getByRole('list', { name: /Texts, stickers/ })
    .getByRole('button', { name: 'Freeze' })
    .waitFor();

  await page.reload();
  await page.setViewportSize(desktop.viewport);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await button(page, 'Effects').click();
  await page.getByRole('radio', { name: 'Favourites' }).check();
  await gallery.getByRole('button', { name: /^Transform/ }).waitFor();
  await page.getByRole('radio', { name: 'All' }).check();
  await expect.poll(() => page.evaluate(drawnSamples), patience).toBeGreaterThan(8);
  await picture(page, 'studio-effects-desktop');
  expect(await overflow(page)).toBe('');
  expect(honest(device.faults)).toEqual([]);
  await device.context.close();
});

test('a pack is made at the desk, used in a draft, and the draft keeps it when the pack is withdrawn', {
  timeout: 120_000,
}, async () => {
  const desk = await openDevice(browser, server, desktop);
  await operator.enter(desk.context);
  await desk.page.goto('/desk/packs');
  await desk.page.getByRole('list', { name: 'Sticker packs' }).waitFor();
  await picture(desk.page, 'desk-packs-desktop');
  await button(desk.page, 'New pack').click();
  await button(desk.page, 'Save').nth(1).click();
  await desk.page.getByText('At least one name').waitFor();
  await desk.page.getByLabel('Key').fill('bakers');
  await desk.page.getByLabel('Name in English').fill('Bakers’ day');
  await desk.page.getByLabel('Markets').fill('gb');
  await desk.page.getByLabel('Place in the row').fill('1');
  await picture(desk.page, 'desk-packs-form');
  expect(await axe(desk.page)).toEqual([]);
  await button(desk.page, 'Save').nth(1).click();
  const card = desk.page
    .getByRole('listitem')
    .filter({ has: desk.page.getByRole('heading', { name: 'Bakers’ day' }) });
  await card.getByRole('button', { name: 'Stickers' }).click();
  const bring = (name: string, drawing: string) =>
    card
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'image/svg+xml', buffer: Buffer.from(drawing) });
  await bring('evil.svg', bun('<script>document.title="harmed"</script>'));
  await desk.page.getByText(/holds something that a sticker may not have: script/).waitFor();
  await bring('Bun.svg', bun('<title>Bun</title>'));
  await desk.page.getByText('Left out of the drawing: title').waitFor();
  await picture(desk.page, 'desk-packs-stickers');
  await card.getByRole('button', { name: 'Done' }).click();
  await card.getByRole('button', { name: 'Publish' }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await card.getByText('There today').waitFor();
  await card.getByRole('button', { name: 'History' }).click();
  await desk.page.getByText('Sticker bun added').waitFor();
  await desk.page.keyboard.press('Escape');
  await desk.page.setViewportSize(phone.viewport);
  expect(await overflow(desk.page)).toBe('');
  await picture(desk.page, 'desk-packs-phone');

  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await openDraft(page);
  await button(page, 'Stickers').click();
  await page.getByText('Packs for United Kingdom, by the language of your browser.').waitFor();
  await page.getByRole('radio', { name: 'Bakers’ day' }).check();
  await picture(page, 'studio-packs-phone');
  await page
    .getByRole('group', { name: 'Stickers', exact: true })
    .getByRole('button', { name: 'Bun' })
    .click();
  await button(page, 'Move Bun').waitFor();
  await page.getByText('Saved on this device').waitFor();
  await expect.poll(() => page.evaluate(greenInPreview), patience).toBeGreaterThan(500);

  await card.getByRole('button', { name: 'Withdraw' }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await card.getByText('Withdrawn').waitFor();
  await page.reload();
  await button(page, 'Move Bun').waitFor();
  await expect.poll(() => page.evaluate(greenInPreview), patience).toBeGreaterThan(500);
  await button(page, 'Stickers').click();
  await page.getByText(/^Packs for/).waitFor();
  expect(await page.getByRole('radio', { name: 'Bakers’ day' }).count()).toBe(0);
  expect(honest(device.faults)).toEqual([]);
  await desk.context.close();
  await device.context.close();
});

test('the wall behind a person becomes one colour, and a sticker sits on the nose', {
  timeout: 240_000,
}, async () => {
  const filmed = join(folder, 'person.mp4');
  await writeFile(filmed, await clipOfPerson());
  const device = await openDevice(browser, server, phone);
  const { page } = device;
  await device.context.addInitScript(keepMade);
  await openDraft(page, filmed);
  await button(page, 'Clip').click();
  await page.getByLabel('Background').selectOption('colour');
  await page.getByRole('group', { name: 'One colour' }).getByRole('button').nth(6).click();
  /** A pixel of the preview, by places of the drawing. */
  const pixel = (x: number, y: number) => page.evaluate(previewPixel, [x / 360, y / 480] as const);
  const isBlue = ([r, g, b]: readonly number[]) => r! < 110 && g! > 130 && b! > 180;
  await expect.poll(async () => isBlue(await pixel(20, 30)), looking).toBe(true);
  expect(isBlue(await pixel(340, 240))).toBe(true);
  const cheek = await pixel(215, 240);
  expect(cheek[0]!).toBeGreaterThan(cheek[2]! + 30);
  await picture(page, 'studio-backdrop-phone');
  expect(await axe(page)).toEqual([]);

  await button(page, 'Stickers').click();
  await page
    .getByRole('group', { name: 'Stickers', exact: true })
    .getByRole('button', { name: 'Heart' })
    .click();
  await page.getByLabel('Stays').selectOption('nose');
  const isRed = ([r, g, b]: readonly number[]) => r! > 200 && g! < 130 && b! < 130;
  await expect.poll(async () => isRed(await pixel(180, 250)), looking).toBe(true);
  expect(isRed(await pixel(180, 120))).toBe(false);
  // What is published shows the same, from its first picture to its last, as a coder leaves it.
  await button(page, 'Next').click();
  const made = join(folder, 'made.mp4');
  await writeFile(made, await madeFile(page));
  const pictures = await picturesOf(made);
  expect(pictures.length).toBe(30);
  for (const at of [pictures[0]!, pictures[14]!, pictures[29]!]) {
    expect([isBlue(at(20, 30)), isBlue(at(340, 240))]).toEqual([true, true]);
    expect(at(215, 240)[0]).toBeGreaterThan(at(215, 240)[2] + 30);
    expect([isRed(at(180, 250)), isRed(at(180, 120))]).toEqual([true, false]);
  }
  await page.keyboard.press('Escape');
  await button(page, 'Follow what is under it').click();
  await expect.poll(() => page.getByLabel('Stays').inputValue(), looking).toBe('track');
  await picture(page, 'studio-pin-phone');
  expect(await axe(page)).toEqual([]);
  await page.getByText('Saved on this device').waitFor();
  expect(honest(device.faults)).toEqual([]);
  await device.context.close();
});

/** Two networks by arithmetic, on whatever is left of this machine. */
const looking = { timeout: 90_000 };

async function clipOfPerson(): Promise<Buffer> {
  const [width, height] = [360, 480];
  const { data } = await sharp(Buffer.from(drawnPerson()))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return clip({
    ...{ width, height, durationMs: 1000 },
    // BT.601, as a clip of this size has it.
    paint({ luma, cb, cr }) {
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const at = (y * width + x) * 3;
          const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
          luma[y * width + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
          if (y % 2 || x % 2) continue;
          const half = (y / 2) * (width / 2) + x / 2;
          cb[half] = 128 - 0.148 * r - 0.291 * g + 0.439 * b;
          cr[half] = 128 + 0.439 * r - 0.368 * g - 0.071 * b;
        }
    },
  });
}

/** The pictures of a file, each asked for a pixel by places of the drawing (BT.709, TV range). */
async function picturesOf(path: string) {
  const pictures: ((x: number, y: number) => [number, number, number])[] = [];
  await using input = await Demuxer.open(path);
  const stream = input.video()!;
  using decoder = await Decoder.create(stream);
  for await (const frame of decoder.frames(input.packets(stream.index))) {
    if (!frame) continue;
    const [width, height] = [frame.width, frame.height];
    const [luma, cb, cr] = frame.data!.map((plane) => Uint8Array.from(plane));
    const [wide, narrow] = [frame.linesize[0]!, frame.linesize[1]!];
    frame.free();
    const high = (width * 480) / 360;
    pictures.push((x, y) => {
      const [left, top] = [(x / 360) * width, (height - high) / 2 + (y / 480) * high].map(Math.floor);
      const at = (top! >> 1) * narrow + (left! >> 1);
      const [l, b, r] = [1.164 * (luma![top! * wide + left!]! - 16), cb![at]! - 128, cr![at]! - 128];
      return [l + 1.793 * r, l - 0.213 * b - 0.533 * r, l + 2.112 * b];
    });
  }
  return pictures;
}

/** Runs in the page. The clip stands in the middle of the frame, over its whole width. */
function previewPixel([x, y]: readonly [number, number]): number[] {
  const shown = document.querySelector<HTMLCanvasElement>('canvas[role=img]')!;
  const { width, height } = shown;
  const high = (width * 480) / 360;
  const pen = new OffscreenCanvas(width, height).getContext('2d')!;
  pen.drawImage(shown, 0, 0);
  return [...pen.getImageData(x * width, (height - high) / 2 + y * high, 1, 1).data];
}

const bun = (more: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${more}<path d="M1 1h8v8h-8Z" fill="#00ff00"/></svg>`;

/** Runs in the page. */
function greenInPreview(): number {
  const shown = document.querySelector<HTMLCanvasElement>('canvas[role=img]')!;
  const pen = new OffscreenCanvas(shown.width, shown.height).getContext('2d')!;
  pen.drawImage(shown, 0, 0);
  const { data } = pen.getImageData(0, 0, shown.width, shown.height);
  let green = 0;
  for (let i = 0; i < data.length; i += 4)
    if (data[i]! < 60 && data[i + 1]! > 200 && data[i + 2]! < 60) green++;
  return green;
}

/** Runs in the page. */
function drawnSamples(): number {
  return [...document.querySelectorAll<HTMLCanvasElement>('li canvas')].filter((canvas) => {
    const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(pixels).size > 20;
  }).length;
}
