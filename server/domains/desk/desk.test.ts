import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedHealth, FeedLook, TunableChange } from '../../../contract/desk.ts';
import type { Experiment, ExperimentResult, NewExperiment } from '../../../contract/experiments.ts';
import type { FeedItem, FeedPage } from '../../../contract/feeds.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import { TUNABLES } from '../../../packages/content-graph/content-graph.ts';
import { newId } from '../../platform/random.ts';
import { type Browser, type OpenHouse, openHouse } from '../../testing/house.ts';
import { type WrittenVideo, writePeople, writeVideos } from '../feed/testing.community.ts';

let house: OpenHouse;
let operator: Browser;
const authors = Array.from({ length: 6 }, () => newId<AccountId>());
const topics = ['bread', 'trains', 'knots', 'moss'];

const video = (more: Partial<WrittenVideo>): WrittenVideo => ({
  id: newId<VideoId>(),
  authorId: authors[0]!,
  tags: [],
  caption: 'a synthetic video',
  audience: 'everyone',
  status: 'published',
  durationMs: 10_000,
  publishedAtMs: house.clock.now() - 3_600_000,
  ...more,
});

beforeAll(async () => {
  house = await openHouse();
  await writePeople(house.database, authors);
  await writeVideos(
    house.database,
    Array.from({ length: 80 }, (_, at) =>
      video({ tags: [topics[at % 4]!], caption: `${topics[at % 4]} ${at}`, authorId: authors[at % 6]! }),
    ),
  );
  await house.restart();
  operator = await house.operator();
});
afterAll(() => house.close());

const page = async (browser: Browser, limit = 8) =>
  (await browser.get(`/api/feeds/for-you?limit=${limit}`)).json as FeedPage;
const health = async (query = '') =>
  (await operator.get(`/api/desk/feed-health?${query}`)).json as FeedHealth;
const whole = async () => (await health()).slices[0]!.total;
const viewerOf = async (browser: Browser) =>
  ((await browser.get('/api/session')).json as { viewerId: string }).viewerId;

async function watch(browser: Browser, item: FeedItem, watchedMs: number, kinds: string[] = []) {
  house.clock.advance(watchedMs);
  const signals = [
    { id: randomUUID(), kind: 'view', agoMs: 0, watchedMs, loops: 0, token: item.token },
    ...kinds.map((kind) => ({ id: randomUUID(), kind, agoMs: 0, token: item.token })),
  ];
  const reply = await browser.post('/api/signals', { signals });
  expect(reply.json).toMatchObject({ accepted: signals.length, refused: [] });
}

test('the history of a tunable tells who set it when, from what to what', async () => {
  const set = (value: number) => operator.put('/api/desk/tunables/recommend.thompson', { value });
  await set(0.9);
  await set(0.6);
  expect((await set(4)).problem?.code).toBe('tunable_out_of_range');
  const asked = await operator.get('/api/desk/tunables/recommend.thompson/changes');
  const { changes } = asked.json as { changes: TunableChange[] };
  expect(changes.map(({ from, to }) => [from, to])).toEqual([
    [0.9, 0.6],
    [TUNABLES.thompson.value, 0.9],
  ]);
  expect(changes.every(({ by }) => by?.startsWith('operator'))).toBe(true);
  expect((await operator.get('/api/desk/tunables/recommend.nothing/changes')).status).toBe(404);
});

test('what was served and watched is counted once, whoever counts and however often', async () => {
  await house.rooms.desk.measure();
  const before = await whole();
  const guest = house.browser();
  const shown = await page(guest, 6);
  const [first, second, third] = shown.items as [FeedItem, FeedItem, FeedItem];
  await watch(guest, first, 1000);
  await watch(guest, first, 5000, ['like']);
  await watch(guest, second, 2000, ['not_interested']);
  await Promise.all([house.rooms.desk.measure(), house.rooms.desk.measure()]);
  await watch(guest, third, 20_000, ['share', 'follow']);
  await house.restart();
  await house.rooms.desk.measure();
  await house.rooms.desk.measure();
  const after = await whole();
  const added = (name: 'pages' | 'served' | 'seen' | 'watchedMs') => after[name] - before[name];
  expect([added('pages'), added('served'), added('seen'), added('watchedMs')]).toEqual([1, 6, 3, 27_000]);
  // Nobody else has watched anything in this house: half, a fifth and all of a video.
  expect(after.watchValue).toBeCloseTo((0.5 + 0.2 + 1) / 3, 9);
  expect(after).toMatchObject({ skipRate: 1 / 3, likeRate: 1 / 3, hideRate: 1 / 3, shareRate: 1 / 3 });
  const seen = new Set([first, second, third].map((item) => item.video.author.handle)).size;
  expect(after.novelty).toBeCloseTo(seen / 3, 9);
  expect(after).toMatchObject({ newCreators: 1, creators: seen, videos: 6 });
  const { calibration, sources, measuredAt, catalogue } = await health();
  expect(calibration.reduce((sum, bin) => sum + bin.seen, 0)).toBe(3);
  expect(sources.reduce((sum, source) => sum + source.seen, 0)).toBe(3);
  expect({ measuredAt, catalogue }).toEqual({
    measuredAt: new Date(house.clock.now()).toISOString(),
    catalogue: 80,
  });
});

test('a count that breaks off leaves nothing half', async () => {
  const guest = house.browser();
  const shown = await page(guest, 4);
  await watch(guest, shown.items[0]!, 10_000);
  const before = await whole();
  await house.database.pool.query('alter table health_viewers rename to health_viewers_away');
  await expect(house.rooms.desk.measure()).rejects.toThrow();
  expect(await whole()).toEqual(before);
  await house.database.pool.query('alter table health_viewers_away rename to health_viewers');
  await house.rooms.desk.measure();
  const after = await whole();
  expect([after.pages - before.pages, after.seen - before.seen]).toEqual([1, 1]);
});

const plan = (key: string, overrides: Record<string, number>): NewExperiment => ({
  key,
  question: 'Is a feed that strays further watched longer?',
  variants: [
    { name: 'control', share: 0.5, overrides: {} },
    { name: 'wild', share: 0.5, overrides },
  ],
});

test('an experiment is written down, started, obeyed, measured and stopped', async () => {
  const create = (body: NewExperiment) => operator.post('/api/desk/experiments', body);
  const calls = (key: string, verb: string) => operator.post(`/api/desk/experiments/${key}/${verb}`);
  expect((await create(plan('stray', { 'recommend.exploration': 0.5 }))).status).toBe(201);
  expect((await create(plan('stray', { 'recommend.exploration': 0.5 }))).status).toBe(201);
  expect((await create(plan('stray', { 'recommend.exploration': 0.4 }))).problem?.code).toBe(
    'experiment_key_taken',
  );
  expect((await create(plan('other', { 'recommend.exploration': 2 }))).problem?.code).toBe(
    'tunable_out_of_range',
  );
  expect((await create(plan('other', {}))).problem?.code).toBe('experiment_invalid');
  expect((await calls('stray', 'stop')).problem?.code).toBe('conflict');
  await create(plan('rival', { 'recommend.exploration': 0 }));
  const started = await Promise.all([calls('stray', 'start'), calls('rival', 'start')]);
  const codes = started.map((reply) => reply.problem?.code ?? 'started').sort();
  expect(codes).toEqual(['experiment_overlaps', 'started']);
  const [running, waiting] = started[0]!.problem ? ['rival', 'stray'] : ['stray', 'rival'];
  expect((await operator.delete(`/api/desk/experiments/${waiting}`)).status).toBe(204);
  expect((await operator.delete(`/api/desk/experiments/${running}`)).problem?.code).toBe('conflict');

  const guests = Array.from({ length: 24 }, () => house.browser());
  const shown: FeedPage[] = [];
  for (const guest of guests) shown.push(await page(guest, 6));
  const { rows } = await house.database.pool.query<{ viewer_id: string; variants: string[] }>(
    'select viewer_id, variants from feed_pages where variants is not null',
  );
  const dealt = new Map(rows.map((row) => [row.viewer_id, row.variants]));
  for (const [at, guest] of guests.entries()) {
    const viewerId = await viewerOf(guest);
    expect(dealt.get(viewerId)).toEqual(house.rooms.experiments.assigned(viewerId as never)?.variants);
    const isWild = dealt.get(viewerId)![0]!.endsWith(':wild');
    await watch(guest, shown[at]!.items[0]!, isWild ? 9000 : 4000);
  }
  await house.restart();
  expect((await page(guests[0]!, 6)).items.length).toBe(6);
  await house.rooms.desk.measure();
  const { groups, metrics, unevenGroups, leastViewers } = (
    await operator.get(`/api/desk/experiments/${running}/result`)
  ).json as ExperimentResult;
  expect(groups.reduce((sum, group) => sum + group.viewers, 0)).toBe(24);
  expect(unevenGroups).toBe(false);
  const [control, wild] = metrics.find((metric) => metric.name === 'watchValue')!.variants;
  expect([control!.estimate?.value.toFixed(3), wild!.estimate?.value.toFixed(3)]).toEqual(['0.400', '0.900']);
  // Two dozen viewers say nothing yet, whatever they did.
  expect(leastViewers).toBeGreaterThan(24);
  expect([control!.verdict, wild!.verdict]).toEqual(['control', 'unknown']);
  const { slices } = await health(`experiment=${running}`);
  expect(slices.map((slice) => slice.name)).toEqual([`${running}:control`, `${running}:wild`]);
  expect(slices.reduce((sum, slice) => sum + slice.total.seen, 0)).toBe(24);

  expect((await calls(running!, 'stop')).json).toMatchObject({ state: 'stopped' });
  expect((await calls(running!, 'start')).problem?.code).toBe('conflict');
  expect(house.rooms.experiments.assigned((await viewerOf(guests[0]!)) as never)).toBeNull();
  const { experiments } = (await operator.get('/api/desk/experiments')).json as {
    experiments: Experiment[];
  };
  expect(experiments).toHaveLength(1);
  expect(experiments[0]!.startedBy).toMatch(/^operator/);
  expect((await operator.get('/api/desk/experiments/nothing/result')).status).toBe(404);
});

test('a variant changes what its viewers are served, and nobody else’s', async () => {
  await operator.post('/api/desk/experiments', plan('narrow', { 'recommend.newViewerViews': 0 }));
  await operator.post('/api/desk/experiments/narrow/start');
  const explored = { control: [] as boolean[], narrow: [] as boolean[] };
  for (let at = 0; at < 12; at++) {
    const look = (await operator.get('/api/desk/feed-look?limit=12')).json as FeedLook;
    const group = look.variants[0] === 'narrow:control' ? explored.control : explored.narrow;
    group.push(...look.candidates.map((one) => one.exploration));
  }
  await operator.post('/api/desk/experiments/narrow/stop');
  const share = (all: boolean[]) => all.filter(Boolean).length / all.length;
  // Somebody new is shown a span of everything; without that only the newcomers' slots explore.
  expect(share(explored.control)).toBeGreaterThan(0.6);
  expect(share(explored.narrow)).toBeLessThan(0.4);
});

test('one looks at a made-up viewer’s page, and it is nobody’s', async () => {
  const countPages = async () =>
    (await house.database.pool.query('select count(*)::int as n from feed_pages')).rows[0].n as number;
  const [pages, users] = [await countPages(), house.rooms.recommend.status().users];
  const look = (await operator.get('/api/desk/feed-look?likes=moss,%23Bread&languages=en&limit=12'))
    .json as FeedLook;
  expect(look.viewer).toMatchObject({ handle: null, madeUp: true });
  expect(look.candidates).toHaveLength(12);
  const liked = look.candidates.filter((one) => /^(moss|bread)/.test(one.caption!));
  expect(liked.length).toBeGreaterThanOrEqual(6);
  expect(look.candidates[0]).toMatchObject({ takenOut: null, propensity: expect.any(Number) });
  expect(Object.keys(look.candidates[0]!.heads)).toContain('watch');
  expect([await countPages(), house.rooms.recommend.status().users]).toEqual([pages, users]);
});

test('looking as somebody shows what their own word takes out, and no private caption', async () => {
  const person = await house.person('fan');
  const shown = await page(person, 8);
  for (const item of shown.items.slice(0, 4)) await watch(person, item, 10_000);
  await person.patch('/api/taste/settings', { mutedTags: ['knots'] });
  const hidden = video({ authorId: authors[1]!, tags: ['trains'], caption: 'only for me' });
  await writeVideos(house.database, [hidden]);
  await house.restart();
  // Narrowed after the recommender had read it, and the news is still on its way.
  await house.database.pool.query(`update videos set audience = 'me' where id = $1`, [hidden.id]);
  const look = (await operator.get(`/api/desk/feed-look?viewer=@${person.me.handle}&limit=60`))
    .json as FeedLook;
  expect(look.viewer).toEqual({ id: await viewerOf(person), handle: person.me.handle, madeUp: false });
  const byTaste = look.candidates.filter((one) => one.takenOut === 'taste');
  expect(byTaste.length).toBeGreaterThan(0);
  expect(byTaste.every((one) => one.caption!.startsWith('knots'))).toBe(true);
  expect(look.candidates.some((one) => one.takenOut === null && one.caption!.startsWith('knots'))).toBe(
    false,
  );
  expect(look.candidates.find((one) => one.videoId === hidden.id)).toMatchObject({
    takenOut: 'visibility',
    caption: null,
  });
  expect(JSON.stringify(look)).not.toContain('only for me');
  expect((await operator.get('/api/desk/feed-look?viewer=no')).status).toBe(404);
  expect((await person.get('/api/desk/feed-look')).status).toBe(403);
});

test('who leaves takes what was kept of them along; the sums of an hour stay', async () => {
  const guest = house.browser();
  const shown = await page(guest, 4);
  await watch(guest, shown.items[0]!, 10_000);
  await house.rooms.desk.measure();
  const viewerId = await viewerOf(guest);
  const kept = async () =>
    (await house.database.pool.query('select 1 from health_viewers where viewer_id = $1', [viewerId]))
      .rowCount;
  expect(await kept()).toBe(1);
  const before = await whole();
  const member = await house.person('joiner');
  const memberId = await house.rooms.accounts.viewerOf(member.me.id);
  await house.rooms.signals.join(viewerId, memberId);
  await house.rooms.desk.measure();
  expect(await kept()).toBe(0);
  const { rows } = await house.database.pool.query(
    'select octet_length(creators) as bytes from health_viewers where viewer_id = $1',
    [memberId],
  );
  expect(rows[0].bytes).toBe(4);
  // What account.removed makes of it in the log.
  await house.database.pool.query(
    `insert into viewer_changes (seq, viewer_id, into_viewer_id, changed_at) values (nextval('signal_seq'), $1, null, now())`,
    [memberId],
  );
  await house.rooms.desk.measure();
  for (const table of ['health_viewers', 'experiment_viewers']) {
    const left = await house.database.pool.query(`select 1 from ${table} where viewer_id = $1`, [memberId]);
    expect(left.rowCount, table).toBe(0);
  }
  expect((await whole()).seen).toBe(before.seen);
});
