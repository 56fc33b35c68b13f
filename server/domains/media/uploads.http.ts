import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, UploadId } from '../../../contract/ids.ts';
import {
  chooseCover,
  discardUpload,
  followUpload,
  getUpload,
  listUploads,
  tusCreate,
  tusPatch,
  type Upload,
} from '../../../contract/uploads.ts';
import type { Bus } from '../../platform/bus.ts';
import { accountOf, type Caller, type Handled, handle } from '../../platform/http/handle.ts';
import { followStream } from '../../platform/http/sse.ts';
import { type ProgressNote, topicOf } from './uploads.progress.ts';

export type UploadVerbs = {
  bus: Bus;
  tus(request: Request, caller: Caller): Promise<Response>;
  find(id: UploadId, accountId: AccountId): Promise<Upload | null>;
  list(accountId: AccountId): Promise<Upload[]>;
  cover(id: UploadId, atMs: number, signal: AbortSignal): Promise<void>;
  discard(id: UploadId): Promise<void>;
};

export function uploadsHttp(verbs: UploadVerbs): Handled[] {
  const own = async (id: UploadId, accountId: AccountId): Promise<Upload> => {
    const upload = await verbs.find(id, accountId);
    if (!upload) throw new Refusal('not_found');
    return upload;
  };
  return [
    handle(listUploads, async (call) => ({ uploads: await verbs.list(accountOf(call)) })),
    handle(getUpload, async (call) => {
      // The router hands HEAD to the route of GET; here HEAD is the tus client asking for its offset.
      if (call.request.method === 'HEAD') return verbs.tus(call.request, call.caller);
      return own(call.params.id, accountOf(call));
    }),
    handle(followUpload, async (call) => {
      const accountId = accountOf(call);
      await own(call.params.id, accountId);
      return follow(verbs, call.params.id, accountId, call.signal);
    }),
    handle(chooseCover, async (call) => {
      const accountId = accountOf(call);
      const upload = await own(call.params.id, accountId);
      if (upload.state !== 'ready') throw new Refusal('upload_not_finished', { state: upload.state });
      await verbs.cover(upload.id, call.body.atMs, call.signal);
      return own(upload.id, accountId);
    }),
    handle(discardUpload, async (call) => {
      const upload = await verbs.find(call.params.id, accountOf(call));
      if (upload?.videoId) throw new Refusal('upload_already_used');
      // Again, after it is gone: the same answer.
      if (upload) await verbs.discard(upload.id);
      return new Response(null, { status: 204 });
    }),
    handle(tusCreate, (call) => verbs.tus(call.request, call.caller)),
    handle(tusPatch, (call) => verbs.tus(call.request, call.caller)),
  ];
}

function follow(verbs: UploadVerbs, id: UploadId, accountId: AccountId, signal: AbortSignal): Response {
  return followStream<Upload>(signal, {
    event: 'upload',
    look: () => verbs.find(id, accountId),
    isLast: ({ state }) => state === 'ready' || state === 'refused',
    subscribe: (look, { last: said, say }) =>
      verbs.bus.subscribe(topicOf(id), (note: ProgressNote) => {
        const last = said();
        if (!last || (note.progress === undefined && note.bytesReceived === undefined)) return look();
        if (note.bytesReceived !== undefined && last.state !== 'receiving') return;
        if (note.progress !== undefined && last.state !== 'making') return look();
        const bytesReceived = note.bytesReceived ?? last.bytesReceived;
        const progress = note.progress ?? (last.bytesTotal ? bytesReceived / last.bytesTotal : 0);
        // Notes of two processes may overtake each other; progress only ever grows.
        if (progress > last.progress) say({ ...last, bytesReceived, progress });
      }),
  });
}
