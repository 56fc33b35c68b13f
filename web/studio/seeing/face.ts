import { type Block, block } from './net.ts';

/**
 * From what the two networks say to the 468 points of a face: where one may be (BlazeFace), a square around it turned
 * upright, and the points found in there (MediaPipe's mesh). Pure. Places are pixels of the picture given.
 */
export type Pixels = { width: number; height: number; data: Uint8ClampedArray };
/** A square of the picture: its middle, its side, and how far its upright leans (radians). */
export type Square = { x: number; y: number; side: number; lean: number };

export const detectorSide = 256;
export const meshSide = 192;
export const points = 468;

/** The square that holds all of a picture. */
export const wholeOf = ({ width, height }: Pixels): Square => ({
  ...{ x: width / 2, y: height / 2, side: Math.max(width, height), lean: 0 },
});

/** The place in the picture of a place in a square, 0 … 1. */
export function placeIn({ x, y, side, lean }: Square, u: number, v: number): [x: number, y: number] {
  const [dx, dy] = [(u - 0.5) * side, (v - 0.5) * side];
  const [cos, sin] = [Math.cos(lean), Math.sin(lean)];
  return [x + dx * cos - dy * sin, y + dx * sin + dy * cos];
}

/** A square of a picture as a network wants it: `low` for black, `high` for white; black where the picture ends. */
export function crop(pixels: Pixels, square: Square, side: number, low: number, high: number): Block {
  const to = block(side, side, 3);
  const { width, height, data } = pixels;
  // Each pixel is a mean of so many readings a side, so that nothing flickers when the square is larger than wanted.
  const reads = Math.max(1, Math.min(4, Math.round(square.side / side)));
  const scale = (high - low) / 255 / (reads * reads);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      let [r, g, b] = [0, 0, 0];
      for (let read = 0; read < reads * reads; read++) {
        const u = (column + ((read % reads) + 0.5) / reads) / side;
        const v = (row + (Math.floor(read / reads) + 0.5) / reads) / side;
        const [x, y] = placeIn(square, u, v);
        const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
        const [partX, partY] = [x - 0.5 - left, y - 0.5 - top];
        for (let corner = 0; corner < 4; corner++) {
          const [atX, atY] = [left + (corner & 1), top + (corner >> 1)];
          if (atX < 0 || atY < 0 || atX >= width || atY >= height) continue;
          const share = (corner & 1 ? partX : 1 - partX) * (corner >> 1 ? partY : 1 - partY);
          const at = (atY * width + atX) * 4;
          r += data[at]! * share;
          g += data[at + 1]! * share;
          b += data[at + 2]! * share;
        }
      }
      to.data.set([low + r * scale, low + g * scale, low + b * scale], (row * side + column) * 3);
    }
  return to;
}

/** Whoever is less likely a face than this is none. */
const surest = 0.6;
/** The box holds eyes to chin; the mesh wants forehead and ears too. */
const room = 1.5;

/** The likeliest face among the detector's two grids: a score and 16 numbers for each place, in pixels of its picture. */
export function bestFace(
  grids: readonly { cells: number; each: number; scores: Float32Array; boxes: Float32Array }[],
  whole: Square,
): Square | null {
  let best: { score: number; x: number; y: number; box: Float32Array } | null = null;
  for (const { cells, each, scores, boxes } of grids)
    for (const [i, logit] of scores.entries()) {
      const score = 1 / (1 + Math.exp(-logit));
      if (score < surest || score <= (best?.score ?? 0)) continue;
      const place = Math.floor(i / each);
      const stride = detectorSide / cells;
      best = {
        score,
        x: ((place % cells) + 0.5) * stride,
        y: (Math.floor(place / cells) + 0.5) * stride,
        box: boxes.subarray(i * 16, i * 16 + 16),
      };
    }
  if (!best) return null;
  const { x, y, box } = best;
  const at = (i: number) => placeIn(whole, (x + box[i]!) / detectorSide, (y + box[i + 1]!) / detectorSide);
  const [middle, one, other] = [at(0), at(4), at(6)];
  return {
    x: middle[0],
    y: middle[1],
    side: (Math.max(box[2]!, box[3]!) / detectorSide) * whole.side * room,
    lean: Math.atan2(other[1] - one[1], other[0] - one[0]),
  };
}

/** The mesh's points (x, y, z of each, in pixels of its picture) as shares of the whole picture, x and y alone. */
export function pointsOf(mesh: Float32Array, square: Square, { width, height }: Pixels): Float32Array {
  const all = new Float32Array(points * 2);
  for (let i = 0; i < points; i++) {
    const [x, y] = placeIn(square, mesh[i * 3]! / meshSide, mesh[i * 3 + 1]! / meshSide);
    all[i * 2] = x / width;
    all[i * 2 + 1] = y / height;
  }
  return all;
}
