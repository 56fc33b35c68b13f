import {
  activeOf,
  type Block,
  convolve,
  convolveDepth,
  halves,
  join,
  type Net,
  type Padding,
  plain,
  type Step,
  shrink,
  sigmoid,
  widen,
} from './net.ts';

/**
 * Reads a network from a graph model of TensorFlow.js: its JSON, and its weights in one file. It knows the operations
 * that the studio's models are made of, and throws at any other.
 */
type Attribute = { s?: string; list?: { s?: string[]; i?: string[] } };
type Node = { name: string; op: string; input?: string[]; attr?: Record<string, Attribute> };
export type GraphModel = {
  modelTopology: { node: Node[] };
  weightsManifest: {
    weights: { name: string; shape: number[]; dtype: string; quantization?: { dtype: string } }[];
  }[];
};
type Weight = { shape: number[]; values: Float32Array };

export function readGraphModel(model: GraphModel, bytes: ArrayBuffer): Net {
  const weights = weightsOf(model, bytes);
  const text = (node: Node, name: string) => atob(node.attr?.[name]?.s ?? '');
  const steps: Step[] = [];
  let input = '';
  /** What passes a block on as it is has no step: whoever reads it reads what it was. */
  const same = new Map<string, string>();
  const blockOf = (name: string): string => {
    const bare = name.replace(/:\d+$/, '');
    return same.has(bare) ? blockOf(same.get(bare)!) : bare;
  };
  for (const node of ordered(model.modelTopology.node)) {
    const [first = '', second = '', third = '', fourth = ''] = node.input ?? [];
    const add = (names: string[], run: Step['run']) =>
      steps.push({ inputs: names.map(blockOf), output: node.name, run });
    const padding = text(node, 'padding').toLowerCase() as Padding;
    const stride = Number(node.attr?.strides?.list?.i?.[1] ?? 1);
    switch (node.op) {
      case 'Const':
        break;
      case 'Placeholder':
        input = node.name;
        break;
      case 'Identity':
      case 'Reshape':
        same.set(node.name, first);
        break;
      case '_FusedConv2D': {
        const { shape, values } = weights.get(second)!;
        const [kernel, , many, channels] = shape as [number, number, number, number];
        const turned = outFirst(values, kernel * kernel * many, channels);
        const fused = (node.attr?.fused_ops?.list?.s ?? []).map((one) => atob(one));
        const active = fused.includes('Relu')
          ? ({ kind: 'relu' } as const)
          : fused.includes('Prelu')
            ? ({ kind: 'prelu', slope: weights.get(fourth)!.values } as const)
            : plain;
        const bias = weights.get(third)!.values;
        add([first], ([one]) => convolve(one!, turned, bias, { kernel, stride, padding, active }));
        break;
      }
      case 'DepthwiseConv2dNative': {
        const { shape, values } = weights.get(second)!;
        const how = { kernel: shape[0]!, stride, padding };
        add([first], ([one]) => convolveDepth(one!, values, null, how));
        break;
      }
      case 'AddV2':
        add([first, second], ([one, other]) => join(one!, other!, 'plus'));
        break;
      case 'Relu':
        add([first], ([one]) => activeOf(one!, { kind: 'relu' }));
        break;
      case 'Prelu': {
        const slope = weights.get(second)!.values;
        add([first], ([one]) => activeOf(one!, { kind: 'prelu', slope }));
        break;
      }
      case 'Sigmoid':
        add([first], ([one]) => sigmoid(one!));
        break;
      case 'MaxPool':
        add([first], ([one]) => shrink(one!));
        break;
      case 'Pad': {
        // Only channels are padded, behind the last one.
        const more = weights.get(second)!.values.at(-1)!;
        add([first], ([one]) => widen(one!, one!.channels + more));
        break;
      }
      default:
        throw new Error(`an operation of a model is not known: ${node.op}`);
    }
  }
  const end = (name: string, run: (one: Block) => Block = (one) => one) =>
    steps.push({ inputs: [blockOf(name)], output: name, run: ([one]) => run(one!) });
  for (const { op, name } of model.modelTopology.node) if (op === 'Identity') end(name);
  return { input, steps };
}

/** Each after what it reads. */
function ordered(nodes: readonly Node[]): Node[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const all = new Set<Node>();
  const put = (node: Node) => {
    if (all.has(node)) return;
    for (const name of node.input ?? []) {
      const before = byName.get(name.replace(/:\d+$/, ''));
      if (before) put(before);
    }
    all.add(node);
  };
  for (const node of nodes) put(node);
  return [...all];
}

function weightsOf(model: GraphModel, bytes: ArrayBuffer): Map<string, Weight> {
  const all = new Map<string, Weight>();
  let at = 0;
  for (const { name, shape, dtype, quantization } of model.weightsManifest.flatMap(
    (group) => group.weights,
  )) {
    const count = shape.reduce((product, size) => product * size, 1);
    const size = quantization?.dtype === 'float16' ? 2 : 4;
    const part = bytes.slice(at, at + count * size);
    at += count * size;
    const values =
      size === 2
        ? halves(new Uint16Array(part))
        : dtype === 'int32'
          ? Float32Array.from(new Int32Array(part))
          : new Float32Array(part);
    all.set(name, { shape, values });
  }
  return all;
}

/** From … × out to out × …, so that what is added up lies together. */
function outFirst(values: Float32Array, many: number, channels: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let i = 0; i < many; i++)
    for (let channel = 0; channel < channels; channel++)
      turned[channel * many + i] = values[i * channels + channel]!;
  return turned;
}
