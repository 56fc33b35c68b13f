/** The forked half of render.ts: draws, plays and encodes one clip after the other, as ordered. It says `progress` as
 * it goes and `done` or `failed` at the end of each. It ends by itself when its parent is gone, also by kill -9. */
import { rename, rm, stat } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';
import sharp from 'sharp';
import { composeFor } from '../../../packages/music/compose.ts';
import { type Clip, clips } from './catalogue.ts';
import { encodeMp4 } from './encode.ts';
import { pictures, posterOf } from './frames.ts';

export type RenderOrder = { clipId: string; outPath: string; posterPath: string | null };
export type RenderNews =
  | { kind: 'progress'; pictures: number }
  | { kind: 'done'; bytes: number }
  | { kind: 'failed'; message: string };

/** Somebody may be watching on the same cores; an opening clip is what they are waiting for. */
const calm = 10;

process.once('disconnect', () => process.exit(1));
Log.setLevel(AV_LOG_ERROR);
sharp.cache(false);
sharp.concurrency(1);

const tell = (news: RenderNews) => process.send!(news);

async function make(clip: Clip, { outPath, posterPath }: RenderOrder): Promise<number> {
  // The finished file appears at its name in one step; a killed render leaves only the .part file.
  const partPath = `${outPath}.part`;
  try {
    const video = { pictures: pictures(clip), rate: clip.drawnPerSecond, hurried: clip.opening };
    await encodeMp4(partPath, video, composeFor(clip), (done) => {
      if (done % 15 === 0) tell({ kind: 'progress', pictures: done });
    });
    if (posterPath) await posterOf(clip, posterPath);
    const { size } = await stat(partPath);
    await rename(partPath, outPath);
    return size;
  } catch (error) {
    await rm(partPath, { force: true });
    throw error;
  }
}

process.on('message', async (order: RenderOrder) => {
  try {
    const clip = clips.find((candidate) => candidate.id === order.clipId);
    if (!clip) throw new Error(`no clip ${order.clipId}`);
    // Never back again: an ordinary process may only lower its own priority.
    if (!clip.opening) setPriority(calm);
    tell({ kind: 'done', bytes: await make(clip, order) });
  } catch (error) {
    tell({ kind: 'failed', message: String(error) });
  }
});
