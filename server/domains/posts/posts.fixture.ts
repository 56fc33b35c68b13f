import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { AccountId, AssetId, SoundId, UploadId, VideoId } from '../../../contract/ids.ts';
import { NewVideo, type Video } from '../../../contract/videos.ts';
import { newId } from '../../platform/random.ts';
import { openMediaRoom } from '../media/media.fixture.ts';
import { partsOf, permissionsOf } from '../visibility/making.rules.ts';
import { maySee } from '../visibility/visibility.rules.ts';
import { createPosts } from './posts.ts';

/** Posts on the real media room. People who can be mentioned are named by their handle; every sound may be used but one. */
export const forbiddenSound = 'forbidden-sound' as SoundId;

export async function openPostsRoom() {
  const room = await openMediaRoom();
  const { rooms } = room;
  /** Whom everybody follows. */
  const follows = new Set<AccountId>();
  const goneSounds = new Set<SoundId>();
  const posts = createPosts({
    ...rooms,
    mentionTargets: async (handles) =>
      new Map(handles.filter((one) => one !== 'nobody').map((one) => [one, `${one}-account` as AccountId])),
    maySee: async (accountId, found) =>
      new Set(found.filter((post) => maySee(accountId, post, follows)).map((post) => post.id)),
    permissionsOf,
    partsOf,
    soundUsable: async (id) => id !== forbiddenSound && !goneSounds.has(id),
    present: async (caller, id) => {
      const post = (await posts.posts([id])).get(id)!;
      const media = post.assetId && (await rooms.media.assets([post.assetId])).get(post.assetId);
      return {
        ...post,
        url: `/v/${id}`,
        author: {
          id: post.authorId,
          handle: 'x',
          displayName: 'x',
          avatarUrl: null,
          demo: false,
          followed: false,
        },
        sound: null,
        media: media ?? null,
        counts: { views: 0, likes: 0, shares: 0, comments: 0, madeWith: post.madeWith },
        permissions: permissionsOf(caller.accountId, post, { known: new Map(), seen: new Set() }),
        credit: post.credit && { kind: post.credit.kind, depth: post.credit.depth, video: null },
        frame: post.frame && { ...post.frame, free: [] },
        making: null,
        liked: false,
        mine: caller.accountId === post.authorId,
      } satisfies Video;
    },
  });
  await room.open((edge) => edge.mount(posts.http));
  const poster = await sharp({ create: { width: 54, height: 96, channels: 3, background: '#fb0' } })
    .webp()
    .toBuffer();

  return {
    ...room,
    rooms,
    posts,
    follows,
    goneSounds,
    /** Media that is ready without an encode: these tests look at words and states, not at pictures. */
    async media(ownerId: AccountId, durationMs = 4000): Promise<{ uploadId: UploadId; assetId: AssetId }> {
      const file = join(room.folder, `${newId()}.mp4`);
      await writeFile(file, newId(200));
      const facts = { durationMs, width: 540, height: 960, frameRate: 30, hasSound: true, bytes: 200 };
      return rooms.media.importReady({ ownerId, key: file, file, posterWebp: poster, facts, demo: true });
    },
    async publish(ownerId: AccountId, video: Partial<NewVideo> = {}): Promise<VideoId> {
      const uploadId = video.uploadId ?? (await this.media(ownerId)).uploadId;
      return posts.publish(ownerId, NewVideo.parse({ caption: '', ...video, uploadId }));
    },
    async post(id: VideoId) {
      return (await posts.posts([id])).get(id);
    },
  };
}
