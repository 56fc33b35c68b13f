/** A small kit made of sines and noise. Each function adds one stroke to the buffer. */
import type { Random } from './chance.ts';
import { type Buffers, fall, RATE, sine, write } from './synth.ts';

type Stroke = (into: Buffers, at: number, gain: number, random: Random) => void;

/** A skin whose pitch drops from the stroke on; `phase` in turns. */
const skin = (
  out: Float32Array,
  hz: number,
  drop: number,
  dropRate: number,
  decay: number,
  attack: number,
) => {
  const [lessDrop, lessBody] = [fall(dropRate), fall(decay)];
  let [bend, body] = [1, 1];
  for (let i = 0; i < out.length; i++, bend *= lessDrop, body *= lessBody) {
    const s = i / RATE;
    out[i] = sine(hz * s + drop * (1 - bend)) * body * Math.min(1, s * attack);
  }
};

/** Noise without its lows. */
const hiss = (out: Float32Array, random: Random, attack: number, decay: number) => {
  const less = fall(decay);
  let [before, body] = [0, 1];
  for (let i = 0; i < out.length; i++, body *= less) {
    const noise = random() * 2 - 1;
    out[i] = (noise - before) * Math.min(1, (i / RATE) * attack) * body;
    before = noise;
  }
};

const kick: Stroke = (into, at, gain) =>
  write(into, at, 0.28, gain * 0.95, 0, (out) => skin(out, 46, 3.4, 38, 11, 900));

const tom: Stroke = (into, at, gain) =>
  write(into, at, 0.3, gain * 0.6, -0.2, (out) => skin(out, 92, 1.6, 16, 10, 4000));

const block: Stroke = (into, at, gain) =>
  write(into, at, 0.09, gain * 0.4, 0.25, (out) => skin(out, 860, 0, 1, 55, 1200));

const hat: Stroke = (into, at, gain, random) =>
  write(into, at, 0.06, gain * 0.24, 0.3, (out) => hiss(out, random, 48_000, 75));

const shaker: Stroke = (into, at, gain, random) =>
  write(into, at, 0.1, gain * 0.16, -0.35, (out) => hiss(out, random, 45, 38));

const snare: Stroke = (into, at, gain, random) =>
  write(into, at, 0.2, gain * 0.42, 0.08, (out) => {
    const [lessNoise, lessTone] = [fall(24), fall(26)];
    let [noise, tone] = [1, 0.5];
    for (let i = 0; i < out.length; i++, noise *= lessNoise, tone *= lessTone)
      out[i] = (random() * 2 - 1) * noise + tone * sine((190 * i) / RATE);
  });

/** Three hands, one after the other, and the room. */
const clap: Stroke = (into, at, gain, random) =>
  write(into, at, 0.22, gain * 0.36, -0.1, (out) => {
    const less = fall(20);
    let body = 0.6;
    for (let i = 0; i < out.length; i++, body *= less) {
      const s = i / RATE;
      out[i] = (random() * 2 - 1) * ((s < 0.033 ? Math.exp(-(s % 0.011) * 260) : 0) + body);
    }
  });

export const KIT = { kick, snare, hat, shaker, clap, block, tom };
export type DrumName = keyof typeof KIT;
