import { createHash, randomBytes } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccountDraft, type DraftMaterial, draftPartBytes } from '../../../contract/drafts.ts';
import { type EditList, type EditSource, emptyEditList } from '../../../contract/edit-list.ts';
import type { DraftId } from '../../../contract/ids.ts';
import { clip, take } from '../../../contract/testing.edit-lists.ts';
import { newId } from '../../platform/random.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';

let house: OpenHouse;
type Person = Awaited<ReturnType<OpenHouse['person']>>;
let maker: Person;
let stranger: Person;

beforeAll(async () => {
  house = await openHouse();
  [maker, stranger] = [await house.person('maker'), await house.person('stranger')];
});
afterAll(() => house.close());

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const partsOf = (bytes: Uint8Array) =>
  Array.from({ length: Math.ceil(bytes.byteLength / draftPartBytes) }, (_, at) =>
    bytes.subarray(at * draftPartBytes, (at + 1) * draftPartBytes),
  );
/** A list that shows these takes, one after the other. */
const listOf = (takes: readonly string[], source: EditSource = take): EditList => ({
  ...emptyEditList,
  sources: Object.fromEntries(takes.map((id) => [id, source])),
  clips: takes.map((id) => clip(`clip-${id}`, 0, 2000, { source: id })),
});
const now = () => new Date(house.clock.now()).toISOString();
const bodyOf = (from: number, list: unknown, more: object = {}) => ({
  ...{ from, list, madeAt: now(), changedAt: now(), device: 'Firefox' },
  ...more,
});
type Put = { draft: AccountDraft; lacking: string[] };
const put = (id: string, from: number, list: unknown, who = maker, more: object = {}) =>
  who.put(`/api/drafts/${id}`, bodyOf(from, list, more));
const facts = { kind: 'take', speed: 1, name: null, leadMs: 120, atMs: null, quiet: false };
const announce = (id: string, takeId: string, bytes: Uint8Array, who = maker, more: object = {}) =>
  who.put(`/api/drafts/${id}/materials/${takeId}`, {
    ...{ ...facts, madeAt: now(), bytes: bytes.byteLength, mime: 'video/mp4' },
    ...{ parts: partsOf(bytes).map(sha), ...more },
  });
const send = async (id: string, takeId: string, part: number | string, bytes: Uint8Array, who = maker) => {
  const body = new Uint8Array(bytes).buffer;
  return who.raw('PUT', `/api/drafts/${id}/materials/${takeId}/parts/${part}`, body, {
    'content-type': 'application/octet-stream',
  });
};
const sendAll = async (id: string, takeId: string, bytes: Uint8Array) => {
  await announce(id, takeId, bytes);
  for (const [at, part] of partsOf(bytes).entries())
    expect((await send(id, takeId, at, part)).status).toBe(204);
};
const read = async (id: string, takeId: string, range?: string, who = maker) => {
  const path = `/api/drafts/${id}/materials/${takeId}`;
  const reply = await who.raw('GET', path, null, range ? { range } : {});
  return { reply, bytes: Buffer.from(await reply.arrayBuffer()) };
};
const filesOf = async () => {
  const keys: string[] = [];
  for await (const { key } of house.rooms.storage.list('drafts/')) keys.push(key);
  return keys;
};
const whole = async (id: string) =>
  (await maker.get(`/api/drafts/${id}`)).json as {
    draft: AccountDraft;
    list: EditList;
    materials: DraftMaterial[];
  };

test('a draft kept on the account is read on another device, list, takes and all', async () => {
  const [id, takeId] = [newId(), newId()];
  const bytes = randomBytes(draftPartBytes + 5000);
  const list = listOf([takeId]);
  const made = (await put(id, 0, list)).json as Put;
  expect(made).toMatchObject({ draft: { revision: 1, complete: false, clips: 1, device: 'Firefox' } });
  expect(made.lacking).toEqual([takeId]);
  await announce(id, takeId, bytes);
  expect((await send(id, takeId, 1, partsOf(bytes)[1]!)).status).toBe(204);
  expect((await whole(id)).draft).toMatchObject({ bytes: bytes.byteLength, bytesHere: 5000 });
  expect((await read(id, takeId)).reply.status).toBe(409);
  // The line broke after the second part: what is here need not come again, and may.
  expect((await whole(id)).materials[0]).toMatchObject({ here: [1], leadMs: 120, kind: 'take' });
  await send(id, takeId, 1, partsOf(bytes)[1]!);
  await send(id, takeId, 0, partsOf(bytes)[0]!);

  const there = await whole(id);
  expect(there.list).toEqual(list);
  expect(there.draft).toMatchObject({ complete: true, bytesHere: bytes.byteLength });
  expect((await put(id, 0, list)).json).toMatchObject({ draft: { revision: 1 }, lacking: [] });
  const all = await read(id, takeId);
  expect(sha(all.bytes)).toBe(sha(bytes));
  expect(all.reply.headers.get('content-type')).toBe('application/octet-stream');
  const over = await read(id, takeId, `bytes=${draftPartBytes - 10}-${draftPartBytes + 9}`);
  expect(over.reply.status).toBe(206);
  expect(over.bytes.equals(bytes.subarray(draftPartBytes - 10, draftPartBytes + 10))).toBe(true);
  expect((await read(id, takeId, 'bytes=-7')).bytes.equals(bytes.subarray(-7))).toBe(true);
  expect((await read(id, takeId, `bytes=${bytes.byteLength}-`)).reply.status).toBe(416);

  const rendering = await house.rooms.drafts.forRendering(maker.me.id, id as DraftId);
  expect(rendering).toMatchObject({ complete: true, revision: 1 });
  const streamed = await new Response(rendering!.materials[0]!.open()).bytes();
  expect(sha(streamed)).toBe(sha(bytes));
});

test('who changes what they have not seen is told what is there, and nothing is overwritten', async () => {
  const id = newId();
  const [first, second, third] = [listOf([newId()]), listOf([newId()]), listOf([newId()])];
  await put(id, 0, first);
  expect((await put(id, 1, second, maker, { device: 'Phone' })).json).toMatchObject({
    draft: { revision: 2 },
  });
  // The answer was lost; the same request again is the same.
  expect((await put(id, 1, second)).json).toMatchObject({ draft: { revision: 2, device: 'Phone' } });
  const refused = await put(id, 1, third);
  expect(refused.status).toBe(409);
  expect(refused.problem).toMatchObject({
    code: 'draft_moved_on',
    details: { revision: 2, device: 'Phone', durationMs: 2000 },
  });
  expect((await whole(id)).list).toEqual(second);
  expect((await put(id, 0, third)).status).toBe(409);

  const twins = await Promise.all([put(id, 2, first), put(id, 2, third)]);
  expect(twins.map((reply) => reply.status).sort()).toEqual([200, 409]);

  expect((await maker.delete(`/api/drafts/${id}?revision=2`)).problem?.code).toBe('draft_moved_on');
  expect((await maker.delete(`/api/drafts/${id}?revision=3`)).status).toBe(204);
  expect((await maker.delete(`/api/drafts/${id}`)).status).toBe(204);
  // Removed by another device: it does not come back by itself.
  expect((await put(id, 3, first)).status).toBe(404);
});

test('a draft is for its maker alone: the same ids of somebody else are other drafts', async () => {
  const [id, takeId] = [newId(), newId()];
  const bytes = randomBytes(300);
  await put(id, 0, listOf([takeId]));
  await sendAll(id, takeId, bytes);
  expect((await stranger.get(`/api/drafts/${id}`)).status).toBe(404);
  expect((await read(id, takeId, undefined, stranger)).reply.status).toBe(404);
  expect((await announce(id, takeId, bytes, stranger)).status).toBe(404);
  expect((await send(id, takeId, 0, bytes, stranger)).status).toBe(404);
  expect((await stranger.delete(`/api/drafts/${id}`)).status).toBe(204);

  expect((await put(id, 0, emptyEditList, stranger)).json).toMatchObject({
    draft: { revision: 1 },
    lacking: [],
  });
  expect((await read(id, takeId, undefined, stranger)).reply.status).toBe(404);
  await stranger.delete(`/api/drafts/${id}`);
  expect((await whole(id)).draft).toMatchObject({ complete: true, revision: 1 });
  expect((await read(id, takeId)).bytes.equals(bytes)).toBe(true);
  // No address without a session, and none among the files that are served to all.
  const [key] = await filesOf();
  expect((await house.browser().get(`/media/${key!.split('/')[1]}/0`)).status).toBe(404);
});

test('what is not a list, not the part that was announced, or too much is refused', async () => {
  const [id, takeId] = [newId(), newId()];
  const bytes = randomBytes(1000);
  expect((await put(id, 0, { ...emptyEditList, version: 9 })).problem?.code).toBe('draft_invalid');
  expect((await put(id, 0, null)).problem?.code).toBe('draft_invalid');
  const hostile = JSON.stringify(bodyOf(0, listOf([takeId])));
  for (const number of ['NaN', '1e999']) {
    const body = hostile.replace('"fps":30', `"fps":${number}`);
    const reply = await maker.raw('PUT', `/api/drafts/${id}`, body, { 'content-type': 'application/json' });
    expect([400, 422]).toContain(reply.status);
  }
  for (const changedAt of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
    expect((await put(newId(), 0, emptyEditList, maker, { changedAt, madeAt: changedAt })).status).toBe(200);
  expect((await put(id, 0, emptyEditList, maker, { device: 'a\0b' })).status).toBe(400);
  await put(id, 0, listOf([takeId]));

  expect((await announce(id, takeId, bytes, maker, { parts: [] })).status).toBe(400);
  expect((await announce(id, takeId, bytes, maker, { bytes: 9 ** 20 })).status).toBe(400);
  expect((await announce(id, takeId, bytes)).status).toBe(200);
  expect((await announce(id, takeId, randomBytes(1000))).problem?.code).toBe('material_differs');
  const refused = async (part: number | string, sent: Uint8Array) =>
    (await send(id, takeId, part, sent)).status;
  expect(await refused(0, randomBytes(1000))).toBe(422);
  expect(await refused(0, bytes.subarray(0, 999))).toBe(422);
  expect(await refused(0, Buffer.concat([bytes, bytes]))).toBe(413);
  expect(await refused(1, bytes)).toBe(404);
  expect([await refused(-1, bytes), await refused('NaN', bytes), await refused(1e9, bytes)]).toEqual([
    400, 400, 400,
  ]);
  expect((await whole(id)).draft.bytesHere).toBe(0);
  expect((await send(id, newId(), 0, bytes)).status).toBe(404);
  expect((await maker.get('/api/drafts?before=999999999999999.aaaaaaaa')).status).toBe(200);
  expect((await maker.get('/api/drafts?before=nonsense')).status).toBe(400);
});

test('an account keeps so many drafts and bytes and no more, and finds each of them page by page', async () => {
  const hoarder = await house.person('hoarder');
  const operator = await house.operator();
  const set = (name: string, value: number) => operator.put(`/api/desk/tunables/${name}`, { value });
  await set('drafts.perAccount', 1000);
  await set('drafts.accountBytes', 1000);
  try {
    const ids = Array.from({ length: 1001 }, () => newId());
    const statuses: number[] = [];
    for (let at = 0; at < ids.length; at += 50) {
      const some = ids.slice(at, at + 50);
      const replies = await Promise.all(some.map((id) => put(id, 0, emptyEditList, hoarder)));
      statuses.push(...replies.map((reply) => reply.status));
    }
    expect(statuses.filter((status) => status === 409)).toHaveLength(1);
    const found = new Set<string>();
    let before: string | null = '';
    for (let pages = 0; before !== null && pages < 20; pages++) {
      const page = await hoarder.get(`/api/drafts?limit=100${before && `&before=${before}`}`);
      const { drafts, next } = page.json as { drafts: AccountDraft[]; next: string | null };
      for (const draft of drafts) found.add(draft.id);
      before = next;
    }
    expect(found.size).toBe(1000);
    const [one] = found;
    expect((await put(one!, 1, listOf([newId()]), hoarder)).status).toBe(200);
    const announced = await Promise.all(
      [600, 600].map((bytes) => announce(one!, newId(), randomBytes(bytes), hoarder)),
    );
    expect(announced.map((reply) => reply.status).sort()).toEqual([200, 409]);
    expect(announced.find((reply) => reply.problem)?.problem).toMatchObject({
      code: 'drafts_no_room',
      details: { maxBytes: 1000 },
    });
  } finally {
    await set('drafts.perAccount', 100);
    await set('drafts.accountBytes', 2_000_000_000);
  }
});

test('bytes go with their draft, with their account, and when no line names them', async () => {
  const leaver = await house.person('leaver');
  await house.settle();
  const before = (await filesOf()).length;
  const [id, other, takeId] = [newId(), newId(), newId()];
  const bytes = randomBytes(draftPartBytes + 1);
  await put(id, 0, listOf([takeId]));
  await sendAll(id, takeId, bytes);
  expect(await filesOf()).toHaveLength(before + 2);
  await maker.delete(`/api/drafts/${id}`);
  await house.settle();
  expect(await filesOf()).toHaveLength(before);
  // The same draft again, while nothing of the old one is left: its takes come anew.
  expect((await put(id, 0, listOf([takeId]))).json).toMatchObject({ lacking: [takeId] });

  await put(other, 0, listOf([takeId]), leaver);
  await announce(other, takeId, bytes.subarray(0, 10), leaver);
  await send(other, takeId, 0, bytes.subarray(0, 10), leaver);
  const removed = { accountId: leaver.me.id, viewerId: newId() };
  await house.database.pool.query(`select graphile_worker.add_job($1, payload => $2::json)`, [
    'account.removed → drafts.forget-account',
    JSON.stringify(removed),
  ]);
  await house.settle();
  expect((await leaver.get(`/api/drafts/${other}`)).status).toBe(404);
  expect(await filesOf()).toHaveLength(before);
});

test('the sweep takes bytes that no line names, and what a list has not needed for a day', async () => {
  const [id, used, unused, nobodys] = [newId(), newId(), newId(), newId()];
  const bytes = randomBytes(50);
  await put(id, 0, listOf([used, unused]));
  await sendAll(id, used, bytes);
  await sendAll(id, unused, bytes);
  const sweep = async () => {
    await house.restart();
    await house.settle();
  };
  expect(((await put(id, 1, listOf([used]))).json as Put).draft).toMatchObject({ complete: true, bytes: 50 });
  await sweep();
  // Undo within the day wants nothing again.
  expect(((await put(id, 2, listOf([used, unused]))).json as Put).lacking).toEqual([]);
  await put(id, 3, listOf([used]));
  house.clock.advance(25 * 3_600_000);
  await house.rooms.storage.put(`drafts/${nobodys}/0`, { bytes });
  await house.rooms.storage.put(`drafts/${newId()}/0`, { bytes });
  await utimes(join(house.folder, 'storage', 'drafts', nobodys, '0'), 0, 0);
  await sweep();
  expect(((await put(id, 4, listOf([used, unused]))).json as Put).lacking).toEqual([unused]);
  expect((await read(id, used)).bytes.equals(bytes)).toBe(true);
  const left = await filesOf();
  expect(left).not.toContain(`drafts/${nobodys}/0`);
  // A young one may belong to a line that is about to be written.
  expect(left.length).toBeGreaterThan(1);
});

test('a part that the disk has lost is asked for again', async () => {
  const [id, takeId] = [newId(), newId()];
  const bytes = randomBytes(80);
  const list = listOf([takeId]);
  await put(id, 0, list);
  const before = new Set(await filesOf());
  await sendAll(id, takeId, bytes);
  const [key] = (await filesOf()).filter((one) => !before.has(one));
  await house.rooms.storage.remove(key!);
  await expect(read(id, takeId)).rejects.toThrow();
  expect(((await put(id, 1, list)).json as Put).lacking).toEqual([takeId]);
  await sendAll(id, takeId, bytes);
  expect((await read(id, takeId)).bytes.equals(bytes)).toBe(true);
});
