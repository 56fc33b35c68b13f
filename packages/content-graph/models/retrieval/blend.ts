/**
 * How much each part counts, learned on held-out cases instead of set by hand: each part's fade by its own nDCG, then
 * weights by coordinate ascent on the nDCG of the sum (Metzler and Croft, 2007). Scores are divided by the best of the
 * request, so parts of other units can be added. A part that adds nothing gets the weight 0 and is dropped.
 */
import { strongest } from './links.ts';
import { type Asking, type Part, scorePart } from './parts.ts';

/** A history and what came after it. */
export type HeldOut = Asking & { wanted: Int32Array };

export type Blend = {
  parts: Part[];
  weight: Float64Array;
  /** Power of an item's freshness, which the sum is multiplied by; 0 without times. */
  fresh: number;
};
const AT = 20;
const FADES = [1, 0.99, 0.97, 0.9, 0.8, 0.65];
const POWERS = [0, 0.25, 0.5, 1, 1.5, 2];
const POOL = 100;
/** Of the largest weight: what popularity keeps, so that it orders only what nothing else does. */
const LEAST = 1e-4;
const STEPS = [0, 0.3, 0.6, 0.8, 1.25, 1.7, 3];
const FIRST_STEPS = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

/** Divides by the highest; returns false when nothing was said. */
export function normalise(score: Float64Array): boolean {
  let best = 0;
  for (let item = 0; item < score.length; item++) if (score[item]! > best) best = score[item]!;
  if (best <= 0) return false;
  for (let item = 0; item < score.length; item++) score[item]! /= best;
  return true;
}

const gainAt = (rank: number) => (rank < AT ? 1 / Math.log2(rank + 2) : 0);

function idealOf(count: number): number {
  let ideal = 0;
  for (let rank = 0; rank < Math.min(count, AT); rank++) ideal += gainAt(rank);
  return ideal;
}

function hideSeen(score: Float64Array, held: HeldOut, keepSeen: boolean) {
  if (!keepSeen) for (const item of held.history) score[item] = Number.NEGATIVE_INFINITY;
}

function ndcgOfPart(part: Part, cases: readonly HeldOut[], score: Float64Array, keepSeen: boolean): number {
  let sum = 0;
  for (const held of cases) {
    scorePart(part, held, score);
    hideSeen(score, held, keepSeen);
    let gain = 0;
    for (const item of held.wanted) {
      const mine = score[item]!;
      // Above what is no number stands nothing, and it is no find.
      if (Number.isNaN(mine)) continue;
      let above = 0;
      // Those that tie stand half above, so that a part that says nothing earns nothing.
      let same = 0;
      for (let other = 0; other < score.length && above < AT; other++) {
        if (score[other]! > mine) above++;
        else if (score[other] === mine) same++;
      }
      gain += gainAt(above + Math.floor(same / 2));
    }
    sum += gain / idealOf(held.wanted.length);
  }
  return sum / Math.max(1, cases.length);
}

type Pool = {
  scores: Float32Array;
  wanted: Uint8Array;
  /** Logarithm of each one's freshness. */
  fresh: Float32Array;
  size: number;
  ideal: number;
};

export function learnBlend(
  parts: readonly Part[],
  cases: readonly HeldOut[],
  items: number,
  options: { keepSeen?: boolean; ablate?: boolean } = {},
) {
  const { keepSeen = false } = options;
  const score = new Float64Array(items);
  const chosen: Part[] = [];
  const alone: number[] = [];
  // Fades need fewer cases than weights.
  const few = cases.filter((_, at) => at % Math.max(1, Math.ceil(cases.length / 600)) === 0);
  for (const part of parts) {
    let best = { fade: part.fade, ndcg: -1 };
    let falls = 0;
    for (const fade of part.kind === 'trend' ? [1] : FADES) {
      const ndcg = ndcgOfPart({ ...part, fade }, few, score, keepSeen);
      if (ndcg > best.ndcg) best = { fade, ndcg };
      // One peak: when it has fallen twice, it falls.
      else if (++falls === 2) break;
    }
    chosen.push({ ...part, fade: best.fade });
    alone.push(best.ndcg);
  }
  const pools = cases.map((held) => poolOf(chosen, held, score, keepSeen));
  // Two places to start from: everyone by their own merit, or the best alone.
  const best = Math.max(...alone);
  const merit = Float64Array.from(alone, (one) => (best > 0 ? one / best : 1));
  const single = merit.map((one) => (one === 1 ? 1 : 0));
  const weight = new Float64Array(merit.length);
  let ndcg = -1;
  let fresh = 0;
  const isTimed = pools.some((pool) => pool.fresh.some((one) => one !== 0));
  for (const power of isTimed ? POWERS : [0]) {
    const starts = [merit, single, ...(power > 0 ? [weight] : [])].map((start) => start.slice());
    const reached = starts.map((start) => ndcgOfPools(pools, start, power));
    // Without times the better of the two is enough: they end close to each other.
    const tried = isTimed ? starts : [starts[reached[1]! > reached[0]! ? 1 : 0]!];
    for (const start of tried) {
      const found = ascend(pools, start, -1, power);
      if (found <= ndcg * 1.002) continue;
      weight.set(start);
      [fresh, ndcg] = [power, found];
    }
  }
  const without: Record<string, number> = {};
  if (options.ablate)
    for (const [at, part] of chosen.entries()) {
      const rest = weight.slice();
      rest[at] = 0;
      if (rest.every((one) => one === 0)) rest.set(merit.map((one, other) => (other === at ? 0 : one)));
      without[part.name] = ascend(pools, rest, at, fresh);
    }
  // Whoever has no history, or one that nobody shares, still gets an answer.
  for (const [at, part] of chosen.entries())
    if (part.kind === 'trend') weight[at] = Math.max(weight[at]!, LEAST * Math.max(...weight));
  const total = weight.reduce((sum, one) => sum + one, 0);
  const kept = chosen.flatMap((part, at) => (weight[at]! > 0 ? [{ part, weight: weight[at]! / total }] : []));
  return {
    blend: {
      parts: kept.map(({ part }) => part),
      weight: Float64Array.from(kept, (one) => one.weight),
      fresh,
    },
    alone: Object.fromEntries(chosen.map((part, at) => [part.name, alone[at]!])),
    ndcg,
    without,
  };
}

/** Changes one weight at a time while it pays; `fixed` is left alone. Returns the nDCG reached. */
function ascend(pools: readonly Pool[], weight: Float64Array, fixed: number, power = 0): number {
  let ndcg = ndcgOfPools(pools, weight, power);
  for (let round = 0; round < 6; round++) {
    const before = ndcg;
    for (let part = 0; part < weight.length; part++) {
      if (part === fixed) continue;
      const own = weight[part]!;
      let best = own;
      for (const step of own > 0 ? STEPS : FIRST_STEPS) {
        weight[part] = own > 0 ? own * step : step;
        const now = ndcgOfPools(pools, weight, power);
        if (now > ndcg * 1.0005) {
          ndcg = now;
          best = weight[part]!;
        }
      }
      weight[part] = best;
    }
    if (ndcg <= before) break;
  }
  return ndcg;
}

/** The best of every part and what was wanted, with each part's score. */
function poolOf(parts: readonly Part[], held: HeldOut, score: Float64Array, keepSeen: boolean): Pool {
  const places = new Map<number, number>();
  const columns: Float64Array[] = [];
  const all = Int32Array.from(score.keys());
  const items = score.length;
  const freshOf = freshnessOf(parts, held);
  for (const item of held.wanted) if (keepSeen || !held.history.includes(item)) places.set(item, places.size);
  for (const part of parts) {
    scorePart(part, held, score);
    hideSeen(score, held, keepSeen);
    normalise(score);
    columns.push(score.slice());
    const add = () => {
      for (const item of strongest(all, score, Math.min(POOL, all.length)))
        if (score[item]! > 0 && !places.has(item)) places.set(item, places.size);
    };
    add();
    if (!freshOf) continue;
    for (let item = 0; item < items; item++) if (score[item]! > 0) score[item]! *= freshOf[item]!;
    add();
  }
  const size = places.size;
  const scores = new Float32Array(size * parts.length);
  const wanted = new Uint8Array(size);
  const fresh = new Float32Array(size);
  const isWanted = new Set(held.wanted);
  for (const [item, place] of places) {
    if (freshOf) fresh[place] = Math.log(freshOf[item]!);
    wanted[place] = isWanted.has(item) ? 1 : 0;
    for (let part = 0; part < parts.length; part++)
      scores[place * parts.length + part] = Math.max(0, columns[part]![item]!);
  }
  return { scores, wanted, fresh, size, ideal: idealOf(held.wanted.length) };
}

/** Null when nothing has a time: then everything is as fresh as anything else. */
function freshnessOf(parts: readonly Part[], asking: Asking): Float32Array | null {
  const part = parts.find((one) => one.name === 'lately');
  return part?.kind === 'trend' && part.trend.until.length > 1 ? part.trend.freshAt(asking.at) : null;
}

function ndcgOfPools(pools: readonly Pool[], weight: Float64Array, power = 0): number {
  const parts = weight.length;
  let sum = 0;
  let values = new Float64Array(1024);
  for (const pool of pools) {
    if (values.length < pool.size) values = new Float64Array(pool.size);
    for (let place = 0; place < pool.size; place++) {
      let value = 0;
      for (let part = 0; part < parts; part++) value += weight[part]! * pool.scores[place * parts + part]!;
      values[place] = power > 0 ? value * Math.exp(power * pool.fresh[place]!) : value;
    }
    let gain = 0;
    for (let place = 0; place < pool.size; place++) {
      if (pool.wanted[place] !== 1) continue;
      const mine = values[place]!;
      let above = 0;
      for (let other = 0; other < pool.size; other++) if (values[other]! > mine) above++;
      // A wanted item of which nothing was said is not found, wherever it would fall.
      if (mine > 0) gain += gainAt(above);
    }
    sum += gain / pool.ideal;
  }
  return sum / Math.max(1, pools.length);
}

/**
 * The sum for every item; `hidden` items are left out before scores are divided by their best. `part` is working space
 * of the same length. Returns what each part was multiplied by.
 */
export function scoreBlend(
  blend: Blend,
  asking: Asking,
  hidden: Iterable<number>,
  out: Float64Array,
  part: Float64Array,
): Float64Array {
  out.fill(0);
  const hide = Int32Array.from(hidden);
  const scale = new Float64Array(blend.parts.length);
  for (let one = 0; one < blend.parts.length; one++) {
    scorePart(blend.parts[one]!, asking, part);
    for (const item of hide) part[item] = 0;
    let best = 0;
    for (let item = 0; item < part.length; item++) if (part[item]! > best) best = part[item]!;
    if (best <= 0) continue;
    scale[one] = blend.weight[one]! / best;
    for (let item = 0; item < part.length; item++)
      if (part[item]! > 0) out[item]! += scale[one]! * part[item]!;
  }
  const fresh = blend.fresh > 0 ? freshnessOf(blend.parts, asking) : null;
  if (fresh)
    for (let item = 0; item < out.length; item++)
      if (out[item]! > 0) out[item]! *= fresh[item]! ** blend.fresh;
  for (const item of hide) out[item] = Number.NEGATIVE_INFINITY;
  return scale;
}
