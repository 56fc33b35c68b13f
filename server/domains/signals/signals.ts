import { LRUCache } from 'lru-cache';
import { Refusal } from '../../../contract/errors.ts';
import type { VideoId, ViewerId } from '../../../contract/ids.ts';
import { Signal, type SignalReceipt } from '../../../contract/signals.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Caller, Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId, type Signer } from '../../platform/random.ts';
import type { Tunables } from '../../platform/tunables.ts';
import {
  type Counts,
  dropCounts,
  type HourOfViews,
  readCounts,
  readViewsByHour,
  viewsOn,
} from './counts.store.ts';
import { createGroups } from './groups.ts';
import { dayOf, type Impression, packImpression, unpackImpression } from './impressions.rules.ts';
import { definePartitionJob } from './partitions.jobs.ts';
import { makePartitions } from './partitions.store.ts';
import { type Allowance, faultOf, fullAllowance, oldestMs, spend } from './plausible.rules.ts';
import { signalHttp } from './signals.http.ts';
import {
  findEarlier,
  inOrder,
  insertSignals,
  latestSeq,
  readAfter,
  type StoredSignal,
} from './signals.store.ts';
import type { SignalTables } from './signals.tables.ts';
import { type Candidate, type Credit, creditOf, enter, openLedger } from './totals.rules.ts';
import { findJoins, forgetViewer, insertJoin, insertReset } from './viewers.store.ts';

export type { Impression } from './impressions.rules.ts';
export type { StoredSignal } from './signals.store.ts';

/**
 * What was watched. Hands out impression tokens, takes signals back, and keeps each exactly once in an append-only
 * log whose order of numbers is the order of commits; counts views and shares beside it. Does not know what a video
 * is, who may see it, or what anybody learns from a signal.
 */
export type Signals = {
  /** Signed proof that this video was served to this viewer; at most 300 letters. */
  issue(impression: Impression): string;
  /** Resolves when every accepted signal is durable. Signals are read one by one: a faulty one refuses itself. */
  record(caller: Caller, batch: readonly unknown[], locale?: string | null): Promise<SignalReceipt>;
  /** At most `limit` entries of the log after this number, in order. */
  after(seq: number, limit: number): Promise<StoredSignal[]>;
  /** The number that the newest entry cannot exceed. */
  latest(): Promise<number>;
  /** "Look again": at once for this process's signals (with the number now stored), within 200 ms for others'. */
  onStored(hear: (seq: number | null) => void): () => void;
  /** Videos nobody watched are absent. One query. */
  counts(ids: readonly VideoId[]): Promise<Map<VideoId, Counts>>;
  viewsToday(): Promise<number>;
  /** Counted views up to this number of the log, by video and hour; at most 50,000 of the latest. Reads days of the log. */
  viewsByHour(sinceMs: number, untilSeq: number): Promise<HourOfViews[]>;
  /** From now on `into` may send the signals of `from`, and whoever learns hears of it. Again: nothing happens. */
  join(from: string, into: string): Promise<void>;
  /** Whoever learns forgets this viewer's taste up to here, now and in every replay; what was seen stays seen. */
  reset(viewerId: ViewerId): Promise<void>;
  http: Handled[];
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type SignalsDeps = {
  database: Database;
  outbox: Outbox;
  jobs: Jobs;
  bus: Bus;
  clock: Clock;
  log: Log;
  signer: Signer;
  metrics: Metrics;
  tunables: Tunables;
  /** False while this viewer wants nothing to be learned; asked once for each batch. */
  mayTeach(viewerId: ViewerId): Promise<boolean>;
};

const purpose = 'impression';
const topic = 'signals.stored';
/** Rows of one commit, and rows that may wait: about four seconds at full speed; beyond that we say so. */
const mostRows = 2000;
const mostWaiting = 20_000;

export function createSignals(deps: SignalsDeps): Signals {
  const { clock, signer, bus, metrics } = deps;
  const db = deps.database.of<SignalTables>();
  const processId = newId(10);
  const hearers = new Set<(seq: number | null) => void>();
  const allowances = new LRUCache<string, Allowance>({ max: 100_000 });
  const joins = new LRUCache<string, true>({ max: 20_000 });
  const days = new Set<string>();
  const tunables = deps.tunables.declare({
    'signals.keep-days': {
      standard: 180,
      min: 10,
      max: 3650,
      unit: 'days',
      reason:
        'Taste halves in 45 days, so after 180 a signal weighs a sixteenth; a lost snapshot is rebuilt from these',
    },
  });
  const partitions = definePartitionJob({
    db,
    jobs: deps.jobs,
    clock,
    keepDays: () => tunables.get('signals.keep-days'),
  });

  type Outcome = 'accepted' | 'duplicate' | 'implausible';
  const keep = async (candidates: Candidate[]): Promise<Outcome[]> => {
    const missing = new Set(candidates.map((one) => one.servedOn).filter((day) => !days.has(day)));
    if (missing.size > 0) {
      await makePartitions(db, [...missing]);
      for (const day of missing) days.add(day);
    }
    const nowMs = clock.now();
    const stored = await inOrder(db, async (trx) => {
      const ledger = openLedger(await findEarlier(trx, candidates));
      const outcomes: Outcome[] = [];
      const entries: { candidate: Candidate; credit: Credit; at: number }[] = [];
      for (const [at, candidate] of candidates.entries()) {
        const credit = creditOf(ledger, candidate);
        if (credit === 'duplicate') outcomes.push('duplicate');
        else {
          const allowance = allowances.get(candidate.viewerId) ?? fullAllowance(nowMs);
          const left = spend(allowance, credit.addedMs, nowMs);
          outcomes.push(left ? 'accepted' : 'implausible');
          if (!left) continue;
          allowances.set(candidate.viewerId, left);
          enter(ledger, candidate, credit);
          entries.push({ candidate, credit, at });
        }
      }
      if (entries.length === 0) return { outcomes, seq: null };
      const kept = await insertSignals(trx, entries, nowMs);
      const keptKeys = new Set(kept.map((row) => `${row.servedOn} ${row.id}`));
      const views = new Map<string, number>();
      for (const row of kept) if (row.countsView) views.set(row.videoId, (views.get(row.videoId) ?? 0) + 1);
      if (views.size > 0) {
        await deps.outbox.emit(trx, 'views.recorded', {
          counts: [...views].map(([videoId, count]) => ({ videoId, views: count })),
        });
      }
      if (kept.length < entries.length) {
        // The same id under another impression of that day: it was there first.
        for (const { candidate, at } of entries)
          if (!keptKeys.has(`${candidate.servedOn} ${candidate.signal.id}`)) outcomes[at] = 'duplicate';
      }
      return { outcomes, seq: kept.reduce((most, row) => Math.max(most, row.seq), 0) };
    });
    if (stored.seq) tell(stored.seq);
    return stored.outcomes;
  };
  const groups = createGroups(keep, { waitMs: 4, mostItems: mostRows });

  let note: NodeJS.Timeout | null = null;
  const tell = (seq: number | null) => {
    for (const hear of hearers) hear(seq);
    note ??= setTimeout(() => {
      note = null;
      bus.publish(topic, processId).catch((error) => {
        // Others look again at the next note, and before each page that is due.
        deps.log.debug({ err: error }, 'no note about stored signals');
      });
    }, 100).unref();
  };

  /** The impression of a token we signed, or null. */
  const openToken = (token: string): Impression | null => {
    const dot = token.lastIndexOf('.');
    const text = token.slice(0, dot);
    return dot > 0 && signer.verify(purpose, text, token.slice(dot + 1)) ? unpackImpression(text) : null;
  };

  const joined = async (into: string, strangers: ReadonlySet<string>) => {
    const unknown = [...strangers].filter((from) => !joins.has(`${from} ${into}`));
    for (const pair of await findJoins(
      db,
      unknown.map((from) => ({ from, into })),
    ))
      joins.set(pair, true);
  };

  const record: Signals['record'] = async (caller, batch, locale = null) => {
    const nowMs = clock.now();
    const refused: SignalReceipt['refused'] = [];
    const read: { signal: Signal; impression: Impression }[] = [];
    for (const given of batch) {
      const parsed = Signal.safeParse(given);
      if (!parsed.success) {
        refused.push({ id: idOf(given), code: 'form' });
        continue;
      }
      const signal = parsed.data;
      const impression = openToken(signal.token);
      if (!impression) refused.push({ id: signal.id, code: 'token' });
      else read.push({ signal, impression });
    }
    const strangers = new Set(
      read.map((one) => one.impression.viewerId).filter((id) => id !== caller.viewerId),
    );
    const [teaches] = await Promise.all([
      deps.mayTeach(caller.viewerId),
      strangers.size > 0 ? joined(caller.viewerId, strangers) : null,
    ]);
    const candidates: Candidate[] = [];
    for (const { signal, impression } of read) {
      const isTheirs =
        impression.viewerId === caller.viewerId || joins.has(`${impression.viewerId} ${caller.viewerId}`);
      const code = isTheirs ? faultOf(signal, impression, nowMs) : 'token';
      if (code) {
        refused.push({ id: signal.id, code });
        continue;
      }
      candidates.push({
        signal,
        impression,
        servedOn: dayOf(impression.servedAtMs),
        viewerId: caller.viewerId,
        own: caller.accountId === impression.authorId,
        locale,
        teaches,
        happenedAtMs: Math.max(impression.servedAtMs, nowMs - signal.agoMs),
      });
      if (signal.firstFrameMs !== undefined) metrics.firstFrame.observe(signal.firstFrameMs / 1000);
    }
    if (groups.waiting() + candidates.length > mostWaiting)
      throw new Refusal('too_many_requests', { retryAfterSeconds: 5 });
    const outcomes = await groups.add(candidates);
    const receipt: SignalReceipt = { accepted: 0, duplicates: 0, refused };
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome === 'accepted') receipt.accepted++;
      else if (outcome === 'duplicate') receipt.duplicates++;
      else refused.push({ id: candidates[at]!.signal.id, code: 'implausible' });
    }
    metrics.signals.inc({ outcome: 'accepted' }, receipt.accepted);
    metrics.signals.inc({ outcome: 'duplicate' }, receipt.duplicates);
    metrics.signals.inc({ outcome: 'refused' }, refused.length);
    return receipt;
  };

  const reset: Signals['reset'] = async (viewerId) => tell(await insertReset(db, viewerId, clock.now()));
  const join: Signals['join'] = async (from, into) => {
    const seq = await insertJoin(db, from, into, clock.now());
    if (seq !== null) tell(seq);
  };
  deps.outbox.on('viewer.joined', 'signals.join', ({ fromViewerId, toViewerId }) =>
    join(fromViewerId, toViewerId),
  );
  deps.outbox.on('account.removed', 'signals.forget', async ({ viewerId }) => {
    await forgetViewer(db, viewerId, clock.now());
    tell(null);
  });
  deps.outbox.on('post.deleted', 'signals.drop-counts', ({ videoId }) => dropCounts(db, videoId));

  // Where readers stood, and when that entry was stored: nothing after it was served a week before.
  const stands = new LRUCache<number, number>({ max: 16 });
  let quiet = () => {};
  return {
    issue(impression) {
      const text = packImpression(impression);
      return `${text}.${signer.sign(purpose, text)}`;
    },
    record,
    async after(seq, limit) {
      const storedAtMs = stands.get(seq);
      const from = storedAtMs === undefined ? '0001-01-01' : dayOf(storedAtMs - oldestMs - 86_400_000);
      const found = await readAfter(db, seq, limit, from);
      const last = found.at(-1);
      if (last) stands.set(last.seq, last.storedAtMs);
      return found;
    },
    latest: () => latestSeq(db),
    onStored(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    counts: (ids) => readCounts(deps.database, ids),
    viewsByHour: (sinceMs, untilSeq) =>
      readViewsByHour(db, { ms: sinceMs, day: dayOf(sinceMs - oldestMs) }, untilSeq),
    viewsToday: () => viewsOn(db, dayOf(clock.now())),
    join,
    reset,
    http: signalHttp(record),
    async start() {
      quiet = bus.subscribe(topic, (from: string) => {
        if (from !== processId) for (const hear of hearers) hear(null);
      });
      await partitions.order();
    },
    async stop() {
      quiet();
      if (note) clearTimeout(note);
      await groups.settled();
    },
  };
}

function idOf(given: unknown): string {
  const id = typeof given === 'object' && given !== null && 'id' in given ? given.id : null;
  return typeof id === 'string' ? id.slice(0, 36) : '';
}
