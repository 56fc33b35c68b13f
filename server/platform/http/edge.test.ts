import { expect, test } from 'vitest';
import { z } from 'zod';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, ViewerId } from '../../../contract/ids.ts';
import { route } from '../../../contract/route.ts';
import { createBrowser } from '../../testing/browser.ts';
import { createLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { createEdge } from './edge.ts';
import { type Caller, handle } from './handle.ts';
import { createLimiter } from './limit.ts';

const guest: Caller = { viewerId: 'viewer-of-a-guest' as ViewerId, accountId: null, role: 'guest' };
const member: Caller = {
  viewerId: 'viewer-of-a-member' as ViewerId,
  accountId: 'member-account' as AccountId,
  role: 'member',
};

function open(publicUrl: string | null = null) {
  const edge = createEdge({
    log: createLog('silent'),
    limiter: createLimiter(),
    metrics: createMetrics(),
    publicUrl,
    identify: async (request) => (request.headers.get('cookie')?.includes('member') ? member : guest),
    checkReplies: true,
  });
  const body = z.object({ text: z.string().max(20) }).strict();
  const common = { method: 'post', summary: '', body, reply: z.object({ text: z.string() }) } as const;
  edge.mount([
    handle(
      route({ ...common, name: 'echo', path: '/api/echo', access: 'viewer' }),
      async (call) => call.body,
    ),
    handle(
      route({
        ...common,
        name: 'few',
        path: '/api/few',
        access: 'viewer',
        limit: { points: 2, seconds: 60 },
      }),
      async (call) => call.body,
    ),
    handle(route({ ...common, name: 'refuse', path: '/api/refuse', access: 'viewer' }), async () => {
      throw new Refusal('conflict', { why: 'because' });
    }),
    handle(route({ ...common, name: 'bug', path: '/api/bug', access: 'viewer' }), async () => {
      throw new Error('the secret inside of a bug');
    }),
  ]);
  return createBrowser(edge.fetch, publicUrl ?? 'http://localhost:3000');
}

test('bad input is refused with every fault and its place', async () => {
  const browser = open();
  const wrong = await browser.post('/api/echo', { text: 'x'.repeat(30), more: 1 });
  expect(wrong.status).toBe(400);
  expect(wrong.problem).toMatchObject({ code: 'invalid_input', details: { where: 'body' } });
  expect(JSON.stringify(wrong.problem?.details)).toContain('text');
  const text = await browser.raw('POST', '/api/echo', 'text=1', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(text.status).toBe(400);
  expect(
    (await browser.raw('POST', '/api/echo', '{"text":', { 'content-type': 'application/json' })).status,
  ).toBe(400);
  expect(
    (
      await browser.raw('POST', '/api/echo', new Uint8Array([0xff, 0xfe]), {
        'content-type': 'application/json',
      })
    ).status,
  ).toBe(400);
});

test('a body larger than any of ours is cut off, whatever its length says', async () => {
  const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(100_000)) });
  const reply = await open().raw('POST', '/api/echo', endless, { 'content-type': 'application/json' });
  expect(reply.status).toBe(413);
});

test('a refusal is a problem document with its code, and a bug tells nothing but its request id', async () => {
  const browser = open();
  const refused = await browser.post('/api/refuse', { text: '' });
  expect(refused.status).toBe(409);
  expect(refused.problem).toMatchObject({ code: 'conflict', status: 409, details: { why: 'because' } });
  const bug = await browser.post('/api/bug', { text: '' });
  expect(bug.status).toBe(500);
  expect(bug.text).not.toContain('secret');
  expect(bug.problem?.requestId).toBe(bug.headers.get('x-request-id'));
});

test('whoever comes too often is told when to come again', async () => {
  const browser = open();
  await browser.post('/api/few', { text: '' });
  await browser.post('/api/few', { text: '' });
  const third = await browser.post('/api/few', { text: '' });
  expect(third.status).toBe(429);
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
  const other = await browser.post('/api/few', { text: '' }, { cookie: 'member' });
  expect(other.status).toBe(200);
});

test('only this origin may change things, and only names of this server are answered for', async () => {
  const browser = open('https://videos.example');
  const post = (headers: Record<string, string>) =>
    browser.post('/api/echo', { text: '' }, headers).then((reply) => reply.status);
  expect(await post({})).toBe(200);
  expect(await post({ origin: 'https://elsewhere.example' })).toBe(403);
  expect(await post({ 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await post({ origin: 'null' })).toBe(403);
  expect(await post({ host: 'elsewhere.example' })).toBe(421);
  const { headers } = await browser.post('/api/echo', { text: '' });
  expect(headers.get('strict-transport-security')).toBeTruthy();
});
