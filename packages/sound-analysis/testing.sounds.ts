/** Sounds for the tests, made of sines and noise; the same seed gives the same sound. */
export const rate = 22_050;

export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const silenceOf = (seconds: number) => new Float32Array(Math.round(seconds * rate));

export function addNoise(into: Float32Array, gain: number, seed = 1): Float32Array {
  const random = chance(seed);
  for (let i = 0; i < into.length; i++) into[i] = into[i]! + gain * (random() * 2 - 1);
  return into;
}

/** A stroke that falls by e in `decay` seconds: a sine, or noise where no frequency is given. */
export function strike(
  into: Float32Array,
  at: number,
  stroke: { hz?: number; decay: number; gain: number },
  random: () => number = chance(1),
): void {
  const start = Math.round(at * rate);
  for (let i = 0; i < stroke.decay * 6 * rate && start + i < into.length; i++) {
    const seconds = i / rate;
    const tone = stroke.hz ? Math.sin(2 * Math.PI * stroke.hz * seconds) : random() * 2 - 1;
    into[start + i] = into[start + i]! + stroke.gain * Math.exp(-seconds / stroke.decay) * tone;
  }
}

export function clicks(bpm: number, seconds: number, from = 0.3): Float32Array {
  const sound = silenceOf(seconds);
  for (let at = from; at < seconds; at += 60 / bpm) strike(sound, at, { hz: 1000, decay: 0.01, gain: 0.6 });
  return sound;
}

/** Kick on one and three, snare on two and four, a hat on every half beat. */
export function drums(bpm: number, seconds: number, from = 0.3): Float32Array {
  const sound = silenceOf(seconds);
  const random = chance(bpm);
  for (let half = 0, at = from; at < seconds; half++, at = from + (half * 30) / bpm) {
    strike(sound, at, { decay: 0.02, gain: 0.15 }, random);
    if (half % 4 === 0) strike(sound, at, { hz: 60, decay: 0.1, gain: 0.8 });
    if (half % 4 === 2) strike(sound, at, { decay: 0.06, gain: 0.5 }, random);
  }
  return sound;
}

/** Syllables of uneven length and height, like somebody talking. */
export function babble(seconds: number, seed: number): Float32Array {
  const sound = silenceOf(seconds);
  const random = chance(seed);
  for (let at = 0.1; at < seconds; at += 0.08 + random() * 0.4) {
    const voiced = random() > 0.3;
    const stroke = { decay: 0.05 + random() * 0.1, gain: 0.2 + random() * 0.5 };
    strike(sound, at, voiced ? { ...stroke, hz: 120 + random() * 300 } : stroke, random);
  }
  return sound;
}
