import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonSuggestion } from '../../../contract/suggestions.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';

/** People offered to somebody who writes a mention. */
let house: OpenHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

type Asking = Awaited<ReturnType<OpenHouse['person']>>;
const offered = async (who: Asking, q: string) => {
  const reply = await who.get(`/api/suggestions/people?q=${encodeURIComponent(q)}`);
  expect(reply.status).toBe(200);
  return (reply.json as { people: PersonSuggestion[] }).people;
};
const named = async (displayName: string) => {
  const person = await house.person('zz');
  expect((await person.patch('/api/me', { displayName })).status).toBe(200);
  return person;
};

test('people are found by handle and by each word of the name, those one follows first, oneself never', async () => {
  const me = await named('Quintus Quill');
  const stranger = await named('Quincy Aarden');
  const friend = await named('Zoé Quinn');
  await me.put(`/api/people/${friend.me.handle}/follow`);
  const found = await offered(me, 'qui');
  expect(found.map((one) => [one.displayName, one.followed])).toEqual([
    ['Zoé Quinn', true],
    ['Quincy Aarden', false],
  ]);
  expect((await offered(me, 'zoe')).map((one) => one.id)).toEqual([friend.me.id]);
  expect((await offered(me, stranger.me.handle.toUpperCase())).map((one) => one.id)).toEqual([
    stranger.me.id,
  ]);
  expect((await offered(me, '')).map((one) => one.id)).toEqual([friend.me.id]);
  expect(await offered(me, '%')).toEqual([]);
});

test('an earlier name finds nobody', async () => {
  const [me, other] = [await named('Somebody'), await named('Oldname Person')];
  await other.patch('/api/me', { displayName: 'Newname Person' });
  expect(await offered(me, 'oldname')).toEqual([]);
  expect((await offered(me, 'newname')).map((one) => one.id)).toEqual([other.me.id]);
});
