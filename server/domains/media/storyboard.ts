import { join } from 'node:path';
import sharp from 'sharp';
import type { CallOptions } from '../../platform/media-engine/engine.types.ts';
import type { MediaEngine } from '../../platform/media-engine/media-engine.ts';

const frames = 10;

/**
 * Ten small frames side by side, `storyboard.webp` in `folder`. The engine's sprite has rows; the picker wants one
 * row, so that a frame is found by its number alone. Null when the engine could not make it: a cover can still be
 * chosen by its time.
 */
export async function makeStoryboard(
  engine: MediaEngine,
  path: string,
  folder: string,
  options: CallOptions,
): Promise<{ count: number; bytes: number } | null> {
  const sprite = join(folder, 'sprite.webp');
  const made = await engine.storyboard(path, sprite, { ...options, tiles: frames });
  if (!made.ok) return null;
  const { columns, rows, tileWidth: width, tileHeight: height, atMs } = made;
  const count = Math.min(atMs.length, columns * rows);
  const tiles = await Promise.all(
    Array.from({ length: count }, async (_, at) => ({
      input: await sharp(sprite)
        .extract({ left: (at % columns) * width, top: Math.floor(at / columns) * height, width, height })
        .png({ compressionLevel: 1 })
        .toBuffer(),
      left: at * width,
      top: 0,
    })),
  );
  const { size } = await sharp({
    create: { width: width * count, height, channels: 3, background: '#000' },
  })
    .composite(tiles)
    .webp({ quality: 70, effort: 3 })
    .toFile(join(folder, 'storyboard.webp'));
  return { count, bytes: size };
}
