/**
 * Item-to-item weights by ridge regression over the nearest candidates only: for each target the weights of the items
 * that speak for it, together instead of one by one. With every item as a candidate this is EASE (Steck, WWW 2019);
 * with few it is SLIM with chosen columns (Ning and Karypis, ICDM 2011), and with a decay by distance SLIST/SLIT
 * (Choi et al., WWW 2021). Cost grows with the targets, not with the square of the catalogue.
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
