import type { AccountId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Media } from '../media/media.ts';
import type { Posts } from '../posts/posts.ts';
import type { Signals } from '../signals/signals.ts';
import type { Social } from '../social/social.ts';
import { noteFollowers } from './followers.store.ts';
import { insightHttp } from './insights.http.ts';
import type { InsightTables } from './insights.tables.ts';
import { createReading } from './reading.ts';
import { createRollup } from './rollup.jobs.ts';
import { dropAuthor, dropSubject, holdCursor } from './rollup.store.ts';

/**
 * What creators learn of how their videos are watched. Rolls the log of signals up into sums by video and day; who
 * looks at a page reads sums. Knows no single viewer, ranks nothing, and shows a video's numbers to its author alone.
 */
export type Insights = {
  /** Counts what was watched since the last time; a job does it every quarter of a minute. */
  count(): Promise<void>;
  /** Lets go of what is older than is kept; a job does it. */
  tidy(): Promise<void>;
  /** Counts the whole log again, as far back as it goes. */
  rebuild(): Promise<void>;
  http: Handled[];
  start(): Promise<void>;
};

export type InsightsDeps = {
  database: Database;
  outbox: Outbox;
  jobs: Jobs;
  clock: Clock;
  tunables: Tunables;
  accounts: Pick<Accounts, 'people'>;
  media: Pick<Media, 'assets'>;
  posts: Pick<Posts, 'posts' | 'byAuthor'>;
  social: Pick<Social, 'followCounts' | 'followersSince'>;
  signals: Pick<Signals, 'after'>;
};

export function createInsights(deps: InsightsDeps): Insights {
  const { clock, outbox } = deps;
  const db = deps.database.of<InsightTables>();
  const tunables = deps.tunables.declare({
    'insights.keep-days': {
      standard: 400,
      min: 90,
      max: 3650,
      unit: 'days',
      reason:
        'A year and a month: this week beside the same week last year. A video’s whole life is always kept',
    },
  });
  const rollup = createRollup({ ...deps, db, keepDays: () => tunables.get('insights.keep-days') });
  /** While sums are written nobody drops any, so that what is gone stays gone. */
  const alone = (work: (trx: Parameters<typeof holdCursor>[0]) => Promise<void>) =>
    db.transaction().execute(async (trx) => {
      await holdCursor(trx);
      await work(trx);
    });
  outbox.on('post.deleted', 'insights.drop-video', ({ videoId }) =>
    alone((trx) => dropSubject(trx, videoId)),
  );
  outbox.on('account.removed', 'insights.drop-author', ({ accountId }) =>
    alone((trx) => dropAuthor(trx, accountId)),
  );
  outbox.on('follow.changed', 'insights.note-followers', ({ followedId }) =>
    noteFollowers(db, {
      accountId: followedId,
      day: new Date(clock.now()).toISOString().slice(0, 10),
      read: async () => (await deps.social.followCounts(followedId as AccountId)).followers,
      readSince: (day) => deps.social.followersSince(followedId as AccountId, new Date(`${day}T00:00:00Z`)),
    }),
  );
  return {
    count: () => rollup.count(),
    tidy: () => rollup.tidy(),
    rebuild: rollup.rebuild,
    http: insightHttp(createReading({ ...deps, db })),
    start: rollup.order,
  };
}
