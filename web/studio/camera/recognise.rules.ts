/**
 * When the first picture of a recording was taken. No browser says which one that is, and a busy phone shows a picture
 * long after its recorder got it. So the first pictures of the recording are looked for among small copies of what the
 * finder showed, each with the moment at which it was taken. Pure.
 */
export type Glimpse = {
  /** Of the finder: when it was taken, in `performance.now()`. Of a recording: milliseconds from its first picture. */
  atMs: number;
  luma: Uint8Array;
};

/** Two clocks that count the same pictures agree to within this. */
const sameMs = 9;
/** The first guess is not further off. */
const reachMs = 500;
/** With fewer pictures in common it may be chance. */
const leastMatches = 4;
/** Of 255: by so much another beginning must fit worse; a camera that sees a wall knows no time. */
const clearly = 0.6;

/** `guessed` where the pictures do not tell. */
export function firstTakenAt(
  seen: readonly Glimpse[],
  recorded: readonly Glimpse[],
  guessed: number,
): number {
  const fits = seen
    .flatMap((one) => recorded.slice(0, 3).map((picture) => one.atMs - picture.atMs))
    .filter((firstMs) => Math.abs(firstMs - guessed) <= reachMs)
    .flatMap((firstMs) => fitOf(seen, recorded, firstMs) ?? [])
    .sort((a, b) => a.apart - b.apart);
  const [best] = fits;
  if (!best) return guessed;
  const rival = fits.find(({ firstMs }) => Math.abs(firstMs - best.firstMs) > 2 * sameMs);
  return !rival || rival.apart > best.apart * 1.2 + clearly ? best.firstMs : guessed;
}

/** How unlike the pictures are, were the first one taken then; null where too few meet. */
function fitOf(seen: readonly Glimpse[], recorded: readonly Glimpse[], firstMs: number) {
  const met = recorded.flatMap((picture) => {
    const one = seen.find(({ atMs }) => Math.abs(atMs - firstMs - picture.atMs) <= sameMs);
    return one ? [{ apart: unlikeness(one.luma, picture.luma), offMs: one.atMs - picture.atMs }] : [];
  });
  if (met.length < leastMatches) return null;
  const offs = met.map(({ offMs }) => offMs).sort((a, b) => a - b);
  return {
    firstMs: offs[offs.length >> 1]!,
    apart: met.reduce((sum, { apart }) => sum + apart, 0) / met.length,
  };
}

function unlikeness(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs(one[at]! - other[at]!);
  return sum / Math.max(1, one.length);
}
