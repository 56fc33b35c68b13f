/** What a hand does to the camera, as numbers: pure. */
type Range = { min: number; max: number };

/** A whole zoom is a drag of this many pixels. */
const zoomPixels = 260;

/** Drawn up by so many pixels: each pixel multiplies, so that near and far feel alike. */
export function zoomedByDrag(from: number, { min, max }: Range, pixels: number): number {
  const least = Math.max(min, 1e-3);
  return within(Math.max(from, least) * (max / least) ** (pixels / zoomPixels), min, max);
}

/** Two fingers `apart` times as far from each other as when they came. */
export const zoomedByPinch = (from: number, { min, max }: Range, apart: number) =>
  within(from * apart, min, max);

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/**
 * How far the picture leans to the right, −45 … 45 degrees, from the pull of the earth along the screen's sides, in
 * whatever orientation it is held; null while it lies flat. Of some systems the pull is the other way round.
 */
export function leanOf(x: number, y: number, z: number, screenAngle: number): number | null {
  const along = Math.hypot(x, y);
  if (along < Math.abs(z) / 2 || along === 0) return null;
  const degrees = (Math.atan2(x, y) * 180) / Math.PI - screenAngle;
  const lean = (((degrees + 45) % 90) + 90) % 90;
  return lean - 45;
}

/** What recording may still add to a video before it stops by itself. */
export function roomOf(usedMs: number, lengthMs: number, stopAtMs: number | null): number {
  const end = stopAtMs !== null && stopAtMs > usedMs ? Math.min(stopAtMs, lengthMs) : lengthMs;
  return Math.max(0, end - usedMs);
}
