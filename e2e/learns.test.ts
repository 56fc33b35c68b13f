import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedItem } from '../contract/feeds.ts';
import type { Signal } from '../contract/signals.ts';
import { clip, openPerson, type Person, until } from './community.ts';
import { openChromium, openDevice, phone, type Server, startServer } from './stage.ts';

/**
 * For You learns from watching alone: eight topics, nobody followed, nothing liked. Each creator makes videos of every
 * topic, so that knowing the creator does not help.
 */
let server: Server;
let browser: Browser;
const topics = [
  ...(['animals', 'art', 'books', 'comedy', 'crafts', 'dance'] as const),
  ...(['food', 'games', 'garden', 'music', 'nature', 'travel'] as const),
];
const creators = 8;
const videos = 336;
/** Four times what chance gives. A new viewer's page may be half of one topic at most. */
const enough = 4 / topics.length;
const topicOf = new Map<string, string>();

beforeAll(async () => {
  server = await startServer();
  await Promise.all(
    Array.from({ length: creators }, async (_, creator) => {
      const person = await openPerson(server, `maker_${'abcdefgh'[creator]}`);
      // The same file again is known, so only the first waits for the encoder.
      const bytes = await clip({ shade: creator, durationMs: 1500, width: 108, height: 192 });
      for (const [place, topic] of topics.entries())
        for (let i = 0; i < 3 + ((creator + place) % 2); i++) {
          const words = { caption: `${topic} ${creator} ${i} #${topic}`, topics: [topic] };
          const { id } = await (place + i === 0 ? person.published : person.publish)(bytes, words);
          topicOf.set(id, topic);
        }
    }),
  );
  await until(async () => {
    const guest = await openPerson(server);
    let cursor: string | null = null;
    let seen = 0;
    for (let page = 0; page < 9; page++) {
      const { items, next }: { items: FeedItem[]; next: string | null } = await guest.forYou(40, cursor);
      seen += items.length;
      cursor = next;
    }
    return seen === videos;
  });
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const topicOnStage = async (page: Page) => {
  const said = await page.getByRole('status').filter({ hasText: '#' }).first().textContent();
  return { said: said!, topic: /#(\w+)/.exec(said!)![1]! };
};

/** Lets a video of the loved topic run to its end and a bit, and swipes everything else away. */
async function watchInBrowser(page: Page, loved: string, count: number): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < count) {
    const { said, topic } = await topicOnStage(page);
    seen.push(topic);
    if (topic === loved)
      await page.evaluate(
        () =>
          new Promise<void>((done) => {
            let lastS = 0;
            let rounds = 0;
            const look = setInterval(() => {
              const playing = [...document.querySelectorAll('video')].find((video) => !video.paused);
              if (!playing) return;
              if (playing.currentTime < lastS - 0.3) rounds++;
              lastS = playing.currentTime;
              if (rounds === 0 || lastS < 0.4) return;
              clearInterval(look);
              done();
            }, 40);
          }),
      );
    await page.keyboard.press('ArrowDown');
    await until(async () => (await topicOnStage(page)).said !== said);
  }
  return seen;
}

/** The same over HTTP, with the figures the browser's meter would give. */
async function watchOverHttp(viewer: Person, loved: string, count: number): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  while (seen.length < count) {
    const { items, next }: { items: FeedItem[]; next: string | null } = await viewer.forYou(8, cursor);
    if (items.length === 0) throw new Error(`nothing more after ${seen.length}`);
    cursor = next;
    const signals: Signal[] = [];
    for (const { video, token } of items) {
      const topic = topicOf.get(video.id)!;
      seen.push(topic);
      const watchedMs = topic === loved ? 1900 : 250;
      signals.push({
        id: crypto.randomUUID(),
        token,
        kind: 'view',
        watchedMs,
        loops: topic === loved ? 1 : 0,
        agoMs: 0,
      });
    }
    await viewer.ask('post', '/api/signals', { signals });
  }
  return seen.slice(0, count);
}

const shareOf = (seen: string[], topic: string) => seen.filter((one) => one === topic).length / seen.length;

test('within forty videos watching alone turns the feed to one topic, and another taste gets another feed', async () => {
  const { page, context, faults } = await openDevice(browser, server, phone);
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  const seen = await watchInBrowser(page, 'dance', 40);
  expect(shareOf(seen.slice(20), 'dance'), seen.join(' ')).toBeGreaterThanOrEqual(enough);
  expect(faults).toEqual([]);

  const other = await openPerson(server);
  const theirs = await watchOverHttp(other, 'garden', 40);
  expect(shareOf(theirs.slice(20), 'garden'), theirs.join(' ')).toBeGreaterThanOrEqual(enough);
  expect(shareOf(theirs.slice(20), 'dance'), theirs.join(' ')).toBeLessThan(0.25);

  // What was learned is not kept in one process's head.
  await server.stop();
  await server.start();
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  const cookies = await context.cookies();
  const same = await openPerson(server);
  for (const { name, value } of cookies) same.cookies.set(name, value);
  const after = (await same.forYou(16)).items.map(({ video }) => topicOf.get(video.id)!);
  const theirsAfter = (await other.forYou(16)).items.map(({ video }) => topicOf.get(video.id)!);
  // Half of the loved topic has been seen by now: three times what chance gives is much of the rest.
  expect(shareOf(after, 'dance'), after.join(' ')).toBeGreaterThanOrEqual(0.25);
  expect(shareOf(theirsAfter, 'garden'), theirsAfter.join(' ')).toBeGreaterThanOrEqual(0.25);
  await context.close();
});
