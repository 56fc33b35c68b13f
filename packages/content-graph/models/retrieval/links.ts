/**
 * Sparse item-to-item rows and how they are counted: which items stand near which in the rows of users, with a weight
 * that falls with the distance. One counting serves item-kNN, transitions and the ridge.
 */
import { type Interactions, placesByItem } from './interactions.ts';

/** Row a is [start[a], start[a + 1]). */
export type Links = { items: number; start: Int32Array; item: Int32Array; weight: Float32Array };

export type Counting = {
  /** Places to either side that count. */
  reach: number;
  /** Weight of a distance of one more, 1 = the distance does not matter. */
  decay: number;
  /** Weight when the neighbour came after, and before. */
  after: number;
  before: number;
  /** Strongest kept per row. */
  keep: number;
  /** Divides a pair's sum; by default nothing. */
  norm?: (count: number, item: number, other: number) => number;
  /** Only these have rows; all by default. */
  isKept?: Uint8Array;
};

const EMPTY = new Int32Array(0);

/** Distinct users per item weigh more than repeats: a pair counts once per user, at its nearest distance. */
export function countLinks(log: Interactions, counting: Counting): Links {
  const { reach, after, before, keep, norm, isKept } = counting;
  const byItem = placesByItem(log);
  const fall = Float64Array.from({ length: reach + 1 }, (_, d) => counting.decay ** Math.max(0, d - 1));
  const sum = new Float64Array(log.items);
  const best = new Float64Array(log.items);
  const touched = new Int32Array(log.items);
  const inUser = new Int32Array(2 * reach * 8 + 16);
  const rows = createRows(log.items);
  for (let item = 0; item < log.items; item++) {
    let near = 0;
    if (!isKept || isKept[item]) {
      let place = byItem.start[item]!;
      const end = byItem.start[item + 1]!;
      while (place < end) {
        // All places of one user stand side by side; repeats beyond eight say no more.
        const user = byItem.userOf[byItem.place[place]!]!;
        let mine = 0;
        for (let repeats = 0; place < end && byItem.userOf[byItem.place[place]!] === user; place++) {
          if (repeats++ >= 8) continue;
          const at = byItem.place[place]!;
          const from = Math.max(log.start[user]!, at - reach);
          const to = Math.min(log.start[user + 1]! - 1, at + reach);
          for (let other = from; other <= to; other++) {
            const neighbour = log.item[other]!;
            if (neighbour === item) continue;
            let weight = (other > at ? after : before) * fall[Math.abs(other - at)]!;
            if (log.value) weight *= log.value[other]! * log.value[at]!;
            if (weight <= 0) continue;
            if (best[neighbour] === 0) inUser[mine++] = neighbour;
            if (weight > best[neighbour]!) best[neighbour] = weight;
          }
        }
        for (let one = 0; one < mine; one++) {
          const neighbour = inUser[one]!;
          if (sum[neighbour] === 0) touched[near++] = neighbour;
          sum[neighbour]! += best[neighbour]!;
          best[neighbour] = 0;
        }
      }
    }
    const found = touched.subarray(0, near);
    if (norm) for (const other of found) sum[other] = norm(sum[other]!, item, other);
    const kept = near > keep ? strongest(found, sum, keep) : found;
    rows.push(kept, sum);
    for (const other of found) sum[other] = 0;
  }
  return rows.done();
}

/** The `keep` highest of `among` by `score`, in no order. `among` is reordered (Hoare's selection). */
export function strongest(among: Int32Array, score: Float64Array, keep: number): Int32Array {
  if (keep <= 0) return EMPTY;
  let low = 0;
  let high = among.length - 1;
  while (low < high) {
    const pivot = score[among[(low + high) >> 1]!]!;
    let a = low;
    let b = high;
    while (a <= b) {
      while (score[among[a]!]! > pivot) a++;
      while (score[among[b]!]! < pivot) b--;
      if (a <= b) {
        const swap = among[a]!;
        among[a++] = among[b]!;
        among[b--] = swap;
      }
    }
    if (keep - 1 <= b) high = b;
    else if (keep - 1 >= a) low = a;
    else break;
  }
  return among.subarray(0, keep);
}

export type Rows = {
  /** `weights` is read at each neighbour. */
  push: (neighbours: Int32Array, weights: Float64Array) => void;
  done: () => Links;
};

/** Rows pushed in order; the arrays double as they fill. */
export function createRows(items: number): Rows {
  const start = new Int32Array(items + 1);
  let item = new Int32Array(1024);
  let weight = new Float32Array(1024);
  let rows = 0;
  let filled = 0;
  return {
    push: (neighbours, weights) => {
      if (filled + neighbours.length > item.length) {
        const size = Math.max(item.length * 2, filled + neighbours.length);
        item = grown(item, new Int32Array(size));
        weight = grown(weight, new Float32Array(size));
      }
      for (const other of neighbours) {
        item[filled] = other;
        weight[filled++] = weights[other]!;
      }
      start[++rows] = filled;
    },
    done: () => ({ items, start, item: item.slice(0, filled), weight: weight.slice(0, filled) }),
  };
}

function grown<T extends Int32Array | Float32Array>(old: T, wide: T): T {
  wide.set(old);
  return wide;
}

/** Row a of the result holds who had a in their rows; only the strongest `keep` per row. */
export function turned(links: Links, keep: number): Links {
  const start = new Int32Array(links.items + 1);
  for (const item of links.item) start[item + 1]!++;
  for (let item = 0; item < links.items; item++) start[item + 1]! += start[item]!;
  const next = start.slice(0, links.items);
  const item = new Int32Array(links.item.length);
  const weight = new Float32Array(links.item.length);
  for (let from = 0; from < links.items; from++)
    for (let at = links.start[from]!; at < links.start[from + 1]!; at++) {
      const place = next[links.item[at]!]!++;
      item[place] = from;
      weight[place] = links.weight[at]!;
    }
  const rows = createRows(links.items);
  const size = new Float64Array(links.items);
  const signed = new Float64Array(links.items);
  for (let from = 0; from < links.items; from++) {
    const row = item.subarray(start[from]!, start[from + 1]!);
    for (let at = 0; at < row.length; at++) {
      signed[row[at]!] = weight[start[from]! + at]!;
      size[row[at]!] = Math.abs(signed[row[at]!]!);
    }
    rows.push(row.length > keep ? strongest(row, size, keep) : row, signed);
  }
  return rows.done();
}
