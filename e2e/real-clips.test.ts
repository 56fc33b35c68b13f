import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FeedPage } from '../contract/feeds.ts';
import type { Upload } from '../contract/uploads.ts';
import type { Media, Video } from '../contract/videos.ts';
import { readMedia } from '../server/testing/media-reading.ts';
import { type Client, idOf, openClient } from './client.ts';
import { type Server, startServer } from './stage.ts';

/** Real footage through the real program: sign-up, upload in pieces, progress, publishing, somebody else's For You. */
const folder = resolve(import.meta.dirname, '../../shared/media');
const gestures =
  'again bird book brother eat help hungry learn milk night no please school sister sorry student thanks walk want yes';
const short = [
  ...gestures.split(' ').map((name) => `${name}.mkv`),
  'bottle-detection.mp4',
  'car-detection.mp4',
];
const tooLong = 'one-by-one-person-detection.mp4';
const absent = [...short, tooLong].filter((name) => !existsSync(join(folder, name)));

describe.skipIf(absent.length > 0)(
  absent.length > 0 ? `real clips (skipped: ${absent.length} of 23 are not in shared/media)` : 'real clips',
  () => {
    let server: Server;
    let creator: Client;
    let scratch: string;
    const published = new Map<string, string>();
    const seconds = new Map<string, number>();

    beforeAll(async () => {
      scratch = await mkdtemp(join(tmpdir(), 'kinora-clips-'));
      server = await startServer();
      creator = openClient(server);
      await creator.signUp('filmer');
    });
    afterAll(async () => {
      await server?.close();
      await rm(scratch, { recursive: true, force: true });
      const sorted = [...seconds.values()].sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]?.toFixed(1);
      process.stdout.write(
        `real clips, last byte to published: ${sorted.length} published, median ${at(0.5)} s, p95 ${at(0.95)} s, ` +
          `most ${at(1)} s (${[...seconds].map(([name, s]) => `${basename(name)} ${s.toFixed(1)}`).join(', ')})\n`,
      );
    });

    test.each(short)('%s is published as it is', async (name) => {
      const bytes = await readFile(join(folder, name));
      const uploadPath = await creator.upload(name, bytes, 100_000);
      const lastByteAt = performance.now();
      const { seen, upload } = await creator.settled(uploadPath);
      expect(upload.refusal).toBeNull();
      expect(seen.at(-1)).toBe('ready');
      const reply = await creator.post('/api/videos', {
        uploadId: idOf(uploadPath),
        caption: `${name} #clips`,
      });
      expect(reply.status, reply.text).toBe(201);
      const video = reply.json as Video;
      expect(video.status).toBe('published');
      seconds.set(name, (performance.now() - lastByteAt) / 1000);
      published.set(name, video.id);

      const source = await readMedia(join(folder, name));
      const shown = (await creator.get(`/api/videos/${video.id}`)).json as Video;
      const media = shown.media!;
      const frameMs = 1000 / (source.frames / source.seconds);
      expect(Math.abs(media.durationMs - source.seconds * 1000)).toBeLessThan(frameMs + 1);
      expect([media.width, media.height]).toEqual([source.width, source.height]);
      expect(media.hasSound).toBe(source.audioCodec !== null);
      expect(upload.facts!.bytes).toBe(bytes.byteLength);

      const copy = join(scratch, `${video.id}.mp4`);
      await writeFile(copy, await inRanges(media));
      const made = await readMedia(copy);
      expect(Math.abs(made.seconds - source.seconds) * 1000).toBeLessThan(frameMs + 1);
      // A picture that came late in the source is shown twice on the even grid of the rendition.
      expect(Math.abs(made.frames - source.frames)).toBeLessThanOrEqual(1);
      expect(made.videoPackets).toBe(made.frames);
      expect(made.audioCodec !== null).toBe(source.audioCodec !== null);
      expect(made.width / made.height).toBeCloseTo(source.width / source.height, 1);
      expect((await creator.raw('GET', media.posterUrl)).headers.get('content-type')).toBe('image/webp');
    });

    /** The smallest rendition, fetched as players do: a piece of it, its end, and the rest. */
    async function inRanges(media: Media): Promise<Buffer> {
      const { url, bytes } = media.renditions[0]!;
      const part = async (range: string, from: number, to: number) => {
        const reply = await creator.raw('GET', url, null, { range });
        expect(reply.status).toBe(206);
        expect(reply.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${bytes}`);
        const body = Buffer.from(await reply.arrayBuffer());
        expect(body.byteLength).toBe(to - from);
        return body;
      };
      const third = Math.floor(bytes / 3);
      return Buffer.concat([
        await part(`bytes=0-${third - 1}`, 0, third),
        await part(`bytes=${third}-${bytes - 101}`, third, bytes - 100),
        await part('bytes=-100', bytes - 100, bytes),
      ]);
    }

    test('a video whose words come before its bytes is published by itself', async () => {
      const bytes = Buffer.concat([await readFile(join(folder, 'thanks.mkv')), Buffer.alloc(0)]);
      const uploadPath = await creator.beginUpload('thanks.mkv', bytes.byteLength);
      const offset = await creator.sendPiece(uploadPath, 0, bytes.subarray(0, 50_000));
      const words = { uploadId: idOf(uploadPath), caption: 'written while it uploads' };
      const early = (await creator.post('/api/videos', words)).json as Video;
      expect(early.status).toBe('processing');
      await creator.sendPiece(uploadPath, offset, bytes.subarray(offset));
      const states: string[] = [];
      for await (const video of creator.follow<Video>(`/api/videos/${early.id}/events`))
        states.push(video.status);
      expect(states.at(-1)).toBe('published');
      published.set('written while it uploads', early.id);
    });

    test('more than two minutes are refused in words, and the upload is kept', async () => {
      const bytes = await readFile(join(folder, tooLong));
      const uploadPath = await creator.upload(tooLong, bytes, 1_000_000);
      const { upload } = await creator.settled(uploadPath);
      expect(upload.state).toBe('refused');
      expect(upload.refusal).toMatchObject({ code: 'too_long', details: { limitMs: 60_000 } });
      const { durationMs } = upload.refusal!.details as { durationMs: number };
      expect(durationMs).toBeGreaterThan(60_000);
      const { uploads } = (await creator.get('/api/me/uploads')).json as { uploads: Upload[] };
      expect(uploads.map((one) => one.id)).toContain(upload.id);
      expect((await stat(join(server.home, 'storage', 'uploads', upload.id))).size).toBe(bytes.byteLength);
    });

    test('a guest meets each of them once in For You', async () => {
      const guest = openClient(server);
      const met: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const query: string = next ? `&cursor=${encodeURIComponent(next)}` : '';
        const page = (await guest.get(`/api/feeds/for-you?limit=8${query}`)).json as FeedPage;
        met.push(...page.items.map((item) => item.video.id));
        next = page.next;
      }
      expect(met.toSorted()).toEqual([...published.values()].toSorted());
    });
  },
);
