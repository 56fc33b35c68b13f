import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewExperiment } from '../../../contract/experiments.ts';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import { newId } from '../../platform/random.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { writePeople, writeVideos } from '../feed/testing.community.ts';

let house: OpenHouse;
let operator: Browser;

const plan: NewExperiment = {
  key: 'halves',
  question: 'Does it matter at all?',
  variants: [
    { name: 'control', share: 0.5, overrides: {} },
    { name: 'other', share: 0.5, overrides: { 'recommend.thompson': 0 } },
  ],
};

beforeAll(async () => {
  house = await openHouse();
  const author = newId<AccountId>();
  await writePeople(house.database, [author]);
  await writeVideos(
    house.database,
    Array.from({ length: 12 }, (_, at) => ({
      id: newId<VideoId>(),
      authorId: author,
      tags: ['bread'],
      caption: `bread ${at}`,
      audience: 'everyone' as const,
      status: 'published' as const,
      durationMs: 10_000,
      publishedAtMs: house.clock.now() - 3_600_000,
    })),
  );
  await house.restart();
  operator = await house.operator();
  await operator.post('/api/desk/experiments', plan);
});
afterAll(() => house.close());

const viewerOf = async (browser: Browser) =>
  ((await browser.get('/api/session')).json as { viewerId: ViewerId }).viewerId;
/** What the newest page of this browser's viewer remembers. */
async function servedTo(browser: Browser): Promise<string[] | null> {
  await browser.get('/api/feeds/for-you?limit=2');
  const { rows } = await house.database.pool.query<{ variants: string[] | null }>(
    'select variants from feed_pages where viewer_id = $1 order by served_at desc limit 1',
    [await viewerOf(browser)],
  );
  return rows[0]!.variants;
}

test('a draft changes nothing for anybody', async () => {
  expect(await servedTo(house.browser())).toBeNull();
});

test('guests take part, and whoever signs up has the member’s variant on every later page', async () => {
  await operator.post('/api/desk/experiments/halves/start');
  const guest = house.browser();
  const before = await servedTo(guest);
  expect(before).toEqual(house.rooms.experiments.assigned(await viewerOf(guest))!.variants);
  const handle = `joiner${newId(6).toLowerCase()}`;
  const reply = await guest.post('/api/auth/sign-up/email', {
    email: `${handle}@people.example`,
    password: 'a long enough passphrase',
    name: 'Joiner',
    handle,
  });
  expect(reply.status).toBe(200);
  house.clock.advance(1000);
  const member = house.rooms.experiments.assigned(await viewerOf(guest))!.variants;
  expect(await servedTo(guest)).toEqual(member);
  await house.restart();
  house.clock.advance(1000);
  expect(await servedTo(guest)).toEqual(member);
});

test('only operators see and change experiments', async () => {
  const member = await house.person('member');
  for (const browser of [house.browser(), member]) {
    expect([401, 403]).toContain((await browser.get('/api/desk/experiments')).status);
    expect([401, 403]).toContain((await browser.post('/api/desk/experiments', plan)).status);
    expect([401, 403]).toContain((await browser.post('/api/desk/experiments/halves/stop')).status);
  }
});
