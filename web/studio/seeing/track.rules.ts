/**
 * Follows a small part of a picture from one frame to the next: the place where it looks most like what it looked like
 * (sum of squared differences of lightness, evened out for the light of each place). Pure.
 */
export type Grey = { width: number; height: number; data: Float32Array };
type Place = { x: number; y: number };

export function greyOf({
  width,
  height,
  data,
}: {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}): Grey {
  const grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i++)
    grey[i] = 0.2126 * data[i * 4]! + 0.7152 * data[i * 4 + 1]! + 0.0722 * data[i * 4 + 2]!;
  return { width, height, data: grey };
}

/** Half the side of what is followed, and how far it is looked for, in pixels of a small picture. */
const half = 7;
const reach = 12;
/** Less alike than this it is lost: behind a hand, or out of the picture. */
const leastAlike = 0.55;

/** A square around a place, less its mean and over its spread; null where nothing in it can be told apart. */
export function patchAt(grey: Grey, { x, y }: Place): Float32Array | null {
  const patch = new Float32Array((2 * half + 1) ** 2);
  let [sum, i] = [0, 0];
  for (let dy = -half; dy <= half; dy++)
    for (let dx = -half; dx <= half; dx++, i++) {
      const column = Math.min(grey.width - 1, Math.max(0, Math.round(x) + dx));
      const row = Math.min(grey.height - 1, Math.max(0, Math.round(y) + dy));
      patch[i] = grey.data[row * grey.width + column]!;
      sum += patch[i]!;
    }
  const mean = sum / patch.length;
  let spread = 0;
  for (let k = 0; k < patch.length; k++) {
    patch[k]! -= mean;
    spread += patch[k]! ** 2;
  }
  if (spread / patch.length < 4) return null;
  for (let k = 0; k < patch.length; k++) patch[k]! /= Math.sqrt(spread);
  return patch;
}

const alike = (one: Float32Array, other: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!;
  return sum;
};

/** Where it is now, near where it was; null when it is lost. */
export function follow(patch: Float32Array, grey: Grey, from: Place): Place | null {
  let best: (Place & { like: number }) | null = null;
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      const place = { x: Math.round(from.x) + dx, y: Math.round(from.y) + dy };
      if (place.x < 0 || place.y < 0 || place.x >= grey.width || place.y >= grey.height) continue;
      const there = patchAt(grey, place);
      // Of two as good, the nearer: what stands still must not creep.
      const like = there ? alike(patch, there) - 0.0004 * Math.hypot(dx, dy) : -1;
      if (!best || like > best.like) best = { ...place, like };
    }
  if (!best || best.like < leastAlike) return null;
  // Between the pixels: the top of a parabola through the likenesses beside it.
  const at = (dx: number, dy: number) => {
    const there = patchAt(grey, { x: best.x + dx, y: best.y + dy });
    return there ? alike(patch, there) : -1;
  };
  const [middle, left, right, top, low] = [at(0, 0), at(-1, 0), at(1, 0), at(0, -1), at(0, 1)];
  const top2 = (one: number, other: number) => {
    const bend = one - 2 * middle + other;
    return bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (one - other)) / bend)) : 0;
  };
  return { x: best.x + top2(left, right), y: best.y + top2(top, low) };
}
