import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type EditList, emptyEditList } from '../../../contract/edit-list.ts';
import { createLog } from '../log.ts';
import { openRendering } from './rendering.ts';
import type { Material } from './rendering.types.ts';

/** What tests of rendering share; run as a program, a server that renders until somebody kills it. */
export async function fileMaterial(id: string, path: string): Promise<Material> {
  const { size } = await stat(path);
  return {
    id,
    bytes: size,
    open: (range) => Readable.toWeb(createReadStream(path, range)) as ReadableStream<Uint8Array>,
  };
}

/** The beginning of a take of two seconds, in a look. */
export const shortList = (durationMs: number): EditList => ({
  ...emptyEditList,
  ...{ width: 180, height: 320 },
  sources: {
    take: {
      ...{ kind: 'take', of: null, durationMs: 2000, width: 180, height: 320, hasSound: true, beatsMs: [] },
    },
  },
  clips: [
    {
      ...{ id: 'a', source: 'take', fromMs: 0, toMs: durationMs, speed: 1, reversed: false, volume: 1 },
      ...{ look: { name: 'ember', strength: 1 }, transition: null, backdrop: null },
    },
  ],
});

if (import.meta.main) {
  const [chromium, webFolder, scratch, clip] = process.argv.slice(2) as [string, string, string, string];
  const rendering = openRendering({
    config: { chromium, chromiumSandbox: 'on' },
    ...{ webFolder, scratch, log: createLog('silent') },
  });
  await rendering.state();
  await rendering.render({
    ...{ list: shortList(2000), materials: [await fileMaterial('take', clip)], stickers: [] },
    ...{ folder: join(scratch, 'made'), maxBytes: 50_000_000 },
    onProgress: () => process.stdout.write('.'),
  });
}
