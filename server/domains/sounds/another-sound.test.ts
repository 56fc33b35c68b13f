import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SoundId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { SoundDetail } from '../../../contract/sounds.ts';
import type { Video, VideoList } from '../../../contract/videos.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';
import { publishedVideo, readyUpload } from '../../testing/published.ts';
import { type Song, songClip } from './songs.fixture.ts';

/** Videos whose sound cannot be used get another, or none; their pictures and words stay. */
type Person = Awaited<ReturnType<OpenHouse['person']>>;
let house: OpenHouse;
let folder: string;
let mira: Person;
let noah: Person;
let operator: Person;
/** Each can be withdrawn once: the tests use them up in their order. */
let first: SoundId;
let second: SoundId;
let third: SoundId;
beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'kinora-another-'));
  [mira, noah, operator] = [await house.person('mira'), await house.person('noah'), await house.operator()];
  [first, second, third] = [await soundOf('folding'), await soundOf('garden'), await soundOf('stars')];
});
afterAll(async () => {
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

const read = async (id: string) => (await noah.get(`/api/videos/${id}`)).json as Video;
const show = async (id: string) => (await noah.get(`/api/sounds/${id}`)).json as SoundDetail;
const withdraw = async (id: string) => {
  await operator.put(`/api/desk/sounds/${id}/withdrawal`, { reason: 'rights' });
  await house.settle();
};
/** A sound of Mira's that everybody may use. */
async function soundOf(mood: Song['mood']): Promise<SoundId> {
  const clip = await songClip(folder, { mood, seed: 20, durationMs: 6000 });
  return (await read(await publishedVideo(house, mira.me.id, { clip }))).sound!.id as SoundId;
}
/** A video of Noah's with this sound. */
const videoWith = (soundId: SoundId): Promise<VideoId> =>
  publishedVideo(house, noah.me.id, { soundId, sounding: true });
/** The file that is played: does it sound? */
async function sounds({ media }: Video): Promise<boolean> {
  const file = await noah.raw('GET', media!.renditions[0]!.url);
  expect(file.status).toBe(200);
  return Buffer.from(await file.arrayBuffer()).includes('mp4a');
}

/** The video that the tests below go on with. */
let id: VideoId;

describe('a published video whose sound was withdrawn', () => {
  test('keeps it until then, and is its maker’s alone to change', async () => {
    id = await videoWith(first);
    const stays = await noah.put(`/api/videos/${id}/sound`, { soundId: second });
    expect([stays.status, stays.problem?.code]).toEqual([409, 'conflict']);
    await withdraw(first);
    expect((await mira.put(`/api/videos/${id}/sound`, { soundId: second })).status).toBe(404);
    const refused = await noah.put(`/api/videos/${id}/sound`, { soundId: 'nosoundatall' });
    expect(refused.problem?.code).toBe('sound_not_usable');
    expect(await sounds(await read(id))).toBe(false);
  });

  test('gets another under the whole of it, and stands among the videos of that one', async () => {
    const silent = await read(id);
    for (const _again of [1, 2])
      expect((await noah.put(`/api/videos/${id}/sound`, { soundId: second })).status).toBe(200);
    await house.settle();
    const after = await read(id);
    expect(after).toMatchObject({
      caption: silent.caption,
      sound: { id: second },
      media: { hasSound: true },
    });
    expect(await sounds(after)).toBe(true);
    expect((await noah.raw('GET', silent.media!.renditions[0]!.url)).status).toBe(404);
    const list = (await noah.get(`/api/sounds/${second}/videos`)).json as VideoList;
    expect(list.videos.map((video) => video.id)).toContain(id);
    expect((await show(second)).videos).toBe(2);
  });

  test('is the same when the worker did it twice', async () => {
    const { pool } = house.database;
    const before = await read(id);
    await pool.query('update uploads set sound_due = $2 where video_id = $1', [id, second]);
    await pool.query(`select graphile_worker.add_job('replace-sound', json_build_object('uploadId', id))
      from uploads where sound_due is not null`);
    await house.settle();
    const after = await read(id);
    expect(after.media!.renditions).toHaveLength(before.media!.renditions.length);
    expect(await sounds(after)).toBe(true);
  });
});

describe('a video that is published without what is heard in its file', () => {
  const publish = async (soundId: SoundId | null) => {
    const uploadId: UploadId = await readyUpload(house, noah.me.id, { hasSound: true });
    const words = { uploadId, caption: 'Without the old one', soundId, replaceSound: true };
    const made = (await noah.post('/api/videos', words)).json as Video;
    // Nobody hears the old sound, not for a moment.
    expect(made.status).toBe('processing');
    await house.settle();
    return read(made.id);
  };
  test('is silent', async () => {
    const video = await publish(null);
    expect(video).toMatchObject({ status: 'published', sound: null, media: { hasSound: false } });
    expect(await sounds(video)).toBe(false);
  });
  test('has the sound that was chosen', async () => {
    const video = await publish(second);
    expect(video).toMatchObject({ status: 'published', sound: { id: second }, media: { hasSound: true } });
    expect(await sounds(video)).toBe(true);
  });
});

test('a sound that was laid is withdrawn like every other, also while it is being laid', async () => {
  await withdraw(second);
  expect(await sounds(await read(id))).toBe(false);
  await noah.put(`/api/videos/${id}/sound`, { soundId: third });
  await withdraw(third);
  const after = await read(id);
  expect(after).toMatchObject({ sound: { id: third, withdrawn: true }, media: { hasSound: false } });
  expect(await sounds(after)).toBe(false);
});
