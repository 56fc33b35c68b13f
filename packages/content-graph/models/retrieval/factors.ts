/**
 * Implicit factors (Hu, Koren, Volinsky, ICDM 2008) with the regularisation of Rendle et al. (RecSys 2022), fitted by
 * a few conjugate-gradient steps a sweep (Takács et al., RecSys 2011). A viewer's vector is folded in from a history
 * at request time: nothing about a viewer is kept.
 */
import { type Interactions, placesByItem } from './interactions.ts';
import { dot, solveSymmetric } from './ridge.ts';

export type Factors = {
  size: number;
  items: number;
  /** items × size */
  vector: Float32Array;
  /** size × size: unobserved × Σ v vᵀ */
  gram: Float64Array;
  unobserved: number;
  ridge: number;
};

export type FactorOptions = {
  size: number;
  sweeps: number;
  unobserved: number;
  ridge: number;
  /** A number in 0 … 1 per call. */
  chance: () => number;
};

export function fitFactors(log: Interactions, options: FactorOptions): Factors {
  const { size, unobserved } = options;
  // Doubles while fitting: reading floats into doubles costs a conversion each.
  const items = new Float64Array(log.items * size);
  const users = new Float64Array(log.users * size);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - options.chance())) * Math.cos(2 * Math.PI * options.chance());
  for (let at = 0; at < items.length; at++) items[at] = (normal() * 0.1) / Math.sqrt(size);
  const byItem = placesByItem(log);
  const userAt = new Int32Array(log.item.length);
  for (let at = 0; at < userAt.length; at++) userAt[at] = byItem.userOf[byItem.place[at]!]!;
  const valueAt = log.value ? Float32Array.from(byItem.place, (at) => log.value![at]!) : null;
  for (let sweep = 0; sweep < options.sweeps; sweep++) {
    improve(users, items, log.users, log.items, log.start, log.item, log.value, options);
    improve(items, users, log.items, log.users, byItem.start, userAt, valueAt, options);
  }
  const gram = gramOf(items, log.items, size);
  for (let at = 0; at < gram.length; at++) gram[at]! *= unobserved;
  return { size, items: log.items, vector: Float32Array.from(items), gram, unobserved, ridge: options.ridge };
}

function gramOf(vectors: Float64Array, count: number, size: number): Float64Array {
  const gram = new Float64Array(size * size);
  for (let row = 0; row < count; row++) {
    const from = row * size;
    for (let a = 0; a < size; a++) {
      const one = vectors[from + a]!;
      if (one === 0) continue;
      for (let b = 0; b <= a; b++) gram[a * size + b]! += one * vectors[from + b]!;
    }
  }
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) gram[b * size + a] = gram[a * size + b]!;
  return gram;
}

/** Regularisation grows with how much a row has seen (its frequency to the first power). */
const penalty = (options: { ridge: number; unobserved: number }, seen: number, others: number) =>
  options.ridge * (seen + options.unobserved * others);

function improve(
  mine: Float64Array,
  theirs: Float64Array,
  rows: number,
  others: number,
  start: Int32Array,
  other: Int32Array,
  value: Float32Array | null,
  options: FactorOptions,
) {
  const { size, unobserved } = options;
  const gram = gramOf(theirs, others, size);
  const x = new Float64Array(size);
  const r = new Float64Array(size);
  const p = new Float64Array(size);
  const ap = new Float64Array(size);
  const times = (vector: Float64Array, from: number, to: number, ridge: number) => {
    for (let a = 0; a < size; a++)
      ap[a] = unobserved * dot(gram, a * size, vector, 0, size) + ridge * vector[a]!;
    for (let at = from; at < to; at++) {
      const row = other[at]! * size;
      const along = dot(theirs, row, vector, 0, size) * (value ? value[at]! : 1);
      for (let a = 0; a < size; a++) ap[a]! += along * theirs[row + a]!;
    }
  };
  for (let one = 0; one < rows; one++) {
    const from = start[one]!;
    const to = start[one + 1]!;
    const at = one * size;
    if (from === to) {
      mine.fill(0, at, at + size);
      continue;
    }
    const ridge = penalty(options, to - from, others);
    for (let a = 0; a < size; a++) x[a] = mine[at + a]!;
    times(x, from, to, ridge);
    for (let a = 0; a < size; a++) r[a] = -ap[a]!;
    for (let place = from; place < to; place++) {
      const row = other[place]! * size;
      const weight = value ? value[place]! : 1;
      for (let a = 0; a < size; a++) r[a]! += weight * theirs[row + a]!;
    }
    let rr = 0;
    for (let a = 0; a < size; a++) {
      p[a] = r[a]!;
      rr += r[a]! * r[a]!;
    }
    for (let step = 0; step < 2 && rr > 1e-12; step++) {
      times(p, from, to, ridge);
      let pap = 0;
      for (let a = 0; a < size; a++) pap += p[a]! * ap[a]!;
      const alpha = rr / pap;
      let next = 0;
      for (let a = 0; a < size; a++) {
        x[a]! += alpha * p[a]!;
        r[a]! -= alpha * ap[a]!;
        next += r[a]! * r[a]!;
      }
      const beta = next / rr;
      for (let a = 0; a < size; a++) p[a] = r[a]! + beta * p[a]!;
      rr = next;
    }
    for (let a = 0; a < size; a++) mine[at + a] = x[a]!;
  }
}

/** A viewer's vector from a history: one exact solve, size³/6 + history × size². */
export function foldIn(factors: Factors, history: Int32Array, weight: Float64Array): Float64Array {
  const { size, vector } = factors;
  const matrix = factors.gram.slice();
  const right = new Float64Array(size);
  // Rows times the root of their weight, side by side: two at once halve the passes over the matrix.
  const rows = new Float64Array((history.length + 1) * size);
  let seen = 0;
  for (let at = 0; at < history.length; at++) {
    const w = weight[at]!;
    if (!(w > 0)) continue;
    const root = Math.sqrt(w);
    const from = history[at]! * size;
    for (let a = 0; a < size; a++) {
      const one = root * vector[from + a]!;
      rows[seen * size + a] = one;
      right[a]! += root * one;
    }
    seen++;
  }
  for (let at = 0; at < seen; at += 2) {
    const first = at * size;
    const second = first + size;
    for (let a = 0; a < size; a++) {
      const one = rows[first + a]!;
      const two = rows[second + a]!;
      const row = a * size;
      for (let b = 0; b <= a; b++) matrix[row + b]! += one * rows[first + b]! + two * rows[second + b]!;
    }
  }
  const ridge = penalty(factors, seen, factors.items);
  for (let a = 0; a < size; a++) matrix[a * size + a]! += ridge;
  solveSymmetric(matrix, right, size);
  return right;
}
