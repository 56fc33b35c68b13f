import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AssetId, UploadId, VideoId } from '../../../contract/ids.ts';
import type { Upload } from '../../../contract/uploads.ts';
import { makeClip } from '../../testing/clips.ts';
import { type MediaRoom, mira, openMediaRoom, otto } from './media.fixture.ts';

// Real encodes in child processes: on a busy machine each takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let room: MediaRoom;
let clips: string;
let clip: Buffer;

beforeAll(async () => {
  clips = await mkdtemp(join(tmpdir(), 'kinora-clips-'));
  const path = join(clips, 'clip.mp4');
  await makeClip(path, {
    width: 180,
    height: 320,
    fps: [30, 1],
    durationMs: 1000,
    sound: { kind: 'beat', levelDb: -12 },
  });
  clip = await readFile(path);
  room = await openMediaRoom();
  await room.open();
});
afterAll(async () => {
  await room?.close();
  await rm(clips, { recursive: true, force: true });
});

/** One upload that is ready, for tests that only look at it. */
let readyUpload: Promise<{ id: UploadId; assetId: AssetId }> | null = null;
const ready = () => {
  readyUpload ??= (async () => {
    const id = await room.upload(mira, freshClip());
    await room.settle();
    return { id, assetId: (await room.rooms.media.uploadFacts(id))!.assetId! };
  })();
  return readyUpload;
};

/** A file of its own: the same picture, other bytes (a free box at the end, which players skip). */
let copies = 0;
const freshClip = () => {
  const mark = Buffer.from(`\0\0\0\x10free${String(copies++).padStart(8, '0')}`, 'latin1');
  return Buffer.concat([clip, mark]);
};

describe('an upload', () => {
  test('survives a cut in the middle and a restart of the server, byte for byte', async () => {
    const bytes = freshClip();
    const location = await room.create(mira, bytes.byteLength, '../evil/\u202emy take.mp4');
    expect(location).toMatch(/^\/api\/uploads\/[A-Za-z0-9]{20}$/);
    const half = Math.floor(bytes.byteLength / 2);
    await cutOff(room.address.port, location, bytes.byteLength, bytes.subarray(0, half));
    const kept = await offsetWhenQuiet(location);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(half);

    await room.restart();
    await room.open();
    expect(await room.offset(mira, location)).toBe(kept);
    const wrong = await room.patch(mira, location, kept + 1, bytes.subarray(kept + 1));
    expect(wrong.status).toBe(409);
    const rest = await room.patch(mira, location, kept, bytes.subarray(kept));
    expect(rest.status).toBe(204);
    const id = location.split('/').at(-1)!;
    const source = await readFile(join(room.folder, 'storage', 'uploads', id));
    expect(source.equals(bytes)).toBe(true);
    expect(await room.see(mira, id)).toMatchObject({ state: 'received', fileName: 'my take.mp4' });
    await room.rooms.media.removeUpload(id as UploadId);
  });

  test('whose last byte came just before a kill is taken up at the next start', async () => {
    const bytes = freshClip();
    const location = await room.create(mira, bytes.byteLength);
    const id = location.split('/').at(-1)!;
    await writeFile(join(room.folder, 'storage', 'uploads', id), bytes);
    expect((await room.see(mira, id)).state).toBe('receiving');
    await room.rooms.media.start();
    expect((await room.see(mira, id)).state).toBe('received');
    await room.rooms.media.removeUpload(id as UploadId);
  });

  test('is its owner’s alone, and no guest’s', async () => {
    const location = await room.create(mira, 100);
    const head = { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } };
    expect((await room.call(otto, location, head)).status).toBe(404);
    expect((await room.patch(otto, location, 0, clip.subarray(0, 10))).status).toBe(404);
    expect((await room.call(otto, location)).status).toBe(404);
    expect((await room.call(null, location, head)).status).toBe(401);
    const remove = { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } };
    expect((await room.call(otto, location, remove)).status).toBe(404);
    expect((await room.call(mira, location, remove)).status).toBe(204);
    expect((await room.call(mira, location, head)).status).toBe(404);
  });

  test('that is too large, or for which there is no room, is refused before it begins', async () => {
    const create = (bytes: number) =>
      room.call(mira, '/api/uploads', {
        method: 'POST',
        headers: { 'tus-resumable': '1.0.0', 'upload-length': `${bytes}` },
      });
    const large = await create(501_000_000);
    expect([large.status, ((await large.json()) as { code: string }).code]).toEqual([413, 'too_large']);
    await room.rooms.tunables.set('media.reserveBytes', 1e12, mira);
    const full = await create(1000);
    expect([full.status, ((await full.json()) as { code: string }).code]).toEqual([507, 'disk_full']);
    await room.rooms.tunables.set('media.reserveBytes', 0, mira);
  });

  test('gives way when its client comes back on a second connection', async () => {
    const bytes = freshClip();
    const location = await room.create(mira, bytes.byteLength);
    const silent = await openPatch(room.address.port, location, bytes.byteLength, bytes.subarray(0, 1000));
    await offsetWhenQuiet(location, 1000);
    const reply = await room.patch(mira, location, 1000, bytes.subarray(1000));
    expect(reply.status).toBe(204);
    silent.destroy();
    const id = location.split('/').at(-1)!;
    expect((await readFile(join(room.folder, 'storage', 'uploads', id))).equals(bytes)).toBe(true);
    await room.rooms.media.removeUpload(id as UploadId);
  });

  test('that is given up leaves nothing', async () => {
    const before = await room.stored();
    const location = await room.create(mira, 5000);
    await room.patch(mira, location, 0, clip.subarray(0, 1000));
    const path = `/api/me/uploads/${location.split('/').at(-1)}`;
    expect((await room.call(mira, path, { method: 'DELETE' })).status).toBe(204);
    expect((await room.call(mira, path, { method: 'DELETE' })).status).toBe(204);
    expect(await room.stored()).toEqual(before);
  });
});

describe('a file', () => {
  test('becomes playable, is told step by step, and gets its better rungs later', async () => {
    await room.settle();
    const location = await room.create(mira, clip.byteLength);
    const id = location.split('/').at(-1)!;
    const told = followed(await room.call(mira, `/api/uploads/${id}/events`));
    await room.patch(mira, location, 0, clip);
    await room.settle();
    const states = (await told).map((upload) => upload.state);
    expect(states[0]).toBe('receiving');
    expect(states.at(-1)).toBe('ready');
    const upload = await room.see(mira, id);
    expect(upload.facts).toMatchObject({ durationMs: 1000, width: 180, height: 320, hasSound: true });
    expect(upload.storyboard?.count).toBeGreaterThan(3);

    const facts = (await room.rooms.media.uploadFacts(id as UploadId))!;
    const media = (await room.rooms.media.assets([facts.assetId!])).get(facts.assetId!)!;
    expect(media.renditions).toMatchObject([{ rung: 540, codec: 'h264' }]);
    expect(media.thumbhash).toBeTruthy();
    for (const url of [
      media.posterUrl,
      media.previewUrl,
      media.renditions[0]!.url,
      media.hlsUrl!,
      upload.storyboard!.url,
    ]) {
      const reply = await room.call(null, url);
      expect([url, reply.status]).toEqual([url, 200]);
      expect((await reply.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
  });

  test.each([
    ['text', Buffer.from('this is no video at all, only words'.repeat(50)), 'not_a_video'],
    ['nothing', Buffer.alloc(0), 'empty_file'],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'.repeat(40)), 'not_a_video'],
  ])('that is %s is refused with a reason, and kept until it is given up', async (_what, bytes, code) => {
    const location = await room.create(mira, bytes.byteLength);
    if (bytes.byteLength > 0) await room.patch(mira, location, 0, bytes);
    await room.settle();
    const id = location.split('/').at(-1)!;
    expect(await room.see(mira, id)).toMatchObject({ state: 'refused', refusal: { code } });
    expect(await room.stored()).toContain(`uploads/${id}`);
    await room.call(mira, `/api/me/uploads/${id}`, { method: 'DELETE' });
    expect(await room.stored()).not.toContain(`uploads/${id}`);
  });

  test('that comes a second time is encoded once, and each copy lives by itself', async () => {
    const bytes = freshClip();
    const first = await room.upload(mira, bytes);
    await room.settle();
    const { encodes } = room.counts;
    const second = await room.upload(otto, bytes);
    await room.settle();
    expect(room.counts.encodes).toBe(encodes);
    const [a, b] = [
      (await room.rooms.media.uploadFacts(first))!,
      (await room.rooms.media.uploadFacts(second))!,
    ];
    expect(b).toMatchObject({ state: 'ready', facts: a.facts });
    await room.rooms.media.removeUpload(first);
    const media = (await room.rooms.media.assets([b.assetId!])).get(b.assetId!)!;
    expect((await room.call(null, media.renditions[0]!.url)).status).toBe(200);
    expect((await room.call(null, media.hlsUrl!)).status).toBe(200);
  });

  test('whose reader was killed is taken up again and leaves no half file', async () => {
    const id = await room.upload(mira, freshClip());
    const going = room.settle().catch(() => {});
    await state(id, 'making');
    // The engine's child dies under the job, and with it the job: what kill -9 does to both.
    await room.rooms.engine.close();
    await going;
    expect((await room.stored()).filter((key) => key.includes('/.'))).toEqual([]);
    await room.restart();
    await room.open();
    await room.database.pool.query('update graphile_worker._private_jobs set run_at = now()');
    await room.settle();
    expect((await room.see(mira, id)).state).toBe('ready');
  });

  test('gets the cover its owner chose, and pages that hold the old one are shown it too', async () => {
    const { id } = await ready();
    const before = (await room.see(mira, id)).posterUrl!;
    const reply = await room.call(mira, `/api/uploads/${id}/cover`, {
      method: 'PUT',
      body: JSON.stringify({ atMs: 700 }),
      headers: { 'content-type': 'application/json' },
    });
    expect(reply.status).toBe(200);
    const after = ((await reply.json()) as Upload).posterUrl!;
    expect(after).not.toBe(before);
    expect((await room.call(null, after)).status).toBe(200);
    const old = await room.call(null, before);
    expect([old.status, new URL(old.url).pathname]).toEqual([200, after]);
    const renamed = after.replace(/poster-/, 'portrait-');
    expect((await room.call(null, renamed)).status).toBe(404);
  });
});

describe('a media address', () => {
  let url: string;
  let assetId: AssetId;
  let whole: Buffer;
  beforeAll(async () => {
    ({ assetId } = await ready());
    url = (await room.rooms.media.assets([assetId])).get(assetId)!.renditions[0]!.url;
    whole = Buffer.from(await (await room.call(null, url)).arrayBuffer());
  });

  test.each([
    ['bytes=0-99', 206, 0, 100],
    ['bytes=100-', 206, 100, null],
    ['bytes=-50', 206, -50, null],
    ['bytes=5-5', 206, 5, 6],
    ['bytes=0-99999999', 206, 0, null],
    ['bytes=0-1,5-6', 200, 0, null],
    ['chunks=0-1', 200, 0, null],
    ['bytes=9-5', 200, 0, null],
  ])('answers the range %s with %d and exactly its bytes', async (range, status, from, to) => {
    const reply = await room.call(null, url, { headers: { range } });
    expect(reply.status).toBe(status);
    const expected = whole.subarray(from < 0 ? whole.length + from : from, to ?? undefined);
    expect(Buffer.from(await reply.arrayBuffer()).equals(expected)).toBe(true);
    expect(reply.headers.get('content-length')).toBe(`${expected.length}`);
  });

  test('says what may be kept, and what is beyond its end', async () => {
    const reply = await room.call(null, url, { method: 'HEAD' });
    const tag = reply.headers.get('etag')!;
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-length': `${whole.length}`,
    });
    expect((await room.call(null, url, { headers: { 'if-none-match': tag } })).status).toBe(304);
    const part = { range: 'bytes=0-9' };
    expect((await room.call(null, url, { headers: { ...part, 'if-range': tag } })).status).toBe(206);
    expect((await room.call(null, url, { headers: { ...part, 'if-range': '"other"' } })).status).toBe(200);
    const beyond = await room.call(null, url, { headers: { range: `bytes=${whole.length}-` } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
    expect((await room.call(null, url, { method: 'POST' })).status).toBe(405);
  });

  test('gives only what the engine made', async () => {
    const base = url.slice(0, url.lastIndexOf('/'));
    for (const name of ['540.html', 'x.mp4', '..%2f..%2fsecret', '.part', '%00.mp4', 'source']) {
      expect([name, (await room.call(null, `${base}/${name}`)).status]).toEqual([name, 404]);
    }
  });

  test('ends when it is renewed, at once', async () => {
    expect((await room.call(null, url)).status).toBe(200);
    await room.rooms.media.renewAddress(assetId);
    expect((await room.call(null, url)).status).toBe(404);
    const next = (await room.rooms.media.assets([assetId])).get(assetId)!.renditions[0]!.url;
    expect((await room.call(null, next)).status).toBe(200);
  });
});

describe('the house keeping', () => {
  test('removes files without rows, makes lost files again, and leaves what is young alone', async () => {
    const { assetId } = await ready();
    const { storage } = room.rooms;
    const bytes = { bytes: new Uint8Array(10) };
    const old = ['uploads/nobodysupload', 'assets/nobodysasset/540.mp4', `assets/${assetId}/half.mp4`];
    for (const key of [...old, 'uploads/youngupload']) await storage.put(key, bytes);
    for (const key of old) await utimes(join(room.folder, 'storage', key), 0, 0);
    await storage.remove(`assets/${assetId}/540.mp4`);
    await room.rooms.media.start();
    await room.settle();
    const stored = await room.stored();
    for (const key of old) expect(stored).not.toContain(key);
    expect(stored).toContain('uploads/youngupload');
    const media = (await room.rooms.media.assets([assetId!])).get(assetId!)!;
    expect((await room.call(null, media.renditions[0]!.url)).status).toBe(200);
    await storage.remove('uploads/youngupload');
  });

  test('takes uploads that nobody came back to', async () => {
    const location = await room.create(mira, 5000);
    const id = location.split('/').at(-1)!;
    await room.patch(mira, location, 0, clip.subarray(0, 1000));
    room.clock.advance(8 * 86_400_000);
    expect(
      (await room.call(mira, location, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })).status,
    ).toBe(410);
    await room.rooms.media.start();
    await room.settle();
    expect((await room.call(mira, `/api/uploads/${id}`)).status).toBe(404);
    expect(await room.stored()).not.toContain(`uploads/${id}`);
  });

  test('finishes a removal that was cut short', async () => {
    const id = await room.upload(mira, clip);
    await room.database.pool.query('update uploads set going_at = now() where id = $1', [id]);
    await room.rooms.media.start();
    await room.settle();
    expect((await room.stored()).filter((key) => key.includes(id))).toEqual([]);
    const { rows } = await room.database.pool.query('select 1 from uploads where id = $1', [id]);
    expect(rows).toEqual([]);
  });
});

test('prepared media is ready at once, and the same key is the same media', async () => {
  const { assetId } = await ready();
  const path = join(room.folder, 'storage', 'assets', assetId!, '540.mp4');
  const sharp = (await import('sharp')).default;
  const posterWebp = await sharp({ create: { width: 54, height: 96, channels: 3, background: '#fb0' } })
    .webp()
    .toBuffer();
  const facts = {
    durationMs: 1500,
    width: 540,
    height: 960,
    frameRate: 30,
    hasSound: true,
    bytes: (await stat(path)).size,
  };
  const prepared = { ownerId: otto, file: path, posterWebp, facts, demo: true as const, key: 'piece-1' };
  const made = await room.rooms.media.importReady(prepared);
  expect(await room.rooms.media.importReady(prepared)).toEqual(made);
  const media = (await room.rooms.media.assets([made.assetId])).get(made.assetId)!;
  for (const url of [media.posterUrl, media.previewUrl, media.renditions[0]!.url]) {
    expect((await room.call(null, url)).status).toBe(200);
  }
  await room.rooms.media.removeAsset(made.assetId);
  expect((await room.stored()).filter((key) => key.includes(made.assetId))).toEqual([]);
});

test.skipIf(!existsSync('/proc/self/fd'))(
  'a client that goes away in the middle leaves no file open',
  async () => {
    const path = join(room.folder, 'large.mp4');
    await writeFile(path, Buffer.alloc(40_000_000));
    const sharp = (await import('sharp')).default;
    const posterWebp = await sharp({ create: { width: 9, height: 16, channels: 3, background: '#fb0' } })
      .webp()
      .toBuffer();
    const facts = {
      durationMs: 1000,
      width: 540,
      height: 960,
      frameRate: 30,
      hasSound: true,
      bytes: 40_000_000,
    };
    const prepared = { ownerId: otto, file: path, posterWebp, facts, demo: true as const, key: 'large' };
    const { assetId } = await room.rooms.media.importReady(prepared);
    const url = (await room.rooms.media.assets([assetId])).get(assetId)!.renditions[0]!.url;
    const opened = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).includes(assetId);
        } catch {
          // It was closed since the folder was read.
          return false;
        }
      }).length;
    const until = async (wanted: number) => {
      while (opened() !== wanted) await new Promise((resolve) => setImmediate(resolve));
    };
    const socket = connect(room.address.port, '127.0.0.1', () => {
      socket.write(`GET ${url} HTTP/1.1\r\nhost: 127.0.0.1:${room.address.port}\r\n\r\n`);
    });
    await until(1);
    socket.destroy();
    await until(0);
  },
);

test('a video that is watched often is ordered in AV1, once', async () => {
  const { assetId } = await ready();
  const videoId = 'watched-video' as VideoId;
  const { outbox, tunables, database } = room.rooms;
  await tunables.set('media.av1AfterViews', 10, mira);
  const db = database.of();
  await outbox.emit(db, 'post.published', { ...published, videoId, assetId: assetId! });
  await room.settle();
  await outbox.emit(db, 'views.recorded', { counts: [{ videoId, views: 6 }] });
  await room.settle();
  const codecs = async () =>
    (await room.rooms.media.assets([assetId!])).get(assetId!)!.renditions.map((rendition) => rendition.codec);
  expect(await codecs()).toEqual(['h264']);
  await outbox.emit(db, 'views.recorded', {
    counts: [
      { videoId, views: 6 },
      { videoId: 'unknown', views: 99 },
    ],
  });
  await room.settle();
  expect(await codecs()).toEqual(['h264', 'av1']);
});

const published = {
  authorId: mira,
  soundId: null,
  ownsSound: false,
  soundTitle: null,
  tags: [],
  topics: [],
  language: null,
  audience: 'everyone' as const,
  durationMs: 1500,
  publishedAt: new Date(0).toISOString(),
  demo: false,
};

/** A PATCH that promises everything and sends only a part; resolves with its open connection. */
function openPatch(port: number, location: string, total: number, part: Uint8Array) {
  return new Promise<ReturnType<typeof connect>>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `PATCH ${location} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-account: ${mira}\r\ntus-resumable: 1.0.0\r\n` +
          `upload-offset: 0\r\ncontent-type: application/offset+octet-stream\r\ncontent-length: ${total}\r\n\r\n`,
      );
      socket.write(part, () => resolve(socket));
    });
    socket.once('error', reject);
  });
}

async function cutOff(port: number, location: string, total: number, part: Uint8Array): Promise<void> {
  const socket = await openPatch(port, location, total, part);
  const file = join(room.folder, 'storage', 'uploads', location.split('/').at(-1)!);
  while ((await stat(file)).size === 0) await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
}

/** Asks until two answers are the same (and at least `from`): the server has noticed that the client is gone. */
async function offsetWhenQuiet(location: string, from = 1): Promise<number> {
  const file = join(room.folder, 'storage', 'uploads', location.split('/').at(-1)!);
  while ((await stat(file)).size < from) await new Promise((resolve) => setImmediate(resolve));
  if (from > 1) return from;
  return room.offset(mira, location);
}

async function state(id: string, wanted: Upload['state']): Promise<void> {
  while ((await room.see(mira, id)).state !== wanted) await new Promise((resolve) => setImmediate(resolve));
}

async function followed(reply: Response): Promise<Upload[]> {
  const text = await reply.text();
  return [...text.matchAll(/^event: upload\ndata: (.*)$/gm)].map((match) => JSON.parse(match[1]!) as Upload);
}
