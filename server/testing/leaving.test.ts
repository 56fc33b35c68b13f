import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyEditList } from '../../contract/edit-list.ts';
import { newId } from '../platform/random.ts';
import { type OpenHouse, openHouse } from './house.ts';
import { publishedVideo, readyUpload } from './published.ts';

/** Whoever leaves takes along what every room knows of them. */
let house: OpenHouse;
const password = 'a long enough passphrase';
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

type Person = Awaited<ReturnType<OpenHouse['person']>>;

/** Something in every room that keeps anything of a person. */
async function liveHere(ada: Person, bo: Person) {
  const [own, others] = [
    await publishedVideo(house, ada.me.id, { sounding: true }),
    await publishedVideo(house, bo.me.id, {}),
  ];
  await readyUpload(house, ada.me.id);
  const now = new Date(house.clock.now()).toISOString();
  const wishes = [
    await ada.put(`/api/people/${bo.me.handle}/follow`),
    await bo.put(`/api/people/${ada.me.handle}/follow`),
    await ada.put(`/api/videos/${others}/like`),
    await bo.put(`/api/videos/${own}/like`),
    await ada.post(`/api/videos/${others}/comments`, { key: randomUUID(), text: 'Well made' }),
    await bo.post(`/api/videos/${own}/comments`, { key: randomUUID(), text: 'Yours too' }),
    await ada.post('/api/playlists', { key: randomUUID(), title: 'In order', ids: [own] }),
    await ada.put(`/api/drafts/${newId()}`, {
      ...{ from: 0, list: emptyEditList, madeAt: now, changedAt: now, device: null },
    }),
    await ada.get('/api/feeds/for-you'),
  ];
  for (const { status, json } of wishes) expect(status, JSON.stringify(json)).toBeLessThan(300);
  await house.settle();
  return { own, others };
}

/** Tables with a row in which one of these words stands. */
async function tablesWith(...words: string[]): Promise<string[]> {
  const { rows } = await house.database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
  );
  const found = [];
  for (const { name } of rows) {
    const { rows: hits } = await house.database.pool.query(
      `select 1 from ${name} t where t::text ilike any($1::text[]) limit 1`,
      [words.map((word) => `%${word}%`)],
    );
    if (hits.length > 0) found.push(name);
  }
  return found.sort();
}

test('nothing of somebody who left is known to any room, and what others made stays', async () => {
  const [ada, bo] = [await house.person('Ada'), await house.person('Bo')];
  const { own, others } = await liveHere(ada, bo);
  const { viewerId } = (await ada.get('/api/session')).json as { viewerId: string };
  const words = [ada.me.id, viewerId, ada.me.handle];
  expect((await tablesWith(...words)).length).toBeGreaterThan(12);

  expect(await ada.post('/api/me/delete', { password: 'a guess' })).toMatchObject({
    status: 403,
    json: { code: 'password_wrong' },
  });
  expect((await ada.get('/api/session')).json).toMatchObject({ me: { id: ada.me.id } });

  // The news that is told once more waits for its time.
  house.clock.advance(Date.now() - house.clock.now());
  expect(await ada.post('/api/me/delete', { password })).toMatchObject({ status: 200, json: { left: true } });
  await house.settle();
  expect((await ada.get('/api/session')).json).toMatchObject({ me: null });
  expect((await ada.post('/api/me/delete', { password })).status).toBe(401);
  const again = house.browser();
  const email = `${ada.me.handle}@people.example`;
  expect((await again.post('/api/auth/sign-in/email', { email, password })).status).toBe(401);
  expect((await bo.get(`/api/handles/${ada.me.handle}`)).json).toMatchObject({ code: 'handle_taken' });
  expect((await bo.get(`/api/videos/${own}`)).status).toBe(404);
  expect((await bo.get(`/api/videos/${others}`)).json).toMatchObject({ counts: { likes: 0 } });

  await house.database.pool.query(`update graphile_worker._private_jobs set run_at = now()`);
  await house.settle();
  expect(await tablesWith(ada.me.handle, email)).toEqual([]);
  // Tombstones, and the order to whoever learned from this viewer; ids that are nobody's any more.
  expect(await tablesWith(ada.me.id, viewerId)).toEqual([
    'public.sounds',
    'public.videos',
    'public.viewer_changes',
  ]);
});

test('whoever operates the server cannot leave it', async () => {
  const operator = await house.operator();
  expect(await operator.post('/api/me/delete', { password })).toMatchObject({
    status: 409,
    json: { code: 'operator_stays' },
  });
  expect((await operator.get('/api/session')).json).toMatchObject({ me: { id: operator.me.id } });
});
