/**
 * The content graph: learns from what users do with items, and ranks items for a user.
 * Knows users, items and events. Does NOT know accounts, videos, visibility, time or storage:
 * every time is an argument, every decision about showing is the caller's, bytes are handed back.
 */
import { openForecast } from './forecast/forecast.ts';
import { gatherLessons } from './forecast/lessons.ts';
import { isId, isTime, readItem } from './learn/intake.ts';
import { learnEvent } from './learn/learn-event.ts';
import { mergeUsers } from './learn/merge-users.ts';
import { rankInStages } from './rank.stages.ts';
import { createScratch, openRanking } from './ranking.ts';
import { rankRelated } from './related.ts';
import { createGraphState, type GraphState, meanRate, stateBytes } from './state/graph-state.ts';
import { removeItem, writeItem } from './state/items.ts';
import { copyForSnapshot, readSnapshot, writeSnapshot } from './state/snapshot.ts';
import { clearTaste, findUser, flagsOf, removeUser, setFlags, userFor, VIEWED } from './state/users.ts';
import { describeTaste } from './taste-report.ts';
import { resolveTunables } from './tunables.ts';
import type { ContentGraph, ContentGraphOptions } from './vocabulary.ts';

// A package's words are part of its promise, so the door carries them.
export { fitForecast } from './forecast/fit-forecast.ts';
export type { FittedForecast } from './forecast/forecast.ts';
export type { Lessons } from './forecast/lessons.ts';
export { SnapshotError } from './state/snapshot-bytes.ts';
export { TUNABLES, type Tunables } from './tunables.ts';
export type {
  ContentGraph,
  ContentGraphOptions,
  GraphEvent,
  GraphEventKind,
  GraphItem,
  GraphStats,
  Heads,
  LearnOutcome,
  RankedItem,
  RankRequest,
  RankSource,
  RelatedViewer,
  Taste,
  TasteEntry,
} from './vocabulary.ts';

/**
 * An empty graph. Throws RangeError for a tunable outside its range, TypeError for a seed that is no number.
 * Example: see README.md, which the tests run.
 */
export function createContentGraph(options: ContentGraphOptions): ContentGraph {
  return openGraph(createGraphState(), options);
}

/**
 * The graph as it was when `bytes` was taken: with the same options it ranks the same pages.
 * Throws SnapshotError: `truncated` (cut short), `corrupt` (other bytes, wrong checksum), `version` (another layout).
 */
export function restoreContentGraph(bytes: Uint8Array, options: ContentGraphOptions): ContentGraph {
  return openGraph(readSnapshot(bytes), options);
}

function openGraph(state: GraphState, options: ContentGraphOptions): ContentGraph {
  if (!Number.isFinite(options.seed)) throw new TypeError('seed must be a finite number');
  const tunables = resolveTunables(options.tunables);
  const scratch = createScratch(state);
  return {
    putItem: (item) => {
      writeItem(state.items, state.features, readItem(item), tunables.newcomerViews);
    },
    dropItem: (id) => {
      const item = state.items.table.rowOf.get(id);
      if (item !== undefined) removeItem(state.items, state.features, item);
    },
    retainItems: (isKept) => {
      const { table, alive } = state.items;
      for (const [id, item] of table.rowOf)
        if (alive[item] && !isKept(id)) removeItem(state.items, state.features, item);
    },
    learn: (event) => learnEvent(state, event, tunables, scratch.ranker),
    see: (userId, itemId) => {
      if (!isId(userId) || !isId(itemId)) return 'refused';
      const item = state.items.table.rowOf.get(itemId);
      if (item === undefined) return 'unknown-item';
      const user = userFor(state.users, userId);
      setFlags(state.users, user, item, flagsOf(state.users, user, item) | VIEWED);
      return 'learned';
    },
    rank: (request) => rankInStages(openRanking(state, scratch, tunables, options.seed, request)),
    related: (id, limit, atMs, viewer) => {
      const item = state.items.table.rowOf.get(id);
      if (item === undefined || !(limit >= 1) || !isTime(atMs)) return [];
      const somebody = viewer ?? { user: id, profiling: false };
      const ranking = openRanking(state, scratch, tunables, options.seed, { ...somebody, atMs, limit });
      // The gate keeps out what was met; here it comes last.
      return rankRelated({ ...ranking, user: -1 }, item, viewer ? ranking.user : -1);
    },
    mergeUser: (from, into) => {
      if (isId(from) && isId(into)) mergeUsers(state, from, into, tunables, scratch.ranker);
    },
    forgetUser: (id, { keepSeen = false } = {}) => {
      const user = findUser(state.users, id);
      if (user < 0) return;
      scratch.ranker.forgetUser(user);
      if (keepSeen) clearTaste(state.users, user);
      else removeUser(state.users, user);
    },
    lessonsInSteps: () => gatherLessons(state, tunables),
    adopt: (forecast) => {
      state.forecast = forecast && openForecast(forecast, state.items.table);
    },
    tasteOf: (user) => describeTaste(state, user, tunables),
    snapshot: () => {
      const steps = writeSnapshot(state);
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
      }
    },
    snapshotInSteps: () => writeSnapshot(copyForSnapshot(state)),
    retuned: (again) => openGraph(state, again),
    stats: () => ({
      items: state.items.table.ids.length - state.items.dropped,
      droppedItems: state.items.dropped,
      users: state.users.table.rowOf.size,
      features: state.features.table.ids.length,
      events: { ...state.events },
      meanValue: meanRate(state, 'value'),
      bytes: stateBytes(state),
    }),
  };
}
