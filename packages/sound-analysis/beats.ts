import { type Onsets, onsetsOf } from './onsets.ts';
import { tempoOf } from './tempo.ts';

export type Beats = {
  /** Beats a minute, 50 … 210. */
  bpm: number;
  /** Rising, in milliseconds from the start of the sound. */
  beatsMs: number[];
  /** 0 … 1: how alike the sound is to itself a beat later. Below `leastCertainty` there is no beat. */
  certainty: number;
};

/** Fewer are no beat, only two or three things that happened. */
const fewest = 4;
/** How much a beat costs that comes early or late; librosa and Ellis use 100 for the same unit. */
const tightness = 100;
/** A window notices what begins near its end: clicks 9 ms before they sound, drums 3. */
const lateMs = 6;

/** Tempo and beats of one channel of samples (−1 … 1), or null where nothing beats: silence, noise, speech. */
export function beatsOf(samples: Float32Array, sampleRate: number): Beats | null {
  return beatsOfOnsets(onsetsOf(samples, sampleRate));
}

/** The same, of onsets that are there already. */
export function beatsOfOnsets({ strength, perSecond }: Onsets): Beats | null {
  const onsets = levelled(strength, perSecond);
  if (!onsets) return null;
  const tempo = tempoOf(onsets, perSecond);
  if (!tempo) return null;
  const period = (60 * perSecond) / tempo.bpm;
  const found = trimmed(follow(onsets, period), onsets);
  if (found.length < fewest) return null;
  const exact = found.map((frame) => peakAround(strength, frame));
  const bpm = (60 * perSecond) / spacing(exact, period);
  const beatsMs = exact.map((frame) => Math.round((frame / perSecond) * 1000 + lateMs));
  return { bpm: Math.round(bpm * 10) / 10, beatsMs, certainty: tempo.certainty };
}

/** Without what swells slowly, and in units of its own deviation; null when nothing happens. */
function levelled(strength: Float32Array, perSecond: number): Float32Array | null {
  const reach = Math.round(perSecond / 2);
  const sums = new Float64Array(strength.length + 1);
  for (let i = 0; i < strength.length; i++) sums[i + 1] = sums[i]! + strength[i]!;
  const flat = new Float32Array(strength.length);
  let squares = 0;
  for (let i = 0; i < flat.length; i++) {
    const [from, to] = [Math.max(0, i - reach), Math.min(flat.length, i + reach + 1)];
    flat[i] = strength[i]! - (sums[to]! - sums[from]!) / (to - from);
    squares += flat[i]! ** 2;
  }
  const deviation = Math.sqrt(squares / Math.max(1, flat.length));
  if (deviation < 1e-3) return null;
  for (let i = 0; i < flat.length; i++) flat[i] = flat[i]! / deviation;
  return flat;
}

/** The chain of frames that are strong and about a period apart, by dynamic programming (Ellis, 2007). */
function follow(onsets: Float32Array, period: number): number[] {
  const score = new Float64Array(onsets.length);
  const before = new Int32Array(onsets.length).fill(-1);
  const [nearest, furthest] = [Math.max(1, Math.round(period / 2)), Math.round(period * 2)];
  const costs = Float64Array.from({ length: furthest + 1 }, (_, gap) =>
    gap < nearest ? 0 : tightness * Math.log(gap / period) ** 2,
  );
  for (let frame = 0; frame < onsets.length; frame++) {
    let best = 0;
    for (let gap = nearest; gap <= furthest && gap <= frame; gap++) {
      const through = score[frame - gap]! - costs[gap]!;
      if (through > best) {
        best = through;
        before[frame] = frame - gap;
      }
    }
    score[frame] = best + onsets[frame]!;
  }
  let last = 0;
  // The end of the chain lies in the last period; what follows it is shorter than a beat.
  const from = Math.max(0, onsets.length - Math.round(period * 2));
  for (let frame = from; frame < onsets.length; frame++) if (score[frame]! > score[last]!) last = frame;
  const chain: number[] = [];
  for (let frame = last; frame >= 0; frame = before[frame]!) chain.push(frame);
  return chain.reverse();
}

/** Without the weak ones before the music begins and after it ends. */
function trimmed(chain: readonly number[], onsets: Float32Array): number[] {
  const strong = chain.map((frame) =>
    Math.max(onsets[frame - 1] ?? 0, onsets[frame]!, onsets[frame + 1] ?? 0),
  );
  const typical = Math.sqrt(strong.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, strong.length));
  const isThere = (value: number) => value > typical * 0.3;
  return chain.slice(strong.findIndex(isThere), strong.findLastIndex(isThere) + 1);
}

/** Frames from beat to beat: the slope of a line through all of them, so that single frames do not matter. */
function spacing(chain: readonly number[], period: number): number {
  const middle = (chain.length - 1) / 2;
  const mean = chain.reduce((sum, frame) => sum + frame, 0) / chain.length;
  let [along, across] = [0, 0];
  chain.forEach((frame, i) => {
    along += (i - middle) * (frame - mean);
    across += (i - middle) ** 2;
  });
  const slope = along / across;
  // A chain that skipped a beat somewhere tells less than the tempo did.
  return Math.abs(slope / period - 1) < 0.04 ? slope : period;
}

/** The top of the parabola through a frame and its neighbours. */
function peakAround(strength: Float32Array, frame: number): number {
  const [left, middle, right] = [strength[frame - 1] ?? 0, strength[frame]!, strength[frame + 1] ?? 0];
  const bend = left - 2 * middle + right;
  if (bend >= 0) return frame;
  return frame + Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend)));
}
