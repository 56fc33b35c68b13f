import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { AccountId, UploadId, VideoId } from '../../contract/ids.ts';
import type { NewVideo } from '../../contract/videos.ts';
import { newId } from '../platform/random.ts';
import { makeClip } from './clips.ts';
import type { OpenHouse } from './house.ts';

const clips = new Map<boolean, Promise<string>>();

/** A small real MP4, made once in a test process. */
function smallClip(hasSound: boolean): Promise<string> {
  const made = clips.get(hasSound);
  if (made) return made;
  const clip = (async () => {
    const folder = join(tmpdir(), `kinora-clip-${process.pid}`);
    await mkdir(folder, { recursive: true });
    const path = join(folder, hasSound ? 'sounding.mp4' : 'small.mp4');
    await makeClip(path, {
      width: 108,
      height: 192,
      fps: [30, 1],
      durationMs: 2000,
      codec: 'h264',
      container: 'mp4',
      ...(hasSound && { sound: { kind: 'beat', levelDb: -12 } as const }),
    });
    return path;
  })();
  clips.set(hasSound, clip);
  return clip;
}

/** A clip other than the small one: a path to an MP4. */
export type OwnClip = { hasSound?: boolean; file?: string; durationMs?: number };

/** An upload of this person that is ready to be published, without an encode. */
export async function readyUpload(
  house: OpenHouse,
  ownerId: AccountId,
  own: OwnClip = {},
): Promise<UploadId> {
  const { hasSound = false, durationMs = 2000 } = own;
  const facts = { durationMs, width: 108, height: 192, frameRate: 30, hasSound, bytes: 10_000 };
  const posterWebp = await sharp({ create: { width: 108, height: 192, channels: 3, background: '#ffb224' } })
    .webp()
    .toBuffer();
  const file = own.file ?? (await smallClip(hasSound));
  const { uploadId } = await house.rooms.media.importReady({
    ownerId,
    key: newId(),
    file,
    posterWebp,
    facts,
    demo: true,
  });
  return uploadId;
}

/** A published video of this person; everybody else sees it as its audience says. */
export async function publishedVideo(
  house: OpenHouse,
  ownerId: AccountId,
  {
    sounding = false,
    clip = { hasSound: sounding },
    ...words
  }: Partial<NewVideo> & { sounding?: boolean; clip?: OwnClip } = {},
): Promise<VideoId> {
  const uploadId = await readyUpload(house, ownerId, clip);
  const videoId = await house.rooms.posts.publish(ownerId, {
    uploadId,
    caption: 'A small clip #test',
    topics: [],
    audience: 'everyone',
    disclosure: { advertising: false, aiMade: false },
    language: null,
    soundId: null,
    soundTitle: null,
    cues: null,
    ...words,
  });
  await house.settle();
  return videoId;
}
