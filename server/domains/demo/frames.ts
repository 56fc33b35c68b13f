/** Turns a clip's drawing into RGBA pictures. The still layer is rasterised once, the moving layer per frame and
 * laid over it here, since librsvg's time grows with what it has to draw. Knows no codec and no file. */
import sharp from 'sharp';
import type { Clip } from './catalogue.ts';
import { createRandom } from './drawing/random.ts';
import { HEIGHT, WIDTH } from './drawing/shapes.ts';
import type { Drawing } from './drawing/story.ts';

export const FRAME_RATE = 30;

const document = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${inner}</svg>`;

export const drawClip = (clip: Clip): Drawing =>
  clip.story({ random: createRandom(clip.seed), seconds: clip.durationMs / 1000 });

/** The whole picture at one moment as one SVG document. */
export const svgAt = (clip: Clip, drawing: Drawing, ms: number) =>
  document(
    drawing.still +
      drawing
        .at(ms / clip.durationMs, ms / 1000)
        .replaceAll('id="', 'id="m-')
        .replaceAll('url(#', 'url(#m-'),
  );

const rasterise = (inner: string) =>
  sharp(Buffer.from(document(inner)))
    .ensureAlpha()
    .raw()
    .toBuffer();

function layOver(below: Buffer, above: Buffer): Buffer {
  const out = Buffer.from(below);
  const words = new Uint32Array(out.buffer, out.byteOffset, out.length >> 2);
  const over = new Uint32Array(above.buffer, above.byteOffset, above.length >> 2);
  for (let i = 0; i < words.length; i++) {
    const pixel = over[i]!;
    const alpha = pixel >>> 24;
    if (alpha === 0) continue;
    if (alpha === 255) {
      words[i] = pixel;
      continue;
    }
    const rest = 255 - alpha;
    const under = words[i]!;
    const redBlue = ((pixel & 0xff00ff) * alpha + (under & 0xff00ff) * rest) >>> 8;
    const green = ((pixel & 0x00ff00) * alpha + (under & 0x00ff00) * rest) >>> 8;
    words[i] = (0xff000000 | (redBlue & 0xff00ff) | (green & 0x00ff00)) >>> 0;
  }
  return out;
}

/** All pictures of a clip in order, two being drawn at any time. A clip drawn at 15 a second gives each picture
 * twice (the same Buffer), and so does a picture whose SVG did not change. */
export async function* pictures(clip: Clip, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const drawing = drawClip(clip);
  const below = await rasterise(drawing.still);
  const count = Math.round((clip.durationMs / 1000) * FRAME_RATE);
  const hold = FRAME_RATE / clip.drawnPerSecond;
  const drawings = Math.ceil(count / hold);
  let lastSvg: string | undefined;
  let lastPicture: Promise<Buffer> | undefined;
  const start = (i: number): Promise<Buffer> => {
    const ms = Math.min((i * hold * 1000) / FRAME_RATE, clip.durationMs);
    const svg = drawing.at(ms / clip.durationMs, ms / 1000);
    if (svg === lastSvg && lastPicture) return lastPicture;
    lastSvg = svg;
    lastPicture = rasterise(svg).then((above) => layOver(below, above));
    lastPicture.catch(() => {}); // read later, in order; a failure surfaces there
    return lastPicture;
  };
  const ahead: Promise<Buffer>[] = [];
  for (let i = 0; i < Math.min(3, drawings); i++) ahead.push(start(i));
  let next = ahead.length;
  for (let shown = 0, i = 0; i < drawings; i++) {
    signal?.throwIfAborted();
    const picture = await ahead.shift()!;
    if (next < drawings) ahead.push(start(next++));
    for (let k = 0; k < hold && shown < count; k++, shown++) yield picture;
  }
}

/** One picture as WebP, for the poster. */
export async function posterOf(clip: Clip, path: string): Promise<void> {
  await sharp(Buffer.from(svgAt(clip, drawClip(clip), clip.posterMs)))
    .webp({ quality: 78, effort: 2 })
    .toFile(path);
}
