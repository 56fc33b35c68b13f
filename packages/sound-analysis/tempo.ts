/** What beats slower or faster is heard at half or twice the pace. */
const [slowest, fastest] = [50, 210];
/** People tap about 120 to what could be tapped at several paces (Moelants, "Preferred tempo reconsidered", 2002). */
const preferred = 120;
const preferenceOctaves = 0.9;
const leastCertainty = 0.2;

/** The pace at which onsets (levelled, in deviations) repeat, and how surely; null when they do not. */
export function tempoOf(onsets: Float32Array, perSecond: number): { bpm: number; certainty: number } | null {
  const longest = Math.ceil(((60 * perSecond) / slowest) * 4) + 2;
  if (onsets.length < (60 / fastest) * perSecond * 4) return null;
  const alike = autocorrelation(smoothed(onsets), Math.min(longest, Math.floor(onsets.length * 0.75)));
  let best = { bpm: 0, score: 0, certainty: 0 };
  for (let bpm = slowest; bpm <= fastest; bpm *= 1.004) {
    const lag = (60 * perSecond) / bpm;
    const [one, two, four] = [at(alike, lag), at(alike, lag * 2), at(alike, lag * 4)];
    // What is also alike half a beat later beats twice as fast; what is not alike a beat later, but two, half as fast.
    const faster = Math.max(0, at(alike, lag / 2));
    const slower = Math.max(0, two - one);
    const comb = one + two / 2 + four - (faster + slower) / 2;
    const octaves = Math.log2(bpm / preferred) / preferenceOctaves;
    const score = comb * Math.exp(-(octaves ** 2) / 2);
    if (score > best.score) best = { bpm, score, certainty: Math.max(one, two) };
  }
  // Chance alone reaches four deviations somewhere: the shorter a sound, the more alike it must be to itself.
  const needed = Math.max(leastCertainty, 4 / Math.sqrt(onsets.length / 3));
  if (best.certainty < needed) return null;
  return { bpm: best.bpm, certainty: Math.min(1, best.certainty) };
}

/** A beat that is played a frame early is the same beat. */
function smoothed(onsets: Float32Array): Float32Array {
  const at = (i: number) => onsets[i] ?? 0;
  return onsets.map(
    (value, i) => value * 0.4 + (at(i - 1) + at(i + 1)) * 0.24 + (at(i - 2) + at(i + 2)) * 0.06,
  );
}

function autocorrelation(values: Float32Array, lags: number): Float64Array {
  const alike = new Float64Array(lags + 1);
  for (let lag = 0; lag <= lags; lag++) {
    let sum = 0;
    for (let i = lag; i < values.length; i++) sum += values[i]! * values[i - lag]!;
    alike[lag] = sum / (values.length - lag);
  }
  const own = alike[0]! || 1;
  return alike.map((value) => value / own);
}

function at(values: Float64Array, place: number): number {
  const i = Math.floor(place);
  if (i + 1 >= values.length) return 0;
  return values[i]! + (values[i + 1]! - values[i]!) * (place - i);
}
