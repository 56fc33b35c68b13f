/**
 * Retrieval: what of a whole catalogue a viewer is likely to want next, from what they met before. Knows dense numbers
 * for users and items; does NOT know ids, viewers' accounts, files, threads or clocks. The same log, options and seed
 * give the same model. How much each part counts is learned on events held out from the log itself.
 *
 * `const model = trainRetrieval(log, { seed: 1 }); model.recommend({ history }, { limit: 20 })`
 */
import { type HeldOut, learnBlend, scoreBlend } from './blend.ts';
import { type FitOptions, fitParts } from './fit-parts.ts';
import { type Interactions, interactionsOf } from './interactions.ts';
import { strongest } from './links.ts';
import { type Asking, causeOf, type Part, REMEMBERED } from './parts.ts';
import { readModel, writeModel } from './retrieval-bytes.ts';

export type RetrievalOptions = FitOptions & {
  /** Cases the weights are learned on, of users whose log holds only what came before. Default: held out of the log. */
  heldOut?: readonly HeldOut[];
  /** After learning weights, fit the parts again on this (the log with what was held out). Default: the whole log. */
  whole?: Interactions;
  /** Says in `learned.without` what the blend reaches without each part; takes some seconds more. */
  ablate?: boolean;
};

export type Request = { history: ArrayLike<number>; value?: ArrayLike<number> | null; at?: number | null };

export type Recommended = {
  item: number;
  /** Comparable within one answer only. */
  score: number;
  /** Places in the history that speak for it, strongest first, with their share (0 … 1) of what history says. */
  because: { at: number; share: number }[];
};

export type Retrieval = {
  readonly items: number;
  /** Parts and weights for `openRetrieval`: plain data, unless `popular` is among them. */
  readonly blend: LearnedBlend;
  /** Part and weight, summing to 1, and each part's nDCG@20 alone on what was held out. */
  readonly learned: {
    keepSeen: boolean;
    weight: Record<string, number>;
    /** 0: when an item was met does not matter; see `Trend.freshAt`. */
    fresh: number;
    fade: Record<string, number>;
    alone: Record<string, number>;
    ndcg: number;
    without: Record<string, number>;
  };
  recommend: (
    request: Request,
    options: { limit: number; exclude?: Iterable<number>; because?: boolean },
  ) => Recommended[];
  /** One number per item for a request, -Infinity for the hidden; higher is better. The array is used again. */
  scores: (request: Request, hidden?: Iterable<number>) => Float64Array;
  /** As in `recommend`, for one item by the last answer: ask for `recommend` or `scores` first. */
  because: (request: Request, item: number) => Recommended['because'];
  snapshot: () => Uint8Array;
};

export type LearnedBlend = {
  parts: Part[];
  weight: Float64Array;
  alone: Record<string, number>;
  ndcg: number;
  without: Record<string, number>;
  keepSeen: boolean;
  /** Power of how much an item is met now, beside ever. */
  fresh: number;
};

const MAX_CASES = 1500;
const MOST_HELD_OUT = 4000;
/** Of all events: less than this is not worth a second fit. */
const WORTH_FITTING = 0.01;

export function trainRetrieval(log: Interactions, options: RetrievalOptions): Retrieval {
  if (!Number.isInteger(options.seed)) throw new TypeError('seed must be an integer');
  const split = options.heldOut
    ? { log, cases: options.heldOut, whole: options.whole ?? null }
    : holdOut(log, options.keepSeen ?? false);
  const parts = fitParts(split.log, options);
  const { blend, alone, ndcg, without } = learnBlend(parts, spread(split.cases), log.items, options);
  let used = blend.parts;
  if (split.whole) {
    const names = new Set(used.map((part) => part.name));
    const unused = parts.map((part) => part.name).filter((name) => !names.has(name));
    const again = fitParts(split.whole, { ...options, without: [...(options.without ?? []), ...unused] });
    used = used.map((part) => ({ ...again.find((one) => one.name === part.name)!, fade: part.fade }));
  }
  return modelOf(log.items, {
    parts: used,
    weight: blend.weight,
    fresh: blend.fresh,
    alone,
    ndcg,
    without,
    keepSeen: options.keepSeen ?? false,
  });
}

/** The same model from its blend: plain data may be handed to another thread and opened there. */
export function openRetrieval(items: number, blend: LearnedBlend): Retrieval {
  return modelOf(items, blend);
}

export function restoreRetrieval(bytes: Uint8Array): Retrieval {
  const { items, blend } = readModel(bytes);
  return modelOf(items, blend);
}

/** Evenly taken, so that the time does not grow with the data. */
function spread(cases: readonly HeldOut[]): readonly HeldOut[] {
  if (cases.length <= MAX_CASES) return cases;
  return Array.from({ length: MAX_CASES }, (_, at) => cases[Math.floor((at * cases.length) / MAX_CASES)]!);
}

/**
 * The last item of at most every other user with three events or more, evenly taken; the others keep theirs, so that new
 * items stay known. Every event of that item is held out, where what was met is left out of answers: it would be no find.
 * What is held out of a large log is too little to fit again for.
 */
function holdOut(
  log: Interactions,
  keepSeen: boolean,
): { log: Interactions; cases: HeldOut[]; whole: Interactions | null } {
  const keep = new Uint8Array(log.item.length).fill(1);
  const cases: HeldOut[] = [];
  let held = 0;
  for (let user = 0; user < log.users; user += Math.max(2, Math.ceil(log.users / MOST_HELD_OUT))) {
    const from = log.start[user]!;
    const last = log.start[user + 1]! - 1;
    const item = log.item[last]!;
    const isBefore = (_: unknown, at: number) =>
      from + at < last && (keepSeen || log.item[from + at] !== item);
    const history = log.item.subarray(from, last + 1).filter(isBefore);
    if (history.length < 2) continue;
    for (let at = from; at <= last; at++) keep[at] = isBefore(null, at - from) ? 1 : 0;
    held += last + 1 - from - history.length;
    cases.push({
      history,
      value: log.value ? log.value.subarray(from, last + 1).filter(isBefore) : null,
      at: log.at ? log.at[last]! : null,
      wanted: Int32Array.of(item),
    });
  }
  const isLittle = held < WORTH_FITTING * log.item.length;
  return { log: keptOf(log, keep), cases, whole: isLittle ? null : log };
}

function keptOf(log: Interactions, keep: Uint8Array): Interactions {
  const count = keep.reduce((sum, one) => sum + one, 0);
  const user = new Int32Array(count);
  const item = new Int32Array(count);
  const value = log.value ? new Float32Array(count) : null;
  const at = log.at ? new Float64Array(count) : null;
  let filled = 0;
  for (let one = 0; one < log.users; one++)
    for (let place = log.start[one]!; place < log.start[one + 1]!; place++) {
      if (keep[place] === 0) continue;
      user[filled] = one;
      item[filled] = log.item[place]!;
      if (value) value[filled] = log.value![place]!;
      if (at) at[filled] = log.at![place]!;
      filled++;
    }
  return interactionsOf({ users: log.users, items: log.items, user, item, value, at });
}

function modelOf(items: number, learned: LearnedBlend): Retrieval {
  const total = new Float64Array(items);
  const part = new Float64Array(items);
  const order = Int32Array.from({ length: items }, (_, item) => item);
  let scale: Float64Array = new Float64Array(learned.parts.length);
  const weightOf = (at: number) => learned.weight[at]!;

  function askingOf(request: Request): Asking {
    const known: number[] = [];
    const value: number[] = [];
    for (let at = 0; at < request.history.length; at++) {
      const item = request.history[at]!;
      if (!Number.isInteger(item) || item < 0 || item >= items) continue;
      known.push(item);
      const strength = request.value ? request.value[at]! : 1;
      value.push(strength > 0 ? Math.min(strength, 100) : 0);
    }
    return {
      history: Int32Array.from(known),
      value: request.value ? Float32Array.from(value) : null,
      at: Number.isFinite(request.at) ? request.at! : null,
    };
  }

  function recommend(
    request: Request,
    options: { limit: number; exclude?: Iterable<number>; because?: boolean },
  ) {
    const asking = askingOf(request);
    const hidden = new Set<number>(learned.keepSeen ? [] : asking.history);
    for (const item of options.exclude ?? []) if (item >= 0 && item < items) hidden.add(item);
    scale = scoreBlend(learned, asking, hidden, total, part);
    const limit = Math.max(0, Math.min(options.limit, items));
    const best = [...strongest(order, total, limit)]
      .filter((item) => total[item]! > 0)
      .sort((a, b) => total[b]! - total[a]! || a - b);
    return best.map((item) => ({
      item,
      score: total[item]!,
      because: options.because === false ? [] : becauseOf(asking, item),
    }));
  }

  function becauseOf(asking: Asking, item: number) {
    const causes: { at: number; share: number }[] = [];
    let sum = 0;
    for (let at = Math.max(0, asking.history.length - REMEMBERED); at < asking.history.length; at++) {
      let share = 0;
      for (let one = 0; one < learned.parts.length; one++)
        share += scale[one]! * causeOf(learned.parts[one]!, asking, at, item);
      if (share <= 0) continue;
      sum += share;
      causes.push({ at, share });
    }
    causes.sort((a, b) => b.share - a.share);
    return causes.slice(0, 3).map((cause) => ({ at: cause.at, share: cause.share / sum }));
  }

  return {
    items,
    blend: learned,
    learned: {
      keepSeen: learned.keepSeen,
      weight: Object.fromEntries(learned.parts.map((one, at) => [one.name, weightOf(at)])),
      fresh: learned.fresh,
      fade: Object.fromEntries(learned.parts.map((one) => [one.name, one.fade])),
      alone: learned.alone,
      ndcg: learned.ndcg,
      without: learned.without,
    },
    recommend,
    scores: (request, hidden = []) => {
      scale = scoreBlend(learned, askingOf(request), hidden, total, part);
      return total;
    },
    because: (request, item) => becauseOf(askingOf(request), item),
    snapshot: () => writeModel(items, learned),
  };
}
