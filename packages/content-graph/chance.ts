/**
 * Seeded randomness. A draw depends on the seed and what it is for, never on the order of calls elsewhere.
 * Source: murmur3's finalizer for mixing, mulberry32 for the stream, Box–Muller for the normal draw.
 */
export function mix(seed: number, value: number): number {
  let h = (seed ^ Math.imul(value | 0, 0x9e3779b1)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

export function mixText(seed: number, text: string): number {
  let h = seed;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return mix(h, text.length);
}

export type Chance = () => number;

/** A stream of numbers in [0, 1). */
export function createChance(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let h = Math.imul(state ^ (state >>> 15), 1 | state);
    h = (h + Math.imul(h ^ (h >>> 7), 61 | h)) ^ h;
    return ((h ^ (h >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A standard normal draw that belongs to (seed, row). */
export function normalAt(seed: number, row: number): number {
  const first = ((mix(seed, row) >>> 0) + 1) / 4_294_967_297;
  const second = (mix(seed ^ 0x5bd1e995, row) >>> 0) / 4_294_967_296;
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
}
