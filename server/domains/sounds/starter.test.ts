import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sound, type SoundDetail, soundMoods } from '../../../contract/sounds.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';
import { publishedVideo } from '../../testing/published.ts';
import { starters } from './starter.ts';

let house: OpenHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

const play = async () => {
  await house.database.pool.query(`select graphile_worker.add_job('play-starter', '{}'::json)`);
  await house.settle();
};

test('there are a dozen pieces, of every mood, each of 20 to 60 seconds', () => {
  expect(starters).toHaveLength(12);
  expect(new Set(starters.map((one) => one.id)).size).toBe(12);
  expect(new Set(starters.map((one) => one.mood))).toEqual(new Set(soundMoods));
  for (const { piece } of starters)
    expect(piece.durationMs >= 20_000 && piece.durationMs <= 60_000).toBe(true);
});

test('a piece of the starter library is played once, may be used by anybody, and stays away when withdrawn', async () => {
  const guest = house.browser();
  const list = async () =>
    ((await guest.get('/api/sounds?search=kinora')).json as { sounds: Sound[] }).sounds;
  await play();
  const [first] = await list();
  expect(first).toMatchObject({
    title: starters[0]!.title,
    artist: 'Kinora',
    ownerHandle: null,
    licence: 'CC0-1.0',
    original: false,
    usable: true,
  });
  expect(Math.abs(first!.durationMs - starters[0]!.piece.durationMs)).toBeLessThan(100);
  expect((await guest.raw('GET', first!.audioUrl!)).headers.get('content-type')).toBe('audio/mp4');
  const detail = (await guest.get(`/api/sounds/${first!.id}`)).json as SoundDetail;
  expect(detail.tempo && detail.beatsMs.length > 10).toBe(true);
  const person = await house.person();
  await publishedVideo(house, person.me.id, { soundId: first!.id });
  expect((await list())[0]?.videos).toBe(1);
  const operator = await house.operator();
  await operator.put(`/api/desk/sounds/${first!.id}/withdrawal`, { reason: 'rules' });
  await play();
  expect((await list()).map((one) => one.title)).toEqual([starters[1]!.title]);
});
