import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clip } from './community.ts';
import { axe, honest, overflow } from './looks.ts';
import { desktop, openChromium, openDevice, phone, picture, type Server, startServer } from './stage.ts';

/** What a creator chooses from in the studio. */
let server: Server;
let browser: Browser;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-galleries-'));
  file = join(folder, 'own.mp4');
  await writeFile(file, await clip({ width: 360, height: 640, durationMs: 3000, shade: 5 }));
  server = await startServer();
  browser = await openChromium(['--use-angle=swiftshader', '--enable-unsafe-swiftshader']);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** The studio with one clip. */
async function openDraft(page: Page): Promise<void> {
  await page.goto('/studio');
  await page.locator('input[type=file]').setInputFiles(file);
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
  await expect.poll(() => gallery.getByRole('listitem').count()).toBe(1);
  await page.getByRole('radio', { name: 'With the beat' }).check();
  await gallery.getByRole('button', { name: /^Punch/ }).waitFor();
  expect(await gallery.getByRole('button', { name: 'Glow', exact: true }).count()).toBe(0);
  // The samples are drawn: no canvas is one colour.
  await expect.poll(() => page.evaluate(drawnSamples)).toBeGreaterThan(2);
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
  await page.getByRole('button', { name: /1 clip/ }).click();
  await page.setViewportSize(desktop.viewport);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await button(page, 'Effects').click();
  await page.getByRole('radio', { name: 'Favourites' }).check();
  await gallery.getByRole('button', { name: /^Transform/ }).waitFor();
  await page.getByRole('radio', { name: 'All' }).check();
  await expect.poll(() => page.evaluate(drawnSamples)).toBeGreaterThan(8);
  await picture(page, 'studio-effects-desktop');
  expect(await overflow(page)).toBe('');
  expect(honest(device.faults)).toEqual([]);
  await device.context.close();
});

/** Runs in the page. */
function drawnSamples(): number {
  return [...document.querySelectorAll<HTMLCanvasElement>('li canvas')].filter((canvas) => {
    const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(pixels).size > 20;
  }).length;
}
