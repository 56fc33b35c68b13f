import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FeedItem, FeedPage } from '../contract/feeds.ts';
import type { Signal, SignalReceipt } from '../contract/signals.ts';
import type { Upload } from '../contract/uploads.ts';
import type { Video } from '../contract/videos.ts';
import { type Client, idOf } from './client.ts';

/**
 * People whose server dies under them: they write down what was acknowledged, and say what they said again until it
 * is. Whatever contradicts an acknowledgement goes to `faults`. Knows nothing of when the kills come.
 */
export type Acknowledged = {
  /** By upload: the highest offset that was answered, and the video that a 201 named. */
  uploads: Map<string, { bytes: number; offset: number; videoId: string | null }>;
  signals: Set<string>;
  /** The last answered state, by video and by handle. */
  likes: Map<string, boolean>;
  follows: Map<string, boolean>;
  pages: number;
  resumed: number;
  repeats: number;
  faults: string[];
};

export const nothingYet = (): Acknowledged => ({
  uploads: new Map(),
  signals: new Set(),
  likes: new Map(),
  follows: new Map(),
  pages: 0,
  resumed: 0,
  repeats: 0,
  faults: [],
});

export type World = {
  known: Acknowledged;
  /** A small MP4 that everybody uploads, each with bytes of their own behind it. */
  clip: Buffer;
  isOver(): boolean;
};

const topics = ['food', 'travel'] as const;

/** Says it until it is answered: a broken connection and "not ready" are no answer. */
async function insist<T>(known: Acknowledged, say: () => Promise<T | null>): Promise<T> {
  for (;;) {
    try {
      const answer = await say();
      if (answer !== null) return answer;
    } catch (error) {
      if (!(error instanceof TypeError) && !/: 5\d\d /.test(`${error}`)) throw error;
    }
    known.repeats++;
    await pause(randomInt(50, 250));
  }
}

/** JSON of a reply of this status; null when the server is going or coming. */
async function answered<T>(
  reply: Promise<{ status: number; json: unknown; text: string }>,
  status: number,
): Promise<T | null> {
  const { status: got, json, text } = await reply;
  if (got === status) return json as T;
  if (got >= 500) return null;
  throw new Error(`expected ${status}, got ${got} ${text}`);
}

/** Every fourth clip has been seen before, byte for byte. */
export function uniqueClip(clip: Buffer, copies: Buffer<ArrayBuffer>[]): Buffer<ArrayBuffer> {
  if (copies.length > 0 && randomInt(4) === 0) return copies[randomInt(copies.length)]!;
  const head = Buffer.alloc(8);
  const tail = randomBytes(randomInt(50_000, 300_000));
  head.writeUInt32BE(tail.byteLength + 8, 0);
  head.write('free', 4, 'latin1');
  const made = Buffer.concat([clip, head, tail]);
  copies.push(made);
  return made;
}

export async function uploader(client: Client, { known, clip, isOver }: World): Promise<void> {
  const copies: Buffer<ArrayBuffer>[] = [];
  const waiting: string[] = [];
  while (!isOver()) {
    const path = await sendTake(client, known, uniqueClip(clip, copies));
    waiting.push(path);
    if (waiting.length > 3) await untilReady(client, known, waiting.shift()!);
  }
  for (const path of waiting) await untilReady(client, known, path);
}

/** One upload to its last byte and its video, the words before or after the bytes, sometimes said twice. */
async function sendTake(client: Client, known: Acknowledged, bytes: Buffer<ArrayBuffer>): Promise<string> {
  const path = await insist(known, () => client.beginUpload('take.mp4', bytes.byteLength));
  const id = idOf(path);
  const entry = { bytes: bytes.byteLength, offset: 0, videoId: null as string | null };
  known.uploads.set(id, entry);
  const publish = async () => {
    const topic = topics[randomInt(2)]!;
    const words = { uploadId: id, caption: `take ${id} #${topic}`, topics: [topic] };
    const { id: videoId } = await insist(known, () =>
      answered<Video>(client.post('/api/videos', words), 201),
    );
    if (entry.videoId && entry.videoId !== videoId) known.faults.push(`${id} is two videos`);
    entry.videoId = videoId;
  };
  const early = randomInt(2) === 0;
  if (early) await publish();
  while (entry.offset < entry.bytes) {
    const piece = bytes.subarray(entry.offset, entry.offset + randomInt(5_000, 25_000));
    try {
      entry.offset = await client.sendPiece(path, entry.offset, piece);
      await pause(randomInt(20, 200));
    } catch {
      const offset = await insist(known, () => client.offsetOf(path));
      if (offset < entry.offset) known.faults.push(`${id} went back from ${entry.offset} to ${offset}`);
      entry.offset = offset;
      known.resumed++;
    }
  }
  if (!early || randomInt(3) === 0) await publish();
  return path;
}

async function untilReady(client: Client, known: Acknowledged, path: string): Promise<void> {
  for (;;) {
    const upload = await insist(known, () => answered<Upload>(client.get(path), 200));
    if (upload.state === 'ready') return;
    if (upload.state === 'refused') {
      known.faults.push(`${path} was refused: ${JSON.stringify(upload.refusal)}`);
      return;
    }
    await pause(100);
  }
}

export async function nextPage(
  client: Client,
  known: Acknowledged,
  cursor: string | null,
  limit = 4,
  again = true,
) {
  const query = cursor ? `&cursor=${encodeURIComponent(cursor)}` : `&again=${again}`;
  return insist(known, () =>
    answered<FeedPage>(client.get(`/api/feeds/for-you?limit=${limit}${query}`), 200),
  );
}

/** Resolves when the server has said of each of them that it is kept. */
export async function send(client: Client, known: Acknowledged, signals: Signal[]): Promise<void> {
  const receipt = await insist(known, () =>
    answered<SignalReceipt>(client.post('/api/signals', { signals }), 202),
  );
  const refused = new Set(receipt.refused.map((one) => one.id));
  if (refused.size > 0) known.faults.push(`signals refused: ${JSON.stringify(receipt.refused)}`);
  if (receipt.accepted + receipt.duplicates + refused.size !== signals.length)
    known.faults.push(`a receipt that does not add up: ${JSON.stringify(receipt)}`);
  for (const { id } of signals) if (!refused.has(id)) known.signals.add(id);
}

export const watched = (item: FeedItem, watchedMs: number): Signal => ({
  id: randomUUID(),
  token: item.token,
  kind: 'view',
  agoMs: 0,
  watchedMs,
});

/** Goes through For You session after session. */
export async function watcher(client: Client, { known, isOver }: World): Promise<void> {
  while (!isOver()) {
    const met = new Set<string>();
    for (let cursor: string | null = null; ; ) {
      const page = await nextPage(client, known, cursor);
      known.pages++;
      const ids = page.items.map((item) => item.video.id);
      for (const id of ids) if (met.has(id)) known.faults.push(`a session served ${id} twice`);
      if (cursor && ids.length > 0 && randomInt(3) === 0) {
        const again = await nextPage(client, known, cursor);
        const same = again.items.map((item) => item.video.id);
        // What was refused or hidden meanwhile may be missing; nothing else may have come.
        if (same.some((id) => !ids.includes(id as never)))
          known.faults.push(`a page asked for again was another: ${ids} ${same}`);
      }
      for (const id of ids) met.add(id);
      if (page.items.length > 0) {
        const signals = page.items.map((item) => watched(item, randomInt(300, 2500)));
        await send(client, known, signals);
        if (randomInt(3) === 0) await send(client, known, signals);
      }
      cursor = page.next;
      if (!cursor || isOver()) break;
      await pause(randomInt(20, 120));
    }
    await pause(100);
  }
}

/** Likes and follows, and takes them back. */
export async function admirer(
  client: Client,
  { known, isOver }: World,
  videos: readonly string[],
  handles: readonly string[],
): Promise<void> {
  const say = async (state: Map<string, boolean>, key: string, path: string) => {
    const wanted = !state.get(key);
    await insist(known, () => answered(wanted ? client.put(path) : client.delete(path), 200));
    state.set(key, wanted);
  };
  while (!isOver()) {
    const video = videos[randomInt(videos.length)]!;
    await say(known.likes, video, `/api/videos/${video}/like`);
    const handle = handles[randomInt(handles.length)]!;
    if (randomInt(4) === 0) await say(known.follows, handle, `/api/people/${handle}/follow`);
    await pause(randomInt(10, 80));
  }
}
