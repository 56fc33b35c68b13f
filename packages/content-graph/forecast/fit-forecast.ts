/**
 * Fits a forecast on lessons: seconds to minutes of work that belongs in a thread of its own. Two parts of the retrieval:
 * `factors`, into which a viewer is folded at request time, and `next`, which reads the order of a session. The others
 * add nothing beside these two (ablation in the README). The same lessons and seed give the same forecast.
 */
import type { HeldOut } from '../models/retrieval/blend.ts';
import { interactionsOf } from '../models/retrieval/interactions.ts';
import type { PartName } from '../models/retrieval/parts.ts';
import { type Retrieval, trainRetrieval } from '../models/retrieval/retrieval.ts';
import type { FittedForecast } from './forecast.ts';
import type { Lessons } from './lessons.ts';
import { surpriseOf, type Usual } from './surprise.ts';
import { type HeldOutView, learnTrust } from './trust.ts';

const WITHOUT: readonly PartName[] = ['popular', 'together', 'ridge', 'content'];
/** From this value on, a view says that the user wanted the item (as in `learn/`). */
export const VALUED = 0.5;
/** Of a history, the last part is held out: weights and trust are learned on what came later. */
const HELD_OUT_SHARE = 0.2;
const MOST_HELD_OUT = 4000;
const LEAST_HISTORY = 5;
/** With fewer people to judge by, there is nothing to be learned yet. */
const LEAST_CASES = 20;
/** Whose scores make what is usual: their mean is known to a twentieth. */
const ASKED_FOR_USUAL = 400;
/** As the graph believes: views before an item's rate, and before a user's mean, outweighs everybody's. */
const ITEM_SHRINKAGE = 8;
const USER_SHRINKAGE = 10;

type Case = { user: number; from: number; end: number };

/** Null when there is too little to judge a forecast by. TypeError for a seed that is no integer. */
export function fitForecast(lessons: Lessons, { seed }: { seed: number }): FittedForecast | null {
  const { ids, start, item, value } = lessons;
  const users = start.length - 1;
  const cases: Case[] = [];
  const isHeldOut = new Uint8Array(item.length);
  for (let user = 0; user < users; user += Math.max(2, Math.ceil(users / MOST_HELD_OUT))) {
    const end = start[user + 1]!;
    const size = end - start[user]!;
    if (size < LEAST_HISTORY) continue;
    const from = end - Math.ceil(size * HELD_OUT_SHARE);
    cases.push({ user, from, end });
    isHeldOut.fill(1, from, end);
  }
  const known = { user: [] as number[], item: [] as number[] };
  for (let user = 0; user < users; user++)
    for (let at = start[user]!; at < start[user + 1]!; at++) {
      if (isHeldOut[at] || value[at]! < VALUED) continue;
      known.user.push(user);
      known.item.push(item[at]!);
    }
  const log = interactionsOf({
    users,
    items: ids.length,
    user: Int32Array.from(known.user),
    item: Int32Array.from(known.item),
  });
  const historyOf = (user: number) => log.item.slice(log.start[user]!, log.start[user + 1]!);
  const heldOut = cases.flatMap(({ user, from, end }): HeldOut[] => {
    const wanted = item.slice(from, end).filter((_, at) => value[from + at]! >= VALUED);
    const history = historyOf(user);
    return wanted.length && history.length ? [{ history, value: null, at: null, wanted }] : [];
  });
  if (heldOut.length < LEAST_CASES) return null;
  const retrieval = trainRetrieval(log, { seed, heldOut, without: WITHOUT });
  const usual = usualOf(retrieval, heldOut);
  const views = cases.flatMap((one) =>
    viewsOf(lessons, one, { retrieval, usual, history: historyOf(one.user) }),
  );
  const base = baseOf(lessons, isHeldOut);
  const trust = learnTrust(
    views.map(({ user, item: row, ...view }) => ({ ...view, usual: base(user, row) })),
  );
  return { ids, blend: retrieval.blend, usual, trust };
}

function usualOf(retrieval: Retrieval, people: readonly HeldOut[]): Usual {
  const scores = new Float32Array(retrieval.items);
  const every = Math.ceil(people.length / ASKED_FOR_USUAL);
  let asked = 0;
  for (let at = 0; at < people.length; at += every, asked++) {
    const mine = retrieval.scores({ history: people[at]!.history });
    for (let item = 0; item < scores.length; item++) scores[item]! += Math.max(0, mine[item]!);
  }
  let level = 0;
  for (let item = 0; item < scores.length; item++) level += scores[item]! /= asked;
  return { scores, level: level / Math.max(1, scores.length) };
}

/** What the forecast said of the views that were held out, each an item not met before. */
function viewsOf(
  { item, value, start }: Lessons,
  { user, from, end }: Case,
  by: { retrieval: Retrieval; usual: Usual; history: Int32Array },
): (Omit<HeldOutView, 'usual'> & { user: number; item: number })[] {
  const { retrieval, usual, history } = by;
  if (history.length === 0) return [];
  const met = item.subarray(start[user]!, from);
  const scores = retrieval.scores({ history }, met);
  return Array.from({ length: end - from }, (_, at) => from + at)
    .filter((at) => scores[item[at]!] !== Number.NEGATIVE_INFINITY)
    .map((at) => ({
      user,
      item: item[at]!,
      surprise: surpriseOf(usual, item[at]!, scores[item[at]!]!, history.length),
      isValued: value[at]! >= VALUED,
    }));
}

/** Log-odds that a view is valued by the item's rate and the user's, both of what was not held out. */
function baseOf({ ids, start, item, value }: Lessons, isHeldOut: Uint8Array) {
  const byItem = { views: new Float64Array(ids.length), valued: new Float64Array(ids.length) };
  const byUser = { views: new Float64Array(start.length), valued: new Float64Array(start.length) };
  let views = 1;
  let valued = 0.5;
  for (let user = 0; user + 1 < start.length; user++)
    for (let at = start[user]!; at < start[user + 1]!; at++) {
      if (isHeldOut[at]) continue;
      const isValued = value[at]! >= VALUED ? 1 : 0;
      views++;
      valued += isValued;
      byItem.views[item[at]!]!++;
      byItem.valued[item[at]!]! += isValued;
      byUser.views[user]!++;
      byUser.valued[user]! += isValued;
    }
  const mean = valued / views;
  const oddsOf = ({ views, valued }: typeof byItem, row: number, shrinkage: number) =>
    logOdds((valued[row]! + shrinkage * mean) / (views[row]! + shrinkage));
  return (user: number, row: number) =>
    oddsOf(byItem, row, ITEM_SHRINKAGE) + oddsOf(byUser, user, USER_SHRINKAGE) - logOdds(mean);
}

function logOdds(rate: number): number {
  const bounded = Math.max(0.01, Math.min(0.99, rate));
  return Math.log(bounded / (1 - bounded));
}
