/** Turns a clip's drawing into pictures. The still layer is rasterised once; of the moving layer, per picture, only
 * the rectangle that it touches, since librsvg's time grows with the area as much as with the shapes. Knows no codec
 * and no file. */
import sharp from 'sharp';
import { createRandom } from '../../../packages/music/chance.ts';
import { type Clip, pictureCount } from './clips/clip.ts';
import { type Box, boundsOf } from './drawing/bounds.ts';
import { HEIGHT, WIDTH } from './drawing/shapes.ts';
import type { Drawing } from './drawing/story.ts';
import { layOver, type Still, stillOf } from './planes.ts';

const FRAME: Box = { x: 0, y: 0, wide: WIDTH, tall: HEIGHT };

/** librsvg paints every element with an opacity of its own on a second surface as large as the picture; the opacity of
 * a fill or a stroke costs nothing and looks the same on a single shape. */
const withoutLayers = (svg: string) =>
  svg.replace(
    /(<(?:circle|ellipse|rect|path|polygon) [^>]*?)\bopacity="([^"]*)"/g,
    '$1fill-opacity="$2" stroke-opacity="$2"',
  );

const document = (inner: string, { x, y, wide, tall }: Box = FRAME) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}" viewBox="${x} ${y} ${wide} ${tall}">${withoutLayers(inner)}</svg>`;

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

/** RGBA, straight alpha, of a part of the frame. */
export const rasterise = (inner: string, box: Box = FRAME): Promise<Buffer> =>
  sharp(Buffer.from(document(inner, box)))
    .ensureAlpha()
    .raw()
    .toBuffer();

async function draw(still: Still, svg: string): Promise<Uint8Array> {
  const box = boundsOf(svg);
  return box ? layOver(still, await rasterise(svg, box), box) : still.planes;
}

/** All pictures of a clip in order as planar YUV 4:2:0, two being drawn while one is used. A picture whose SVG did
 * not change is the same object again. */
export async function* pictures(clip: Clip): AsyncGenerator<Uint8Array> {
  const drawing = drawClip(clip);
  const still = stillOf(await rasterise(drawing.still));
  const count = pictureCount(clip);
  let lastSvg: string | undefined;
  let lastPicture: Promise<Uint8Array> | undefined;
  const start = (i: number): Promise<Uint8Array> => {
    const svg = drawing.at(i / count, i / clip.drawnPerSecond);
    if (svg === lastSvg && lastPicture) return lastPicture;
    lastSvg = svg;
    lastPicture = draw(still, svg);
    lastPicture.catch(() => {}); // read later, in order; a failure surfaces there
    return lastPicture;
  };
  const ahead: Promise<Uint8Array>[] = [];
  for (let next = 0; next < count; next++) {
    ahead.push(start(next));
    if (ahead.length > 2) yield await ahead.shift()!;
  }
  for (const picture of ahead) yield await picture;
}

/** One picture as WebP, for the poster. */
export async function posterOf(clip: Clip, path: string): Promise<void> {
  await sharp(Buffer.from(svgAt(clip, drawClip(clip), clip.posterMs)))
    .webp({ quality: 78, effort: 2 })
    .toFile(path);
}
