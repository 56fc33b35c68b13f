/** From RGBA to the planes a codec wants: YUV 4:2:0, BT.709, TV range (ITU-R BT.709-6, 3.2 and 3.3), in one pass
 * with laying the moving layer over the still one. Where the moving layer is empty, the still planes are kept. */
import type { Box } from './drawing/bounds.ts';
import { HEIGHT, WIDTH } from './drawing/shapes.ts';

const LUMA = WIDTH * HEIGHT;
const CHROMA = LUMA >> 2;

export type Still = { pixels: Int32Array; planes: Uint8Array };

// 16-bit fixed point: 219/255 · (0.2126, 0.7152, 0.0722) and 224/255 of the colour differences.
const lumaOf = (pixel: number) =>
  (((pixel & 255) * 11966 + ((pixel >>> 8) & 255) * 40254 + ((pixel >>> 16) & 255) * 4064 + 32768) >> 16) +
  16;

/** Pixels are words of 0xAABBGGRR, as a little-endian machine reads RGBA bytes; signed, since the engine keeps signed
 * words in registers and boxes the others. */
const wordsOf = (rgba: Buffer) => {
  const whole = rgba.byteOffset % 4 === 0 ? rgba : Buffer.from(rgba);
  return new Int32Array(whole.buffer, whole.byteOffset, whole.length >> 2);
};

function setChroma(planes: Uint8Array, at: number, a: number, b: number, c: number, d: number) {
  const red = (a & 255) + (b & 255) + (c & 255) + (d & 255);
  const green = ((a >>> 8) & 255) + ((b >>> 8) & 255) + ((c >>> 8) & 255) + ((d >>> 8) & 255);
  const blue = ((a >>> 16) & 255) + ((b >>> 16) & 255) + ((c >>> 16) & 255) + ((d >>> 16) & 255);
  planes[at] = ((-6596 * red - 22189 * green + 28785 * blue + 131072) >> 18) + 128;
  planes[at + CHROMA] = ((28785 * red - 26145 * green - 2640 * blue + 131072) >> 18) + 128;
}

export function stillOf(rgba: Buffer): Still {
  const pixels = wordsOf(rgba);
  const planes = new Uint8Array(LUMA + 2 * CHROMA);
  for (let i = 0; i < LUMA; i++) planes[i] = lumaOf(pixels[i]!);
  for (let y = 0; y < HEIGHT; y += 2)
    for (let x = 0; x < WIDTH; x += 2) {
      const i = y * WIDTH + x;
      const at = LUMA + (y >> 1) * (WIDTH >> 1) + (x >> 1);
      setChroma(planes, at, pixels[i]!, pixels[i + 1]!, pixels[i + WIDTH]!, pixels[i + WIDTH + 1]!);
    }
  return { pixels, planes };
}

function blend(over: number, under: number): number {
  const alpha = over >>> 24;
  if (alpha === 255) return over;
  if (alpha === 0) return under;
  const rest = 255 - alpha;
  const redBlue = ((over & 0xff00ff) * alpha + (under & 0xff00ff) * rest) >>> 8;
  const green = ((over & 0x00ff00) * alpha + (under & 0x00ff00) * rest) >>> 8;
  return (redBlue & 0xff00ff) | (green & 0x00ff00);
}

/** `rgba` covers `box`, whose edges are even. Works in squares of 2 × 2, one chroma sample each; most squares of a flat
 * drawing have one colour, and mostly that of the square before. */
export function layOver(still: Still, rgba: Buffer, box: Box): Uint8Array {
  const { pixels } = still;
  const over = wordsOf(rgba);
  const planes = still.planes.slice();
  const wide = box.wide;
  let flat = 0;
  let [flatY, flatU, flatV] = [0, 0, 0];
  for (let y = 0; y < box.tall; y += 2) {
    let from = y * wide;
    let to = (box.y + y) * WIDTH + box.x;
    let at = LUMA + ((box.y + y) >> 1) * (WIDTH >> 1) + (box.x >> 1);
    for (const end = from + wide; from < end; from += 2, to += 2, at++) {
      let a = over[from]!;
      let b = over[from + 1]!;
      let c = over[from + wide]!;
      let d = over[from + wide + 1]!;
      if ((a | b | c | d) >>> 24 === 0) continue;
      if ((a & b & c & d) >>> 24 !== 255) {
        a = blend(a, pixels[to]!);
        b = blend(b, pixels[to + 1]!);
        c = blend(c, pixels[to + WIDTH]!);
        d = blend(d, pixels[to + WIDTH + 1]!);
      } else if (a === b && a === c && a === d) {
        if (a !== flat) {
          flat = a;
          flatY = lumaOf(a);
          setChroma(planes, at, a, a, a, a);
          flatU = planes[at]!;
          flatV = planes[at + CHROMA]!;
        }
        planes[to] = flatY;
        planes[to + 1] = flatY;
        planes[to + WIDTH] = flatY;
        planes[to + WIDTH + 1] = flatY;
        planes[at] = flatU;
        planes[at + CHROMA] = flatV;
        continue;
      }
      planes[to] = lumaOf(a);
      planes[to + 1] = lumaOf(b);
      planes[to + WIDTH] = lumaOf(c);
      planes[to + WIDTH + 1] = lumaOf(d);
      setChroma(planes, at, a, b, c, d);
    }
  }
  return planes;
}
