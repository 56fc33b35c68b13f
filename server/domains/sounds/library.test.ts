import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sound, SoundDetail } from '../../../contract/sounds.ts';
import type { Video } from '../../../contract/videos.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { publishedVideo } from '../../testing/published.ts';

type Person = Awaited<ReturnType<OpenHouse['person']>>;
let house: OpenHouse;
let guest: Browser;
let operator: Person;
let mira: Person;
let noah: Person;
beforeAll(async () => {
  house = await openHouse({ env: { KINORA_MARKET: 'DE' } });
  operator = await house.operator();
  guest = house.browser();
  [mira, noah] = [await house.person('mira'), await house.person('noah')];
});
afterAll(() => house?.close());

/** A video with a sound of its own; answers the sound's id. */
async function sound(person: Person, title: string, audience: 'everyone' | 'followers' = 'everyone') {
  const video = await publishedVideo(house, person.me.id, { sounding: true, soundTitle: title, audience });
  return ((await person.get(`/api/videos/${video}`)).json as Video).sound!.id;
}
const list = async (who: Browser, query = '') =>
  ((await who.get(`/api/sounds?${query}`)).json as { sounds: Sound[]; next: string | null }) ?? null;
const titles = async (query: string, who: Browser = guest) =>
  (await list(who, query)).sounds.map((one) => one.title);
const show = async (who: Browser, id: string) => (await who.get(`/api/sounds/${id}`)).json as SoundDetail;

describe('the library', () => {
  test('finds sounds by the words of their title in any script, and by their owner’s handle', async () => {
    await sound(mira, 'Regen am Fenster');
    await sound(noah, '夜の雨');
    expect(await titles('search=fens')).toEqual(['Regen am Fenster']);
    expect(await titles(`search=${encodeURIComponent('の雨')}`)).toEqual(['夜の雨']);
    expect(await titles(`search=${mira.me.handle}`)).toContain('Regen am Fenster');
    expect(await titles(`search=%40${noah.me.handle}`)).toEqual(['夜の雨']);
    expect(await titles('search=nowhere')).toEqual([]);
  });

  test('is read page by page, each sound once, newest first', async () => {
    for (const title of ['page a', 'page b', 'page c', 'page d', 'page e']) {
      house.clock.advance(1000);
      await sound(mira, title);
    }
    const seen: (string | null)[] = [];
    let cursor = '';
    do {
      const page = await list(
        guest,
        `search=page&sort=newest&limit=2&cursor=${cursor}`.replace(/&cursor=$/, ''),
      );
      seen.push(...page.sounds.map((one) => one.title));
      cursor = page.next ?? '';
    } while (cursor);
    expect(seen).toEqual(['page e', 'page d', 'page c', 'page b', 'page a']);
    expect((await guest.get('/api/sounds?cursor=nonsense')).problem?.code).toBe('cursor_invalid');
  });

  test('holds nothing that is heard only in videos for few', async () => {
    const id = await sound(mira, 'secret hum', 'followers');
    expect(await titles('search=secret', mira)).toEqual([]);
    expect((await noah.get(`/api/sounds/${id}`)).status).toBe(404);
    expect(await show(mira, id)).toMatchObject({ mine: true, usable: true });
  });

  test('puts first what most people have begun to use, each of them once', async () => {
    const [one, two] = [await sound(mira, 'trend one'), await sound(mira, 'trend two')];
    const others = [await house.person('p'), await house.person('q')];
    const use = (person: Person, soundId: string) =>
      publishedVideo(house, person.me.id, { soundId: soundId as never });
    for (let time = 0; time < 3; time++) await use(noah, one);
    for (let time = 0; time < 4; time++) await use(mira, one);
    for (const person of others) await use(person, two);
    await house.rooms.sounds.start();
    await house.settle();
    expect(await titles('search=trend')).toEqual(['trend two', 'trend one']);
    expect((await list(guest, 'search=trend')).sounds[1]?.videos).toBe(8);
    house.clock.advance(15 * 86_400_000);
    await use(others[1]!, two);
    await use(others[0]!, one);
    await house.rooms.sounds.start();
    await house.settle();
    // Two weeks later the new use of today is all that counts, and q had used `two` before.
    expect((await titles('search=trend'))[0]).toBe('trend one');
  });
});

describe('favourites', () => {
  test('are kept once, newest first, and taken back', async () => {
    const [one, two] = [await sound(mira, 'fav one'), await sound(mira, 'fav two')];
    for (const id of [one, two, one]) {
      house.clock.advance(1000);
      expect((await noah.put(`/api/sounds/${id}/favourite`, {})).json).toEqual({ favourite: true });
    }
    expect(await titles('favourites=true', noah)).toEqual(['fav two', 'fav one']);
    expect(await titles('favourites=true')).toEqual([]);
    expect((await show(noah, one)).favourite).toBe(true);
    expect((await show(mira, one)).favourite).toBe(false);
    for (let time = 0; time < 2; time++)
      expect((await noah.delete(`/api/sounds/${one}/favourite`)).json).toEqual({ favourite: false });
    expect(await titles('favourites=true', noah)).toEqual(['fav two']);
    expect((await noah.put('/api/sounds/nosuchsoundatall/favourite', {})).status).toBe(404);
  });
});

describe('rights', () => {
  test('a sound is named by its owner, and found by the new name', async () => {
    const id = await sound(mira, 'Old');
    const reply = await mira.patch(`/api/sounds/${id}`, {
      title: '  Neuland ',
      mood: 'calm',
      licence: 'CC-BY-4.0',
    });
    expect(reply.json).toMatchObject({ title: 'Neuland', mood: 'calm', licence: 'CC-BY-4.0', mine: true });
    expect(await titles('search=neul&mood=calm')).toEqual(['Neuland']);
    expect(await titles('search=neul&mood=tense')).toEqual([]);
    expect(await titles('search=old')).toEqual([]);
    expect((await noah.patch(`/api/sounds/${id}`, { title: 'Mine' })).status).toBe(404);
  });

  test('what its owner keeps to themselves is in no library and in nobody else’s video', async () => {
    const id = await sound(mira, 'keepsake');
    await mira.patch(`/api/sounds/${id}`, { licence: 'mine' });
    expect(await titles('search=keepsake')).toEqual([]);
    expect([(await show(mira, id)).usable, (await show(noah, id)).usable]).toEqual([true, false]);
    const taken = publishedVideo(house, noah.me.id, { soundId: id as never });
    await expect(taken).rejects.toMatchObject({ code: 'sound_not_usable' });
  });

  test('what may be used elsewhere only cannot be used here', async () => {
    const id = await sound(mira, 'elsewhere');
    await mira.patch(`/api/sounds/${id}`, { markets: ['FR', 'JP'] });
    expect(await show(noah, id)).toMatchObject({ usable: false, markets: ['FR', 'JP'] });
    await mira.patch(`/api/sounds/${id}`, { markets: ['FR', 'DE'] });
    expect((await show(noah, id)).usable).toBe(true);
  });

  test('an operator says where a sound may be used, and its owner cannot widen that', async () => {
    const id = await sound(mira, 'abroad');
    const asked = `/api/desk/sounds/${id}/markets`;
    expect((await mira.put(asked, { markets: null })).status).toBe(403);
    expect((await operator.put(asked, { markets: ['JP'] })).json).toMatchObject({ marketsByDesk: true });
    expect((await mira.patch(`/api/sounds/${id}`, { markets: null })).problem?.code).toBe('not_allowed');
    expect((await mira.patch(`/api/sounds/${id}`, { title: 'Abroad still' })).status).toBe(200);
    for (const person of [mira, noah])
      expect(await show(person, id)).toMatchObject({ usable: false, markets: ['JP'] });
    await operator.put(asked, { markets: null });
    expect((await show(noah, id)).usable).toBe(true);
    expect((await mira.patch(`/api/sounds/${id}`, { markets: ['DE'] })).status).toBe(200);
  });

  test('a sound is withdrawn by its owner or an operator, once and for good', async () => {
    const [own, taken] = [await sound(mira, 'gone one'), await sound(mira, 'gone two')];
    expect((await noah.put(`/api/sounds/${own}/withdrawal`, {})).status).toBe(404);
    for (let time = 0; time < 2; time++)
      expect((await mira.put(`/api/sounds/${own}/withdrawal`, {})).json).toMatchObject({
        withdrawn: true,
        usable: false,
        withdrawal: { reason: 'owner' },
      });
    const asked = `/api/desk/sounds/${taken}/withdrawal`;
    expect((await mira.put(asked, { reason: 'rights' })).status).toBe(403);
    for (const reason of ['rights', 'rules'])
      expect((await operator.put(asked, { reason })).json).toMatchObject({
        withdrawal: { reason: 'rights' },
      });
    expect(await titles('search=gone')).toEqual([]);
    expect((await mira.patch(`/api/sounds/${taken}`, { title: 'Back' })).problem?.code).toBe('gone');
    const used = publishedVideo(house, noah.me.id, { soundId: taken as never });
    await expect(used).rejects.toMatchObject({ code: 'sound_not_usable' });
  });
});
