/**
 * The waveform to draw: the loudest sample of each equal stretch, 0 (silence) … 255 (full scale). `perSecond` stretches
 * a second, the last one may be shorter. Throws RangeError when the rates are not above 0.
 */
export function peaksOf(samples: Float32Array, sampleRate: number, perSecond: number): Uint8Array {
  if (!(sampleRate > 0) || !(perSecond > 0)) throw new RangeError('rates are above 0');
  const count = Math.ceil((samples.length / sampleRate) * perSecond - 1e-6);
  return loudest(count, samples.length, (i) => Math.abs(samples[i]!) * 255);
}

/** The same waveform in `count` stretches, for a drawing of another width. */
export function fewerPeaks(peaks: ArrayLike<number>, count: number): Uint8Array {
  if (peaks.length === 0) return new Uint8Array(count);
  return loudest(count, peaks.length, (i) => peaks[i]!);
}

function loudest(count: number, length: number, at: (i: number) => number): Uint8Array {
  const peaks = new Uint8Array(count);
  for (let slot = 0; slot < count; slot++) {
    const start = Math.floor((slot * length) / count);
    const end = Math.max(start + 1, Math.floor(((slot + 1) * length) / count));
    let most = 0;
    for (let i = start; i < end && i < length; i++) {
      const size = at(i);
      if (size > most) most = size;
    }
    peaks[slot] = Math.min(255, Math.round(most));
  }
  return peaks;
}
