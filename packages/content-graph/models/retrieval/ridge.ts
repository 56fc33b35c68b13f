/**
 * Item-to-item weights by ridge regression over the nearest candidates only: for each target the weights of the items
 * that speak for it, together instead of one by one. With every item as a candidate this is EASE (Steck, WWW 2019);
 * with few it is SLIM with chosen columns (Ning and Karypis, ICDM 2011), and with a decay by distance SLIST/SLIT
 * (Choi et al., WWW 2021). Cost grows with the targets, not with the square of the catalogue; where that is small, all
 * are candidates.
 */
import { createRows, type Links, strongest } from './links.ts';

export type RidgeOptions = { candidates: number; ridge: number };

/**
 * `gram`: near-symmetric rows with what stands together; `own[a]`: its diagonal. `towards`: row j holds the items that
 * stand before (or with) j. Returns rows by target.
 */
export function solveRidge(gram: Links, own: Float64Array, towards: Links, options: RidgeOptions): Links {
  const { candidates, ridge } = options;
  const items = gram.items;
  const rows = createRows(items);
  const rank = new Float64Array(items);
  const weights = new Float64Array(items);
  const local = new Int32Array(items).fill(-1);
  const matrix = new Float64Array(candidates * candidates);
  const right = new Float64Array(candidates);
  for (let target = 0; target < items; target++) {
    const from = towards.start[target]!;
    const all = towards.item.slice(from, towards.start[target + 1]!);
    // Chosen by cosine: by count alone the famous would crowd out the fitting.
    for (let at = 0; at < all.length; at++) {
      const other = all[at]!;
      weights[other] = towards.weight[from + at]!;
      rank[other] = weights[other]! / Math.sqrt(own[other]! + ridge);
    }
    const chosen = (all.length > candidates ? strongest(all, rank, candidates) : all).slice();
    const n = chosen.length;
    for (let a = 0; a < n; a++) {
      local[chosen[a]!] = a;
      right[a] = weights[chosen[a]!]!;
    }
    matrix.fill(0, 0, n * n);
    for (let a = 0; a < n; a++) {
      const one = chosen[a]!;
      for (let at = gram.start[one]!; at < gram.start[one + 1]!; at++) {
        const b = local[gram.item[at]!]!;
        if (b >= 0) matrix[b > a ? b * n + a : a * n + b] = gram.weight[at]!;
      }
      matrix[a * n + a] = own[one]! + ridge;
    }
    solveSymmetric(matrix, right, n);
    for (let a = 0; a < n; a++) {
      weights[chosen[a]!] = right[a]!;
      local[chosen[a]!] = -1;
    }
    rows.push(chosen, weights);
  }
  return rows.done();
}

/**
 * The same with every item a candidate, for catalogues whose square fits in memory: one inverse serves all targets.
 * `gram` holds every pair. Returns rows by target; items that nobody met have none.
 */
export function solveWholeRidge(gram: Links, own: Float64Array, ridge: number): Links {
  const place = new Int32Array(gram.items).fill(-1);
  const met: number[] = [];
  for (let item = 0; item < gram.items; item++) if (own[item]! > 0) place[item] = met.push(item) - 1;
  const n = met.length;
  const matrix = new Float64Array(n * n);
  for (const [a, item] of met.entries()) {
    matrix[a * n + a] = own[item]! + ridge;
    for (let at = gram.start[item]!; at < gram.start[item + 1]!; at++) {
      const b = place[gram.item[at]!]!;
      // Both ways may differ by a rounding; what is inverted has to be symmetric.
      if (b >= 0 && b < a) matrix[a * n + b] = gram.weight[at]!;
    }
  }
  const inverse = inverted(matrix, n);
  const rows = createRows(gram.items);
  const weights = new Float64Array(gram.items);
  const none = new Int32Array(0);
  for (let target = 0; target < gram.items; target++) {
    const j = place[target]!;
    if (j < 0) {
      rows.push(none, weights);
      continue;
    }
    for (const [a, item] of met.entries()) weights[item] = -inverse[a * n + j]! / inverse[j * n + j]!;
    rows.push(Int32Array.from(met.filter((item) => item !== target)), weights);
  }
  return rows.done();
}

/** Cholesky in place on the lower triangle; `right` becomes the answer. A pivot that is not positive is raised. */
export function solveSymmetric(matrix: Float64Array, right: Float64Array, n: number) {
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * n;
      const rest = matrix[rowI + j]! - dot(matrix, rowI, matrix, rowJ, j);
      if (i === j) matrix[rowI + i] = rest > 1e-9 ? Math.sqrt(rest) : 1e3;
      else matrix[rowI + j] = rest / matrix[rowJ + j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= matrix[i * n + k]! * right[k]!;
    right[i] = sum / matrix[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = i + 1; k < n; k++) sum -= matrix[k * n + i]! * right[k]!;
    right[i] = sum / matrix[i * n + i]!;
  }
}

/** Four sums side by side, since one would wait for itself. */
export function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, length: number): number {
  let w = 0;
  let x = 0;
  let y = 0;
  let z = 0;
  let at = 0;
  for (; at + 3 < length; at += 4) {
    w += a[fromA + at]! * b[fromB + at]!;
    x += a[fromA + at + 1]! * b[fromB + at + 1]!;
    y += a[fromA + at + 2]! * b[fromB + at + 2]!;
    z += a[fromA + at + 3]! * b[fromB + at + 3]!;
  }
  for (; at < length; at++) w += a[fromA + at]! * b[fromB + at]!;
  return w + x + y + z;
}

/** Of a symmetric positive matrix, by its lower triangle: A = L Lᵀ, then the inverse of L, then their product. `matrix` is used up. */
export function inverted(matrix: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const rest = matrix[i * n + j]! - dot(matrix, i * n, matrix, j * n, j);
      matrix[i * n + j] = i === j ? Math.sqrt(Math.max(rest, 1e-12)) : rest / matrix[j * n + j]!;
    }
  // Row j holds column j of the inverse of L.
  const columns = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const diagonal = matrix[i * n + i]!;
    for (let j = 0; j < i; j++)
      columns[j * n + i] = -dot(matrix, i * n + j, columns, j * n + j, i - j) / diagonal;
    columns[i * n + i] = 1 / diagonal;
  }
  const out = matrix;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const sum = dot(columns, i * n + i, columns, j * n + i, n - i);
      out[i * n + j] = sum;
      out[j * n + i] = sum;
    }
  return out;
}
