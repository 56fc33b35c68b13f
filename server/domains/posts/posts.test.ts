import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AccountId, SoundId, VideoId } from '../../../contract/ids.ts';
import type { Video } from '../../../contract/videos.ts';
import { makeClip } from '../../testing/clips.ts';
import { mira, otto } from '../media/media.fixture.ts';
import { forbiddenSound, openPostsRoom } from './posts.fixture.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let room: Awaited<ReturnType<typeof openPostsRoom>>;
beforeAll(async () => {
  room = await openPostsRoom();
});
afterAll(() => room?.close());

/** An author nobody else in this file writes as. */
let authors = 0;
const author = () => `author-${authors++}-account` as AccountId;
const json = { 'content-type': 'application/json' };
const news = async (name: string) => {
  const { rows } = await room.database.pool.query(
    'select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier like $1',
    [`${name} →%`],
  );
  return rows.map((row) => row.payload as Record<string, unknown>);
};

describe('publishing', () => {
  test('ready media is published at once, with its words understood', async () => {
    const id = await room.publish(mira, {
      caption: ' A quiet evening by the lake with friends #Lake #Лето @otto @nobody ',
      topics: ['nature', 'nature'],
      cues: [{ startMs: 0, endMs: 9000, text: 'Look!' }],
      soundTitle: ' Waves ',
    });
    const post = (await room.post(id))!;
    expect(post).toMatchObject({
      status: 'published',
      caption: 'A quiet evening by the lake with friends #Lake #Лето @otto @nobody',
      tags: ['lake', 'лето'],
      topics: ['nature'],
      language: 'en',
      durationMs: 4000,
      ownsSound: true,
      soundTitle: 'Waves',
      cues: [{ startMs: 0, endMs: 4000, text: 'Look!' }],
    });
    expect(post.entities.map((entity) => entity.value)).toEqual(['lake', 'лето', 'otto']);
    expect(await news('post.published')).toContainEqual(
      expect.objectContaining({
        videoId: id,
        soundId: post.soundId,
        ownsSound: true,
        tags: ['lake', 'лето'],
      }),
    );
  });

  test('the same upload is one video, also when it is published twice at once', async () => {
    const { uploadId } = await room.media(mira);
    const ids = await Promise.all(Array.from({ length: 5 }, () => room.publish(mira, { uploadId })));
    expect(new Set(ids).size).toBe(1);
    expect(await room.publish(mira, { uploadId, caption: 'again' })).toBe(ids[0]);
    await expect(room.publish(otto, { uploadId })).rejects.toMatchObject({ code: 'upload_already_used' });
    const others = await room.media(mira);
    await expect(room.publish(otto, { uploadId: others.uploadId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a video waits for its media, is told when it is ready, and owns its sound', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kinora-clips-'));
    const path = join(folder, 'clip.mp4');
    const sound = { kind: 'beat', levelDb: -12 } as const;
    await makeClip(path, { width: 180, height: 320, fps: [30, 1], durationMs: 1000, sound });
    const bytes = await readFile(path);
    await rm(folder, { recursive: true });
    const location = await room.create(mira, bytes.byteLength);
    const uploadId = location.split('/').at(-1)!;
    const cues = [
      { startMs: 0, endMs: 5000, text: 'one' },
      { startMs: 6000, endMs: 7000, text: 'beyond' },
    ];
    const body = JSON.stringify({ uploadId, caption: 'soon', cues });
    const reply = await room.call(mira, '/api/videos', { method: 'POST', body, headers: json });
    expect(reply.status).toBe(201);
    const video = (await reply.json()) as Video;
    expect(video).toMatchObject({ status: 'processing', media: null });
    const told = room.call(mira, `/api/videos/${video.id}/events`).then((events) => events.text());
    await room.patch(mira, location, 0, bytes);
    await room.settle();
    expect([...(await told).matchAll(/"status":"(\w+)"/g)].map((match) => match[1]).at(-1)).toBe('published');
    expect(await room.post(video.id)).toMatchObject({
      status: 'published',
      ownsSound: true,
      cues: [{ startMs: 0, endMs: 1000, text: 'one' }],
    });
  });

  test('words drawn into the picture are kept clean and bounded, and go with the video', async () => {
    const { uploadId } = await room.media(mira);
    const pictureTexts = [
      ' How\u0000 it \u202eends ',
      ' \n ',
      ...['x', 'y', 'z'].map((one) => one.repeat(9000)),
    ];
    const id = await room.publish(mira, { uploadId, pictureTexts });
    const kept = (await room.post(id))!.pictureTexts;
    expect(kept[0]).toBe('How it ends');
    expect(kept.slice(1).map((text) => text[0])).toEqual(['x', 'y', 'z']);
    expect(kept.join('').length).toBe(20_000);
    await room.posts.remove(mira, id);
    const { rows } = await room.database.pool.query('select picture_texts from videos where id = $1', [id]);
    expect(rows).toEqual([{ picture_texts: [] }]);
  });

  test('a video whose media is refused says why', async () => {
    const bytes = Buffer.from('no video'.repeat(100));
    const location = await room.create(mira, bytes.byteLength);
    const id = await room.publish(mira, { uploadId: location.split('/').at(-1) as never });
    await room.patch(mira, location, 0, bytes);
    await room.settle();
    expect(await room.post(id)).toMatchObject({ status: 'refused', refusal: { code: 'not_a_video' } });
  });

  test('a video whose last byte never comes does not wait for ever', async () => {
    const location = await room.create(mira, 5000);
    const id = await room.publish(mira, { uploadId: location.split('/').at(-1) as never });
    room.clock.advance(8 * 86_400_000);
    await room.rooms.media.start();
    await room.settle();
    expect(await room.post(id)).toMatchObject({
      status: 'refused',
      refusal: { code: 'upload_not_finished' },
    });
  });

  test.each([
    ['a caption over 2,200 characters', { caption: 'ä'.repeat(2201) }, 'caption_too_long'],
    ['a sound that may not be used', { soundId: forbiddenSound }, 'sound_not_usable'],
    ['cues out of order', { cues: [cue(2000, 3000), cue(0, 1000)] }, 'invalid_input'],
    ['cues beyond the end', { cues: [cue(4000, 5000)] }, 'invalid_input'],
    ['a cue that ends before it starts', { cues: [cue(2000, 1000)] }, 'invalid_input'],
  ])('%s is refused', async (_what, video, code) => {
    const { uploadId } = await room.media(mira);
    await expect(room.posts.publish(mira, { ...plain, ...video, uploadId })).rejects.toMatchObject({ code });
  });

  test('a scheduled video goes out once, when its time, its author and a restart come together', async () => {
    const told: string[] = [];
    room.rooms.outbox.on('post.published', 'test.hear', async ({ videoId }) => void told.push(videoId));
    const publishAt = new Date(room.clock.now() + 120_000).toISOString();
    const id = await room.publish(mira, { publishAt });
    const due = () =>
      room.database.pool.query(
        'update graphile_worker._private_jobs set run_at = now() where locked_at is null',
      );
    await due();
    await room.settle();
    expect(told).not.toContain(id);
    room.clock.advance(120_000);
    await Promise.all([due(), room.posts.start()]);
    const asked = [1, 2, 3].map(() => room.posts.publishNow(mira, id));
    await Promise.all([...asked, room.settle()]);
    await due();
    await room.settle();
    expect(told.filter((one) => one === id)).toEqual([id]);
  });

  test('a scheduled video whose sound is gone at its time is kept back, and says why', async () => {
    const soundId = 'sound-that-goes' as SoundId;
    const publishAt = new Date(room.clock.now() + 120_000).toISOString();
    const id = await room.publish(mira, { soundId, publishAt });
    room.goneSounds.add(soundId);
    room.clock.advance(120_000);
    await room.posts.start();
    await room.settle();
    expect(await room.post(id)).toMatchObject({ status: 'draft', refusal: { code: 'sound_not_usable' } });
    await expect(room.posts.publishNow(mira, id)).rejects.toMatchObject({ code: 'sound_not_usable' });
    room.goneSounds.delete(soundId);
    await room.posts.publishNow(mira, id);
    expect(await room.post(id)).toMatchObject({ status: 'published', refusal: null, soundId });
  });

  test('a chosen sound is used, not owned', async () => {
    const id = await room.publish(mira, { soundId: 'some-sound' as SoundId });
    expect(await room.post(id)).toMatchObject({ soundId: 'some-sound', ownsSound: false });
  });
});

describe('changing', () => {
  test('every earlier wording is kept, newest first, for the author alone', async () => {
    const id = await room.publish(mira, { caption: 'first #one' });
    await room.posts.change(mira, id, { caption: 'second #two', commentsFrom: 'nobody' });
    await room.posts.change(mira, id, { caption: 'second #two' });
    await room.posts.change(mira, id, { topics: ['animals'] });
    expect(await room.post(id)).toMatchObject({
      caption: 'second #two',
      tags: ['two'],
      commentsFrom: 'nobody',
      edited: true,
    });
    const edits = await room.posts.history(mira, id);
    expect(edits.map((edit) => edit.before)).toEqual([
      { topics: [] },
      { caption: 'first #one', commentsFrom: 'everyone' },
    ]);
    await expect(room.posts.history(otto, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(room.posts.change(otto, id, { caption: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    expect((await room.posts.byTag('one', { limit: 50 })).ids).not.toContain(id);
    expect((await room.posts.byTag('#TWO'.slice(1), { limit: 50 })).ids).toContain(id);
  });

  test('a narrower audience ends the old address of the media, and the video leaves the public lists', async () => {
    const id = await room.publish(mira, { caption: '#narrow' });
    const { assetId, soundId } = (await room.post(id))!;
    const url = async () => (await room.rooms.media.assets([assetId!])).get(assetId!)!.posterUrl;
    const before = await url();
    expect((await room.call(null, before)).status).toBe(200);
    await room.posts.change(mira, id, { audience: 'me' });
    expect((await room.call(null, before)).status).toBe(404);
    expect((await room.call(null, await url())).status).toBe(200);
    expect((await room.posts.byTag('narrow', { limit: 9 })).ids).toEqual([]);
    expect((await room.posts.bySound(soundId!, { limit: 9 })).ids).toEqual([]);
    const moved = await url();
    await room.posts.change(mira, id, { audience: 'everyone' });
    expect(await url()).toBe(moved);
    expect((await room.posts.byTag('narrow', { limit: 9 })).ids).toEqual([id]);
  });

  test('a move that was cut short after the change is made by the news of it', async () => {
    const id = await room.publish(mira);
    const { assetId } = (await room.post(id))!;
    const url = async () => (await room.rooms.media.assets([assetId!])).get(assetId!)!.posterUrl;
    const before = await url();
    await room.posts.change(mira, id, { commentsFrom: 'nobody' });
    await room.database.pool.query('update videos set renew_address = true where id = $1', [id]);
    await room.settle();
    expect(await url()).not.toBe(before);
  });
});

describe('deleting', () => {
  test('leaves no file and no word, and may be asked again', async () => {
    const before = await room.stored();
    const id = await room.publish(mira, { caption: 'private thoughts #gone @otto' });
    await room.posts.change(mira, id, { caption: 'other thoughts #gone' });
    expect((await room.stored()).length).toBeGreaterThan(before.length);
    const path = `/api/videos/${id}`;
    expect((await room.call(otto, path, { method: 'DELETE' })).status).toBe(404);
    expect((await room.call(mira, path, { method: 'DELETE' })).status).toBe(204);
    expect((await room.call(mira, path, { method: 'DELETE' })).status).toBe(204);
    expect(await room.stored()).toEqual(before);
    expect(await room.post(id)).toBeUndefined();
    expect((await room.posts.byTag('gone', { limit: 9 })).ids).toEqual([]);
    for (const table of [
      'videos where caption <> $$$$ and',
      'video_edits where video_',
      'video_mentions where video_',
    ]) {
      const { rows } = await room.database.pool.query(
        `select 1 from ${table} id = $1`.replace('_ id', '_id'),
        [id],
      );
      expect([table, rows]).toEqual([table, []]);
    }
  });

  test('that was cut short after its commit is finished by the news of it', async () => {
    const id = await room.publish(mira);
    const { assetId } = (await room.post(id))!;
    await room.database.pool.query('update videos set deleted_at = now() where id = $1', [id]);
    const gone = { videoId: id, authorId: mira, assetId, soundId: null };
    await room.rooms.outbox.emit(room.rooms.database.of(), 'post.deleted', gone);
    await room.settle();
    expect((await room.stored()).filter((key) => key.includes(assetId!))).toEqual([]);
  });

  test('the demo goes whole, and nothing else', async () => {
    const mine = await room.publish(mira);
    const { uploadId } = await room.media(otto);
    const publishedAt = new Date('2026-01-01T08:00:00Z');
    const demo = await room.posts.publish(otto, { ...plain, uploadId }, { demo: true, publishedAt });
    expect(await room.post(demo)).toMatchObject({ demo: true, publishedAt: publishedAt.toISOString() });
    await room.posts.removeDemo();
    expect(await room.post(demo)).toBeUndefined();
    expect(await room.post(mine)).toBeDefined();
  });
});

describe('lists', () => {
  test('pages hold everything once, newest first, also when times are the same', async () => {
    const [a, b] = [author(), author()];
    const made: VideoId[] = [];
    for (let at = 0; at < 7; at++) {
      if (at % 2 === 0) room.clock.advance(1000);
      made.push(
        await room.publish(at % 3 === 0 ? b : a, { caption: '#paged', soundId: 'paged-sound' as SoundId }),
      );
    }
    const statuses = ['published'] as const;
    const lists = {
      byTag: (cursor: string | null) => room.posts.byTag('paged', { cursor, limit: 2 }),
      bySound: (cursor: string | null) => room.posts.bySound('paged-sound' as SoundId, { cursor, limit: 2 }),
      newestBy: (before: string | null) => room.posts.newestBy([a, b, author()], { before, limit: 2 }),
    };
    for (const [name, list] of Object.entries(lists)) {
      expect([name, await walk(list)]).toEqual([name, (await walk(lists.byTag)).slice()]);
      expect([name, new Set(await walk(list))]).toEqual([name, new Set(made)]);
    }
    const mine = await walk((cursor) => room.posts.byAuthor(a, { statuses, cursor, limit: 2 }));
    expect(mine).toHaveLength(await room.posts.count(a));
    const rebuilt: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await room.posts.publishedAfter(cursor, 3);
      rebuilt.push(...page.facts.map((facts) => facts.videoId));
      cursor = page.next;
      if (!cursor) break;
    }
    expect(rebuilt.filter((id) => made.includes(id as VideoId))).toEqual((await walk(lists.byTag)).reverse());
  });

  test('videos for me alone are in nobody’s Following', async () => {
    const a = author();
    await room.publish(a, { audience: 'me' });
    const seen = await room.publish(a, { audience: 'followers' });
    expect((await room.posts.newestBy([a], { limit: 5 })).ids).toEqual([seen]);
  });

  test.each(['nonsense', '', 'AAAA', '!!'])('the cursor %j is refused', async (cursor) => {
    await expect(room.posts.byTag('x', { cursor, limit: 5 })).rejects.toMatchObject({
      code: 'cursor_invalid',
    });
  });
});

const plain = {
  caption: '',
  topics: [],
  audience: 'everyone' as const,
  disclosure: { advertising: false, aiMade: false },
  language: null,
  soundId: null,
  soundTitle: null,
  cues: null,
};
function cue(startMs: number, endMs: number) {
  return { startMs, endMs, text: 'words' };
}
async function walk(list: (cursor: string | null) => Promise<{ ids: VideoId[]; next: string | null }>) {
  const ids: VideoId[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: { ids: VideoId[]; next: string | null } = await list(cursor);
    ids.push(...page.ids);
    cursor = page.next;
    if (!cursor) return ids;
  }
}
