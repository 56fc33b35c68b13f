/**
 * What every retrieval stands beside, computed on the same people in the same run: popularity, item-kNN by cosine with
 * all neighbours (Sarwar et al., 2001), and EASE (Steck, 2019) on the head of the catalogue, by a dense inverse.
 */
import type { Interactions } from '../../packages/content-graph/models/retrieval/interactions.ts';
import { countLinks, type Links } from '../../packages/content-graph/models/retrieval/links.ts';
import { inverted } from '../../packages/content-graph/models/retrieval/ridge.ts';

/** Fills one number per item for a history. */
export type Scorer = (history: Int32Array, out: Float64Array) => void;

/** Distinct users per item. */
export function popularityOf(log: Interactions): Float64Array {
  const count = new Float64Array(log.items);
  for (let user = 0; user < log.users; user++)
    for (const item of new Set(log.item.subarray(log.start[user], log.start[user + 1]))) count[item]!++;
  return count;
}

/** Counts of the last tenth of all events by time; where times are missing or all the same, of all. */
export const popularityLately = (log: Interactions): Scorer => {
  const sorted = log.at?.slice().sort();
  const from = sorted?.[Math.floor(sorted.length * 0.9)] ?? Number.NEGATIVE_INFINITY;
  const count = new Float64Array(log.items);
  for (let place = 0; place < log.item.length; place++)
    if (!log.at || log.at[place]! >= from) count[log.item[place]!]!++;
  return (_history, out) => out.set(count);
};

/** What oneself met most often, where that may be recommended again; popularity after that. */
export const ownMostOften = (log: Interactions): Scorer => {
  const count = popularityOf(log);
  const most = count.reduce((best, one) => Math.max(best, one), 1);
  return (history, out) => {
    for (let item = 0; item < log.items; item++) out[item] = count[item]! / (most + 1);
    for (const item of history) out[item]!++;
  };
};

export const popularity = (log: Interactions): Scorer => {
  const count = popularityOf(log);
  return (_history, out) => out.set(count);
};

const whole = (log: Interactions): Interactions => ({ ...log, value: null });
const EVERYTHING = { reach: 200, decay: 1, after: 1, before: 1, keep: 5000 };

export function itemKnn(log: Interactions): Scorer {
  const count = popularityOf(log);
  const norm = (sum: number, a: number, b: number) => sum / Math.sqrt(count[a]! * count[b]!);
  const links = countLinks(whole(log), { ...EVERYTHING, norm });
  return (history, out) => {
    out.fill(0);
    for (const from of new Set(history))
      for (let at = links.start[from]!; at < links.start[from + 1]!; at++)
        out[links.item[at]!]! += links.weight[at]!;
  };
}

/** The `head` most met items; the others get nothing. Regularised by `ridge` times their mean count. */
export function ease(log: Interactions, head: number, ridge = 3): Scorer {
  const count = popularityOf(log);
  const order = [...count.keys()].filter((item) => count[item]! > 0).sort((a, b) => count[b]! - count[a]!);
  const inHead = order.slice(0, head);
  const place = new Int32Array(log.items).fill(-1);
  for (const [at, item] of inHead.entries()) place[item] = at;
  const isKept = Uint8Array.from(place, (at) => (at >= 0 ? 1 : 0));
  const together: Links = countLinks(whole(log), { ...EVERYTHING, keep: log.items, isKept });
  const n = inHead.length;
  const lambda = (ridge * count.reduce((sum, one) => sum + one, 0)) / Math.max(1, order.length);
  const gram = new Float64Array(n * n);
  for (const [a, item] of inHead.entries()) {
    gram[a * n + a] = count[item]! + lambda;
    for (let at = together.start[item]!; at < together.start[item + 1]!; at++) {
      const b = place[together.item[at]!]!;
      if (b >= 0) gram[a * n + b] = together.weight[at]!;
    }
  }
  const inverse = inverted(gram, n);
  return (history, out) => {
    out.fill(0);
    for (const item of new Set(history)) {
      const a = place[item]!;
      if (a < 0) continue;
      for (let b = 0; b < n; b++) if (a !== b) out[inHead[b]!]! -= inverse[a * n + b]! / inverse[b * n + b]!;
    }
  };
}
