/** A small kit made of sines and noise. Each function adds one stroke to the buffer. */
import type { Random } from '../drawing/random.ts';
import { type Buffers, write } from './synth.ts';

const TAU = Math.PI * 2;
type Stroke = (into: Buffers, at: number, gain: number, random: Random) => void;

const kick: Stroke = (into, at, gain) =>
  write(
    into,
    at,
    0.28,
    gain * 0.95,
    0,
    (s) =>
      Math.sin(TAU * (46 * s + 3.4 * (1 - Math.exp(-s * 38)))) * Math.exp(-s * 11) * Math.min(1, s * 900),
  );

const snare: Stroke = (into, at, gain, random) =>
  write(
    into,
    at,
    0.2,
    gain * 0.42,
    0.08,
    (s) => (random() * 2 - 1) * Math.exp(-s * 24) + 0.5 * Math.sin(TAU * 190 * s) * Math.exp(-s * 26),
  );

const hat: Stroke = (into, at, gain, random) => {
  let before = 0;
  write(into, at, 0.06, gain * 0.24, 0.3, (s) => {
    const noise = random() * 2 - 1;
    const high = noise - before;
    before = noise;
    return high * Math.exp(-s * 75);
  });
};

const shaker: Stroke = (into, at, gain, random) => {
  let before = 0;
  write(into, at, 0.1, gain * 0.16, -0.35, (s) => {
    const noise = random() * 2 - 1;
    const high = noise - before;
    before = noise;
    return high * Math.min(1, s * 45) * Math.exp(-s * 38);
  });
};

const clap: Stroke = (into, at, gain, random) =>
  write(
    into,
    at,
    0.22,
    gain * 0.36,
    -0.1,
    (s) =>
      (random() * 2 - 1) * (Math.exp(-((s % 0.011) * 260)) * (s < 0.033 ? 1 : 0) + Math.exp(-s * 20) * 0.6),
  );

const block: Stroke = (into, at, gain) =>
  write(
    into,
    at,
    0.09,
    gain * 0.4,
    0.25,
    (s) => Math.sin(TAU * 860 * s) * Math.exp(-s * 55) * Math.min(1, s * 1200),
  );

const tom: Stroke = (into, at, gain) =>
  write(
    into,
    at,
    0.3,
    gain * 0.6,
    -0.2,
    (s) => Math.sin(TAU * (92 * s + 1.6 * (1 - Math.exp(-s * 16)))) * Math.exp(-s * 10),
  );

export const KIT = { kick, snare, hat, shaker, clap, block, tom };
export type DrumName = keyof typeof KIT;
