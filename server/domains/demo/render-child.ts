/** The forked half of render.ts: draws, plays and encodes one clip, then ends. It says `{frames}` as it goes and
 * `{done}` or `{failed}` last. It ends by itself when its parent is gone, and runs at low priority, because
 * somebody may already be watching on the same cores. */
import { rename, rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import sharp from 'sharp';
import { clips } from './catalogue.ts';
import { encodeMp4 } from './encode.ts';
import { pictures, posterOf } from './frames.ts';
import { composeFor } from './music/compose.ts';

export type RenderOrder = { clipId: string; outPath: string; posterPath: string | null };
export type RenderNews =
  | { kind: 'progress'; frames: number }
  | { kind: 'done' }
  | { kind: 'failed'; message: string };

process.once('disconnect', () => process.exit(1));
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
sharp.cache(false);
sharp.concurrency(1);

const tell = (news: RenderNews) => new Promise<void>((resolve) => process.send!(news, () => resolve()));

process.once('message', async (order: RenderOrder) => {
  // The finished file appears at its name in one step; a killed render leaves only the .part file.
  const partPath = `${order.outPath}.part`;
  try {
    const clip = clips.find((candidate) => candidate.id === order.clipId);
    if (!clip) throw new Error(`no clip ${order.clipId}`);
    const sound = composeFor(clip);
    await encodeMp4(partPath, pictures(clip), sound, (frames) => {
      if (frames % 15 === 0) process.send!({ kind: 'progress', frames } satisfies RenderNews);
    });
    if (order.posterPath) await posterOf(clip, order.posterPath);
    await rename(partPath, order.outPath);
    await tell({ kind: 'done' });
    process.exit(0);
  } catch (error) {
    await rm(partPath, { force: true });
    await tell({ kind: 'failed', message: String(error) });
    process.exit(1);
  }
});
