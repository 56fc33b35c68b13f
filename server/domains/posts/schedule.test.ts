import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '../../../contract/ids.ts';
import type { Video } from '../../../contract/videos.ts';
import { clip } from '../../../e2e/community.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { readyUpload } from '../../testing/published.ts';

/** Publishing at a time, in the whole house, on a clock moved by hand. */
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
let house: OpenHouse;
let author: Awaited<ReturnType<OpenHouse['person']>>;
let follower: Awaited<ReturnType<OpenHouse['person']>>;
let guest: Browser;
beforeAll(async () => {
  house = await openHouse();
  [author, follower, guest] = [await house.person('plans'), await house.person('follows'), house.browser()];
  await follower.put(`/api/people/${author.me.handle}/follow`);
});
afterAll(() => house?.close());

const inMs = (ms: number) => new Date(house.clock.now() + ms).toISOString();
const seen = async (id: VideoId, who: Browser = author) =>
  (await who.get(`/api/videos/${id}`)).json as Video & { code?: string };
async function write(words: object): Promise<Video> {
  const uploadId = await readyUpload(house, author.me.id);
  const reply = await author.post('/api/videos', { uploadId, caption: 'Later #planned', ...words });
  expect(reply.status).toBe(201);
  return reply.json as Video;
}
/** The machine's time comes: the orders that wait for it are due. */
async function comes(ms: number) {
  house.clock.advance(ms);
  await house.database.pool.query('update graphile_worker._private_jobs set run_at = now()');
  await house.settle();
}

test('nobody but its author sees a scheduled video anywhere before its time, and everybody after', async () => {
  const video = await write({ publishAt: inMs(3 * hour) });
  expect(video).toMatchObject({ status: 'scheduled', publishAt: inMs(3 * hour), publishedAt: null });
  await house.settle();
  const everywhere = async (who: Browser) => {
    const ids: string[] = [];
    for (const path of [
      '/api/feeds/for-you?limit=24',
      '/api/feeds/for-you?limit=24&again=true',
      '/api/feeds/following',
      `/api/people/${author.me.handle}/videos`,
      '/api/tags/planned/videos',
      '/api/feeds/rising',
    ]) {
      const { text } = await who.get(path);
      if (text.includes(video.id)) ids.push(path);
    }
    if ((await who.get(`/api/videos/${video.id}`)).status === 200) ids.push('link');
    return ids;
  };
  expect(await everywhere(guest)).toEqual([]);
  expect(await everywhere(follower)).toEqual([]);
  for (const path of [`/api/videos/${video.id}/related`, `/api/videos/${video.id}/events`])
    expect([path, (await follower.get(path)).status]).toEqual([path, 404]);
  expect((await follower.put(`/api/videos/${video.id}/like`)).status).toBe(404);
  expect((await guest.get(`/@${author.me.handle}/video/${video.id}`)).text).not.toContain('planned');
  expect((await follower.get('/api/suggestions/tags?q=planned')).json).toEqual({ tags: [] });
  // Its author sees what will be seen, and when.
  const mine = (await author.get('/api/me/videos')).json as { videos: Video[] };
  expect(mine.videos[0]).toMatchObject({ id: video.id, status: 'scheduled', publishAt: inMs(3 * hour) });
  expect(mine.videos[0]!.media).not.toBe(null);

  await comes(3 * hour - minute);
  expect(await everywhere(follower)).toEqual([]);
  await comes(minute);
  expect(await everywhere(guest)).toEqual(
    expect.arrayContaining([
      '/api/feeds/for-you?limit=24&again=true',
      `/api/people/${author.me.handle}/videos`,
      '/api/tags/planned/videos',
      'link',
    ]),
  );
  expect(await everywhere(follower)).toContain('/api/feeds/following');
  expect(await seen(video.id, follower)).toMatchObject({ status: 'published', publishAt: null });
});

test('what is out stays out, whatever is asked or done at that moment', async () => {
  const { id } = await write({ publishAt: inMs(hour) });
  house.clock.advance(hour);
  await house.database.pool.query('update graphile_worker._private_jobs set run_at = now()');
  const asked = [1, 2, 3].map(() => author.post(`/api/videos/${id}/publish`));
  await Promise.all([...asked, house.settle()]);
  const at = (await seen(id)).publishedAt;
  await comes(day);
  expect((await author.post(`/api/videos/${id}/publish`)).status).toBe(200);
  expect((await seen(id)).publishedAt).toBe(at);
  expect((await author.put(`/api/videos/${id}/schedule`, { publishAt: inMs(hour) })).problem?.code).toBe(
    'already_published',
  );
});

test('what became due while the server was down goes out at its start', async () => {
  const { id } = await write({ publishAt: inMs(2 * day) });
  await house.rooms.stop();
  house.clock.advance(5 * day);
  await house.restart();
  await house.settle();
  expect(await seen(id, guest)).toMatchObject({ status: 'published', publishedAt: inMs(0) });
});

test('the time can be changed, and a video kept back, changed, and let go', async () => {
  const { id } = await write({ publishAt: inMs(hour) });
  const put = (publishAt: string | null) => author.put(`/api/videos/${id}/schedule`, { publishAt });
  expect((await put(inMs(4 * hour))).json).toMatchObject({ status: 'scheduled', publishAt: inMs(4 * hour) });
  await comes(2 * hour);
  expect((await seen(id)).status).toBe('scheduled');
  expect((await put(null)).json).toMatchObject({ status: 'draft', publishAt: null });
  expect((await put(null)).status).toBe(200);
  await comes(3 * hour);
  expect((await seen(id)).status).toBe('draft');
  expect((await guest.get(`/api/videos/${id}`)).status).toBe(404);
  const changed = await author.patch(`/api/videos/${id}`, { caption: 'Better #words' });
  expect(changed.json).toMatchObject({ edited: false, caption: 'Better #words', status: 'draft' });
  const out = await author.post(`/api/videos/${id}/publish`);
  // As new as it is to everybody else.
  expect(out.json).toMatchObject({ status: 'published', publishedAt: inMs(0), createdAt: inMs(0) });
  expect((await guest.get('/api/tags/words/videos')).text).toContain(id);
});

test('only times from now to 60 days ahead can be chosen, and only by the author', async () => {
  const { id } = await write({ publishAt: inMs(hour) });
  for (const publishAt of [inMs(-minute), inMs(61 * day)]) {
    const reply = await author.put(`/api/videos/${id}/schedule`, { publishAt });
    expect([publishAt, reply.problem?.code]).toEqual([publishAt, 'schedule_out_of_range']);
  }
  expect((await author.put(`/api/videos/${id}/schedule`, { publishAt: 'tomorrow' })).status).toBe(400);
  for (const call of [
    follower.put(`/api/videos/${id}/schedule`, { publishAt: null }),
    follower.post(`/api/videos/${id}/publish`),
  ])
    expect((await call).status).toBe(404);
  expect((await seen(id)).status).toBe('scheduled');
  expect((await author.delete(`/api/videos/${id}`)).status).toBe(204);
  await comes(2 * hour);
  expect((await author.get(`/api/videos/${id}`)).status).toBe(404);
});

test('a video whose media is late goes out as soon as it is ready; one that is refused says so before its time', async () => {
  const begin = async (bytes: Buffer) => {
    const created = await author.raw('POST', '/api/uploads', null, {
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from('a.mp4').toString('base64')}`,
    });
    const path = new URL(created.headers.get('location')!, 'http://localhost').pathname;
    const reply = await author.post('/api/videos', {
      uploadId: path.split('/').at(-1),
      caption: 'not here yet',
      publishAt: inMs(hour),
    });
    return { path, id: (reply.json as Video).id };
  };
  const send = async (path: string, bytes: Buffer) => {
    const reply = await author.raw('PATCH', path, bytes as never, {
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    });
    expect(reply.status).toBe(204);
    await house.settle();
  };
  const bytes = await clip({ shade: 4 });
  const late = await begin(bytes);
  await comes(hour);
  expect((await seen(late.id)).status).toBe('processing');
  house.clock.advance(hour);
  await send(late.path, bytes);
  expect(await seen(late.id, guest)).toMatchObject({ status: 'published', publishedAt: inMs(0) });

  const early = await begin(Buffer.from('no video at all'.repeat(20)));
  await send(early.path, Buffer.from('no video at all'.repeat(20)));
  expect(await seen(early.id)).toMatchObject({ status: 'refused', refusal: { code: 'not_a_video' } });
  await comes(hour);
  expect((await seen(early.id)).status).toBe('refused');
});
