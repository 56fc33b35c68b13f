import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { clip, openPerson, until } from './community.ts';
import { openChromium, openDevice, type Server, startServer } from './stage.ts';

/** What other programs make of an address: link previews, embeds, an installed app, and what they must not do. */
let server: Server;
let browser: Browser;
let neighbour: HttpServer;
let elsewhere: string;
let video: Video;

beforeAll(async () => {
  server = await startServer();
  const creator = await openPerson(server, 'link_maker');
  video = await creator.published(await clip({ shade: 3 }), { caption: 'A <bridge> over "water" #bridge' });
  browser = await openChromium();
  neighbour = createServer((request, response) => {
    const src = new URL(request.url!, 'http://neighbour.example').searchParams.get('src')!;
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>elsewhere</title><iframe src="${src}" width="360" height="640" allow="autoplay"></iframe>`,
    );
  });
  await new Promise<void>((done) => neighbour.listen(0, '127.0.0.1', done));
  elsewhere = `http://127.0.0.1:${(neighbour.address() as AddressInfo).port}/?src=`;
});
afterAll(async () => {
  await browser?.close();
  neighbour?.close();
  await server?.close();
});

const page = async (path: string) => {
  const reply = await fetch(server.origin + path);
  return { reply, html: await reply.text() };
};

describe('a link that is pasted somewhere else', () => {
  test('says who, what, and shows a picture', async () => {
    const { page: reader, context } = await openDevice(browser, server);
    await reader.goto(video.url);
    const head = await reader.evaluate(() => ({
      title: document.title,
      canonical: document.querySelector('link[rel=canonical]')?.getAttribute('href'),
      oembed: document.querySelector('link[type="application/json+oembed"]')?.getAttribute('href'),
      open: Object.fromEntries(
        [...document.querySelectorAll('meta[property^="og:"]')].map((meta) => [
          meta.getAttribute('property'),
          meta.getAttribute('content'),
        ]),
      ),
      linked: JSON.parse(document.querySelector('script[type="application/ld+json"]')?.textContent ?? 'null'),
    }));
    await context.close();
    expect(head.canonical).toBe(server.origin + video.url);
    expect(head.open['og:title']).toContain('bridge');
    expect(head.open['og:url']).toBe(server.origin + video.url);
    expect(head.linked).toMatchObject({ '@type': 'VideoObject' });
    expect(head.linked.description ?? head.linked.name).toContain('A <bridge> over "water"');
    for (const address of [head.open['og:image']!, head.linked.contentUrl as string]) {
      const file = await fetch(address, { headers: { range: 'bytes=0-9' } });
      expect(file.status, address).toBe(206);
    }
    const { html } = await fetch(head.oembed!).then(
      async (reply) => (await reply.json()) as { html: string },
    );
    expect(html).toContain(`${server.origin}/embed/${video.id}`);
  });

  test('a video for few says nothing to a stranger', async () => {
    const shy = await openPerson(server, 'shy_maker');
    const mine = await shy.published(await clip({ shade: 4 }), { caption: 'secret garden', audience: 'me' });
    for (const path of [
      mine.url,
      `/embed/${mine.id}`,
      `/api/oembed?url=${encodeURIComponent(server.origin + mine.url)}`,
    ]) {
      const { reply, html } = await page(path);
      expect(reply.status, path).toBe(404);
      expect(html).not.toContain('secret garden');
    }
  });
});

describe('other people’s pages', () => {
  test('play the embed', async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(elsewhere + encodeURIComponent(`${server.origin}/embed/${video.id}`));
    const inside = tab.frameLocator('iframe').locator('video');
    await inside.evaluate((element: HTMLVideoElement) => {
      element.muted = true;
      return element.play();
    });
    await until(() => inside.evaluate((element: HTMLVideoElement) => element.currentTime > 0.2));
    await context.close();
  });

  test('cannot put the app itself into a frame', async () => {
    for (const path of ['/', video.url, '/settings']) {
      const { reply } = await page(path);
      expect(reply.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
    const context = await browser.newContext();
    const tab = await context.newPage();
    const refused = tab.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    await tab.goto(elsewhere + encodeURIComponent(`${server.origin}/`));
    await refused;
    await context.close();
  });
});

test('the strict policy holds through a journey, with nothing reported', async () => {
  const { page: tab, context, faults } = await openDevice(browser, server);
  await tab.addInitScript(() => {
    const breaches: string[] = [];
    Object.assign(window, { breaches });
    document.addEventListener('securitypolicyviolation', (event) => {
      breaches.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  const breaches = () => tab.evaluate(() => (window as unknown as { breaches: string[] }).breaches);
  const first = await tab.goto('/');
  const policy = first!.headers()['content-security-policy']!;
  expect(policy).toMatch(/default-src 'none'|default-src 'self'/);
  expect(policy).toMatch(/script-src[^;]*/);
  expect(/script-src[^;]*/.exec(policy)![0]).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
  await tab.getByRole('feed').waitFor();
  await tab.getByRole('button', { name: 'Share' }).first().click();
  await tab.getByRole('dialog').waitFor();
  await tab.keyboard.press('Escape');
  const found = [...(await breaches())];
  for (const path of [
    video.url,
    `/@${video.author.handle}`,
    '/tag/bridge',
    '/settings',
    '/sign-up',
    '/upload',
  ]) {
    await tab.goto(path);
    await tab.getByRole('main').getByRole('heading').first().waitFor({ state: 'attached' });
    found.push(...(await breaches()));
  }
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('the app can be installed, and without a line it says so', async () => {
  const { page: tab, context } = await openDevice(browser, server);
  await tab.goto('/');
  const manifest = await tab.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!;
    return (await fetch(link.href)).json();
  });
  expect(manifest).toMatchObject({
    display: 'standalone',
    start_url: expect.any(String),
    name: expect.any(String),
  });
  const sizes = manifest.icons.map((icon: { sizes: string }) => icon.sizes);
  expect(sizes).toEqual(expect.arrayContaining(['192x192', '512x512']));
  for (const icon of manifest.icons) expect((await tab.request.get(icon.src)).status(), icon.src).toBe(200);
  await tab.evaluate(() => navigator.serviceWorker.ready);
  const kept = () =>
    tab.evaluate(async () => (await caches.keys()).some((name) => name.startsWith('kinora-shell-')));
  await until(kept);
  await until(() => tab.evaluate(() => navigator.serviceWorker.controller !== null));

  await context.setOffline(true);
  await tab.goto('/following').catch(() => {});
  await tab.goto('/');
  await tab.getByText('You are offline').waitFor();
  const creator = await openPerson(server, 'late_maker');
  await creator.published(await clip({ shade: 8 }), { caption: 'Made while you were away' });
  await context.setOffline(false);
  await tab.getByRole('button', { name: 'Try again' }).click();
  await tab.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((one) => one.currentTime > 0.2),
  );
  await context.close();
});
