import { createSpectrum } from './spectrum.ts';

/** How much begins at each moment: `perSecond` values a second, the first at time 0, each 0 or more. */
export type Onsets = { strength: Float32Array; perSecond: number };

/** Windows of about 46 ms, four in the time of one: an onset is found to about 6 ms. */
const windowSeconds = 0.0464;
const overlap = 4;
const bands = 40;
const lowestHz = 30;
const highestHz = 8000;
/** Of 16-bit sound, one step: what is quieter is silence. */
const silence = 1 / 32_768;

/**
 * Spectral flux over mel bands with logarithmic loudness, rises only (after Ellis, "Beat Tracking by Dynamic
 * Programming", 2007; Böck and Widmer, "Maximum Filter Vibrato Suppression", 2013, for the look at neighbouring bands).
 */
export function onsetsOf(samples: Float32Array, sampleRate: number): Onsets {
  if (!(sampleRate >= 8000)) throw new RangeError('a sample rate is 8,000 or more');
  const size = 2 ** Math.round(Math.log2(sampleRate * windowSeconds));
  const hop = size / overlap;
  const spectrum = createSpectrum(size);
  const filters = melFilters(size, sampleRate);
  const frames = samples.length === 0 ? 0 : Math.floor((samples.length - 1) / hop) + 1;
  const powers = new Float32Array(frames * bands);
  let most = 0;
  for (let frame = 0; frame < frames; frame++) {
    const power = spectrum.at(samples, frame * hop);
    for (let band = 0; band < bands; band++) {
      const { from, weights } = filters[band]!;
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += power[from + i]! * weights[i]!;
      powers[frame * bands + band] = sum;
      if (sum > most) most = sum;
    }
  }
  const strength = new Float32Array(frames);
  const perSecond = sampleRate / hop;
  if (most <= (silence * size) ** 2 / 16) return { strength, perSecond };
  // A thousandth of the loudest is where hearing it begins to count.
  const loud = powers;
  for (let i = 0; i < loud.length; i++) loud[i] = Math.log1p((1000 * powers[i]!) / most);
  for (let frame = 1; frame < frames; frame++) {
    const [now, before] = [frame * bands, (frame - 1) * bands];
    let rise = 0;
    for (let band = 0; band < bands; band++) {
      // A tone that wavers into the next band is no beginning.
      const was = Math.max(
        loud[before + Math.max(0, band - 1)]!,
        loud[before + band]!,
        loud[before + Math.min(bands - 1, band + 1)]!,
      );
      const more = loud[now + band]! - was;
      if (more > 0) rise += more;
    }
    strength[frame] = rise / bands;
  }
  return { strength, perSecond };
}

const melOf = (hz: number) => 2595 * Math.log10(1 + hz / 700);
const hertzOf = (mel: number) => 700 * (10 ** (mel / 2595) - 1);

/** Triangles of equal width in mels; each has at least one frequency. */
function melFilters(size: number, sampleRate: number) {
  const top = Math.min(highestHz, sampleRate / 2);
  const [low, high] = [melOf(lowestHz), melOf(top)];
  const edge = (i: number) => (hertzOf(low + ((high - low) * i) / (bands + 1)) * size) / sampleRate;
  return Array.from({ length: bands }, (_, band) => {
    const [left, middle, right] = [edge(band), edge(band + 1), edge(band + 2)];
    const from = Math.min(size / 2, Math.max(1, Math.ceil(left)));
    const to = Math.max(from, Math.min(size / 2, Math.floor(right)));
    const weights = Float64Array.from({ length: to - from + 1 }, (_, i) => {
      const at = from + i;
      return Math.max(0, at <= middle ? (at - left) / (middle - left) : (right - at) / (right - middle));
    });
    if (weights.every((weight) => weight === 0)) weights[0] = 1;
    return { from, weights };
  });
}
