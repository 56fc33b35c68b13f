import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import type { FeedPage } from '../contract/feeds.ts';
import type { UploadId } from '../contract/ids.ts';
import type { NewVideo, Video } from '../contract/videos.ts';
import { type ClipOptions, type ClipPlanes, makeClip } from '../server/testing/clips.ts';
import { idOf, openClient } from './client.ts';
import type { Server } from './stage.ts';

/**
 * People who use the program over its public API, as quickly as it lets them, so that a journey finds a community
 * when it opens its browser. Knows no browser but to hand a session over to one.
 */
export type Person = Awaited<ReturnType<typeof openPerson>>;
export const password = 'a long enough passphrase';

/** Signed up under this handle, or a guest. */
export async function openPerson(server: Server, handle: string | null = null) {
  const client = openClient(server);
  const ask = async <Reply>(method: 'get' | 'post' | 'put', path: string, body?: unknown): Promise<Reply> => {
    const reply = await client[method](path, body as never);
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.json as Reply;
  };
  if (handle !== null)
    await ask('post', '/api/auth/sign-up/email', {
      email: `${handle}@people.example`,
      password,
      name: handle,
      handle,
    });
  const publish = async (bytes: Buffer<ArrayBuffer>, words: Partial<NewVideo> = {}) => {
    const uploadId = idOf(await client.upload('clip.mp4', bytes, bytes.length)) as UploadId;
    return ask<Video>('post', '/api/videos', { uploadId, caption: 'A small clip #test', ...words });
  };
  return {
    ...client,
    handle: handle ?? '',
    ask,
    /** Handed in; others see it when it has been read. */
    publish,
    /** Handed in, and to be seen by others. */
    async published(bytes: Buffer<ArrayBuffer>, words: Partial<NewVideo> = {}): Promise<Video> {
      const { id } = await publish(bytes, words);
      return until(async () => {
        const video = await ask<Video>('get', `/api/videos/${id}`);
        if (video.status === 'refused') throw new Error(`refused: ${JSON.stringify(video.refusal)}`);
        return video.status === 'published' ? video : null;
      });
    },
    forYou: (limit = 8, cursor: string | null = null) =>
      ask<FeedPage>(
        'get',
        `/api/feeds/for-you?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      ),
    /** This browser is this person from now on. */
    async enter(context: BrowserContext): Promise<void> {
      await context.addCookies(
        [...client.cookies].map(([name, value]) => ({ name, value, url: server.origin })),
      );
    },
  };
}

/** Asks again until there is an answer; the test's own time limit ends it. */
export async function until<Answer>(ask: () => Promise<Answer | null | undefined | false>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((later) => setTimeout(later, 100));
  }
}

/** A clip as bytes; each has a picture of its own when `shade` differs. */
export async function clip(
  options: Partial<ClipOptions> & { shade?: number } = {},
): Promise<Buffer<ArrayBuffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-clip-'));
  const { shade, ...rest } = options;
  try {
    const path = join(folder, 'clip.mp4');
    await makeClip(path, {
      width: 180,
      height: 320,
      fps: [15, 1],
      durationMs: 1600,
      ...(shade !== undefined && {
        paint: (planes, width, height, index) => paint(planes, width, height, index, shade),
      }),
      ...rest,
    });
    return (await readFile(path)) as Buffer<ArrayBuffer>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A soft light that wanders over a colour. */
function paint(
  { luma, cb, cr }: ClipPlanes,
  width: number,
  height: number,
  index: number,
  shade: number,
): void {
  const angle = (shade / 12) * 2 * Math.PI;
  cb.fill(Math.round(128 + 60 * Math.cos(angle)));
  cr.fill(Math.round(128 + 60 * Math.sin(angle)));
  const bell = (at: number, centre: number) => Math.exp(-6 * ((at - centre) / width) ** 2);
  const across = Float32Array.from(
    { length: width },
    (_, x) => 140 * bell(x, width * (0.3 + (index % 24) / 60)),
  );
  for (let y = 0; y < height; y++) {
    const light = bell(y, height * 0.4);
    for (let x = 0; x < width; x++) luma[y * width + x] = 45 + light * across[x]!;
  }
}
