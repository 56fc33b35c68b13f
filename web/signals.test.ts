import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Signal } from '../contract/signals.ts';
import { createSignals } from './signals.ts';

const token = 'impression-token-1';
const left: (() => unknown)[] = [];
afterEach(async () => {
  for (const leave of left.splice(0)) await leave();
});

type Answer = { status: number; body?: unknown };
const receipt = { accepted: 1, duplicates: 0, refused: [] };

async function signalServer(answer: (signals: Signal[]) => Answer) {
  const batches: Signal[][] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { signals } = JSON.parse(Buffer.concat(chunks).toString()) as { signals: Signal[] };
    batches.push(signals);
    const { status, body } = answer(signals);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? receipt));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  left.push(() => new Promise((resolve) => server.close(resolve)));
  return { batches, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/signals` };
}

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

function device(url: string, storage = memory()) {
  const clock = { now: 1_000_000 };
  const beacons: string[] = [];
  const signals = createSignals({
    url,
    storage,
    now: () => clock.now,
    newId: () => crypto.randomUUID(),
    fetch: (input, init) => fetch(input, { ...init, credentials: undefined, keepalive: undefined }),
    beacon: (_url, body) => {
      void body.text().then((text) => beacons.push(text));
      return true;
    },
  });
  left.push(signals.stop);
  return { signals, storage, clock, beacons };
}

test('a signal leaves the device only when its receipt came', async () => {
  const { url, batches } = await signalServer(() => ({ status: 202 }));
  const { signals, storage } = device(url);
  signals.add({ token, kind: 'view', watchedMs: 4200 });
  expect(storage.length).toBe(1);
  await signals.flush();
  expect(batches.flat()).toMatchObject([{ token, kind: 'view', watchedMs: 4200, agoMs: 0 }]);
  expect([signals.size(), storage.length]).toEqual([0, 0]);
});

test('what was watched without a line is sent later, with its age, under the same id', async () => {
  let up = false;
  const { url, batches } = await signalServer(() => ({ status: up ? 202 : 503 }));
  const { signals, clock } = device(url);
  signals.add({ token, kind: 'like' });
  await signals.flush();
  expect(signals.size()).toBe(1);
  up = true;
  clock.now += 60_000;
  signals.online();
  await expect.poll(() => signals.size()).toBe(0);
  const [first, second] = batches.flat();
  expect(second?.id).toBe(first?.id);
  expect(second?.agoMs).toBe(60_000);
});

test('signals survive a reload and a server that is away', async () => {
  const { url, batches } = await signalServer(() => ({ status: 202 }));
  const storage = memory();
  const gone = device('http://127.0.0.1:9/api/signals', storage);
  gone.signals.add({ token, kind: 'share' });
  await gone.signals.flush();
  const back = device(url, storage);
  expect(back.signals.size()).toBe(1);
  await back.signals.flush();
  expect(batches.flat()).toMatchObject([{ kind: 'share' }]);
  expect(storage.length).toBe(0);
});

test('refused signals are dropped, and so is the one that spoils a batch, but not its neighbours', async () => {
  const { url, batches } = await signalServer((signals) =>
    signals.some((signal) => signal.kind === 'share') ? { status: 400, body: {} } : { status: 202 },
  );
  const { signals } = device(url);
  signals.add({ token, kind: 'like' });
  signals.add({ token, kind: 'share' });
  signals.add({ token, kind: 'follow' });
  await signals.flush();
  expect(signals.size()).toBe(0);
  expect(batches.filter((batch) => batch.length === 1).map(([signal]) => signal?.kind)).toEqual([
    'like',
    'share',
    'follow',
  ]);
});

test('a page that ends sends a beacon and keeps everything until a receipt', async () => {
  const { url } = await signalServer(() => ({ status: 202 }));
  const { signals, beacons } = device(url);
  signals.add({ token, kind: 'view', watchedMs: 900 });
  signals.leave();
  await expect.poll(() => beacons.length).toBe(1);
  expect(JSON.parse(beacons[0]!).signals[0]).toMatchObject({ kind: 'view', watchedMs: 900 });
  expect(signals.size()).toBe(1);
});

test('of one impression only the latest totals wait', () => {
  const { signals } = device('http://127.0.0.1:9/api/signals');
  signals.add({ token, kind: 'view', watchedMs: 900 });
  signals.add({ token, kind: 'view', watchedMs: 1900 });
  signals.add({ token: 'impression-token-2', kind: 'view', watchedMs: 5 });
  expect(signals.size()).toBe(2);
});

test('the queue is bounded and forgets what the server would not take any more', async () => {
  const { url, batches } = await signalServer(() => ({ status: 202 }));
  const { signals, clock } = device(url);
  for (let i = 0; i < 700; i++) signals.add({ token: `impression-token-${i}`, kind: 'like' });
  expect(signals.size()).toBe(500);
  clock.now += 8 * 86_400_000;
  await signals.flush();
  expect(signals.size()).toBe(0);
  expect(batches).toEqual([]);
});

test('something that is no receipt, such as a login page of a hotel, confirms nothing', async () => {
  const { url } = await signalServer(() => ({ status: 200, body: { welcome: true } }));
  const { signals } = device(url);
  signals.add({ token, kind: 'like' });
  await signals.flush();
  expect(signals.size()).toBe(1);
});
