import { createSpectrum } from './spectrum.ts';

/**
 * What a sound is recognised by: pairs of spectral peaks (Wang, "An Industrial-Strength Audio Search Algorithm", ISMIR
 * 2003; Ellis, "Robust Landmark-Based Audio Fingerprinting", 2009). `hashes[i]` says what two peaks are to each other
 * (22 bits), `at[i]` when the first one was, in steps of about 23 ms. A part of a sound has a part of its landmarks, at other
 * times; talk over it takes some away and adds others.
 */
export type Landmarks = { hashes: Int32Array; at: Int32Array };

/** Everything is heard at this rate, so that the same sound gives the same landmarks from any file. */
const rate = 11_025;
const window = 1024;
const hop = 256;
/** Lower is hum and thud, higher little that survives a phone. */
const [lowest, highest] = [8, 480];
/** A peak is the highest of its surroundings, in bins and frames. */
const [aroundBins, aroundFrames] = [14, 9];
const peaksPerSecond = 12;
const partners = 3;
const [nearest, furthest] = [3, 63];
const widest = 63;

export function landmarksOf(samples: Float32Array, sampleRate: number): Landmarks {
  if (!(sampleRate >= rate)) throw new RangeError(`a sample rate is ${rate} or more`);
  const peaks = strongest(peaksOf(resampled(samples, sampleRate)));
  const hashes: number[] = [];
  const at: number[] = [];
  for (const [i, first] of peaks.entries()) {
    let taken = 0;
    for (let k = i + 1; k < peaks.length && taken < partners; k++) {
      const second = peaks[k]!;
      const gap = second.frame - first.frame;
      if (gap > furthest) break;
      const apart = second.bin - first.bin;
      if (gap < nearest || Math.abs(apart) > widest) continue;
      hashes.push((first.bin << 13) | ((apart + widest + 1) << 6) | gap);
      at.push(first.frame);
      taken++;
    }
  }
  return { hashes: Int32Array.from(hashes), at: Int32Array.from(at) };
}

/**
 * How many landmarks of `heard` are in `known` at one and the same offset, and that offset in seconds: where in `known` the
 * start of `heard` lies. For two sounds at hand; a library is asked by an index on the hashes.
 */
export function matchLandmarks(
  heard: Landmarks,
  known: Landmarks,
): { shared: number; offsetSeconds: number } {
  const places = new Map<number, number[]>();
  known.hashes.forEach((hash, i) => {
    const list = places.get(hash);
    if (list) list.push(known.at[i]!);
    else places.set(hash, [known.at[i]!]);
  });
  const votes = new Map<number, number>();
  heard.hashes.forEach((hash, i) => {
    for (const place of places.get(hash) ?? []) {
      const offset = place - heard.at[i]!;
      votes.set(offset, (votes.get(offset) ?? 0) + 1);
    }
  });
  let best = { shared: 0, offset: 0 };
  for (const offset of votes.keys()) {
    // What lies between two frames falls on either.
    const shared = votes.get(offset)! + (votes.get(offset + 1) ?? 0);
    if (shared > best.shared) best = { shared, offset };
  }
  return { shared: best.shared, offsetSeconds: (best.offset * hop) / rate };
}

type Peak = { frame: number; bin: number; strength: number };

function peaksOf(samples: Float32Array): Peak[] {
  const frames = Math.floor(samples.length / hop);
  const bins = highest - lowest;
  const spectrum = createSpectrum(window);
  const loud = new Float32Array(frames * bins);
  for (let frame = 0; frame < frames; frame++) {
    const power = spectrum.at(samples, frame * hop);
    for (let bin = 0; bin < bins; bin++) loud[frame * bins + bin] = Math.log(power[lowest + bin]! + 1e-4);
  }
  const acrossBins = highestAround(loud, frames, bins, 1, aroundBins);
  const around = highestAround(acrossBins, frames, bins, bins, aroundFrames);
  const silence = Math.log(1e-4) + 3;
  const peaks: Peak[] = [];
  for (let frame = 0; frame < frames; frame++)
    for (let bin = 0; bin < bins; bin++) {
      const strength = loud[frame * bins + bin]!;
      if (strength > silence && strength >= around[frame * bins + bin]!)
        peaks.push({ frame, bin: bin + lowest, strength });
    }
  return peaks;
}

/** The highest value within `reach` steps to both sides, along one direction of the picture. */
function highestAround(
  values: Float32Array,
  frames: number,
  bins: number,
  step: 1 | number,
  reach: number,
): Float32Array {
  const along = step === 1 ? bins : frames;
  const lines = step === 1 ? frames : bins;
  const out = new Float32Array(values.length);
  const queue = new Int32Array(along);
  for (let line = 0; line < lines; line++) {
    const start = step === 1 ? line * bins : line;
    let [head, tail] = [0, 0];
    for (let i = 0; i < along + reach; i++) {
      if (i < along) {
        const value = values[start + i * step]!;
        while (tail > head && values[start + queue[tail - 1]! * step]! <= value) tail--;
        queue[tail++] = i;
      }
      const centre = i - reach;
      if (centre < 0) continue;
      while (queue[head]! < centre - reach) head++;
      out[start + centre * step] = values[start + queue[head]! * step]!;
    }
  }
  return out;
}

/** The strongest of each second, in order of time and height. */
function strongest(peaks: readonly Peak[]): Peak[] {
  const perSecond = rate / hop;
  const seconds = new Map<number, Peak[]>();
  for (const peak of peaks) {
    const second = Math.floor(peak.frame / perSecond);
    const list = seconds.get(second);
    if (list) list.push(peak);
    else seconds.set(second, [peak]);
  }
  return [...seconds.values()]
    .flatMap((list) => list.sort((a, b) => b.strength - a.strength).slice(0, peaksPerSecond))
    .sort((a, b) => a.frame - b.frame || a.bin - b.bin);
}

/** The mean of the samples that fall on each new one: enough of a filter for peaks below 5 kHz. */
function resampled(samples: Float32Array, from: number): Float32Array {
  if (from === rate) return samples;
  const ratio = from / rate;
  const out = new Float32Array(Math.floor(samples.length / ratio));
  for (let i = 0; i < out.length; i++) {
    const [start, end] = [i * ratio, (i + 1) * ratio];
    let sum = 0;
    for (let k = Math.floor(start); k < end && k < samples.length; k++) {
      const share = Math.min(k + 1, end) - Math.max(k, start);
      sum += samples[k]! * share;
    }
    out[i] = sum / ratio;
  }
  return out;
}
