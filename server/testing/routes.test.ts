import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiRoutes } from '../../contract/api.ts';
import { emptyEditList } from '../../contract/edit-list.ts';
import type { Route } from '../../contract/route.ts';
import { newId } from '../platform/random.ts';
import { type Browser, type OpenHouse, openHouse } from './house.ts';
import { publishedVideo, readyUpload } from './published.ts';

/**
 * Every route with every role. What stands here is asked of the contract, so that a new route is walked the moment
 * it exists: a guest is sent away from what members do, a stranger does not even learn that a thing of somebody
 * else's exists, and only operators come to the desk.
 */
let house: OpenHouse;
const people: Record<string, Browser> = {};
let ids: {
  comment: string;
  draft: string;
  playlist: string;
  upload: string;
  video: string;
  sound: string;
  handle: string;
  friend: string;
};

beforeAll(async () => {
  house = await openHouse();
  const [owner, stranger, operator] = [
    await house.person('owner'),
    await house.person('stranger'),
    await house.operator(),
  ];
  Object.assign(people, { guest: house.browser(), owner, stranger, operator });
  const video = await publishedVideo(house, owner.me.id, { sounding: true });
  const upload = await readyUpload(house, owner.me.id);
  const { sound } = (await owner.get(`/api/videos/${video}`)).json as { sound: { id: string } | null };
  const made = await owner.post('/api/playlists', { key: randomUUID(), title: 'In order', ids: [video] });
  const written = await owner.post(`/api/videos/${video}/comments`, { key: randomUUID(), text: 'First' });
  const draft = newId();
  const now = new Date(house.clock.now()).toISOString();
  await owner.put(`/api/drafts/${draft}`, {
    ...{ from: 0, list: emptyEditList, madeAt: now, changedAt: now, device: null },
  });
  await owner.put(`/api/drafts/${draft}/materials/firsttake`, {
    ...{ kind: 'take', speed: 1, madeAt: now, name: null, leadMs: null, atMs: null, quiet: false },
    ...{ bytes: 1, mime: 'video/mp4', parts: [createHash('sha256').update('x').digest('hex')] },
  });
  ids = {
    comment: (written.json as { comment: { id: string } }).comment.id,
    draft,
    playlist: (made.json as { id: string }).id,
    upload,
    video,
    sound: sound?.id ?? 'nosoundatall',
    handle: owner.me.handle,
    friend: operator.me.handle,
  };
});
afterAll(() => house.close());

const routes = apiRoutes as unknown as Route[];

/** The path with ids of things that belong to `owner`. */
function pathOf(route: Route): string {
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'id')
      return route.path.includes('/uploads/')
        ? ids.upload
        : route.path.startsWith('/api/comments/')
          ? ids.comment
          : route.path.includes('/playlists/')
            ? ids.playlist
            : route.path.includes('/drafts/')
              ? ids.draft
              : route.path.includes('/sounds/')
                ? ids.sound
                : ids.video;
    return (
      {
        handle: /follow/.test(route.path) ? ids.friend : ids.handle,
        tag: 'test',
        take: 'firsttake',
        part: '0',
        name: 'media.maxDurationMs',
        kind: 'topic',
        key: 'test',
        language: 'en',
      }[name] ?? 'x'
    );
  });
}

/** The status of a call whose body says nothing: what matters is whether it came past the guard. */
async function statusOf(who: string, route: Route): Promise<number> {
  const body = route.body ? '{}' : null;
  const leave = new AbortController();
  const response = await people[who]!.raw(
    route.method.toUpperCase(),
    pathOf(route),
    body,
    body ? { 'content-type': 'application/json' } : {},
  );
  leave.abort();
  await response.body?.cancel();
  return response.status;
}

// What deletes goes last, so that the others find the thing.
const ordered = [...routes].sort((a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'));

describe.each(ordered.map((route) => [route.method.toUpperCase(), route.path, route] as const))(
  '%s %s',
  (_m, _p, route) => {
    const needsAccount = ['member', 'owner', 'operator'].includes(route.access);

    test(needsAccount ? 'sends a guest to sign in' : 'takes a guest', async () => {
      const status = await statusOf('guest', route);
      if (needsAccount) expect(status).toBe(401);
      else expect([401, 403, 500]).not.toContain(status);
    });

    test('treats a member who is a stranger as its access says', async () => {
      const status = await statusOf('stranger', route);
      if (route.access === 'operator') expect(status).toBe(403);
      else if (route.name === 'discardUpload') {
        // Discarding is idempotent: a stranger hears what who has nothing to discard hears, and nothing happened.
        expect(status).toBe(204);
        expect((await people.owner!.get(`/api/uploads/${ids.upload}`)).status).toBe(200);
      }
      // Bad input may be told before ownership is looked at: it says nothing of the thing.
      else if (route.access === 'owner') expect(route.body ? [400, 404] : [404]).toContain(status);
      else expect([401, 403, 500]).not.toContain(status);
    });

    test('lets in whom it is for', async () => {
      const who = route.access === 'operator' ? 'operator' : 'owner';
      expect([401, 403, 500]).not.toContain(await statusOf(who, route));
    });
  },
);

test('a path that is in no contract is not found, and says so as a problem document', async () => {
  const reply = await people.guest!.get('/api/nothing-here');
  expect(reply.status).toBe(404);
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(reply.problem?.code).toBe('not_found');
});

test('a request from another site changes nothing', async () => {
  const owner = people.owner!;
  const reply = await owner.raw('PATCH', '/api/me', '{"displayName":"Taken over"}', {
    'content-type': 'application/json',
    origin: 'https://elsewhere.example',
    'sec-fetch-site': 'cross-site',
  });
  expect(reply.status).toBe(403);
});

test('a request for another host name is refused', async () => {
  const reply = await people.guest!.raw('GET', '/api/instance', null, { host: 'rebound.example' });
  expect(reply.status).toBe(421);
});

test('the API describes each of its routes, with schemas that resolve', async () => {
  const { text, json } = await people.guest!.get('/api/openapi.json');
  const { paths, components } = json as {
    paths: Record<string, Record<string, unknown>>;
    components: { schemas: object };
  };
  for (const route of routes) expect(paths[route.path]?.[route.method]).toBeDefined();
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
    expect(components.schemas).toHaveProperty(name!);
  expect(text).not.toContain('$defs');
});
