import type { PostFacts } from '../../../contract/events.ts';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import {
  type ContentGraph,
  createContentGraph,
  type Heads,
  type RankedItem,
  type RankSource,
  restoreContentGraph,
  type Taste,
} from '../../../packages/content-graph/content-graph.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Log } from '../../platform/log.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Experiments } from '../experiments/experiments.ts';
import type { Posts } from '../posts/posts.ts';
import type { Signals } from '../signals/signals.ts';
import type { Wishes } from '../taste/taste.ts';
import { likeAll } from './alike.ts';
import { isForEverybody, itemOf } from './catalogue.rules.ts';
import { chooseForYou, requestOf, type Shelf } from './for-you.ts';
import { createForecasts } from './forecasts.ts';
import { learnEntry } from './learning.rules.ts';
import type { RecommendTables } from './recommend.tables.ts';
import { declareForecastTunables, declareGraphTunables, graphTunables } from './recommend.tunables.ts';
import { createRising, risingWindowMs } from './rising.ts';
import { readSnapshots, writeSnapshot } from './snapshots.store.ts';
import { type Suggested, suggestCreators } from './suggested.ts';
import { createTail } from './tail.ts';
import { createVariants } from './variants.ts';
import { type Entry, wantedBy } from './wishes.rules.ts';

/**
 * Which videos a viewer would like to see, from what was watched. Holds the content graph in memory, learns by
 * reading the log of signals, and keeps snapshots so that a restart costs seconds. Sets the order only: whether a
 * video may be shown is visibility's word, and everything here can be rebuilt from posts and signals.
 */
export type Recommend = {
  /** `variants`: of which running experiments this viewer's page is a part, as `key:variant`; null for none. */
  forYou(wish: Wish): Promise<{ ranked: Ranked[]; exhausted: boolean; variants: string[] | null }>;
  /** More like this, in the order that suits this viewer; what they have watched comes last. */
  related(videoId: VideoId, limit: number, wish: RelatedWish): Promise<Ranked[]>;
  /** More like all of these (at most 8 are looked at), without these, and none with the sound `notSound`. */
  likeThese(
    videoIds: readonly VideoId[],
    limit: number,
    notSound: string | null,
    wish: RelatedWish,
  ): Promise<Ranked[]>;
  /** Creators whom this viewer might like and does not follow. */
  suggested(wish: SuggestionWish): Promise<Suggested[]>;
  /** What is watched more now than in the days before, most first; at most 200. */
  rising(limit: number): Promise<VideoId[]>;
  /** What was learned of this viewer, with all that was answered before. */
  tasteOf(viewerId: ViewerId): Promise<Taste>;
  status(): { items: number; users: number; learned: number; lastSeq: number; bytes: number };
  /** Takes a snapshot now when something was learned since the last. */
  save(): Promise<void>;
  /** Fits a forecast now when something was learned since the last; resolves when pages ask it. */
  renewForecast(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type Wish = {
  viewerId: ViewerId;
  /** The viewer's own videos come only when nothing else is left. */
  accountId: AccountId | null;
  limit: number;
  /** True: not this one, it was already served. */
  exclude?: (videoId: string) => boolean;
  /** Served and perhaps not watched yet: what the next page brings should not be more of the same. */
  ahead?: readonly string[];
  follows: readonly AccountId[];
  languages: readonly string[];
  wishes?: Said;
  /** Fill up with what was watched before. */
  again: boolean;
  /** Another draw for each page. */
  seed: number;
};

/** What the viewer said: level −2 and muted hashtags are kept out, the others move the order. */
export type Said = Pick<Wishes, 'settings' | 'leanings' | 'never'>;
export type SuggestionWish = Omit<Wish, 'exclude' | 'ahead' | 'again' | 'seed'>;

export type RelatedWish = Pick<Wish, 'viewerId' | 'languages' | 'wishes'>;

export type Ranked = {
  videoId: VideoId;
  score: number;
  source: RankSource | 'again';
  causes: string[];
  heads: Heads;
  exploration: boolean;
  propensity: number;
};

/** Stamped on every page and snapshot: which code ranked. */
export const model = 'content-graph/1';

const seed = 20261122;
const snapshotEveryMs = 60_000;
const forecastLookMs = 60_000;
const tuneEveryMs = 3000;
/**
 * A page waits at most this long for signals that were answered before it was asked for. Usually that is a few
 * milliseconds; on a machine that is out of breath a late page is better than one that shows again what was just seen.
 */
const waitForLearningMs = 1000;
const topic = 'recommend.catalogue';

export type RecommendDeps = {
  database: Database;
  outbox: Outbox;
  bus: Bus;
  clock: Clock;
  log: Log;
  tunables: Tunables;
  signals: Pick<Signals, 'after' | 'onStored' | 'viewsByHour'>;
  posts: Pick<Posts, 'publishedAfter'>;
  experiments: Pick<Experiments, 'assigned'>;
};

export function createRecommend(deps: RecommendDeps): Recommend {
  const { clock, log, outbox, bus } = deps;
  const db = deps.database.of<RecommendTables>();
  const processId = newId(10);
  const tuned = declareGraphTunables(deps.tunables);
  const options = () => ({ seed, tunables: tuned() });
  let optionsNow = JSON.stringify(options());
  let graph: ContentGraph = createContentGraph(options());
  /** What may be ranked, and by whom it is: the items of the graph. */
  const catalogue = new Map<string, Entry>();
  /** How many of them an author has. */
  const worksOf = new Map<string, number>();
  let changes = 0;
  let savedChanges = 0;

  const rising = createRising();
  const forecasts = createForecasts({
    log,
    seed,
    graph: () => graph,
    every: declareForecastTunables(deps.tunables),
  });

  const tail = createTail({
    signals: deps.signals,
    log,
    hear(entry) {
      learnEntry(graph, entry);
      if (entry.kind === 'view' && entry.countsView) rising.hear(entry.videoId, entry.happenedAtMs);
      changes++;
    },
  });

  const put = (facts: PostFacts) => {
    if (!isForEverybody(facts)) return drop(facts.videoId);
    const item = itemOf(facts);
    forgetEntry(item.id);
    graph.putItem(item);
    worksOf.set(item.creator, (worksOf.get(item.creator) ?? 0) + 1);
    catalogue.set(item.id, { authorId: item.creator, tags: item.tags, soundId: item.sound });
    changes++;
  };
  const drop = (videoId: string) => {
    graph.dropItem(videoId);
    rising.drop(videoId);
    forgetEntry(videoId);
    changes++;
  };
  const forgetEntry = (videoId: string) => {
    const entry = catalogue.get(videoId);
    if (!entry) return;
    catalogue.delete(videoId);
    const left = worksOf.get(entry.authorId)! - 1;
    if (left > 0) worksOf.set(entry.authorId, left);
    else worksOf.delete(entry.authorId);
  };

  type Note = { from: string; facts?: PostFacts; dropped?: string };
  const spread = (note: Omit<Note, 'from'>) =>
    bus.publish(topic, { ...note, from: processId } satisfies Note);
  const hearFacts = async (facts: PostFacts) => {
    put(facts);
    await spread({ facts });
  };
  outbox.on('post.published', 'recommend.put', hearFacts);
  outbox.on('post.changed', 'recommend.put', hearFacts);
  outbox.on('post.deleted', 'recommend.drop', async ({ videoId }) => {
    drop(videoId);
    await spread({ dropped: videoId });
  });

  /** Where the newest page of the catalogue began: read again now and then, for notes that were lost. */
  let cursor: string | null = null;
  const loadCatalogue = async () => {
    for (;;) {
      const page = await deps.posts.publishedAfter(cursor, 2000);
      for (const facts of page.facts) put(facts);
      if (!page.next) return;
      cursor = page.next;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  const restore = async (): Promise<number> => {
    for await (const snapshot of readSnapshots(db, model)) {
      try {
        graph = restoreContentGraph(snapshot.bytes, options());
        return snapshot.lastSeq;
      } catch (error) {
        // Whatever is wrong with it, the log of signals holds the same and more.
        log.warn({ err: error }, 'a snapshot of the content graph cannot be read; an older one is tried');
      }
    }
    graph = createContentGraph(options());
    return 0;
  };

  let saving: Promise<void> | null = null;
  let saveMs = 0;
  const save = (): Promise<void> => {
    if (changes === savedChanges) return saving ?? Promise.resolve();
    saving ??= (async () => {
      const started = performance.now();
      const at = changes;
      const lastSeq = tail.stand();
      const steps = graph.snapshotInSteps();
      const blockedMs = performance.now() - started;
      let step = steps.next();
      for (; !step.done; step = steps.next()) await new Promise((resolve) => setImmediate(resolve));
      const bytes = step.value;
      await writeSnapshot(db, { library: model, lastSeq, bytes, takenAt: new Date(clock.now()) });
      savedChanges = at;
      saveMs = performance.now() - started;
      log.debug({ bytes: bytes.byteLength, blockedMs: Math.round(blockedMs), lastSeq }, 'snapshot taken');
    })().finally(() => {
      saving = null;
    });
    return saving;
  };

  const underVariant = createVariants((whole, overrides) =>
    whole.retuned({ ...options(), tunables: { ...tuned(), ...graphTunables(overrides) } }),
  );

  const shelfOf = (ranking: ContentGraph): Shelf => ({
    atMs: clock.now(),
    catalogue,
    worksOf,
    rank: (request) => ranking.rank(request).map(rankedOf),
    tasteOf: (user) => graph.tasteOf(user),
  });

  const lookAround = (videoId: VideoId, limit: number, wish: RelatedWish): Ranked[] => {
    const { atMs, ...viewer } = requestOf(shelfOf(graph), { ...wish, follows: [] });
    const isWanted = wantedBy(wish.wishes?.never);
    const allow = (id: string) => {
      const entry = catalogue.get(id);
      return entry !== undefined && (isWanted === null || isWanted(entry));
    };
    return graph.related(videoId, limit, atMs, { ...viewer, allow }).map(rankedOf);
  };

  /** Views from before the log is read on: what was seen since then comes with the log. */
  let risingBefore: Promise<void> = Promise.resolve();
  const readRising = async (untilSeq: number) => {
    const hours = await deps.signals.viewsByHour(clock.now() - risingWindowMs, untilSeq);
    for (const { videoId, atMs, views } of hours) rising.hear(videoId, atMs, views);
  };

  let timers: NodeJS.Timeout[] = [];
  let quiet = () => {};
  return {
    async forYou(wish) {
      await tail.caughtUp(waitForLearningMs);
      const assignment = deps.experiments.assigned(wish.viewerId);
      const shelf = shelfOf(underVariant(graph, assignment?.overrides));
      return { ...chooseForYou(shelf, wish), variants: assignment?.variants ?? null };
    },
    async related(videoId, limit, wish) {
      await tail.caughtUp(waitForLearningMs);
      return lookAround(videoId, limit, wish);
    },
    async likeThese(videoIds, limit, notSound, wish) {
      await tail.caughtUp(waitForLearningMs);
      return likeAll(videoIds, limit, {
        catalogue,
        related: (videoId) => lookAround(videoId, 100, wish),
        isFit: ({ soundId }) => notSound === null || soundId !== notSound,
      });
    },
    async suggested(wish) {
      await tail.caughtUp(waitForLearningMs);
      return suggestCreators(shelfOf(graph), wish);
    },
    async rising(limit) {
      await Promise.all([risingBefore, tail.caughtUp(waitForLearningMs)]);
      return rising.top(clock.now(), Math.min(200, limit)).flatMap(({ videoId }) => {
        return catalogue.has(videoId) ? [videoId as VideoId] : [];
      });
    },
    async tasteOf(viewerId) {
      await tail.caughtUp(waitForLearningMs);
      return graph.tasteOf(viewerId);
    },
    status() {
      const { users, events, bytes } = graph.stats();
      return { items: catalogue.size, users, learned: events.learned, lastSeq: tail.stand(), bytes };
    },
    save,
    renewForecast: forecasts.renew,
    async start() {
      const started = performance.now();
      optionsNow = JSON.stringify(options());
      const lastSeq = await restore();
      await loadCatalogue();
      // Deleted while this process was away: the graph remembers it, and ranks it no more.
      graph.retainItems((id) => catalogue.has(id));
      savedChanges = changes;
      risingBefore = readRising(lastSeq).catch((error) => {
        // The list is shorter until it has been watched anew.
        log.warn({ err: error }, 'the views of the last days could not be read');
      });
      await tail.replayFrom(lastSeq);
      quiet = bus.subscribe(topic, (note: Note) => {
        if (note.from === processId) return;
        if (note.facts) put(note.facts);
        if (note.dropped) drop(note.dropped);
      });
      tail.start();
      const every = (ms: number, run: () => Promise<void> | void, failed: string) => {
        const tick = async () => {
          try {
            await run();
          } catch (error) {
            // The next turn tries again; until then nothing is lost, since the log holds it.
            log.warn({ err: error }, failed);
          }
        };
        const timer = setInterval(() => void tick(), ms);
        timer.unref();
        timers.push(timer);
      };
      let savedAt = performance.now();
      every(
        snapshotEveryMs,
        async () => {
          // A snapshot that takes long is taken rarely: at most a fiftieth of the time goes into it.
          if (performance.now() - savedAt < saveMs * 50) return;
          await save();
          savedAt = performance.now();
        },
        'the content graph could not be saved',
      );
      every(forecastLookMs, forecasts.keepUp, 'the forecast could not be kept up to date');
      every(snapshotEveryMs, loadCatalogue, 'the catalogue could not be read');
      every(
        tuneEveryMs,
        () => {
          const wanted = JSON.stringify(options());
          if (wanted === optionsNow) return;
          graph = graph.retuned(options());
          optionsNow = wanted;
        },
        'the tunables could not be taken over',
      );
      log.info(
        {
          videos: catalogue.size,
          fromSeq: lastSeq,
          toSeq: tail.stand(),
          ms: Math.round(performance.now() - started),
        },
        'the content graph is ready',
      );
    },
    async stop() {
      quiet();
      for (const timer of timers) clearInterval(timer);
      timers = [];
      await forecasts.stop();
      await tail.stop();
      await risingBefore;
      await saving;
      await save();
    },
  };
}

function rankedOf(item: RankedItem): Ranked {
  const { score, source, causes, heads, exploration, propensity } = item;
  return { videoId: item.id as VideoId, score, source, causes, heads, exploration, propensity };
}
