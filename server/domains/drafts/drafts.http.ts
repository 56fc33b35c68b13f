import * as contract from '../../../contract/drafts.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import { rangeOf, tagMatches } from '../../platform/http/ranges.ts';
import type { Drafts, OpenMaterial } from './drafts.ts';

export function draftHttp(drafts: Drafts): Handled[] {
  return [
    handle(contract.listDrafts, (call) =>
      drafts.list(accountOf(call), { limit: call.query.limit, before: call.query.before ?? null }),
    ),
    handle(contract.getDraft, (call) => drafts.open(accountOf(call), call.params.id)),
    handle(contract.putDraft, (call) => drafts.put(accountOf(call), call.params.id, call.body)),
    handle(contract.removeDraft, async (call) => {
      await drafts.remove(accountOf(call), call.params.id, call.query.revision ?? null);
      return undefined;
    }),
    handle(contract.putMaterial, (call) =>
      drafts.announce(accountOf(call), call.params.id, call.params.take, call.body),
    ),
    handle(contract.putPart, async (call) => {
      const { id, take: takeId, part } = call.params;
      await drafts.receive({ accountId: accountOf(call), id, takeId, part }, call.request.body);
      return undefined;
    }),
    handle(contract.readMaterial, async (call) => {
      const { id, take } = call.params;
      return serve(call.request, await drafts.material(accountOf(call), id, take));
    }),
  ];
}

/** Whatever a device sent, as bytes and nothing else: no browser shall take it for a page of ours. */
function serve(request: Request, material: OpenMaterial): Response {
  const tag = `"${material.tag}"`;
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'content-disposition': 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': 'application/octet-stream',
    'cross-origin-resource-policy': 'same-origin',
    etag: tag,
    'x-content-type-options': 'nosniff',
  });
  if (tagMatches(request.headers.get('if-none-match'), tag))
    return new Response(null, { status: 304, headers });
  const condition = request.headers.get('if-range');
  const asked = condition === null || condition.trim() === tag ? request.headers.get('range') : null;
  const range = rangeOf(asked, material.bytes);
  if (range === 'none') {
    headers.set('content-range', `bytes */${material.bytes}`);
    return new Response(null, { status: 416, headers });
  }
  const part = range === 'whole' ? { start: 0, end: material.bytes - 1 } : range;
  headers.set('content-length', `${part.end - part.start + 1}`);
  if (range !== 'whole') headers.set('content-range', `bytes ${part.start}-${part.end}/${material.bytes}`);
  return new Response(material.open(part), { status: range === 'whole' ? 200 : 206, headers });
}
