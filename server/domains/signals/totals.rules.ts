import type { Signal, SignalKind } from '../../../contract/signals.ts';
import type { Impression } from './impressions.rules.ts';

/**
 * What a signal adds to what is already known of its impression. Pure. The same signals in any order, in any
 * groups and any number of times come to the same sums.
 */
export type Candidate = {
  signal: Signal;
  impression: Impression;
  /** The day of serving. */
  servedOn: string;
  /** Who sent it: the impression's viewer, or the member that viewer became. */
  viewerId: string;
  /** The author watching their own video counts for nothing. */
  own: boolean;
  /** What the sender's browser asks for: `de-AT`, `de`, or null. */
  locale: string | null;
  /** The viewer lets this be learned from. */
  teaches: boolean;
  happenedAtMs: number;
};

/** An earlier signal of the same viewer, video and day. */
export type Earlier = {
  id: string;
  servedTo: string;
  videoId: string;
  servedOn: string;
  pageId: string;
  kind: SignalKind;
  watchedMs: number;
  loops: number;
  countsView: boolean;
  countsShare: boolean;
};

export type Credit = {
  watchedMs: number;
  loops: number;
  addedMs: number;
  /** It says something that its impression has not said before; the others are kept and not learned from. */
  saysNew: boolean;
  countsView: boolean;
  countsShare: boolean;
};

type Known = {
  ids: Set<string>;
  viewed: boolean;
  shared: boolean;
  pages: Map<string, { watchedMs: number; loops: number; kinds: Set<SignalKind> }>;
};

export type Ledger = Map<string, Known>;

/** A view: two seconds, or half of a clip shorter than four. */
export function isView(watchedMs: number, durationMs: number): boolean {
  return watchedMs >= (durationMs > 0 ? Math.min(2000, durationMs / 2) : 2000);
}

/** A clip left running overnight is no evening of watching: twenty runs, or ten minutes if that is more. */
export function cappedWatch(watchedMs: number, durationMs: number): number {
  return Math.min(watchedMs, Math.max(600_000, durationMs * 20));
}

const keyOf = (servedOn: string, servedTo: string, videoId: string) => `${servedOn} ${servedTo} ${videoId}`;

function knownAt(ledger: Ledger, key: string): Known {
  let known = ledger.get(key);
  if (!known) {
    known = { ids: new Set(), viewed: false, shared: false, pages: new Map() };
    ledger.set(key, known);
  }
  return known;
}

function note(known: Known, id: string, pageId: string, kind: SignalKind, credit: NotedCredit): void {
  known.ids.add(id);
  known.viewed ||= credit.countsView;
  known.shared ||= credit.countsShare;
  const page = known.pages.get(pageId) ?? { watchedMs: 0, loops: 0, kinds: new Set<SignalKind>() };
  page.watchedMs = Math.max(page.watchedMs, credit.watchedMs);
  page.loops = Math.max(page.loops, credit.loops);
  page.kinds.add(kind);
  known.pages.set(pageId, page);
}
type NotedCredit = Pick<Credit, 'watchedMs' | 'loops' | 'countsView' | 'countsShare'>;

export function openLedger(earlier: readonly Earlier[]): Ledger {
  const ledger: Ledger = new Map();
  for (const row of earlier) {
    note(knownAt(ledger, keyOf(row.servedOn, row.servedTo, row.videoId)), row.id, row.pageId, row.kind, row);
  }
  return ledger;
}

/** What this signal adds, or 'duplicate'. Nothing is entered yet. */
export function creditOf(
  ledger: Ledger,
  { signal, impression, servedOn, own }: Candidate,
): Credit | 'duplicate' {
  const known = ledger.get(keyOf(servedOn, impression.viewerId, impression.videoId));
  if (known?.ids.has(signal.id)) return 'duplicate';
  const page = known?.pages.get(impression.pageId);
  const isWatch = signal.kind === 'view';
  const watchedMs = isWatch ? cappedWatch(signal.watchedMs ?? 0, impression.durationMs) : 0;
  const addedMs = isWatch ? Math.max(0, watchedMs - (page?.watchedMs ?? 0)) : 0;
  const isFirst = !page?.kinds.has(signal.kind);
  // Liking can be taken back and given again; everything else is said once.
  const isSwitch = signal.kind === 'like' || signal.kind === 'unlike';
  return {
    watchedMs,
    loops: isWatch ? (signal.loops ?? 0) : 0,
    addedMs,
    saysNew: isFirst || isSwitch || addedMs > 0,
    countsView: isWatch && !own && !known?.viewed && isView(watchedMs, impression.durationMs),
    countsShare: signal.kind === 'share' && !own && !known?.shared,
  };
}

export function enter(ledger: Ledger, { signal, impression, servedOn }: Candidate, credit: Credit): void {
  const known = knownAt(ledger, keyOf(servedOn, impression.viewerId, impression.videoId));
  note(known, signal.id, impression.pageId, signal.kind, credit);
}
