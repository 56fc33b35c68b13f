import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import type { FeedPage } from '../contract/feeds.ts';
import type { Upload } from '../contract/uploads.ts';
import type { NewVideo, Video } from '../contract/videos.ts';
import { type ClipOptions, makeClip } from '../server/testing/clips.ts';
import type { Server } from './stage.ts';

/**
 * People who use the program over its public API, as quickly as it lets them, so that a journey finds a community
 * when it opens its browser. Knows no browser but to hand a session over to one.
 */
export type Person = Awaited<ReturnType<typeof openPerson>>;
export const password = 'a long enough passphrase';

export async function openPerson(server: Server, handle: string | null = null) {
  const { origin } = server;
  const cookies = new Map<string, string>();

  async function raw(
    method: string,
    path: string,
    body: BodyInit | null = null,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const response = await fetch(origin + path, {
      method,
      body,
      redirect: 'manual',
      headers: {
        origin,
        ...(cookies.size > 0 && { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') }),
        ...headers,
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }
  async function call<Reply>(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await raw(
      method,
      path,
      body === undefined ? null : JSON.stringify(body),
      body === undefined ? {} : { 'content-type': 'application/json' },
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : null) as Reply;
  }

  if (handle !== null)
    await call('POST', '/api/auth/sign-up/email', {
      email: `${handle}@people.example`,
      password,
      name: handle,
      handle,
    });

  const person = {
    handle: handle ?? '',
    raw,
    call,
    forYou: (limit = 8, cursor: string | null = null) =>
      call<FeedPage>(
        'GET',
        `/api/feeds/for-you?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      ),
    /** The bytes by tus, in one piece; answers when the upload can be watched. */
    async upload(bytes: Uint8Array<ArrayBuffer>, fileName = 'clip.mp4'): Promise<Upload['id']> {
      const created = await raw('POST', '/api/uploads', null, {
        'tus-resumable': '1.0.0',
        'upload-length': String(bytes.length),
        'upload-metadata': `filename ${Buffer.from(fileName).toString('base64')}`,
      });
      if (created.status !== 201) throw new Error(`tus: ${created.status} ${await created.text()}`);
      const path = new URL(created.headers.get('location')!, origin).pathname;
      const sent = await raw('PATCH', path, bytes, {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      });
      if (sent.status !== 204) throw new Error(`tus: ${sent.status} ${await sent.text()}`);
      return path.split('/').pop() as Upload['id'];
    },
    publish: (uploadId: Upload['id'], words: Partial<NewVideo> = {}) =>
      call<Video>('POST', '/api/videos', { uploadId, caption: 'A small clip #test', ...words }),
    /** Published and to be seen by others. */
    async published(bytes: Uint8Array<ArrayBuffer>, words: Partial<NewVideo> = {}): Promise<Video> {
      const { id } = await person.publish(await person.upload(bytes), words);
      return until(async () => {
        const video = await call<Video>('GET', `/api/videos/${id}`);
        if (video.status === 'refused') throw new Error(`refused: ${JSON.stringify(video.refusal)}`);
        return video.status === 'published' ? video : null;
      });
    },
    /** This browser is this person from now on. */
    async enter(context: BrowserContext): Promise<void> {
      await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: origin })));
    },
  };
  return person;
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
      ...(shade !== undefined && { paint: (planes, width, height, index) => paint(planes, width, height, index, shade) }),
      ...rest,
    });
    return (await readFile(path)) as Buffer<ArrayBuffer>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A soft light that wanders over a colour. */
const paint: (
  planes: { luma: Uint8Array; cb: Uint8Array; cr: Uint8Array },
  width: number,
  height: number,
  index: number,
  shade: number,
) => void = ({ luma, cb, cr }, width, height, index, shade) => {
  const angle = (shade / 12) * 2 * Math.PI;
  cb.fill(Math.round(128 + 60 * Math.cos(angle)));
  cr.fill(Math.round(128 + 60 * Math.sin(angle)));
  const bell = (at: number, centre: number) => Math.exp(-6 * ((at - centre) / width) ** 2);
  const across = Float32Array.from({ length: width }, (_, x) => 140 * bell(x, width * (0.3 + (index % 24) / 60)));
  for (let y = 0; y < height; y++) {
    const light = bell(y, height * 0.4);
    for (let x = 0; x < width; x++) luma[y * width + x] = 45 + light * across[x]!;
  }
};
