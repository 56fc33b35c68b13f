import type { VideoId } from '../../../contract/ids.ts';
import type { Executor } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Outbox } from '../../platform/outbox.ts';

/**
 * A video that thousands show is taken back part by part: a job obeys in so many of them and orders the next, so that a
 * kill or a stop costs one part, and everything else that waits has its turn in between. What each becomes is said by the
 * rows, so two that go through the same videos, or one that comes again, leave the same.
 */
export type TakeBackDeps = {
  outbox: Outbox;
  jobs: Jobs;
  executor: Executor;
  /** Those after `after`, by id; the last of them, or null when there are no more. */
  obey(picture: VideoId, after: string): Promise<string | null>;
};

const obeyTakeBack = 'obey-take-back';

export function hearTakeBacks({ outbox, jobs, executor, obey }: TakeBackDeps): void {
  const goThrough = async (videoId: VideoId, from: string) => {
    const after = await obey(videoId, from);
    // As urgent as the news that began it.
    if (after !== null) await jobs.order(executor, obeyTakeBack, { videoId, after }, { priority: -1 });
  };
  outbox.on('post.took-back', 'posts.obey-take-back', ({ videoId }) => goThrough(videoId as VideoId, ''));
  jobs.define({
    name: obeyTakeBack,
    weight: 'light',
    run: ({ videoId, after }: { videoId: VideoId; after: string }) => goThrough(videoId, after),
  });
}
