import type { Clock } from '../../platform/clock.ts';
import type { Database, Executor } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Signals, StoredSignal } from '../signals/signals.ts';
import { hashOf } from './creators.rules.ts';
import type { DeskTables } from './desk.tables.ts';
import {
  addSlices,
  addViewers,
  dropHoursBefore,
  forgetViewers,
  holdCursor,
  moveCursor,
  readCreatorViews,
  readViewers,
  type Trx,
  writeCreatorViews,
  writeViewers,
} from './health.store.ts';
import {
  addPage,
  addSignal,
  isFirstView,
  openTally,
  type SignalledPage,
  type TalliedPage,
  type Tally,
} from './tally.rules.ts';

/**
 * Counts what was served and watched, once each: the cursor, the pages taken and the sums are one transaction, so a
 * kill at any line leaves either all of a batch counted or none. Nobody who looks at the desk reads the log.
 */
export type PagesToCount = {
  /** In this transaction: once it commits, these pages are not given again. */
  takeUncounted(executor: Executor, limit: number): Promise<(TalliedPage & { pageId: string })[]>;
  /** By their ids; pages dropped since are absent. */
  pagesById(pageIds: readonly string[]): Promise<Map<string, SignalledPage>>;
};

export type MeasureDeps = {
  database: Database;
  jobs: Jobs;
  clock: Clock;
  signals: Pick<Signals, 'after'>;
  pages: PagesToCount;
  newCreatorViews(): number;
  keepDays(): number;
};

const name = 'measure-feed';
const everyMs = 10_000;
const mostSignals = 1000;
const mostPages = 300;
const dayMs = 86_400_000;

export function createMeasuring(deps: MeasureDeps) {
  const { jobs, clock } = deps;
  const db = deps.database.of<DeskTables>();

  /** True when there may be more. */
  const countBatch = () =>
    db.transaction().execute(async (trx) => {
      const seq = await holdCursor(trx);
      const entries = await deps.signals.after(seq, mostSignals);
      const pages = await deps.pages.takeUncounted(trx, mostPages);
      if (entries.length === 0 && pages.length === 0) {
        await moveCursor(trx, seq, new Date(clock.now()));
        return false;
      }
      const tally = openTally();
      for (const page of pages) addPage(tally, page);
      await countSignals(trx, tally, entries);
      await addSlices(trx, tally.slices.values());
      await addViewers(trx, [...tally.viewers.values()]);
      await forgetViewers(trx, leaving(entries, 'forgotten'), true);
      await moveCursor(trx, entries.at(-1)?.seq ?? seq, new Date(clock.now()));
      return entries.length === mostSignals || pages.length === mostPages;
    });

  const countSignals = async (trx: Trx, tally: Tally, entries: readonly StoredSignal[]) => {
    const watched = entries.flatMap((entry) => ('videoId' in entry ? [entry] : []));
    const [pages, views, met] = [
      await deps.pages.pagesById([...new Set(watched.map((entry) => entry.pageId))]),
      await readCreatorViews(trx, [...new Set(watched.map((entry) => entry.authorId))]),
      await readViewers(trx, viewersIn(entries)),
    ];
    const viewed = new Map<string, number>();
    const changed = new Set<string>();
    const gone = new Set<string>();
    const metBy = (viewerId: string) => {
      const known = met.get(viewerId) ?? new Set<number>();
      met.set(viewerId, known);
      return known;
    };
    for (const entry of entries) {
      if (entry.kind === 'joined') {
        const own = metBy(entry.viewerId);
        for (const creator of met.get(entry.fromViewerId) ?? []) own.add(creator);
        changed.add(entry.viewerId).delete(entry.fromViewerId);
        gone.add(entry.fromViewerId).delete(entry.viewerId);
        met.delete(entry.fromViewerId);
        continue;
      }
      if (!('videoId' in entry)) {
        met.delete(entry.viewerId);
        changed.delete(entry.viewerId);
        gone.add(entry.viewerId);
        continue;
      }
      // Following is in order of time, and what was opened the viewer chose: nothing of it is the feed's merit.
      if (!entry.chosen) continue;
      const { authorId, viewerId } = entry;
      const creator = { isNew: false, isNovel: false };
      if (isFirstView(entry)) {
        creator.isNew = (viewed.get(authorId) ?? views.get(authorId) ?? 0) < deps.newCreatorViews();
        const hashed = hashOf(authorId);
        creator.isNovel = !met.get(viewerId)?.has(hashed);
        // Who has paused learning is counted and not remembered.
        if (creator.isNovel && entry.teaches) {
          metBy(viewerId).add(hashed);
          changed.add(viewerId);
          gone.delete(viewerId);
        }
      }
      if (entry.countsView) viewed.set(authorId, (viewed.get(authorId) ?? views.get(authorId) ?? 0) + 1);
      addSignal(tally, entry, pages.get(entry.pageId) ?? null, creator);
    }
    await writeCreatorViews(trx, viewed);
    await forgetViewers(trx, [...gone], false);
    await writeViewers(trx, new Map([...changed].map((viewerId) => [viewerId, metBy(viewerId)])));
  };

  /** Everything there is, in batches. */
  const measure = async (signal?: AbortSignal): Promise<void> => {
    while (!signal?.aborted && (await countBatch()));
  };

  jobs.define({
    name,
    weight: 'light',
    async run(_: object, { signal }) {
      await measure(signal);
      await dropHoursBefore(db, new Date(clock.now() - deps.keepDays() * dayMs));
      // When a job is due is measured by the clock of Postgres, not by the house's.
      await jobs.order(db, name, {}, { key: name, runAt: new Date(Date.now() + everyMs) });
    },
  });
  return { measure, order: () => jobs.order(db, name, {}, { key: name }) };
}

function leaving(entries: readonly StoredSignal[], kind: 'forgotten'): string[] {
  return entries.flatMap((entry) => (entry.kind === kind ? [entry.viewerId] : []));
}

function viewersIn(entries: readonly StoredSignal[]): string[] {
  return [
    ...new Set(
      entries.flatMap((entry) =>
        entry.kind === 'joined' ? [entry.viewerId, entry.fromViewerId] : [entry.viewerId],
      ),
    ),
  ];
}
