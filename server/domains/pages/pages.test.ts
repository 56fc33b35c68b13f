import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenHouse, openHouse } from '../../testing/house.ts';
import { publishedVideo } from '../../testing/published.ts';
import { escapeHtml, oneLine, scriptJson } from './html.rules.ts';

let house: OpenHouse;
let webFolder: string;
let author: Awaited<ReturnType<OpenHouse['person']>>;
beforeAll(async () => {
  webFolder = await mkdtemp(join(tmpdir(), 'kinora-web-'));
  await mkdir(join(webFolder, 'assets'));
  await writeFile(
    join(webFolder, 'index.html'),
    '<head><!--kinora:head--></head><body><!--kinora:first--></body>',
  );
  await writeFile(join(webFolder, 'assets', 'app-1a2b.js'), `${'export const word = 1;'.repeat(100)}`);
  await writeFile(join(webFolder, 'sw.js'), 'self;');
  house = await openHouse({ webFolder });
  author = await house.person('author');
});
afterAll(async () => {
  await house.close();
  await rm(webFolder, { recursive: true });
});

const hostile = '</script><script>alert(1)</script> "quoted" & <b>bold</b> #tag';

describe('the shell', () => {
  test('carries the first video and its poster before any script', async () => {
    await publishedVideo(house, author.me.id);
    const page = await house.browser().get('/');
    expect(page.status).toBe(200);
    expect(page.text).toMatch(
      /<video id="first-video" muted playsinline autoplay loop preload="auto" poster="\/media\//,
    );
    const json = /id="kinora-bootstrap">(.*?)<\/script>/s.exec(page.text)?.[1] ?? '';
    const bootstrap = JSON.parse(json) as {
      feed: { items: { token: string }[] };
      session: { viewerId: string };
    };
    expect(bootstrap.feed.items.length).toBeGreaterThan(0);
    expect(bootstrap.session.viewerId).toBeTruthy();
  });

  test('cannot be broken open by a caption', async () => {
    const id = await publishedVideo(house, author.me.id, { caption: hostile });
    const page = await house.browser().get(`/@${author.me.handle}/video/${id}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('<script>alert');
    expect(page.text).not.toContain('<b>bold');
    expect(page.text.match(/<\/script>/g)).toHaveLength(2);
  });

  test('answers an address that leads nowhere with 404, and still as a page', async () => {
    for (const path of ['/nowhere', '/@nobody.at.all', '/@x/video/12345678901234567890', '/%E0%A4%A']) {
      expect((await house.browser().get(path)).status).toBe(404);
    }
  });

  test('has a policy that lets no inline script run, and may not be framed', async () => {
    const { headers } = await house.browser().get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('links elsewhere', () => {
  test('a public video unfolds, embeds in foreign frames, and answers oEmbed', async () => {
    const id = await publishedVideo(house, author.me.id, { caption: 'A public one' });
    const guest = house.browser();
    const path = `/@${author.me.handle}/video/${id}`;
    const page = await guest.get(path);
    expect(page.text).toContain('property="og:video"');
    expect(page.text).toContain('"@type":"VideoObject"');
    const embed = await guest.get(`/embed/${id}`);
    expect(embed.text).toContain('<video controls');
    expect(embed.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(embed.headers.get('x-frame-options')).toBeNull();
    const oembed = await guest.get(
      `/api/oembed?url=${encodeURIComponent(`http://localhost:3000${path}`)}&maxwidth=200`,
    );
    expect(oembed.json).toMatchObject({ version: '1.0', type: 'video' });
    expect((oembed.json as { width: number }).width).toBeLessThanOrEqual(200);
  });

  test('a video made with another names it wherever it is shown', async () => {
    const origin = await publishedVideo(house, author.me.id, { caption: 'Where it began' });
    const id = await publishedVideo(house, author.me.id, { credit: { kind: 'duet', videoId: origin } });
    const guest = house.browser();
    const address = `/@${author.me.handle}/video/${origin}`;
    expect((await guest.get(`/embed/${id}`)).text).toContain(`${address}"`);
    expect((await guest.get(`/@${author.me.handle}/video/${id}`)).text).toContain(
      `"isBasedOn":"http://localhost:3000${address}"`,
    );
    await author.delete(`/api/videos/${origin}`);
    expect((await guest.get(`/embed/${id}`)).text).not.toContain(origin);
  });

  test('a private video says nothing to strangers, embeds nowhere, and its author sees it without a preview head', async () => {
    const id = await publishedVideo(house, author.me.id, { caption: 'Only for me', audience: 'me' });
    const path = `/@${author.me.handle}/video/${id}`;
    const stranger = await house.browser().get(path);
    expect(stranger.status).toBe(404);
    expect(stranger.text).not.toContain('Only for me');
    for (const browser of [house.browser(), author]) {
      expect((await browser.get(`/embed/${id}`)).status).toBe(404);
      const url = encodeURIComponent(`http://localhost:3000${path}`);
      expect((await browser.get(`/api/oembed?url=${url}`)).status).toBe(404);
    }
    const own = await author.get(path);
    expect(own.status).toBe(200);
    expect(own.text).not.toContain('og:title');
  });

  test('oEmbed answers for this host only', async () => {
    const url = encodeURIComponent('http://127.0.0.1:1/@x/video/12345678901234567890');
    expect((await house.browser().get(`/api/oembed?url=${url}`)).status).toBe(404);
  });
});

describe('files of the web', () => {
  test('are squeezed, immutable below /assets, and known again by their tag', async () => {
    const browser = house.browser();
    const reply = await browser.raw('GET', '/assets/app-1a2b.js', null, { 'accept-encoding': 'gzip, br' });
    expect(reply.headers.get('content-encoding')).toBe('br');
    expect(reply.headers.get('cache-control')).toContain('immutable');
    const etag = reply.headers.get('etag') ?? '';
    expect((await browser.raw('GET', '/assets/app-1a2b.js', null, { 'if-none-match': etag })).status).toBe(
      304,
    );
    expect((await browser.raw('GET', '/sw.js')).headers.get('cache-control')).toBe('no-cache');
  });

  test('nothing outside the folder is a file', async () => {
    for (const path of [
      '/../package.json',
      '/assets/..%2f..%2fsecret',
      '/assets/%2e%2e/index.html',
      '/.built-from',
    ]) {
      expect((await house.browser().raw('GET', path)).status).toBe(404);
    }
  });
});

test('figures are for this machine and for operators', async () => {
  expect((await house.browser().get('/metrics')).text).toContain('kinora_http_request_seconds');
});

test('text cannot leave its place in HTML or in a script', () => {
  expect(escapeHtml(hostile)).not.toMatch(/[<>"']/);
  expect(scriptJson({ hostile })).not.toContain('<');
  expect(JSON.parse(scriptJson({ hostile }))).toEqual({ hostile });
  expect(oneLine('👩‍👩‍👧 '.repeat(50), 20).length).toBeLessThan(60);
});
