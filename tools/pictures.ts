import { join, resolve } from 'node:path';
import sharp from 'sharp';
import type { Instance } from '../contract/desk.ts';
import { openPerson } from '../e2e/community.ts';
import { desktop, drawing, openChromium, openDevice, phone, startServer } from '../e2e/stage.ts';

/**
 * The few pictures of the README, taken by a browser from a fresh server with the demo community:
 * `node tools/pictures.ts`. Small WebP, so that the repository stays small.
 */
const folder = join(resolve(import.meta.dirname, '..'), 'docs', 'pictures');
const server = await startServer({ KINORA_DEMO: 'on' });
const browser = await openChromium(drawing);
const editor = await openPerson(server, 'example.editor');

const take = async (
  name: string,
  kind: object,
  width: number,
  visit: (page: Awaited<ReturnType<typeof openDevice>>['page']) => Promise<void>,
) => {
  const { context, page } = await openDevice(browser, server, kind);
  await editor.enter(context);
  await visit(page);
  await sharp(await page.screenshot())
    .resize(width)
    .webp({ quality: 72 })
    .toFile(join(folder, `${name}.webp`));
  await context.close();
};

try {
  for (let made = 0; made < 8; ) {
    made = ((await (await fetch(`${server.origin}/api/instance`)).json()) as Instance).demo.made;
    await new Promise((later) => setTimeout(later, 500));
  }
  const feed = async (page: Awaited<ReturnType<typeof openDevice>>['page']) => {
    await page.goto('/');
    await page.waitForTimeout(4000);
  };
  await take('feed-phone', { ...phone, deviceScaleFactor: 1 }, 390, feed);
  await take('feed-desktop', desktop, 1000, feed);
  await take('profile-phone', { ...phone, deviceScaleFactor: 1 }, 390, async (page) => {
    await page.goto('/@saffron.and.smoke');
    await page.waitForTimeout(2500);
  });
  const [shown] = (await editor.forYou()).items;
  const clip = await fetch(new URL(shown!.video.media!.renditions[0]!.url, server.origin));
  const buffer = Buffer.from(await clip.arrayBuffer());
  await take('studio-desktop', desktop, 1000, async (page) => {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await page.goto('/studio');
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'clip.mp4', mimeType: 'video/mp4', buffer });
    await button('Text').click();
    await button('Add a text').click();
    await page.getByRole('textbox', { name: 'Words' }).fill('Sunday, all day');
    await button('Move Sunday, all day').focus();
    for (let step = 0; step < 9; step++) await page.keyboard.press('ArrowUp');
    await button('Looks').click();
    await button('Lamp').click();
    await button('Stickers').click();
    await page.getByRole('group', { name: 'Stickers' }).getByRole('button').first().click();
    await button('Move Heart').focus();
    for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowRight');
    await button('Effects').click();
    await page.waitForTimeout(5000);
  });
} finally {
  await browser.close();
  await server.close();
}
