/** How much more than for others an item fits a history: what a forecast says beyond popularity. Pure. */

/** Liked items before a forecast says half of what it has to say. */
const HALF_TOLD = 3;
/** In natural logarithms: beyond this a forecast is sure of itself, not of the viewer. */
const MOST = 2;

/** Mean score of each item over many users, and the mean of those. */
export type Usual = { scores: Float32Array; level: number };

/** Logarithm of the score against what is usual for the item, by how much the history tells. */
export function surpriseOf(usual: Usual, item: number, score: number, liked: number): number {
  const ratio = Math.log((Math.max(0, score) + usual.level) / (usual.scores[item]! + usual.level));
  return (Math.max(-MOST, Math.min(MOST, ratio)) * liked) / (liked + HALF_TOLD);
}
