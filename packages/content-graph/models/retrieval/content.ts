/**
 * What an item is made of, as one short vector: words (tags, creator, sound, language, text) hashed into signed random
 * directions (Weinberger et al., ICML 2009) and any numeric vector projected onto the same space (Johnson and
 * Lindenstrauss, 1984). A ridge map from there into the factor space gives a place to items nobody has met
 * (Gantner et al., ICDM 2010).
 */
import { createChance, mixText } from '../../chance.ts';
import type { Factors } from './factors.ts';
import type { Interactions } from './interactions.ts';
import { solveSymmetric } from './ridge.ts';

export type ItemContent = {
  /** Words of item i, already told apart by kind ("tag:clay", "by:mira"); null when there are none. */
  words?: ((item: number) => readonly string[]) | null;
  /** items × size, any scale; rows with NaN or infinite numbers count as nothing. */
  vectors?: { size: number; data: Float32Array } | null;
};

export const CONTENT_SIZE = 96;

/** items × CONTENT_SIZE, each row of length 1, or all 0 when nothing is known. */
export function contentVectors(items: number, content: ItemContent, seed: number): Float32Array {
  const out = new Float32Array(items * CONTENT_SIZE);
  const { words, vectors } = content;
  if (vectors) projectVectors(vectors, items, seed, out);
  if (words) {
    const counts = new Map<string, number>();
    for (let item = 0; item < items; item++)
      for (const word of words(item)) counts.set(word, (counts.get(word) ?? 0) + 1);
    const direction = new Map<string, Float32Array>();
    for (let item = 0; item < items; item++)
      for (const word of words(item)) {
        const count = counts.get(word)!;
        if (count < 2) continue;
        const rarity = Math.log(1 + items / count) / 4;
        let row = direction.get(word);
        if (row === undefined) {
          row = directionOf(word, seed);
          direction.set(word, row);
        }
        for (let a = 0; a < CONTENT_SIZE; a++) out[item * CONTENT_SIZE + a]! += rarity * row[a]!;
      }
  }
  for (let item = 0; item < items; item++)
    toLengthOne(out.subarray(item * CONTENT_SIZE, (item + 1) * CONTENT_SIZE));
  return out;
}

function directionOf(word: string, seed: number): Float32Array {
  const chance = createChance(mixText(seed, word));
  return Float32Array.from(
    { length: CONTENT_SIZE },
    () => (chance() < 0.5 ? -1 : 1) / Math.sqrt(CONTENT_SIZE),
  );
}

function toLengthOne(row: Float32Array) {
  let sum = 0;
  for (const one of row) sum += one * one;
  if (!(sum > 1e-12)) return;
  const scale = 1 / Math.sqrt(sum);
  for (let a = 0; a < row.length; a++) row[a]! *= scale;
}

function projectVectors(
  vectors: { size: number; data: Float32Array },
  items: number,
  seed: number,
  out: Float32Array,
) {
  const { size, data } = vectors;
  if (data.length < items * size) throw new RangeError('fewer vectors than items');
  const finite = (item: number) => {
    for (let a = 0; a < size; a++) if (!Number.isFinite(data[item * size + a]!)) return false;
    return true;
  };
  const mean = new Float64Array(size);
  let known = 0;
  for (let item = 0; item < items; item++) {
    if (!finite(item)) continue;
    known++;
    for (let a = 0; a < size; a++) mean[a]! += data[item * size + a]!;
  }
  for (let a = 0; a < size; a++) mean[a]! /= Math.max(1, known);
  const chance = createChance(seed ^ 0x51ab);
  const base = Float32Array.from({ length: size * CONTENT_SIZE }, () => (chance() < 0.5 ? -1 : 1));
  const row = new Float32Array(CONTENT_SIZE);
  for (let item = 0; item < items; item++) {
    if (!finite(item)) continue;
    row.fill(0);
    for (let a = 0; a < size; a++) {
      const one = data[item * size + a]! - mean[a]!;
      for (let b = 0; b < CONTENT_SIZE; b++) row[b]! += one * base[a * CONTENT_SIZE + b]!;
    }
    toLengthOne(row);
    out.set(row, item * CONTENT_SIZE);
  }
}

/** Gives items without events the factors that their content makes likely. Those with events keep theirs. */
export function placeNewItems(factors: Factors, content: Float32Array, log: Interactions): number {
  const met = new Uint8Array(factors.items);
  for (const item of log.item) met[item] = 1;
  const { size, vector, items } = factors;
  const gram = new Float64Array(CONTENT_SIZE * CONTENT_SIZE);
  const cross = Array.from({ length: size }, () => new Float64Array(CONTENT_SIZE));
  for (let item = 0; item < items; item++) {
    if (met[item] === 0) continue;
    const from = item * CONTENT_SIZE;
    for (let a = 0; a < CONTENT_SIZE; a++) {
      const one = content[from + a]!;
      if (one === 0) continue;
      for (let b = 0; b <= a; b++) gram[a * CONTENT_SIZE + b]! += one * content[from + b]!;
      for (let f = 0; f < size; f++) cross[f]![a]! += one * vector[item * size + f]!;
    }
  }
  for (let a = 0; a < CONTENT_SIZE; a++) gram[a * CONTENT_SIZE + a]! += 1;
  for (const column of cross) solveSymmetric(gram.slice(), column, CONTENT_SIZE);
  let placed = 0;
  for (let item = 0; item < items; item++) {
    if (met[item] === 1) continue;
    placed++;
    for (let f = 0; f < size; f++) {
      let sum = 0;
      for (let a = 0; a < CONTENT_SIZE; a++) sum += cross[f]![a]! * content[item * CONTENT_SIZE + a]!;
      vector[item * size + f] = sum;
    }
  }
  return placed;
}
