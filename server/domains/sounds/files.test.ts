import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SoundId } from '../../../contract/ids.ts';
import type { SoundDetail } from '../../../contract/sounds.ts';
import type { Video } from '../../../contract/videos.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { publishedVideo } from '../../testing/published.ts';
import { type Song, songClip } from './songs.fixture.ts';

type Person = Awaited<ReturnType<OpenHouse['person']>>;
let house: OpenHouse;
let folder: string;
let guest: Browser;
let mira: Person;
let noah: Person;
beforeAll(async () => {
  house = await openHouse({ env: { KINORA_MARKET: 'DE' } });
  folder = await mkdtemp(join(tmpdir(), 'kinora-songs-'));
  guest = house.browser();
  [mira, noah] = [await house.person('mira'), await house.person('noah')];
});
afterAll(async () => {
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

type Words = Parameters<typeof publishedVideo>[2];
async function upload(person: Person, song: Song, words: Words = {}): Promise<Video> {
  const id = await publishedVideo(house, person.me.id, { clip: await songClip(folder, song), ...words });
  return read(person, id);
}
const read = async (person: Browser, id: string) => (await person.get(`/api/videos/${id}`)).json as Video;
const show = async (who: Browser, id: string) => (await who.get(`/api/sounds/${id}`)).json as SoundDetail;
const fetched = async (url: string) => {
  const reply = await guest.raw('GET', url);
  const bytes = Buffer.from(await reply.arrayBuffer());
  return { status: reply.status, type: reply.headers.get('content-type'), bytes };
};

describe('the file of a sound', () => {
  test('is there after its video was published: sound alone, with its waveform, tempo and beats', async () => {
    const { sound } = await upload(mira, { mood: 'clock', seed: 1 }, { soundTitle: 'Tick' });
    const found = await show(guest, sound!.id);
    expect(found.peaks.length).toBe(96);
    expect(Math.max(...found.peaks)).toBeGreaterThan(60);
    expect(found.tempo).toBeGreaterThan(50);
    expect(found.beatsMs.length).toBeGreaterThan(8);
    const file = await fetched(found.audioUrl!);
    expect([file.status, file.type]).toEqual([200, 'audio/mp4']);
    expect(file.bytes.includes('mp4a')).toBe(true);
    expect(file.bytes.includes('avc1')).toBe(false);
  });

  test('has another address when nobody hears it in public any more, and ends with the last use', async () => {
    const video = await upload(mira, { mood: 'stars', seed: 1 });
    const { audioUrl } = await show(guest, video.sound!.id);
    await mira.patch(`/api/videos/${video.id}`, { audience: 'followers' });
    await house.settle();
    expect((await fetched(audioUrl!)).status).toBe(404);
    const own = await show(mira, video.sound!.id);
    expect((await fetched(own.audioUrl!)).status).toBe(200);
    await mira.delete(`/api/videos/${video.id}`);
    await house.settle();
    expect((await fetched(own.audioUrl!)).status).toBe(404);
    expect((await mira.get(`/api/sounds/${video.sound!.id}`)).status).toBe(404);
  });

  test('stays while another video uses it, when its own is deleted', async () => {
    const video = await upload(mira, { mood: 'board', seed: 1 });
    const soundId = video.sound!.id;
    await publishedVideo(house, noah.me.id, { soundId });
    await mira.delete(`/api/videos/${video.id}`);
    await house.settle();
    expect((await fetched((await show(guest, soundId)).audioUrl!)).status).toBe(200);
  });

  test('is made again when the worker was killed after the file and before the row', async () => {
    const id = await publishedVideo(house, mira.me.id, {
      clip: await songClip(folder, { mood: 'tides', seed: 1 }),
    });
    const soundId = (await read(mira, id)).sound!.id;
    const before = await show(mira, soundId);
    await house.database.pool.query('update sounds set heard_at = null, tempo = null where id = $1', [
      soundId,
    ]);
    await house.database.pool.query(
      `select graphile_worker.add_job('listen-to-sound', json_build_object('soundId', $1::text))`,
      [soundId],
    );
    await house.settle();
    expect(await show(mira, soundId)).toEqual(before);
  });
});

describe('a known sound', () => {
  test('is recognised in a part of it, also under talk, and its owner is named', async () => {
    const known = (await upload(mira, { mood: 'critters', seed: 3 }, { soundTitle: 'Hop' })).sound!.id;
    const clean = await upload(noah, { mood: 'critters', seed: 3, fromMs: 3300, durationMs: 6000 });
    const spoken = await upload(noah, {
      mood: 'critters',
      seed: 3,
      fromMs: 1700,
      durationMs: 8000,
      talk: 0.15,
    });
    for (const video of [clean, spoken])
      expect(video.sound).toMatchObject({ id: known, title: 'Hop', ownerHandle: mira.me.handle });
    expect((await show(guest, known)).videos).toBe(3);
  });

  test('is not heard in another piece of the same kind', async () => {
    const known = (await upload(mira, { mood: 'street', seed: 4 })).sound!.id;
    expect((await upload(noah, { mood: 'street', seed: 5 })).sound!.id).not.toBe(known);
  });

  test('that nobody hears in public is told to nobody', async () => {
    const secret = (await upload(mira, { mood: 'rails', seed: 6 }, { audience: 'me' })).sound!.id;
    const { sound } = await upload(noah, { mood: 'rails', seed: 6, fromMs: 2000, durationMs: 7000 });
    expect(sound!.id).not.toBe(secret);
    expect((await show(noah, sound!.id)).resembles).toBeNull();
  });

  test('that may not be used here is not taken over, and the author is told', async () => {
    const known = (await upload(mira, { mood: 'garden', seed: 7 }, { soundTitle: 'Far away' })).sound!.id;
    await mira.patch(`/api/sounds/${known}`, { markets: ['JP'] });
    const { sound } = await upload(noah, { mood: 'garden', seed: 7, durationMs: 7000 });
    expect(sound!.id).not.toBe(known);
    expect((await show(noah, sound!.id)).resembles).toEqual({
      id: known,
      title: 'Far away',
      reason: 'market',
    });
    expect((await show(guest, sound!.id)).resembles).toBeNull();
  });
});

describe('a sound that is withdrawn', () => {
  test('cannot be fetched any more, and every file of every video with it is silent', async () => {
    const video = await upload(mira, { mood: 'folding', seed: 8 });
    const soundId = video.sound!.id as SoundId;
    const clip = await songClip(folder, { mood: 'folding', seed: 8, durationMs: 5000 });
    const used = await publishedVideo(house, noah.me.id, { soundId, clip });
    const before = await read(noah, used);
    const { audioUrl } = await show(guest, soundId);
    const operator = await house.operator();
    await operator.put(`/api/desk/sounds/${soundId}/withdrawal`, { reason: 'rights' });
    await house.settle();
    expect((await fetched(audioUrl!)).status).toBe(404);
    for (const id of [video.id, used]) {
      const after = await read(noah, id);
      expect(after).toMatchObject({ sound: { id: soundId, withdrawn: true }, media: { hasSound: false } });
      const [rendition] = after.media!.renditions;
      const file = await fetched(rendition!.url);
      expect(file.status).toBe(200);
      expect(file.bytes.includes('mp4a')).toBe(false);
    }
    expect((await fetched(before.media!.renditions[0]!.url)).status).toBe(404);
    // It is recognised when it comes back, and is silent then too.
    const again = await upload(noah, { mood: 'folding', seed: 8, fromMs: 4000, durationMs: 8000 });
    expect(again).toMatchObject({ sound: { id: soundId, withdrawn: true }, media: { hasSound: false } });
  });

  test('by its owner silences who names it; who brings the same sound themselves is told', async () => {
    const { sound } = await upload(mira, { mood: 'puzzle', seed: 9 });
    await mira.put(`/api/sounds/${sound!.id}/withdrawal`, {});
    await house.settle();
    const other = await upload(noah, { mood: 'puzzle', seed: 9, durationMs: 8000 });
    expect(other.media!.hasSound).toBe(true);
    expect((await show(noah, other.sound!.id)).resembles).toMatchObject({
      id: sound!.id,
      reason: 'withdrawn',
    });
  });
});
