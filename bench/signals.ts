/**
 * Signals a second, durable, over HTTP on this machine's loopback: POST /api/signals in batches, each answered after
 * its commit (fsync on), while the content graph learns from the same log. The load generator is a process of its own
 * and shares the machine's cores. Reference in the same run: one durable insert per row on 16 connections.
 * node bench/signals.ts [--rate 5000] [--seconds 20] [--batch 40]; prints JSON.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PostFacts } from '../contract/events.ts';
import type { AccountId, VideoId, ViewerId } from '../contract/ids.ts';
import { createRecommend } from '../server/domains/recommend/recommend.ts';
import { packImpression } from '../server/domains/signals/impressions.rules.ts';
import { createSignals } from '../server/domains/signals/signals.ts';
import { createBus } from '../server/platform/bus.ts';
import { systemClock } from '../server/platform/clock.ts';
import { openDatabase } from '../server/platform/database.ts';
import { createEdge } from '../server/platform/http/edge.ts';
import { createLimiter } from '../server/platform/http/limit.ts';
import { createJobs, migrateJobs } from '../server/platform/jobs.ts';
import { createLog } from '../server/platform/log.ts';
import { createMetrics } from '../server/platform/metrics.ts';
import { migrate } from '../server/platform/migrations.ts';
import { createOutbox } from '../server/platform/outbox.ts';
import { startPostgres } from '../server/platform/postgres/postgres.ts';
import { createSigner } from '../server/platform/random.ts';
import { createTunables } from '../server/platform/tunables.ts';
import { postgresCpuMs } from './postgres-cpu.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '20' },
    batch: { type: 'string', default: '40' },
    load: { type: 'string' },
  },
});
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const batchSize = Number(values.batch);
const secret = 'a secret of the bench alone';
const viewers = 20_000;
const videos = 5000;

type Load = { mode: 'open' | 'closed'; seconds: number };
type Result = {
  sent: number;
  accepted: number;
  otherwise: number;
  errors: number;
  seconds: number;
  latenciesMs: number[];
};

if (values.load) await beLoad(values.load);
else await bench();

async function bench() {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-bench-'));
  const postgres = await startPostgres({ folder });
  const database = openDatabase(postgres.url);
  const log = createLog('warn');
  await migrate(database, join(import.meta.dirname, '..', 'server', 'migrations'));
  await migrateJobs(database);
  const reference = await insertOneByOne(database, 4);

  const bus = createBus(database, log);
  const tunables = createTunables(database, bus);
  const jobs = createJobs({ database, log, heavyAtOnce: 1 });
  const metrics = createMetrics();
  const room = {
    database,
    log,
    bus,
    tunables,
    jobs,
    metrics,
    outbox: createOutbox(jobs),
    clock: systemClock,
  };
  const signals = createSignals({ ...room, signer: createSigner(secret), mayTeach: async () => true });
  const recommend = createRecommend({
    ...room,
    signals,
    posts: { publishedAfter: async () => ({ facts: catalogue(), next: null }) },
    experiments: { assigned: () => null },
  });
  const edge = createEdge({
    log,
    limiter: createLimiter(false),
    metrics,
    publicUrl: null,
    identify: async (asked) => ({
      viewerId: asked.headers.get('x-viewer') as ViewerId,
      accountId: null,
      role: 'guest',
    }),
  });
  edge.mount(signals.http);
  await bus.start();
  await signals.start();
  await recommend.start();
  const { port } = await edge.listen('127.0.0.1', 0);

  const child = fork(import.meta.filename, [
    '--load',
    `${port}`,
    '--rate',
    `${rate}`,
    '--batch',
    `${batchSize}`,
  ]);
  await run(child, { mode: 'closed', seconds: 3 });
  const postgresBefore = postgresCpuMs(folder) ?? Number.NaN;
  const cpuBefore = process.cpuUsage();
  const open = await run(child, { mode: 'open', seconds });
  const cpu = process.cpuUsage(cpuBefore);
  const postgresMs = (postgresCpuMs(folder) ?? Number.NaN) - postgresBefore;
  const load1m = loadavg()[0]!;
  const closed = await run(child, { mode: 'closed', seconds: Math.min(10, seconds) });
  child.kill();

  const lagStarted = performance.now();
  while (recommend.status().lastSeq < (await signals.latest()))
    await new Promise((done) => setTimeout(done, 5));
  const lagMs = performance.now() - lagStarted;
  const { rows } = await database.pool.query<{ kept: number; views: number; counted: number }>(
    `select count(*) as kept, count(*) filter (where counts_view) as views,
            (select sum(views) from view_counts) as counted from signals`,
  );
  await edge.close();
  await recommend.stop();
  await signals.stop();
  await bus.stop();
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
  console.log(
    JSON.stringify(
      {
        bench: 'signals',
        machine: { cores: cpus().length, cpu: cpus()[0]?.model, node: process.version },
        setup: {
          batchSize,
          viewers,
          videos,
          durable: true,
          learning: true,
          loadGeneratorOnTheSameCores: true,
        },
        openLoop: {
          wantedPerSecond: rate,
          ...summary(open),
          serverCpuMsPerThousand: Math.round((cpu.user + cpu.system) / open.accepted),
          postgresCpuMsPerThousand: Math.round((1000 * postgresMs) / open.accepted),
          loadAverage: Math.round(load1m * 10) / 10,
        },
        closedLoop: { connections: 16, ...summary(closed) },
        learning: { learned: recommend.status().learned, behindAtEndMs: Math.round(lagMs) },
        kept: rows[0],
        reference: {
          what: 'one durable insert per row, 16 connections',
          rowsPerSecond: Math.round(reference),
        },
        targets: { perSecond: 5000, p99Ms: 100 },
      },
      null,
      2,
    ),
  );
}

function catalogue(): PostFacts[] {
  return Array.from({ length: videos }, (_, index) => ({
    videoId: videoName(index),
    authorId: authorName(index),
    assetId: 'asset001',
    soundId: null,
    ownsSound: false,
    soundTitle: null,
    tags: [`tag${index % 40}`],
    topics: [],
    language: 'en',
    audience: 'everyone',
    durationMs: 15_000,
    publishedAt: '2026-01-01T00:00:00.000Z',
    demo: false,
  }));
}

async function insertOneByOne(database: ReturnType<typeof openDatabase>, forSeconds: number) {
  await database.pool.query(
    'create table bench_rows (day date, id uuid, viewer text, video text, ms int, primary key (day, id))',
  );
  const endAt = performance.now() + forSeconds * 1000;
  let rows = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (performance.now() < endAt) {
        await database.pool.query(`insert into bench_rows values (current_date, $1, $2, $3, $4)`, [
          randomUUID(),
          viewerName(rows % viewers),
          videoName(rows % videos),
          rows,
        ]);
        rows++;
      }
    }),
  );
  await database.pool.query('drop table bench_rows');
  return rows / forSeconds;
}

function run(child: ChildProcess, load: Load): Promise<Result> {
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as Result));
    child.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)));
    child.send(load);
  });
}

function summary({ latenciesMs, seconds: took, ...counts }: Result) {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(10 * sorted[Math.floor(sorted.length * share)]!) / 10;
  return {
    ...counts,
    seconds: Math.round(took * 10) / 10,
    acceptedPerSecond: Math.round(counts.accepted / took),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    worstMs: at(0.999999),
  };
}

/** The other process: viewers who send what they watched of forty videos. */
async function beLoad(port: string) {
  const signer = createSigner(secret);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let made = 0;
  const batchOf = () => {
    const viewer = viewerName(made++ % viewers);
    const nowMs = Date.now();
    const signals = Array.from({ length: batchSize }, (_, position) => {
      const text = packImpression({
        viewerId: viewer as ViewerId,
        videoId: videoName(Math.floor(Math.random() * videos)) as VideoId,
        authorId: authorName(position) as AccountId,
        servedAtMs: nowMs - 600_000,
        pageId: randomUUID().slice(0, 12),
        position: position % 20,
        source: 'interest',
        exploration: false,
        durationMs: 15_000,
      });
      return {
        id: randomUUID(),
        token: `${text}.${signer.sign('impression', text)}`,
        kind: 'view',
        agoMs: position * 1000,
        watchedMs: Math.floor(Math.random() * 15_000),
        loops: 0,
      };
    });
    return { viewer, body: JSON.stringify({ signals }) };
  };
  const send = async (result: Result, dueAt: number) => {
    const { viewer, body } = batchOf();
    result.sent += batchSize;
    const reply = await post(agent, port, viewer, body);
    result.latenciesMs.push(performance.now() - dueAt);
    if (reply.status !== 202) result.errors++;
    else {
      const receipt = JSON.parse(reply.text) as { accepted: number; duplicates: number; refused: unknown[] };
      result.accepted += receipt.accepted;
      result.otherwise += receipt.duplicates + receipt.refused.length;
    }
  };
  process.on('message', async ({ mode, seconds: forSeconds }: Load) => {
    const result: Result = { sent: 0, accepted: 0, otherwise: 0, errors: 0, seconds: 0, latenciesMs: [] };
    const started = performance.now();
    const endAt = started + forSeconds * 1000;
    if (mode === 'closed') {
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          while (performance.now() < endAt) await send(result, performance.now());
        }),
      );
    } else {
      // Open loop: a request is due when it is due, and its time counts from then, however slow the others are.
      const gapMs = (1000 * batchSize) / rate;
      const pending: Promise<void>[] = [];
      for (let dueAt = started; dueAt < endAt; dueAt += gapMs) {
        const waitMs = dueAt - performance.now();
        if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs));
        pending.push(send(result, dueAt));
      }
      await Promise.all(pending);
    }
    result.seconds = (performance.now() - started) / 1000;
    process.send!(result);
  });
}

function post(agent: Agent, port: string, viewer: string, body: string) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const call = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: '/api/signals',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-viewer': viewer,
        },
      },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8');
        reply.on('data', (part) => {
          text += part;
        });
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }));
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

function viewerName(index: number) {
  return `viewer${String(index).padStart(14, '0')}`;
}
function videoName(index: number) {
  return `video${String(index).padStart(15, '0')}`;
}
function authorName(index: number) {
  return `author${String(index % 500).padStart(14, '0')}`;
}
