import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** The built web, held in memory: about four megabytes, most of them weights of networks, squeezed once when first asked for. */
export type StaticFiles = { answer(request: Request, path: string): Promise<Response | null> };

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  // Weights of the studio's networks.
  '.bin': 'application/octet-stream',
  '.tflite': 'application/octet-stream',
};
const squeezable = new Set(['.js', '.css', '.html', '.json', '.svg', '.webmanifest', '.txt']);

/** The shell is filled in before it goes out; the page that renders is for our own browser alone. */
const handedOtherwise = new Set(['/index.html', '/render.html']);

type Kept = {
  bytes: Buffer;
  type: string;
  etag: string;
  squeeze: boolean;
  immutable: boolean;
  made: Map<string, Promise<Buffer>>;
};

const squeezers = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
};

export async function readStaticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, Kept>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    const ending = extname(name);
    if (!types[ending] || handedOtherwise.has(name) || name.startsWith('/.')) continue;
    const bytes = await readFile(path);
    files.set(name, {
      bytes,
      type: types[ending],
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      squeeze: squeezable.has(ending) && bytes.length > 500,
      // The build puts a hash of the content into the names below /assets.
      immutable: name.startsWith('/assets/'),
      made: new Map(),
    });
  }

  return {
    async answer(request, path) {
      const file = files.get(path);
      if (!file) return null;
      const accepted = request.headers.get('accept-encoding') ?? '';
      const coding = !file.squeeze
        ? null
        : /\bbr\b/.test(accepted)
          ? 'br'
          : /\bgzip\b/.test(accepted)
            ? 'gzip'
            : null;
      const headers = new Headers({
        'content-type': file.type,
        'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
        etag: file.etag,
        vary: 'accept-encoding',
      });
      if (request.headers.get('if-none-match') === file.etag)
        return new Response(null, { status: 304, headers });
      if (coding) headers.set('content-encoding', coding);
      if (request.method === 'HEAD') return new Response(null, { headers });
      let bytes: Buffer = file.bytes;
      if (coding) {
        const made = file.made.get(coding) ?? squeezers[coding](file.bytes);
        file.made.set(coding, made);
        bytes = await made;
      }
      return new Response(new Uint8Array(bytes), { headers });
    },
  };
}
