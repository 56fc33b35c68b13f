/**
 * One ranking under way: the request, read and bounded, with the scratch space that the stages fill.
 * Scratch is reused between requests and is no state: ranking reads the graph, it never writes it.
 */
import { type Chance, createChance, mix, mixText } from './chance.ts';
import type { Outlook } from './forecast/forecast.ts';
import { isId, isTime } from './learn/intake.ts';
import { userMean } from './learn/taste.ts';
import { createPrediction, openRanker, type Prediction, type Ranker } from './models/ranker/ranker.ts';
import { askedEvidence, type Lean, readLean } from './scorers/lean.scorer.ts';
import { grown } from './state/columns.ts';
import { ALL, findFeature, LANGUAGE } from './state/features.ts';
import { type GraphState, meanRates } from './state/graph-state.ts';
import type { Count } from './state/items.ts';
import { offsetOf, sizeOf } from './state/lists.ts';
import { findUser, flagsOf } from './state/users.ts';
import type { Tunables } from './tunables.ts';
import type { Heads, RankRequest, RankSource } from './vocabulary.ts';

const MOST_SLOTS = 100;
const MOST_LANGUAGES = 8;
const MOST_AHEAD = 100;

export type Candidate = {
  item: number;
  foundBy: RankSource;
  /** Natural logarithm of how much more than usual the user should value it. */
  lift: number;
  /** The part of the lift that what it is made of gives, whoever has seen it. */
  suits: number;
  heads: Heads;
  score: number;
  /** Likeness to the items already on the page, 0 … 1. */
  near: number;
  /** With how many placed items it was compared. */
  compared: number;
  /** The number of slots whose caps it did not fit, 0 for none. */
  cappedFor: number;
  taken: boolean;
  /** The most it can be worth for spanning the tags. */
  mostSpan: number;
  /** In a language that was not asked for. */
  isForeign: boolean;
  isFollowed: boolean;
  /** The viewer has watched it; where they would come at all. */
  isMet: boolean;
};

/** Grown on demand, one per graph. */
export type Scratch = {
  ticket: number;
  itemTicket: Int32Array;
  featureTicket: Int32Array;
  /** log of feature mean ÷ user mean. */
  featureLift: Float32Array;
  featureEvidence: Float32Array;
  pageTicket: Int32Array;
  pageCount: Int32Array;
  similarTicket: Int32Array;
  similar: Float32Array;
  ranker: Ranker;
  prediction: Prediction;
};

export function createScratch(state: GraphState): Scratch {
  return {
    ranker: openRanker(state.ranker),
    prediction: createPrediction(),
    ticket: 0,
    itemTicket: new Int32Array(0),
    featureTicket: new Int32Array(0),
    featureLift: new Float32Array(0),
    featureEvidence: new Float32Array(0),
    pageTicket: new Int32Array(0),
    pageCount: new Int32Array(0),
    similarTicket: new Int32Array(0),
    similar: new Float32Array(0),
  };
}

export type Ranking = {
  state: GraphState;
  tunables: Tunables;
  scratch: Scratch;
  chance: Chance;
  seed: number;
  /** Row of the user, or -1 for somebody unknown. What was seen is looked up here even without profiling. */
  user: number;
  /** The user whose taste may be used: -1 without profiling. */
  profile: number;
  isProfiled: boolean;
  mean: number;
  views: number;
  /** Everybody's rates, per view. */
  rates: Record<Count, number>;
  atMs: number;
  atSeconds: number;
  limit: number;
  follows: string[];
  /** Rows of what is on the user's screen and was not heard of. */
  ahead: number[];
  /** What the user asked for, by feature row; null when nothing was. */
  lean: Lean | null;
  /** Language rows asked for or learned; `all` when there are none. */
  languages: number[];
  namedLanguages: Set<number> | null;
  admits: (itemId: string) => boolean;
  /** What the forecast says for this user; null without one, or when it knows nothing of them. */
  outlook: Outlook | null;
  candidates: Candidate[];
};

export function openRanking(
  state: GraphState,
  scratch: Scratch,
  tunables: Tunables,
  graphSeed: number,
  request: RankRequest,
): Ranking {
  if (!isId(request.user)) throw new TypeError('user must be a string of 1 … 512 characters');
  if (!isTime(request.atMs)) throw new TypeError('atMs must be Unix milliseconds');
  const user = findUser(state.users, request.user);
  const isProfiled = request.profiling !== false;
  const profile = isProfiled ? user : -1;
  let seed = mix(mix(graphSeed | 0, request.seed ?? 0), Math.floor(request.atMs / 1000));
  seed = mix(seed, request.atMs % 1000);
  if (isProfiled) seed = mixText(seed, request.user);
  const { allow, exclude } = request;
  prepareScratch(state, scratch);
  const named = (request.languages ?? []).filter(isId).slice(0, MOST_LANGUAGES);
  return {
    state,
    tunables,
    scratch,
    chance: createChance(seed),
    seed,
    user,
    profile,
    isProfiled,
    mean: userMean(state, profile, tunables),
    views: profile < 0 ? 0 : state.users.views[profile]!,
    rates: meanRates(state),
    atMs: request.atMs,
    atSeconds: Math.floor(request.atMs / 1000),
    limit: Math.min(MOST_SLOTS, Math.floor(request.limit)),
    follows: isProfiled ? (request.follows ?? []).filter(isId) : [],
    ahead: aheadRows(state, user, request.ahead ?? []),
    lean: isProfiled ? readLean(state.features, request.lean) : null,
    languages: languageRows(state, named),
    namedLanguages: named.length
      ? new Set(named.map((name) => findFeature(state.features, LANGUAGE, name)))
      : null,
    admits: (id) => !exclude?.(id) && (allow === undefined || allow(id)),
    outlook: null,
    candidates: [],
  };
}

function aheadRows({ items, users }: GraphState, user: number, ahead: readonly string[]): number[] {
  return ahead.slice(-MOST_AHEAD).flatMap((id) => {
    const item = items.table.rowOf.get(id);
    // What was heard of has become taste.
    return item === undefined || (user >= 0 && flagsOf(users, user, item) !== 0) ? [] : [item];
  });
}

/** Named languages and the items without one; everything when none was named. */
function languageRows(state: GraphState, named: string[]): number[] {
  const { features } = state;
  const rows = named.map((name) => findFeature(features, LANGUAGE, name)).filter((row) => row >= 0);
  if (rows.length === 0) return [findFeature(features, ALL, '')].filter((row) => row >= 0);
  const unnamed = findFeature(features, LANGUAGE, '');
  return unnamed >= 0 ? [...rows, unnamed] : rows;
}

function prepareScratch(state: GraphState, scratch: Scratch): void {
  const items = state.items.table.ids.length;
  const features = state.features.table.ids.length;
  scratch.itemTicket = grown(scratch.itemTicket, items);
  scratch.similarTicket = grown(scratch.similarTicket, items);
  scratch.similar = grown(scratch.similar, items);
  scratch.pageTicket = grown(scratch.pageTicket, features);
  scratch.pageCount = grown(scratch.pageCount, features);
  scratch.featureTicket = grown(scratch.featureTicket, features);
  scratch.featureLift = grown(scratch.featureLift, features);
  scratch.featureEvidence = grown(scratch.featureEvidence, features);
  scratch.ticket++;
  if (scratch.ticket < 2 ** 31 - 1) return;
  scratch.ticket = 1;
  for (const tickets of [
    scratch.itemTicket,
    scratch.similarTicket,
    scratch.featureTicket,
    scratch.pageTicket,
  ])
    tickets.fill(0);
}

/** The one gate into the page: alive, published, never seen by the user, allowed, not there yet. */
export function admit(ranking: Ranking, item: number, foundBy: RankSource): boolean {
  const { scratch, state } = ranking;
  if (scratch.itemTicket[item] === scratch.ticket) return false;
  scratch.itemTicket[item] = scratch.ticket;
  if (!state.items.alive[item] || state.items.publishedAtMs[item]! > ranking.atMs) return false;
  if (ranking.user >= 0 && flagsOf(state.users, ranking.user, item) !== 0) return false;
  if (!ranking.admits(state.items.table.ids[item]!)) return false;
  ranking.candidates.push({
    item,
    foundBy,
    lift: 0,
    suits: 0,
    heads: NO_HEADS,
    score: 0,
    near: 0,
    taken: false,
    mostSpan: Number.POSITIVE_INFINITY,
    isForeign: false,
    isFollowed: false,
    isMet: false,
    compared: 0,
    cappedFor: 0,
  });
  return true;
}

const NO_HEADS: Heads = { watch: 0, finish: 0, skip: 0, like: 0, share: 0, follow: 0, hide: 0 };

export function featureLift(ranking: Ranking, feature: number): number {
  const { scratch } = ranking;
  return scratch.featureTicket[feature] === scratch.ticket ? scratch.featureLift[feature]! : 0;
}

export function featureEvidence(ranking: Ranking, feature: number): number {
  const { scratch } = ranking;
  return scratch.featureTicket[feature] === scratch.ticket ? scratch.featureEvidence[feature]! : 0;
}

/** The features of an item count as met, whatever comes of it. */
export function noteMet(ranking: Ranking, item: number): void {
  const { scratch, state } = ranking;
  const { features } = state.items;
  const from = offsetOf(features, item);
  for (let at = from; at < from + sizeOf(features, item); at++) {
    const feature = features.words[at]!;
    if (scratch.featureTicket[feature] !== scratch.ticket) {
      scratch.featureTicket[feature] = scratch.ticket;
      scratch.featureLift[feature] = 0;
      scratch.featureEvidence[feature] = 0;
    }
    scratch.featureEvidence[feature]!++;
  }
}

export function similarOf(ranking: Ranking, item: number): number {
  const { scratch } = ranking;
  return scratch.similarTicket[item] === scratch.ticket ? scratch.similar[item]! : 0;
}

/**
 * 1 for somebody unknown, falling smoothly to 0 with evidence: the share of slots that span instead of exploit.
 * Views that found nothing to like count a quarter, since what the user does like is still to be found; what they asked for
 * counts as if it had been watched.
 */
export function newness(ranking: Ranking): number {
  const { newViewerViews } = ranking.tunables;
  if (!ranking.isProfiled || newViewerViews === 0) return 0;
  const value = ranking.profile < 0 ? 0 : ranking.state.users.value[ranking.profile]!;
  const evidence = Math.min(ranking.views, ranking.views / 4 + 4 * value) + askedEvidence(ranking.lean);
  return 1 / (1 + (evidence / newViewerViews) ** 4);
}
