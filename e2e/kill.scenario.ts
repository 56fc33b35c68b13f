import { randomInt } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Profile, Video } from '../contract/videos.ts';
import { makeClip } from '../server/testing/clips.ts';
import { type Client, idOf, openClient } from './client.ts';
import { auditFiles, auditRows, jobsDue, openRows } from './kill.audit.ts';
import {
  type Acknowledged,
  admirer,
  nextPage,
  nothingYet,
  send,
  uploader,
  watched,
  watcher,
} from './kill.clients.ts';
import { killTree, processesOf, type Running, stillRunning, treeOf, until } from './processes.ts';
import { type Server, startServer } from './stage.ts';

/**
 * The server killed again and again while people upload, publish, watch, like and follow, and started again on the
 * same home and port. Three ways to die: the whole tree at once (a power cut), the main process alone, and a kill
 * while it is still coming up. Returns what was acknowledged and every contradiction that was found.
 */
export type KillReport = {
  kills: { whole: number; mainAlone: number; whileStarting: number };
  underWay: { transcodes: number; uploads: number };
  acknowledged: {
    uploads: number;
    videos: number;
    signals: number;
    likes: number;
    follows: number;
    pages: number;
  };
  resumedUploads: number;
  repeatedRequests: number;
  readyAgainMs: number[];
  orphansEndedMs: number[];
  settledMs: number;
  /** How many of 24 videos in For You are of the kind that the guest watched to the end. */
  taste: { stranger: number; learned: number; beforeLastKill: number; afterLastKill: number };
  faults: string[];
};

const seeds = 32;

export async function killRun(times: number, say: (line: string) => void = () => {}): Promise<KillReport> {
  const server = await startServer();
  const known = nothingYet();
  try {
    return await run(server, known, times, say);
  } catch (error) {
    known.faults.push(`${(error as Error).stack}`);
    throw new Error(`the run ended early; the server said:\n${server.said()}\n${known.faults.join('\n')}`);
  } finally {
    await killTree(server.pid);
    await server.kill();
    await rm(server.home, { recursive: true, force: true });
  }
}

async function run(server: Server, known: Acknowledged, times: number, say: (line: string) => void) {
  const clip = await smallClip();
  const person = async (name: string) => {
    const client = openClient(server);
    return { client, me: await client.signUp(name) };
  };
  const [nona, milo, ines, odo] = await Promise.all([
    person('nona'),
    person('milo'),
    person('ines'),
    person('odo'),
  ]);
  const seeded = await seed(nona.client, known, clip);
  const taster = openClient(server);
  const seenBefore = await learnTaste(taster, known);
  const learned = await tasteOf(taster, known);

  let over = false;
  const world = { known, clip, isOver: () => over };
  const handles = [nona, milo, ines].map((one) => one.me.handle);
  const acting = [
    uploader(nona.client, world),
    uploader(milo.client, world),
    uploader(ines.client, world),
    watcher(openClient(server), world),
    watcher(odo.client, world),
    admirer(odo.client, world, seeded, handles),
  ];
  let failed: unknown = null;
  for (const one of acting)
    one.catch((error) => {
      failed ??= error;
    });

  const report = {
    kills: { whole: 0, mainAlone: 0, whileStarting: 0 },
    underWay: { transcodes: 0, uploads: 0 },
    readyAgainMs: [] as number[],
    orphansEndedMs: [] as number[],
  };
  for (let kill = 0; kill < times; kill++) {
    if (failed) throw failed;
    await pause(randomInt(300, 5000));
    const tree = await treeOf(server.pid);
    if (await isTranscoding(tree)) report.underWay.transcodes++;
    if ([...known.uploads.values()].some((one) => one.offset < one.bytes)) report.underWay.uploads++;
    if (kill % 4 === 1) {
      report.kills.mainAlone++;
      process.kill(server.pid, 'SIGKILL');
      report.orphansEndedMs.push(
        await until(
          async () => (await stillRunning(tree)).length === 0,
          `the orphans of ${server.pid} to end`,
          20_000,
        ),
      );
    } else {
      report.kills.whole++;
      await killTree(server.pid);
    }
    await server.kill();
    if (kill % 5 === 3) {
      report.kills.whileStarting++;
      const starting = server.start().catch(() => 'killed');
      await pause(randomInt(100, 1500));
      await killTree(server.pid);
      await starting;
    }
    const started = performance.now();
    await server.start();
    report.readyAgainMs.push(Math.round(performance.now() - started));
    say(
      `kill ${kill + 1}: ready again after ${report.readyAgainMs.at(-1)} ms, ${known.uploads.size} uploads begun`,
    );
  }

  say('settling');
  const settling = performance.now();
  over = true;
  await Promise.all(acting);
  let rows = await openRows(server.home);
  try {
    await until(async () => (await jobsDue(rows)) === 0, 'every job to be done', 300_000);
    const settledMs = Math.round(performance.now() - settling);
    const beforeLastKill = await tasteOf(taster, known);
    await rows.close();
    await killTree(server.pid);
    await server.kill();
    await server.start();
    rows = await openRows(server.home);
    await until(async () => (await jobsDue(rows)) === 0, 'every job to be done', 60_000);
    const afterLastKill = await tasteOf(taster, known);
    const taste = {
      stranger: await tasteOf(openClient(server), known),
      learned,
      beforeLastKill,
      afterLastKill,
    };
    const faults = [
      ...known.faults,
      ...(await auditRows(rows, known)),
      ...(await auditFiles(server.home, rows)),
      ...(await auditAnswers(odo.client, known)),
    ];
    const fresh = await nextPage(taster, known, null, 40, false);
    const cameBack = fresh.items.filter((item) => seenBefore.has(item.video.id)).length;
    if (fresh.items.length === 0 || cameBack > 0)
      faults.push(`of ${fresh.items.length} new videos ${cameBack} were watched before the kills`);
    if (afterLastKill < beforeLastKill - 6) faults.push(`taste is lost: ${JSON.stringify(taste)}`);
    await rows.close();
    const tree = await treeOf(server.pid);
    const stopping = Date.now();
    await server.stop();
    const stoppedMs = Date.now() - stopping;
    const left = [...(await stillRunning(tree)), ...(await processesOf(server.home))];
    if (left.length > 0) {
      const names = left.map((one) => `${one.name} ${one.pid}`).join(', ');
      faults.push(`left after a stop of ${stoppedMs} ms: ${names}; the server said: ${server.said()}`);
    }
    return {
      ...report,
      acknowledged: {
        uploads: known.uploads.size,
        videos: [...known.uploads.values()].filter((one) => one.videoId).length,
        signals: known.signals.size,
        likes: known.likes.size,
        follows: known.follows.size,
        pages: known.pages,
      },
      resumedUploads: known.resumed,
      repeatedRequests: known.repeats,
      settledMs,
      taste,
      faults,
    };
  } finally {
    await rows.close().catch(() => {
      // Closed above; here only when something was thrown before.
    });
  }
}

async function smallClip(): Promise<Buffer> {
  const path = join(tmpdir(), `kinora-kill-${process.pid}.mp4`);
  await makeClip(path, {
    width: 216,
    height: 384,
    fps: [30, 1],
    durationMs: 2500,
    sound: { kind: 'beat', levelDb: -12 },
  });
  const bytes = await readFile(path);
  await rm(path);
  return bytes;
}

/** What there is to see before it begins: the same bytes again and again, half of it about food, half about travel. */
async function seed(client: Client, known: Acknowledged, clip: Buffer): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < seeds; at++) {
    const topic = at % 2 === 0 ? 'food' : 'travel';
    const path = await client.upload('seed.mp4', Buffer.from(clip), clip.byteLength);
    const { upload } = await client.settled(path);
    if (upload.state !== 'ready') throw new Error(`a seed is ${JSON.stringify(upload)}`);
    const words = { uploadId: idOf(path), caption: `seed ${at} #${topic}`, topics: [topic] };
    const reply = await client.post('/api/videos', words);
    if (reply.status !== 201) throw new Error(`a seed is ${reply.status} ${reply.text}`);
    const { id } = reply.json as Video;
    known.uploads.set(idOf(path), { bytes: clip.byteLength, offset: clip.byteLength, videoId: id });
    ids.push(id);
  }
  return ids;
}

/** A guest who watches food to its end and skips travel; returns what they saw. */
async function learnTaste(guest: Client, known: Acknowledged): Promise<Set<string>> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  for (let at = 0; at < 2; at++) {
    const page = await nextPage(guest, known, cursor, 6);
    const signals = page.items.map((item) => watched(item, item.video.topics.includes('food') ? 2500 : 100));
    if (signals.length > 0) await send(guest, known, signals);
    for (const item of page.items) seen.add(item.video.id);
    cursor = page.next;
  }
  return seen;
}

/** Food among the first eight videos of three new sessions: chance has a hand in each. */
async function tasteOf(guest: Client, known: Acknowledged): Promise<number> {
  let food = 0;
  for (let session = 0; session < 3; session++) {
    const { items } = await nextPage(guest, known, null, 8);
    food += items.filter((item) => item.video.topics.includes('food')).length;
  }
  return food;
}

async function isTranscoding(tree: readonly Running[]): Promise<boolean> {
  const lines = await Promise.all(
    tree.map(({ pid }) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')),
  );
  return lines.some((line) => line.includes('engine-child'));
}

/** Likes and follows as the API tells them to the one who gave them. */
async function auditAnswers(client: Client, known: Acknowledged): Promise<string[]> {
  const found: string[] = [];
  for (const [id, liked] of known.likes) {
    const video = (await client.get(`/api/videos/${id}`)).json as Video;
    if (video.liked !== liked || video.counts.likes !== (liked ? 1 : 0))
      found.push(`a like is ${video.liked} (${video.counts.likes}) and was acknowledged as ${liked}`);
  }
  for (const [handle, followed] of known.follows) {
    const person = (await client.get(`/api/people/${handle}`)).json as Profile;
    if (person.followed !== followed)
      found.push(`a follow is ${person.followed} and was acknowledged as ${followed}`);
  }
  return found;
}
