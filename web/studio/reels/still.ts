import { editLimits } from '../../../contract/edit-list.ts';
import type { Reel } from './reel.ts';

/** A picture as a source: it stands still, as long as anything may last. Rejects with `unreadable`. */
export async function openStill(file: Blob): Promise<Reel> {
  const picture = await createImageBitmap(file).catch(() => {
    throw Object.assign(new Error('unreadable'), { name: 'unreadable' });
  });
  const { width, height } = picture;
  const still: Reel = {
    ...{ durationMs: editLimits.durationMs, width, height, hasSound: false },
    pictureAt: async () => ({ picture, width, height }),
    // It is never another picture: whoever wants it once more may have the same.
    twin: async () => still,
    soundOf: async () => null,
    close: () => picture.close(),
  };
  return still;
}
