import { LRUCache } from 'lru-cache';
import { Refusal } from '../../../contract/errors.ts';
import type { Bus } from '../../platform/bus.ts';
import { rangeOf, tagMatches } from '../../platform/http/ranges.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { AssetsStore } from './assets.store.ts';
import { trackFile } from './media.tables.ts';

/**
 * GET and HEAD of /media/{address}/{file}. Gives what the engine made and nothing else: a file needs a row and a known
 * ending, and its type follows from that ending, never from what was uploaded. Knows no viewer: the address is the key.
 */
export type Files = {
  serve(request: Request, address: string, file: string): Promise<Response>;
  /** The address ended: no process answers for it any more. */
  forget(address: string): Promise<void>;
  stop(): void;
};

const types: Record<string, string> = {
  mp4: 'video/mp4',
  m4s: 'video/mp4',
  m3u8: 'application/vnd.apple.mpegurl',
  webp: 'image/webp',
  m4a: 'audio/mp4',
  jpg: 'image/jpeg',
};

/** `folder`: where its files lie in storage. */
type Known = { folder: string; files: Map<string, { tag: string }> };

export function createFiles(deps: { assets: AssetsStore; storage: Storage; bus: Bus }): Files {
  const { assets, storage, bus } = deps;
  // Seconds: long enough for the ranges of one video, short enough that a lost note about an ended address is no harm.
  const known = new LRUCache<string, Known>({ max: 5000, ttl: 3000 });
  const stopHearing = bus.subscribe('media-address', ({ address }: { address: string }) => {
    known.delete(address);
  });

  const find = async (address: string, file: string): Promise<Known | null> => {
    const found = known.get(address);
    // A file that is not there may have been made a moment ago.
    if (found?.files.has(file)) return found;
    const asset = await assets.byAddress(address);
    if (!asset) {
      const track = await assets.trackByAddress(address);
      if (!track) return null;
      const alone = { folder: `tracks/${track.id}`, files: new Map([[trackFile, { tag: track.tag }]]) };
      known.set(address, alone);
      return alone;
    }
    const files = await assets.files(asset.id);
    const fresh = {
      folder: `assets/${asset.id}`,
      files: new Map(files.map((row) => [row.name, { tag: row.tag }])),
    };
    known.set(address, fresh);
    return fresh;
  };

  /** A page that was loaded before a cover was chosen asks for the poster that ended: it is shown the one there is. */
  const replaced = async (address: string, file: string): Promise<Response> => {
    known.delete(address);
    const asset = file.startsWith('poster-') ? await find(address, file) : null;
    const ending = file.slice(file.lastIndexOf('.'));
    const present = [...(asset?.files.keys() ?? [])].find(
      (name) => name.startsWith('poster-') && name.endsWith(ending) && name !== file,
    );
    if (!present) throw new Refusal('not_found');
    const headers = { location: `/media/${address}/${present}`, 'cache-control': 'no-store' };
    return new Response(null, { status: 302, headers });
  };

  return {
    async serve(request, address, file) {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal('method_not_allowed');
      const [, ending] = /^[a-z0-9][a-z0-9.-]{0,80}\.([a-z0-9]{2,4})$/.exec(file) ?? [];
      const type = ending && types[ending];
      if (!type || !/^[A-Za-z0-9]{16,40}$/.test(address)) throw new Refusal('not_found');
      const asset = await find(address, file);
      const row = asset?.files.get(file);
      if (!asset || !row) return replaced(address, file);
      const key = `${asset.folder}/${file}`;
      const found = await storage.stat(key);
      if (!found) return replaced(address, file);

      const tag = `"${row.tag}"`;
      const headers = new Headers({
        'accept-ranges': 'bytes',
        'cache-control': 'public, max-age=31536000, immutable',
        // Without a name: a link that saves it brings one.
        'content-disposition': 'inline',
        'content-type': type,
        // Link previews of other sites show the JPEG; nothing else is for them.
        'cross-origin-resource-policy': ending === 'jpg' ? 'cross-origin' : 'same-origin',
        etag: tag,
        'x-content-type-options': 'nosniff',
      });
      if (tagMatches(request.headers.get('if-none-match'), tag)) {
        return new Response(null, { status: 304, headers });
      }
      const condition = request.headers.get('if-range');
      const asked = condition === null || condition.trim() === tag ? request.headers.get('range') : null;
      const range = rangeOf(asked, found.bytes);
      if (range === 'none') {
        headers.set('content-range', `bytes */${found.bytes}`);
        headers.delete('content-disposition');
        headers.set('cache-control', 'no-store');
        return new Response(null, { status: 416, headers });
      }
      const part = range === 'whole' ? { start: 0, end: found.bytes - 1 } : range;
      headers.set('content-length', `${part.end - part.start + 1}`);
      if (range !== 'whole') headers.set('content-range', `bytes ${part.start}-${part.end}/${found.bytes}`);
      const status = range === 'whole' ? 200 : 206;
      if (request.method === 'HEAD') return new Response(null, { status, headers });
      const read = await storage.read(key, part);
      if (!read) throw new Refusal('not_found');
      return new Response(read.stream, { status, headers });
    },
    async forget(address) {
      known.delete(address);
      await bus.publish('media-address', { address });
    },
    stop: stopHearing,
  };
}
