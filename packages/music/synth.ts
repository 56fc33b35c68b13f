/** Instruments: each function adds one note to a stereo buffer at 48 kHz. Pure apart from that buffer.
 * Frequencies in hertz, times in seconds, pan −1 left … 1 right, gain around 0..1. */
import type { Random } from './chance.ts';

export const RATE = 48_000;
export type Buffers = { left: Float32Array; right: Float32Array };
export type Note = { at: number; long: number; hz: number; gain: number; pan: number };
export type Voice = (into: Buffers, note: Note, random: Random) => void;

const STEPS = 4096;
const SINE = Float64Array.from({ length: STEPS + 1 }, (_, i) => Math.sin((i / STEPS) * Math.PI * 2));

/** Sine of a phase in turns, from a table: a third of the time of Math.sin, right to 0.0000003. */
export function sine(turns: number): number {
  const place = (turns - Math.floor(turns)) * STEPS;
  const i = place | 0;
  return SINE[i]! + (SINE[i + 1]! - SINE[i]!) * (place - i);
}

/** What a decay of e^(−rate · s) is multiplied with from sample to sample. */
export const fall = (rate: number) => Math.exp(-rate / RATE);

export const hertz = (midi: number) => 440 * 2 ** ((midi - 69) / 12);

/** Adds what `fill` writes into an empty stretch of the note's time, with equal-power panning. */
export function write(
  into: Buffers,
  at: number,
  seconds: number,
  gain: number,
  pan: number,
  fill: (out: Float32Array) => void,
) {
  const start = Math.max(0, Math.round(at * RATE));
  const count = Math.min(into.left.length, Math.round((at + seconds) * RATE)) - start;
  if (count <= 0) return;
  const out = new Float32Array(count);
  fill(out);
  const { left, right } = into;
  const l = gain * Math.cos(((pan + 1) * Math.PI) / 4);
  const r = gain * Math.sin(((pan + 1) * Math.PI) / 4);
  for (let i = 0, k = start; i < count; i++, k++) {
    left[k]! += out[i]! * l;
    right[k]! += out[i]! * r;
  }
}

/** 1 while the note is held, then down to 0 in `seconds`. */
const release = (s: number, long: number, seconds: number) =>
  s > long ? Math.max(0, 1 - (s - long) / seconds) : 1;

/** A plucked string: a burst of noise in a delay line that loses its highs (Karplus and Strong, 1983). */
export const pluck: Voice = (into, note, random) => {
  const size = Math.max(2, Math.round(RATE / note.hz));
  const string = Float32Array.from({ length: size }, () => random() * 2 - 1);
  for (let i = 1; i < size; i++) string[i] = 0.55 * string[i]! + 0.45 * string[i - 1]!;
  write(into, note.at, Math.min(1.8, note.long + 0.9), note.gain * 0.75, note.pan, (out) => {
    const less = fall(1.1);
    let ring = 1;
    for (let i = 0, at = 0; i < out.length; i++) {
      const next = at + 1 === size ? 0 : at + 1;
      out[i] = string[at]! * Math.min(1, (i / RATE) * 400) * ring;
      string[at] = 0.4975 * (string[at]! + string[next]!);
      ring *= less;
      at = next;
    }
  });
};

/** Struck metal: two sines in an uneven ratio, modulating each other a little. */
export const bell: Voice = (into, note) =>
  write(into, note.at, note.long + 1.3, note.gain * 0.4, note.pan, (out) => {
    const less = fall(3.2);
    let ring = 1;
    for (let i = 0; i < out.length; i++, ring *= less) {
      const s = i / RATE;
      const bend = (1.1 / (Math.PI * 2)) * ring * sine(note.hz * 3.01 * s);
      out[i] = ring * Math.min(1, s * 500) * sine(note.hz * s + bend);
    }
  });

/** Wooden bars. */
export const marimba: Voice = (into, note) =>
  write(into, note.at, 0.7, note.gain * 0.62, note.pan, (out) => {
    const [lessLow, lessHigh] = [fall(6.5), fall(18)];
    let [low, high] = [1, 0.28];
    for (let i = 0; i < out.length; i++, low *= lessLow, high *= lessHigh) {
      const s = i / RATE;
      out[i] = Math.min(1, s * 600) * (sine(note.hz * s) * low + sine(note.hz * 3.93 * s) * high);
    }
  });

/** An electric piano. */
export const keys: Voice = (into, note) =>
  write(into, note.at, note.long + 0.5, note.gain * 0.42, note.pan, (out) => {
    const [lessBody, lessBend, lessEnd] = [fall(1.5), fall(5), fall(9)];
    let [body, bend] = [1, 0.7 / (Math.PI * 2)];
    for (let i = 0; i < out.length; i++, body *= lessBody, bend *= lessBend) {
      const s = i / RATE;
      if (s > note.long) body *= lessEnd;
      const tone = sine(note.hz * s);
      out[i] = body * Math.min(1, s * 250) * (sine(note.hz * s + bend * tone) + 0.18 * sine(note.hz * 2 * s));
    }
  });

/** A slow warm chord: detuned triangles with a gentle swell. */
export const pad: Voice = (into, note) => {
  for (const [detune, side] of [
    [0.9965, -0.6],
    [1.0035, 0.6],
  ] as const)
    write(into, note.at, note.long + 0.7, note.gain * 0.17, side, (out) => {
      for (let i = 0; i < out.length; i++) {
        const s = i / RATE;
        const turns = note.hz * detune * s;
        const triangle = 4 * Math.abs(turns - Math.floor(turns) - 0.5) - 1;
        const swell = Math.min(1, s / 0.35) * release(s, note.long, 0.7);
        out[i] = swell * (triangle + 0.35 * sine(2 * turns));
      }
    });
};

/** A round bass, clipped softly: the curve is near tanh and cheaper. */
export const bass: Voice = (into, note) =>
  write(into, note.at, note.long + 0.08, note.gain * 0.62, note.pan, (out) => {
    const less = fall(1.4);
    let body = 1;
    for (let i = 0; i < out.length; i++, body *= less) {
      const s = i / RATE;
      const x = 1.6 * (sine(note.hz * s) + 0.35 * sine(note.hz * 2 * s));
      const clipped = x / Math.sqrt(1 + x * x * 0.7);
      out[i] = Math.min(1, s * 180) * body * release(s, note.long, 0.08) * clipped;
    }
  });

/** A small synthetic lead with a soft filter and a little vibrato. */
export const lead: Voice = (into, note) =>
  write(into, note.at, note.long + 0.12, note.gain * 0.3, note.pan, (out) => {
    const less = fall(7);
    let [low, phase, bright] = [0, 0, 0.2];
    for (let i = 0; i < out.length; i++, bright *= less) {
      const s = i / RATE;
      phase += (note.hz * (1 + 0.004 * sine(5.2 * s) * Math.min(1, s * 3))) / RATE;
      if (phase >= 1) phase -= 1;
      const saw = 2 * phase - 1 + (phase < 0.5 ? 0.6 : -0.6);
      low += (0.06 + bright) * (saw - low);
      out[i] = low * Math.min(1, s * 120) * release(s, note.long, 0.12);
    }
  });

/** Breath and a sine: a whistle or flute. */
export const flute: Voice = (into, note, random) =>
  write(into, note.at, note.long + 0.18, note.gain * 0.4, note.pan, (out) => {
    let air = 0;
    for (let i = 0; i < out.length; i++) {
      const s = i / RATE;
      air += 0.12 * (random() * 2 - 1 - air);
      const tone =
        sine(note.hz * s + (0.12 / (Math.PI * 2)) * sine(5 * s)) + 0.16 * sine(note.hz * 2 * s) + air * 0.25;
      out[i] = Math.min(1, s * 18) * release(s, note.long, 0.18) * tone;
    }
  });

export const VOICES = { pluck, bell, marimba, keys, pad, bass, lead, flute };
export type VoiceName = keyof typeof VOICES;
