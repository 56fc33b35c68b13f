/** Instruments: each function adds one note to a stereo buffer at 48 kHz. Pure apart from that buffer.
 * Frequencies in hertz, times in seconds, pan −1 left … 1 right, gain around 0..1. */
import type { Random } from '../drawing/random.ts';

export const RATE = 48_000;
export type Buffers = { left: Float32Array; right: Float32Array };
export type Note = { at: number; long: number; hz: number; gain: number; pan: number };
export type Voice = (into: Buffers, note: Note, random: Random) => void;

const TAU = Math.PI * 2;
export const hertz = (midi: number) => 440 * 2 ** ((midi - 69) / 12);

/** Writes `sample(i, seconds)` over the note's time with equal-power panning. */
export function write(
  into: Buffers,
  at: number,
  seconds: number,
  gain: number,
  pan: number,
  sample: (s: number) => number,
) {
  const start = Math.max(0, Math.round(at * RATE));
  const end = Math.min(into.left.length, Math.round((at + seconds) * RATE));
  const l = gain * Math.cos(((pan + 1) * Math.PI) / 4);
  const r = gain * Math.sin(((pan + 1) * Math.PI) / 4);
  for (let i = start; i < end; i++) {
    const v = sample((i - start) / RATE);
    into.left[i]! += v * l;
    into.right[i]! += v * r;
  }
}

/** A plucked string: a burst of noise in a delay line that loses its highs (Karplus and Strong, 1983). */
export const pluck: Voice = (into, note, random) => {
  const size = Math.max(2, Math.round(RATE / note.hz));
  const string = Float32Array.from({ length: size }, () => random() * 2 - 1);
  for (let i = 1; i < size; i++) string[i] = 0.55 * string[i]! + 0.45 * string[i - 1]!;
  let at = 0;
  write(into, note.at, Math.min(1.8, note.long + 0.9), note.gain * 0.75, note.pan, (s) => {
    const next = (at + 1) % size;
    const value = string[at]!;
    string[at] = 0.4975 * (string[at]! + string[next]!);
    at = next;
    return value * Math.min(1, s * 400) * Math.exp(-s * 1.1);
  });
};

/** Struck metal: two sines in an uneven ratio, modulating each other a little. */
export const bell: Voice = (into, note) =>
  write(into, note.at, note.long + 1.3, note.gain * 0.4, note.pan, (s) => {
    const ring = Math.exp(-s * 3.2);
    return (
      ring *
      Math.min(1, s * 500) *
      Math.sin(TAU * note.hz * s + 1.1 * ring * Math.sin(TAU * note.hz * 3.01 * s))
    );
  });

/** Wooden bars. */
export const marimba: Voice = (into, note) =>
  write(
    into,
    note.at,
    0.7,
    note.gain * 0.62,
    note.pan,
    (s) =>
      Math.min(1, s * 600) *
      (Math.sin(TAU * note.hz * s) * Math.exp(-s * 6.5) +
        0.28 * Math.sin(TAU * note.hz * 3.93 * s) * Math.exp(-s * 18)),
  );

/** An electric piano. */
export const keys: Voice = (into, note) =>
  write(into, note.at, note.long + 0.5, note.gain * 0.42, note.pan, (s) => {
    const body =
      Math.exp(-s * 1.5) * Math.min(1, s * 250) * (s > note.long ? Math.exp(-(s - note.long) * 9) : 1);
    return (
      body *
      (Math.sin(TAU * note.hz * s + 0.7 * Math.exp(-s * 5) * Math.sin(TAU * note.hz * s)) +
        0.18 * Math.sin(TAU * note.hz * 2 * s))
    );
  });

/** A slow warm chord: detuned triangles with a gentle swell. */
export const pad: Voice = (into, note) => {
  for (const [detune, side] of [
    [0.9965, -0.6],
    [1.0035, 0.6],
  ] as const)
    write(into, note.at, note.long + 0.7, note.gain * 0.17, side, (s) => {
      const phase = (note.hz * detune * s) % 1;
      const triangle = 4 * Math.abs(phase - 0.5) - 1;
      const swell = Math.min(1, s / 0.35) * (s > note.long ? Math.max(0, 1 - (s - note.long) / 0.7) : 1);
      return swell * (triangle + 0.35 * Math.sin(TAU * note.hz * 2 * detune * s));
    });
};

/** A round bass. */
export const bass: Voice = (into, note) =>
  write(into, note.at, note.long + 0.08, note.gain * 0.62, note.pan, (s) => {
    const shape =
      Math.min(1, s * 180) *
      Math.exp(-s * 1.4) *
      (s > note.long ? Math.max(0, 1 - (s - note.long) / 0.08) : 1);
    return shape * Math.tanh(1.6 * (Math.sin(TAU * note.hz * s) + 0.35 * Math.sin(TAU * note.hz * 2 * s)));
  });

/** A small synthetic lead with a soft filter and a little vibrato. */
export const lead: Voice = (into, note) => {
  let low = 0;
  let phase = 0;
  write(into, note.at, note.long + 0.12, note.gain * 0.3, note.pan, (s) => {
    phase = (phase + (note.hz * (1 + 0.004 * Math.sin(TAU * 5.2 * s) * Math.min(1, s * 3))) / RATE) % 1;
    const saw = 2 * phase - 1 + (phase < 0.5 ? 0.6 : -0.6);
    low += (0.06 + 0.2 * Math.exp(-s * 7)) * (saw - low);
    return low * Math.min(1, s * 120) * (s > note.long ? Math.max(0, 1 - (s - note.long) / 0.12) : 1);
  });
};

/** Breath and a sine: a whistle or flute. */
export const flute: Voice = (into, note, random) => {
  let air = 0;
  write(into, note.at, note.long + 0.18, note.gain * 0.4, note.pan, (s) => {
    air += 0.12 * (random() * 2 - 1 - air);
    const shape = Math.min(1, s * 18) * (s > note.long ? Math.max(0, 1 - (s - note.long) / 0.18) : 1);
    return (
      shape *
      (Math.sin(TAU * note.hz * s + 0.12 * Math.sin(TAU * 5 * s)) +
        0.16 * Math.sin(TAU * note.hz * 2 * s) +
        air * 0.25)
    );
  });
};

export const VOICES = { pluck, bell, marimba, keys, pad, bass, lead, flute };
export type VoiceName = keyof typeof VOICES;
