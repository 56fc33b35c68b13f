/**
 * Insights: a log of signals rolled up (time for each 100,000), and then a creator's pages: p50, p99 and how many
 * questions each asks Postgres. All videos are of ten creators, so that each page has a hundred to choose from.
 * node bench/insights.ts [--signals 1000000] [--videos 1000] [--pages 300]; prints JSON.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AccountId, VideoId, ViewerId } from '../contract/ids.ts';
import { createInsights } from '../server/domains/insights/insights.ts';
import type { Post } from '../server/domains/posts/posts.ts';
import { makePartitions } from '../server/domains/signals/partitions.store.ts';
import { createSignals } from '../server/domains/signals/signals.ts';
import { createBus } from '../server/platform/bus.ts';
import { systemClock } from '../server/platform/clock.ts';
import { openDatabase } from '../server/platform/database.ts';
import { createJobs, migrateJobs } from '../server/platform/jobs.ts';
import { createLog } from '../server/platform/log.ts';
import { createMetrics } from '../server/platform/metrics.ts';
import { migrate } from '../server/platform/migrations.ts';
import { createOutbox } from '../server/platform/outbox.ts';
import { startPostgres } from '../server/platform/postgres/postgres.ts';
import { createSigner } from '../server/platform/random.ts';
import { createTunables } from '../server/platform/tunables.ts';

const { values } = parseArgs({
  options: {
    signals: { type: 'string', default: '1000000' },
    videos: { type: 'string', default: '1000' },
    pages: { type: 'string', default: '300' },
  },
});
const [rows, videos, pages] = [Number(values.signals), Number(values.videos), Number(values.pages)];
const days = 28;
const authors = 10;
const dayMs = 86_400_000;
const nowMs = Date.now();
const videoName = (index: number) => `video${String(index).padStart(15, '0')}` as VideoId;
const authorName = (index: number) => `author${String(index % authors).padStart(14, '0')}` as AccountId;
const publishedAt = new Date(nowMs - (days + 1) * dayMs).toISOString();

const folder = await mkdtemp(join(tmpdir(), 'kinora-bench-'));
const postgres = await startPostgres({ folder });
const database = openDatabase(postgres.url);
const log = createLog('warn');
await migrate(database, join(import.meta.dirname, '..', 'server', 'migrations'));
await migrateJobs(database);
const bus = createBus(database, log);
const jobs = createJobs({ database, log, heavyAtOnce: 1 });
const room = {
  ...{ database, log, bus, jobs, metrics: createMetrics(), outbox: createOutbox(jobs), clock: systemClock },
  tunables: createTunables(database, bus),
};
const signals = createSignals({ ...room, signer: createSigner('of the bench'), mayTeach: async () => true });
const postOf = (id: VideoId) =>
  ({
    id,
    authorId: authorName(Number(id.slice(5))),
    caption: 'a video',
    durationMs: 15_000,
    status: 'published',
    publishedAt,
  }) as Post;
const insights = createInsights({
  ...room,
  signals,
  accounts: { people: async () => new Map() },
  media: { assets: async () => new Map() },
  posts: {
    posts: async (ids) => new Map(ids.map((id) => [id, postOf(id)])),
    byAuthor: async (id, { limit }) => ({
      ids: Array.from({ length: videos }, (_, index) => videoName(index))
        .filter((_, index) => authorName(index) === id)
        .slice(0, limit),
      next: null,
    }),
  },
  social: {
    followCounts: async () => ({ followers: 100, following: 0 }),
    followersSince: async () => 0,
  },
});

const dayAt = (back: number) => new Date(nowMs - back * dayMs).toISOString().slice(0, 10);
await makePartitions(
  database.of(),
  Array.from({ length: days }, (_, back) => dayAt(back)),
);
const written = performance.now();
// Popular videos are watched much more than others, and four in five viewers leave before the end.
await database.pool.query(
  `insert into signals (seq, stored_at, served_on, id, kind, viewer_id, served_to, video_id, author_id, page_id, position,
     source, exploration, duration_ms, happened_at, watched_ms, loops, added_ms, says_new, counts_view, counts_share,
     teaches, own, locale)
   select nextval('signal_seq'), at, at::date, gen_random_uuid(), case when one % 20 = 0 then 'like' else 'view' end,
     viewer, viewer, 'video' || lpad(video::text, 15, '0'), 'author' || lpad((video % $3)::text, 14, '0'), 'page', 0,
     case one % 4 when 0 then 'following' when 1 then 'at-profile' else 'interest' end, false, 15000, at, watched, 0,
     watched, true, one % 20 <> 0 and watched >= 2000, false, true, false, case one % 3 when 0 then 'de-AT' else 'en-GB' end
   from (
     select one, $4::timestamptz - ((($1 - one)::float8 / $1) * $5::float8 * interval '1 day') as at,
       'viewer' || floor(random() * 50000)::text as viewer, floor(power(random(), 2) * $2)::int as video,
       (power(random(), 3) * 20000 + 300)::int as watched
     from generate_series(1, $1::int) as one order by one
   ) made`,
  [rows, videos, authors, new Date(nowMs), days - 1],
);
const writtenS = (performance.now() - written) / 1000;

const cpuBefore = process.cpuUsage();
const started = performance.now();
await insights.count();
const tookS = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(cpuBefore);

let questions = 0;
database.pool.on('acquire', () => questions++);
const measure = async (name: string, params: object, query: object, author: number) => {
  const handled = insights.http.find((one) => one.route.name === name)!;
  const caller = { viewerId: 'viewer00' as ViewerId, accountId: authorName(author), role: 'member' as const };
  const times: number[] = [];
  questions = 0;
  for (let page = 0; page < pages; page++) {
    const begun = performance.now();
    await handled.run({ params, query, caller } as unknown as Parameters<typeof handled.run>[0]);
    times.push(performance.now() - begun);
  }
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(10 * sorted[Math.floor(sorted.length * share)]!) / 10;
  return { p50Ms: at(0.5), p99Ms: at(0.99), queries: questions / pages };
};
const inAll = await measure('getInsights', {}, { days: 28 }, 0);
const inAll90 = await measure('getInsights', {}, { days: 90 }, 0);
const ofVideo = await measure('getVideoInsights', { id: videoName(0) }, { days: 28 }, 0);
const { rows: sizes } = await database.pool.query<{ kept: number; bytes: number; played: number }>(
  `select count(*) as kept, pg_total_relation_size('insight_days') as bytes,
     (select sum((sums->>'plays')::int) from insight_days where subject = author_id) as played from insight_days`,
);
console.log(
  JSON.stringify(
    {
      bench: 'insights',
      machine: { cores: cpus().length, cpu: cpus()[0]?.model, node: process.version, load: loadavg()[0] },
      setup: { signals: rows, videos, authors, days, writtenS: Math.round(writtenS) },
      rollUp: {
        seconds: Math.round(tookS * 10) / 10,
        secondsPer100k: Math.round((tookS / rows) * 100_000 * 100) / 100,
        cpuSecondsPer100k: Math.round(((cpu.user + cpu.system) / 1e6 / rows) * 100_000 * 100) / 100,
      },
      kept: sizes[0],
      pages: { inAll28Days: inAll, inAll90Days: inAll90, ofVideo28Days: ofVideo },
    },
    null,
    2,
  ),
);
await signals.stop();
await database.close();
await postgres.stop();
await rm(folder, { recursive: true, force: true });
