/** What happens to the whole mix: room, loudness, ceiling, fade. Works in place on stereo at 48 kHz. */
import { type Buffers, RATE } from './synth.ts';

/** Adds the echoes of `dry` every `lag` samples, each duller and by `tail` weaker. */
function comb(dry: Float32Array, room: Float32Array, lag: number, tail: number) {
  const line = dry.slice();
  let dull = 0;
  for (let i = lag, from = 0; i < line.length; i++, from++) {
    const out = line[from]!;
    dull = out * 0.7 + dull * 0.3;
    line[i] = line[i]! + dull * tail;
    room[i] = room[i]! + out * 0.25;
  }
}

/** Smears in time what it lets through; every frequency stays as loud. */
function allPass(room: Float32Array, lag: number) {
  const line = room.slice();
  for (let i = 0; i < lag && i < room.length; i++) room[i] = line[i]! * -0.5;
  for (let i = lag, from = 0; i < line.length; i++, from++) {
    const delayed = line[from]!;
    const input = line[i]! + delayed * 0.5;
    line[i] = input;
    room[i] = delayed - input * 0.5;
  }
}

/** A small room: four combs and two all-passes a side (after Schroeder, 1962). */
export function addRoom(mix: Buffers, wet: number, tail: number) {
  for (const [channel, spread] of [
    [mix.left, 0],
    [mix.right, 23],
  ] as const) {
    const room = new Float32Array(channel.length);
    for (const lag of [1687, 1931, 2053, 2251]) comb(channel, room, lag + spread, tail);
    for (const lag of [347, 113]) allPass(room, lag + spread);
    for (let i = 0; i < channel.length; i++) channel[i] = channel[i]! + room[i]! * wet;
  }
}

export function addEcho(mix: Buffers, seconds: number, wet: number) {
  const lag = Math.round(seconds * RATE);
  for (let i = lag; i < mix.left.length; i++) {
    const l = mix.left[i - lag]!;
    mix.left[i]! += mix.right[i - lag]! * wet;
    mix.right[i]! += l * wet;
  }
}

/** Both K-weighting filters of ITU-R BS.1770-4 at 48 kHz, then gated blocks of 400 ms. Answers LUFS. */
export function loudness(mix: Buffers): number {
  const hop = RATE / 10;
  const slots = new Float64Array(Math.max(1, Math.floor(mix.left.length / hop)));
  for (const channel of [mix.left, mix.right]) {
    let shelfA = 0;
    let shelfB = 0;
    let highA = 0;
    let highB = 0;
    for (let slot = 0, i = 0; slot < slots.length; slot++) {
      let power = 0;
      for (const end = (slot + 1) * hop; i < end; i++) {
        const v = channel[i]!;
        const shelf = 1.53512485958697 * v + shelfA;
        shelfA = -2.69169618940638 * v + 1.69065929318241 * shelf + shelfB;
        shelfB = 1.19839281085285 * v - 0.73248077421585 * shelf;
        const high = shelf + highA;
        highA = -2 * shelf + 1.99004745483398 * high + highB;
        highB = shelf - 0.99007225036621 * high;
        power += high * high;
      }
      slots[slot]! += power;
    }
  }
  const blocks: number[] = [];
  for (let i = 0; i + 4 <= slots.length; i++)
    blocks.push((slots[i]! + slots[i + 1]! + slots[i + 2]! + slots[i + 3]!) / (hop * 4));
  const level = (power: number) => -0.691 + 10 * Math.log10(power);
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const heard = blocks.filter((p) => p > 0 && level(p) > -70);
  if (heard.length === 0) return Number.NEGATIVE_INFINITY;
  const gate = level(mean(heard)) - 10;
  return level(mean(heard.filter((p) => level(p) > gate)));
}

/** Brings the mix to the target loudness under a soft ceiling (−1.5 dBTP needs a little room: 0.8). */
export function master(mix: Buffers, targetLufs: number, ceiling = 0.8) {
  const knee = ceiling * 0.6;
  for (let pass = 0; pass < 4; pass++) {
    const now = loudness(mix);
    if (!Number.isFinite(now) || Math.abs(now - targetLufs) < 0.3) return;
    const gain = 10 ** ((targetLufs - now) / 20);
    for (const channel of [mix.left, mix.right])
      for (let i = 0; i < channel.length; i++) {
        const v = channel[i]! * gain;
        const size = Math.abs(v);
        channel[i] =
          size <= knee
            ? v
            : Math.sign(v) * (knee + (ceiling - knee) * Math.tanh((size - knee) / (ceiling - knee)));
      }
  }
}

export function fadeEnds(mix: Buffers, inSeconds: number, outSeconds: number) {
  const count = mix.left.length;
  for (const channel of [mix.left, mix.right]) {
    for (let i = 0; i < inSeconds * RATE && i < count; i++) channel[i]! *= i / (inSeconds * RATE);
    for (let i = 0; i < outSeconds * RATE && i < count; i++)
      channel[count - 1 - i]! *= (i / (outSeconds * RATE)) ** 1.4;
  }
}
