import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskPack, PackDeed, PackFacts, TodaysPacks } from '../../../contract/packs.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { starterPacks } from './starter/starter.ts';

let house: OpenHouse;
let operator: Browser;

beforeAll(async () => {
  house = await openHouse();
  operator = await house.operator();
});
afterAll(() => house.close());

const svg = (colour = '#ff0000') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M1 1h8v8Z" fill="${colour}"/></svg>`;
const facts = (more: Partial<PackFacts> = {}): PackFacts => ({
  names: { en: 'Bakers’ day' },
  markets: ['TH'],
  season: { kind: 'dates', spans: [{ from: '2031-04-13', to: '2031-04-15' }] },
  position: 5,
  ...more,
});
const todays = async (language: string) => {
  const { json } = await house.browser().get('/api/packs/today', { 'accept-language': language });
  return json as TodaysPacks;
};
const keys = async (language: string) => (await todays(language)).packs.map(({ key }) => key);
const to = (time: string) => house.clock.advance(Date.parse(time) - house.clock.now());

test('a pack appears when its day begins in its market, and leaves when it ends', async () => {
  await operator.put('/api/desk/packs/bakers', facts());
  await operator.put('/api/desk/packs/bakers/stickers/bun', { names: { en: 'Bun' }, svg: svg() });
  to('2031-04-13T01:00:00Z');
  expect(await keys('th-TH')).not.toContain('bakers');
  expect((await operator.post('/api/desk/packs/bakers/publish')).status).toBe(200);
  expect(await keys('th-TH')).toContain('bakers');
  expect(await keys('de-DE')).not.toContain('bakers');
  expect(await keys('th')).not.toContain('bakers');
  to('2031-04-15T16:59:00Z');
  expect((await todays('en-TH')).packs.find(({ key }) => key === 'bakers')).toMatchObject({
    until: '2031-04-15',
  });
  to('2031-04-15T17:01:00Z');
  expect(await keys('th-TH')).not.toContain('bakers');
});

test('a sticker is given out after its season, for drafts that use it, and no longer when it is withdrawn', async () => {
  const guest = house.browser();
  const picture = () => guest.raw('GET', '/packs/bakers-bun.svg', null, {});
  const reply = await picture();
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toContain('image/svg+xml');
  expect(reply.headers.get('content-disposition')).toContain('attachment');
  expect(reply.headers.get('content-security-policy')).toContain('sandbox');
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await guest.get('/api/packs/stickers/bakers-bun')).json).toMatchObject({ key: 'bakers-bun' });
  await operator.post('/api/desk/packs/bakers/withdraw');
  expect((await picture()).status).toBe(404);
  expect((await guest.get('/api/packs/stickers/bakers-bun')).status).toBe(404);
  expect((await operator.raw('GET', '/packs/bakers-bun.svg', null, {})).status).toBe(200);
  await operator.post('/api/desk/packs/bakers/publish');
  expect((await picture()).status).toBe(200);
});

test('a key stands for one drawing for ever', async () => {
  const put = (drawing: string) =>
    operator.put('/api/desk/packs/bakers/stickers/loaf', { names: { en: 'Loaf' }, svg: drawing });
  expect((await put(svg('#00ff00'))).status).toBe(200);
  expect((await put(svg('#00ff00'))).status).toBe(200);
  expect((await put(svg('#0000ff'))).problem?.code).toBe('sticker_key_taken');
  expect((await operator.delete('/api/desk/packs/bakers/stickers/loaf')).status).toBe(204);
  expect((await operator.delete('/api/desk/packs/bakers/stickers/loaf')).status).toBe(204);
  expect((await put(svg('#0000ff'))).problem?.code).toBe('sticker_key_taken');
  const { pack } = (await put(svg('#00ff00'))).json as { pack: DeskPack };
  expect(pack.stickers.map(({ name }) => name)).toEqual(['bun', 'loaf']);
});

test('what could harm is refused with its reason, and nothing of it is kept', async () => {
  const harmful = svg().replace('</svg>', '<script>alert(1)</script></svg>');
  const reply = await operator.put('/api/desk/packs/bakers/stickers/evil', {
    names: { en: 'Evil' },
    svg: harmful,
  });
  expect(reply.status).toBe(422);
  expect(reply.problem).toMatchObject({
    code: 'svg_invalid',
    details: { reason: 'forbidden', what: 'script' },
  });
  expect((await house.browser().get('/api/packs/stickers/bakers-evil')).status).toBe(404);
});

test('the market of the server goes before any language, and both say what they are', async () => {
  expect(await todays('de-DE')).toMatchObject({ market: 'DE', marketFrom: 'language' });
  expect(await todays('de')).toMatchObject({ market: null, marketFrom: 'nobody' });
  await operator.put('/api/desk/pack-market', { market: 'TH' });
  expect(await todays('de-DE')).toMatchObject({ market: 'TH', marketFrom: 'server' });
  await operator.put('/api/desk/pack-market', { market: null });
});

test('each deed is kept with who did it; the same once more is none', async () => {
  await operator.put('/api/desk/packs/bakers', facts());
  await operator.put('/api/desk/packs/bakers', facts({ position: 6 }));
  await operator.put('/api/desk/packs/bakers', facts({ position: 6 }));
  await operator.post('/api/desk/packs/bakers/publish');
  const { deeds } = (await operator.get('/api/desk/packs/bakers/deeds')).json as { deeds: PackDeed[] };
  expect(deeds.map(({ what }) => what)).toEqual([
    'changed',
    'sticker_added',
    'sticker_removed',
    'sticker_added',
    'published',
    'withdrawn',
    'published',
    'sticker_added',
    'made',
  ]);
  for (const { by } of deeds) expect(by).toMatch(/^operator/);
});

test('an empty pack is not published, and only drafts are thrown away', async () => {
  await operator.put('/api/desk/packs/empty', facts());
  expect((await operator.post('/api/desk/packs/empty/publish')).problem?.code).toBe('pack_empty');
  expect((await operator.post('/api/desk/packs/empty/withdraw')).status).toBe(409);
  expect((await operator.delete('/api/desk/packs/empty')).status).toBe(204);
  expect((await operator.delete('/api/desk/packs/bakers')).status).toBe(409);
  expect((await operator.put('/api/desk/packs/Bad%20key', facts())).problem?.code).toBe('pack_invalid');
});

test('a server starts with packs of its own, once: what the operator withdrew stays away', async () => {
  const list = async () => ((await operator.get('/api/desk/packs')).json as { packs: DeskPack[] }).packs;
  const starters = (await list()).filter(({ isStarter }) => isStarter);
  expect(starters.length).toBe(starterPacks.length);
  for (const { stickers, state } of starters) {
    expect(stickers.length).toBeGreaterThanOrEqual(4);
    expect(state).toBe('published');
  }
  await operator.post('/api/desk/packs/harvest/withdraw');
  await operator.put('/api/desk/packs/winter', { ...facts(), position: 999 });
  await house.restart();
  const after = await list();
  expect(after.find(({ key }) => key === 'harvest')!.state).toBe('withdrawn');
  expect(after.find(({ key }) => key === 'winter')!.position).toBe(999);
  expect(after.filter(({ isStarter }) => isStarter).length).toBe(starterPacks.length);
});

test('two desks that draw the same sticker at once make one', async () => {
  await operator.put('/api/desk/packs/twice', facts());
  const put = () => operator.put('/api/desk/packs/twice/stickers/bun', { names: { en: 'Bun' }, svg: svg() });
  const replies = await Promise.all([put(), put(), put()]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { deeds } = (await operator.get('/api/desk/packs/twice/deeds')).json as { deeds: PackDeed[] };
  expect(deeds.length).toBe(2);
});
