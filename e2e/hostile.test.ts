import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import {
  canaryText,
  type HostileContext,
  hostileFiles,
  writeHostileFile,
} from '../server/testing/hostile-files.ts';
import { readMedia } from '../server/testing/media-reading.ts';
import { type Client, idOf, openClient } from './client.ts';
import { type Server, startServer } from './stage.ts';

/** Files of strangers through the real program: each ends in words or as a right video, and nothing else happens. */
const names = [
  'an empty file',
  'an MP4 cut in half',
  'an SVG',
  'an HLS playlist to the net',
  'an HLS playlist to a file, named .mp4',
  'a QuickTime file that refers to another file',
  'an MP4 that is also an archive',
  'a page in the first box',
  'a thousand streams',
  'ten hours by its header, one second in truth',
];

let server: Server;
let stranger: Client;
let folder: string;
let canary: HttpServer;
let context: HostileContext;
let canaryCalls = 0;
let words: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-hostile-'));
  canary = createServer((_request, reply) => {
    canaryCalls++;
    reply.end(canaryText);
  });
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done));
  context = {
    canaryPath: join(folder, 'canary.txt'),
    canaryUrl: `http://127.0.0.1:${(canary.address() as AddressInfo).port}`,
  };
  await writeFile(context.canaryPath, canaryText);
  const read = (name: string) =>
    readFile(join(import.meta.dirname, '..', 'web', 'messages', 'en', name), 'utf8');
  words = { ...JSON.parse(await read('upload.json')), ...JSON.parse(await read('problem.json')) };
  server = await startServer();
  stranger = openClient(server);
  await stranger.signUp('stranger');
});
afterAll(async () => {
  await server?.close();
  canary?.close();
  await rm(folder, { recursive: true, force: true });
});

test('what a newcomer asks for in vain is answered, and so is everybody after them', async () => {
  const soon = { signal: AbortSignal.timeout(5000) };
  const refused = await fetch(`${server.origin}/api/people/a%20b`, soon);
  expect(refused.status).toBe(404);
  expect(refused.headers.getSetCookie()).toHaveLength(1);
  expect((await fetch(`${server.origin}/healthz`, soon)).status).toBe(200);
});

test.each(names)('%s', async (name) => {
  const hostile = hostileFiles[name]!;
  const bytes = await readFile(await writeHostileFile(name, folder, context));
  const pid = server.pid;
  const path = await stranger.upload(hostile.file, bytes, 400_000);
  const { upload } = await stranger.settled(path);

  if (upload.state === 'refused') {
    const codes = 'refusal' in hostile ? hostile.refusal : 'either' in hostile ? hostile.either : [];
    expect(codes).toContain(upload.refusal!.code);
    expect(words[`upload.refusal.${upload.refusal!.code}.what`]).toBeTruthy();
  } else {
    expect('refusal' in hostile, JSON.stringify(upload)).toBe(false);
    const reply = await stranger.post('/api/videos', { uploadId: idOf(path), caption: name });
    const { media } = reply.json as Video;
    const rendition = await stranger.raw('GET', media!.renditions[0]!.url);
    expect(rendition.headers.get('content-type')).toBe('video/mp4');
    const made = Buffer.from(await rendition.arrayBuffer());
    expect(made.includes('<script>')).toBe(false);
    await writeFile(join(folder, 'made.mp4'), made);
    const { frames, seconds } = await readMedia(join(folder, 'made.mp4'));
    if ('rendition' in hostile && hostile.rendition.frames) expect(frames).toBe(hostile.rendition.frames);
    // What is said of it is what it is, whatever its header says.
    expect(Math.abs(seconds * 1000 - media!.durationMs)).toBeLessThan(50);
  }
  expect(await (await fetch(`${server.origin}/readyz`)).text()).toBe('ready\n');
  expect(server.pid).toBe(pid);
  expect(canaryCalls).toBe(0);
});
