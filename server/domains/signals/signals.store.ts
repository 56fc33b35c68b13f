import type { Kysely, Transaction } from 'kysely';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import type { SignalKind } from '../../../contract/signals.ts';
import { sql } from '../../platform/database.ts';
import { dayOf, type ImpressionSource, isChosen } from './impressions.rules.ts';
import type { SignalTables } from './signals.tables.ts';
import type { Candidate, Credit, Earlier } from './totals.rules.ts';

type Trx = Transaction<SignalTables>;

/**
 * Everything that takes a number from signal_seq holds this lock until it has committed, so that whoever has read
 * up to a number has missed none below it, with several server processes too.
 */
export function inOrder<Result>(
  db: Kysely<SignalTables>,
  run: (trx: Trx) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(4711003), ${byIndex}`.execute(trx);
    return run(trx);
  });
}

/**
 * A day's partition is new each day, and until Postgres has counted it the planner takes it for empty and would read
 * it whole. Everything here finds its rows by index, so for one transaction the other ways are closed.
 */
const byIndex = sql`set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
  set_config('enable_mergejoin', 'off', true), set_config('enable_bitmapscan', 'off', true)`;

/** Signals already kept for the same viewers, videos and days. */
export async function findEarlier(trx: Trx, candidates: readonly Candidate[]): Promise<Earlier[]> {
  const pairs = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { viewerId, videoId } = candidate.impression;
    pairs.set(`${candidate.servedOn} ${viewerId} ${videoId}`, candidate);
  }
  const asked = [...pairs.values()];
  const days = asked.map((one) => one.servedOn).sort();
  // The bounds let the planner leave out every other day's partition; `offset 0` keeps one index look-up for each pair.
  const { rows } = await sql<Earlier>`
    select s.id, s.served_to as "servedTo", s.video_id as "videoId", s.served_on::text as "servedOn",
           s.page_id as "pageId", s.kind, s.watched_ms as "watchedMs", s.loops,
           s.counts_view as "countsView", s.counts_share as "countsShare"
    from unnest(${asked.map((one) => one.servedOn)}::date[],
                ${asked.map((one) => one.impression.viewerId)}::text[],
                ${asked.map((one) => one.impression.videoId)}::text[]) as asked(served_on, served_to, video_id)
    cross join lateral (
      select * from signals
      where served_to = asked.served_to and video_id = asked.video_id
        and served_on >= ${days[0]}::date and served_on <= ${days.at(-1)}::date
      offset 0
    ) s where s.served_on = asked.served_on`.execute(trx);
  return rows;
}

type Entry = { candidate: Candidate; credit: Credit };

/** Column, its type, and where its value comes from. */
const columns: readonly [name: string, type: string, pick: (entry: Entry) => unknown][] = [
  ['served_on', 'date', (e) => e.candidate.servedOn],
  ['id', 'uuid', (e) => e.candidate.signal.id],
  ['kind', 'text', (e) => e.candidate.signal.kind],
  ['viewer_id', 'text', (e) => e.candidate.viewerId],
  ['served_to', 'text', (e) => e.candidate.impression.viewerId],
  ['video_id', 'text', (e) => e.candidate.impression.videoId],
  ['author_id', 'text', (e) => e.candidate.impression.authorId],
  ['page_id', 'text', (e) => e.candidate.impression.pageId],
  ['position', 'int2', (e) => e.candidate.impression.position],
  ['source', 'text', (e) => e.candidate.impression.source],
  ['exploration', 'bool', (e) => e.candidate.impression.exploration],
  ['duration_ms', 'int4', (e) => e.candidate.impression.durationMs],
  ['happened_at', 'timestamptz', (e) => new Date(e.candidate.happenedAtMs).toISOString()],
  ['watched_ms', 'int4', (e) => e.credit.watchedMs],
  ['loops', 'int4', (e) => e.credit.loops],
  ['added_ms', 'int4', (e) => e.credit.addedMs],
  ['says_new', 'bool', (e) => e.credit.saysNew],
  ['teaches', 'bool', (e) => e.candidate.teaches],
  ['counts_view', 'bool', (e) => e.credit.countsView],
  ['counts_share', 'bool', (e) => e.credit.countsShare],
  ['pauses', 'int4', (e) => e.candidate.signal.pauses ?? null],
  ['seeks', 'int4', (e) => e.candidate.signal.seeks ?? null],
  ['muted', 'bool', (e) => e.candidate.signal.muted ?? null],
  ['first_frame_ms', 'int4', (e) => e.candidate.signal.firstFrameMs ?? null],
  ['stalled_ms', 'int4', (e) => e.candidate.signal.stalledMs ?? null],
  ['own', 'bool', (e) => e.candidate.own],
  ['locale', 'text', (e) => e.candidate.locale],
];
const names = sql.raw(columns.map(([name]) => name).join(', '));

export type Kept = { id: string; servedOn: string; seq: number; videoId: string; countsView: boolean };

/**
 * One statement: the rows, and the counters out of exactly the rows that were new. A row whose id is there already
 * is left out, and so are its counts.
 */
export async function insertSignals(trx: Trx, entries: readonly Entry[], nowMs: number): Promise<Kept[]> {
  const arrays = columns.map(([, type, pick]) => sql`${entries.map(pick)}::${sql.raw(type)}[]`);
  const { rows } = await sql<Kept>`
    with added as (
      insert into signals (seq, stored_at, ${names})
      select nextval('signal_seq'), ${new Date(nowMs).toISOString()}::timestamptz, given.*
      from unnest(${sql.join(arrays)}) as given
      on conflict (served_on, id) do nothing
      returning id, served_on, seq, video_id, counts_view, counts_share
    ), counted as (
      insert into view_counts as c (video_id, views, shares)
      select video_id, count(*) filter (where counts_view), count(*) filter (where counts_share)
      from added where counts_view or counts_share group by video_id
      on conflict (video_id) do update set views = c.views + excluded.views, shares = c.shares + excluded.shares
    ), dated as (
      insert into view_days as d (day, views)
      select ${dayOf(nowMs)}::date, count(*) from added where counts_view having count(*) > 0
      on conflict (day) do update set views = d.views + excluded.views
    )
    select id, served_on::text as "servedOn", seq, video_id as "videoId", counts_view as "countsView" from added`.execute(
    trx,
  );
  return rows;
}

/** What the log holds, in the order it was committed. */
export type StoredSignal =
  | {
      seq: number;
      kind: SignalKind;
      viewerId: ViewerId;
      videoId: VideoId;
      authorId: AccountId;
      happenedAtMs: number;
      storedAtMs: number;
      /** View: the impression's total so far, and what this signal added to it. */
      watchedMs: number;
      addedMs: number;
      loops: number;
      durationMs: number;
      /** Where it was served: its page and the place on it. */
      pageId: string;
      position: number;
      source: ImpressionSource;
      exploration: boolean;
      /** For You chose it; else it was next in Following, or the viewer opened it. */
      chosen: boolean;
      /** The UTC day of serving, like 2026-01-31. */
      servedOn: string;
      /** Jumps within the video so far. */
      seeks: number;
      /** The author themselves. */
      own: boolean;
      /** `de-AT`, `de`, or null where the browser named none. */
      locale: string | null;
      /** False: its impression had said this before; nothing is to be learned. */
      saysNew: boolean;
      /** False: learning was paused; that the video was met is all that may be remembered of it. */
      teaches: boolean;
      /** The first view of this viewer, video and day. */
      countsView: boolean;
    }
  | { seq: number; kind: 'joined'; fromViewerId: ViewerId; viewerId: ViewerId; storedAtMs: number }
  /** The taste is gone, what was seen is not. */
  | { seq: number; kind: 'reset'; viewerId: ViewerId; storedAtMs: number }
  | { seq: number; kind: 'forgotten'; viewerId: ViewerId; storedAtMs: number };

type LogRow = Omit<SignalTables['signals'], 'kind'> & {
  kind: SignalKind | 'changed';
  into_viewer_id: string | null;
  keeps_seen: boolean;
  happened_ms: number;
  stored_ms: number;
  served_day: string;
};

/** `servedFrom`: no row that is asked for was served before this day; it spares the older partitions. */
export async function readAfter(
  db: Kysely<SignalTables>,
  seq: number,
  limit: number,
  servedFrom: string,
): Promise<StoredSignal[]> {
  const { rows } = await db.transaction().execute(async (trx) => {
    await sql`select ${byIndex}`.execute(trx);
    return sql<LogRow>`
    select * from (
      (select seq, kind, viewer_id, null as into_viewer_id, video_id, author_id, watched_ms, added_ms, loops, duration_ms,
              page_id, position, source, exploration, says_new, teaches, counts_view, false as keeps_seen,
              served_on::text as served_day, coalesce(seeks, 0) as seeks, own, locale,
              (extract(epoch from happened_at) * 1000)::bigint as happened_ms,
              (extract(epoch from stored_at) * 1000)::bigint as stored_ms
       from signals where seq > ${seq} and served_on >= ${servedFrom}::date order by seq limit ${limit})
      union all
      (select seq, 'changed', viewer_id, into_viewer_id, null, null, 0, 0, 0, 0, null, 0, null, false, true, true, false, keeps_seen,
              '', 0, false, null, 0,
              (extract(epoch from changed_at) * 1000)::bigint
       from viewer_changes where seq > ${seq} order by seq limit ${limit})
    ) log order by seq limit ${limit}`.execute(trx);
  });
  return rows.map((row) => {
    const { seq, stored_ms: storedAtMs } = row;
    const viewerId = row.viewer_id as ViewerId;
    if (row.kind === 'changed') {
      return row.into_viewer_id === null
        ? { seq, kind: row.keeps_seen ? 'reset' : 'forgotten', viewerId, storedAtMs }
        : {
            seq,
            kind: 'joined',
            fromViewerId: viewerId,
            viewerId: row.into_viewer_id as ViewerId,
            storedAtMs,
          };
    }
    return {
      seq,
      kind: row.kind,
      viewerId,
      videoId: row.video_id as VideoId,
      authorId: row.author_id as AccountId,
      happenedAtMs: row.happened_ms,
      storedAtMs,
      watchedMs: row.watched_ms,
      addedMs: row.added_ms,
      loops: row.loops,
      durationMs: row.duration_ms,
      pageId: row.page_id,
      position: row.position,
      source: row.source,
      exploration: row.exploration,
      chosen: isChosen(row.source),
      servedOn: row.served_day,
      seeks: row.seeks ?? 0,
      own: row.own,
      locale: row.locale,
      saysNew: row.says_new,
      teaches: row.teaches,
      countsView: row.counts_view,
    };
  });
}

export async function latestSeq(db: Kysely<SignalTables>): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select case when is_called then last_value else 0 end as seq from signal_seq`.execute(db);
  return rows[0]!.seq;
}
