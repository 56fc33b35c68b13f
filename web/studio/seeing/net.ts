/**
 * Small convolutional networks, run by plain arithmetic: no WebAssembly, no graphics card, so that every browser that
 * runs the studio can run them, in a worker, and all come to the same answer. Pictures are height × width × channels,
 * channels together, as 32-bit floats.
 */
export type Block = { height: number; width: number; channels: number; data: Float32Array };
/** One thing done to what came before; names are of blocks. */
export type Step = { inputs: string[]; output: string; run(inputs: Block[]): Block };
export type Net = { input: string; steps: Step[] };

/** The blocks that are asked for. What nobody reads any more is let go at once. */
export function runNet({ input, steps }: Net, picture: Block, wanted: readonly string[]): Map<string, Block> {
  const blocks = new Map([[input, picture]]);
  const lastUse = new Map<string, number>();
  for (const [index, step] of steps.entries()) for (const name of step.inputs) lastUse.set(name, index);
  for (const [index, step] of steps.entries()) {
    blocks.set(step.output, step.run(step.inputs.map((name) => blocks.get(name)!)));
    for (const name of step.inputs)
      if (lastUse.get(name) === index && !wanted.includes(name)) blocks.delete(name);
  }
  return new Map(wanted.map((name) => [name, blocks.get(name)!]));
}

export const block = (height: number, width: number, channels: number, data?: Float32Array): Block => ({
  ...{ height, width, channels },
  data: data ?? new Float32Array(height * width * channels),
});

export type Padding = 'same' | 'valid';
export type Active = { kind: 'none' | 'relu' } | { kind: 'prelu'; slope: Float32Array };
export const plain: Active = { kind: 'none' };

function sizes(
  size: number,
  kernel: number,
  stride: number,
  padding: Padding,
): [out: number, before: number] {
  const out = padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - kernel) / stride) + 1;
  const pad = padding === 'same' ? Math.max(0, (out - 1) * stride + kernel - size) : 0;
  return [out, Math.floor(pad / 2)];
}

/** In place: nobody else has seen it yet. */
export function activated(to: Block, active: Active): Block {
  const { data, channels } = to;
  if (active.kind === 'relu') for (let i = 0; i < data.length; i++) data[i] = data[i]! > 0 ? data[i]! : 0;
  if (active.kind === 'prelu')
    for (let at = 0; at < data.length; at += channels)
      for (let i = 0; i < channels; i++) if (data[at + i]! < 0) data[at + i]! *= active.slope[i]!;
  return to;
}

/** `weights` are out × height × width × in. */
export function convolve(
  from: Block,
  weights: Float32Array,
  bias: Float32Array,
  how: { kernel: number; stride: number; padding: Padding; active: Active },
): Block {
  const around = how.kernel === 1 && how.stride === 1 ? from : gathered(from, how);
  const to = block(around.height, around.width, bias.length);
  mix(around, weights, bias, to);
  return activated(to, how.active);
}

/** All that a kernel reads for a place, put together as the channels of that place; beyond the edge are zeros. */
function gathered(
  from: Block,
  { kernel, stride, padding }: { kernel: number; stride: number; padding: Padding },
): Block {
  const [height, top] = sizes(from.height, kernel, stride, padding);
  const [width, left] = sizes(from.width, kernel, stride, padding);
  const many = from.channels;
  const to = block(height, width, kernel * kernel * many);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let ky = 0; ky < kernel; ky++) {
        const fromY = y * stride + ky - top;
        for (let kx = 0; kx < kernel; kx++, at += many) {
          const fromX = x * stride + kx - left;
          if (fromY < 0 || fromX < 0 || fromY >= from.height || fromX >= from.width) continue;
          const first = (fromY * from.width + fromX) * many;
          for (let i = 0; i < many; i++) to.data[at + i] = from.data[first + i]!;
        }
      }
  return to;
}

/** A kernel of one place, which most are: four channels at a time, so that each value is read once for all of them. */
function mix(from: Block, weights: Float32Array, bias: Float32Array, to: Block): void {
  const { data, channels: many } = from;
  const { data: out, channels } = to;
  const fours = channels - (channels % 4);
  for (
    let place = 0, one = 0, at = 0;
    place < from.height * from.width;
    place++, one += many, at += channels
  ) {
    for (let channel = 0; channel < fours; channel += 4) {
      const w0 = channel * many;
      const [w1, w2, w3] = [w0 + many, w0 + 2 * many, w0 + 3 * many];
      let s0 = bias[channel]!;
      let s1 = bias[channel + 1]!;
      let s2 = bias[channel + 2]!;
      let s3 = bias[channel + 3]!;
      for (let i = 0; i < many; i++) {
        const value = data[one + i]!;
        s0 += value * weights[w0 + i]!;
        s1 += value * weights[w1 + i]!;
        s2 += value * weights[w2 + i]!;
        s3 += value * weights[w3 + i]!;
      }
      out[at + channel] = s0;
      out[at + channel + 1] = s1;
      out[at + channel + 2] = s2;
      out[at + channel + 3] = s3;
    }
    for (let channel = fours; channel < channels; channel++) {
      let sum = bias[channel]!;
      for (let i = 0; i < many; i++) sum += data[one + i]! * weights[channel * many + i]!;
      out[at + channel] = sum;
    }
  }
}

/** Each channel by itself; `weights` are height × width × channels. */
export function convolveDepth(
  from: Block,
  weights: Float32Array,
  bias: Float32Array | null,
  { kernel, stride, padding }: { kernel: number; stride: number; padding: Padding },
): Block {
  const [height, top] = sizes(from.height, kernel, stride, padding);
  const [width, left] = sizes(from.width, kernel, stride, padding);
  const { channels, data } = from;
  const to = block(height, width, channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      if (bias) to.data.set(bias, at);
      for (let ky = 0; ky < kernel; ky++) {
        const fromY = y * stride + ky - top;
        if (fromY < 0 || fromY >= from.height) continue;
        for (let kx = 0; kx < kernel; kx++) {
          const fromX = x * stride + kx - left;
          if (fromX < 0 || fromX >= from.width) continue;
          const [one, other] = [(fromY * from.width + fromX) * channels, (ky * kernel + kx) * channels];
          for (let channel = 0; channel < channels; channel++)
            to.data[at + channel]! += data[one + channel]! * weights[other + channel]!;
        }
      }
    }
  return to;
}

/** A kernel of 2 × 2 that makes everything twice as large; one channel out, `weights` are 2 × 2 × in. */
export function enlarge(from: Block, weights: Float32Array, bias: Float32Array): Block {
  const to = block(from.height * 2, from.width * 2, 1);
  const { channels, data } = from;
  for (let y = 0; y < to.height; y++)
    for (let x = 0; x < to.width; x++) {
      const one = ((y >> 1) * from.width + (x >> 1)) * channels;
      const other = ((y & 1) * 2 + (x & 1)) * channels;
      let sum = bias[0]!;
      for (let channel = 0; channel < channels; channel++)
        sum += data[one + channel]! * weights[other + channel]!;
      to.data[y * to.width + x] = sum;
    }
  return to;
}

const copy = (from: Block): Block => ({ ...from, data: from.data.slice() });
/** Also where one of the two is a single place, which then counts everywhere. */
export function join(one: Block, other: Block, how: 'plus' | 'times'): Block {
  const [large, small] = one.data.length >= other.data.length ? [one, other] : [other, one];
  const to = copy(large);
  const [data, { data: more, channels }] = [to.data, small];
  const whole = more.length === data.length ? data.length : channels;
  for (let at = 0; at < data.length; at += whole)
    if (how === 'plus') for (let i = 0; i < whole; i++) data[at + i]! += more[i]!;
    else for (let i = 0; i < whole; i++) data[at + i]! *= more[i]!;
  return to;
}
export const activeOf = (from: Block, active: Active): Block => activated(copy(from), active);
export function sigmoid(from: Block): Block {
  const to = copy(from);
  for (let i = 0; i < to.data.length; i++) to.data[i] = 1 / (1 + Math.exp(-to.data[i]!));
  return to;
}
export function hardSwish(from: Block): Block {
  const to = copy(from);
  for (let i = 0; i < to.data.length; i++) {
    const value = to.data[i]!;
    to.data[i] = value <= -3 ? 0 : value >= 3 ? value : (value * (value + 3)) / 6;
  }
  return to;
}

export function mean(from: Block): Block {
  const to = block(1, 1, from.channels);
  const { data, channels } = from;
  for (let at = 0; at < data.length; at += channels)
    for (let i = 0; i < channels; i++) to.data[i]! += data[at + i]!;
  for (let i = 0; i < channels; i++) to.data[i]! /= from.height * from.width;
  return to;
}

/** The largest of each 2 × 2. */
export function shrink(from: Block): Block {
  const to = block(from.height >> 1, from.width >> 1, from.channels);
  const { channels, data } = from;
  for (let y = 0; y < to.height; y++)
    for (let x = 0; x < to.width; x++)
      for (let channel = 0; channel < channels; channel++) {
        const at = (dy: number, dx: number) =>
          data[((y * 2 + dy) * from.width + x * 2 + dx) * channels + channel]!;
        to.data[(y * to.width + x) * channels + channel] = Math.max(at(0, 0), at(0, 1), at(1, 0), at(1, 1));
      }
  return to;
}

/** More channels, of zeros. */
export function widen(from: Block, channels: number): Block {
  const to = block(from.height, from.width, channels);
  for (let place = 0; place < from.height * from.width; place++)
    to.data.set(from.data.subarray(place * from.channels, (place + 1) * from.channels), place * channels);
  return to;
}

/** Between the four nearest; half a pixel's offset or not is the model's own habit. */
export function resize(from: Block, height: number, width: number, halfPixel: boolean): Block {
  const to = block(height, width, from.channels);
  const { channels, data } = from;
  const ends = (at: number, size: number, now: number) => {
    const place = halfPixel ? ((at + 0.5) * now) / size - 0.5 : (at * now) / size;
    const low = Math.max(0, Math.min(now - 1, Math.floor(place)));
    return [low, Math.min(now - 1, low + 1), Math.max(0, Math.min(1, place - low))] as const;
  };
  for (let y = 0; y < height; y++) {
    const [top, bottom, partY] = ends(y, height, from.height);
    for (let x = 0; x < width; x++) {
      const [left, right, partX] = ends(x, width, from.width);
      const [a, b] = [(top * from.width + left) * channels, (top * from.width + right) * channels];
      const [c, d] = [(bottom * from.width + left) * channels, (bottom * from.width + right) * channels];
      const at = (y * width + x) * channels;
      for (let i = 0; i < channels; i++) {
        const upper = data[a + i]! * (1 - partX) + data[b + i]! * partX;
        const lower = data[c + i]! * (1 - partX) + data[d + i]! * partX;
        to.data[at + i] = upper * (1 - partY) + lower * partY;
      }
    }
  }
  return to;
}

/** Numbers of 16 bits as those of 32 (IEEE 754). */
export function halves(bytes: Uint16Array): Float32Array {
  return Float32Array.from(bytes, (half) => {
    const [sign, exponent, part] = [half & 0x8000 ? -1 : 1, (half >> 10) & 31, half & 1023];
    if (exponent === 0) return sign * part * 2 ** -24;
    return sign * (1 + part / 1024) * 2 ** (exponent - 15);
  });
}
