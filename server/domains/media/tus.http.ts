import { type DataStore, Server } from '@tus/server';
import { Refusal, type RefusalCode } from '../../../contract/errors.ts';
import type { AccountId, UploadId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Caller } from '../../platform/http/handle.ts';
import { newId } from '../../platform/random.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { MediaTunables } from './media.tunables.ts';
import type { UploadLocker } from './upload.locker.ts';
import { safeFileName, safeFileType } from './uploads.rules.ts';
import type { UploadsStore } from './uploads.store.ts';

/**
 * The resumable protocol (tus 1.0) over the rows and the bytes: who may, how large, is there room. Knows nothing of
 * what happens to a finished upload but to whom to say so.
 */
export type TusDeps = {
  store: UploadsStore;
  bytes: DataStore;
  storage: Storage;
  locker: UploadLocker;
  tunables: MediaTunables;
  clock: Clock;
  finish(id: UploadId): Promise<void>;
};

const path = '/api/uploads';

export function createTus(deps: TusDeps) {
  const { store, tunables, clock } = deps;
  const owners = new WeakMap<Request, AccountId>();
  const refused = new WeakMap<Request, Refusal>();
  const server = new Server({
    path,
    datastore: deps.bytes,
    locker: deps.locker,
    // A path only: the client adds the host by which it reached us.
    generateUrl: (_request, { id }) => `${path}/${id}`,
    namingFunction: () => newId(),
    maxSize: () => tunables.get('media.uploadBytes'),
    allowedOrigins: () => false,
    lockDrainTimeout: 500,
    async onUploadCreate(request, upload) {
      const ownerId = owners.get(request as Request)!;
      await refuseWithoutRoom(upload.size ?? 0);
      const metadata = {
        fileName: safeFileName(upload.metadata?.filename ?? upload.metadata?.name),
        fileType: safeFileType(upload.metadata?.filetype ?? upload.metadata?.type),
      };
      await store.insert({
        id: upload.id as UploadId,
        owner_id: ownerId,
        file_name: metadata.fileName,
        file_type: metadata.fileType,
        bytes_total: upload.size ?? 0,
        created_at: new Date(clock.now()),
      });
      return {};
    },
    async onUploadFinish(_request, upload) {
      await deps.finish(upload.id as UploadId);
      return {};
    },
    onResponseError(request, error) {
      if (error instanceof Refusal) refused.set(request as Request, error);
      return undefined;
    },
  });

  const refuseWithoutRoom = async (bytes: number) => {
    const free = await deps.storage.freeBytes();
    if (free !== null && free < bytes + tunables.get('media.reserveBytes')) throw new Refusal('disk_full');
  };

  return async (request: Request, caller: Caller): Promise<Response> => {
    const { method } = request;
    const [, id] = /^\/api\/uploads\/([A-Za-z0-9_-]{8,40})$/.exec(new URL(request.url).pathname) ?? [];
    if (method !== 'OPTIONS') {
      if (!caller.accountId) throw new Refusal('not_signed_in');
      if (method === 'POST') {
        if (id) throw new Refusal('method_not_allowed');
        owners.set(request, caller.accountId);
      } else if (method === 'HEAD' || method === 'PATCH' || method === 'DELETE') {
        const row = id ? await store.one(id as UploadId) : undefined;
        if (row?.owner_id !== caller.accountId) throw new Refusal('not_found');
        if (method === 'DELETE' && row.video_id) throw new Refusal('upload_already_used');
      } else throw new Refusal('method_not_allowed');
    }
    const response = await server.handleWeb(request);
    if (response.status < 400) return response;
    const reason = (await response.text()).trim();
    throw refused.get(request) ?? refusalOf(response.status, reason, tunables.get('media.uploadBytes'));
  };
}

const codes: Record<number, RefusalCode> = {
  404: 'not_found',
  409: 'conflict',
  410: 'gone',
  413: 'too_large',
  423: 'conflict',
  507: 'disk_full',
};

function refusalOf(status: number, reason: string, maxBytes: number): Refusal {
  if (status === 413) return new Refusal('too_large', { maxBytes });
  if (status >= 500 && status !== 501 && status !== 507) return new Refusal('internal');
  return new Refusal(codes[status] ?? 'invalid_input', codes[status] ? {} : { where: 'body', reason });
}
