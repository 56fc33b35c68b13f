/**
 * What the browser of one order can reach: the page, what it is built of, this order, its materials, and two places to
 * answer to. Listens on this machine alone, on a port of chance; all but the public build lies under a secret that ends
 * with the order. Believes nothing that comes back: it is counted and read by a schema.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type RenderJob, RenderReport } from '../../../contract/render-job.ts';
import type { Material } from './rendering.types.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox allow-scripts allow-same-origin',
].join('; ');

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};
const asset = /^\/assets\/([\w-][\w.-]{0,120})$/;
const reportBytes = 4096;

export type PageHost = { url: string; port: number; close(): Promise<void> };
export type HostOrder = {
  webFolder: string;
  job: RenderJob;
  materials: readonly Material[];
  /** Where the file goes, and how large it may get. */
  made: { path: string; maxBytes: number } | null;
  onReport(report: RenderReport): void;
  onMade(bytes: number): void;
  onTooLarge(): void;
};

export async function hostPage(order: HostOrder): Promise<PageHost> {
  const secret = randomBytes(24).toString('base64url');
  const materials = new Map(order.materials.map((material) => [material.id, material]));
  let taking = false;

  const answer = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    reply.setHeader('x-content-type-options', 'nosniff');
    reply.setHeader('cache-control', 'no-store');
    // Also what was meant for elsewhere comes here, since we are the browser's proxy.
    if (request.headers.host !== `127.0.0.1:${port}` || !path.startsWith('/')) return end(reply, 403);
    if (request.method === 'GET') {
      const name = asset.exec(path)?.[1];
      if (name) return giveFile(reply, join(order.webFolder, 'assets', name));
    }
    if (!path.startsWith(`/${secret}/`)) return end(reply, 404);
    const rest = path.slice(secret.length + 2);
    if (request.method === 'GET' && rest === 'render.html') {
      reply.setHeader('content-security-policy', policy);
      reply.setHeader('content-type', 'text/html; charset=utf-8');
      return void reply.end(await readFile(join(order.webFolder, 'render.html')));
    }
    if (request.method === 'GET' && rest === 'job.json') {
      reply.setHeader('content-type', 'application/json');
      return void reply.end(JSON.stringify(order.job));
    }
    const material =
      request.method === 'GET' && materials.get(/^material\/([\w-]{1,40})$/.exec(rest)?.[1] ?? '');
    if (material) return giveMaterial(request, reply, material);
    if (request.method === 'POST' && rest === 'report') {
      const report = RenderReport.safeParse(await readJson(request));
      if (report.success) order.onReport(report.data);
      return end(reply, report.success ? 204 : 400);
    }
    if (request.method === 'POST' && rest === 'made' && order.made && !taking) {
      taking = true;
      const bytes = await take(request, order.made);
      end(reply, bytes === null ? 413 : 204);
      return bytes === null ? order.onTooLarge() : order.onMade(bytes);
    }
    end(reply, 404);
  };

  const server = createServer((request, reply) => {
    answer(request, reply).catch(() => (reply.headersSent ? reply.destroy() : end(reply, 500)));
  });
  // A tunnel to somewhere else.
  server.on('connect', (_request, socket) => socket.destroy());
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${secret}/render.html`,
    port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function end(reply: ServerResponse, status: number): void {
  reply.statusCode = status;
  reply.end();
}

async function giveFile(reply: ServerResponse, path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return end(reply, 404);
  reply.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
  reply.setHeader('content-length', found.size);
  await pipeline(createReadStream(path), reply);
}

async function giveMaterial(
  { headers }: IncomingMessage,
  reply: ServerResponse,
  { bytes, open }: Material,
): Promise<void> {
  const asked = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(headers.range ?? '');
  if (headers.range && !asked) return end(reply, 416);
  const start = asked ? Number(asked[1]) : 0;
  const last = Math.min(asked ? Number(asked[2]) : bytes - 1, bytes - 1);
  if (start > last) return end(reply, 416);
  reply.statusCode = asked ? 206 : 200;
  if (asked) reply.setHeader('content-range', `bytes ${start}-${last}/${bytes}`);
  reply.setHeader('content-type', 'application/octet-stream');
  reply.setHeader('content-length', last - start + 1);
  await pipeline(Readable.fromWeb(open({ start, end: last }) as never), reply);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > reportBytes) return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Null when it is larger than it may be. */
async function take(
  request: IncomingMessage,
  { path, maxBytes }: { path: string; maxBytes: number },
): Promise<number | null> {
  let bytes = 0;
  const bound = new Transform({
    transform(part: Buffer, _encoding, done) {
      bytes += part.length;
      done(bytes > maxBytes ? new Error('too large') : null, part);
    },
  });
  try {
    await pipeline(request, bound, createWriteStream(path, { mode: 0o600 }));
    return bytes;
  } catch (error) {
    if (bytes > maxBytes) return null;
    throw error;
  }
}
