type Placed = { x: number; y: number; atMs: number; forMs: number };

/** Nearer than this one covers the other. */
const apart = 0.08;
const lowest = 0.9;

/** How high something new stands that is put in the middle: further down where another is seen at that time already. */
export function freeHeight(others: readonly Placed[], atMs: number, wished: number): number {
  const seen = others.filter(
    (one) => one.atMs <= atMs && atMs < one.atMs + one.forMs && Math.abs(one.x - 0.5) < apart,
  );
  for (let y = wished; y < lowest; y += 0.01)
    if (seen.every((one) => Math.abs(one.y - y) >= apart - 1e-6)) return Math.round(y * 1000) / 1000;
  return wished;
}
