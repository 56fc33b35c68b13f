/**
 * Where simulated viewers live: the whole server on a real Postgres, listening on a port of this machine, with a clock that
 * is moved by hand so that three days pass in a minute. Videos come in without an encoder: those of the beginning as rows,
 * later ones through the same publishing as everybody's, with media that was made elsewhere. Knows no viewer and no taste.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { AccountId, VideoId } from '../../contract/ids.ts';
import { writePeople, writeVideos } from '../../server/domains/feed/testing.community.ts';
import { newId } from '../../server/platform/random.ts';
import { createBrowser } from '../../server/testing/browser.ts';
import { makeClip } from '../../server/testing/clips.ts';
import { openHouse } from '../../server/testing/house.ts';
import type { WorldVideo } from './world.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

const creatorName = (creator: number) => `maker${String(creator).padStart(12, '0')}` as AccountId;
const videoName = (at: number) => `clip${String(at).padStart(12, '0')}` as VideoId;

/** `videos` are there from the beginning; their times are shifted so that the newest is as old as it says. */
export async function openStage(videos: readonly WorldVideo[], atMs: number) {
  const house = await openHouse();
  house.clock.advance(atMs - house.clock.now());
  await writePeople(house.database, [...new Set(videos.map((video) => creatorName(video.creator)))]);
  await writeVideos(
    house.database,
    videos.map((video) => ({
      id: videoName(video.at),
      authorId: creatorName(video.creator),
      tags: video.tags,
      caption: captionOf(video),
      audience: 'everyone' as const,
      status: 'published' as const,
      durationMs: video.durationMs,
      publishedAtMs: video.publishedAtMs,
    })),
  );
  // Rows make no news: a server that starts finds them.
  await house.restart();
  const { port } = await house.rooms.edge.listen('127.0.0.1', 0);
  const origin = `http://127.0.0.1:${port}`;
  const worldVideo = new Map<string, WorldVideo>(videos.map((video) => [videoName(video.at), video]));
  const folder = await mkdtemp(join(tmpdir(), 'kinora-stage-'));
  const file = join(folder, 'small.mp4');
  await makeClip(file, {
    width: 108,
    height: 192,
    fps: [15, 1],
    durationMs: 1000,
    codec: 'h264',
    container: 'mp4',
  });
  const posterWebp = await sharp({ create: { width: 108, height: 192, channels: 3, background: '#ffb224' } })
    .webp()
    .toBuffer();

  return {
    origin,
    clock: house.clock,
    /** What a video of a page is in the world. */
    videoOf(id: string): WorldVideo {
      const video = worldVideo.get(id);
      if (!video) throw new Error(`a video that nobody made: ${id}`);
      return video;
    },
    guest: () => createBrowser((request) => fetch(request), origin),
    async member() {
      const browser = createBrowser((request) => fetch(request), origin);
      const handle = `viewer${newId(8).toLowerCase()}`;
      const reply = await browser.post('/api/auth/sign-up/email', {
        email: `${handle}@people.example`,
        password: 'a long enough passphrase',
        name: handle,
        handle,
      });
      if (reply.status !== 200) throw new Error(`sign-up: ${reply.status} ${reply.text}`);
      return browser;
    },
    /** Somebody new signs up and publishes these; others may see them when this resolves. */
    async publish(newVideos: readonly WorldVideo[]): Promise<void> {
      for (const video of newVideos) {
        const { me } = await house.person('maker');
        const { uploadId } = await house.rooms.media.importReady({
          ownerId: me.id,
          key: newId(),
          file,
          posterWebp,
          facts: {
            durationMs: video.durationMs,
            width: 108,
            height: 192,
            frameRate: 15,
            hasSound: false,
            bytes: 10_000,
          },
          demo: true,
        });
        const id = await house.rooms.posts.publish(me.id, {
          uploadId,
          caption: captionOf(video),
          topics: [],
          audience: 'everyone',
          disclosure: { advertising: false, aiMade: false },
          language: 'en',
          soundId: null,
          soundTitle: null,
          cues: null,
        });
        worldVideo.set(id, video);
      }
      await house.settle();
    },
    async close() {
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const captionOf = (video: WorldVideo) =>
  `A video, number ${video.at} ${video.tags.map((tag) => `#${tag}`).join(' ')}`;
