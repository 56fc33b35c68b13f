/**
 * One event into the state: label, item counts, taste, history, co-value, in that order.
 * Invariant: a user counts at most once per item and kind, so one account cannot move an item by repeating itself.
 */
import type { Ranker } from '../models/ranker/ranker.ts';
import type { Outcome } from '../models/ranker/showing.ts';
import { offerToHead } from '../state/features.ts';
import { type GraphState, groundOf, meanRate } from '../state/graph-state.ts';
import { COUNT_AT, COUNT_WIDTH, type Count, leaveNewcomers, viewsOf } from '../state/items.ts';
import { append, findIn, offsetOf, removeAt, sizeOf } from '../state/lists.ts';
import {
  FINISHED,
  FOLLOWED,
  flagsOf,
  HIDDEN,
  LIKED,
  ONCE_LIKED,
  OPENED,
  PAIRED,
  SHARED,
  setFlags,
  userFor,
  VIEWED,
} from '../state/users.ts';
import { countWatch, watchQuantile } from '../state/watch-labels.ts';
import type { Tunables } from '../tunables.ts';
import type { GraphEvent, LearnOutcome } from '../vocabulary.ts';
import { addPair, coScale, keepScaleSmall } from './co-value.ts';
import { isEvent, readSeconds, readWatch } from './intake.ts';
import { createShowing, describeShowing } from './item-showing.ts';
import { standingAfter } from './standing.ts';
import { fadeTaste, learnTaste, rewardTaste } from './taste.ts';

const DAY_SECONDS = 86_400;
/** Watched this far, an item counts as finished: players report the end late or not at all. */
const FINISHED_SHARE = 0.9;
/** From this value on, a view says that the user wanted the item. */
const VALUED = 0.5;
/** A second view of the same item adds this much to a taste. */
const REPEAT_EVIDENCE = 0.25;

type Seen = {
  state: GraphState;
  tunables: Tunables;
  user: number;
  item: number;
  seconds: number;
  flags: number;
  ranker: Ranker;
  /** The user came to the item by themselves, the first time they had to do with it. */
  isOpened: boolean;
};

export function learnEvent(
  state: GraphState,
  event: GraphEvent,
  tunables: Tunables,
  ranker: Ranker,
): LearnOutcome {
  if (!isEvent(event)) {
    state.events.refused++;
    return 'refused';
  }
  const item = state.items.table.rowOf.get(event.item);
  if (item === undefined) {
    state.events.unknownItem++;
    return 'unknown-item';
  }
  const seconds = readSeconds(state, event.atMs);
  const user = userFor(state.users, event.user);
  const flags = flagsOf(state.users, user, item);
  fadeTaste(state, user, seconds, tunables);
  const isOpened = (flags & OPENED) !== 0 || (flags === 0 && event.opened === true);
  const seen: Seen = { state, tunables, user, item, seconds, flags, ranker, isOpened };
  if (isOpened) seen.flags |= OPENED;
  if (event.kind === 'view') learnView(seen, event);
  else learnDeed(seen, event.kind);
  state.events.learned++;
  return 'learned';
}

function learnView(seen: Seen, event: GraphEvent): void {
  const { state, tunables, user, item, flags } = seen;
  const { watchedMs, share, durationMs } = readWatch(event, state.items.durationMs[item]!, tunables.longMs);
  const isSkip = watchedMs < tunables.skipMs && share < tunables.skipShare;
  const quantile = watchQuantile(state.labels, durationMs, share);
  const value = isSkip
    ? 0
    : tunables.quantileShare * quantile + (1 - tunables.quantileShare) * Math.min(1, share);
  const isFinished = share >= FINISHED_SHARE || watchedMs >= tunables.longMs;
  const quality = qualityOf(seen);
  const isFirst = (flags & VIEWED) === 0;
  let trust = 0;
  if (isFirst) {
    payBack(seen);
    const weight = takeRoom(seen, spendBudget(seen) * standingOf(seen));
    trust = seen.isOpened ? weight : standingOf(seen);
    teachRanker(seen, { watch: value, finish: isFinished ? 1 : 0, skip: isSkip ? 1 : 0 }, weight);
    countWatch(state.labels, durationMs, share, weight);
    count(state, item, 'views', weight);
    count(state, item, 'value', weight * value);
    if (isSkip) count(state, item, 'skips', weight);
    if (isFinished) count(state, item, 'finishes', weight);
    if (viewsOf(state.items, item) >= tunables.newcomerViews) leaveNewcomers(state.items, item);
    raiseStanding(seen, weight * value);
  }
  const evidence = isFirst ? 1 : REPEAT_EVIDENCE;
  state.users.views[user]! += evidence;
  state.users.value[user]! += evidence * value;
  learnTaste(state, user, item, { evidence, value, quality, trust }, tunables);
  seen.flags |= VIEWED;
  if (isFinished) seen.flags |= FINISHED;
  remember(seen, value);
}

const showing = createShowing();

function teachRanker({ state, ranker, user, item, seconds }: Seen, outcome: Outcome, trust: number): void {
  describeShowing(state, item, showing);
  showing.user = user;
  showing.atMs = seconds * 1000;
  ranker.learn(showing, outcome, trust);
}

function learnDeed(seen: Seen, kind: Exclude<GraphEvent['kind'], 'view'>): void {
  const { tunables, state, item, flags } = seen;
  switch (kind) {
    case 'like':
      if (flags & LIKED) return;
      seen.flags |= LIKED;
      count(state, item, 'likes', deedWeightOf(seen));
      reward(seen, 0, tunables.likeReward);
      if (!(flags & ONCE_LIKED)) raiseStanding(seen, deedWeightOf(seen) * tunables.likeReward);
      seen.flags |= ONCE_LIKED;
      remember(seen, 1);
      return;
    case 'unlike':
      if (!(flags & LIKED)) return;
      seen.flags &= ~LIKED;
      count(state, item, 'likes', -deedWeightOf(seen));
      reward(seen, 0, -tunables.likeReward);
      setFlags(state.users, seen.user, item, seen.flags);
      return;
    case 'share':
      if (flags & SHARED) return;
      seen.flags |= SHARED;
      count(state, item, 'shares', deedWeightOf(seen));
      reward(seen, 0, tunables.shareReward);
      remember(seen, 1);
      raiseStanding(seen, deedWeightOf(seen) * tunables.shareReward);
      return;
    case 'follow':
      if (flags & FOLLOWED) return;
      seen.flags |= FOLLOWED;
      count(state, item, 'follows', deedWeightOf(seen));
      reward(seen, 0, tunables.followReward);
      remember(seen, 1);
      return;
    case 'not-interested':
    case 'report':
      if (flags & HIDDEN) return;
      seen.flags |= HIDDEN;
      count(state, item, 'hides', deedWeightOf(seen));
      reward(seen, 1, kind === 'report' ? tunables.reportReward : tunables.hideReward);
      remember(seen, 0);
  }
}

function count(state: GraphState, item: number, name: Count, amount: number): void {
  state.items.counts[item * COUNT_WIDTH + COUNT_AT[name]]! += amount;
  state.totals[name] += amount;
}

/** Views beyond the daily budget weigh budget ÷ number: a flood adds up like a logarithm. */
function spendBudget({ state, user, seconds, tunables }: Seen): number {
  const { users } = state;
  const day = Math.floor(seconds / DAY_SECONDS);
  if (day > users.day[user]!) {
    users.day[user] = day;
    users.dayViews[user] = 0;
  }
  const views = ++users.dayViews[user]!;
  return Math.min(1, tunables.dailyBudget / views);
}

/** What an account said before counts as well once it is known: see `payBack`. */
function standingOf({ state, user, tunables }: Seen): number {
  return standingAfter(sizeOf(state.users.seen, user) + 1, tunables);
}

/** What was opened tells others nothing by what is done there: ten accounts that were sent to an item like it as one. */
function deedWeightOf(seen: Seen): number {
  return seen.isOpened ? 0 : standingOf(seen);
}

/**
 * Of a view's weight, as much as counts: of views by those who came by themselves as many as `openedShare` of those the
 * item was shown to, and one. Who seeks an item out wants it; what showing it gives, those say who were shown it.
 */
function takeRoom({ state, item, isOpened, tunables }: Seen, weight: number): number {
  if (!isOpened) return weight;
  const { counts } = state.items;
  const from = item * COUNT_WIDTH;
  const opened = counts[from + COUNT_AT.opened]!;
  const room = tunables.openedShare * (counts[from + COUNT_AT.views]! - opened + 1) - opened;
  const taken = Math.max(0, Math.min(weight, room));
  count(state, item, 'opened', taken);
  return taken;
}

/** Below this, what an account said before counts as it should already. */
const LEAST_PAY = 1e-3;

/** What an account said before counts as it becomes known: with each item it meets, a part of what was held back. */
function payBack(seen: Seen): void {
  const { state, user, item, tunables } = seen;
  const met = sizeOf(state.users.seen, user);
  const heldBack = standingAfter(met + 1, tunables) - standingAfter(met, tunables);
  if (met === 0 || heldBack < LEAST_PAY) return;
  const { history } = state.users;
  const from = offsetOf(history, user);
  for (let index = 0; index < sizeOf(history, user); index++) {
    const other = history.words[from + index * 3]!;
    if (other === item) continue;
    const flags = flagsOf(state.users, user, other);
    const value = history.floats[from + index * 3 + 1]!;
    const isOpened = (flags & OPENED) !== 0;
    const owed = takeRoom({ ...seen, item: other, isOpened }, heldBack);
    if (flags & VIEWED) {
      count(state, other, 'views', owed);
      count(state, other, 'value', owed * value);
      if (value === 0 && !(flags & HIDDEN)) count(state, other, 'skips', owed);
      if (flags & FINISHED) count(state, other, 'finishes', owed);
      if (viewsOf(state.items, other) >= tunables.newcomerViews) leaveNewcomers(state.items, other);
    }
    raiseStanding({ ...seen, item: other, flags }, owed * value);
    if (isOpened) continue;
    if (flags & LIKED) count(state, other, 'likes', owed);
    if (flags & SHARED) count(state, other, 'shares', owed);
    if (flags & FOLLOWED) count(state, other, 'follows', owed);
    if (flags & HIDDEN) count(state, other, 'hides', owed);
  }
}

function reward({ state, item, user, tunables }: Seen, evidence: number, amount: number): void {
  rewardTaste(state, user, item, evidence, amount, tunables);
}

/** How much more than usual the item is worth to everybody, believed as far as it was seen. */
function qualityOf({ state, item, tunables: { itemShrinkage, groundShrinkage } }: Seen): number {
  const { counts } = state.items;
  const from = item * COUNT_WIDTH;
  const mean = meanRate(state, 'value');
  const { views, value } = COUNT_AT;
  const ground = mean + groundOf(state, item, groundShrinkage);
  return (counts[from + value]! + itemShrinkage * ground) / (counts[from + views]! + itemShrinkage) - mean;
}

/** Popularity this week, kept as a logarithm on a fixed time axis (forward decay). */
function raiseStanding({ state, item, seconds, tunables }: Seen, amount: number): void {
  if (amount <= 0) return;
  const { items, features } = state;
  const added = Math.log2(amount) + seconds / (tunables.popularHalfLifeDays * DAY_SECONDS);
  const before = items.standing[item]!;
  const high = Math.max(before, added);
  const low = Math.min(before, added);
  items.standing[item] = high + Math.log2(1 + 2 ** (low - high));
  if (!items.alive[item]) return;
  const from = offsetOf(items.features, item);
  for (let at = from; at < from + sizeOf(items.features, item); at++)
    offerToHead(features, items.features.words[at]!, item, items.standing);
}

/** Writes history and flags; the first time an item turns out valued, pairs it with what was valued before. */
function remember(seen: Seen, value: number): void {
  const { state, user, item, seconds, tunables } = seen;
  const { history } = state.users;
  if (value >= VALUED && !(seen.flags & PAIRED)) {
    seen.flags |= PAIRED;
    pair(seen);
  }
  setFlags(state.users, user, item, seen.flags);
  const index = findIn(history, user, item);
  if (index >= 0) {
    const at = offsetOf(history, user) + index * 3;
    const isHidden = (seen.flags & HIDDEN) !== 0;
    history.floats[at + 1] = isHidden ? 0 : Math.max(value, history.floats[at + 1]!);
    history.words[at + 2] = seconds;
    return;
  }
  if (sizeOf(history, user) >= tunables.historyLength) removeAt(history, user, 0);
  const at = append(history, user);
  history.words[at] = item;
  history.floats[at + 1] = value;
  history.words[at + 2] = seconds;
}

function pair({ state, user, item, seconds, tunables, isOpened }: Seen): void {
  const { users, items } = state;
  keepScaleSmall(state, seconds, tunables);
  const weight =
    coScale(state, seconds, tunables) *
    (isOpened ? tunables.openedShare : 1) *
    Math.min(1, tunables.dailyBudget / Math.max(1, users.dayViews[user]!));
  items.mass[item]! += weight;
  const from = offsetOf(users.history, user);
  let pairs = 0;
  for (let index = sizeOf(users.history, user) - 1; index >= 0 && pairs < tunables.pairHistory; index--) {
    const other = users.history.words[from + index * 3]!;
    if (other === item || users.history.floats[from + index * 3 + 1]! < VALUED) continue;
    addPair(state, item, other, weight, tunables);
    pairs++;
  }
}
