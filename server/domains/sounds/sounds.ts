import type { AccountId, SoundId } from '../../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Home } from '../../platform/home.ts';
import type { Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import type { Outbox } from '../../platform/outbox.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Media } from '../media/media.ts';
import type { Posts } from '../posts/posts.ts';
import { heardStore } from './heard.store.ts';
import { libraryStore } from './library.store.ts';
import { createLibrary } from './library.ts';
import { afterDemoMs, defineListening, orderListening } from './listening.jobs.ts';
import { hearNews } from './sounds.events.ts';
import { soundsHttp } from './sounds.http.ts';
import { isUsable } from './sounds.rules.ts';
import { soundsStore } from './sounds.store.ts';
import type { SoundsTables } from './sounds.tables.ts';
import { defineStarters } from './starter.jobs.ts';
import { defineSettling, defineSilencing, orderSettling, orderSilencing } from './tracks.jobs.ts';
import { dayOf, defineTrendJob } from './trend.jobs.ts';
import { createAskingUploads } from './uploads.jobs.ts';
import { uploadsStore } from './uploads.store.ts';

/**
 * Sounds as things of their own: those that videos bring with them (a projection of what posts says) and those of the
 * library; who may use them, who uses them, what is trending. A sound that came with a video ends when its owner's
 * video is deleted and nobody uses it.
 */
export type Sounds = {
  /** One query. A sound that is not (yet) known is not in the map. */
  cards(ids: readonly SoundId[]): Promise<Map<SoundId, SoundRow>>;
  /** May this account publish a video with it? Its own always; another's as its licence says, when it is heard in public. */
  usable(id: SoundId, accountId: AccountId): Promise<boolean>;
  http: Handled[];
  start(): Promise<void>;
};

export type SoundRow = {
  id: SoundId;
  /** Null: it was given no name, and is called "original sound". */
  title: string | null;
  /** Null: it is the library's. */
  ownerId: AccountId | null;
  original: boolean;
  withdrawn: boolean;
  /** Public videos that use it, the owner's among them. */
  uses: number;
  demo: boolean;
};

export type SoundsDeps = {
  database: Database;
  outbox: Outbox;
  jobs: Jobs;
  clock: Clock;
  home: Pick<Home, 'scratch'>;
  log: Log;
  accounts: Pick<Accounts, 'people' | 'personByHandle'>;
  media: Pick<Media, 'tracks' | 'silence' | 'uploadFacts'>;
  posts: Pick<Posts, 'posts' | 'setSound'>;
  config: { market: string | null };
};

export function createSounds(deps: SoundsDeps): Sounds {
  const { database, outbox, jobs, clock, accounts, media, posts } = deps;
  const { market } = deps.config;
  const now = () => new Date(clock.now());
  const heard = heardStore(database);
  const store = soundsStore(database, {
    listening: (trx, id) => orderListening(jobs, trx, id),
    listeningLater: (trx, id) => orderListening(jobs, trx, id, afterDemoMs),
    silencing: (trx, id) => orderSilencing(jobs, trx, id),
    settling: (trx, id) => orderSettling(jobs, trx, id),
  });
  const library = libraryStore(database, (executor, id) => orderSilencing(jobs, executor, id));
  defineListening({ jobs, log: deps.log, heard, media, posts, market, now });
  const asking = { jobs, log: deps.log, heard, media, accounts, market, now };
  const uploads = createAskingUploads({ ...asking, store: uploadsStore(database) });
  const starterLibrary = defineStarters({ jobs, home: deps.home, heard, media, now });
  defineSilencing({ jobs, heard, media, posts });
  defineSettling({ jobs, heard, media, posts });
  hearNews(outbox, store, () => dayOf(clock.now()), library.forgetAccount);
  const trend = defineTrendJob({ db: database.of<SoundsTables>(), jobs, clock });
  return {
    async cards(ids) {
      if (ids.length === 0) return new Map();
      const rows = await store.many(ids);
      return new Map(
        rows.map((row) => [
          row.id,
          {
            id: row.id,
            title: row.title,
            ownerId: row.owner_id,
            original: row.original,
            withdrawn: row.withdrawn_at !== null,
            uses: row.uses,
            demo: row.demo,
          },
        ]),
      );
    },
    async usable(id, accountId) {
      const [row] = await store.many([id]);
      return row !== undefined && isUsable(row, accountId, market);
    },
    http: soundsHttp(createLibrary({ store: library, accounts, market, media, now }), uploads),
    async start() {
      await trend.order();
      await starterLibrary.order();
    },
  };
}
