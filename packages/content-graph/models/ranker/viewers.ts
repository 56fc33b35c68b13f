/** What the ranker keeps of a user beside counts and vectors: the latest outcomes and the session. One row per user. */
import { grown } from '../../state/columns.ts';

/** The latest items shown, with their outcome: whoever is shown something again tends to do the same again. */
export const LATEST = 6;

export type Viewers = {
  lastSeconds: Float64Array;
  /** Decayed number and sum of outcomes: the mood. */
  moodCount: Float32Array;
  moodSum: Float32Array;
  sessionShown: Float32Array;
  shown: Float32Array;
  lastOutcome: Float32Array;
  latestItem: Int32Array;
  latestOutcome: Float32Array;
  latestSeconds: Float64Array;
};

export function createViewers(): Viewers {
  return {
    lastSeconds: new Float64Array(0),
    moodCount: new Float32Array(0),
    moodSum: new Float32Array(0),
    sessionShown: new Float32Array(0),
    shown: new Float32Array(0),
    lastOutcome: new Float32Array(0),
    latestItem: new Int32Array(0),
    latestOutcome: new Float32Array(0),
    latestSeconds: new Float64Array(0),
  };
}

export function makeViewerRoom(viewers: Viewers, count: number): void {
  if (viewers.shown.length >= count) return;
  viewers.lastSeconds = grown(viewers.lastSeconds, count);
  viewers.moodCount = grown(viewers.moodCount, count);
  viewers.moodSum = grown(viewers.moodSum, count);
  viewers.sessionShown = grown(viewers.sessionShown, count);
  viewers.shown = grown(viewers.shown, count);
  viewers.lastOutcome = grown(viewers.lastOutcome, count);
  const rows = viewers.shown.length * LATEST;
  viewers.latestItem = grown(viewers.latestItem, rows, -1);
  viewers.latestOutcome = grown(viewers.latestOutcome, rows);
  viewers.latestSeconds = grown(viewers.latestSeconds, rows);
}

export const SESSION_GAP_SECONDS = 1800;
const MOOD_KEPT = 0.8;

export function noteShown(
  viewers: Viewers,
  user: number,
  item: number,
  seconds: number,
  outcome: number,
): void {
  makeViewerRoom(viewers, user + 1);
  if (seconds - viewers.lastSeconds[user]! > SESSION_GAP_SECONDS) viewers.sessionShown[user] = 0;
  viewers.moodCount[user] = viewers.moodCount[user]! * MOOD_KEPT + 1;
  viewers.moodSum[user] = viewers.moodSum[user]! * MOOD_KEPT + outcome;
  viewers.lastOutcome[user] = outcome;
  viewers.lastSeconds[user] = Math.max(seconds, viewers.lastSeconds[user]!);
  const at = user * LATEST + (viewers.shown[user]! % LATEST);
  viewers.latestItem[at] = item;
  viewers.latestOutcome[at] = outcome;
  viewers.latestSeconds[at] = seconds;
  viewers.sessionShown[user]!++;
  viewers.shown[user] = Math.min(1e6, viewers.shown[user]! + 1);
}

export function clearViewer(viewers: Viewers, user: number): void {
  if (user >= viewers.shown.length) return;
  for (const column of [
    viewers.lastSeconds,
    viewers.moodCount,
    viewers.moodSum,
    viewers.sessionShown,
    viewers.shown,
    viewers.lastOutcome,
  ])
    column[user] = 0;
  for (let at = user * LATEST; at < (user + 1) * LATEST; at++) {
    viewers.latestItem[at] = -1;
    viewers.latestOutcome[at] = 0;
    viewers.latestSeconds[at] = 0;
  }
}

/** The newer of the two moods stays; numbers add up. */
export function mergeViewers(viewers: Viewers, from: number, into: number): void {
  if (from >= viewers.shown.length) return;
  makeViewerRoom(viewers, into + 1);
  const isNewer = viewers.lastSeconds[from]! > viewers.lastSeconds[into]!;
  const shown = Math.min(1e6, viewers.shown[from]! + viewers.shown[into]!);
  if (isNewer) {
    for (const column of [
      viewers.lastSeconds,
      viewers.moodCount,
      viewers.moodSum,
      viewers.sessionShown,
      viewers.lastOutcome,
    ])
      column[into] = column[from]!;
    for (let at = 0; at < LATEST; at++) {
      viewers.latestItem[into * LATEST + at] = viewers.latestItem[from * LATEST + at]!;
      viewers.latestOutcome[into * LATEST + at] = viewers.latestOutcome[from * LATEST + at]!;
      viewers.latestSeconds[into * LATEST + at] = viewers.latestSeconds[from * LATEST + at]!;
    }
  }
  viewers.shown[into] = shown;
  clearViewer(viewers, from);
}
