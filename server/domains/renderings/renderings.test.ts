import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EditList, emptyEditList } from '../../../contract/edit-list.ts';
import type { DraftRendering, RenderingState } from '../../../contract/rendering.ts';
import { clip, take } from '../../../contract/testing.edit-lists.ts';
import type { Upload } from '../../../contract/uploads.ts';
import { newId } from '../../platform/random.ts';
import type { RenderFault, RenderOrder } from '../../platform/rendering/rendering.types.ts';
import { makeClip } from '../../testing/clips.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';

/** In place of the browser of this machine, which has tests of its own: it hands in a clip, or what a test says. */
let house: OpenHouse;
let folder: string;
type Person = Awaited<ReturnType<OpenHouse['person']>>;
let maker: Person;
let stranger: Person;
let state: RenderingState = 'on';
let orders: RenderOrder[] = [];
let during: (order: RenderOrder) => Promise<RenderFault | null> = async () => null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-renderings-'));
  await makeClip(join(folder, 'clip.mp4'), { width: 180, height: 320, fps: [15, 1], durationMs: 1600 });
  house = await openHouse({
    rendering: {
      state: async () => state,
      async render(order) {
        orders.push(order);
        const fault = await during(order);
        if (fault) return { ok: false, fault };
        const path = join(order.folder, 'made.mp4');
        await copyFile(join(folder, 'clip.mp4'), path);
        return { ok: true, path, bytes: 1, wallMs: 1, peakBytes: 1 };
      },
      close: async () => {},
    },
  });
  [maker, stranger] = [await house.person('maker'), await house.person('stranger')];
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  [state, orders, during] = ['on', [], async () => null];
});

const now = () => new Date(house.clock.now()).toISOString();
const listOf = (takeId: string, more: Partial<EditList> = {}): EditList => ({
  ...emptyEditList,
  sources: { [takeId]: take },
  clips: [clip('one', 0, 1600, { source: takeId })],
  ...more,
});
const put = (id: string, from: number, list: EditList, who = maker) =>
  who.put(`/api/drafts/${id}`, { from, list, madeAt: now(), changedAt: now(), device: null });
/** A draft on the account, with all that it needs unless a test says otherwise. */
async function draft({ whole = true } = {}): Promise<{ id: string; takeId: string }> {
  const [id, takeId] = [newId(), newId()];
  await put(id, 0, listOf(takeId));
  const bytes = await readFile(join(folder, 'clip.mp4'));
  const path = `/api/drafts/${id}/materials/${takeId}`;
  await maker.put(path, {
    ...{ kind: 'take', speed: 1, madeAt: now(), name: null, leadMs: null, atMs: null, quiet: false },
    ...{ bytes: bytes.length, mime: 'video/mp4', parts: [createHash('sha256').update(bytes).digest('hex')] },
  });
  const type = { 'content-type': 'application/octet-stream' };
  if (whole) await maker.raw('PUT', `${path}/parts/0`, new Uint8Array(bytes).buffer, type);
  return { id, takeId };
}
const ask = (id: string, revision = 1, who = maker) => who.post(`/api/drafts/${id}/render`, { revision });
const find = async (id: string) => (await maker.get(`/api/drafts/${id}/render`)).json as DraftRendering;
const uploads = async () =>
  ((await maker.get('/api/me/uploads')).json as { uploads: Upload[] }).uploads.map((upload) => upload.id);

test('a draft becomes an upload, and the upload a video', async () => {
  const { id, takeId } = await draft();
  expect(await find(id)).toMatchObject({ state: 'none' });
  const asked = await ask(id);
  expect(asked.status).toBe(202);
  expect(asked.json).toMatchObject({ state: 'waiting', revision: 1, uploadId: null });
  await house.settle();
  const material = orders[0]!.materials[0]!;
  expect(material).toMatchObject({ id: takeId });
  const piece = await new Response(material.open({ start: 4, end: 7 })).text();
  expect(piece).toBe('ftyp');
  const ready = await find(id);
  expect(ready).toMatchObject({ state: 'ready', progress: 1, fault: null });
  expect((await maker.get('/api/me/renderings')).json).toEqual({ renderings: [ready] });
  const upload = (await maker.get(`/api/uploads/${ready.uploadId}`)).json as Upload;
  expect(upload).toMatchObject({ state: 'ready', facts: { width: 180, height: 320 } });
  expect((await stranger.get(`/api/uploads/${ready.uploadId}`)).status).toBe(404);
  const published = await maker.post('/api/videos', { uploadId: ready.uploadId, caption: 'Made elsewhere' });
  expect(published.status).toBe(201);
  expect(await find(id)).toMatchObject({ state: 'none' });
  expect((await maker.get('/api/me/renderings')).json).toEqual({ renderings: [] });
});

test('asked twice it is made once, also when it is ready; a later revision comes in its place', async () => {
  const { id, takeId } = await draft();
  await Promise.all([ask(id), ask(id), ask(id)]);
  await house.settle();
  expect((await ask(id)).json).toMatchObject({ state: 'ready' });
  await house.settle();
  expect(orders).toHaveLength(1);
  const first = (await find(id)).uploadId;
  await put(id, 1, listOf(takeId, { coverAtMs: 500 }));
  expect((await ask(id)).problem?.code).toBe('draft_moved_on');
  expect((await ask(id, 2)).json).toMatchObject({ state: 'waiting', revision: 2 });
  await house.settle();
  expect(orders).toHaveLength(2);
  expect((await find(id)).uploadId).not.toBe(first);
});

test('it is refused where it cannot be done, for what is not all there, and for what is not one’s own', async () => {
  const { id } = await draft();
  state = 'no_browser';
  expect((await maker.get('/api/rendering')).json).toEqual({ state: 'no_browser' });
  expect((await ask(id)).problem).toMatchObject({ code: 'rendering_off', details: { reason: 'no_browser' } });
  state = 'on';
  const half = await draft({ whole: false });
  expect((await ask(half.id)).problem?.code).toBe('draft_incomplete');
  expect((await ask(id, 1, stranger)).status).toBe(404);
  expect((await stranger.get(`/api/drafts/${id}/render`)).status).toBe(404);
  await ask(id);
  await stranger.raw('DELETE', `/api/drafts/${id}/render`, null, {});
  expect(await find(id)).toMatchObject({ state: 'waiting' });
  await maker.raw('DELETE', `/api/drafts/${id}/render`, null, {});
  await house.settle();
  expect(orders).toHaveLength(0);
});

test('nobody fills the line, and who waits knows how many come first', async () => {
  const made = [];
  for (let count = 0; count < 4; count++) made.push(await draft());
  for (const { id } of made.slice(0, 3)) {
    expect((await ask(id)).status).toBe(202);
    house.clock.advance(1000);
  }
  expect((await ask(made[3]!.id)).problem?.code).toBe('rendering_full');
  expect(await find(made[2]!.id)).toMatchObject({ state: 'waiting', ahead: 2 });
  expect((await ask(made[2]!.id)).status).toBe(202);
  await house.settle();
  expect((await ask(made[3]!.id)).status).toBe(202);
  await house.settle();
});

test('stopped while it is made, it is no upload', async () => {
  const before = await uploads();
  const { id } = await draft();
  during = async ({ signal, onProgress }) => {
    onProgress?.(0.5);
    await maker.raw('DELETE', `/api/drafts/${id}/render`, null, {});
    // It is noticed with the next note of its progress, or else when it is ready.
    expect(signal?.aborted).toBe(false);
    return null;
  };
  await ask(id);
  await house.settle();
  expect(await find(id)).toMatchObject({ state: 'none' });
  expect(await uploads()).toEqual(before);
});

test('what breaks is tried once more, then told; what cannot be read is told at once; asking again tries again', async () => {
  const { id } = await draft();
  const again = async () => {
    await ask(id);
    await house.settle();
    // The second attempt is due later.
    await house.database.pool.query('update graphile_worker._private_jobs set run_at = now()');
    await house.settle();
  };
  during = async () => ({ code: 'crashed', details: { why: 'its page crashed' } });
  await again();
  expect(orders).toHaveLength(2);
  expect(await find(id)).toMatchObject({ state: 'failed', fault: 'crashed', uploadId: null });
  during = async () => ({ code: 'bad_material', details: { id: 'take' } });
  await again();
  expect(orders).toHaveLength(3);
  expect(await find(id)).toMatchObject({ state: 'failed', fault: 'bad_material' });
  during = async () => null;
  await again();
  expect(await find(id)).toMatchObject({ state: 'ready', fault: null });
});

test('killed behind the file, it makes one upload when it runs again', async () => {
  const before = (await uploads()).length;
  const { id } = await draft();
  let broken = true;
  during = async ({ list }) => {
    if (!broken) return null;
    broken = false;
    // As after a kill: the file of the first run lies there, and nobody knows of it.
    const { rows } = await house.database.pool.query('select upload_id from renderings where draft_id = $1', [
      id,
    ]);
    await house.rooms.media.keepMade(rows[0].upload_id, join(folder, 'clip.mp4'));
    throw new Error(`killed while ${list.clips.length} clip was drawn`);
  };
  await ask(id);
  await house.settle();
  await house.database.pool.query('update graphile_worker._private_jobs set run_at = now()');
  await house.settle();
  expect(await find(id)).toMatchObject({ state: 'ready' });
  expect((await uploads()).length).toBe(before + 1);
});

test('a draft that is removed or changed before its turn is not made', async () => {
  const [gone, changed] = [await draft(), await draft()];
  await ask(gone.id);
  await ask(changed.id);
  await maker.raw('DELETE', `/api/drafts/${gone.id}`, null, {});
  await put(changed.id, 1, listOf(changed.takeId, { coverAtMs: 300 }));
  await house.settle();
  expect(orders).toHaveLength(0);
  expect((await maker.get(`/api/drafts/${gone.id}/render`)).status).toBe(404);
  expect(await find(changed.id)).toMatchObject({ state: 'failed', fault: 'draft_moved_on' });
});
