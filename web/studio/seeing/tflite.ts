import {
  activeOf,
  block,
  convolve,
  convolveDepth,
  enlarge,
  halves,
  hardSwish,
  join,
  mean,
  type Net,
  plain,
  resize,
  type Step,
  sigmoid,
} from './net.ts';

/**
 * Reads a network from TensorFlow Lite's file: a flatbuffer (schema.fbs of TensorFlow). It knows the operations that the
 * studio's model is made of, and throws at any other.
 */
export function readTflite(bytes: ArrayBuffer): { net: Net; output: string } {
  const view = new DataView(bytes);
  type Table = { at: number; fields: number };
  const follow = (at: number) => at + view.getUint32(at, true);
  const table = (at: number): Table => ({ at, fields: at - view.getInt32(at, true) });
  /** Where a member lies; 0 when it is not there. */
  const member = ({ at, fields }: Table, index: number): number => {
    const slot = 4 + index * 2;
    const offset = slot < view.getUint16(fields, true) ? view.getUint16(fields + slot, true) : 0;
    return offset && at + offset;
  };
  const vector = (of: Table, index: number): { at: number; length: number } => {
    const where = member(of, index);
    if (!where) return { at: 0, length: 0 };
    const at = follow(where);
    return { at: at + 4, length: view.getUint32(at, true) };
  };
  const tables = (of: Table, index: number): Table[] => {
    const { at, length } = vector(of, index);
    return Array.from({ length }, (_, i) => table(follow(at + i * 4)));
  };
  const whole = (of: Table, index: number): number[] => {
    const { at, length } = vector(of, index);
    return Array.from({ length }, (_, i) => view.getInt32(at + i * 4, true));
  };
  const number = (of: Table | null, index: number, size: 1 | 4): number => {
    const where = of ? member(of, index) : 0;
    if (!where) return 0;
    return size === 1 ? view.getInt8(where) : view.getInt32(where, true);
  };

  const model = table(follow(0));
  const codes = tables(model, 1).map((code) => Math.max(number(code, 0, 1), number(code, 3, 4)));
  const buffers = tables(model, 4);
  const graph = tables(model, 2)[0]!;
  const tensors = tables(graph, 0).map((tensor) => ({
    shape: whole(tensor, 0),
    type: number(tensor, 1, 1),
    buffer: number(tensor, 2, 4),
  }));
  /** Weights: 32-bit floats, or halves that a step of the file would turn into them. */
  const given = new Map<number, Float32Array>();
  const valuesOf = (index: number): Float32Array => {
    const known = given.get(index);
    if (known) return known;
    const { type, buffer } = tensors[index]!;
    const { at, length } = vector(buffers[buffer]!, 0);
    const own = bytes.slice(at, at + length);
    const values = type === 1 ? halves(new Uint16Array(own)) : new Float32Array(own);
    given.set(index, values);
    return values;
  };
  const sizesOf = (index: number): number[] => {
    const { at, length } = vector(buffers[tensors[index]!.buffer]!, 0);
    return [...new Int32Array(bytes.slice(at, at + length))];
  };

  const steps: Step[] = [];
  for (const operation of tables(graph, 3)) {
    const code = codes[number(operation, 0, 4)]!;
    const inputs = whole(operation, 1);
    const output = whole(operation, 2)[0]!;
    const [first = 0, second = 0, third = 0] = inputs;
    const at = member(operation, 4);
    const options = at ? table(follow(at)) : null;
    const add = (names: number[], run: Step['run']) =>
      steps.push({ inputs: names.map(String), output: String(output), run });
    const shape = tensors[second]?.shape ?? [];
    const moved = () => {
      // 2 and 1 are the enums' SAME/VALID and RELU.
      const active = number(options, code === 3 ? 3 : 4, 1) === 1 ? ({ kind: 'relu' } as const) : plain;
      const stride = Math.max(1, number(options, 2, 4));
      const padding = number(options, 0, 1) === 0 ? ('same' as const) : ('valid' as const);
      return { kernel: shape[1]!, stride, padding, active };
    };
    switch (code) {
      case 0:
        add([first, second], ([one, other]) => join(one!, other!, 'plus'));
        break;
      case 1:
      case 40:
        add([first], ([one]) => mean(one!));
        break;
      case 3: {
        const [weights, bias, how] = [valuesOf(second), valuesOf(third), moved()];
        add([first], ([one]) => convolve(one!, weights, bias, how));
        break;
      }
      case 4: {
        const [weights, bias, how] = [valuesOf(second), valuesOf(third), moved()];
        add([first], ([one]) => convolveDepth(one!, weights, bias, how));
        break;
      }
      case 6:
        given.set(output, valuesOf(first));
        break;
      case 14:
        add([first], ([one]) => sigmoid(one!));
        break;
      case 18:
        add([first, second], ([one, other]) => join(one!, other!, 'times'));
        break;
      case 19:
        add([first], ([one]) => activeOf(one!, { kind: 'relu' }));
        break;
      case 23: {
        const [height, width] = sizesOf(second) as [number, number];
        const halfPixel = number(options, 3, 1) === 1;
        add([first], ([one]) => resize(one!, height, width, halfPixel));
        break;
      }
      case 32: {
        // MediaPipe's own: a transposed convolution with a bias.
        const [weights, bias] = [valuesOf(second), valuesOf(third)];
        add([first], ([one]) => enlarge(one!, weights, bias));
        break;
      }
      case 117:
        add([first], ([one]) => hardSwish(one!));
        break;
      default:
        throw new Error(`an operation of a model is not known: ${code}`);
    }
  }
  return { net: { input: String(whole(graph, 1)[0]), steps }, output: String(whole(graph, 2)[0]) };
}

/** The size of the picture a network looks at, as its values are wanted: 0 … 1. */
export function pictureOf(pixels: Uint8ClampedArray, side: number): ReturnType<typeof block> {
  const picture = block(side, side, 3);
  for (let place = 0; place < side * side; place++)
    for (let channel = 0; channel < 3; channel++)
      picture.data[place * 3 + channel] = pixels[place * 4 + channel]! / 255;
  return picture;
}

/** A mask of half the size as bytes: a mean of each four is as sharp as what it is laid over needs. */
export function halved({ width, height, data }: ReturnType<typeof block>): Uint8Array {
  const half = new Uint8Array((width * height) / 4);
  for (let y = 0; y < height / 2; y++)
    for (let x = 0; x < width / 2; x++) {
      const at = y * 2 * width + x * 2;
      const sum = data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!;
      half[(y * width) / 2 + x] = Math.round((sum / 4) * 255);
    }
  return half;
}
