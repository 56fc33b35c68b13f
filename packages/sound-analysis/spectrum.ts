/** Power spectra of stretches of sound: a radix-2 transform (Cooley and Tukey, 1965) behind a Hann window. */
export type Spectrum = {
  /** Samples in a window; a power of two. */
  size: number;
  /** Power of size / 2 + 1 frequencies around the sample `centre`; beyond the ends is silence. The array is used again. */
  at(samples: Float32Array, centre: number): Float64Array;
};

export function createSpectrum(size: number): Spectrum {
  const half = size / 2;
  const hann = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
  const cos = Float64Array.from({ length: half }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sin = Float64Array.from({ length: half }, (_, i) => Math.sin((2 * Math.PI * i) / size));
  const bits = Math.log2(size);
  const mirrored = Uint32Array.from({ length: size }, (_, i) => {
    let [from, to] = [i, 0];
    for (let bit = 0; bit < bits; bit++, from >>= 1) to = (to << 1) | (from & 1);
    return to;
  });
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const power = new Float64Array(half + 1);
  return {
    size,
    at(samples, centre) {
      const start = centre - half;
      real.fill(0);
      const [from, to] = [Math.max(0, -start), Math.min(size, samples.length - start)];
      for (let i = from; i < to; i++) real[mirrored[i]!] = samples[start + i]! * hann[i]!;
      imaginary.fill(0);
      for (let span = 1; span < size; span *= 2) {
        const turn = half / span;
        for (let block = 0; block < size; block += span * 2)
          for (let i = block, k = 0; i < block + span; i++, k += turn) {
            const [a, b] = [real[i + span]!, imaginary[i + span]!];
            const r = a * cos[k]! + b * sin[k]!;
            const m = b * cos[k]! - a * sin[k]!;
            real[i + span] = real[i]! - r;
            imaginary[i + span] = imaginary[i]! - m;
            real[i] = real[i]! + r;
            imaginary[i] = imaginary[i]! + m;
          }
      }
      for (let i = 0; i <= half; i++) power[i] = real[i]! ** 2 + imaginary[i]! ** 2;
      return power;
    },
  };
}
