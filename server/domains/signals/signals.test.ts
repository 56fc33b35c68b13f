import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import type { Signal } from '../../../contract/signals.ts';
import { createBus } from '../../platform/bus.ts';
import { fakeClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Caller } from '../../platform/http/handle.ts';
import { createJobs } from '../../platform/jobs.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createOutbox } from '../../platform/outbox.ts';
import { createSigner, newId } from '../../platform/random.ts';
import { createTunables } from '../../platform/tunables.ts';
import { freshDatabase } from '../../testing/database.ts';
import { createSignals, type Impression, type Signals } from './signals.ts';

const clock = fakeClock();
const log = createLog('silent');
/** This one lets nothing be learned. */
const paused = 'paused-viewer' as ViewerId;
const heard: { videoId: string; views: number }[] = [];
let database: Database;
let jobs: ReturnType<typeof createJobs>;
let signals: Signals;

function open(): Signals {
  const bus = createBus(database, log);
  jobs = createJobs({ database, log, heavyAtOnce: 1 });
  const outbox = createOutbox(jobs);
  outbox.on('views.recorded', 'test.hear', async ({ counts }) => void heard.push(...counts));
  return createSignals({
    database,
    outbox,
    jobs,
    bus,
    clock,
    log,
    signer: createSigner('a secret of this test'),
    metrics: createMetrics(),
    tunables: createTunables(database, bus),
    mayTeach: async (viewerId) => viewerId !== paused,
  });
}

beforeAll(async () => {
  database = await freshDatabase();
  signals = open();
});
afterAll(async () => {
  await signals.stop();
  await database.close();
});

const guest = (viewerId = newId<ViewerId>()): Caller => ({ viewerId, accountId: null, role: 'guest' });

function serve(caller: Caller, more: Partial<Impression> = {}) {
  const impression: Impression = {
    viewerId: caller.viewerId,
    videoId: newId<VideoId>(),
    authorId: newId<AccountId>(),
    servedAtMs: clock.now(),
    pageId: newId(12),
    position: 0,
    source: 'interest',
    exploration: false,
    durationMs: 10_000,
    ...more,
  };
  return { ...impression, token: signals.issue(impression) };
}

const view = (token: string, watchedMs: number, more: Partial<Signal> = {}): Signal => ({
  id: randomUUID(),
  token,
  kind: 'view',
  agoMs: 0,
  watchedMs,
  ...more,
});

const viewsOf = async (videoId: VideoId) => (await signals.counts([videoId])).get(videoId)?.views ?? 0;

test('the same signal twice counts once, also when both come at the same moment', async () => {
  const viewer = guest();
  const { token, videoId } = serve(viewer);
  clock.advance(10_000);
  const signal = view(token, 8000);
  const receipts = await Promise.all([signals.record(viewer, [signal]), signals.record(viewer, [signal])]);
  const again = await signals.record(viewer, [signal, signal]);
  expect(receipts.map((one) => one.accepted).sort()).toEqual([0, 1]);
  expect(again).toEqual({ accepted: 0, duplicates: 2, refused: [] });
  expect(await viewsOf(videoId)).toBe(1);
});

test('a second report of an impression adds only what is new', async () => {
  const viewer = guest();
  const { token, videoId } = serve(viewer);
  clock.advance(20_000);
  const before = await signals.latest();
  await signals.record(viewer, [view(token, 8000)]);
  await signals.record(viewer, [view(token, 13_000)]);
  const added = (await signals.after(before, 10)).map((one) => ('addedMs' in one ? one.addedMs : null));
  expect(added).toEqual([8000, 5000]);
  expect(await viewsOf(videoId)).toBe(1);
});

test('a faulty signal refuses itself and not its batch', async () => {
  const viewer = guest();
  const { token } = serve(viewer);
  clock.advance(5000);
  const good = view(token, 5000);
  const forged = view(`${token.slice(0, -3)}abc`, 5000);
  const wild = view(token, 500_000);
  const receipt = await signals.record(viewer, [good, forged, wild, { id: 'x', kind: 'nonsense' }, null]);
  expect(receipt.accepted).toBe(1);
  expect(receipt.refused.map((one) => one.code).sort()).toEqual(['form', 'form', 'implausible', 'token']);
});

test("a signal for somebody else's impression is refused", async () => {
  const { token } = serve(guest());
  clock.advance(5000);
  const receipt = await signals.record(guest(), [view(token, 4000)]);
  expect(receipt.refused.map((one) => one.code)).toEqual(['token']);
});

test('a guest who became a member may hand in what they watched before', async () => {
  const before = guest();
  const member = guest();
  const { token, videoId } = serve(before);
  clock.advance(5000);
  const seq = await signals.latest();
  await signals.join(before.viewerId, member.viewerId);
  await signals.join(before.viewerId, member.viewerId);
  expect((await signals.record(member, [view(token, 4000)])).accepted).toBe(1);
  expect(await viewsOf(videoId)).toBe(1);
  expect((await signals.after(seq, 10)).map((one) => [one.kind, one.viewerId])).toEqual([
    ['joined', member.viewerId],
    ['view', member.viewerId],
  ]);
});

test("an author's own watching is no view, and one viewer is one view a day", async () => {
  const author: Caller = { viewerId: newId<ViewerId>(), accountId: newId<AccountId>(), role: 'member' };
  const own = serve(author, { authorId: author.accountId! });
  const viewer = guest();
  const first = serve(viewer, { videoId: own.videoId });
  const second = serve(viewer, { videoId: own.videoId });
  clock.advance(20_000);
  await signals.record(author, [view(own.token, 9000)]);
  expect(await viewsOf(own.videoId)).toBe(0);
  await signals.record(viewer, [view(first.token, 9000), view(second.token, 9000)]);
  expect(await viewsOf(own.videoId)).toBe(1);
});

test('nobody watches more than their devices can play', async () => {
  const viewer = guest();
  const tokens = Array.from({ length: 120 }, () => serve(viewer, { durationMs: 60_000 }).token);
  clock.advance(600_000);
  const receipt = await signals.record(
    viewer,
    tokens.map((token) => view(token, 60_000)),
  );
  expect(receipt.accepted).toBe(60);
  expect(receipt.refused.every((one) => one.code === 'implausible')).toBe(true);
});

test('whoever reads along misses none of the signals of many requests at once', async () => {
  let seq = await signals.latest();
  const seen: number[] = [];
  const sending = Promise.all(
    Array.from({ length: 60 }, async () => {
      const viewer = guest();
      const { token } = serve(viewer, { servedAtMs: clock.now() - 9000 });
      await signals.record(viewer, [view(token, 5000)]);
    }),
  );
  let done = false;
  void sending.then(() => {
    done = true;
  });
  for (let last = false; !last; ) {
    last = done;
    const found = await signals.after(seq, 7);
    seen.push(...found.map((one) => one.seq));
    seq = found.at(-1)?.seq ?? seq;
    if (found.length > 0) last = false;
  }
  expect(seen.length).toBe(60);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('what has been answered is still there after the process is gone, and counts once when it is sent again', async () => {
  const viewer = guest();
  const { token, videoId } = serve(viewer);
  clock.advance(9000);
  const signal = view(token, 8000);
  await signals.record(viewer, [signal]);
  signals = open();
  expect((await signals.record(viewer, [signal])).duplicates).toBe(1);
  expect(await viewsOf(videoId)).toBe(1);
});

test('views are news, counted by video', async () => {
  heard.length = 0;
  const videoId = newId<VideoId>();
  const viewers = [guest(), guest()];
  const served = viewers.map((viewer) => serve(viewer, { videoId }));
  clock.advance(9000);
  await Promise.all(viewers.map((viewer, at) => signals.record(viewer, [view(served[at]!.token, 5000)])));
  await jobs.drain();
  expect(heard.filter((one) => one.videoId === videoId).reduce((sum, one) => sum + one.views, 0)).toBe(2);
  expect(await signals.viewsToday()).toBeGreaterThanOrEqual(2);
});

test('old days go, days ahead are made, and a signal of an unforeseen day finds its place', async () => {
  const viewer = guest();
  const early = serve(viewer);
  clock.advance(6 * 86_400_000);
  expect((await signals.record(viewer, [view(early.token, 4000)])).accepted).toBe(1);
  clock.advance(400 * 86_400_000);
  await signals.start();
  await jobs.drain();
  const { rows } = await database.pool.query<{ count: number }>('select count(*) from signals');
  expect(rows[0]!.count).toBe(0);
  const late = serve(viewer);
  clock.advance(5000);
  expect((await signals.record(viewer, [view(late.token, 4000)])).accepted).toBe(1);
});

test('what a viewer who paused learning watches counts as a view, and the log says that it teaches nothing', async () => {
  const before = await signals.latest();
  for (const viewer of [guest(paused), guest()]) {
    const { token, videoId } = serve(viewer);
    clock.advance(10_000);
    await signals.record(viewer, [
      view(token, 8000),
      { ...view(token, 0), kind: 'like', watchedMs: undefined },
    ]);
    expect(await viewsOf(videoId)).toBe(1);
  }
  const entries = await signals.after(before, 10);
  expect(entries.map((one) => ('teaches' in one ? one.teaches : null))).toEqual([false, false, true, true]);
});

test('a reset is an entry of the log, in its place among the signals', async () => {
  const viewer = guest();
  const before = await signals.latest();
  const [first, second] = [serve(viewer), serve(viewer)];
  clock.advance(10_000);
  await signals.record(viewer, [view(first.token, 3000)]);
  await signals.reset(viewer.viewerId);
  await signals.record(viewer, [view(second.token, 3000)]);
  await signals.reset(viewer.viewerId);
  expect((await signals.after(before, 10)).map((one) => one.kind)).toEqual([
    'view',
    'reset',
    'view',
    'reset',
  ]);
});

test('views by hour are those up to a number of the log', async () => {
  const viewer = guest();
  const { token, videoId } = serve(viewer);
  clock.advance(10_000);
  await signals.record(viewer, [view(token, 8000)]);
  const latest = await signals.latest();
  const found = async (untilSeq: number) =>
    (await signals.viewsByHour(clock.now() - 86_400_000, untilSeq)).filter((one) => one.videoId === videoId);
  expect(await found(latest)).toEqual([
    { videoId, views: 1, atMs: Math.floor(clock.now() / 3_600_000) * 3_600_000 },
  ]);
  expect(await found(latest - 1)).toEqual([]);
});

test('a forgotten viewer is gone from the log, and the log says so', async () => {
  const member = guest();
  const before = guest();
  await signals.join(before.viewerId, member.viewerId);
  const { token } = serve(member);
  clock.advance(5000);
  await signals.record(member, [view(token, 4000)]);
  const seq = await signals.latest();
  await database
    .of<object>()
    .transaction()
    .execute(async (trx) => {
      const outbox = createOutbox(jobs);
      outbox.on('account.removed', 'signals.forget', async () => {});
      await outbox.emit(trx, 'account.removed', { accountId: 'account1', viewerId: member.viewerId });
    });
  signals = open();
  await jobs.drain();
  const { rows } = await database.pool.query('select 1 from signals where viewer_id = $1', [member.viewerId]);
  expect(rows).toEqual([]);
  const log = await signals.after(seq, 10);
  expect(log.map((one) => one.kind)).toEqual(['forgotten', 'forgotten']);
  expect(new Set(log.map((one) => one.viewerId))).toEqual(new Set([member.viewerId, before.viewerId]));
});
