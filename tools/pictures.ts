import { join, resolve } from 'node:path';
import sharp from 'sharp';
import type { Instance } from '../contract/desk.ts';
import { desktop, openChromium, openDevice, phone, startServer } from '../e2e/stage.ts';

/**
 * The few pictures of the README, taken by a browser from a fresh server with the demo community:
 * `node tools/pictures.ts`. Small WebP, so that the repository stays small.
 */
const folder = join(resolve(import.meta.dirname, '..'), 'docs', 'pictures');
const server = await startServer({ KINORA_DEMO: 'on' });
const browser = await openChromium();

const take = async (
  name: string,
  kind: object,
  width: number,
  visit: (page: Awaited<ReturnType<typeof openDevice>>['page']) => Promise<void>,
) => {
  const { context, page } = await openDevice(browser, server, kind);
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
} finally {
  await browser.close();
  await server.close();
}
