import type { Signal } from '../../../contract/signals.ts';
import type { Impression } from './impressions.rules.ts';

/** A token is good for a week: a phone may be offline that long. */
export const oldestMs = 7 * 86_400_000;
/** Clocks and rounding of one round trip. */
const slackMs = 3000;
/** Players offer up to double speed, so a run may take half its length. */
const fastestPlay = 2;

/** Could this have happened? Pure: what was claimed against what was served, and when. Null: yes. */
export function faultOf(
  signal: Signal,
  impression: Impression,
  nowMs: number,
): 'too_old' | 'implausible' | 'form' | null {
  if (nowMs - impression.servedAtMs > oldestMs) return 'too_old';
  const elapsedMs = nowMs - signal.agoMs - impression.servedAtMs;
  if (elapsedMs < -slackMs) return 'implausible';
  if (signal.kind !== 'view') return null;
  if (signal.watchedMs === undefined) return 'form';
  if (signal.watchedMs > elapsedMs + slackMs) return 'implausible';
  const playedMs = signal.watchedMs * fastestPlay + slackMs;
  if ((signal.loops ?? 0) * impression.durationMs > playedMs) return 'implausible';
  return null;
}

/** What one viewer may still claim: fills with time, empties with claims. */
export type Allowance = { atMs: number; watchMs: number; signals: number };

/**
 * Two devices watch at once, and after an evening offline an hour of watching arrives in one batch; a program that
 * claims more than that was not watching. Signals: five a second for as long as one likes, 600 at once.
 */
const watchPerMs = 2;
const mostWatchMs = 3_600_000;
const signalsPerMs = 5 / 1000;
const mostSignals = 600;

export const fullAllowance = (atMs: number): Allowance => ({
  atMs,
  watchMs: mostWatchMs,
  signals: mostSignals,
});

/** The allowance after this claim, or null when it does not cover it. */
export function spend(before: Allowance, watchMs: number, nowMs: number): Allowance | null {
  const passedMs = Math.max(0, nowMs - before.atMs);
  const left = {
    atMs: Math.max(before.atMs, nowMs),
    watchMs: Math.min(mostWatchMs, before.watchMs + passedMs * watchPerMs) - watchMs,
    signals: Math.min(mostSignals, before.signals + passedMs * signalsPerMs) - 1,
  };
  return left.watchMs < 0 || left.signals < 0 ? null : left;
}
