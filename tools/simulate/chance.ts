/** Seeded randomness for worlds that must come out the same each time. mulberry32; Box–Muller for the normal draw. */
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

export const normal = (chance: Chance): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

export const below = (chance: Chance, count: number): number => Math.floor(chance() * count);

/** An index, drawn in proportion to its weight. */
export function drawIndex(chance: Chance, weights: readonly number[]): number {
  let left = chance() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
}

/** Different indices, drawn in proportion to their weights. */
export function drawSome(chance: Chance, weights: readonly number[], count: number): number[] {
  const left = [...weights];
  return Array.from({ length: Math.min(count, weights.length) }, () => {
    const at = drawIndex(chance, left);
    left[at] = 0;
    return at;
  });
}

/** A value between the quantiles of a sorted list, as if it were drawn from where they came from. */
export function drawQuantile(chance: Chance, quantiles: readonly number[]): number {
  const at = chance() * (quantiles.length - 1);
  const low = quantiles[Math.floor(at)]!;
  return low + (quantiles[Math.ceil(at)]! - low) * (at % 1);
}
