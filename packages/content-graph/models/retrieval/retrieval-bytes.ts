/** A retrieval as bytes, in the frame of the graph's snapshots: version, length and checksum. */
import {
  closeSnapshot,
  openSnapshot,
  readColumn,
  SnapshotError,
  type SnapshotReader,
  type SnapshotWriter,
  writeColumn,
} from '../../state/snapshot-bytes.ts';
import { PART_NAMES, type Part } from './parts.ts';
import type { LearnedBlend } from './retrieval.ts';
import { trendOf } from './trend.ts';

/** Tells these bytes from a graph's, and one layout from the next. */
const KIND = 0x7265_7402;
const KINDS = ['trend', 'links', 'factors', 'content', 'again'] as const;

export function writeModel(items: number, model: LearnedBlend): Uint8Array {
  const writer: SnapshotWriter = { sections: [] };
  const put = (column: Float64Array | Float32Array | Int32Array) =>
    writeColumn(writer, column, column.length);
  put(Float64Array.of(KIND, items, model.parts.length, model.ndcg, model.keepSeen ? 1 : 0, model.fresh));
  put(model.weight);
  put(Float64Array.from(PART_NAMES, (name) => model.alone[name] ?? Number.NaN));
  for (const part of model.parts) {
    put(Float64Array.of(PART_NAMES.indexOf(part.name), KINDS.indexOf(part.kind), part.fade));
    if (part.kind === 'trend') {
      put(Float64Array.of(part.trend.fade));
      put(part.trend.until);
      put(part.trend.counts);
    } else if (part.kind === 'links') {
      put(part.links.start);
      put(part.links.item);
      put(part.links.weight);
    } else if (part.kind === 'factors') {
      put(Float64Array.of(part.factors.size, part.factors.unobserved, part.factors.ridge));
      put(part.factors.vector);
      put(part.factors.gram);
    } else if (part.kind === 'content') {
      put(Float64Array.of(part.size));
      put(part.vector);
    }
  }
  const steps = closeSnapshot(writer);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export function readModel(bytes: Uint8Array): { items: number; blend: LearnedBlend } {
  const reader = openSnapshot(bytes);
  const head = readColumn(reader, Float64Array) as unknown as number[];
  const [kind, items, count, ndcg, keepSeen, fresh] = head;
  if (kind !== KIND) throw new SnapshotError('version', 'not a retrieval of this layout');
  const weight = readColumn(reader, Float64Array);
  const alone = readColumn(reader, Float64Array);
  const parts = Array.from({ length: count! }, () => readPart(reader, items!));
  return {
    items: items!,
    blend: {
      parts,
      weight,
      ndcg: ndcg!,
      without: {},
      keepSeen: keepSeen === 1,
      fresh: fresh!,
      alone: Object.fromEntries(
        PART_NAMES.flatMap((name, at) => (Number.isNaN(alone[at]!) ? [] : [[name, alone[at]!]])),
      ),
    },
  };
}

function readPart(reader: SnapshotReader, items: number): Part {
  const [nameAt, kindAt, fade] = readColumn(reader, Float64Array) as unknown as number[];
  const head = { name: PART_NAMES[nameAt!]!, fade: fade! };
  const kind = KINDS[kindAt!];
  if (kind === 'trend') {
    const [faded] = readColumn(reader, Float64Array) as unknown as number[];
    const until = readColumn(reader, Float64Array);
    const counts = readColumn(reader, Float32Array);
    return { ...head, kind, trend: trendOf({ items, until, counts, fade: faded! }) };
  }
  if (kind === 'links') {
    const start = readColumn(reader, Int32Array);
    const item = readColumn(reader, Int32Array);
    return { ...head, kind, links: { items, start, item, weight: readColumn(reader, Float32Array) } };
  }
  if (kind === 'factors') {
    const [size, unobserved, ridge] = readColumn(reader, Float64Array) as unknown as number[];
    const vector = readColumn(reader, Float32Array);
    const gram = readColumn(reader, Float64Array);
    return {
      ...head,
      kind,
      factors: { size: size!, items, vector, gram, unobserved: unobserved!, ridge: ridge! },
    };
  }
  if (kind === 'content') {
    const [size] = readColumn(reader, Float64Array) as unknown as number[];
    return { ...head, kind, size: size!, vector: readColumn(reader, Float32Array) };
  }
  if (kind === 'again') return { ...head, kind };
  throw new SnapshotError('corrupt', 'a part of an unknown kind');
}
