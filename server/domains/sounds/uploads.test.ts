import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UploadSound } from '../../../contract/sounds.ts';
import type { Video } from '../../../contract/videos.ts';
import { type OpenHouse, openHouse } from '../../testing/house.ts';
import { publishedVideo, readyUpload } from '../../testing/published.ts';
import { songClip } from './songs.fixture.ts';

/** Before a video is published its author learns which known sound is heard in it. */
type Person = Awaited<ReturnType<OpenHouse['person']>>;
let house: OpenHouse;
let folder: string;
let mira: Person;
let noah: Person;
/** Ten seconds of a piece, and eight of them in another file. */
let whole: Awaited<ReturnType<typeof songClip>>;
let piece: typeof whole;
beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'kinora-songs-'));
  [mira, noah] = [await house.person('mira'), await house.person('noah')];
  whole = await songClip(folder, { mood: 'drizzle', seed: 10 });
  piece = await songClip(folder, { mood: 'drizzle', seed: 10, fromMs: 1500, durationMs: 8000 });
});
afterAll(async () => {
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

const uploadOf = async (person: Person, clip: Parameters<typeof readyUpload>[2]) =>
  `/api/uploads/${await readyUpload(house, person.me.id, clip)}/sound`;
const ask = async (person: Person, path: string) => (await person.put(path, {})).json as UploadSound;

test('an upload says which known sound is heard in it, and what that means once it is out', async () => {
  const hidden = await publishedVideo(house, mira.me.id, {
    clip: whole,
    soundTitle: 'Gutter',
    audience: 'me',
  });
  const path = await uploadOf(noah, piece);
  expect(await ask(noah, path)).toEqual({ state: 'listening', known: null });
  await house.settle();
  // Nobody hears it in public.
  expect(await ask(noah, path)).toEqual({ state: 'done', known: null });

  await mira.patch(`/api/videos/${hidden}`, { audience: 'everyone' });
  const { id } = ((await mira.get(`/api/videos/${hidden}`)).json as Video).sound!;
  const [other, own] = [await uploadOf(noah, piece), await uploadOf(mira, piece)];
  for (const [who, where] of [
    [noah, other],
    [noah, other],
    [mira, own],
  ] as const)
    await ask(who, where);
  const { rows } = await house.database.pool.query(
    `select count(*)::int as orders from graphile_worker.jobs where task_identifier = 'recognise-upload'`,
  );
  expect(rows[0].orders).toBe(2);
  await house.settle();
  const known = { id, title: 'Gutter', ownerHandle: mira.me.handle };
  expect((await ask(noah, other)).known).toEqual({ ...known, outcome: 'linked' });
  // Its maker has nothing to learn.
  expect(await ask(mira, own)).toEqual({ state: 'done', known: null });

  // What its owner, or an operator, says afterwards holds.
  await mira.patch(`/api/sounds/${id}`, { licence: 'mine' });
  expect((await ask(noah, other)).known).toEqual({ ...known, outcome: 'licence' });
  const operator = await house.operator();
  await operator.put(`/api/desk/sounds/${id}/withdrawal`, { reason: 'rights' });
  expect((await ask(noah, other)).known).toEqual({ ...known, outcome: 'silent' });
  // Nothing is kept but the answer.
  const kept = await house.database.pool.query('select id from tracks where id like $1', ['of-%']);
  expect(kept.rows).toEqual([]);
});

test('without sound there is nothing to listen to, and another’s upload is nobody’s', async () => {
  const silent = await uploadOf(noah, {});
  expect(await ask(noah, silent)).toEqual({ state: 'done', known: null });
  expect((await mira.put(silent, {})).status).toBe(404);
});
