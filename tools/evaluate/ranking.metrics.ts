/** Metrics of order: within each user (nDCG, GAUC), over all pairs (XAUC), and an absolute error. Pure. */

export type Ordered = { ndcg5: number; gauc: number; primary: number; users: number; positives: number };

const TOP = 5;

/**
 * nDCG@5 averaged over users, one without a positive counting 0; AUC of each user with both classes, weighted by its
 * positives; `primary` is the mean of both. Ties keep their order in nDCG and share their mean rank in AUC.
 */
export function orderWithinUsers(
  user: ArrayLike<number>,
  label: ArrayLike<number>,
  score: ArrayLike<number>,
): Ordered {
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < user.length; row++) {
    const rows = rowsOf.get(user[row]!);
    if (rows) rows.push(row);
    else rowsOf.set(user[row]!, [row]);
  }
  let [ndcg, auc, weight, all] = [0, 0, 0, 0];
  for (const rows of rowsOf.values()) {
    const labels = rows.map((row) => label[row]!);
    const scores = rows.map((row) => score[row]!);
    const positives = labels.reduce((sum, one) => sum + one, 0);
    all += positives;
    if (positives === 0) continue;
    ndcg += ndcgOf(labels, scores, TOP);
    if (positives === rows.length) continue;
    auc += aucOf(labels, scores) * positives;
    weight += positives;
  }
  const ndcg5 = ndcg / rowsOf.size;
  const gauc = auc / weight;
  return { ndcg5, gauc, primary: (ndcg5 + gauc) / 2, users: rowsOf.size, positives: all };
}

export function ndcgOf(labels: ArrayLike<number>, scores: ArrayLike<number>, top: number): number {
  const order = Array.from(scores, (_, at) => at).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const best = Array.from(labels).sort((a, b) => b - a);
  let gained = 0;
  let possible = 0;
  for (let place = 0; place < Math.min(top, order.length); place++) {
    gained += labels[order[place]!]! / Math.log2(place + 2);
    possible += best[place]! / Math.log2(place + 2);
  }
  return possible > 0 ? gained / possible : 0;
}

/** Share of (positive, negative) pairs in the right order, a tie counting half. NaN without both classes. */
export function aucOf(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const order = Array.from(scores, (_, at) => at).sort((a, b) => scores[a]! - scores[b]!);
  let ranks = 0;
  let positives = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    for (let at = from; at < to; at++) {
      if (!labels[order[at]!]) continue;
      positives++;
      ranks += (from + 1 + to) / 2;
    }
    from = to;
  }
  const negatives = order.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Share of all pairs with different truths that are in the right order, a tie counting half (Zhan et al., KDD 2022). */
export function xaucOf(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const order = Array.from(truth, (_, at) => at).sort((a, b) => truth[a]! - truth[b]!);
  const ranks = denseRanks(predicted);
  const tree = new Float64Array(ranks.most + 2);
  const upTo = (rank: number) => {
    let sum = 0;
    for (let at = rank; at > 0; at -= at & -at) sum += tree[at]!;
    return sum;
  };
  let right = 0;
  let pairs = 0;
  let before = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && truth[order[to]!] === truth[order[from]!]) to++;
    for (let at = from; at < to; at++) {
      const rank = ranks.of[order[at]!]!;
      const below = upTo(rank - 1);
      right += below + (upTo(rank) - below) / 2;
      pairs += before;
    }
    for (let at = from; at < to; at++)
      for (let rank = ranks.of[order[at]!]!; rank < tree.length; rank += rank & -rank) tree[rank]! += 1;
    before += to - from;
    from = to;
  }
  return right / pairs;
}

function denseRanks(values: ArrayLike<number>): { of: Int32Array; most: number } {
  const order = Array.from(values, (_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const of = new Int32Array(values.length);
  let rank = 0;
  order.forEach((at, place) => {
    if (place === 0 || values[at] !== values[order[place - 1]!]) rank++;
    of[at] = rank;
  });
  return { of, most: rank };
}

export function meanAbsoluteError(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < truth.length; at++) sum += Math.abs(truth[at]! - predicted[at]!);
  return sum / truth.length;
}

/** Mean distance between what was promised and what happened, over ten equal groups by promise (ECE). */
export function calibrationError(labels: ArrayLike<number>, promised: ArrayLike<number>): number {
  const order = Array.from(promised, (_, at) => at).sort((a, b) => promised[a]! - promised[b]!);
  let error = 0;
  for (let group = 0; group < 10; group++) {
    const from = Math.floor((group * order.length) / 10);
    const to = Math.floor(((group + 1) * order.length) / 10);
    let difference = 0;
    for (let at = from; at < to; at++) difference += labels[order[at]!]! - promised[order[at]!]!;
    error += Math.abs(difference);
  }
  return error / order.length;
}

export function meanAndSpread(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const square = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, spread: Math.sqrt(square) };
}
