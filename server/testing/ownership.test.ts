import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiRoutes } from '../../contract/api.ts';
import { emptyEditList } from '../../contract/edit-list.ts';
import type { Route } from '../../contract/route.ts';
import { fingerprint } from '../platform/backup/backup.fixture.ts';
import { newId } from '../platform/random.ts';
import { type Browser, type OpenHouse, openHouse } from './house.ts';
import { publishedVideo, readyUpload } from './published.ts';

/**
 * A stranger who knows the id of each of somebody's things and sends what the owner would send: every route of owners
 * answers as if there were no such thing, and nothing is changed. The same request of the owner finds the thing, so that
 * no answer here is one for a thing that nobody has.
 */
type Person = Awaited<ReturnType<OpenHouse['person']>>;
let house: OpenHouse;
let owner: Person;
let stranger: Person;
/** All of the owner's; the video `secret` is for their own eyes. */
let things: Record<'upload' | 'draft' | 'video' | 'secret' | 'sound' | 'comment' | 'playlist', string>;
/** Who is signed in: every request may write it. */
const bookkeeping = /session/;

const part = createHash('sha256').update('x').digest('hex');
const material = {
  ...{ kind: 'take', speed: 1, madeAt: '', name: null, leadMs: null, atMs: null, quiet: false },
  ...{ bytes: 1, mime: 'video/mp4', parts: [part] },
};

beforeAll(async () => {
  house = await openHouse();
  [owner, stranger] = [await house.person('owner'), await house.person('stranger')];
  material.madeAt = new Date(house.clock.now()).toISOString();
  const cues = [{ startMs: 0, endMs: 500, text: 'said' }];
  const video = await publishedVideo(house, owner.me.id, { sounding: true, cues });
  const secret = await publishedVideo(house, owner.me.id, { audience: 'me', cues });
  await owner.put(`/api/videos/${video}/captions/de`, { cues });
  await owner.put(`/api/videos/${secret}/like`);
  const { sound } = (await owner.get(`/api/videos/${video}`)).json as { sound: { id: string } };
  const made = await owner.post('/api/playlists', { key: randomUUID(), title: 'In order', ids: [video] });
  const written = await owner.post(`/api/videos/${video}/comments`, { key: randomUUID(), text: 'First' });
  const draft = newId();
  const { madeAt } = material;
  await owner.put(`/api/drafts/${draft}`, {
    ...{ from: 0, list: emptyEditList, madeAt, changedAt: madeAt, device: null },
  });
  await owner.put(`/api/drafts/${draft}/materials/firsttake`, material);
  things = {
    ...{ draft, video, secret, sound: sound.id },
    upload: await readyUpload(house, owner.me.id, { hasSound: true }),
    comment: (written.json as { comment: { id: string } }).comment.id,
    playlist: (made.json as { id: string }).id,
  };
});
afterAll(() => house.close());

/** What an owner would send. A new route of owners with a body has its line here, or fails below. */
const bodies: Record<string, () => object> = {
  chooseCover: () => ({ atMs: 100 }),
  putMaterial: () => material,
  renderDraft: () => ({ revision: 1 }),
  changeVideo: () => ({ caption: 'taken over' }),
  scheduleVideo: () => ({ publishAt: null }),
  replaceSound: () => ({ soundId: things.sound }),
  putCaptionTrack: () => ({ cues: [{ startMs: 0, endMs: 500, text: 'put into their mouth' }] }),
  changeSound: () => ({ title: 'taken over' }),
  changePlaylist: () => ({ title: 'taken over' }),
  addToPlaylist: () => ({ ids: [things.secret] }),
};

/** What deletes goes last, and whole things after their parts, so that the others find the thing. */
const turnOf = ({ method, path }: Route) => (method !== 'delete' ? 0 : path.endsWith('{id}') ? 2 : 1);
const all = apiRoutes as unknown as Route[];
const routes = all.filter((route) => route.access === 'owner').sort((a, b) => turnOf(a) - turnOf(b));

const kinds = {
  uploads: 'upload',
  drafts: 'draft',
  sounds: 'sound',
  comments: 'comment',
  playlists: 'playlist',
};
function pathOf(route: Route, video = things.video): string {
  const kind = kinds[/^\/api\/(?:me\/)?(\w+)\//.exec(route.path)![1] as keyof typeof kinds] as
    | keyof typeof things
    | undefined;
  return route.path
    .replace('{id}', kind ? things[kind] : video)
    .replace('{take}', 'firsttake')
    .replace('{part}', '0')
    .replace('{language}', 'de');
}

async function call(who: Browser, route: Route, video?: string): Promise<number> {
  const json = { 'content-type': 'application/json' };
  const tus = {
    'tus-resumable': '1.0.0',
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
  };
  const body = route.body ? JSON.stringify(bodies[route.name]!()) : null;
  const bytes = route.raw === 'tus' || route.raw === 'bytes' ? 'x' : null;
  const response = await who.raw(
    route.method.toUpperCase(),
    pathOf(route, video),
    route.method === 'get' ? null : (body ?? bytes),
    body ? json : route.raw === 'tus' ? tus : {},
  );
  await response.body?.cancel();
  return response.status;
}

test('every route of owners that takes something is asked with what an owner would send', () => {
  const named = routes.filter((route) => route.body).map((route) => route.name);
  expect(Object.keys(bodies).toSorted()).toEqual(named.toSorted());
});

/** What a stranger and a guest are told: what is there, or why nothing is. */
async function answers(route: Route, id: string): Promise<unknown[]> {
  const body = route.name === 'writeComment' ? { key: randomUUID(), text: 'Seen you' } : undefined;
  const query = route.name === 'videoMaterial' ? '?kind=duet' : '';
  const replies: unknown[] = [];
  for (const who of [stranger, house.browser()]) {
    const path = `${route.path.replace('{id}', id).replace('{language}', 'de')}${query}`;
    const type = { 'content-type': 'application/json' };
    const reply = await who.raw(
      route.method.toUpperCase(),
      path,
      body ? JSON.stringify(body) : null,
      body ? type : {},
    );
    const text = await reply.text();
    const json = text ? (JSON.parse(text) as { code?: string }) : null;
    replies.push(reply.ok ? json : [reply.status, json?.code]);
  }
  return replies;
}

const ofVideos = all.filter(
  ({ path, access }) => path.startsWith('/api/videos/{id}') && !['owner', 'operator'].includes(access),
);
test.each(ofVideos.map((route) => [route.name, route] as const))(
  '%s of a video that is for its author alone answers as of one that is not there',
  async (_, route) => {
    const reply = await answers(route, things.secret);
    expect(reply).toEqual(await answers(route, 'nosuchvideo'));
    const nothing = route.name === 'unlikeVideo' ? { liked: false, likes: 0 } : [404, 'not_found'];
    expect(reply[0]).toEqual(nothing);
  },
);

describe('somebody’s things, named in what a stranger sends', () => {
  const kept = async (path: string) => (await owner.get(path)).json;

  test('an upload is not published by who did not send it', async () => {
    const reply = await stranger.post('/api/videos', { uploadId: things.upload, caption: 'mine now' });
    expect(reply.status).toBe(404);
    expect((await owner.get(`/api/uploads/${things.upload}`)).json).toMatchObject({ videoId: null });
  });

  test('a draft under the same id is another draft, and neither ends with the other', async () => {
    const before = await kept(`/api/drafts/${things.draft}`);
    const { madeAt } = material;
    const wish = { from: 0, list: emptyEditList, madeAt, changedAt: madeAt, device: 'theirs' };
    await stranger.put(`/api/drafts/${things.draft}`, wish);
    await stranger.delete(`/api/drafts/${things.draft}/render`);
    await stranger.delete(`/api/drafts/${things.draft}`);
    expect((await stranger.get(`/api/drafts/${things.draft}/materials/firsttake`)).status).toBe(404);
    expect(await kept(`/api/drafts/${things.draft}`)).toEqual(before);
  });

  test('a video for its author alone is in no playlist, comment or making of theirs', async () => {
    const ids = [things.secret];
    const made = await stranger.post('/api/playlists', { key: randomUUID(), title: 'Theirs', ids });
    const own = await stranger.post('/api/playlists', { key: randomUUID(), title: 'Theirs too', ids: [] });
    const { id } = own.json as { id: string };
    const added = await stranger.post(`/api/playlists/${id}/videos`, { ids });
    for (const reply of [made, added]) expect(reply.text).not.toContain(things.secret);
    const uploadId = await readyUpload(house, stranger.me.id);
    const credit = { kind: 'duet', videoId: things.secret };
    const duet = await stranger.post('/api/videos', { uploadId, caption: '', credit });
    expect(duet.problem?.code).toBe('origin_gone');
    const replyTo = things.comment;
    const theirs = await publishedVideo(house, stranger.me.id, {});
    const answer = { key: randomUUID(), text: 'elsewhere', replyTo };
    const reply = await stranger.post(`/api/videos/${theirs}/comments`, answer);
    expect(reply.problem?.code).toBe('comment_gone');
  });
});

describe.each(routes.map((route) => [route.name, route] as const))('%s', (name, route) => {
  test('of somebody else’s is not found, and changes nothing', async () => {
    const before = await fingerprint(house.database, house.rooms.storage);
    // Discarding is idempotent: a stranger hears what who has nothing to discard hears.
    expect(await call(stranger, route)).toBe(name === 'discardUpload' ? 204 : 404);
    if (pathOf(route).includes(things.video)) expect(await call(stranger, route, things.secret)).toBe(404);
    const after = await fingerprint(house.database, house.rooms.storage);
    const changed = Object.keys(after).filter((key) => !bookkeeping.test(key) && after[key] !== before[key]);
    expect(changed).toEqual([]);
  });

  test('of one’s own is found', async () => {
    expect([400, 401, 403, 404, 500]).not.toContain(await call(owner, route));
  });
});
