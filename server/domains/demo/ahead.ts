import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openingClips } from './catalogue.ts';
import type { Clip } from './clips/clip.ts';
import { openRenderer, type Renderer } from './render.ts';

/** Files of one clip, in a folder that goes once they are published. */
export type Drawn = { file: string; posterPath: string; bytes: number; tidy(): Promise<void> };

/** Draws a clip into its own folder under `scratch`; nothing is left of one that fails. */
export async function drawInto(
  scratch: string,
  renderer: Renderer,
  clip: Clip,
  signal?: AbortSignal,
): Promise<Drawn> {
  const folder = join(scratch, `demo-${clip.id}`);
  await mkdir(folder, { recursive: true });
  const [file, posterPath] = [join(folder, 'clip.mp4'), join(folder, 'poster.webp')];
  const tidy = () => rm(folder, { recursive: true, force: true });
  try {
    const { bytes } = await renderer.render(clip, file, { signal, posterPath });
    return { file, posterPath, bytes, tidy };
  } catch (error) {
    await tidy();
    throw error;
  }
}

/** A clip that was begun before there was a room to publish it. */
export type Ahead = {
  clip: Clip;
  renderer: Renderer;
  drawn: Promise<Drawn>;
  /** Ends the renderer; nothing is left of a clip that nobody took. */
  close(): Promise<void>;
};

/** Begins the first clip of a new home while its database is made: one core has nothing to do then. */
export function drawAhead(scratch: string): Ahead {
  const renderer = openRenderer();
  const clip = openingClips[0]!;
  const drawn = drawInto(scratch, renderer, clip);
  // Read by the room; by nobody when the start fails.
  drawn.catch(() => {});
  return {
    clip,
    renderer,
    drawn,
    async close() {
      await renderer.close();
      await drawn.then((files) => files.tidy()).catch(() => {});
    },
  };
}
