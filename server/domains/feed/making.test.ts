import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Allowed, NewCredit } from '../../../contract/credits.ts';
import { frameGrid } from '../../../contract/credits.ts';
import { type EditList, emptyEditList } from '../../../contract/edit-list.ts';
import type { VideoId, ViewerId } from '../../../contract/ids.ts';
import type { ChainEntry, Material } from '../../../contract/making.ts';
import { clip, take } from '../../../contract/testing.edit-lists.ts';
import type { NewVideo, Video, VideoList } from '../../../contract/videos.ts';
import { newId } from '../../platform/random.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';
import { readyUpload } from '../../testing/published.ts';
import { lookAround } from './hydration.ts';
import { type WrittenVideo, writeVideos } from './testing.community.ts';

/** Videos made with others, through the whole house: what is made, what is shown of it, and what ends it. */
type Person = Awaited<ReturnType<OpenHouse['person']>>;
let house: OpenHouse;
let anna: Person;
let ben: Person;
let cleo: Person;
beforeAll(async () => {
  house = await openHouse();
  [anna, ben, cleo] = [await house.person('anna'), await house.person('ben'), await house.person('cleo')];
});
afterAll(() => house.close());

type Wish = Partial<Omit<NewVideo, 'credit'>> & { credit?: unknown };
async function publish(who: Person, more: Wish = {}) {
  const uploadId = await readyUpload(house, who.me.id);
  return who.post('/api/videos', { uploadId, caption: '#together', ...more });
}
async function made(who: Person, more: Wish = {}): Promise<Video> {
  const reply = await publish(who, more);
  expect(reply.status, reply.text).toBe(201);
  return reply.json as Video;
}
const duet = (video: { id: string }) => ({ kind: 'duet', videoId: video.id });
const get = async (who: Person, video: { id: string }) =>
  (await who.get(`/api/videos/${video.id}`)).json as Video;
const chain = async (who: Person, video: { id: string }) =>
  ((await who.get(`/api/videos/${video.id}/credits`)).json as { chain: ChainEntry[] }).chain;
const material = (who: Person, video: { id: string }, kind: NewCredit['kind']) =>
  who.get(`/api/videos/${video.id}/material?kind=${kind}`);
const madeWith = async (who: Person, video: { id: string }, query = '') =>
  (await who.get(`/api/videos/${video.id}/made-with?${query}`)).json as VideoList;
const ids = (list: VideoList) => list.videos.map((video) => video.id);
const allow = (who: Person, video: { id: string }, allowed: Partial<Allowed>) =>
  who.patch(`/api/videos/${video.id}`, { allowed });

describe('credit', () => {
  test('a duet names the video it was made with, and that one counts it', async () => {
    const origin = await made(anna);
    expect(origin).toMatchObject({ credit: null, counts: { madeWith: 0 } });
    const one = await made(ben, { credit: duet(origin) });
    const { handle, displayName } = anna.me;
    expect(one.credit).toEqual({
      kind: 'duet',
      depth: 1,
      video: { id: origin.id, url: origin.url, handle, displayName },
    });
    expect((await get(cleo, origin)).counts.madeWith).toBe(1);
    expect(ids(await madeWith(cleo, origin))).toEqual([one.id]);
    await ben.delete(`/api/videos/${one.id}`);
    expect((await get(cleo, origin)).counts.madeWith).toBe(0);
    expect(ids(await madeWith(cleo, origin))).toEqual([]);
  });

  test('a page of makings asks once for all that they are made with, and a page without asks nothing', async () => {
    const origin = await made(anna);
    const page = [await made(ben, { credit: duet(origin) }), await made(cleo, { credit: duet(origin) })];
    const { posts, visibility } = house.rooms;
    const caller = { accountId: null, viewerId: 'viewer00' as ViewerId, role: 'guest' as const };
    let asked = 0;
    const counted: typeof posts.posts = (found) => {
      asked++;
      return posts.posts(found);
    };
    const found = await posts.posts([origin.id, ...page.map((video) => video.id)]);
    const deps = { posts: { posts: counted }, visibility };
    expect((await lookAround(deps, caller, [found.get(origin.id)!])).known.size).toBe(0);
    expect(asked).toBe(0);
    expect((await lookAround(deps, caller, [...found.values()])).seen).toEqual(new Set([origin.id]));
    expect(asked).toBe(1);
  });

  test('published twice, it is one video and counts once', async () => {
    const origin = await made(anna);
    const uploadId = await readyUpload(house, ben.me.id);
    const wish = { uploadId, caption: '', credit: duet(origin) };
    const [one, two] = await Promise.all([ben.post('/api/videos', wish), ben.post('/api/videos', wish)]);
    expect((one.json as Video).id).toBe((two.json as Video).id);
    expect((await get(cleo, origin)).counts.madeWith).toBe(1);
  });

  test('the chain of nine is told to the origin, oldest first; deleted and private ones leave a mark', async () => {
    const videos = [await made(anna)];
    for (const who of [ben, cleo, anna, ben, cleo, anna, ben, cleo])
      videos.push(await made(who, { credit: duet(videos.at(-1)!) }));
    const last = videos.at(-1)!;
    expect(last.credit?.depth).toBe(8);
    const told = await chain(anna, last);
    expect(told.map((entry) => entry.video?.id)).toEqual(videos.map((video) => video.id));
    expect(told.map((entry) => entry.kind)).toEqual([null, ...Array(8).fill('duet')]);

    await ben.delete(`/api/videos/${videos[4]!.id}`);
    await cleo.patch(`/api/videos/${videos[2]!.id}`, { audience: 'me' });
    const after = await chain(anna, last);
    expect(after.map((entry) => entry.depth)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(after.flatMap((entry) => (entry.video ? [] : [entry.depth]))).toEqual([2, 4]);
    expect((await chain(cleo, last)).flatMap((entry) => (entry.video ? [] : [entry.depth]))).toEqual([4]);
    // What was made with the deleted one is still there, and says that its original is gone.
    expect((await get(anna, videos[5]!)).credit).toEqual({ kind: 'duet', depth: 5, video: null });
    expect((await get(anna, videos[5]!)).permissions).toMatchObject({ duet: false, stitch: false });
  });

  test('of a very long chain the origin and the nearest are told', async () => {
    const origin = await made(anna, { template: templateList });
    let last = origin;
    for (let at = 0; at < 3; at++) last = await made(ben, { credit: { kind: 'template', videoId: last.id } });
    const found = await house.rooms.posts.chain(last.id, 2);
    expect(found.map((link) => link.depth)).toEqual([3, 2, 0]);
    expect(found.at(-1)?.id).toBe(origin.id);
  });

  test('what was made is listed by kind, page by page, newest first', async () => {
    const origin = await made(anna);
    const all: string[] = [];
    for (const kind of ['duet', 'stitch', 'duet', 'stitch', 'duet']) {
      house.clock.advance(1000);
      all.unshift((await made(ben, { credit: { kind, videoId: origin.id } })).id);
    }
    const first = await madeWith(cleo, origin, 'limit=2');
    const second = await madeWith(cleo, origin, `limit=2&cursor=${first.next}`);
    const third = await madeWith(cleo, origin, `limit=2&cursor=${second.next}`);
    expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(all);
    expect(third.next).toBeNull();
    expect(ids(await madeWith(cleo, origin, 'kind=stitch'))).toEqual([all[1], all[3]]);
    expect(ids(await madeWith(cleo, origin, 'kind=frame'))).toEqual([]);
  });
});

describe('permission', () => {
  test('is inherited from the account, told at the video, and changed at both', async () => {
    expect((await anna.get('/api/me/making')).json).toEqual(standard);
    const before = await made(anna);
    expect(before.making?.allowed).toEqual(standard);
    expect((await get(ben, before)).making).toBeNull();
    const no = { duet: false, stitch: false, template: false, download: true };
    await anna.put('/api/me/making', { allowed: no });
    expect((await anna.get('/api/me/making')).json).toEqual(no);
    expect((await made(anna)).making?.allowed).toEqual(no);
    expect((await made(anna, { allowed: { duet: true } })).making?.allowed).toEqual({ ...no, duet: true });
    expect((await get(anna, before)).making?.allowed).toEqual(standard);

    const hidden = await made(anna, { audience: 'followers' });
    await anna.put('/api/me/making', { allowed: { ...standard, download: true }, earlierToo: true });
    expect((await get(anna, before)).making?.allowed).toEqual({ ...standard, download: true });
    expect((await get(anna, hidden)).making?.allowed).toEqual({ ...no, download: false });
    await anna.put('/api/me/making', { allowed: standard, earlierToo: true });
    expect((await get(ben, before)).permissions.download).toBe(false);
  });

  test('withdrawn, it ends new makings at once and leaves what is there', async () => {
    const origin = await made(anna);
    const one = await made(ben, { credit: duet(origin) });
    await allow(anna, origin, { duet: false });
    expect((await get(anna, origin)).edited).toBe(false);
    expect((await get(ben, origin)).permissions).toMatchObject({ duet: false, stitch: true });
    expect((await get(cleo, one)).permissions).toMatchObject({ duet: false, stitch: true });
    expect((await material(ben, origin, 'duet')).problem?.code).toBe('making_not_allowed');
    expect((await publish(ben, { credit: duet(origin) })).problem?.code).toBe('making_not_allowed');
    expect((await publish(cleo, { credit: duet(one) })).problem?.code).toBe('making_not_allowed');
    expect((await get(cleo, one)).status).toBe('published');
    await allow(anna, origin, { duet: true });
    expect((await publish(cleo, { credit: duet(one) })).status).toBe(201);
  });

  test('withdrawn while somebody publishes, it holds', async () => {
    const origin = await made(anna);
    const client = await house.database.pool.connect();
    try {
      await client.query('begin');
      await client.query('update videos set allow_duet = false where id = $1', [origin.id]);
      const waiting = publish(ben, { credit: duet(origin) });
      await somebodyWaits();
      await client.query('commit');
      expect((await waiting).problem?.code).toBe('making_not_allowed');
    } finally {
      client.release();
    }
  });

  test('withdrawn while a video made with it waits to go out, it holds too', async () => {
    const origin = await made(anna);
    const publishAt = new Date(house.clock.now() + 3_600_000).toISOString();
    const draft = await made(ben, { credit: duet(origin), publishAt });
    await ben.put(`/api/videos/${draft.id}/schedule`, { publishAt: null });
    const planned = await made(ben, { credit: duet(origin), publishAt });
    await allow(anna, origin, { duet: false });
    expect((await ben.post(`/api/videos/${draft.id}/publish`)).problem?.code).toBe('making_not_allowed');
    house.clock.advance(3_700_000);
    await house.database.pool.query('update graphile_worker._private_jobs set run_at = now()');
    await house.settle();
    const kept = { status: 'draft', refusal: { code: 'making_not_allowed' } };
    expect(await get(ben, planned)).toMatchObject(kept);
    await allow(anna, origin, { duet: true });
    expect((await ben.post(`/api/videos/${draft.id}/publish`)).status).toBe(200);
    expect((await get(anna, origin)).counts.madeWith).toBe(1);
  });

  test('a private video and one that is not there are the same to others', async () => {
    const secret = await made(anna, { audience: 'me' });
    for (const video of [secret, { id: 'nosuchvideo' }]) {
      expect((await publish(ben, { credit: duet(video) })).problem?.code).toBe('origin_gone');
      expect((await material(ben, video, 'duet')).status).toBe(404);
      expect((await ben.get(`/api/videos/${video.id}/credits`)).status).toBe(404);
      expect((await ben.get(`/api/videos/${video.id}/made-with`)).status).toBe(404);
    }
    expect((await publish(anna, { credit: duet(secret) })).status).toBe(201);
  });

  test('a video for followers allows nothing unless told to, and what is made with it is no wider', async () => {
    await ben.put(`/api/people/${anna.me.handle}/follow`);
    const closed = await made(anna, { audience: 'followers' });
    expect((await publish(ben, { credit: duet(closed), audience: 'me' })).problem?.code).toBe(
      'making_not_allowed',
    );
    const open = await made(anna, { audience: 'followers', allowed: { duet: true } });
    const wide = await publish(ben, { credit: duet(open) });
    expect(wide.problem).toMatchObject({ code: 'audience_too_wide', details: { most: 'followers' } });
    const one = await made(ben, { credit: duet(open), audience: 'followers' });
    const widened = await ben.patch(`/api/videos/${one.id}`, { audience: 'everyone' });
    expect(widened.problem?.code).toBe('audience_too_wide');
    expect((await ben.patch(`/api/videos/${one.id}`, { audience: 'me' })).status).toBe(200);
    expect((await ben.patch(`/api/videos/${one.id}`, { audience: 'followers' })).status).toBe(200);
    // Cleo does not follow Anna: she sees neither the video nor whose it was.
    await cleo.put(`/api/people/${ben.me.handle}/follow`);
    expect((await get(cleo, one)).credit).toMatchObject({ video: null });
    expect((await get(cleo, one)).permissions.duet).toBe(false);
  });

  test('a narrower audience closes what may be made, unless that is said too', async () => {
    const video = await made(anna);
    await anna.patch(`/api/videos/${video.id}`, { audience: 'followers' });
    expect((await get(anna, video)).making?.allowed).toMatchObject({ duet: false, stitch: false });
    const other = await made(anna);
    await anna.patch(`/api/videos/${other.id}`, { audience: 'followers', allowed: { duet: true } });
    expect((await get(anna, other)).making?.allowed).toMatchObject({ duet: true, stitch: false });
  });
});

describe('taking back', () => {
  test('hides what shows the picture, at every depth, from all but its maker, and undone shows it again', async () => {
    const origin = await made(anna);
    const one = await made(ben, { credit: duet(origin) });
    const two = await made(cleo, { credit: { kind: 'stitch', videoId: one.id } });
    const own = await made(anna, { credit: duet(one) });
    const address = one.media!.renditions[0]!.url;
    expect((await house.browser().get(address)).status).toBe(200);

    expect((await ben.put(`/api/videos/${origin.id}/take-back`)).status).toBe(404);
    for (let again = 0; again < 2; again++)
      expect((await anna.put(`/api/videos/${origin.id}/take-back`)).status).toBe(204);
    expect((await publish(cleo, { credit: duet(origin) })).problem?.code).toBe('making_not_allowed');
    await house.settle();
    for (const hidden of [one, two]) {
      expect((await anna.get(`/api/videos/${hidden.id}`)).status).toBe(404);
      expect((await house.browser().get(`/api/videos/${hidden.id}`)).status).toBe(404);
    }
    expect(await get(ben, one)).toMatchObject({
      audience: 'me',
      making: { takenBack: true },
      permissions: { duet: false, stitch: false, download: false },
    });
    expect((await get(anna, origin)).making).toMatchObject({ tookBack: true, takenBack: false });
    expect((await get(anna, own)).making).toMatchObject({ takenBack: false });
    expect((await house.browser().get(address)).status).toBe(404);
    expect((await get(anna, origin)).counts.madeWith).toBe(0);
    expect(ids(await madeWith(ben, origin))).toEqual([]);
    expect((await ben.patch(`/api/videos/${one.id}`, { audience: 'everyone' })).problem?.code).toBe(
      'taken_back',
    );
    expect((await ben.patch(`/api/videos/${one.id}`, { audience: 'me', caption: 'still mine' })).status).toBe(
      200,
    );

    await anna.delete(`/api/videos/${origin.id}/take-back`);
    await house.settle();
    expect((await get(cleo, one)).audience).toBe('everyone');
    expect((await get(anna, two)).making).toBeNull();
    expect((await get(anna, origin)).counts.madeWith).toBe(1);
  });

  test('holds for who is publishing at that moment', async () => {
    const origin = await made(anna);
    const client = await house.database.pool.connect();
    try {
      // Publishing comes as far as counting what was made with the origin, and waits there.
      await client.query('begin');
      await client.query('insert into video_makings values ($1, 0)', [origin.id]);
      const waiting = publish(ben, { credit: duet(origin) });
      await somebodyWaits();
      const back = anna.put(`/api/videos/${origin.id}/take-back`);
      await somebodyWaits(2);
      await client.query('commit');
      const one = (await waiting).json as Video;
      expect((await back).status).toBe(204);
      await house.settle();
      expect((await get(ben, one)).making?.takenBack).toBe(true);
      expect((await anna.get(`/api/videos/${one.id}`)).status).toBe(404);
    } finally {
      client.release();
    }
  });

  test('lasts beyond the deletion of the video, and stands while one of two wants it', async () => {
    const origin = await made(anna);
    const one = await made(ben, { credit: duet(origin) });
    const two = await made(cleo, { credit: duet(one) });
    await anna.put(`/api/videos/${origin.id}/take-back`);
    await ben.put(`/api/videos/${one.id}/take-back`);
    await house.settle();
    await ben.delete(`/api/videos/${one.id}/take-back`);
    await house.settle();
    expect((await get(cleo, two)).making?.takenBack).toBe(true);
    await anna.delete(`/api/videos/${origin.id}`);
    await house.settle();
    expect((await get(cleo, two)).making?.takenBack).toBe(true);
    expect((await ben.get(`/api/videos/${two.id}`)).status).toBe(404);
  });

  test('of a video that hundreds show goes on part by part: what is done stays done, whatever stops the rest', async () => {
    const origin = await made(anna);
    const shows = Array.from(
      { length: 250 },
      (_, at): WrittenVideo => ({
        ...{ id: newId<VideoId>(), authorId: ben.me.id, tags: ['many'], caption: 'one of many' },
        ...{
          audience: 'everyone',
          status: 'published',
          durationMs: 2000,
          publishedAtMs: house.clock.now() - at,
        },
      }),
    ).toSorted((one, other) => (one.id < other.id ? -1 : 1));
    await writeVideos(house.database, shows);
    const ids = shows.map((one) => one.id);
    const { pool } = house.database;
    await pool.query('update videos set pictures = array[$1] where id = any($2)', [origin.id, ids]);
    await pool.query('insert into video_pictures select $1, unnest($2::text[])', [origin.id, ids]);
    const takenBack = async () =>
      (await pool.query<{ id: VideoId }>('select id from videos where id = any($1) and taken_back', [ids]))
        .rows;

    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(`select from videos where id = any($1) and id collate "C" >= $2 for update`, [
        ids,
        ids[150],
      ]);
      expect((await anna.put(`/api/videos/${origin.id}/take-back`)).status).toBe(204);
      const settled = house.settle();
      await expect.poll(async () => (await takenBack()).length, { timeout: 60_000 }).toBe(150);
      const { rows } = await pool.query(`select j.payload from graphile_worker._private_jobs j
        where j.locked_at is not null and j.payload ->> 'videoId' = '${origin.id}'`);
      expect(rows).toEqual([{ payload: { videoId: origin.id, after: ids[99] } }]);
      await client.query('rollback');
      await settled;
    } finally {
      client.release();
    }
    expect(await takenBack()).toHaveLength(250);
    await anna.delete(`/api/videos/${origin.id}/take-back`);
    await house.settle();
    expect(await takenBack()).toEqual([]);
  });

  test('leaves alone what was made after a template, which shows nothing of it', async () => {
    const holder = await made(anna, { template: templateList });
    const filled = await made(ben, { credit: { kind: 'template', videoId: holder.id } });
    await anna.put(`/api/videos/${holder.id}/take-back`);
    await house.settle();
    expect((await get(cleo, filled)).audience).toBe('everyone');
  });
});

describe('material', () => {
  test('of a duet and a stitch is a file that every browser reads', async () => {
    const origin = await made(anna);
    const found = (await material(ben, origin, 'duet')).json as Material;
    expect(found).toMatchObject({
      kind: 'duet',
      source: { videoId: origin.id, handle: anna.me.handle, width: 108, height: 192, durationMs: 2000 },
      mostMs: null,
      template: null,
      frame: null,
    });
    expect((await house.browser().get(found.source.url)).status).toBe(200);
    expect((await material(ben, origin, 'stitch')).json).toMatchObject({ mostMs: 5000 });
    expect((await material(ben, origin, 'frame')).problem?.code).toBe('making_not_allowed');
    expect((await house.browser().get(`/api/videos/${origin.id}/material?kind=duet`)).status).toBe(401);
  });

  test('of a template is its list, also from a video that was made after it', async () => {
    const holder = await made(anna, { template: templateList });
    expect(holder.permissions.template).toBe(true);
    const filled = await made(ben, { credit: { kind: 'template', videoId: holder.id } });
    for (const video of [holder, filled]) {
      const found = (await material(cleo, video, 'template')).json as Material;
      expect(found.template).toEqual({ videoId: holder.id, handle: anna.me.handle, list: templateList });
      expect(found.source.videoId).toBe(video.id);
    }
    await allow(anna, holder, { template: false });
    expect((await material(cleo, filled, 'template')).problem?.code).toBe('making_not_allowed');
    await allow(anna, holder, { template: true });
    await anna.delete(`/api/videos/${holder.id}`);
    expect((await material(cleo, filled, 'template')).problem?.code).toBe('making_not_allowed');
    const bad = await publish(anna, { template: { ...templateList, sources: { hole: take } } as never });
    expect(bad.problem?.code).toBe('template_invalid');
  });

  test('of a frame is everybody in it, first-hand, and the cells that are left', async () => {
    const begun = await made(anna, { credit: { kind: 'frame', videoId: null, cells: 3, cell: 1 } });
    expect(begun).toMatchObject({ credit: null, frame: { cells: 3, cell: 1, free: [0, 2] } });
    expect(begun.permissions.frame).toBe(true);
    const join = { kind: 'frame', videoId: begun.id, cells: 3, cell: 0, shows: [begun.id] };
    const second = await made(ben, { credit: join });
    const found = (await material(cleo, second, 'frame')).json as Material;
    expect(found.frame).toMatchObject({ cells: 3, free: [2] });
    expect(found.frame?.parts.map(({ cell, source, area }) => [cell, source.videoId, area])).toEqual([
      [1, begun.id, frameGrid(3)[1]],
      [0, second.id, frameGrid(3)[0]],
    ]);
    const shows = [begun.id, second.id];
    const third = await made(cleo, {
      credit: { kind: 'frame', videoId: second.id, cells: 3, cell: 2, shows },
    });
    expect(third).toMatchObject({ frame: { free: [] }, permissions: { frame: false, duet: true } });
    const full = { kind: 'frame', videoId: third.id, cells: 3, cell: 2, shows: [...shows, third.id] };
    expect((await publish(anna, { credit: full })).problem?.code).toBe('cell_taken');

    await anna.delete(`/api/videos/${begun.id}`);
    expect(await get(ben, third)).toMatchObject({ frame: { free: [1] }, permissions: { frame: true } });
    const left = (await material(anna, third, 'frame')).json as Material;
    expect(left.frame?.parts.map((part) => part.source.videoId)).toEqual([second.id, third.id]);
    expect((await publish(anna, { credit: { ...full, cell: 1 } })).problem?.code).toBe('making_not_allowed');
    await made(anna, { credit: { ...full, cell: 1, shows: [second.id, third.id] } });
  });
});

const standard = { duet: true, stitch: true, template: true, download: false };
const templateList: EditList = {
  ...emptyEditList,
  sources: {
    hole: { ...take, kind: 'slot', of: null, durationMs: 3000, width: 0, height: 0, hasSound: false },
  },
  clips: [clip('one', 0, 2000, { source: 'hole' })],
};

/** Until so many transactions of this database stand before a lock. */
async function somebodyWaits(count = 1): Promise<void> {
  for (;;) {
    const { rows } = await house.database.pool.query(
      `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (Number(rows[0].count) >= count) return;
  }
}
