import type { VideoId } from '../../../contract/ids.ts';
import type { Executor } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';

/**
 * Orders to publish at a time. What decides is the row: an order that comes too early waits on, one that comes twice
 * or too late for a changed mind finds nothing to do. At each start everything that became due meanwhile goes out.
 */
export type ScheduleDeps = {
  jobs: Jobs;
  now(): Date;
  /** Lets it go out if it is scheduled and its time has come; the time it waits for, if it does not. */
  release(id: VideoId): Promise<Date | null>;
  due(): Promise<VideoId[]>;
};

const publishScheduled = 'publish-scheduled';
const publishDue = 'publish-due';

export function createSchedule({ jobs, now, release, due }: ScheduleDeps) {
  /** In the transaction that schedules. The queue lives by the machine's clock, so the way to go is what is handed on. */
  const order = (executor: Executor, id: VideoId, at: Date) =>
    jobs.order(
      executor,
      publishScheduled,
      { videoId: id },
      {
        key: `${publishScheduled}:${id}`,
        runAt: new Date(Date.now() + Math.max(0, at.getTime() - now().getTime())),
      },
    );
  return {
    order,
    define(executor: Executor) {
      jobs.define({
        name: publishScheduled,
        weight: 'light',
        async run({ videoId }: { videoId: VideoId }) {
          const waits = await release(videoId);
          if (waits) await order(executor, videoId, waits);
        },
      });
      jobs.define({
        name: publishDue,
        weight: 'light',
        async run() {
          for (let ids = await due(); ids.length > 0; ids = await due()) {
            for (const id of ids) await release(id);
          }
        },
      });
    },
    start: (executor: Executor) => jobs.order(executor, publishDue, {}, { key: publishDue }),
  };
}
