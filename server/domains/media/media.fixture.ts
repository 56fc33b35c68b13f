import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountId, UploadId, ViewerId } from '../../../contract/ids.ts';
import type { Upload } from '../../../contract/uploads.ts';
import { createBus } from '../../platform/bus.ts';
import { fakeClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { openHome } from '../../platform/home.ts';
import { createEdge, type Edge } from '../../platform/http/edge.ts';
import type { Caller } from '../../platform/http/handle.ts';
import { createLimiter } from '../../platform/http/limit.ts';
import { createJobs } from '../../platform/jobs.ts';
import { createLog } from '../../platform/log.ts';
import { createMediaEngine, type MediaEngine } from '../../platform/media-engine/media-engine.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createOutbox } from '../../platform/outbox.ts';
import { openFolderStorage } from '../../platform/storage/folder.storage.ts';
import { createTunables } from '../../platform/tunables.ts';
import { freshDatabase } from '../../testing/database.ts';
import { createMedia } from './media.ts';

/** This room on real Postgres, real files, the real engine and real HTTP; whose request it is says a header. */
export const mira = 'mira-account' as AccountId;
export const otto = 'otto-account' as AccountId;

export function callerOf(accountId: AccountId): Caller {
  return { accountId, viewerId: `viewer-of-${accountId}` as ViewerId, role: 'member' };
}

export async function openMediaRoom() {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-media-'));
  const database = await freshDatabase();
  const clock = fakeClock();
  const counts = { encodes: 0 };
  let port = 0;
  let rooms = await build();

  async function build() {
    const log = createLog(process.env.TEST_LOG ?? 'silent');
    const home = await openHome(folder);
    const bus = createBus(database, log);
    const jobs = createJobs({ database, log, heavyAtOnce: 1 });
    const outbox = createOutbox(jobs);
    const tunables = createTunables(database, bus);
    const metrics = createMetrics();
    const storage = openFolderStorage(home.storage);
    const engine = counted(createMediaEngine());
    const platform = {
      database: database as Database,
      outbox,
      jobs,
      bus,
      clock,
      log,
      tunables,
      metrics,
      storage,
      home,
    };
    const media = createMedia({ ...platform, engine });
    const edge = createEdge({
      log,
      metrics,
      limiter: createLimiter(false),
      publicUrl: null,
      checkReplies: true,
      identify: async (request) => {
        const name = request.headers.get('x-account');
        if (name) return callerOf(name as AccountId);
        return { accountId: null, viewerId: 'guest-viewer' as ViewerId, role: 'guest' };
      },
    });
    await bus.start();
    return { ...platform, media, edge, engine, home };
  }

  /** Counted, not replaced: the work is done by the real one. */
  function counted(engine: MediaEngine): MediaEngine {
    return {
      ...engine,
      stageA: (...call) => {
        counts.encodes++;
        return engine.stageA(...call);
      },
    };
  }

  const room = {
    database,
    clock,
    folder,
    counts,
    get rooms() {
      return rooms;
    },
    /** Mounts this room (and what `more` adds), brings it to life and listens. */
    async open(more?: (edge: Edge) => void) {
      const { media, edge } = rooms;
      edge.mount(media.http);
      more?.(edge);
      const tus = async (call: { request: Request; identify(): Promise<Caller> }) =>
        media.tus(call.request, await call.identify());
      edge.raw('/api/uploads', tus);
      edge.raw('/api/uploads/:id', tus);
      edge.raw('/media/:address/:file', ({ request, params }) =>
        media.serve(request, params.address!, params.file!),
      );
      await media.start();
      ({ port } = await edge.listen('127.0.0.1', 0));
    },
    /** What a kill leaves: nothing is finished, nothing is said. Then everything is built anew. */
    async restart() {
      await down();
      rooms = await build();
    },
    settle: () => rooms.jobs.drain(),
    call: (account: AccountId | null, path: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        ...init,
        headers: { ...(account && { 'x-account': account }), ...(init.headers as Record<string, string>) },
      }),
    get address() {
      return { port };
    },
    async create(account: AccountId, bytes: number, name = 'take.mp4'): Promise<string> {
      const reply = await room.call(account, '/api/uploads', {
        method: 'POST',
        headers: {
          'tus-resumable': '1.0.0',
          'upload-length': `${bytes}`,
          'upload-metadata': `filename ${Buffer.from(name).toString('base64')},filetype ${btoa('video/mp4')}`,
        },
      });
      if (reply.status !== 201) throw new Error(`create: ${reply.status} ${await reply.text()}`);
      return reply.headers.get('location')!;
    },
    patch: (account: AccountId, location: string, offset: number, bytes: Uint8Array) =>
      room.call(account, location, {
        method: 'PATCH',
        body: bytes as Uint8Array<ArrayBuffer>,
        headers: {
          'tus-resumable': '1.0.0',
          'upload-offset': `${offset}`,
          'content-type': 'application/offset+octet-stream',
        },
      }),
    async offset(account: AccountId, location: string): Promise<number> {
      const reply = await room.call(account, location, {
        method: 'HEAD',
        headers: { 'tus-resumable': '1.0.0' },
      });
      if (reply.status !== 200) throw new Error(`offset: ${reply.status}`);
      return Number(reply.headers.get('upload-offset'));
    },
    /** A whole upload in one go; its id. */
    async upload(account: AccountId, bytes: Uint8Array, name?: string): Promise<UploadId> {
      const location = await room.create(account, bytes.byteLength, name);
      const reply = await room.patch(account, location, 0, bytes);
      if (reply.status !== 204) throw new Error(`patch: ${reply.status} ${await reply.text()}`);
      return location.split('/').at(-1) as UploadId;
    },
    async see(account: AccountId, id: string): Promise<Upload> {
      const reply = await room.call(account, `/api/uploads/${id}`);
      if (reply.status !== 200) throw new Error(`upload: ${reply.status}`);
      return (await reply.json()) as Upload;
    },
    async stored(): Promise<string[]> {
      const keys: string[] = [];
      for (const prefix of ['uploads/', 'assets/']) {
        for await (const { key } of rooms.storage.list(prefix)) keys.push(key);
      }
      return keys.sort();
    },
    async close() {
      await down();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };

  async function down() {
    await rooms.edge.close();
    await rooms.engine.close();
    await rooms.media.stop();
    await rooms.bus.stop();
  }
  return room;
}
export type MediaRoom = Awaited<ReturnType<typeof openMediaRoom>>;
