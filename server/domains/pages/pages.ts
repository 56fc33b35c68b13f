import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from '../../../contract/accounts.ts';
import type { Instance } from '../../../contract/desk.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { VideoId } from '../../../contract/ids.ts';
import type { Video } from '../../../contract/videos.ts';
import type { Config } from '../../platform/config.ts';
import type { Edge, RawCall } from '../../platform/http/edge.ts';
import type { Caller } from '../../platform/http/handle.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { apiDescription } from './api-description.rules.ts';
import { docsPage } from './docs.rules.ts';
import { embedPage, oembed } from './embed.rules.ts';
import { escapeHtml, firstScreen, scriptJson, videoHead } from './html.rules.ts';
import { readStaticFiles, type StaticFiles } from './static.ts';

/**
 * What a browser gets before any script runs: the shell with the first picture and the first page of the feed in
 * it, link previews, the embed player, the API's own description. Knows where things are on a page; whether a
 * video may be seen was decided before it got here.
 */
export type Pages = { mount(edge: Edge): void; metrics(): Promise<Response> };

export type PagesDeps = {
  config: Pick<Config, 'name' | 'publicUrl'>;
  metrics: Metrics;
  webFolder: string;
  session(caller: Caller): Promise<Session>;
  instance(): Instance;
  firstPage(caller: Caller, languages: string[]): Promise<FeedPage>;
  /** Null when there is none or this caller may not see it. */
  video(caller: Caller, id: VideoId): Promise<Video | null>;
  person(handle: string): Promise<{ handle: string; displayName: string; bio: string } | null>;
};

/** Pages of the app that need no look-up to know that they exist; the rest of the addresses is not found. */
const appPages = new RegExp(
  `^/(${[
    'following',
    'discover',
    'sounds',
    'upload',
    'studio',
    'studio/insights(/[^/]+)?',
    'settings',
    'settings/feed',
    'sign-in',
    'sign-up',
    'reset-password',
    'verify-email',
    'desk',
    'desk/feed-health',
    'desk/look',
    'desk/packs',
    'desk/comments',
    'desk/experiments(/[^/]+)?',
    'me/videos',
    '(tag|sound|playlist|credits|claim)/[^/]+',
  ].join('|')})$`,
);
const personPage = /^\/@([^/]+)$/;
const videoPage = /^\/@[^/]+\/video\/([A-Za-z0-9_-]{8,40})$/;

export function createPages(deps: PagesDeps): Pages {
  const site = deps.config.name;
  const files: Promise<StaticFiles> = readStaticFiles(deps.webFolder);
  const template: Promise<string | null> = readFile(join(deps.webFolder, 'index.html'), 'utf8').catch(
    () => null,
  );
  const description = JSON.stringify(apiDescription(deps.instance().version));

  const originOf = (request: Request) =>
    deps.config.publicUrl ?? `http://${request.headers.get('host') ?? new URL(request.url).host}`;

  const shell = async (
    call: RawCall,
    status: number,
    parts: { head?: string; feed?: boolean; video?: Video | null } = {},
  ) => {
    const html = await template;
    if (!html) throw new Refusal('not_ready', { reason: 'the web is not built: npm run build' });
    const caller = await call.identify();
    const languages = languagesOf(call.request);
    const [session, feed] = await Promise.all([
      deps.session(caller),
      parts.feed ? deps.firstPage(caller, languages) : null,
    ]);
    const first = firstScreen(parts.video ?? feed?.items[0]?.video ?? ({ media: null } as Video));
    const bootstrap = { session, instance: deps.instance(), feed, video: parts.video ?? null };
    const page = html
      .replace('<!--kinora:head-->', () =>
        [parts.head ?? `<title>${escapeHtml(site)}</title>`, first?.head ?? ''].join('\n    '),
      )
      .replace(
        '<!--kinora:first-->',
        () =>
          `${first?.body ?? ''}<script type="application/json" id="kinora-bootstrap">${scriptJson(bootstrap)}</script>`,
      );
    return new Response(page, {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'private, no-store',
        vary: 'cookie',
      },
    });
  };

  const answer = async (call: RawCall): Promise<Response> => {
    const { request } = call;
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal('method_not_allowed');
    const path = decodePath(new URL(request.url).pathname);
    const file = await (await files).answer(request, path);
    if (file) return file;
    if (path.startsWith('/api/')) throw new Refusal('not_found');
    if (path === '/') return shell(call, 200, { feed: true });
    if (appPages.test(path)) return shell(call, 200);
    const videoId = videoPage.exec(path)?.[1];
    if (videoId) {
      const video = await deps.video(await call.identify(), videoId as VideoId);
      if (!video) return shell(call, 404);
      const open = video.audience === 'everyone' && video.status === 'published';
      const head = open ? videoHead(video, site, originOf(request)) : undefined;
      return shell(call, 200, { head, video });
    }
    const handle = personPage.exec(path)?.[1];
    if (handle) {
      const person = await deps.person(handle);
      if (!person) return shell(call, 404);
      const title = `${person.displayName} (@${person.handle}) · ${site}`;
      const head = `<title>${escapeHtml(title)}</title><meta property="og:title" content="${escapeHtml(title)}"><meta name="description" content="${escapeHtml(person.bio)}"><meta property="og:type" content="profile">`;
      return shell(call, 200, { head });
    }
    return shell(call, 404);
  };

  return {
    async metrics() {
      return new Response(await deps.metrics.registry.metrics(), {
        headers: { 'content-type': deps.metrics.registry.contentType },
      });
    },
    mount(edge) {
      edge.raw(
        '/api/openapi.json',
        async () => new Response(description, { headers: { 'content-type': 'application/json' } }),
      );
      edge.raw(
        '/api/docs',
        async () => new Response(docsPage(site), { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      );
      edge.raw(
        '/robots.txt',
        async () => new Response('User-agent: *\nDisallow: /api/\nDisallow: /media/\nDisallow: /claim/\n'),
      );
      edge.raw('/embed/:id', async (call) => {
        const video = await openVideo(deps, call, call.params.id!);
        call.setHeader('x-framable', 'yes');
        return new Response(embedPage(video, site, originOf(call.request)), {
          headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=300' },
        });
      });
      edge.raw('/api/oembed', async (call) => {
        const query = new URL(call.request.url).searchParams;
        const origin = originOf(call.request);
        const url = query.get('url') ?? '';
        if (!URL.canParse(url) || new URL(url).origin !== origin) throw new Refusal('not_found');
        const id =
          videoPage.exec(decodePath(new URL(url).pathname))?.[1] ??
          new URL(url).pathname.split('/embed/')[1] ??
          '';
        if (query.get('format') && query.get('format') !== 'json')
          throw new Refusal('invalid_input', { format: 'json' });
        const size = (name: string) => Math.min(Math.max(Number(query.get(name)) || 4096, 120), 4096);
        const video = await openVideo(deps, call, id);
        const reply = oembed(video, site, origin, { width: size('maxwidth'), height: size('maxheight') });
        return new Response(JSON.stringify(reply), {
          headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
        });
      });
      edge.raw('/*', answer);
    },
  };
}

/** Somebody else's page asks: only what everybody may see, whoever happens to be signed in. */
async function openVideo(deps: PagesDeps, call: RawCall, id: string): Promise<Video> {
  const stranger: Caller = { viewerId: 'stranger' as Caller['viewerId'], accountId: null, role: 'guest' };
  const video = /^[A-Za-z0-9_-]{8,40}$/.test(id) ? await deps.video(stranger, id as VideoId) : null;
  if (video?.audience !== 'everyone' || !video.media) throw new Refusal('not_found');
  call.log.debug({ videoId: video.id }, 'shown elsewhere');
  return video;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new Refusal('not_found');
  }
}

/** Languages of the browser, most wanted first, without their regions. */
export function languagesOf(request: Request): string[] {
  const wanted = (request.headers.get('accept-language') ?? '').split(',').slice(0, 10);
  const codes = wanted.map((one) => /^\s*([a-z]{2,3})\b/i.exec(one)?.[1]?.toLowerCase());
  return [...new Set(codes.filter((code) => code !== undefined))];
}
