import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Video } from '../contract/videos.ts';
import { readMedia } from '../server/testing/media-reading.ts';
import { cameraOf, countingCamera } from './camera.ts';
import { openPerson, type Person, until } from './community.ts';
import { finger, type Hand, type Idea, keys, make, meets, publishSound } from './idea.ts';
import { axe, honest } from './looks.ts';
import {
  desktop,
  drawing,
  filming,
  openChromium,
  openDevice,
  phone,
  picture,
  type Server,
  startServer,
} from './stage.ts';

/**
 * One video from the first tap to playing in somebody else's feed: filmed to a sound of the library, cut, coloured,
 * written on, decorated, captioned, published. Once with a finger, once without a mouse or a finger. Its length is what
 * drawing without a graphics card allows; `bench/idea-to-feed.ts` makes fifteen seconds.
 */
let server: Server;
let creator: Person;
let folder: string;
const sound = 'Evening claps';
const real = resolve(import.meta.dirname, '../../shared/media/thanks.mkv');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-idea-'));
  server = await startServer();
  creator = await openPerson(server, 'idea_maker');
  const musician = await openPerson(server, 'musician');
  await publishSound(musician, sound, 6000);
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function openCamera(clipPath: string | null): Promise<Browser> {
  const path = join(folder, 'camera.y4m');
  await (clipPath ? cameraOf(clipPath, path) : countingCamera(path));
  return openChromium([...drawing, ...filming, `--use-file-for-fake-video-capture=${path}`]);
}

async function madeBy(
  hand: Hand,
  name: string,
  kind: object,
  idea: Idea,
  clipPath: string | null,
): Promise<{ video: Video; found: string[] }> {
  const browser = await openCamera(clipPath);
  try {
    const { page, context, faults } = await openDevice(browser, server, kind);
    await creator.enter(context);
    const found: string[] = [];
    await page.goto('/');
    await page.getByRole('feed').waitFor();
    let number = 0;
    await make(page, hand, idea, async (step) => {
      await picture(page, `idea-${name}-${String(++number).padStart(2, '0')}-${step}`);
      // While a file is made nothing on the page changes but its share.
      if (step !== 'making') found.push(...(await axe(page)).map((one) => `${step}: ${one}`));
    });
    // The list of drafts tells it from those that wait.
    await page.goto('/studio');
    await page.getByText(/^Published /).waitFor();
    await picture(page, `idea-${name}-${number + 2}-draft`);
    expect(honest(faults)).toEqual([]);
    await context.close();
    const video = await until(async () => {
      const mine = await creator.ask<{ videos: Video[] }>('get', '/api/people/idea_maker/videos');
      return mine.videos.find((one) => one.status === 'published' && one.caption === idea.words);
    });
    await picture(await meets(browser, server, video), `idea-${name}-${number + 1}-feed`);
    return { video, found };
  } finally {
    await browser.close();
  }
}

async function readFinished(video: Video) {
  const reply = await creator.raw('GET', video.media!.renditions[0]!.url);
  const path = join(folder, `${video.id}.mp4`);
  await writeFile(path, Buffer.from(await reply.arrayBuffer()));
  return readMedia(path);
}

const idea: Idea = {
  segmentsMs: [1300, 1300],
  sound,
  texts: ['Fourteen minutes', 'one pan', 'وعاء واحد'],
  looks: ['Ember', 'Dusk'],
  stickers: ['Star', 'Heart'],
  captions: ['It begins', 'and that is all'],
  words: 'From an idea to here',
};

test(`with a finger, filmed ${existsSync(real) ? 'from a real clip' : 'from numbered pictures: no real clip is here'}`, {
  timeout: 400_000,
}, async () => {
  const { video, found } = await madeBy(finger, 'finger', phone, idea, existsSync(real) ? real : null);
  expect(found).toEqual([]);
  expect(video.media).toMatchObject({ width: 720, height: 1280, hasSound: true });
  expect(video.cues?.map(({ text }) => text)).toEqual(idea.captions);
  const made = await readFinished(video);
  expect(Math.abs(made.frames - Math.round(made.seconds * 30))).toBeLessThanOrEqual(1);
  expect(made.seconds).toBeGreaterThan(2.5);
});

test('by keyboard alone', { timeout: 400_000 }, async () => {
  const short = { ...idea, segmentsMs: [1500], words: 'Made without a mouse' };
  const { video, found } = await madeBy(keys, 'keys', desktop, short, null);
  expect(found).toEqual([]);
  expect(video.cues?.map(({ text }) => text)).toEqual(idea.captions);
  expect((await readFinished(video)).seconds).toBeGreaterThan(1.4);
});
