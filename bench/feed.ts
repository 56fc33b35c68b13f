/**
 * For You over HTTP on this machine's loopback: the whole server on an embedded Postgres with a catalogue and viewers
 * who have watched; hydrated pages of 20, open loop (a request is due when it is due, and its time counts from then).
 * The load generator is a process of its own and shares the machine's cores.
 * node bench/feed.ts [--videos 100000] [--viewers 10000] [--views 20] [--rate 100] [--seconds 30]; prints JSON.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { Agent, get } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import type { FeedPage } from '../contract/feeds.ts';
import type { AccountId, VideoId } from '../contract/ids.ts';
import { writePeople, writeVideos } from '../server/domains/feed/testing.community.ts';
import type { Database } from '../server/platform/database.ts';
import { createSigner } from '../server/platform/random.ts';
import { machineCpuMs, postgresCpuMs } from './postgres-cpu.ts';
import { startWholeServer } from './whole-server.ts';

const { values } = parseArgs({
  options: {
    videos: { type: 'string', default: '100000' },
    viewers: { type: 'string', default: '10000' },
    views: { type: 'string', default: '20' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '30' },
    load: { type: 'string' },
  },
});
const size = {
  videos: Number(values.videos),
  viewers: Number(values.viewers),
  viewsEach: Number(values.views),
};
const limit = 20;
const topics = 200;
const dayMs = 86_400_000;
const authorName = (index: number) => `author${String(index).padStart(12, '0')}` as AccountId;
const videoName = (index: number) => `video${String(index).padStart(12, '0')}` as VideoId;
const viewerName = (index: number) => `viewer${String(index).padStart(12, '0')}`;

type Load = { port: number; cookies: string[]; rate: number; seconds: number };
type Result = {
  pages: number;
  items: number;
  errors: number;
  seconds: number;
  cpuMs: number;
  latenciesMs: number[];
};

if (values.load) beLoad();
else await bench();

async function bench() {
  const server = await startWholeServer(writeCommunity);
  const { house, home, port, postgresFolder, startMs } = server;
  const learned = house.recommend.status();
  const signer = createSigner(home.secret);
  const cookies = Array.from({ length: size.viewers }, (_, index) => {
    const id = viewerName(index);
    return `kinora_viewer=${id}.${signer.sign('guest-viewer', id)}`;
  });
  const one = await weigh(port, cookies);

  const child = fork(import.meta.filename, ['--load', 'yes']);
  const load = { port, cookies, rate: Number(values.rate), seconds: Number(values.seconds) };
  await run(child, { ...load, seconds: 5 });
  const postgresBefore = postgresCpuMs(postgresFolder) ?? Number.NaN;
  const machineBefore = machineCpuMs();
  const cpuBefore = process.cpuUsage();
  const result = await run(child, load);
  const cpu = process.cpuUsage(cpuBefore);
  const machine = machineCpuMs();
  const postgresMs = (postgresCpuMs(postgresFolder) ?? Number.NaN) - postgresBefore;
  const load1m = loadavg()[0]!;
  child.kill();
  const ownMs = (cpu.user + cpu.system) / 1000 + postgresMs + result.cpuMs;
  /** Of the machine's cores, what neither server, Postgres nor load generator used: these figures had to share. */
  const shareOf = (ms: number) => Math.round(ms / 10 / result.seconds / cpus().length) / 100;
  const elsewhere = machine &&
    machineBefore && {
      otherProcesses: shareOf(Math.max(0, machine.busyMs - machineBefore.busyMs - ownMs)),
      stolenByTheHost: shareOf(machine.stolenMs - machineBefore.stolenMs),
    };

  const saveStarted = performance.now();
  await house.recommend.save();
  const saveMs = Math.round(performance.now() - saveStarted);
  await server.close();
  const sorted = result.latenciesMs.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(10 * sorted[Math.floor(sorted.length * share)]!) / 10;
  console.log(
    JSON.stringify(
      {
        bench: 'feed',
        machine: { cores: cpus().length, cpu: cpus()[0]?.model, node: process.version },
        setup: { ...size, limit, loadGeneratorOnTheSameCores: true },
        start: { ms: startMs, learned: learned.learned, graphBytes: learned.bytes, saveMs },
        page: one,
        openLoop: {
          wantedPerSecond: load.rate,
          pagesPerSecond: Math.round((10 * result.pages) / result.seconds) / 10,
          itemsPerPage: result.items / result.pages,
          errors: result.errors,
          p50Ms: at(0.5),
          p99Ms: at(0.99),
          worstMs: at(0.999999),
          /** A pause of the machine is one bad second; a server that is too slow has many. */
          worstOfASecondMs: worstOfASecond(result.latenciesMs, load.rate),
          loadGeneratorCpuMsPerPage: Math.round((100 * result.cpuMs) / result.pages) / 100,
          serverCpuMsPerPage: Math.round((cpu.user + cpu.system) / 10 / result.pages) / 100,
          postgresCpuMsPerPage: Math.round((100 * postgresMs) / result.pages) / 100,
          loadAverage: Math.round(load1m * 10) / 10,
          elsewhere,
        },
        residentBytes: process.memoryUsage().rss,
        targets: { p99Ms: 50, queries: 6, serverCpuMsPerPage: 5 },
      },
      null,
      2,
    ),
  );
  process.exit(0);
}

/** Latencies come in the order in which the requests were due. */
function worstOfASecond(latenciesMs: readonly number[], rate: number) {
  const worst = Array.from({ length: Math.ceil(latenciesMs.length / rate) }, (_, second) =>
    Math.max(...latenciesMs.slice(second * rate, (second + 1) * rate)),
  ).sort((a, b) => a - b);
  const at = (share: number) => Math.round(worst[Math.floor(worst.length * share)]!);
  return { p50: at(0.5), p90: at(0.9) };
}

/** Viewers have three topics each and watch those to the end; the rest they leave after a second. */
async function writeCommunity(database: Database) {
  const authors = Array.from({ length: Math.max(10, Math.round(size.videos / 50)) }, (_, at) =>
    authorName(at),
  );
  await writePeople(database, authors);
  const nowMs = Date.now();
  for (let from = 0; from < size.videos; from += 5000) {
    const length = Math.min(5000, size.videos - from);
    await writeVideos(
      database,
      Array.from({ length }, (_, step) => {
        const at = from + step;
        return {
          id: videoName(at),
          authorId: authors[(at * 31) % authors.length]!,
          tags: [`topic${at % topics}`, `more${at % 5000}`],
          caption: `A synthetic video about topic ${at % topics}, number ${at}`,
          audience: 'everyone' as const,
          status: 'published' as const,
          durationMs: 8000 + (at % 40) * 1000,
          publishedAtMs: nowMs - 60_000 - ((at * 7919) % size.videos) * (90 * (dayMs / size.videos)),
        };
      }),
    );
  }
  const day = new Date().toISOString().slice(0, 10);
  await database.pool.query(
    `create table signals_${day.replaceAll('-', '')} partition of signals for values from ('${day}') to (date '${day}' + 1)`,
  );
  await database.pool.query(
    `insert into signals (served_on, id, seq, kind, viewer_id, served_to, video_id, author_id, page_id, position, source,
       exploration, duration_ms, happened_at, stored_at, watched_ms, loops, added_ms, says_new, counts_view, counts_share)
     select $1::date, gen_random_uuid(), nextval('signal_seq'), 'view', viewer, viewer, 'video' || lpad(video::text, 12, '0'),
       'author', 'page', 0, 'fresh', false, 15000, now(), now(), watched, 0, watched, true, true, false
     from (
       select 'viewer' || lpad(v::text, 12, '0') as viewer, n,
         case when n % 2 = 0 then (v * 3 + n % 3) % $4 + $4 * ((v * 17 + n * 13) % greatest(1, $5 / $4)) else (v * 7919 + n * 104729) % $5 end as video,
         case when n % 2 = 0 then 15000 else 1000 end as watched
       from generate_series(0, $2::int - 1) as v, generate_series(1, $3::int) as n
     ) made where video < $5`,
    [day, size.viewers, size.viewsEach, topics, size.videos],
  );
  await database.pool.query(`insert into view_counts (video_id, views, shares)
    select video_id, count(*), 0 from signals group by video_id`);
  // As it stands on an instance that has run for a while: counted, and on disk.
  await database.pool.query('vacuum analyze');
  await database.pool.query('checkpoint');
}

/** Queries and bytes of one page, asked alone. */
async function weigh(port: number, cookies: readonly string[]) {
  const original = pg.Client.prototype.query;
  let queries = 0;
  pg.Client.prototype.query = function (this: pg.Client, ...input: unknown[]) {
    queries++;
    return (original as (...input: unknown[]) => unknown).apply(this, input);
  } as typeof original;
  const agent = new Agent({ keepAlive: true });
  const rounds = 20;
  let text = '';
  for (let at = 0; at < rounds; at++) text = (await fetchPage(agent, port, cookies[at]!, '')).text;
  agent.destroy();
  pg.Client.prototype.query = original;
  return { queries: queries / rounds, bytes: text.length, gzipBytes: gzipSync(text).length };
}

function run(child: ChildProcess, load: Load): Promise<Result> {
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as Result));
    child.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)));
    child.send(load);
  });
}

/** The other process: viewers who open the feed, and every second one asks for the next page as well. */
function beLoad() {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  process.on('message', async ({ port, cookies, rate, seconds }: Load) => {
    const result: Result = { pages: 0, items: 0, errors: 0, seconds: 0, cpuMs: 0, latenciesMs: [] };
    const cpuBefore = process.cpuUsage();
    const cursors: { cookie: string; next: string }[] = [];
    const ask = async (dueAt: number, at: number) => {
      const follow = at % 2 === 1 ? cursors.shift() : undefined;
      const cookie = follow?.cookie ?? cookies[Math.floor(Math.random() * cookies.length)]!;
      const reply = await fetchPage(agent, port, cookie, follow ? `&cursor=${follow.next}` : '');
      result.latenciesMs[at] = performance.now() - dueAt;
      if (reply.status !== 200) {
        result.errors++;
        return;
      }
      const page = JSON.parse(reply.text) as FeedPage;
      result.pages++;
      result.items += page.items.length;
      if (page.next && !follow) cursors.push({ cookie, next: page.next });
    };
    const started = performance.now();
    const pending: Promise<void>[] = [];
    for (let at = 0; at < rate * seconds; at++) {
      const dueAt = started + (at * 1000) / rate;
      const waitMs = dueAt - performance.now();
      if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs));
      pending.push(ask(dueAt, at));
    }
    await Promise.all(pending);
    result.seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    result.cpuMs = (user + system) / 1000;
    process.send!(result);
  });
}

function fetchPage(
  agent: Agent,
  port: number,
  cookie: string,
  more: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'accept-language': 'en' };
    const path = `/api/feeds/for-you?limit=${limit}${more}`;
    const call = get({ agent, port, host: '127.0.0.1', path, headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (part) => {
        text += part;
      });
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }));
    });
    call.on('error', (error) => {
      // The server closed an idle connection at the moment we took it: browsers ask again, too.
      if (call.reusedSocket) resolve(fetchPage(agent, port, cookie, more));
      else reject(error);
    });
  });
}
