import type { FeedLook, Instance, Overview } from '../../../contract/desk.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, ViewerId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Database } from '../../platform/database.ts';
import type { Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import { newId } from '../../platform/random.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Experiments } from '../experiments/experiments.ts';
import type { Media } from '../media/media.ts';
import type { Recommend } from '../recommend/recommend.ts';
import type { Signals } from '../signals/signals.ts';
import { deskHttp } from './desk.http.ts';
import type { DeskTables } from './desk.tables.ts';
import { createMeasuring, type PagesToCount } from './health.jobs.ts';
import { healthOf } from './health.ts';
import { resultOf } from './outcomes.ts';

/**
 * The operator's side: how the server and its feed are doing, what experiments came to, one viewer's page with its
 * reasons, the numbers that may be turned, the demo community's end. Owns what it counted; asks the rooms for the rest.
 * Does not moderate, rank or serve.
 */
export type Desk = {
  instance(): Instance;
  /** Counts what was served and watched since the last time; a job does it every ten seconds. */
  measure(): Promise<void>;
  http: Handled[];
  start(): Promise<void>;
};

export type DeskDeps = {
  config: Pick<Config, 'name'>;
  version: string;
  database: Database;
  clock: Clock;
  log: Log;
  tunables: Tunables;
  jobs: Jobs;
  storage: Pick<Storage, 'freeBytes'>;
  accounts: Pick<Accounts, 'count' | 'people' | 'personByHandle' | 'viewerOf'>;
  media: Pick<Media, 'limits'>;
  speech: { state(): Instance['speech'] };
  recommend: Pick<Recommend, 'status'>;
  signals: Pick<Signals, 'viewsToday' | 'after'>;
  experiments: Pick<Experiments, 'find'>;
  /** These rooms are on this floor: compose hands them in. */
  demo: { state(): Instance['demo']; remove(): Promise<Instance['demo']> };
  feed: PagesToCount & { look(asked: LookedAt): Promise<Omit<FeedLook, 'viewer'>> };
};

type LookedAt = {
  viewerId: ViewerId;
  accountId: AccountId | null;
  languages: readonly string[];
  likes: readonly string[];
  limit: number;
};

export function createDesk(deps: DeskDeps): Desk {
  const { clock, tunables } = deps;
  const db = deps.database.of<DeskTables>();
  const health = tunables.declare({
    'desk.new-creator-views': {
      standard: 100,
      min: 1,
      max: 100_000,
      unit: 'views',
      reason: 'Up to so many views in all a creator counts as new in the feed’s health',
    },
    'desk.keep-health-days': {
      standard: 400,
      min: 7,
      max: 3650,
      unit: 'days',
      reason: 'A year and a month: this week beside the same week last year. An hour takes about 5 kB',
    },
  });
  const measuring = createMeasuring({
    ...deps,
    pages: deps.feed,
    newCreatorViews: () => health.get('desk.new-creator-views'),
    keepDays: () => health.get('desk.keep-health-days'),
  });

  const instance = (): Instance => ({
    name: deps.config.name,
    version: deps.version,
    demo: deps.demo.state(),
    limits: { ...deps.media.limits(), captionLength: 2200 },
    speech: deps.speech.state(),
  });

  const overview = async (): Promise<Overview> => {
    const [people, waiting, viewsToday, storageFreeBytes] = await Promise.all([
      deps.accounts.count(),
      deps.jobs.waiting(),
      deps.signals.viewsToday(),
      deps.storage.freeBytes(),
    ]);
    return {
      people,
      videos: deps.recommend.status().items,
      viewsToday,
      jobsWaiting: waiting.waiting,
      jobsFailing: waiting.failing,
      storageFreeBytes,
      demo: deps.demo.state(),
    };
  };

  /** A handle, with or without @, or a viewer's id. */
  const viewerBy = async (text: string) => {
    const person = await deps.accounts.personByHandle(text.replace(/^@/, ''));
    if (person)
      return { id: await deps.accounts.viewerOf(person.id), accountId: person.id, handle: person.handle };
    if (!/^[A-Za-z0-9_-]{8,40}$/.test(text)) throw new Refusal('not_found');
    // A guest's device has no row anywhere: any id is that of somebody who may have watched.
    return { id: text as ViewerId, accountId: null, handle: null };
  };
  const listed = (text: string | undefined) =>
    [...new Set((text ?? '').split(',').map((part) => part.trim().replace(/^#/, '').toLowerCase()))].filter(
      Boolean,
    );

  return {
    instance,
    measure: () => measuring.measure(),
    start: () => measuring.order(),
    http: deskHttp({
      instance,
      overview,
      demo: deps.demo,
      tunables,
      accounts: deps.accounts,
      async health({ hours, experiment }) {
        const slices = experiment
          ? (await deps.experiments.find(experiment)).variants.map(({ name }) => `${experiment}:${name}`)
          : [''];
        return {
          ...(await healthOf(db, { hours, nowMs: clock.now(), slices })),
          newCreatorViews: health.get('desk.new-creator-views'),
          catalogue: deps.recommend.status().items,
        };
      },
      result: async (key) => resultOf(db, await deps.experiments.find(key)),
      async look({ viewer, languages, likes, limit }, by) {
        const found = viewer ? await viewerBy(viewer) : null;
        // Whoever looks at somebody’s taste leaves a trace.
        if (found) deps.log.info({ viewerId: found.id, by }, 'an operator looked at the feed of a viewer');
        const { id, accountId, handle } = found ?? { id: newId<ViewerId>(), accountId: null, handle: null };
        const asked = { viewerId: id, accountId, languages: listed(languages), limit };
        return {
          viewer: { id, handle, madeUp: found === null },
          ...(await deps.feed.look({ ...asked, likes: found ? [] : listed(likes) })),
        };
      },
    }),
  };
}
