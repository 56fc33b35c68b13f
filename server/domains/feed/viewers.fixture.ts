import { randomUUID } from 'node:crypto';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { Browser, OpenHouse } from '../../testing/house.ts';

/** For tests: somebody who opens For You and watches. */
export type Get = Pick<Browser, 'get' | 'post' | 'patch' | 'put' | 'delete'>;

export const pageOf = async (browser: Get, query = ''): Promise<FeedPage> =>
  (await browser.get(`/api/feeds/for-you?${query}`)).json as FeedPage;

export const idsOf = (shown: FeedPage): string[] => shown.items.map((item) => item.video.id);

/** What is liked is watched to its end, the rest for a second. Returns when the server has kept it. */
export async function watchPage(
  house: OpenHouse,
  browser: Get,
  shown: FeedPage,
  likes: (id: string) => boolean,
): Promise<void> {
  const signals = shown.items.map(({ video: { id }, token }) => {
    const watchedMs = likes(id) ? 12_000 : 1000;
    house.clock.advance(watchedMs);
    return { watchedMs, token };
  });
  const total = signals.reduce((sum, one) => sum + one.watchedMs, 0);
  let passed = 0;
  const reply = await browser.post('/api/signals', {
    signals: signals.map(({ watchedMs, token }) => {
      passed += watchedMs;
      return { id: randomUUID(), kind: 'view', agoMs: total - passed, watchedMs, loops: 0, token };
    }),
  });
  if ((reply.json as { refused: unknown[] }).refused.length > 0) throw new Error(reply.text);
}

/** Watches until they have met so many; returns which, in order. */
export async function live(
  house: OpenHouse,
  browser: Get,
  likes: (id: string) => boolean,
  count: number,
): Promise<string[]> {
  const met: string[] = [];
  for (let cursor = ''; met.length < count; ) {
    const shown = await pageOf(browser, `limit=8${cursor}`);
    await watchPage(house, browser, shown, likes);
    met.push(...idsOf(shown));
    cursor = `&cursor=${shown.next}`;
  }
  return met;
}

/** One session to its end without watching: everything this viewer is ever shown, in pages. */
export async function everyPage(browser: Get, limit = 40): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor = ''; ; ) {
    const shown = await pageOf(browser, `limit=${limit}${cursor}`);
    if (shown.items.length > 0) pages.push(idsOf(shown));
    if (shown.next === null) return pages;
    cursor = `&cursor=${shown.next}`;
  }
}
