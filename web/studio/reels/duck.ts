/**
 * How far sounds step back while a voice is heard: from the samples of all that speaks to a curve of gains. Asks the
 * level of the voice itself, so that a hum, a wind or a pause does not push the music away. Pure.
 */
export const curveRate = 100;

/** What is left of a sound while somebody speaks (−10 dB). */
const ducked = 0.32;
/** Loud enough to be a voice whatever else is in the recording; too quiet for one; and how far one stands out (dB). */
const surely = -26;
const hardly = -45;
const above = 9;
/** A sound begins to step back before the voice, so that its first syllable is not covered. */
const aheadS = 0.12;
/** Between words it stays back. */
const holdS = 0.35;
/** From full to stepped back, and the way again. */
const attackS = 0.12;
const releaseS = 0.5;

/** One gain for each hundredth of a second, 1 or less; as long as the voice, and one more. */
export function duckingOf(channels: readonly Float32Array[], rate: number): Float32Array<ArrayBuffer> {
  const levels = levelsOf(channels, rate);
  const floor = quantile(levels, 0.1);
  const least = Math.min(surely, Math.max(hardly, floor + above));
  const back = levels.map((level) => level >= least);
  const [ahead, hold] = [Math.round(aheadS * curveRate), Math.round(holdS * curveRate)];
  const curve = new Float32Array(levels.length + 1);
  // Where the nearest voice is: the one behind a moment holds, the one before it is awaited.
  const next = nextOf(back);
  let gain = 1;
  let since = Number.POSITIVE_INFINITY;
  for (let index = 0; index < curve.length; index++) {
    since = back[index] ? 0 : since + 1;
    const speaks = since <= hold || (next[index] ?? Number.POSITIVE_INFINITY) - index <= ahead;
    // At the very beginning nothing has to be left slowly.
    if (index === 0) gain = speaks ? ducked : 1;
    else if (speaks) gain = Math.max(ducked, gain - (1 - ducked) / (attackS * curveRate));
    else gain = Math.min(1, gain + (1 - ducked) / (releaseS * curveRate));
    curve[index] = gain;
  }
  return curve;
}

/** Root mean square of each hundredth of a second, in dB. */
function levelsOf(channels: readonly Float32Array[], rate: number): number[] {
  const window = Math.max(1, Math.round(rate / curveRate));
  const length = channels[0]?.length ?? 0;
  return Array.from({ length: Math.ceil(length / window) }, (_, index) => {
    const [from, to] = [index * window, Math.min(length, (index + 1) * window)];
    let sum = 0;
    for (const channel of channels) for (let at = from; at < to; at++) sum += channel[at]! * channel[at]!;
    return 10 * Math.log10(sum / ((to - from) * channels.length) + 1e-12);
  });
}

/** The index of the next true at or after each index. */
function nextOf(flags: readonly boolean[]): number[] {
  const next = new Array<number>(flags.length);
  let found = Number.POSITIVE_INFINITY;
  for (let index = flags.length - 1; index >= 0; index--) {
    if (flags[index]) found = index;
    next[index] = found;
  }
  return next;
}

function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NEGATIVE_INFINITY;
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)]!;
}
