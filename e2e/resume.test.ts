import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Upload } from '../contract/uploads.ts';
import type { Video, VideoList } from '../contract/videos.ts';
import { type ClipPlanes, lcg } from '../server/testing/clips.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { openChromium, openDevice, picture, type Server, startServer } from './stage.ts';

/** A creator on a train: the page reloads, the line goes, the server dies. The file arrives once and whole. */
let server: Server;
let browser: Browser;
let folder: string;
let path: string;
let creator: Person;
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-resume-'));
  path = join(folder, 'train.mp4');
  await writeFile(path, await largeClip(5));
  server = await startServer();
  creator = await openPerson(server, 'on_a_train');
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** So large that it takes several pieces. */
function largeClip(seed: number) {
  const random = lcg(seed);
  const grain = Uint8Array.from({ length: 900_000 }, () => 20 + random() * 200);
  const paint = ({ luma }: ClipPlanes, _width: number, _height: number, index: number) =>
    luma.set(grain.subarray((index * 7919) % 350_000).subarray(0, luma.length));
  return clip({ width: 540, height: 960, fps: [24, 1], durationMs: 1800, paint, bitrate: 40_000_000 });
}

async function filesOf(place: string, bytes: number): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    if ((await stat(file)).size === bytes) found.push(file);
  }
  return found;
}

test('an upload survives a reload, a lost line and a killed server', async () => {
  const bytes = await readFile(path);
  expect(bytes.length).toBeGreaterThan(8_000_000);
  const { page, context } = await openDevice(browser, server);
  await creator.enter(context);
  page.on('dialog', (dialog) => void dialog.accept());
  const offsets: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH' && /\/api\/uploads\//.test(request.url()))
      offsets.push(Number(request.headers()['upload-offset']));
  });
  const tools = await context.newCDPSession(page);
  const line = (offline: boolean) =>
    tools.send('Network.emulateNetworkConditions', {
      offline,
      latency: 5,
      downloadThroughput: -1,
      uploadThroughput: 900_000,
    });
  const uploads = async () => (await creator.ask<{ uploads: Upload[] }>('get', '/api/me/uploads')).uploads;
  const arrived = (wanted: number) =>
    until(async () => {
      const [upload] = await uploads();
      return upload && upload.bytesReceived >= wanted ? upload : null;
    });
  /** The first piece that is sent after a cut begins where the server had got to. */
  const goesOn = async (from: Upload, pieces: number) => {
    await until(async () => offsets.length > pieces);
    expect(offsets[pieces]).toBeGreaterThanOrEqual(from.bytesReceived);
  };

  await page.goto('/upload');
  await line(false);
  await page.getByLabel('Choose a video').setInputFiles(path);
  await page.getByRole('textbox', { name: 'Caption' }).fill('Kept through a tunnel');
  let before = await arrived(1_500_000);
  const { id } = before;
  let pieces = offsets.length;

  await page.reload();
  before = (await uploads())[0]!;
  expect(before.bytesReceived).toBeGreaterThanOrEqual(1_500_000);
  await page.getByText('Not finished yet').waitFor();
  // Without a word from anybody: the file is kept on the device.
  await goesOn(before, pieces);
  await page.getByRole('button', { name: /^Go on with Kept through a tunnel/ }).click();
  expect(await page.getByRole('textbox', { name: 'Caption' }).inputValue()).toBe('Kept through a tunnel');

  before = await arrived(before.bytesReceived + 1_500_000);
  pieces = offsets.length;
  await line(true);
  await page
    .getByText(/^No connection/)
    .first()
    .waitFor();
  before = (await uploads())[0]!;
  await line(false);
  await goesOn(before, pieces);

  before = await arrived(before.bytesReceived + 1_500_000);
  pieces = offsets.length;
  await server.kill();
  await server.start();
  before = (await uploads())[0]!;
  expect(before.bytesReceived).toBeGreaterThan(4_000_000);
  await until(async () => offsets.slice(pieces).some((offset) => offset >= before.bytesReceived));
  expect(Math.min(...offsets.slice(pieces))).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('It’s out').first().waitFor({ timeout: 60_000 });
  expect(await uploads()).toEqual([]);
  const kept = await filesOf(join(server.home, 'storage'), bytes.length);
  expect(kept.length, `no file of ${bytes.length} bytes is kept for upload ${id}`).toBe(1);
  expect(hashOf(await readFile(kept[0]!))).toBe(hashOf(bytes));
  await context.close();
});

test('published while it is sent, and closed: opened again anywhere, it arrives and goes out by itself', async () => {
  const bytes = await largeClip(6);
  const { page, context } = await openDevice(browser, server);
  await creator.enter(context);
  const slow = async (on: Page) => {
    const tools = await context.newCDPSession(on);
    await tools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 5,
      downloadThroughput: -1,
      uploadThroughput: 900_000,
    });
  };
  let asked = false;
  page.on('dialog', (dialog) => {
    asked = true;
    void dialog.accept();
  });
  await page.goto('/upload');
  await slow(page);
  await page
    .getByLabel('Choose a video')
    .setInputFiles({ name: 'tunnel.mp4', mimeType: 'video/mp4', buffer: bytes });
  await page.getByRole('textbox', { name: 'Caption' }).fill('Closed in the tunnel');
  await page.getByText('You can close Kinora').waitFor();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Almost there').first().waitFor();
  await picture(page, 'upload-may-close');
  const [video] = (await creator.ask<VideoList>('get', '/api/me/videos')).videos;
  expect(video).toMatchObject({ caption: 'Closed in the tunnel', status: 'processing' });
  await page.close({ runBeforeUnload: true });
  await until(async () => page.isClosed());
  expect(asked).toBe(false);

  const offsets: number[] = [];
  const later = await context.newPage();
  later.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  await slow(later);
  await later.goto('/');
  await later.getByRole('link', { name: /^Uploading tunnel\.mp4/ }).waitFor();
  await picture(later, 'upload-goes-on');
  const out = await until(async () => {
    const now = await creator.ask<Video>('get', `/api/videos/${video!.id}`);
    expect(now.status).not.toBe('refused');
    return now.status === 'published' ? now : null;
  });
  expect(offsets[0]).toBeGreaterThan(0);
  expect(Math.abs(out.media!.durationMs - 1800)).toBeLessThan(60);
  const kept = await filesOf(join(server.home, 'storage'), bytes.length);
  expect(await Promise.all(kept.map(async (file) => hashOf(await readFile(file))))).toContain(hashOf(bytes));
  // Nothing of it stays on the device.
  await until(() =>
    later.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const names: string[] = [];
      for await (const name of (await root.getDirectoryHandle('uploads')).keys()) names.push(name);
      return names.length === 0 && localStorage.getItem('kinora.uploads') === '[]';
    }),
  );
  await context.close();
});
