/** Fits the parts of a retrieval on a log. Every number here has its reason beside it; none was chosen on a test. */
import { createChance } from '../../chance.ts';
import { CONTENT_SIZE, contentVectors, type ItemContent, placeNewItems } from './content.ts';
import { fitFactors } from './factors.ts';
import type { Interactions } from './interactions.ts';
import { countLinks, type Links, turned } from './links.ts';
import type { Part, PartName } from './parts.ts';
import { solveRidge, solveWholeRidge } from './ridge.ts';
import { fitTrend, TREND_FADE } from './trend.ts';

export type FitOptions = {
  seed: number;
  content?: ItemContent | null;
  /** Parts to leave out, for ablations. */
  without?: readonly PartName[];
  /** Items met before may be recommended again. */
  keepSeen?: boolean;
};

/** Nothing is learned from two events of one viewer that stand further apart. */
const REACH = 300;
/** The order within a sitting: the weight of a neighbour for each event in between. */
const NEXT_DECAY = 0.8;
const NEXT_REACH = 20;
/** Of what came before instead of after: items are met in either order, most often. */
const NEXT_BEFORE = 0.3;
/** Regularisation in multiples of an item's mean count, so that it fits small and large logs alike. */
const RIDGE_SHARE = 3;
/** Links kept per item at request time. */
const KEPT = 300;
/** Items of which each is a candidate for each; the inverse takes half a minute and two squares of 128 MB. */
const WHOLE = 4000;
/** Rows of the gram that a ridge sees; 40 million entries are 320 MB. */
const GRAM_ENTRIES = 40_000_000;

/** More than this say little more, and cost: of larger logs whole rows of evenly taken users are fitted on. */
const EVENTS = 3_000_000;

export function fitParts(whole: Interactions, options: FitOptions): Part[] {
  const log = fewer(whole, EVENTS);
  const without = new Set<PartName>(options.without);
  const parts: Part[] = [];
  const seen = usersOf(log);
  const add = (name: PartName, make: () => Part) => {
    if (!without.has(name)) parts.push(make());
  };
  const trends = whole.at ? (['popular', 'lately'] as const) : (['popular'] as const);
  for (const name of trends)
    add(name, () => ({ name, kind: 'trend', fade: 1, trend: fitTrend(whole, TREND_FADE[name]) }));
  const own = log.value ? withItself(log) : seen;
  const plan = planOf(seen, own);
  add('together', () => ({ name: 'together', kind: 'links', fade: 1, links: fitTogether(log, own) }));
  add('ridge', () => ({ name: 'ridge', kind: 'links', fade: 1, links: fitRidge(log, own, plan, false) }));
  add('next', () => ({ name: 'next', kind: 'links', fade: 0.8, links: fitRidge(log, own, plan, true) }));
  const content = options.content ? contentVectors(log.items, options.content, options.seed) : null;
  add('factors', () => {
    const chance = createChance(options.seed);
    // Few sweeps suffice: the warm conjugate gradient has settled by then (ablation in the README).
    const factors = fitFactors(log, { size: 64, sweeps: 6, unobserved: 0.1, ridge: 0.003, chance });
    if (content) placeNewItems(factors, content, log);
    return { name: 'factors', kind: 'factors', fade: 1, factors };
  });
  if (options.keepSeen) add('again', () => ({ name: 'again', kind: 'again', fade: 1 }));
  if (content)
    add('content', () => ({
      name: 'content',
      kind: 'content',
      fade: 1,
      size: CONTENT_SIZE,
      vector: content,
    }));
  return parts;
}

function fewer(log: Interactions, events: number): Interactions {
  if (log.item.length <= events) return log;
  const every = Math.ceil(log.item.length / events);
  const users = Math.ceil(log.users / every);
  const start = new Int32Array(users + 1);
  for (let user = 0; user < users; user++)
    start[user + 1] = start[user]! + log.start[user * every + 1]! - log.start[user * every]!;
  const item = new Int32Array(start[users]!);
  const value = log.value ? new Float32Array(item.length) : null;
  for (let user = 0; user < users; user++) {
    const [from, to] = [log.start[user * every]!, log.start[user * every + 1]!];
    item.set(log.item.subarray(from, to), start[user]!);
    value?.set(log.value!.subarray(from, to), start[user]!);
  }
  return { users, items: log.items, start, item, value, at: null };
}

/** Distinct users per item. */
export function usersOf(log: Interactions): Float64Array {
  const counts = new Float64Array(log.items);
  const last = new Int32Array(log.items).fill(-1);
  for (let user = 0; user < log.users; user++)
    for (let place = log.start[user]!; place < log.start[user + 1]!; place++) {
      const item = log.item[place]!;
      if (last[item] === user) continue;
      last[item] = user;
      counts[item]!++;
    }
  return counts;
}

/**
 * How often an item stands together with itself, as `countLinks` counts a pair: once per user, by the product of both
 * strengths. A diagonal of another measure than the pairs beside it would make a ridge's answers arbitrary.
 */
function withItself({ users, items, start, item, value }: Interactions): Float64Array {
  const sum = new Float64Array(items);
  const most = new Float64Array(items);
  for (let user = 0; user < users; user++) {
    const [from, to] = [start[user]!, start[user + 1]!];
    for (let at = from; at < to; at++) most[item[at]!] = Math.max(most[item[at]!]!, value![at]!);
    for (let at = from; at < to; at++) {
      sum[item[at]!]! += most[item[at]!]! ** 2;
      most[item[at]!] = 0;
    }
  }
  return sum;
}

type Plan = {
  met: number;
  ridge: number;
  gramKeep: number;
  candidates: number;
  isHead: Uint8Array | undefined;
};

function planOf(seen: Float64Array, own: Float64Array): Plan {
  let met = 0;
  let sum = 0;
  for (const [item, count] of seen.entries()) {
    if (count > 0) met++;
    sum += own[item]!;
  }
  const gramKeep = Math.max(200, Math.min(2000, Math.floor(GRAM_ENTRIES / Math.max(1, met))));
  // The famous part of a very large catalogue; the rest is reached by the other parts.
  const limit = 30_000;
  let isHead: Uint8Array | undefined;
  if (met > limit) {
    const least = Float64Array.from(seen).sort()[seen.length - limit]!;
    isHead = Uint8Array.from(seen, (count) => (count >= least ? 1 : 0));
  }
  return {
    met,
    ridge: (RIDGE_SHARE * sum) / Math.max(1, met),
    gramKeep,
    candidates: met > 5000 ? 110 : 200,
    isHead,
  };
}

function fitTogether(log: Interactions, own: Float64Array): Links {
  // Pairs of few users are chance: two users are added to the count of both.
  const norm = (sum: number, item: number, other: number) =>
    sum / Math.sqrt((own[item]! + 2) * (own[other]! + 2));
  return countLinks(log, { reach: REACH, decay: 1, after: 1, before: 1, keep: KEPT, norm });
}

function fitRidge(log: Interactions, own: Float64Array, plan: Plan, isNext: boolean): Links {
  const shape = isNext
    ? { reach: NEXT_REACH, decay: NEXT_DECAY, after: NEXT_DECAY, before: NEXT_DECAY }
    : { reach: REACH, decay: 1, after: 1, before: 1 };
  if (!isNext && plan.met <= WHOLE) {
    const pairs = countLinks(log, { ...shape, keep: log.items });
    return turned(solveWholeRidge(pairs, own, plan.ridge), WHOLE);
  }
  const gram = countLinks(log, { ...shape, keep: plan.gramKeep, isKept: plan.isHead });
  // Rows by target: what stood before it speaks for it.
  const towards = isNext
    ? countLinks(log, { ...shape, after: NEXT_BEFORE, before: 1, keep: plan.gramKeep, isKept: plan.isHead })
    : gram;
  const byTarget = solveRidge(gram, own, towards, { candidates: plan.candidates, ridge: plan.ridge });
  return turned(byTarget, 1000);
}
