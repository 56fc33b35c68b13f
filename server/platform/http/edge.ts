import type { Server } from 'node:http';
import { isIP } from 'node:net';
import { type HttpBindings, serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import { Refusal } from '../../../contract/errors.ts';
import type { Route } from '../../../contract/route.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { newId } from '../random.ts';
import { readJson } from './body.ts';
import { createHostGuard, refuseCrossSite, securityHeaders } from './guard.ts';
import type { Call, Caller, Handled } from './handle.ts';
import type { Limiter } from './limit.ts';
import { invalidInput, problemResponse } from './problem.ts';

/**
 * The HTTP edge: the one place that turns requests into calls and refusals into problem documents. It knows
 * hosts, origins, limits and who may call what; it knows no room, and no room knows it.
 */
export type Edge = {
  mount(handled: readonly Handled[]): void;
  /** A path outside the contract (auth, media files, pages): guarded like the rest, the answer is its own. */
  raw(path: string, answer: (call: RawCall) => Promise<Response>): void;
  fetch(request: Request): Response | Promise<Response>;
  listen(host: string, port: number): Promise<{ port: number }>;
  close(): Promise<void>;
};
export type RawCall = Omit<
  Call<Record<string, string>, undefined, undefined>,
  'query' | 'body' | 'caller'
> & {
  identify(): Promise<Caller>;
};

export type EdgeDeps = {
  log: Log;
  limiter: Limiter;
  metrics: Metrics;
  publicUrl: string | null;
  identify(request: Request): Promise<Caller>;
  /** Check each reply against its schema: on in tests, off in service, where it would cost more than the query. */
  checkReplies?: boolean;
};

type Env = { Bindings: HttpBindings };

export function createEdge(deps: EdgeDeps): Edge {
  const app = new Hono<Env>();
  const guardHost = createHostGuard(deps.publicUrl);
  const https = deps.publicUrl?.startsWith('https:') ?? false;
  const stopping = new AbortController();
  let server: Server | null = null;

  /** Everything that holds for every request; `answer` does what is special to one. */
  const respond = async (c: Context<Env>, name: string, answer: (start: Start) => Promise<Response>) => {
    const request = c.req.raw;
    const requestId = newId(12);
    const log = deps.log.child({ requestId });
    const started = performance.now();
    const headers = new Headers();
    let response: Response;
    try {
      guardHost(request.headers.get('host') ?? new URL(request.url).host);
      refuseCrossSite(request, deps.publicUrl);
      response = await answer({ request, requestId, log, headers, ip: addressOf(c, deps.publicUrl) });
    } catch (error) {
      if (!(error instanceof Refusal)) log.error({ err: error, route: name }, 'request failed');
      const refusal =
        error instanceof Refusal ? error : new Refusal(isDatabaseAway(error) ? 'not_ready' : 'internal');
      response = problemResponse(refusal, requestId);
      if (refusal.details.retryAfterSeconds)
        response.headers.set('retry-after', `${refusal.details.retryAfterSeconds}`);
    }
    for (const [key, value] of headers) response.headers.append(key, value);
    response.headers.set('x-request-id', requestId);
    securityHeaders(response.headers, https, response.headers.get('x-framable') === 'yes');
    response.headers.delete('x-framable');
    const seconds = (performance.now() - started) / 1000;
    deps.metrics.requests.observe({ route: name, status: response.status }, seconds);
    log.debug({ route: name, status: response.status, ms: Math.round(seconds * 1000) }, request.method);
    return response;
  };

  const run = async (c: Context<Env>, { route, run }: Handled, start: Start) => {
    const { request, ip } = start;
    const caller = await deps.identify(request);
    if (caller.setCookie && route.access !== 'anyone') {
      // A new device each time: no more than a large household's worth of them from one address.
      await deps.limiter.take('new-viewer', ip, 600, 60);
      start.headers.append('set-cookie', caller.setCookie);
    }
    if (route.limit) {
      const key = caller.accountId ?? (caller.setCookie ? ip : caller.viewerId);
      await deps.limiter.take(route.name, key, route.limit.points, route.limit.seconds);
    }
    refuseAccess(route, caller);
    const params = parse('path', route.params, c.req.param());
    const query = parse('query', route.query, c.req.query());
    const body = route.body ? parse('body', route.body, await readJson(request)) : undefined;
    const result = await run({
      ...start,
      params,
      query,
      body,
      caller,
      signal: AbortSignal.any([request.signal, stopping.signal]),
      setHeader: (key, value) => start.headers.set(key, value),
    });
    if (result instanceof Response) return result;
    if (!route.reply) return new Response(null, { status: 204 });
    if (deps.checkReplies) route.reply.parse(result);
    start.headers.set('content-type', 'application/json');
    if (!start.headers.has('cache-control')) start.headers.set('cache-control', 'no-store');
    return new Response(JSON.stringify(result), { status: route.status ?? 200 });
  };

  app.notFound((c) => respond(c as Context<Env>, 'none', () => Promise.reject(new Refusal('not_found'))));

  return {
    mount(handled) {
      for (const one of handled) {
        const path = one.route.path.replaceAll(/\{(\w+)\}/g, ':$1');
        app.on(one.route.method.toUpperCase(), path, (c) =>
          respond(c, one.route.name, (start) => run(c, one, start)),
        );
      }
    },
    raw(path, answer) {
      app.all(path, (c) =>
        respond(c, path, (start) =>
          answer({
            ...start,
            params: c.req.param() as Record<string, string>,
            signal: AbortSignal.any([start.request.signal, stopping.signal]),
            setHeader: (key, value) => start.headers.set(key, value),
            identify: async () => {
              const caller = await deps.identify(start.request);
              if (caller.setCookie) start.headers.append('set-cookie', caller.setCookie);
              return caller;
            },
          }),
        ),
      );
    },
    fetch: (request) => app.fetch(request),
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server = serve({ fetch: app.fetch, hostname: host, port }, (info) =>
          resolve({ port: info.port }),
        ) as Server;
        server.once('error', reject);
        // A slow client may take its time with a large upload; headers it must send at once.
        server.requestTimeout = 0;
        server.headersTimeout = 20_000;
      }),
    async close() {
      stopping.abort();
      const open = server;
      if (!open) return;
      await new Promise<void>((resolve) => {
        open.close(() => resolve());
        open.closeIdleConnections();
        // What has not ended after five seconds is a client that does not read.
        setTimeout(() => open.closeAllConnections(), 5000).unref();
      });
    },
  };
}

type Start = { request: Request; requestId: string; log: Log; headers: Headers; ip: string };

/** Postgres is starting, stopping or not there: the same request may succeed in a moment (503, not 500). */
function isDatabaseAway(error: unknown): boolean {
  const { code, syscall, message } = error as { code?: string; syscall?: string; message?: string };
  return (
    (syscall === 'connect' && code !== undefined) ||
    /^(57P0[123]|08\w{3})$/.test(code ?? '') ||
    message === 'Connection terminated unexpectedly'
  );
}

function parse(where: 'path' | 'query' | 'body', schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(where, parsed.error);
  return parsed.data;
}

function refuseAccess(route: Route, caller: Caller): void {
  if (route.access === 'anyone' || route.access === 'viewer') return;
  if (!caller.accountId) throw new Refusal('not_signed_in');
  if (route.access === 'operator' && caller.role !== 'operator') throw new Refusal('not_allowed');
}

/** Behind a proxy on this machine or its network (PUBLIC_URL is set) the address is the last one the proxy added. */
function addressOf(c: Context<Env>, publicUrl: string | null): string {
  const direct = c.env?.incoming?.socket.remoteAddress ?? 'local';
  if (!publicUrl || !/^(::1|127\.|::ffff:127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(direct))
    return direct;
  const last = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return last && isIP(last) ? last : direct;
}
