import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Database } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { createCredits } from './credits.ts';
import type { PostsStore } from './posts.store.ts';
import type { VideoRow } from './posts.tables.ts';
import { type Publishing, topicOf } from './publishing.ts';
import { createSchedule } from './schedule.jobs.ts';
import { timeToGoOut } from './schedule.rules.ts';

/** Before a video goes out: when it does, kept back as a draft, or now. */
export type SchedulingDeps = {
  database: Database;
  store: PostsStore;
  publishing: Publishing;
  jobs: Jobs;
  bus: Bus;
  now(): Date;
  credits: Pick<ReturnType<typeof createCredits>, 'lookAgain' | 'hold' | 'judgeAgain'>;
  /** The sound it was to use may have gone, or been closed, since it was written. */
  soundUsable(row: VideoRow): Promise<boolean>;
};

const dueAtOnce = 100;

export function createScheduling(deps: SchedulingDeps) {
  const { store, credits, publishing, jobs, bus, now } = deps;
  const db = deps.database.of();

  const reasonAgainst = async (...judged: Parameters<typeof credits.judgeAgain>): Promise<string | null> => {
    try {
      await credits.judgeAgain(...judged);
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  };

  const release = async (id: VideoId): Promise<Date | null> => {
    const known = await store.one(id);
    if (!known) return null;
    const usable = await deps.soundUsable(known);
    const looked = await credits.lookAgain(known);
    const waits = await store.transaction(async (trx) => {
      await credits.hold(trx, id, looked);
      const row = await store.lock(trx, id);
      if (!row || row.deleted_at || row.status !== 'scheduled' || !row.publish_at) return null;
      if (row.publish_at > now()) return row.publish_at;
      const reason = usable ? await reasonAgainst(trx, row, looked) : 'sound_not_usable';
      // Nobody is there to choose another sound or another video: it is kept back, and says why.
      if (reason) await store.update(trx, id, { status: 'draft', publish_at: null, refusal_code: reason });
      else await publishing.goOut(trx, row);
      return null;
    });
    if (!waits) await bus.publish(topicOf(id), {});
    return waits;
  };

  const schedule = createSchedule({ jobs, now, release, due: () => store.due(now(), dueAtOnce) });
  schedule.define(db);

  const own = async (accountId: AccountId, id: VideoId): Promise<VideoRow> => {
    const row = await store.one(id);
    if (!row || row.author_id !== accountId || row.deleted_at) throw new Refusal('not_found');
    return row;
  };
  const checkSound = async (row: VideoRow) => {
    if (!(await deps.soundUsable(row))) throw new Refusal('sound_not_usable', { soundId: row.sound_id });
  };

  return {
    order: schedule.order,
    start: () => schedule.start(db),
    /** Null: kept back. The same time again is the same answer. */
    async schedule(accountId: AccountId, id: VideoId, publishAt: string | null): Promise<void> {
      const known = await own(accountId, id);
      const same = known.status === 'scheduled' && publishAt !== null;
      if (same && known.publish_at?.getTime() === new Date(publishAt).getTime()) return;
      const at = publishAt === null ? null : timeToGoOut(publishAt, now());
      if (at) await checkSound(known);
      await store.transaction(async (trx) => {
        const row = await store.lock(trx, id);
        if (!row || row.deleted_at) throw new Refusal('not_found');
        if (row.status === 'published') throw new Refusal('already_published');
        if (row.status === 'refused') throw new Refusal('conflict', { status: row.status });
        const status = at ? 'scheduled' : 'draft';
        await store.update(trx, id, { status, publish_at: at, refusal_code: null });
        if (at) await schedule.order(trx, id, at);
      });
      await bus.publish(topicOf(id), {});
    },
    async publishNow(accountId: AccountId, id: VideoId): Promise<void> {
      const known = await own(accountId, id);
      if (known.status !== 'draft' && known.status !== 'scheduled') return;
      await checkSound(known);
      const looked = await credits.lookAgain(known);
      await store.transaction(async (trx) => {
        await credits.hold(trx, id, looked);
        const row = await store.lock(trx, id);
        if (!row || row.deleted_at) throw new Refusal('not_found');
        // Meanwhile its time has come.
        if (row.status !== 'draft' && row.status !== 'scheduled') return;
        await credits.judgeAgain(trx, row, looked);
        await publishing.goOut(trx, row);
      });
      await bus.publish(topicOf(id), {});
    },
  };
}
