import { LRUCache } from 'lru-cache';
import type { ViewerId } from '../../../contract/ids.ts';
import type { TasteSettings } from '../../../contract/taste.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Log } from '../../platform/log.ts';
import type { Outbox } from '../../platform/outbox.ts';
import {
  cleanTags,
  cleanTopic,
  cleanWords,
  fault,
  isSaid,
  type LeaningRow,
  mostLeanings,
  settingsOf,
  sizeOf,
  type Wishes,
  wishesOf,
} from './taste.rules.ts';
import { changeSaid, eraseWishes, joinWishes, readWishes, writeLeaning } from './taste.store.ts';
import type { TasteTables } from './taste.tables.ts';

export type { LeaningRow, Wishes } from './taste.rules.ts';

/**
 * What viewers have said about their feed: settings, muted words and hashtags, more or less of something. Guests too.
 * Knows nothing of what was learned from watching (recommend), shows nothing, and does not know whether an account or
 * a sound that is leaned to exists.
 */
export type Taste = {
  /** Remembered: one query the first time, none after it. A change holds from the next call on, in every process. */
  wishes(viewerId: ViewerId): Promise<Wishes>;
  /** Throws invalid_input; then nothing is changed. */
  change(viewerId: ViewerId, change: Partial<TasteSettings>): Promise<TasteSettings>;
  /** Level 0 takes the wish back. The key of a topic is returned as it is kept. Throws invalid_input. */
  lean(viewerId: ViewerId, leaning: LeaningRow): Promise<LeaningRow>;
  start(): void;
  stop(): void;
};

export type TasteDeps = {
  database: Database;
  outbox: Outbox;
  bus: Bus;
  clock: Clock;
  log: Log;
};

const topic = 'taste.changed';
type Note = { viewerIds: string[] };
/** Nobody is answered before every process has heard, which takes milliseconds; nor later than this when one is stuck. */
const waitForAllMs = 500;
/** For notes that were lost: so long at most another process can hold on to what was said before. */
const rememberMs = 30_000;
/** Words and wishes remembered for all viewers together: some 100 MB. Somebody who said nothing counts as one. */
const mostWords = 500_000;
/** Shared by all who said nothing. */
const nothingSaid = wishesOf(null, []);

export function createTaste({ database, outbox, bus, clock, log }: TasteDeps): Taste {
  const db = database.of<TasteTables>();
  /** What is asked for, not what has come: an answer that was overtaken by a change is nobody's next answer. */
  const known = new LRUCache<string, Promise<Wishes>>({ max: 50_000, maxSize: mostWords, ttl: rememberMs });

  const changed = async (...viewerIds: string[]) => {
    for (const viewerId of viewerIds) known.delete(viewerId);
    try {
      const isEverywhere = await bus.publishToAll(topic, { viewerIds } satisfies Note, waitForAllMs);
      if (!isEverywhere) log.warn('not every process has heard of changed wishes in time');
    } catch (error) {
      // It is written, and holds here; other processes see it when their memory ends.
      log.warn({ err: error }, 'no note about changed wishes');
    }
  };
  outbox.on('viewer.joined', 'taste.join', async ({ fromViewerId, toViewerId }) => {
    await joinWishes(db, fromViewerId, toViewerId);
    await changed(fromViewerId, toViewerId);
  });
  outbox.on('account.removed', 'taste.forget', async ({ viewerId }) => {
    await eraseWishes(db, viewerId);
    await changed(viewerId);
  });

  let quiet = () => {};
  return {
    wishes(viewerId) {
      const before = known.get(viewerId);
      if (before) return before;
      const asked = readWishes(database, viewerId).then(({ said, leanings }) =>
        isSaid(said, leanings) ? wishesOf(said, leanings) : nothingSaid,
      );
      known.set(viewerId, asked, { size: 1 });
      const isStill = () => known.peek(viewerId) === asked;
      asked.then(
        (wishes) => {
          if (wishes !== nothingSaid && isStill()) known.set(viewerId, asked, { size: sizeOf(wishes) });
        },
        () => {
          // Whoever asked hears of it; the next one asks again.
          if (isStill()) known.delete(viewerId);
        },
      );
      return asked;
    },
    async change(viewerId, { mutedWords, mutedTags, ...switches }) {
      const said = await changeSaid(db, viewerId, {
        ...switches,
        ...(mutedWords && { mutedWords: cleanWords(mutedWords) }),
        ...(mutedTags && { mutedTags: cleanTags(mutedTags) }),
      });
      await changed(viewerId);
      return settingsOf(said);
    },
    async lean(viewerId, { kind, key, level }) {
      const leaning = { kind, key: kind === 'topic' ? cleanTopic(key) : key, level };
      const kept = await writeLeaning(db, viewerId, leaning, new Date(clock.now()));
      if (!kept) throw fault('path', 'key', `is one more than the ${mostLeanings} wishes one can have`);
      await changed(viewerId);
      return leaning;
    },
    start() {
      quiet = bus.subscribe(topic, ({ viewerIds }: Note) => {
        for (const viewerId of viewerIds) known.delete(viewerId);
      });
    },
    stop: () => quiet(),
  };
}
